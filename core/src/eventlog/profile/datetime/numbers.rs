//! Numbers that are dates, which only their column can tell: `20240131`, `1706693400`, `45322.395`.

use crate::eventlog::profile::datetime::calendar::{self, DAY};
use crate::eventlog::profile::datetime::clock::{take_digits, take_fraction, take_hour};
use crate::eventlog::profile::datetime::cursor::Cursor;
use crate::eventlog::profile::datetime::{Moment, Notation, clock, iso, read};

/// 2100-01-01 in seconds since 1970. Later "timestamps" are numbers of another kind.
const LATEST: i64 = 4_102_444_800;
/// 1970-01-01 in a worksheet.
const SERIAL_OF_1970: f64 = 25_569.0;
/// By how much serial numbers are smaller in a workbook that counts from 1904.
pub(crate) const DAYS_TO_1904: f64 = 1462.0;
/// The serial numbers of 1954 to 2119.
const SERIALS: std::ops::Range<f64> = 20_000.0..80_000.0;

/// The day from which a workbook counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum SerialStart {
    #[default]
    Of1900,
    /// Old ones of Excel for the Mac.
    Of1904,
}

/// Reads a number in a column of timestamps: compact digits, or units of time since 1970 by their digits.
pub(crate) fn number(value: &[u8]) -> Option<(Notation, Moment)> {
    let mut cursor = Cursor::new(value)?;
    let (notation, micros) = cursor.attempt(compact).or_else(|| since_1970(&mut cursor))?;
    let digits = value.iter().take_while(|byte| byte.is_ascii_digit()).count();
    // A data frame with gaps has made fractions of all.
    cursor.take(".0");
    let has_clock = notation != Notation::Compact || digits > 8;
    cursor.is_at_end().then(|| (notation, Moment::local(micros, has_clock)))
}

/// Reads a number as a worksheet keeps dates: in days, 45322.395 being 2024-01-31 09:28:48.
pub(crate) fn serial(value: &[u8], start: SerialStart) -> Option<Moment> {
    let shift = if start == SerialStart::Of1904 { DAYS_TO_1904 } else { 0.0 };
    let days = decimal(value).map(|days| days + shift).filter(|days| SERIALS.contains(days))?;
    // Exact to the millisecond, which is what a worksheet shows.
    let millis = ((days - SERIAL_OF_1970) * 86_400_000.0).round();
    #[expect(clippy::cast_possible_truncation, reason = "at most 80,000 days")]
    let micros = millis as i64 * 1000;
    Some(Moment::local(micros, micros % DAY != 0))
}

/// What a value that can't be read as a timestamp seems to be, as a part of a sentence.
pub(crate) fn describe(value: &str) -> Option<&'static str> {
    // All that can be read is read, unless the file states that it is something else.
    if iso(value.as_bytes()).is_some() {
        return Some("is stored as a string, not as a date");
    }
    if read(value.as_bytes()).is_some() {
        return Some("is a date, but not in ISO 8601, as this file format requires");
    }
    if let Some((notation, _)) = number(value.as_bytes()) {
        return Some(match notation {
            Notation::Seconds => "is a number of seconds since 1970, not a date",
            Notation::Milliseconds => "is a number of milliseconds since 1970, not a date",
            Notation::Microseconds => "is a number of microseconds since 1970, not a date",
            Notation::Nanoseconds => "is a number of nanoseconds since 1970, not a date",
            _ => "is a date in compact digits, stored as a number",
        });
    }
    if value.matches('0').count() >= 8 && value.bytes().all(|byte| b"0-/.: T".contains(&byte)) {
        return Some("is an empty date");
    }
    if is_minutes(value) {
        return Some("looks like minutes and seconds without their date and hour");
    }
    let is_whole = value.bytes().all(|byte| byte.is_ascii_digit());
    match decimal(value.replace(',', ".").as_bytes()) {
        Some(_) if value.contains(['e', 'E']) => {
            Some("is a number in scientific notation, which has lost its last digits")
        }
        Some(days) if is_whole && (10_000.0..25_000.0).contains(&days) => Some("looks like days since 1970"),
        Some(days) if SERIALS.contains(&days) => {
            Some("looks like an Excel serial number that has lost its date format")
        }
        Some(_) => Some("is a plain number, not a date"),
        None => clock(value.as_bytes()).map(|_| "is a time of day without a date"),
    }
}

/// Takes the date of `20240131`, `2024013109`, `202401310930`, `20240131093000` and `20240131093000123`.
pub(super) fn take_compact_date(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.attempt(|cursor| {
        let digits = cursor.rest().bytes().take_while(u8::is_ascii_digit).count();
        let date = cursor.digits(8)?;
        let is_year = match (digits, date / 10_000) {
            // Those of an earlier year could be seconds since 1970; these would be seconds from 2033 on.
            (10, year) => (2000..=2100).contains(&year),
            (8 | 12 | 14 | 17, year) => matches!(year, 1 | 1900..=2100 | 9999),
            _ => false,
        };
        let year = is_year.then_some(date / 10_000)?;
        calendar::days(year, date / 100 % 100, date % 100)
    })
}

fn compact(cursor: &mut Cursor<'_>) -> Option<(Notation, i64)> {
    let days = take_compact_date(cursor)?;
    let clock = if cursor.is_at_digit() { take_digits(cursor).or_else(|| take_hour(cursor))? } else { 0 };
    Some((Notation::Compact, days * DAY + clock))
}

/// Ten digits are seconds from 2001 on, thirteen are milliseconds.
fn since_1970(cursor: &mut Cursor<'_>) -> Option<(Notation, i64)> {
    let digits = cursor.rest().bytes().take_while(u8::is_ascii_digit).count();
    let seconds = cursor.digits(10).filter(|seconds| *seconds < LATEST && *seconds >= 1_000_000_000)?;
    let mut rest = |digits: u32| Some(cursor.digits(digits as usize)? * 10_i64.pow(9 - digits) / 1000);
    let (notation, fraction) = match digits {
        10 => (Notation::Seconds, take_fraction(cursor, b".")?),
        13 => (Notation::Milliseconds, rest(3)?),
        16 => (Notation::Microseconds, rest(6)?),
        19 => (Notation::Nanoseconds, rest(9)?),
        _ => return None,
    };
    Some((notation, seconds * 1_000_000 + fraction))
}

fn decimal(value: &[u8]) -> Option<f64> {
    let is_numeric = |byte: &u8| byte.is_ascii_digit() || b".eE+".contains(byte);
    if !value.iter().all(is_numeric) {
        return None;
    }
    std::str::from_utf8(value).ok()?.parse().ok()
}

/// `38:44.5`, of which Excel has dropped the date and the hour.
fn is_minutes(value: &str) -> bool {
    let Some((minutes, seconds)) = value.split_once(':') else { return false };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    is_number(minutes)
        && seconds.split_once('.').is_some_and(|(whole, part)| is_number(whole) && is_number(part))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::profile::datetime::to_text;

    #[test]
    fn numbers_are_dates_by_their_digits() {
        use Notation::*;
        for (value, notation, meant) in [
            ("20240131", Compact, "2024-01-31T00:00:00"),
            ("2024013109", Compact, "2024-01-31T09:00:00"),
            ("2024013100.0", Compact, "2024-01-31T00:00:00"),
            ("202401310930", Compact, "2024-01-31T09:30:00"),
            ("20240131093007", Compact, "2024-01-31T09:30:07"),
            ("20240131093007123", Compact, "2024-01-31T09:30:07.123"),
            ("20240131093007.5", Compact, "2024-01-31T09:30:07.5"),
            ("20240131.0", Compact, "2024-01-31T00:00:00"),
            ("99991231", Compact, "9999-12-31T00:00:00"),
            ("2024013125", Seconds, "2034-02-20T01:52:05"),
            ("1999123123", Seconds, "2033-05-07T23:58:43"),
            ("1706693407", Seconds, "2024-01-31T09:30:07"),
            ("1706693407.25", Seconds, "2024-01-31T09:30:07.25"),
            ("1706693407123", Milliseconds, "2024-01-31T09:30:07.123"),
            ("1706693407123.0", Milliseconds, "2024-01-31T09:30:07.123"),
            ("1706693407123456", Microseconds, "2024-01-31T09:30:07.123456"),
            ("1706693407123456789", Nanoseconds, "2024-01-31T09:30:07.123456"),
        ] {
            let read = number(value.as_bytes()).map(|(notation, at)| (notation, to_text(at.micros, false)));
            assert_eq!(read, Some((notation, meant.to_owned())), "{value}");
            assert_eq!(read_any(value), None, "{value} is no date by itself");
        }
    }

    #[test]
    fn numbers_that_are_no_dates() {
        for value in
            ["", "1", "20240132", "30000131", "4200000000", "0999999999", "17066934071", "1.706E9", "45322"]
        {
            assert_eq!(number(value.as_bytes()), None, "{value}");
        }
    }

    #[test]
    fn compact_digits_with_marks_are_dates_by_themselves() {
        for value in [
            "20240131 093007",
            "20240131T093007",
            "20240131-093007",
            "20240131_093007",
            "20240131 9:30:07",
            "20240131T09:30:07",
        ] {
            assert_eq!(read_any(value).as_deref(), Some("2024-01-31T09:30:07"), "{value}");
        }
        assert_eq!(read_any("20240131T093007Z").as_deref(), Some("2024-01-31T09:30:07Z"));
        assert_eq!(read_any("20240131093007Z").as_deref(), Some("2024-01-31T09:30:07Z"));
        assert_eq!(read_any("20240131093007.5+0100").as_deref(), Some("2024-01-31T08:30:07.5Z"));
    }

    #[test]
    fn serials_are_days_since_1900() {
        let of = |value: &str, start| serial(value.as_bytes(), start);
        let text =
            |value: &str| of(value, SerialStart::Of1900).map(|at| (to_text(at.micros, false), at.has_clock));
        assert_eq!(text("45322"), Some(("2024-01-31T00:00:00".to_owned(), false)));
        assert_eq!(text("45322.395"), Some(("2024-01-31T09:28:48".to_owned(), true)));
        assert_eq!(text("45322.395833333336"), Some(("2024-01-31T09:30:00".to_owned(), true)));
        assert_eq!((text("19999"), text("80000"), text("x"), text("-45322")), (None, None, None, None));
        assert_eq!(of("43860", SerialStart::Of1904), of("45322", SerialStart::Of1900));
    }

    #[test]
    fn unreadable_values_are_named() {
        for (value, word) in [
            ("45322", "Excel serial"),
            ("45322.395", "Excel serial"),
            ("45322,395", "Excel serial"),
            ("19753", "days since 1970"),
            ("1.70669E+12", "scientific"),
            ("0000-00-00 00:00:00", "empty"),
            ("00000000", "empty"),
            ("00.00.0000", "empty"),
            ("09:30", "time of day"),
            ("38:44.5", "minutes"),
            ("2024-01-31", "string"),
            ("31.01.2024", "ISO 8601"),
            ("1704182400000", "milliseconds"),
            ("20240131", "compact"),
            ("1", "number"),
            ("4200000000", "number"),
        ] {
            assert!(describe(value).is_some_and(|text| text.contains(word)), "{value}");
        }
        assert_eq!((describe("soon"), describe("n/a"), describe("")), (None, None, None));
    }

    fn read_any(value: &str) -> Option<String> {
        let moment = read(value.as_bytes())?.moments.day?;
        Some(to_text(moment.micros, moment.zoned))
    }
}
