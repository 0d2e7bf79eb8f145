//! What both native clients are made of.

use std::mem;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use processmind::{Client, ClientOptions, Result};
use pyo3::prelude::*;
use tokio::time::timeout;

use crate::error;
use crate::process::{self, Process, Runs};

/// How long `close` waits until connections are closed, which takes no time but if the machine is busy.
const LONGEST_CLOSE: Duration = Duration::from_millis(200);

/// A client's options, and the core's clients in the process that it is used in.
pub(crate) struct Session {
    options: ClientOptions,
    /// Whether the key was passed, and not read from the environment.
    has_own_key: bool,
    closed: AtomicBool,
    here: Mutex<Option<Connected>>,
    beside: Mutex<Option<Connected>>,
}

#[derive(Clone)]
struct Connected {
    process: &'static Process,
    client: Client,
}

impl Session {
    /// The environment is read now, so that a later change of it, or a fork, changes nothing.
    pub fn new(py: Python<'_>, options: ClientOptions, runs: Runs) -> PyResult<Self> {
        let session = Self {
            has_own_key: options.api_key.is_some(),
            options: options.or_environment(),
            closed: AtomicBool::new(false),
            here: Mutex::default(),
            beside: Mutex::default(),
        };
        // What is wrong with the options is told now, too.
        session.client(py, runs)?;
        Ok(session)
    }

    /// What makes the same client elsewhere. A key from the environment is left out: it has to be there, too.
    pub fn options(&self) -> ClientOptions {
        let api_key = self.options.api_key.clone().filter(|_| self.has_own_key);
        ClientOptions { api_key, ..self.options.clone() }
    }

    /// The core's client, and the process whose runtime it has to be used on.
    pub fn client(&self, py: Python<'_>, runs: Runs) -> PyResult<(Client, &'static Process)> {
        // No lock is held any more where Python's code runs.
        self.connected(py, runs).map_err(|error| error::to_python(py, &error))
    }

    /// Refuses every later call, and closes the connections that no other client uses.
    pub fn close(&self, py: Python<'_>) {
        self.closed.store(true, Ordering::Release);
        for connected in [&self.here, &self.beside] {
            let connected = connected.lock().unwrap_or_else(PoisonError::into_inner).clone();
            // Those of a forked child's parent are the parent's.
            let Some(Connected { process, client }) =
                connected.filter(|connected| connected.process.is_own())
            else {
                continue;
            };
            client.close();
            // Of the two runtimes one has nobody else to drive it.
            py.detach(|| {
                process.runtime.block_on(async { timeout(LONGEST_CLOSE, client.closed()).await }).ok()
            });
        }
    }

    /// As it was made, or made anew after a fork.
    fn connected(&self, py: Python<'_>, runs: Runs) -> Result<(Client, &'static Process)> {
        let process = process::current(py, runs)?;
        let connected = match runs {
            Runs::Here => &self.here,
            Runs::Beside => &self.beside,
        };
        let mut connected = connected.lock().unwrap_or_else(PoisonError::into_inner);
        let client = match connected.as_ref().filter(|connected| ptr::eq(connected.process, process)) {
            Some(connected) => connected.client.clone(),
            None => {
                let client = Client::with_transport(self.options.clone(), &process.transport)?;
                let parents = connected.replace(Connected { process, client: client.clone() });
                // Its connections belong to the parent, which still uses them.
                mem::forget(parents);
                client
            }
        };
        if self.closed.load(Ordering::Acquire) {
            client.close();
        }
        Ok((client, process))
    }
}
