//! Where the bytes of an upload come from, as the facade hands them over.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use napi::Env;
use napi::bindgen_prelude::PromiseRaw;
use napi_derive::napi;

use crate::promise::Ticket;

/// A source of bytes that can be read again for every attempt.
#[napi]
#[derive(Debug)]
pub struct Source(processmind::Source);

#[napi]
impl Source {
    /// A file on disk; its bytes never pass through JavaScript.
    #[napi(factory)]
    pub fn path(path: String) -> Self {
        Self(processmind::Source::path(path))
    }

    pub(crate) fn new(source: processmind::Source) -> Self {
        Self(source)
    }

    pub(crate) fn get(&self) -> processmind::Source {
        self.0.clone()
    }
}

/// Work that may wait for a disk.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> processmind::Result<T> + Send + 'static,
) -> processmind::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|stopped| Err(processmind::Error::from_panic(&stopped.to_string())))
}

/// Collects bytes of JavaScript's, in memory first and then in a temporary file.
///
/// They are copied even where they are in memory already: a worker's memory goes with it, and an `ArrayBuffer`
/// can be handed to another thread, while an upload that reads it is on its way.
#[napi]
#[derive(Debug, Default)]
pub struct Spool(Arc<Mutex<processmind::Spool>>);

#[napi]
impl Spool {
    /// An empty one.
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a copy of the bytes, off JavaScript's thread. One write at a time.
    #[napi]
    pub fn write<'env>(
        &self,
        env: &'env Env,
        bytes: &[u8],
        ticket: &Ticket,
    ) -> napi::Result<PromiseRaw<'env, ()>> {
        let (spool, bytes) = (self.0.clone(), bytes.to_vec());
        let write = move || spool.lock().unwrap_or_else(PoisonError::into_inner).write(&bytes);
        ticket.promise(env, off_thread(write))
    }

    /// The source of all that was written.
    #[napi]
    pub fn finish(&self) -> Source {
        Source(mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).finish())
    }
}
