//! Work that would hold up the runtime: reading, hashing and checking files.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::{Error, Result};

/// Does work on a thread beside the runtime. A panic in it becomes an error.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T> + Send + 'static,
) -> Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|failed| {
        Err(match failed.try_into_panic() {
            Ok(panic) => Error::from_panic(&*panic),
            // The runtime is shutting down.
            Err(cancelled) => Error::internal(cancelled),
        })
    })
}

/// As [`blocking`], for work that takes long: the flag is set once nobody waits for it any more, so that a
/// cancelled call leaves no thread behind.
pub(crate) async fn stoppable<T: Send + 'static>(
    work: impl FnOnce(&AtomicBool) -> Result<T> + Send + 'static,
) -> Result<T> {
    struct SetWhenDropped(Arc<AtomicBool>);

    impl Drop for SetWhenDropped {
        fn drop(&mut self) {
            self.0.store(true, Ordering::Relaxed);
        }
    }

    let stop = Arc::new(AtomicBool::new(false));
    let _waiting = SetWhenDropped(stop.clone());
    blocking(move || work(&stop)).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use std::sync::mpsc;
    use std::thread;
    use std::time::{Duration, Instant};

    #[tokio::test]
    async fn a_panic_becomes_an_error() {
        let error = blocking(|| -> Result<()> { panic!("split") }).await.unwrap_err();
        assert_eq!((error.kind(), error.message()), (ErrorKind::Internal, "The SDK failed inside: split."));
    }

    #[tokio::test]
    async fn work_that_nobody_waits_for_is_told_to_stop() {
        let (begun, begins) = mpsc::channel();
        let (ended, ends) = mpsc::channel();
        let waiting = tokio::spawn(stoppable(move |stop| {
            begun.send(()).unwrap();
            let patience = Instant::now() + Duration::from_secs(10);
            while !stop.load(Ordering::Relaxed) && Instant::now() < patience {
                thread::yield_now();
            }
            ended.send(stop.load(Ordering::Relaxed)).unwrap();
            Ok(())
        }));
        tokio::task::yield_now().await;
        begins.recv().unwrap();
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(ends.recv(), Ok(true));
    }
}
