//! How much a process has open at the same time. Without a bound, a thousand uploads that begin together take a file
//! and a connection each, which is more than systems allow.

use std::cell::Cell;
use std::process;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Lets so many in; the rest waits in the order in which it came. Clients with the same limit share it, on whichever
/// runtime they are.
#[derive(Debug)]
pub(crate) struct Gate {
    /// Requests that are on their way, each on a connection.
    requests: Arc<Semaphore>,
    /// Uploads that have begun, each with a source that may be open.
    sources: Arc<Semaphore>,
}

/// What is let in, until it is dropped.
#[derive(Debug)]
#[must_use = "the next one is let in when it is dropped"]
pub(crate) struct Permit {
    _held: Option<OwnedSemaphorePermit>,
}

/// The gates in use, by process and limit: a forked child has none of its parent's requests.
static GATES: Mutex<Vec<(u32, usize, Weak<Gate>)>> = Mutex::new(Vec::new());

thread_local! {
    static IS_CALLED_BACK: Cell<bool> = const { Cell::new(false) };
}

/// Runs code of the caller's while a call of its own waits on this thread. Calls that it makes are not kept waiting
/// for that one. For the bindings alone.
#[doc(hidden)]
pub fn called_back<T>(code: impl FnOnce() -> T) -> T {
    struct Restore(bool);

    impl Drop for Restore {
        fn drop(&mut self) {
            IS_CALLED_BACK.set(self.0);
        }
    }

    let _restore = Restore(IS_CALLED_BACK.replace(true));
    code()
}

impl Gate {
    /// This process's gate with that limit.
    pub fn of_process(limit: usize) -> Arc<Self> {
        let mut gates = GATES.lock().unwrap_or_else(PoisonError::into_inner);
        let here = process::id();
        gates.retain(|(pid, _, gate)| *pid == here && gate.strong_count() > 0);
        let known =
            gates.iter().find(|(_, other, _)| *other == limit).and_then(|(_, _, gate)| gate.upgrade());
        known.unwrap_or_else(|| {
            let semaphore = || Arc::new(Semaphore::new(limit.min(Semaphore::MAX_PERMITS)));
            let gate = Arc::new(Self { requests: semaphore(), sources: semaphore() });
            gates.push((here, limit, Arc::downgrade(&gate)));
            gate
        })
    }

    /// Waits until a request may go out.
    pub async fn request(&self) -> Permit {
        enter(&self.requests).await
    }

    /// Waits until a source may be opened.
    pub async fn source(&self) -> Permit {
        enter(&self.sources).await
    }

    /// Whether the next request has to wait.
    pub fn is_full(&self) -> bool {
        self.requests.available_permits() == 0
    }
}

async fn enter(semaphore: &Arc<Semaphore>) -> Permit {
    if IS_CALLED_BACK.get() {
        return Permit { _held: None };
    }
    // It is never closed.
    Permit { _held: semaphore.clone().acquire_owned().await.ok() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt as _;

    #[test]
    fn clients_with_the_same_limit_share_a_gate() {
        let gate = Gate::of_process(7);
        assert!(Arc::ptr_eq(&gate, &Gate::of_process(7)) && !Arc::ptr_eq(&gate, &Gate::of_process(8)));
    }

    #[test]
    fn what_is_let_in_is_bounded_and_callbacks_are_not_kept_waiting() {
        let gate = Gate::of_process(1001);
        let one = Gate::of_process(1);
        let inside = one.request().now_or_never();
        assert!(inside.is_some() && one.is_full() && !gate.is_full());
        assert!(one.request().now_or_never().is_none());
        assert!(called_back(|| one.request().now_or_never()).is_some());
        assert!(one.source().now_or_never().is_some(), "a source is no request");
        drop(inside);
        assert!(one.request().now_or_never().is_some());
    }
}
