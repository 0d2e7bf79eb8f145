//! The only bridge between futures and promises.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::{Either, select};
use napi::Env;
use napi::bindgen_prelude::{Function, PromiseRaw, ToNapiValue};
use napi_derive::napi;
use processmind::log::{self, Level};
use processmind::{Error, Progress};
use tokio_util::sync::CancellationToken;

use crate::error::thrown;
use crate::reports::{LogLine, Reports};

/// One call on its way: what the facade can do to it, and ask of it.
#[napi]
#[derive(Debug)]
pub struct Ticket {
    aborted: CancellationToken,
    reports: Arc<Reports>,
    is_logged: bool,
}

#[napi]
impl Ticket {
    /// A ticket for one call. `wake` is called when there is something to take; the log is kept where it is
    /// wanted.
    #[napi(constructor)]
    pub fn new(
        #[napi(ts_arg_type = "(() => void) | undefined")] wake: Option<Function<'_, (), ()>>,
        is_logged: bool,
    ) -> napi::Result<Self> {
        Ok(Self { aborted: with_thread(), reports: Arc::new(Reports::new(wake)?), is_logged })
    }

    /// Ends the call: what it is doing is dropped, its connection is closed, and its promise is rejected.
    #[napi]
    pub fn abort(&self) {
        self.aborted.cancel();
    }

    /// Tells nothing more. To be called when the call is over: what wakes JavaScript holds this ticket, which holds
    /// what wakes it, and no collector of garbage sees both ends.
    #[napi]
    pub fn end(&self) {
        self.reports.end();
    }

    /// The progress that was reported since the last time this was asked.
    #[napi]
    pub fn take_progress(&self) -> Vec<Progress> {
        self.reports.take_progress()
    }

    /// What was logged since the last time this was asked.
    #[napi]
    pub fn take_log(&self) -> Vec<LogLine> {
        self.reports.take_log()
    }

    /// Where the call is to put its reports.
    pub(crate) fn progress(&self) -> impl Fn(Progress) + Send + Sync + use<> {
        let reports = self.reports.clone();
        move |progress| reports.progress(progress)
    }

    /// The promise of what a future gives.
    pub(crate) fn promise<'env, T: ToNapiValue + Send + 'static>(
        &self,
        env: &'env Env,
        future: impl Future<Output = processmind::Result<T>> + Send + 'static,
    ) -> napi::Result<PromiseRaw<'env, T>> {
        let outcome = outcome(self.logged(future), self.aborted.clone());
        env.spawn_future_with_callback(outcome.map(Ok), |env, outcome| match outcome {
            Some(result) => result.map_err(|error| thrown(env, error)),
            None => Err(napi::Error::new(napi::Status::Cancelled, "The call was aborted.")),
        })
    }

    /// A future whose log is kept, where anybody wants it.
    fn logged<F: Future>(&self, future: F) -> impl Future<Output = F::Output> + use<F> {
        if !self.is_logged {
            return Either::Left(future);
        }
        let reports = self.reports.clone();
        Either::Right(log::listen(future, Level::DEBUG, move |line| reports.log(line)))
    }
}

thread_local! {
    static THREAD: Thread = Thread(CancellationToken::new());
}

/// JavaScript's thread. Its calls end with it: a worker that is terminated leaves nobody to hear of them.
struct Thread(CancellationToken);

impl Drop for Thread {
    fn drop(&mut self) {
        self.0.cancel();
    }
}

/// What ends a call of this thread, at the latest when the thread ends.
fn with_thread() -> CancellationToken {
    THREAD.with(|Thread(ended)| ended.child_token())
}

/// What a future gives, a panic as an error; nothing where it was aborted before.
async fn outcome<T>(
    future: impl Future<Output = processmind::Result<T>>,
    aborted: CancellationToken,
) -> Option<processmind::Result<T>> {
    let caught = pin!(AssertUnwindSafe(future).catch_unwind());
    // In this order: what was aborted already is not even begun.
    match select(pin!(aborted.cancelled()), caught).await {
        Either::Left(_) => None,
        Either::Right((Ok(result), _)) => Some(result),
        Either::Right((Err(panic), _)) => Some(Err(Error::from_panic(&*panic))),
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
        let panics = async { panic!("a fault inside") };
        let error = block_on(outcome::<()>(panics, CancellationToken::new())).unwrap().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Internal);
        assert!(error.message().contains("a fault inside"));
    }

    #[test]
    fn a_call_that_was_aborted_before_is_not_begun() {
        let aborted = CancellationToken::new();
        aborted.cancel();
        let never = async { panic!("it was begun") };
        assert!(block_on(outcome::<()>(never, aborted)).is_none());
    }

    #[test]
    fn a_call_ends_with_the_thread_that_made_it() {
        let aborted = std::thread::spawn(with_thread).join().unwrap();
        let forever = std::future::pending::<processmind::Result<()>>();
        assert!(block_on(outcome(forever, aborted)).is_none());
    }
}
