//! What both native clients are made of.

use std::mem;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use processmind::{Client, ClientOptions, Result};
use pyo3::prelude::*;

use crate::error;
use crate::process::{self, Process};

/// A client's options, and the core's client in the process that it is used in.
pub(crate) struct Session {
    options: ClientOptions,
    closed: AtomicBool,
    connected: Mutex<Connected>,
}

struct Connected {
    process: &'static Process,
    client: Client,
}

impl Session {
    /// The environment is read now, so that a later change of it, or a fork, changes nothing.
    pub fn new(py: Python<'_>, options: ClientOptions) -> PyResult<Self> {
        let options = options.or_environment();
        let connected = process::current(py).and_then(|process| connect(process, &options));
        Ok(Self {
            connected: Mutex::new(connected.map_err(|error| error::to_python(py, &error))?),
            closed: AtomicBool::new(false),
            options,
        })
    }

    pub fn options(&self) -> &ClientOptions {
        &self.options
    }

    /// The core's client, and the process whose runtime it has to be used on.
    pub fn client(&self, py: Python<'_>) -> PyResult<(Client, &'static Process)> {
        // No lock is held any more where Python's code runs.
        self.connected(py).map_err(|error| error::to_python(py, &error))
    }

    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
    }

    /// As it was made, or made anew after a fork.
    fn connected(&self, py: Python<'_>) -> Result<(Client, &'static Process)> {
        let process = process::current(py)?;
        let mut connected = self.connected.lock().unwrap_or_else(PoisonError::into_inner);
        if !ptr::eq(connected.process, process) {
            let parents = mem::replace(&mut *connected, connect(process, &self.options)?);
            // Its connections belong to the parent, which still uses them.
            mem::forget(parents);
        }
        if self.closed.load(Ordering::Acquire) {
            connected.client.close();
        }
        Ok((connected.client.clone(), process))
    }
}

fn connect(process: &'static Process, options: &ClientOptions) -> Result<Connected> {
    let client = Client::with_transport(options.clone(), &process.transport)?;
    Ok(Connected { process, client })
}
