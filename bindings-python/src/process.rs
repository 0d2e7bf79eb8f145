//! What a process has once: its runtimes and the connections on them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use processmind::{Error, Result, Transport};
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::idle::{self, Closer};

/// How long the end of the process waits for them: what they do takes microseconds, but for a slow file object.
const LONGEST_LEAVE: Duration = Duration::from_secs(1);

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
    pub closer: Closer,
}

/// Locked only while attached to the interpreter, as `os.fork` is: no fork finds it locked. And never while Python's
/// code runs: that may let other threads go on, and one that waits here for the lock does not let this one come back.
static HERE: Mutex<Option<&'static Process>> = Mutex::new(None);
static BESIDE: Mutex<Option<&'static Process>> = Mutex::new(None);

/// Whether forks are heard of; a forked child inherits that.
static PAUSES: AtomicBool = AtomicBool::new(false);

/// This process's own. A forked child gets new ones: its parent's runtime has no threads there, and its
/// connections are the parent's. The old ones are left alone, because dropping them would wait for those threads.
pub(crate) fn current(py: Python<'_>, runs: Runs) -> Result<&'static Process> {
    let place = match runs {
        Runs::Here => &HERE,
        Runs::Beside => &BESIDE,
    };
    let (process, is_new) = started(place, runs)?;
    match runs {
        Runs::Beside if is_new => leave_before_exit(py),
        Runs::Here if is_new && !PAUSES.swap(true, Ordering::AcqRel) => idle::pause_while_forking(py),
        _ => Ok(()),
    }
    .map_err(Error::internal)?;
    Ok(process)
}

/// What waiting calls of this process run on, if there were any.
pub(crate) fn waiting() -> Option<&'static Process> {
    HERE.lock().unwrap_or_else(PoisonError::into_inner).filter(|process| process.is_own())
}

impl Process {
    /// False for what a fork has left behind.
    pub fn is_own(&self) -> bool {
        self.pid == std::process::id()
    }
}

/// What is there, or is started, and whether it was.
fn started(place: &Mutex<Option<&'static Process>>, runs: Runs) -> Result<(&'static Process, bool)> {
    let mut current = place.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(process) = current.filter(|process| process.is_own()) {
        return Ok((process, false));
    }
    let process: &'static Process = Box::leak(Box::new(start(runs)?));
    if matches!(runs, Runs::Beside) {
        // Of a parent's threads none is here.
        INSIDE.store(0, Ordering::Release);
    }
    *current = Some(process);
    Ok((process, true))
}

/// How much work of ours is in the interpreter, or about to be.
static INSIDE: AtomicUsize = AtomicUsize::new(0);

/// Runs work that enters the interpreter on a thread of its own.
pub(crate) fn spawn_inside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    let inside = Inside::new();
    spawn_blocking(move || {
        let _inside = inside;
        work()
    })
}

/// Held by work that enters the interpreter from a thread of ours: what ends the process waits for it.
pub(crate) struct Inside(());

impl Inside {
    pub fn new() -> Self {
        INSIDE.fetch_add(1, Ordering::AcqRel);
        Self(())
    }
}

impl Drop for Inside {
    fn drop(&mut self) {
        INSIDE.fetch_sub(1, Ordering::AcqRel);
    }
}

/// Has the interpreter wait at its end until our threads are out of it. One that hands over an answer lets go of the
/// interpreter meanwhile; where that is gone when it comes back, it is ended in the midst of Rust's code, which aborts
/// the process.
fn leave_before_exit(py: Python<'_>) -> PyResult<()> {
    let owner = std::process::id();
    let leave = move |arguments: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
        arguments.py().detach(|| {
            let begun = Instant::now();
            // A forked child has none of them.
            while std::process::id() == owner
                && INSIDE.load(Ordering::Acquire) > 0
                && begun.elapsed() < LONGEST_LEAVE
            {
                std::thread::sleep(Duration::from_millis(1));
            }
        });
    };
    let leave = PyCFunction::new_closure(py, None, None, leave)?;
    py.import("atexit")?.call_method1("register", (leave,)).map(drop)
}

fn start(runs: Runs) -> Result<Process> {
    let mut builder = match runs {
        Runs::Here => Builder::new_current_thread(),
        Runs::Beside => Builder::new_multi_thread(),
    };
    let builder = builder.worker_threads(1).thread_name("processmind").enable_all();
    // It panics where no thread is to be had.
    let built = catch_unwind(AssertUnwindSafe(|| builder.build()));
    let runtime = built.map_err(|panic| Error::from_panic(&*panic))?.map_err(Error::internal)?;
    let transport = Transport::new("python").ca_variables(&["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"]);
    Ok(Process { pid: std::process::id(), runtime, transport, closer: Closer::default() })
}
