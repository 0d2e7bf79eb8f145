//! Tables of JavaScript's own on their way to an upload.

use std::collections::HashMap;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use napi::Env;
use napi::bindgen_prelude::PromiseRaw;
use napi_derive::napi;

use crate::error::thrown;
use crate::promise::Ticket;
use crate::source::{Source, off_thread};

/// The source of a table in Arrow's IPC format; `columns` gives columns other headings.
#[napi]
pub fn arrow_source(env: &Env, bytes: &[u8], columns: HashMap<String, String>) -> napi::Result<Source> {
    // A copy: a worker's memory goes with it.
    let source = processmind::Source::from_arrow_ipc(bytes.to_vec(), columns);
    source.map(Source::new).map_err(|error| thrown(env, error))
}

/// Collects rows, written as CSV.
#[napi]
#[derive(Debug)]
pub struct Rows(Arc<Mutex<processmind::Rows>>);

#[napi]
impl Rows {
    /// No rows yet; `columns` gives columns other headings.
    #[napi(constructor)]
    pub fn new(columns: HashMap<String, String>) -> Self {
        Self(Arc::new(Mutex::new(processmind::Rows::new(columns))))
    }

    /// Adds rows, a JSON array of objects, off JavaScript's thread. One write at a time.
    #[napi]
    pub fn write<'env>(
        &self,
        env: &'env Env,
        json: String,
        ticket: &Ticket,
    ) -> napi::Result<PromiseRaw<'env, ()>> {
        let rows = self.0.clone();
        let write = move || rows.lock().unwrap_or_else(PoisonError::into_inner).write(&json);
        ticket.promise(env, off_thread(write))
    }

    /// The source of all that was written.
    #[napi]
    pub fn finish(&self, env: &Env) -> napi::Result<Source> {
        let rows = mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        rows.finish().map(Source::new).map_err(|error| thrown(env, error))
    }
}
