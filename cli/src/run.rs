//! From the arguments to the exit code.

use std::ffi::OsString;
use std::io::{self, IsTerminal};

use clap::{ArgMatches, FromArgMatches};
use processmind::{Client, ClientOptions, Error, Transport, check_event_log};
use serde_json::Value;

use crate::arguments::Request;
use crate::ask::{self, Answer};
use crate::command::{Arguments, Command, command, is_destructive};
use crate::output::{print, print_text, say};
use crate::{exit, logs, tools, upload, words};

/// Why a command did not do what it was to do.
#[derive(Debug)]
enum Failure {
    /// What core says.
    Error(Error),
    /// What only the command line can say, and what to end with.
    Said(String, u8),
    /// Stdout can't be written to.
    Output(io::Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Error(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

type Outcome = Result<u8, Failure>;

/// Runs the command of these arguments, of which the first is its own name. Gives what to exit with; the answer is on
/// stdout then, and all else on stderr.
pub fn run<I>(arguments: I) -> u8
where
    I: IntoIterator<Item: Into<OsString> + Clone>,
{
    run_with(arguments, interruptible)
}

/// As [`run`], in a process that leaves Ctrl-C to the system, which ends it.
pub fn run_without_signals<I>(arguments: I) -> u8
where
    I: IntoIterator<Item: Into<OsString> + Clone>,
{
    run_with(arguments, execute)
}

fn run_with<I, F>(arguments: I, execute: impl FnOnce(Arguments, ArgMatches) -> F) -> u8
where
    I: IntoIterator<Item: Into<OsString> + Clone>,
    F: Future<Output = Outcome>,
{
    let parsed = command().try_get_matches_from(arguments);
    let parsed = parsed.and_then(|matches| Ok((Arguments::from_arg_matches(&matches)?, matches)));
    let (arguments, matches) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => {
            // Help is no failure, and without a terminal to write to nothing can be said.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(exit::USAGE);
        }
    };
    let logs = logs::dispatch(arguments.verbose);
    let running = execute(arguments, matches.clone());
    let outcome = tracing::dispatcher::with_default(&logs, || block_on(running));
    outcome.unwrap_or_else(|failure| told(&matches, failure))
}

fn block_on(running: impl Future<Output = Outcome>) -> Outcome {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let outcome = runtime.block_on(running);
    // A file that is just being read must not hold up the end.
    runtime.shutdown_background();
    outcome
}

/// Runs to the end, or to Ctrl-C: then what is on its way is dropped, and nothing is half-stored.
async fn interruptible(arguments: Arguments, matches: ArgMatches) -> Outcome {
    tokio::select! {
        outcome = execute(arguments, matches) => outcome,
        Ok(()) = tokio::signal::ctrl_c() => Ok(exit::INTERRUPTED),
    }
}

async fn execute(arguments: Arguments, matches: ArgMatches) -> Outcome {
    let Arguments { client, json, verbose: _, command } = arguments;
    match command {
        Command::Completions { shell } => tools::completions(shell, &mut io::stdout().lock())?,
        Command::Man { command } => manual(command.as_deref())?,
        Command::Call(call) => {
            confirm(&matches).await?;
            let answer = call.with_stdin().await?.json(&connect(client)?).await?;
            print(&answer, json)?;
        }
        Command::Upload { target, options } if target.files.len() > 1 => {
            let mut many = upload::many(&connect(client)?, target, options).await?;
            for failed in &mut many.failed {
                failed.message = in_words(&matches, &failed.message);
            }
            print(&to_json(&many)?, json)?;
            return Ok(if many.failed.is_empty() { exit::OK } else { exit::PARTIAL });
        }
        Command::Upload { target, options } => {
            print(&to_json(&upload::one(&connect(client)?, target, options).await?)?, json)?;
        }
        Command::Check { file, options } => {
            let report = check_event_log(upload::source(file.file), options).await?;
            match json {
                true => print(&to_json(&report)?, json)?,
                false => print_text(&report.to_string())?,
            }
            return Ok(if report.ok { exit::OK } else { exit::INVALID });
        }
        Command::Publish { file, options } => {
            let result = upload::publish(&connect(client)?, file.file, options).await?;
            print(&to_json(&result)?, json)?;
        }
        Command::GetPresignedUploadUrl { datatable, file, options } => {
            let url = upload::presigned_url(&connect(client)?, datatable.datatable_id, file, options).await?;
            print(&to_json(&url)?, json)?;
        }
        Command::Request(Request { method, path, query, body }) => {
            let body = match body {
                Some(body) => Some(body_of(body).await?),
                None => None,
            };
            let answer = connect(client)?.request_json(&method, path, query, body).json().await?;
            print(&answer, json)?;
        }
    }
    Ok(exit::OK)
}

fn manual(of: Option<&str>) -> Result<(), Failure> {
    if tools::manual(of, &mut io::stdout().lock())? {
        return Ok(());
    }
    let name = of.unwrap_or_default();
    let text = format!("There is no command '{name}'.\n`processmind --help` lists what there is.");
    Err(Failure::Said(text, exit::USAGE))
}

fn connect(options: ClientOptions) -> Result<Client, Failure> {
    if options.clone().or_environment().api_key.is_none() {
        let text = "No API key is set.\nSet the environment variable PROCESSMIND_API_KEY.";
        return Err(Failure::Said(text.to_owned(), exit::PERMISSION));
    }
    Ok(Client::with_transport(options, &Transport::new("cli"))?)
}

/// Asks before something is taken away, unless that was answered on the command line.
async fn confirm(matches: &ArgMatches) -> Result<(), Failure> {
    let Some((name, own)) = matches.subcommand() else { return Ok(()) };
    if !is_destructive(name) || own.get_flag("yes") {
        return Ok(());
    }
    let about = command().find_subcommand(name).and_then(clap::Command::get_about).map(ToString::to_string);
    match upload::waiting(move || ask::go_on(&about.unwrap_or_default())).await?? {
        Answer::Yes => Ok(()),
        Answer::No => Err(Failure::Said("Nothing was done.".to_owned(), exit::OTHER)),
        Answer::Nobody => {
            let text = format!(
                "`{name}` asks first, and nobody is there to answer.\nPass `--yes`; nothing was sent."
            );
            Err(Failure::Said(text, exit::USAGE))
        }
    }
}

async fn body_of(argument: String) -> Result<String, Failure> {
    let text = match argument.strip_prefix('@') {
        Some(path) => std::fs::read_to_string(path)
            .map_err(|cause| Failure::Said(format!("'{path}' can't be read: {cause}."), exit::OTHER))?,
        None => upload::text_of(argument).await?,
    };
    serde_json::from_str::<Value>(&text).map(|_| text).map_err(|cause| {
        Failure::Said(format!("`--body` is no JSON: {cause}.\nNothing was sent."), exit::USAGE)
    })
}

fn to_json(result: &impl serde::Serialize) -> Result<String, Failure> {
    serde_json::to_string(result).map_err(|cause| Failure::Error(Error::internal(cause)))
}

/// A text of core's in the words of the command that was given.
fn in_words(matches: &ArgMatches, text: &str) -> String {
    let root = command();
    let own = matches.subcommand_name().and_then(|name| root.find_subcommand(name));
    words::of_command(&root, own.unwrap_or(&root), text)
}

/// Tells why it failed; gives what to exit with.
fn told(matches: &ArgMatches, failure: Failure) -> u8 {
    match failure {
        Failure::Error(error) => {
            say(&in_words(matches, &error.to_string()));
            // For people: a script has the exit code.
            if io::stderr().is_terminal() {
                say(&error.docs_url());
            }
            exit::code_of(error.kind())
        }
        Failure::Said(text, code) => {
            say(&text);
            code
        }
        // Such as that of `head`: who reads it has enough.
        Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => exit::OK,
        Failure::Output(error) => {
            say(&format!("The answer can't be written: {error}."));
            exit::OTHER
        }
    }
}
