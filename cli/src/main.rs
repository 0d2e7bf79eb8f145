//! ProcessMind on the command line.

use std::process::ExitCode;

fn main() -> ExitCode {
    processmind_cli::run(std::env::args_os()).into()
}
