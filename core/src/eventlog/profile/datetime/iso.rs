//! ISO 8601, which nearly every log has, at a fraction of the time of the other notations.

use crate::eventlog::profile::datetime::calendar::{DAY, days};
use crate::eventlog::profile::datetime::{Moment, Notation, read};

/// Reads a date with the year first and dashes, with a time after `T` or a space, with an offset or without.
#[inline]
pub(crate) fn iso(value: &[u8]) -> Option<Moment> {
    plain(value).or_else(|| other(value))
}

#[cold]
fn other(value: &[u8]) -> Option<Moment> {
    // Most texts are no date.
    if !matches!(value.get(4), Some(b'-')) {
        return None;
    }
    let reading = read(value)?;
    reading.moments.day.filter(|_| reading.notation == Notation::Iso)
}

/// Reads the usual shapes alone: `2024-01-31`, then perhaps `T09:30`, `:00`, `.123`, and `Z` or `+01:00`.
pub(super) fn plain(value: &[u8]) -> Option<Moment> {
    let (date, rest) = value.split_first_chunk::<10>()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else { return None };
    let day = days(two(y1, y2) * 100 + two(y3, y4), two(m1, m2), two(d1, d2))? * DAY;
    let Some((clock, rest)) = rest.split_first_chunk::<6>() else {
        return rest.is_empty().then_some(Moment::local(day, false));
    };
    let [b'T' | b' ', h1, h2, b':', n1, n2] = *clock else { return None };
    let (hour, minute) = (two(h1, h2), two(n1, n2));
    let (second, rest) = match rest.split_first_chunk::<3>() {
        Some(([b':', s1, s2], rest)) => (two(*s1, *s2), rest),
        _ => (0, rest),
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, rest) = fraction(rest)?;
    let local = day + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction;
    match *rest {
        [] => Some(Moment::local(local, true)),
        [b'Z'] => Some(Moment { zoned: true, ..Moment::local(local, true) }),
        [sign @ (b'+' | b'-'), h1, h2, b':', n1, n2] => {
            let (hours, minutes) = (two(h1, h2), two(n1, n2));
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = (hours * 60 + minutes) * 60_000_000;
            let offset = if sign == b'+' { offset } else { -offset };
            Some(Moment { zoned: true, ..Moment::local(local - offset, true) })
        }
        _ => None,
    }
}

/// Microseconds after a point, and what follows them.
fn fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    let Some((b'.', digits)) = rest.split_first() else { return Some((0, rest)) };
    let (mut micros, mut unit, mut length) = (0, 1_000_000, 0);
    for digit in digits.iter().map(|byte| byte.wrapping_sub(b'0')).take_while(|digit| *digit < 10) {
        unit /= 10;
        micros += i64::from(digit) * unit;
        length += 1;
    }
    if length == 0 || length > 9 { None } else { Some((micros, digits.get(length..)?)) }
}

/// The number of two digits; more than any part of a date or time may be if they are none.
fn two(tens: u8, ones: u8) -> i64 {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    if tens < 10 && ones < 10 { i64::from(tens * 10 + ones) } else { 10_000 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::profile::datetime::to_text;
    use proptest::prelude::*;

    fn text(moment: Option<Moment>) -> Option<String> {
        moment.map(|moment| to_text(moment.micros, moment.zoned))
    }

    #[test]
    fn iso_reads_its_variants() {
        for (value, meant) in [
            ("2024-01-31", "2024-01-31T00:00:00"),
            ("2024-01-31T12:00:00", "2024-01-31T12:00:00"),
            ("2024-01-31 12:00", "2024-01-31T12:00:00"),
            ("2024-1-1 8:05", "2024-01-01T08:05:00"),
            ("2024-01-31T12", "2024-01-31T12:00:00"),
            ("2024-01-31T1230", "2024-01-31T12:30:00"),
            ("2024-01-31t123015", "2024-01-31T12:30:15"),
            ("2024-01-31T24:00:00", "2024-02-01T00:00:00"),
            ("2024-01-31 12:00:00,5", "2024-01-31T12:00:00.5"),
            ("2024-01-31-12.00.00.123456", "2024-01-31T12:00:00.123456"),
            ("2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276Z"),
            ("2010-12-30T14:32:00.000+01:00", "2010-12-30T13:32:00Z"),
            ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z"),
            ("2024-01-31T12:00:00.123456789Z", "2024-01-31T12:00:00.123456Z"),
            ("1969-12-31T23:59:59-00:30", "1970-01-01T00:29:59Z"),
            ("2024-01-31T12:00:00+0100", "2024-01-31T11:00:00Z"),
            ("2024-01-31 12:00:00.123 UTC", "2024-01-31T12:00:00.123Z"),
            ("2024-01-31T12:00:00[Europe/Paris]", "2024-01-31T11:00:00Z"),
            ("2024-01-31T12:00:00+01:00[Europe/Paris]", "2024-01-31T11:00:00Z"),
            ("2024-01-31+01:00", "2024-01-30T23:00:00Z"),
            ("9999-12-31T23:59:59", "9999-12-31T23:59:59"),
            ("0001-01-01", "0001-01-01T00:00:00"),
        ] {
            assert_eq!(text(iso(value.as_bytes())).as_deref(), Some(meant), "{value}");
        }
    }

    #[test]
    fn iso_refuses_what_is_not_iso() {
        for value in [
            "20240131",
            "2024-13-01",
            "2023-02-29",
            "2024-01",
            "1234-5678",
            "4711",
            "",
            "2024-01-31x",
            "2024-01-31-05:00",
            "2024/01/31",
            "2024-Jan-31",
            "0000-00-00",
            "0000-01-01",
            "2024-01-31T",
            "2024-01-31 12",
            "2024-01-31T12:00 Foo",
            "2024-01-31T25:00",
            "2024-01-31 12:00 PM x",
        ] {
            assert_eq!(iso(value.as_bytes()), None, "{value}");
        }
    }

    proptest! {
        /// The short way gives what the long way gives, wherever it gives anything.
        #[test]
        fn plain_agrees_with_read(
            value in "[012][0-9]{3}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?(Z|[+-][01][0-9]:[0-5][0-9])?)?"
        ) {
            if let Some(moment) = plain(value.as_bytes()) {
                let reading = read(value.as_bytes()).unwrap();
                prop_assert_eq!(reading.notation, Notation::Iso);
                prop_assert_eq!(reading.moments.get(crate::eventlog::profile::datetime::Order::Day), Some(moment));
            }
        }
    }
}
