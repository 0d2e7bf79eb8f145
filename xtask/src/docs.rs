//! `docs/cli.md`: the help of every command. `docs/guide/check.md`: its table of problems.

use std::fmt::Write;

use anyhow::{Context, Result};
use processmind::eventlog::ProblemCode;

const TEMPLATE: &str = include_str!("cli.md.in");
const WIDTH: usize = 100;

/// The documentation of the command line.
pub fn command_line() -> String {
    let root = processmind_cli::command().term_width(WIDTH);
    let mut commands = format!("```text\n{}```\n", root.clone().render_help());
    for command in root.get_subcommands() {
        let name = format!("processmind {}", command.get_name());
        let help = command.clone().bin_name(&name).term_width(WIDTH).render_help();
        // Writing to a String can't fail.
        let _ = write!(commands, "\n### {name}\n\n```text\n{help}```\n");
    }
    TEMPLATE.replace("{commands}\n", &commands)
}

const PROBLEMS: &str = "| code | | what | what to do |\n|---|---|---|---|\n";

/// The page about the check with the table of every problem.
pub fn problems(page: &str) -> Result<String> {
    let (before, rest) = page.split_once(PROBLEMS).context("the page has no table of problems")?;
    let (_, after) = rest.split_once("\n\n").context("nothing follows the table of problems")?;
    let rows: String = ProblemCode::ALL
        .iter()
        .map(|code| {
            let severity = code.severity().as_str();
            format!("| `{}` | {severity} | {} | {} |\n", code.code(), code.summary(), code.hint())
        })
        .collect();
    Ok(format!("{before}{PROBLEMS}{rows}\n{after}"))
}
