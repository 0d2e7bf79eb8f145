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
#[derive(Clone, Copy)]
pub(super) struct Unit {
    per_second: i64,
    digits: usize,
}

impl From<TimeUnit> for Unit {
    fn from(unit: TimeUnit) -> Self {
        let (per_second, digits) = match unit {
            TimeUnit::Second => (1, 0),
            TimeUnit::Millisecond => (1_000, 3),
            TimeUnit::Microsecond => (1_000_000, 6),
            TimeUnit::Nanosecond => (1_000_000_000, 9),
        };
        Self { per_second, digits }
    }
}

impl Unit {
    /// Whole seconds, and the rest of the value.
    fn split(self, value: i64) -> (i64, i64) {
        (value.div_euclid(self.per_second), value.rem_euclid(self.per_second))
    }

    fn write_fraction(self, fraction: i64, out: &mut Vec<u8>) {
        if self.digits > 0 {
            out.push(b'.');
            write_digits(fraction, self.digits, out);
        }
    }
}

/// Writes dates, and remembers the last one: events of a log are mostly of the same day as the one before.
pub(super) struct Dates {
    day: Option<i64>,
    text: String,
}

impl Dates {
    pub fn new() -> Self {
        Self { day: None, text: String::new() }
    }

    /// The date so many days after 1970 began.
    pub fn write(&mut self, day: i64, out: &mut Vec<u8>) -> Result<(), Unwritable> {
        if self.day != Some(day) {
            self.text =
                date_of(day).ok_or(Unwritable("a date beyond the years that ISO 8601 counts"))?.to_string();
            self.day = Some(day);
        }
        out.extend_from_slice(self.text.as_bytes());
        Ok(())
    }
}

fn date_of(day: i64) -> Option<Date> {
    const FIRST: Date = date(1970, 1, 1);
    FIRST.checked_add(Span::new().try_days(day).ok()?).ok().filter(|date| date.year() >= 0)
}

/// The time of day.
pub(super) fn write_clock(unit: Unit, count: i64, out: &mut Vec<u8>) {
    let (second, fraction) = unit.split(count);
    write_digits(second / 3600, 2, out);
    out.push(b':');
    write_digits(second / 60 % 60, 2, out);
    out.push(b':');
    write_digits(second % 60, 2, out);
    unit.write_fraction(fraction, out);
}

/// A span of time, in seconds.
pub(super) fn write_seconds(unit: Unit, count: i64, out: &mut Vec<u8>) {
    let (seconds, fraction) = (
        count.unsigned_abs() / unit.per_second.unsigned_abs(),
        count.unsigned_abs() % unit.per_second.unsigned_abs(),
    );
    if count < 0 {
        out.push(b'-');
    }
    out.extend_from_slice(itoa::Buffer::new().format(seconds).as_bytes());
    unit.write_fraction(i64::try_from(fraction).unwrap_or_default(), out);
}

/// Writes a date and a time, with the offset of its zone where it has one.
pub(super) struct Moments {
    unit: Unit,
    zone: Option<Zone>,
    dates: Dates,
}

impl Moments {
    pub fn new(unit: Unit, zone: Option<Zone>) -> Self {
        Self { unit, zone, dates: Dates::new() }
    }

    pub fn write(&mut self, value: i64, out: &mut Vec<u8>) -> Result<(), Unwritable> {
        let (second, fraction) = self.unit.split(value);
        let offset = match &mut self.zone {
            Some(zone) => zone.offset(second)?,
            None => 0,
        };
        let local = second.saturating_add(offset);
        self.dates.write(local.div_euclid(DAY), out)?;
        out.push(b'T');
        write_clock(self.unit, local.rem_euclid(DAY) * self.unit.per_second + fraction, out);
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
    let minutes = seconds.abs() / 60;
    write_digits(minutes / 60, 2, out);
    out.push(b':');
    write_digits(minutes % 60, 2, out);
}

/// The last `digits` digits of a number that is not negative.
fn write_digits(number: i64, digits: usize, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + digits, b'0');
    let mut rest = number;
    for digit in out.iter_mut().skip(start).rev() {
        *digit = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moment(unit: TimeUnit, zone: Option<&str>, value: i64) -> String {
        let mut out = Vec::new();
        Moments::new(unit.into(), zone.map(|name| Zone::new(name).unwrap())).write(value, &mut out).unwrap();
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
        assert!(Moments::new(TimeUnit::Second.into(), None).write(i64::MAX, &mut out).is_err());
        assert!(Moments::new(TimeUnit::Second.into(), Zone::new("UTC")).write(i64::MIN, &mut out).is_err());
    }

    #[test]
    fn a_zone_that_nobody_knows_is_none() {
        assert!(Zone::new("Middle/Earth").is_none());
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_same_moment(
            values in proptest::collection::vec(-2_000_000_000_000i64..4_000_000_000_000, 1..20),
            zone in prop_oneof!["UTC", "Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "\\+05:45"],
        ) {
            let mut moments = Moments::new(TimeUnit::Millisecond.into(), Zone::new(&zone));
            for value in values {
                let mut out = Vec::new();
                moments.write(value, &mut out).unwrap();
                let read: Timestamp = std::str::from_utf8(&out).unwrap().parse().unwrap();
                prop_assert_eq!(read.as_millisecond(), value);
            }
        }
    }
}
