//! ProcessMind on the command line: a library, so that cargo, pip and npm install the same command.

mod arguments;
mod ask;
mod calls;
mod command;
mod exit;
mod logs;
mod output;
mod progress;
mod run;
mod tools;
mod upload;
mod words;

pub use command::command;
pub use run::{run, run_without_signals};
