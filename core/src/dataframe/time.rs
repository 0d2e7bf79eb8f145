//! Dates and times as ISO 8601 has them, a fixed number of fraction digits for each column: some readers take a
//! column for text where one value has no fraction.

use std::ops::Range;

use arrow_schema::TimeUnit;
use jiff::civil::{Date, date};
use jiff::fmt::temporal::DateTimeParser;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};

use super::cells::Unwritable;

pub(super) const DAY: i64 = 24 * 60 * 60;

/// How finely a column counts time.
const fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// Whole seconds, and the rest of a value.
fn split(unit: TimeUnit, value: i64) -> (i64, u32) {
    // The compiler divides by a number that it knows in a tenth of the time.
    fn by<const PER_SECOND: i64>(value: i64) -> (i64, u32) {
        (value.div_euclid(PER_SECOND), small(value.rem_euclid(PER_SECOND)))
    }
    match unit {
        TimeUnit::Second => (value, 0),
        TimeUnit::Millisecond => by::<{ per_second(TimeUnit::Millisecond) }>(value),
        TimeUnit::Microsecond => by::<{ per_second(TimeUnit::Microsecond) }>(value),
        TimeUnit::Nanosecond => by::<{ per_second(TimeUnit::Nanosecond) }>(value),
    }
}

/// Writes dates, and remembers the last one: events of a log are mostly of the same day as the one before.
pub(super) struct Dates {
    day: Option<i64>,
    text: [u8; 10],
}

impl Dates {
    pub fn new() -> Self {
        Self { day: None, text: [0; 10] }
    }

    /// The date so many days after 1970 began.
    pub fn write(&mut self, day: i64, out: &mut Vec<u8>) -> Result<(), Unwritable> {
        if self.day != Some(day) {
            self.text = date_text(day).ok_or(Unwritable("a date beyond the years that ISO 8601 counts"))?;
            self.day = Some(day);
        }
        out.extend_from_slice(&self.text);
        Ok(())
    }
}

fn date_text(day: i64) -> Option<[u8; 10]> {
    const FIRST: Date = date(1970, 1, 1);
    let date = FIRST.checked_add(Span::new().try_days(day).ok()?).ok()?;
    // A year before 0 has a sign, and more digits.
    date.to_string().into_bytes().try_into().ok()
}

/// The time of day.
pub(super) fn write_clock(unit: TimeUnit, count: i64, out: &mut Vec<u8>) {
    let (second, fraction) = split(unit, count);
    write_time(unit, second, fraction, out);
}

/// The second, of its day, and what is left of the value.
fn write_time(unit: TimeUnit, second: i64, fraction: u32, out: &mut Vec<u8>) {
    let second = small(second.rem_euclid(DAY));
    let ([h, i], [m, n], [s, t]) = (digits(second / 3600), digits(second / 60 % 60), digits(second % 60));
    // To add all of it at once takes two thirds of the time.
    match unit {
        TimeUnit::Second => out.extend_from_slice(&[h, i, b':', m, n, b':', s, t]),
        TimeUnit::Millisecond => {
            let [a, b, c] = digits(fraction);
            out.extend_from_slice(&[h, i, b':', m, n, b':', s, t, b'.', a, b, c]);
        }
        TimeUnit::Microsecond => {
            let [a, b, c, d, e, f] = digits(fraction);
            out.extend_from_slice(&[h, i, b':', m, n, b':', s, t, b'.', a, b, c, d, e, f]);
        }
        TimeUnit::Nanosecond => {
            let [a, b, c, d, e, f, g, j, k] = digits(fraction);
            out.extend_from_slice(&[h, i, b':', m, n, b':', s, t, b'.', a, b, c, d, e, f, g, j, k]);
        }
    }
}

/// A span of time, in seconds.
pub(super) fn write_seconds(unit: TimeUnit, count: i64, out: &mut Vec<u8>) {
    let (size, per_second) = (count.unsigned_abs(), per_second(unit).unsigned_abs());
    if count < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(itoa::Buffer::new().format(size / per_second).as_bytes());
    let fraction = u32::try_from(size % per_second).unwrap_or_default();
    match unit {
        TimeUnit::Second => {}
        TimeUnit::Millisecond => write_fraction::<3>(fraction, out),
        TimeUnit::Microsecond => write_fraction::<6>(fraction, out),
        TimeUnit::Nanosecond => write_fraction::<9>(fraction, out),
    }
}

fn write_fraction<const DIGITS: usize>(fraction: u32, out: &mut Vec<u8>) {
    out.push(b'.');
    out.extend_from_slice(&digits::<DIGITS>(fraction));
}

/// Writes a date and a time, with the offset of its zone where it has one.
pub(super) struct Moments {
    unit: TimeUnit,
    zone: Option<Zone>,
    dates: Dates,
}

impl Moments {
    pub fn new(unit: TimeUnit, zone: Option<Zone>) -> Self {
        Self { unit, zone, dates: Dates::new() }
    }

    pub fn write(&mut self, value: i64, out: &mut Vec<u8>) -> Result<(), Unwritable> {
        let (second, fraction) = split(self.unit, value);
        let offset = match &mut self.zone {
            Some(zone) => zone.offset(second)?,
            None => 0,
        };
        let local = second.saturating_add(offset);
        self.dates.write(local.div_euclid(DAY), out)?;
        out.push(b'T');
        write_time(self.unit, local, fraction, out);
        match &self.zone {
            Some(zone) if zone.is_utc => out.push(b'Z'),
            Some(_) => write_offset(offset, out),
            None => {}
        }
        Ok(())
    }
}

/// A time zone, and its offset as long as that stays the same.
pub(super) struct Zone {
    zone: TimeZone,
    is_utc: bool,
    offset: i64,
    valid: Range<i64>,
}

impl Zone {
    /// The zone of a name such as `Europe/Amsterdam`, or of an offset such as `+01:00`.
    pub fn new(name: &str) -> Option<Self> {
        let zone = DateTimeParser::new().parse_time_zone(name).ok()?;
        let is_utc = matches!(name, "UTC" | "Etc/UTC" | "Z" | "+00:00");
        Some(Self { zone, is_utc, offset: 0, valid: 0..0 })
    }

    /// Seconds that local time is ahead by.
    fn offset(&mut self, second: i64) -> Result<i64, Unwritable> {
        if !self.valid.contains(&second) {
            let moment = Timestamp::from_second(second)
                .map_err(|_| Unwritable("a time beyond the years that ISO 8601 counts"))?;
            self.offset = in_minutes(self.zone.to_offset(moment));
            let second_of = |change: jiff::tz::TimeZoneTransition<'_>| change.timestamp().as_second();
            let later = Timestamp::from_second(second + 1).unwrap_or(moment);
            let since = self.zone.preceding(later).next().map_or(i64::MIN, second_of);
            self.valid = since..self.zone.following(moment).next().map_or(i64::MAX, second_of);
        }
        Ok(self.offset)
    }
}

/// Offsets of old, such as Amsterdam's 19 minutes and 32 seconds, can't be written: UTC is as exact.
fn in_minutes(offset: Offset) -> i64 {
    let seconds = i64::from(offset.seconds());
    if seconds % 60 == 0 { seconds } else { 0 }
}

fn write_offset(seconds: i64, out: &mut Vec<u8>) {
    out.push(if seconds < 0 { b'-' } else { b'+' });
    let minutes = small(seconds.abs() / 60);
    let ([h, i], [m, n]) = (digits(minutes / 60), digits(minutes % 60));
    out.extend_from_slice(&[h, i, b':', m, n]);
}

/// A number that is known to fit.
fn small(number: i64) -> u32 {
    u32::try_from(number).unwrap_or_default()
}

/// The last digits of a number.
fn digits<const N: usize>(number: u32) -> [u8; N] {
    let (mut digits, mut rest) = ([0; N], number);
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moment(unit: TimeUnit, zone: Option<&str>, value: i64) -> String {
        let mut out = Vec::new();
        Moments::new(unit, zone.map(|name| Zone::new(name).unwrap())).write(value, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn moments_have_the_digits_of_their_unit_and_the_offset_of_their_zone() {
        use TimeUnit::{Microsecond, Millisecond, Nanosecond, Second};
        for (unit, zone, value, text) in [
            (Second, None, 1_704_103_200, "2024-01-01T10:00:00"),
            (Millisecond, None, -1, "1969-12-31T23:59:59.999"),
            (Microsecond, Some("UTC"), 1_704_103_200_123_456, "2024-01-01T10:00:00.123456Z"),
            (
                Nanosecond,
                Some("Europe/Amsterdam"),
                1_719_828_000_000_000_001,
                "2024-07-01T12:00:00.000000001+02:00",
            ),
            (Second, Some("Europe/Amsterdam"), 1_704_103_200, "2024-01-01T11:00:00+01:00"),
            (Second, Some("-03:30"), 1_704_103_200, "2024-01-01T06:30:00-03:30"),
            // Local time was not a whole number of minutes ahead.
            (Second, Some("Europe/Amsterdam"), -1_500_000_000, "1922-06-20T21:20:00+00:00"),
        ] {
            assert_eq!(moment(unit, zone, value), text);
        }
    }

    #[test]
    fn years_that_can_not_be_written_are_told() {
        let mut out = Vec::new();
        assert!(Moments::new(TimeUnit::Second, None).write(i64::MAX, &mut out).is_err());
        assert!(Moments::new(TimeUnit::Second, Zone::new("UTC")).write(i64::MIN, &mut out).is_err());
    }

    #[test]
    fn a_zone_that_nobody_knows_is_none() {
        assert!(Zone::new("Middle/Earth").is_none());
    }

    #[test]
    fn a_time_beyond_its_day_is_one_of_a_day() {
        let mut out = Vec::new();
        write_clock(TimeUnit::Second, DAY + 1, &mut out);
        write_clock(TimeUnit::Nanosecond, i64::MAX, &mut out);
        assert_eq!(String::from_utf8(out).unwrap(), "00:00:0123:47:16.854775807");
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_same_moment(
            seconds in proptest::collection::vec(-2_000_000_000i64..4_000_000_000, 1..20),
            fraction in 0..1_000_000_000i64,
            unit in prop_oneof![Just(TimeUnit::Millisecond), Just(TimeUnit::Microsecond), Just(TimeUnit::Nanosecond)],
            zone in prop_oneof!["UTC", "Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "\\+05:45"],
        ) {
            let mut moments = Moments::new(unit, Zone::new(&zone));
            let fraction = fraction % per_second(unit);
            for second in seconds {
                let mut out = Vec::new();
                moments.write(second * per_second(unit) + fraction, &mut out).unwrap();
                let read: Timestamp = std::str::from_utf8(&out).unwrap().parse().unwrap();
                let nanoseconds = i128::from(fraction) * i128::from(1_000_000_000 / per_second(unit));
                prop_assert_eq!(read.as_nanosecond(), i128::from(second) * 1_000_000_000 + nanoseconds);
            }
        }
    }
}
