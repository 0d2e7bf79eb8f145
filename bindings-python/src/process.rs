//! What a process has once: its runtime and its connections.

use std::sync::{Mutex, PoisonError};

use processmind::{Error, Result, Transport};
use pyo3::prelude::*;
use tokio::runtime::{Builder, Runtime};

/// The runtime and the connections that live on it.
#[derive(Debug)]
pub(crate) struct Process {
    pid: u32,
    pub runtime: Runtime,
    pub transport: Transport,
}

/// Locked only while attached to the interpreter, as `os.fork` is: no fork finds it locked.
static CURRENT: Mutex<Option<&'static Process>> = Mutex::new(None);

/// This process's own. A forked child gets new ones: its parent's runtime has no threads there, and its
/// connections are the parent's. The old ones are left alone, because dropping them would wait for those threads.
pub(crate) fn current(_attached: Python<'_>) -> Result<&'static Process> {
    let mut current = CURRENT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(process) = current.filter(|process| process.pid == std::process::id()) {
        return Ok(process);
    }
    let process: &'static Process = Box::leak(Box::new(start()?));
    *current = Some(process);
    Ok(process)
}

fn start() -> Result<Process> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("processmind")
        .enable_all()
        .build()
        .map_err(Error::internal)?;
    Ok(Process { pid: std::process::id(), runtime, transport: Transport::new("python") })
}
