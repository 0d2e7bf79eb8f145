//! Closes idle connections on the runtime that only waiting calls drive: when there are no more calls, nothing else
//! would.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple};
use tokio::time::timeout;

use crate::process::{self, Process};

/// How long after the last call: the core keeps an idle connection for 30 s.
const AFTER: Duration = Duration::from_secs(31);
/// How often the runtime is driven then, and for how long, until nothing is open.
const ROUNDS: u32 = 20;
const ROUND: Duration = Duration::from_millis(100);

/// A thread that waits until there were no calls for a while, as long as connections are open.
#[derive(Debug, Default)]
pub(crate) struct Closer {
    calls: AtomicU64,
    thread: Mutex<Option<Running>>,
}

#[derive(Debug)]
struct Running {
    stop: Arc<Stop>,
    thread: JoinHandle<()>,
}

#[derive(Debug, Default)]
struct Stop {
    is_set: Mutex<bool>,
    changed: Condvar,
}

impl Closer {
    /// Notes that a call has ended, and sees to it that its connection will be closed.
    pub fn call_ended(process: &'static Process) {
        process.closer.calls.fetch_add(1, Ordering::Relaxed);
        process.closer.start(process);
    }

    fn start(&self, process: &'static Process) {
        let mut running = lock(&self.thread);
        if running.is_some() || !process.transport.is_connected() {
            return;
        }
        let stop = Arc::new(Stop::default());
        let stopped = stop.clone();
        let thread = thread::Builder::new().name("processmind-idle".to_owned());
        // Without it they stay open until the next call.
        let thread = thread.spawn(move || process.closer.run(process, &stopped));
        *running = thread.ok().map(|thread| Running { stop, thread });
    }

    fn run(&self, process: &Process, stop: &Stop) {
        loop {
            let seen = self.calls.load(Ordering::Relaxed);
            if stop.wait(AFTER) {
                return;
            }
            if self.calls.load(Ordering::Relaxed) != seen {
                continue;
            }
            for _ in 0..ROUNDS {
                let closed = process
                    .runtime
                    .block_on(async { timeout(ROUND, process.transport.disconnected()).await });
                if stop.wait(Duration::ZERO) {
                    return;
                }
                if closed.is_ok() {
                    break;
                }
            }
            let mut running = lock(&self.thread);
            if self.calls.load(Ordering::Relaxed) == seen || !process.transport.is_connected() {
                *running = None;
                return;
            }
        }
    }

    /// Ends the thread, and waits until it has.
    fn stop(&self) {
        let running = lock(&self.thread).take();
        if let Some(Running { stop, thread }) = running {
            *lock(&stop.is_set) = true;
            stop.changed.notify_all();
            drop(thread.join());
        }
    }
}

impl Stop {
    /// Waits that long at most, and gives whether it was set.
    fn wait(&self, limit: Duration) -> bool {
        let waited = self.changed.wait_timeout_while(lock(&self.is_set), limit, |is_set| !*is_set);
        let (is_set, _) = waited.unwrap_or_else(PoisonError::into_inner);
        *is_set
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has the thread end before a fork and begin again after it: Python warns of a fork beside another thread.
pub(crate) fn pause_while_forking(py: Python<'_>) -> PyResult<()> {
    let os = py.import("os")?;
    if !os.hasattr("register_at_fork")? {
        return Ok(());
    }
    let before = |_: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
        if let Some(process) = process::waiting() {
            process.closer.stop();
        }
    };
    let after = |_: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
        if let Some(process) = process::waiting() {
            process.closer.start(process);
        }
    };
    let hooks = PyDict::new(py);
    hooks.set_item("before", PyCFunction::new_closure(py, None, None, before)?)?;
    hooks.set_item("after_in_parent", PyCFunction::new_closure(py, None, None, after)?)?;
    os.call_method("register_at_fork", (), Some(&hooks)).map(drop)
}
