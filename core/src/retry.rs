//! When to try again and how long to wait: pure functions.

use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::{DATE, RETRY_AFTER};

/// Retries of an API call where the caller sets none.
pub(crate) const API_RETRIES: u32 = 3;
/// Retries of a storage PUT where the caller sets none.
pub(crate) const STORAGE_RETRIES: u32 = 5;

const BASE: Duration = Duration::from_millis(500);
const CAP: Duration = Duration::from_secs(20);
const FLOOR: Duration = Duration::from_millis(50);
const LONGEST_RETRY_AFTER: Duration = Duration::from_secs(60);

/// What an attempt ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The server cannot have seen the request.
    NeverSent,
    /// It was sent, in part or whole, and no whole answer came.
    Broken,
    /// An answer that is not a success.
    Status(u16),
    /// Nothing that another attempt could change.
    Final,
}

/// What a request does when it is sent twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safety {
    /// The same as when sent once.
    Idempotent,
    /// It makes a second object.
    Creates,
}

/// What to do after a failed attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Wait so long, then try again.
    Retry(Duration),
    /// Hand the failure to the caller.
    GiveUp,
    /// Hand it over as ambiguous: the object may exist.
    Ambiguous,
}

/// Decides after attempt number `attempt` (1 is the first); `random` is in 0..1.
pub(crate) fn decide(
    failure: Failure,
    safety: Safety,
    attempt: u32,
    max_retries: u32,
    retry_after: Option<Duration>,
    random: f64,
) -> Verdict {
    if !may_pass(failure) {
        return Verdict::GiveUp;
    }
    if safety == Safety::Creates && may_have_worked(failure, retry_after) {
        return Verdict::Ambiguous;
    }
    let too_long = retry_after.is_some_and(|wait| wait > LONGEST_RETRY_AFTER);
    if attempt > max_retries || too_long {
        Verdict::GiveUp
    } else {
        Verdict::Retry(wait(attempt, retry_after, random))
    }
}

/// Whether another attempt might succeed.
pub(crate) fn may_pass(failure: Failure) -> bool {
    match failure {
        Failure::NeverSent | Failure::Broken => true,
        Failure::Status(status) => matches!(status, 408 | 429 | 500 | 502 | 503 | 504),
        Failure::Final => false,
    }
}

/// Whether the server may have done what was asked, though it did not say so.
pub(crate) fn may_have_worked(failure: Failure, retry_after: Option<Duration>) -> bool {
    match failure {
        Failure::NeverSent | Failure::Status(429) => false,
        Failure::Status(503) => retry_after.is_none(),
        _ => true,
    }
}

fn wait(attempt: u32, retry_after: Option<Duration>, random: f64) -> Duration {
    let ceiling = BASE.saturating_mul(1 << attempt.saturating_sub(1).min(16)).min(CAP);
    let backoff = ceiling.mul_f64(random.clamp(0.0, 1.0)).max(FLOOR);
    // A server that says "at once" would otherwise have used up all attempts in no time.
    backoff.max(retry_after.unwrap_or_default())
}

/// How long a response asks to wait, in whole seconds: `Retry-After` has seconds, which some gateways write with a
/// fraction, or a date. A date is one of the server's clock, whose time stands beside it in `Date`: if that clock and
/// ours differ, the wait is right all the same.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let value = text(RETRY_AFTER)?;
    if let Some(seconds) = whole_seconds(value) {
        return Some(Duration::from_secs(seconds));
    }
    let now = text(DATE).and_then(|date| httpdate::parse_http_date(date).ok()).unwrap_or(now);
    Some(httpdate::parse_http_date(value).ok()?.duration_since(now).unwrap_or_default())
}

/// A number of seconds, rounded up.
fn whole_seconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    let is_more = fraction.bytes().any(|digit| digit != b'0');
    Some(whole.parse().unwrap_or(u64::MAX).saturating_add(u64::from(is_more)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;
    use proptest::prelude::*;

    fn failure() -> impl Strategy<Value = Failure> {
        prop_oneof![
            Just(Failure::NeverSent),
            Just(Failure::Broken),
            Just(Failure::Final),
            (300u16..600).prop_map(Failure::Status)
        ]
    }

    proptest! {
        #[test]
        fn waits_are_bounded_and_retries_counted(
            failure in failure(), creates: bool, attempt in 1u32..40, max in 0u32..10,
            after in proptest::option::of(0u64..200), random in 0.0..1.0f64,
        ) {
            let safety = if creates { Safety::Creates } else { Safety::Idempotent };
            let after = after.map(Duration::from_secs);
            if let Verdict::Retry(wait) = decide(failure, safety, attempt, max, after, random) {
                prop_assert!(attempt <= max);
                prop_assert!(wait >= FLOOR && wait <= LONGEST_RETRY_AFTER);
                prop_assert!(after.is_some() || wait <= CAP);
            }
        }

        #[test]
        fn a_create_is_sent_again_only_if_it_was_not_processed(attempt in 1u32..4, random in 0.0..1.0f64) {
            for failure in [Failure::Broken, Failure::Status(500), Failure::Status(503), Failure::Status(504)] {
                prop_assert_eq!(decide(failure, Safety::Creates, attempt, 9, None, random), Verdict::Ambiguous);
            }
            for failure in [Failure::NeverSent, Failure::Status(429)] {
                let verdict = decide(failure, Safety::Creates, attempt, 9, None, random);
                prop_assert!(matches!(verdict, Verdict::Retry(_)));
            }
        }

        #[test]
        fn any_header_is_read_without_a_panic(value in ".*", date in ".*") {
            let _ = read(&value, Some(&date), SystemTime::UNIX_EPOCH);
        }
    }

    #[test]
    fn what_may_pass_is_tried_again_and_nothing_else() {
        for failure in [Failure::NeverSent, Failure::Broken, Failure::Final] {
            assert_eq!(may_pass(failure), failure != Failure::Final);
        }
        for status in 100..600 {
            let passes = [408, 429, 500, 502, 503, 504].contains(&status);
            let verdict = decide(Failure::Status(status), Safety::Idempotent, 1, 9, None, 0.5);
            assert_eq!(verdict != Verdict::GiveUp, passes, "{status}");
        }
    }

    #[test]
    fn the_ceiling_doubles_up_to_twenty_seconds() {
        let full = |attempt| match decide(Failure::Broken, Safety::Idempotent, attempt, 99, None, 1.0) {
            Verdict::Retry(wait) => wait.as_millis(),
            other => panic!("{other:?}"),
        };
        assert_eq!((1..9).map(full).collect::<Vec<_>>(), [500, 1000, 2000, 4000, 8000, 16000, 20000, 20000]);
    }

    #[test]
    fn the_wait_is_the_longer_of_the_backoff_and_what_the_server_asks_for() {
        let wait = |attempt, after: u64| match decide(
            Failure::Status(503),
            Safety::Idempotent,
            attempt,
            9,
            Some(Duration::from_secs(after)),
            1.0,
        ) {
            Verdict::Retry(wait) => wait.as_millis(),
            other => panic!("{other:?}"),
        };
        assert_eq!((wait(1, 0), wait(3, 0), wait(3, 1), wait(3, 7)), (500, 2000, 2000, 7000));
    }

    fn read(value: &str, date: Option<&str>, now: SystemTime) -> Option<Duration> {
        let given = [(RETRY_AFTER, Some(value)), (DATE, date)];
        let headers =
            given.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_str(value?).ok()?)));
        retry_after(&headers.collect(), now)
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = httpdate::parse_http_date("Sun, 22 Nov 2026 12:00:00 GMT").unwrap();
        let read = |value| read(value, None, now).map(|wait| wait.as_secs());
        assert_eq!(read("7"), Some(7));
        assert_eq!(read("99999999999"), Some(99_999_999_999));
        assert_eq!(read("Sun, 22 Nov 2026 12:00:30 GMT"), Some(30));
        assert_eq!(read("Sun, 22 Nov 2026 11:00:00 GMT"), Some(0));
        for (decimal, seconds) in
            [("299.997", 300), ("1.5", 2), ("2.0", 2), ("0.001", 1), ("0", 0), ("3.", 3), (" 4 ", 4)]
        {
            assert_eq!(read(decimal), Some(seconds), "{decimal}");
        }
        for other in ["soon", "-1", "1e3", "inf", "NaN", ".5", "1,5", "1.5s", "+1", ""] {
            assert_eq!(read(other), None, "{other}");
        }
        assert_eq!(read("99999999999999999999999"), Some(u64::MAX));
    }

    #[test]
    fn a_date_is_one_of_the_servers_clock() {
        let now = httpdate::parse_http_date("Sun, 22 Nov 2026 12:00:00 GMT").unwrap();
        let read = |date| read("Sun, 22 Nov 2026 13:00:05 GMT", Some(date), now).map(|wait| wait.as_secs());
        assert_eq!(read("Sun, 22 Nov 2026 13:00:00 GMT"), Some(5));
        assert_eq!(read("yesterday"), Some(3605));
    }
}
