//! Core's texts as the command line says them: a name in backticks is an argument, an option or a command there.

/// A name of Rust's as the command line has it.
pub fn kebab(name: &str) -> String {
    name.replace('_', "-")
}

/// A text of core's in the words of a command: `dataset_id` is its `--dataset-id`, `process_id` its `<PROCESS_ID>`,
/// and `get_processes` the command `processmind get-processes`.
pub fn of_command(root: &clap::Command, command: &clap::Command, text: &str) -> String {
    let quoted = |(at, part): (usize, &str)| match at % 2 {
        1 => name_of(root, command, part),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(quoted).collect::<Vec<_>>().join("`")
}

fn name_of(root: &clap::Command, command: &clap::Command, name: &str) -> String {
    let own = command.get_arguments().chain(root.get_arguments()).find(|arg| {
        let shown = arg.get_value_names().and_then(|names| names.first());
        arg.get_id() == name || shown.is_some_and(|shown| shown.to_lowercase() == name)
    });
    if let Some(arg) = own {
        let shown = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
        return match arg.get_long() {
            Some(long) => format!("--{long}"),
            None => format!("<{}>", shown.unwrap_or_else(|| name.to_uppercase())),
        };
    }
    match root.find_subcommand(kebab(name)) {
        Some(command) => format!("processmind {}", command.get_name()),
        None => name.to_owned(),
    }
}
