//! `docs/cli.md`: the help of every command.

use std::fmt::Write;

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
