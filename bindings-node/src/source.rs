//! Where the bytes of an upload come from, as the facade hands them over.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use napi::Env;
use napi::bindgen_prelude::{ClassInstance, Function, PromiseRaw};
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi_derive::napi;
use processmind::Error;
use tokio::sync::oneshot;

use crate::promise::Ticket;

/// A source of bytes that can be read again for every attempt. The call that reads it takes it: JavaScript lets go
/// late of what it forgets, and there may be a temporary file behind it.
#[napi]
#[derive(Debug)]
pub struct Source(Option<processmind::Source>);

#[napi]
impl Source {
    /// A file on disk; its bytes never pass through JavaScript.
    #[napi(factory)]
    pub fn path(path: String) -> Self {
        Self::new(processmind::Source::path(path))
    }

    pub(crate) fn new(source: processmind::Source) -> Self {
        Self(Some(source))
    }

    pub(crate) fn take(&mut self) -> Option<processmind::Source> {
        self.0.take()
    }
}

/// A source that JavaScript opens when its upload begins: of many streams only those are read that are about to be
/// sent.
#[napi]
#[derive(Debug)]
pub struct LaterSource {
    source: Source,
    opened: Option<oneshot::Sender<processmind::Source>>,
}

#[napi]
impl LaterSource {
    /// One that has `open` called then, upon which it is to be given or refused.
    #[napi(constructor)]
    pub fn new(#[napi(ts_arg_type = "() => void")] open: Function<'_, (), ()>) -> napi::Result<Self> {
        let open = open.build_threadsafe_function::<()>().weak::<true>().build()?;
        let (opened, given) = oneshot::channel();
        let source = processmind::Source::later(async move {
            open.call((), ThreadsafeFunctionCallMode::NonBlocking);
            // Why it was refused JavaScript tells itself.
            given.await.map_err(|_| Error::internal("the source was not opened"))
        });
        Ok(Self { source: Source::new(source), opened: Some(opened) })
    }

    /// The source, for one upload. To be asked for once: it holds `open`, which holds this.
    #[napi]
    pub fn source(&mut self) -> Source {
        Source(self.source.take())
    }

    /// Gives what was opened.
    #[napi]
    pub fn give(&mut self, mut source: ClassInstance<'_, Source>) {
        if let (Some(opened), Some(source)) = (self.opened.take(), source.take()) {
            // Where nobody waits for it, the upload is over.
            drop(opened.send(source));
        }
    }

    /// Gives nothing.
    #[napi]
    pub fn refuse(&mut self) {
        self.opened = None;
    }
}

/// Work that may wait for a disk.
pub(crate) async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> processmind::Result<T> + Send + 'static,
) -> processmind::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|stopped| Err(Error::from_panic(&stopped.to_string())))
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
        Source::new(mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).finish())
    }
}
