//! What is written about the command line itself: completions and manual pages.

use std::io::{self, Write};

use clap_complete::Shell;
use clap_mangen::Man;

use crate::command::command;

/// The completions of a shell.
pub fn completions(shell: Shell, out: &mut impl Write) -> io::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(), "processmind", &mut script);
    out.write_all(&script)
}

/// The manual page of the command, or of one of its commands; false where there is none of that name.
pub fn manual(name: Option<&str>, out: &mut impl Write) -> io::Result<bool> {
    let mut root = command();
    root.build();
    let page = match name {
        None => Some(root),
        Some(name) => root.find_subcommand(name).map(|command| {
            let title = format!("processmind-{}", command.get_name());
            command.clone().name(title)
        }),
    };
    let Some(page) = page else { return Ok(false) };
    Man::new(page).render(out).map(|()| true)
}
