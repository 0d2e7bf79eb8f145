//! The command line, which the package installs as `processmind`.

use napi_derive::napi;

/// Runs the command line, whose first argument is its own name; gives what to exit with.
#[napi]
pub fn run_command(arguments: Vec<String>) -> u8 {
    // Node keeps the signals to itself.
    processmind_cli::run_without_signals(arguments)
}
