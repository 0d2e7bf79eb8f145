//! Progress of an upload: what is told, and how often.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::model::report;

/// The shortest time between two reports; the first and the last always come.
const INTERVAL: Duration = Duration::from_millis(100);

report! {
    /// How far an upload is.
    Progress {
        /// `preparing`, `sending`, `verifying`, then `done`, which comes only after storage confirmed the file.
        phase: String,
        /// Bytes sent in this attempt; it starts again with every attempt.
        sent: i64,
        /// Bytes in all.
        total: i64,
        /// The attempt, from 1.
        attempt: u32,
    }
}

/// A part of an upload, as [`Progress::phase`] names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Phase {
    Preparing,
    Sending,
    Verifying,
    Done,
}

impl Phase {
    fn as_str(self) -> &'static str {
        match self {
            Self::Preparing => "preparing",
            Self::Sending => "sending",
            Self::Verifying => "verifying",
            Self::Done => "done",
        }
    }
}

type Callback = dyn Fn(Progress) + Send + Sync;

/// Tells a listener about an upload, not more often than it is good to know.
#[derive(Clone)]
pub(crate) struct Reporter(Option<Arc<Listener>>);

struct Listener {
    callback: Box<Callback>,
    last: Mutex<Option<(Phase, Instant)>>,
}

impl Reporter {
    pub fn silent() -> Self {
        Self(None)
    }

    pub fn new(callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(Listener { callback: Box::new(callback), last: Mutex::new(None) })))
    }

    pub fn report(&self, phase: Phase, sent: u64, total: u64, attempt: u32) {
        let Some(listener) = &self.0 else { return };
        if !listener.is_due(phase, Instant::now()) {
            return;
        }
        let (sent, total) = (count(sent), count(total));
        (listener.callback)(Progress { phase: phase.as_str().to_owned(), sent, total, attempt });
    }
}

impl Listener {
    fn is_due(&self, phase: Phase, now: Instant) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|(told, at)| phase != told || now.duration_since(at) >= INTERVAL);
        if due {
            *last = Some((phase, now));
        }
        due
    }
}

impl fmt::Debug for Reporter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reporter").field(&self.0.is_some()).finish()
    }
}

/// A count of bytes as every language has it.
pub(crate) fn count(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phase_is_told_ten_times_a_second_at_most() {
        let listener = Listener { callback: Box::new(|_| {}), last: Mutex::new(None) };
        let start = Instant::now();
        let told = (0..1000)
            .filter(|ms| listener.is_due(Phase::Sending, start + Duration::from_millis(*ms)))
            .count();
        assert_eq!(told, 10);
        assert!(listener.is_due(Phase::Done, start + Duration::from_millis(1000)));
    }
}
