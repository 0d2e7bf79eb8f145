//! Which texts are a date or a date with a time, and which moment that is.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::Offset,
};

const DAY: i64 = 86_400_000_000;

/// A moment as a file gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Microseconds since 1970, in UTC; without an offset, as if it were UTC.
    pub micros: i64,
    /// It has an offset, such as `Z` or `+01:00`.
    pub zoned: bool,
}

impl Moment {
    fn local(micros: i64) -> Self {
        Self { micros, zoned: false }
    }
}

/// ISO 8601 with dashes: a date, with a time after `T` or a space, with an offset or without.
pub(crate) fn iso(value: &[u8]) -> Option<Moment> {
    plain_iso(value).or_else(|| any_iso(value))
}

/// `2024/01/31`, `2024.01.31`, with an optional time.
pub(crate) fn year_month_day(value: &[u8]) -> Option<Moment> {
    let (parts, separator, time) = split(value)?;
    let [year, month, day] = parts;
    if separator == '-' || year.len() != 4 {
        return None;
    }
    moment(year, month, day, time)
}

/// `31/01/2024`, `31.01.2024`, `31-01-2024`, with an optional time.
pub(crate) fn day_month_year(value: &[u8]) -> Option<Moment> {
    let ([day, month, year], _, time) = split(value)?;
    moment(year, month, day, time)
}

/// `01/31/2024`, with an optional time.
pub(crate) fn month_day_year(value: &[u8]) -> Option<Moment> {
    let ([month, day, year], _, time) = split(value)?;
    moment(year, month, day, time)
}

/// Whether day and month may be taken for each other: points are always between a day and a month.
pub(crate) fn is_pointed(value: &[u8]) -> bool {
    value.iter().find(|byte| !byte.is_ascii_digit()) == Some(&b'.')
}

/// The moment as ISO 8601, to the second or as exactly as it is known.
pub(crate) fn to_text(micros: i64, zoned: bool) -> String {
    let Ok(timestamp) = Timestamp::from_microsecond(micros) else { return String::new() };
    if zoned { timestamp.to_string() } else { Offset::UTC.to_datetime(timestamp).to_string() }
}

/// The shapes that nearly every log has, at a fraction of the time: `2024-01-31`, then perhaps `T09:30`,
/// `:00`, `.123`, and `Z` or `+01:00`.
fn plain_iso(value: &[u8]) -> Option<Moment> {
    let (date, rest) = value.split_first_chunk::<10>()?;
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = *date else { return None };
    let year = two(y1, y2)? * 100 + two(y3, y4)?;
    let day = days(year, two(m1, m2)?, two(d1, d2)?)? * DAY;
    let Some((clock, rest)) = rest.split_first_chunk::<6>() else {
        return rest.is_empty().then_some(Moment::local(day));
    };
    let [b'T' | b' ', h1, h2, b':', n1, n2] = *clock else { return None };
    let (hour, minute) = (two(h1, h2)?, two(n1, n2)?);
    let (second, rest) = match rest.split_first_chunk::<3>() {
        Some(([b':', s1, s2], rest)) => (two(*s1, *s2)?, rest),
        _ => (0, rest),
    };
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let (fraction, rest) = fraction(rest)?;
    let local = day + ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction;
    match *rest {
        [] => Some(Moment::local(local)),
        [b'Z'] => Some(Moment { micros: local, zoned: true }),
        [sign @ (b'+' | b'-'), h1, h2, b':', n1, n2] => {
            let (hours, minutes) = (two(h1, h2)?, two(n1, n2)?);
            if hours > 23 || minutes > 59 {
                return None;
            }
            let offset = (hours * 60 + minutes) * 60_000_000;
            let offset = if sign == b'+' { offset } else { -offset };
            Some(Moment { micros: local - offset, zoned: true })
        }
        _ => None,
    }
}

/// Microseconds after a point, and what follows them.
fn fraction(rest: &[u8]) -> Option<(i64, &[u8])> {
    let Some((b'.', digits)) = rest.split_first() else { return Some((0, rest)) };
    let length = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 || length > 9 {
        return None;
    }
    let (digits, rest) = digits.split_at_checked(length)?;
    let padded = digits.iter().copied().chain(std::iter::repeat(b'0')).take(6);
    Some((padded.fold(0, |all, digit| all * 10 + i64::from(digit - b'0')), rest))
}

fn two(tens: u8, ones: u8) -> Option<i64> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens < 10 && ones < 10).then(|| i64::from(tens) * 10 + i64::from(ones))
}

/// Days since 1970 of a date in the Gregorian calendar, counted in years that begin in March.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let length = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 28 + i64::from(leap),
        _ => return None,
    };
    if day == 0 || day > length {
        return None;
    }
    let year = year - i64::from(month <= 2);
    let (era, month) = (year.div_euclid(400), (month + 9) % 12);
    let (of_era, of_year) = (year.rem_euclid(400), (153 * month + 2) / 5 + day - 1);
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468)
}

/// All that the library takes for ISO 8601.
fn any_iso(value: &[u8]) -> Option<Moment> {
    // Without the dash `20240131` would be one, which in a log is a number.
    if value.get(4) != Some(&b'-') {
        return None;
    }
    let text = std::str::from_utf8(value).ok()?;
    if let Ok(timestamp) = text.parse::<Timestamp>() {
        return Some(Moment { micros: micros(timestamp)?, zoned: true });
    }
    local(text.parse().ok()?)
}

fn local(civil: DateTime) -> Option<Moment> {
    Some(Moment::local(micros(Offset::UTC.to_timestamp(civil).ok()?)?))
}

/// Rounded down, before 1970 too.
fn micros(timestamp: Timestamp) -> Option<i64> {
    i64::try_from(timestamp.as_nanosecond().div_euclid(1000)).ok()
}

type Parts<'a> = ([&'a str; 3], char, Option<&'a str>);

/// The three numbers of a date, what is between them, and the time.
fn split(value: &[u8]) -> Option<Parts<'_>> {
    // Before anything else is looked at: most texts are no date.
    if !value.first()?.is_ascii_digit() {
        return None;
    }
    let value = std::str::from_utf8(value).ok()?;
    let (date, time) = match value.split_once([' ', 'T']) {
        Some((date, time)) => (date, Some(time.trim_ascii())),
        None => (value, None),
    };
    let separator = ['/', '.', '-'].into_iter().find(|c| date.contains(*c))?;
    let mut parts = date.split(separator);
    let (first, second, third) = (parts.next()?, parts.next()?, parts.next()?);
    parts.next().is_none().then_some(([first, second, third], separator, time))
}

fn moment(year: &str, month: &str, day: &str, time: Option<&str>) -> Option<Moment> {
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let lengths = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    if !(lengths && digits(year) && digits(month) && digits(day)) {
        return None;
    }
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
    local(date.to_datetime(time.map_or(Some(Time::midnight()), clock)?))
}

/// `9:05`, `09:05:00.123`, `9:05 PM`.
fn clock(time: &str) -> Option<Time> {
    let (clock, half) = match time.rsplit_once(' ') {
        Some((clock, half)) => (clock, Some(half)),
        None => (time, None),
    };
    // The parser wants two digits for the hour.
    let padded = if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() };
    let time: Time = padded.parse().ok()?;
    let hour = match (half, time.hour()) {
        (None, hour) => hour,
        (Some(half), 12) if half.eq_ignore_ascii_case("am") => 0,
        (Some(half), hour) if half.eq_ignore_ascii_case("am") => hour,
        (Some(half), hour @ ..12) if half.eq_ignore_ascii_case("pm") => hour + 12,
        (Some(half), hour) if half.eq_ignore_ascii_case("pm") => hour,
        _ => return None,
    };
    time.with().hour(hour).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(moment: Option<Moment>) -> Option<String> {
        moment.map(|moment| to_text(moment.micros, moment.zoned))
    }

    #[test]
    fn iso_variants() {
        for (value, meant) in [
            ("2024-01-31", "2024-01-31T00:00:00"),
            ("2024-01-31T12:00:00", "2024-01-31T12:00:00"),
            ("2024-01-31 12:00", "2024-01-31T12:00:00"),
            ("2011-10-11 13:45:40.276000+02:00", "2011-10-11T11:45:40.276Z"),
            ("2010-12-30T14:32:00.000+01:00", "2010-12-30T13:32:00Z"),
            ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z"),
            ("2024-01-31T12:00:00.123456789Z", "2024-01-31T12:00:00.123456Z"),
            ("1969-12-31T23:59:59-00:30", "1970-01-01T00:29:59Z"),
            ("2024-01-31T12:00:00+0100", "2024-01-31T11:00:00Z"),
        ] {
            assert_eq!(text(iso(value.as_bytes())).as_deref(), Some(meant), "{value}");
        }
    }

    #[test]
    fn not_iso() {
        for value in
            ["20240131", "2024-13-01", "2023-02-29", "2024-01", "1234-5678", "4711", "", "2024-01-31x"]
        {
            assert_eq!(iso(value.as_bytes()), None, "{value}");
        }
    }

    #[test]
    fn dates_by_their_order() {
        let read = |way: fn(&[u8]) -> Option<Moment>, value: &str| text(way(value.as_bytes())).unwrap();
        assert_eq!(read(day_month_year, "31/01/2024 12:00"), "2024-01-31T12:00:00");
        assert_eq!(read(day_month_year, "28.02.2024"), "2024-02-28T00:00:00");
        assert_eq!(read(day_month_year, "1.2.2024 9:05:10"), "2024-02-01T09:05:10");
        assert_eq!(read(day_month_year, "31-01-2024"), "2024-01-31T00:00:00");
        assert_eq!(read(month_day_year, "1/31/2024 9:05 PM"), "2024-01-31T21:05:00");
        assert_eq!(read(month_day_year, "1/31/2024 12:05 am"), "2024-01-31T00:05:00");
        assert_eq!(read(year_month_day, "2024/01/31"), "2024-01-31T00:00:00");
        assert_eq!(read(year_month_day, "2024/01/31 10:11:12.5"), "2024-01-31T10:11:12.5");
        assert_eq!(year_month_day(b"2024-01-31"), None);
    }

    #[test]
    fn no_dates() {
        for value in [
            "31/13/2024",
            "1/2/24",
            "1.2.3",
            "192.168.0.1",
            "1/2/2024 25:00",
            "a/b/cdef",
            "//",
            "1.2.2024 9:05 xx",
            "ä/ö/üüüü",
        ] {
            assert_eq!(day_month_year(value.as_bytes()), None, "{value}");
        }
    }

    proptest! {
        /// The short way gives what the library gives, wherever it gives anything.
        #[test]
        fn the_short_way_agrees_with_the_library(
            value in "(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]([T ][0-2][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,9})?)?(Z|[+-][01][0-9]:[0-5][0-9])?)?"
        ) {
            if let Some(moment) = plain_iso(value.as_bytes()) {
                prop_assert_eq!(Some(moment), any_iso(value.as_bytes()), "{}", value);
            }
        }
    }
}
