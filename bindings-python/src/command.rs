//! The command line, which the package installs as `processmind`.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the command line, whose first argument is its own name; gives what to exit with.
#[pyfunction]
pub(crate) fn run_command(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| processmind_cli::run(arguments))
}
