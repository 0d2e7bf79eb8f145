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
    let (start, rest) = value.split_first_chunk::<8>()?;
    let [y1, y2, y3, y4, _, m1, m2, _] = Shape::YEAR_MONTH.digits(*start)?;
    let (year, month) = (two(y1, y2) * 100 + two(y3, y4), two(m1, m2));
    let Some((clock, rest)) = rest.split_first_chunk::<8>() else {
        let [d1, d2] = *rest else { return None };
        return Some(Moment::local(days(year, month, pair(d1, d2)?)? * DAY, false));
    };
    let shape = if clock.get(2) == Some(&b'T') { Shape::DAY_T_TIME } else { Shape::DAY_TIME };
    let [d1, d2, _, h1, h2, _, n1, n2] = shape.digits(*clock)?;
    let day = days(year, month, two(d1, d2))? * DAY;
    let (hour, minute) = (two(h1, h2), two(n1, n2));
    let (second, rest) = match rest.split_first_chunk::<3>() {
        Some(([b':', s1, s2], rest)) => (pair(*s1, *s2)?, rest),
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
            let (hours, minutes) = (pair(h1, h2)?, pair(n1, n2)?);
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

/// Eight bytes with digits between other letters, looked at all at once.
struct Shape {
    /// Zeros where the digits are.
    bytes: u64,
    /// What each byte has to be below 128 with, once the shape is taken off.
    room: u64,
}

impl Shape {
    const YEAR_MONTH: Self = Self::new(*b"0000-00-", [DIGIT, DIGIT, DIGIT, DIGIT, SAME, DIGIT, DIGIT, SAME]);
    const DAY_T_TIME: Self = Self::new(*b"00T00:00", [DIGIT, DIGIT, SAME, DIGIT, DIGIT, SAME, DIGIT, DIGIT]);
    const DAY_TIME: Self = Self::new(*b"00 00:00", [DIGIT, DIGIT, SAME, DIGIT, DIGIT, SAME, DIGIT, DIGIT]);

    const fn new(bytes: [u8; 8], room: [u8; 8]) -> Self {
        Self { bytes: u64::from_le_bytes(bytes), room: u64::from_le_bytes(room) }
    }

    /// The values of the digits, if the text is like this.
    #[inline]
    fn digits(&self, text: [u8; 8]) -> Option<[u8; 8]> {
        let digits = u64::from_le_bytes(text) ^ self.bytes;
        // What overflows into the next byte is too large itself.
        let is_like = (digits.wrapping_add(self.room) | digits) & HIGH_BITS == 0;
        is_like.then(|| digits.to_le_bytes())
    }
}

const HIGH_BITS: u64 = u64::from_le_bytes([128; 8]);
const DIGIT: u8 = 127 - 9;
const SAME: u8 = 127;

/// Microseconds after a point, and what follows them.
#[inline]
fn fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    /// What the last of so many digits is worth.
    const UNITS: [i64; 7] = [0, 100_000, 10_000, 1_000, 100, 10, 1];
    let Some((b'.', rest)) = rest.split_first() else { return Some((0, rest)) };
    let (mut number, mut length) = (0, 0);
    for digit in rest.iter().map(|byte| byte.wrapping_sub(b'0')).take_while(|digit| *digit < 10) {
        if length < 6 {
            number = number * 10 + i64::from(digit);
        }
        length += 1;
    }
    if length == 0 || length > 9 {
        None
    } else {
        Some((number * UNITS.get(length.min(6))?, rest.get(length..)?))
    }
}

/// The number that two bytes are, if they are digits.
#[inline]
fn pair(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| two(tens, ones))
}

/// The number of two digits.
#[inline]
fn two(tens: u8, ones: u8) -> i64 {
    i64::from(tens) * 10 + i64::from(ones)
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
