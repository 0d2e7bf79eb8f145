//! The only bridge between futures and promises.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::{Either, select};
use napi::Env;
use napi::bindgen_prelude::{PromiseRaw, ToNapiValue};
use napi_derive::napi;
use processmind::{Error, Progress};
use tokio::sync::Notify;

use crate::error::thrown;

/// One call on its way: what the facade can do to it, and ask of it.
#[napi]
#[derive(Debug, Default)]
pub struct Ticket {
    aborted: Arc<Notify>,
    progress: Arc<Mutex<Vec<Progress>>>,
}

#[napi]
impl Ticket {
    /// A ticket for one call.
    #[napi(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the call: what it is doing is dropped, its connection is closed, and its promise is rejected.
    #[napi]
    pub fn abort(&self) {
        self.aborted.notify_one();
    }

    /// What was reported since the last time this was asked.
    #[napi]
    pub fn take_progress(&self) -> Vec<Progress> {
        std::mem::take(&mut *self.progress.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Where the call is to put its reports.
    pub(crate) fn progress(&self) -> Arc<Mutex<Vec<Progress>>> {
        self.progress.clone()
    }

    /// The promise of what a future gives.
    pub(crate) fn promise<'env, T: ToNapiValue + Send + 'static>(
        &self,
        env: &'env Env,
        future: impl Future<Output = processmind::Result<T>> + Send + 'static,
    ) -> napi::Result<PromiseRaw<'env, T>> {
        let outcome = outcome(future, self.aborted.clone());
        env.spawn_future_with_callback(outcome.map(Ok), |env, outcome| match outcome {
            Some(result) => result.map_err(|error| thrown(env, error)),
            None => Err(napi::Error::new(napi::Status::Cancelled, "The call was aborted.")),
        })
    }
}

/// What a future gives, a panic as an error; nothing where it was aborted before.
async fn outcome<T>(
    future: impl Future<Output = processmind::Result<T>>,
    aborted: Arc<Notify>,
) -> Option<processmind::Result<T>> {
    let caught = pin!(AssertUnwindSafe(future).catch_unwind());
    match select(caught, pin!(aborted.notified())).await {
        Either::Left((Ok(result), _)) => Some(result),
        Either::Left((Err(panic), _)) => Some(Err(Error::from_panic(&*panic))),
        Either::Right(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use processmind::ErrorKind;

    fn block_on<T>(future: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let outcome = block_on(outcome::<()>(async { panic!("a fault inside") }, Arc::default())).unwrap();
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert!(error.message().contains("a fault inside"));
    }

    #[test]
    fn a_call_that_was_aborted_before_is_dropped() {
        let aborted = Arc::new(Notify::new());
        aborted.notify_one();
        let forever = std::future::pending::<processmind::Result<()>>();
        assert!(block_on(outcome(forever, aborted)).is_none());
    }
}
