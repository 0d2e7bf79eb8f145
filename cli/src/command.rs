//! The command line as a whole: what clap reads from the definitions, in the command line's manners.

use std::any::TypeId;

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, ArgAction, CommandFactory, Parser, Subcommand};
use processmind::{CheckOptions, ClientOptions, PresignedUrlOptions, PublishOptions, UploadOptions};

use crate::arguments::{CheckedFile, DatatableId, DescribedFile, PublishedFile, Request, UploadTarget};
use crate::calls::Call;
use crate::words::{self, kebab};

/// ProcessMind on the command line: event logs and BPMN models in, with proof that every byte arrived.
#[derive(Debug, Parser)]
#[command(name = "processmind", version, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "The API key is read from PROCESSMIND_API_KEY alone, never from the command line.")]
pub struct Arguments {
    #[command(flatten)]
    pub client: ClientOptions,
    /// Prints one JSON document on stdout.
    #[arg(long)]
    pub json: bool,
    /// Says on stderr what is sent and tried again.
    #[arg(long, short)]
    pub verbose: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Sends files to a datatable, and proves that their bytes are stored.
    #[command(visible_alias = "upload-file", alias = "upload-file-to-process-mind")]
    Upload {
        #[command(flatten)]
        target: UploadTarget,
        #[command(flatten)]
        options: UploadOptions,
    },
    /// Brings a process, its model, a dataset, a datatable, its data and their mapping into place, by their names.
    Publish {
        #[command(flatten)]
        file: PublishedFile,
        #[command(flatten)]
        options: PublishOptions,
    },
    /// Checks an event log, and sends nothing; it ends with 5 where something is wrong.
    #[command(visible_alias = "check-event-log")]
    Check {
        #[command(flatten)]
        file: CheckedFile,
        #[command(flatten)]
        options: CheckOptions,
    },
    #[command(flatten)]
    Call(Call),
    /// Asks for a URL to which a file may be put without a key: treat it as a password.
    GetPresignedUploadUrl {
        #[command(flatten)]
        datatable: DatatableId,
        #[command(flatten)]
        file: DescribedFile,
        #[command(flatten)]
        options: PresignedUrlOptions,
    },
    /// Sends a request that there is no command for.
    Request(Request),
    /// Prints the completions of a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Prints the manual page of the command, or of one of its commands.
    Man {
        /// One of the commands.
        #[arg(index = 1)]
        command: Option<String>,
    },
}

/// The command line: what is required stands alone, what may be left out is a `--option`, and names are in kebab case.
#[must_use]
pub fn command() -> clap::Command {
    let root = options(Arguments::command());
    let root = root.mut_args(|arg| arg.global(true).help_heading("Options of every command"));
    let root = root.mut_subcommands(|command| asking(options(command)));
    let reference = root.clone();
    root.mut_subcommands(|command| in_words(&reference, command))
}

/// Makes options of what may be left out, in the order of their definition.
fn options(command: clap::Command) -> clap::Command {
    let mut order = 0;
    command.mut_args(|arg| {
        order += 1;
        switch(option(arg)).display_order(order)
    })
}

fn option(arg: Arg) -> Arg {
    let is_settled = arg.is_required_set() || arg.get_index().is_some() || arg.get_long().is_some();
    let long = kebab(arg.get_id().as_str());
    if is_settled { arg } else { arg.long(long) }
}

/// Makes a switch of what is true or false, which can be switched off, too.
fn switch(arg: Arg) -> Arg {
    let takes_bool = arg.get_value_parser().type_id() == TypeId::of::<bool>();
    if !takes_bool || !matches!(arg.get_action(), ArgAction::Set) {
        return arg;
    }
    let arg = arg.value_name("true|false").hide_possible_values(true);
    arg.num_args(0..=1).require_equals(true).default_missing_value("true")
}

/// Has the help say names as the command line has them.
fn in_words(root: &clap::Command, command: clap::Command) -> clap::Command {
    let own = command.clone();
    let said = |text: Option<&StyledStr>| {
        let said = text.map(|text| words::of_command(root, &own, &text.to_string()));
        Resettable::from(said.map(StyledStr::from))
    };
    let about = said(command.get_about());
    let command = command.mut_args(|arg| {
        let help = said(arg.get_help());
        arg.long_help(Resettable::Reset).help(help)
    });
    command.long_about(Resettable::Reset).about(about)
}

/// What deletes or removes asks first.
fn asking(command: clap::Command) -> clap::Command {
    if !is_destructive(command.get_name()) {
        return command;
    }
    let yes = Arg::new("yes").long("yes").short('y').action(ArgAction::SetTrue);
    command.arg(yes.help("Does not ask first; needed where nobody can be asked."))
}

/// Whether a command of this name takes something away.
pub fn is_destructive(name: &str) -> bool {
    name.starts_with("delete-") || name.starts_with("remove-")
}
