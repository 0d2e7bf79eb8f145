//! When an upload is given up that no longer moves: never one that is only slow.

use std::fmt;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::body::Ended;
use super::metered::Meter;

/// How long a socket may accept nothing of what is ready.
const LONGEST_STALL: Duration = Duration::from_secs(30);
/// How long the answer may take once all was sent.
const LONGEST_ANSWER: Duration = Duration::from_secs(120);
const TICK: Duration = Duration::from_secs(1);

/// Why an upload was given up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stalled {
    Sending,
    Answering,
}

impl fmt::Display for Stalled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sending => write!(f, "nothing could be sent for {} s", LONGEST_STALL.as_secs()),
            Self::Answering => {
                write!(f, "no answer came within {} s after the last byte", LONGEST_ANSWER.as_secs())
            }
        }
    }
}

impl std::error::Error for Stalled {}

/// Ends when nothing moves any more. While a body waits for its own reader, that is no stall: then nothing is
/// ready, and the socket refuses nothing.
pub(super) async fn watch(meter: &Meter, body: &Ended) -> Stalled {
    let (mut accepted, mut moved, mut waited) = (meter.accepted(), Instant::now(), false);
    loop {
        sleep(TICK).await;
        let (refuses, ended) = (meter.refuses(), body.has_ended());
        let waits = refuses || ended;
        if meter.accepted() != accepted || !(waits && waited) {
            (accepted, moved) = (meter.accepted(), Instant::now());
        }
        waited = waits;
        let still = moved.elapsed();
        if refuses && still >= LONGEST_STALL {
            return Stalled::Sending;
        }
        if ended && still >= LONGEST_ANSWER {
            return Stalled::Answering;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;
    use std::task::Poll;

    const ACCEPTS: fn(usize) -> Poll<io::Result<usize>> = |bytes| Poll::Ready(Ok(bytes));

    /// What the watchdog says while `line` drives the meter, and when.
    async fn watched(line: impl AsyncFnOnce(&Meter, &Ended)) -> Option<(Stalled, u64)> {
        let (meter, ended, start) = (Meter::default(), Ended::default(), Instant::now());
        tokio::select! {
            stalled = watch(&meter, &ended) => Some((stalled, start.elapsed().as_secs())),
            () = line(&meter, &ended) => None,
        }
    }

    async fn for_ever() {
        std::future::pending().await
    }

    #[tokio::test(start_paused = true)]
    async fn a_socket_that_accepts_nothing_is_given_up_after_thirty_seconds() {
        let stalled = watched(async |meter, _| {
            meter.note(&ACCEPTS(1000));
            meter.note(&Poll::Pending);
            for_ever().await;
        });
        assert!(matches!(stalled.await, Some((Stalled::Sending, 30..=32))));
    }

    #[tokio::test(start_paused = true)]
    async fn sixteen_kibibytes_a_second_pass_though_the_kernel_takes_them_in_bursts() {
        let passes = watched(async |meter, _| {
            for _ in 0..10 * 60 / 24 {
                meter.note(&ACCEPTS(24 * 16 * 1024));
                meter.note(&Poll::Pending);
                sleep(Duration::from_secs(24)).await;
            }
        });
        assert_eq!(passes.await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_waits_for_its_reader_is_no_stall() {
        let passes = watched(async |meter, _| {
            meter.note(&ACCEPTS(1000));
            sleep(Duration::from_secs(3600)).await;
            meter.note(&Poll::Pending);
            sleep(Duration::from_secs(29)).await;
        });
        assert_eq!(passes.await, None);
    }

    #[tokio::test(start_paused = true)]
    async fn the_answer_may_take_two_minutes_after_the_socket_moved_last() {
        let late = watched(async |meter, ended| {
            ended.set();
            sleep(Duration::from_secs(100)).await;
            meter.note(&ACCEPTS(1000));
            for_ever().await;
        });
        assert!(matches!(late.await, Some((Stalled::Answering, 220..=222))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_tail_that_the_socket_does_not_take_is_a_stall_too() {
        let stalled = watched(async |meter, ended| {
            ended.set();
            meter.note(&Poll::Pending);
            for_ever().await;
        });
        assert!(matches!(stalled.await, Some((Stalled::Sending, 30..=32))));
    }
}
