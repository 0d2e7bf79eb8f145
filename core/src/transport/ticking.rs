//! A timer for the pool of connections, which looks for idle ones only once in the time that they are kept: the last
//! would stay for twice as long.

use std::pin::Pin;
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};
use hyper_util::rt::TokioTimer;

const TICK: Duration = Duration::from_secs(1);

/// Wakes after a second at the latest.
#[derive(Clone, Debug)]
pub(super) struct Ticking(TokioTimer);

impl Ticking {
    pub fn new() -> Self {
        Self(TokioTimer::new())
    }
}

impl Timer for Ticking {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.0.sleep(duration.min(TICK))
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        self.0.sleep_until(deadline.min(self.now() + TICK))
    }

    fn now(&self) -> Instant {
        self.0.now()
    }

    fn reset(&self, sleep: &mut Pin<Box<dyn Sleep>>, new_deadline: Instant) {
        self.0.reset(sleep, new_deadline.min(self.now() + TICK));
    }
}
