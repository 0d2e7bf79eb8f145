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
        /// The name that the file is stored under.
        file_name: String,
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

/// Who is told, which may be about many uploads, or nobody.
#[derive(Clone, Default)]
pub(crate) struct Listener(Option<Arc<Callback>>);

impl Listener {
    pub fn new(callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(callback)))
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Listener").field(&self.0.is_some()).finish()
    }
}

/// Tells a listener about one upload, not more often than it is good to know.
#[derive(Clone, Debug)]
pub(crate) struct Reporter(Arc<Told>);

#[derive(Debug)]
struct Told {
    listener: Listener,
    file_name: String,
    last: Mutex<Option<(Phase, Instant)>>,
}

impl Reporter {
    pub fn new(listener: Listener, file_name: String) -> Self {
        Self(Arc::new(Told { listener, file_name, last: Mutex::new(None) }))
    }

    pub fn report(&self, phase: Phase, sent: u64, total: u64, attempt: u32) {
        let Some(callback) = &self.0.listener.0 else { return };
        if !self.0.is_due(phase, Instant::now()) {
            return;
        }
        let (phase, file_name) = (phase.as_str().to_owned(), self.0.file_name.clone());
        callback(Progress { file_name, phase, sent: count(sent), total: count(total), attempt });
    }
}

impl Told {
    fn is_due(&self, phase: Phase, now: Instant) -> bool {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let due = last.is_none_or(|(told, at)| phase != told || now.duration_since(at) >= INTERVAL);
        if due {
            *last = Some((phase, now));
        }
        due
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
        let told = Told { listener: Listener::default(), file_name: String::new(), last: Mutex::new(None) };
        let start = Instant::now();
        let reports =
            (0..1000).filter(|ms| told.is_due(Phase::Sending, start + Duration::from_millis(*ms))).count();
        assert_eq!(reports, 10);
        assert!(told.is_due(Phase::Done, start + Duration::from_millis(1000)));
    }
}
