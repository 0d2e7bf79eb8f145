//! What a process has once: its runtimes and the connections on them.

use std::sync::{Mutex, PoisonError};

use processmind::{Error, Result, Transport};
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};

/// Which thread does a call's work.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Runs {
    /// The one that waits: no other has to be woken for a call, and again for its answer.
    Here,
    /// One of ours, so that the work goes on while Python's own code runs.
    Beside,
}

/// A runtime and the connections that live on it.
#[derive(Debug)]
pub(crate) struct Process {
    pid: u32,
    pub runtime: Runtime,
    pub transport: Transport,
}

/// Locked only while attached to the interpreter, as `os.fork` is: no fork finds it locked.
static HERE: Mutex<Option<&'static Process>> = Mutex::new(None);
static BESIDE: Mutex<Option<&'static Process>> = Mutex::new(None);

/// This process's own. A forked child gets new ones: its parent's runtime has no threads there, and its
/// connections are the parent's. The old ones are left alone, because dropping them would wait for those threads.
pub(crate) fn current(_attached: Python<'_>, runs: Runs) -> Result<&'static Process> {
    let current = match runs {
        Runs::Here => &HERE,
        Runs::Beside => &BESIDE,
    };
    let mut current = current.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(process) = current.filter(|process| process.pid == std::process::id()) {
        return Ok(process);
    }
    let process: &'static Process = Box::leak(Box::new(start(runs)?));
    *current = Some(process);
    Ok(process)
}

fn start(runs: Runs) -> Result<Process> {
    let mut builder = match runs {
        Runs::Here => Builder::new_current_thread(),
        Runs::Beside => Builder::new_multi_thread(),
    };
    let builder = builder.worker_threads(1).thread_name("processmind").enable_all();
    let runtime = builder.build().map_err(Error::internal)?;
    Ok(Process { pid: std::process::id(), runtime, transport: Transport::new("python") })
}
