//! Dates that stand for "none": the first or the last that a system can keep, such as 0001-01-01 or 9999-12-31.

use crate::eventlog::profile::datetime::{Moment, Span, year_month_day};

const MINUTE: i64 = 60_000_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
/// 1970-01-02 to 2038-01-19: no date in between is a placeholder.
const ORDINARY: std::ops::Range<i64> = DAY..24_855 * DAY;
/// The last second that 32 bits hold, on 2038-01-19.
const LAST_OF_32_BITS: i64 = 2_147_483_647_000_000;
/// How far a placeholder is from the dates of a log: five years.
const FAR: i64 = 5 * 365 * DAY;

/// Whether a closer look at a moment is due.
#[inline]
pub(super) fn may_be_placeholder(moment: Moment) -> bool {
    !ORDINARY.contains(&moment.micros)
}

/// Whether a moment is a placeholder in a column whose other dates are from when to when.
pub(super) fn is_placeholder(moment: Moment, others: &Span) -> bool {
    if !may_be_placeholder(moment) {
        return false;
    }
    let at = moment.micros;
    let is_far = at < others.first.saturating_sub(FAR) || at > others.last.saturating_add(FAR);
    if at.abs() < 15 * HOUR && at % (15 * MINUTE) == 0 {
        // The second 0 in some zone. Logs of simulations begin there.
        return is_far && !others.is_empty();
    }
    // With an offset the date in its zone may be another than in UTC.
    let shifts = if moment.zoned { [-14 * HOUR, 0, 14 * HOUR] } else { [0; 3] };
    let is_boundary = shifts.iter().any(|shift| is_boundary(at.saturating_add(*shift)));
    at == LAST_OF_32_BITS || (is_boundary && is_far)
}

/// The first or last day of a year, long before or long after any log.
fn is_boundary(at: i64) -> bool {
    matches!(
        year_month_day(at),
        (..=1904, 1, 1) | (1899, 12, 30 | 31) | (2079, 6, 6) | (2099.., 12, 30 | 31) | (2100.., 1, 1)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::profile::datetime::any;

    fn is_one(value: &str, others: &[&str]) -> bool {
        let read = |value: &str| any(value.as_bytes(), false).unwrap();
        let mut span = Span::default();
        others.iter().for_each(|value| span.add(read(value)));
        is_placeholder(read(value), &span)
    }

    #[test]
    fn placeholders_are_far_from_the_log() {
        for value in [
            "0001-01-01",
            "0001-01-01T00:00:00Z",
            "0001-01-01T00:00:00+02:00",
            "1753-01-01",
            "1899-12-30 00:00",
            "1900-01-01",
            "1970-01-01 00:00:00",
            "1970-01-01 01:00",
            "1970-01-01T01:00:00+01:00",
            "2038-01-19 03:14:07",
            "2099-12-31",
            "2999-12-31 23:59",
            "31.12.9999",
            "9999-12-31T23:59:59-08:00",
            "9999-01-01",
        ] {
            assert!(is_one(value, &["2024-01-01", "2024-03-01"]), "{value}");
        }
        for value in ["1970-01-02", "1999-12-31", "2024-12-31", "2038-01-19", "1950-06-05", "2120-05-05"] {
            assert!(!is_one(value, &["2024-01-01"]), "{value}");
        }
    }

    #[test]
    fn placeholders_near_the_log_are_dates() {
        assert!(!is_one("1970-01-01", &["1971-01-01"]));
        assert!(!is_one("1970-01-01", &[]));
        assert!(!is_one("1900-01-01", &["1900-01-02", "1902-05-05"]));
        assert!(is_one("1900-01-01 09:05", &[]));
        assert!(is_one("9999-12-31", &[]));
    }
}
