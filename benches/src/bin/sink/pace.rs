//! A network that is far or thin, where one is asked for.

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// What a receiver takes before the sender has to wait: little, so that a sender feels the pace.
const WINDOW: usize = 256 * 1024;

#[derive(Debug)]
pub struct Pace {
    round_trip: Duration,
    bytes_per_second: Option<f64>,
    /// When all that was received so far would have come.
    clear_at: Mutex<Instant>,
}

impl Pace {
    pub fn new(latency_ms: u64, megabits: Option<u64>) -> Self {
        #[allow(clippy::cast_precision_loss, reason = "a bandwidth is a small number")]
        let bytes_per_second = megabits.map(|megabits| megabits as f64 * 1e6 / 8.0);
        Self {
            round_trip: Duration::from_millis(latency_ms),
            bytes_per_second,
            clear_at: Mutex::new(Instant::now()),
        }
    }

    pub fn window(&self) -> Option<usize> {
        self.bytes_per_second.map(|_| WINDOW)
    }

    /// Waits as long as a request and its answer travel.
    pub fn travel(&self) {
        if !self.round_trip.is_zero() {
            thread::sleep(self.round_trip);
        }
    }

    /// Waits until so many bytes would have come, after all that came before.
    pub fn receive(&self, bytes: usize) {
        let Some(bytes_per_second) = self.bytes_per_second else { return };
        #[allow(clippy::cast_precision_loss, reason = "a buffer's length is a small number")]
        let takes = Duration::from_secs_f64(bytes as f64 / bytes_per_second);
        let now = Instant::now();
        let clear_at = {
            let mut clear_at = self.clear_at.lock().unwrap_or_else(PoisonError::into_inner);
            *clear_at = (*clear_at).max(now) + takes;
            *clear_at
        };
        thread::sleep(clear_at - now);
    }
}
