//! Times of day.

use crate::eventlog::profile::datetime::calendar::DAY;
use crate::eventlog::profile::datetime::cursor::Cursor;

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;

/// Reads a value that is a time of day, such as `9:05`, `09:05:00.123`, `9:05 PM`, `09.05` or `9:05 Uhr`: in
/// microseconds since midnight. `24:00` is the end of the day. A time with an offset from UTC is not one.
pub(crate) fn clock(value: &[u8]) -> Option<i64> {
    let mut cursor = Cursor::new(value)?;
    cursor.skip_blanks();
    let micros = take_clock(&mut cursor)?;
    cursor.skip_blanks();
    // `3:2` is a score.
    let is_score = value.contains(&b':') && !value.windows(2).any(|pair| pair.iter().all(u8::is_ascii_digit));
    (cursor.is_at_end() && !is_score).then_some(micros)
}

/// Reads a time of day without separators, `93000` or `093000`, as SAP writes it.
pub(crate) fn clock_digits(value: &[u8]) -> Option<i64> {
    let mut cursor = Cursor::new(value)?;
    let number = cursor.number().filter(|number| matches!(number.digits, 5 | 6))?;
    if cursor.is_at_end() { micros(of_digits(number.value), None) } else { None }
}

/// Takes the time of day that is next, with AM or PM.
pub(super) fn take_clock(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.attempt(|cursor| {
        let half = take_half_before(cursor);
        let hour = cursor.number().filter(|hour| hour.digits <= 2)?.value;
        let rest = take_rest(cursor);
        let half = half.or_else(|| take_half(cursor));
        let has_unit = half.is_none() && take_unit(cursor);
        // An hour alone is no time: `9`. It is one in `9 PM` and `9 Uhr`.
        if rest.is_none() && half.is_none() && !has_unit {
            return None;
        }
        let (minute, second, fraction) = rest.unwrap_or_default();
        micros((hour, minute, second, fraction), half)
    })
}

/// Takes `0930`, `093000`, `093000.123` or `093000123`.
pub(super) fn take_digits(cursor: &mut Cursor<'_>) -> Option<i64> {
    cursor.attempt(|cursor| {
        let number = cursor.number()?;
        let ((hour, minute, second, _), fraction) = match number.digits {
            4 => (of_digits(number.value * 100), 0),
            6 => (of_digits(number.value), take_fraction(cursor, b".,")?),
            9 => (of_digits(number.value / 1000), number.value % 1000 * 1000),
            _ => return None,
        };
        micros((hour, minute, second, fraction), None)
    })
}

/// Takes an hour of two digits without minutes, as ISO 8601 allows after `T`.
pub(super) fn take_hour(cursor: &mut Cursor<'_>) -> Option<i64> {
    micros((cursor.number_of(2)?, 0, 0, 0), None)
}

#[derive(Clone, Copy)]
enum Half {
    Am,
    Pm,
}

/// Hour, minute, second, and microseconds of a second.
type Parts = (i64, i64, i64, i64);

/// What is behind the hour.
type Rest = (i64, i64, i64);

fn of_digits(digits: i64) -> Parts {
    (digits / 10_000, digits / 100 % 100, digits % 100, 0)
}

fn micros((hour, minute, second, fraction): Parts, half: Option<Half>) -> Option<i64> {
    let hour = match (half, hour) {
        (None, hour) => hour,
        (Some(Half::Am), 0..=12) => hour % 12,
        (Some(Half::Am), _) => return None,
        (Some(Half::Pm), 0..=12) => hour % 12 + 12,
        (Some(Half::Pm), _) => hour,
    };
    // A leap second counts as the second before it.
    let second = if second == 60 { 59 } else { second };
    let micros = hour * HOUR + minute * MINUTE + second * SECOND + fraction;
    (minute < 60 && second < 60 && micros <= DAY).then_some(micros)
}

fn take_rest(cursor: &mut Cursor<'_>) -> Option<Rest> {
    cursor.attempt(|cursor| match cursor.take_one_of(b":.hHuU") {
        Some(b':') => take_parts(cursor, ":", b".,:", 1..=2),
        Some(b'.') => take_parts(cursor, ".", b".,", 2..=2),
        Some(_) => take_letters(cursor),
        None => take_characters(cursor),
    })
}

/// `05`, `05:07`, `05:07.123` after an hour.
fn take_parts(
    cursor: &mut Cursor<'_>,
    separator: &str,
    points: &[u8],
    digits: std::ops::RangeInclusive<usize>,
) -> Option<Rest> {
    let part = |cursor: &mut Cursor<'_>| cursor.number().filter(|number| digits.contains(&number.digits));
    let minute = part(cursor)?.value;
    let second = cursor.attempt(|cursor| cursor.take(separator).then(|| part(cursor)).flatten());
    let fraction = if second.is_some() { take_fraction(cursor, points)? } else { 0 };
    Some((minute, second.map_or(0, |second| second.value), fraction))
}

/// `05`, `05m`, `05m07s` or nothing after the `h` of an hour.
fn take_letters(cursor: &mut Cursor<'_>) -> Option<Rest> {
    if cursor.rest().starts_with(char::is_alphabetic) {
        return None;
    }
    let minute = cursor.number_of(2);
    let has_unit = minute.is_some() && cursor.take_one_of(b"mM").is_some();
    let second = if has_unit { cursor.number_of(2) } else { None };
    if second.is_some() {
        cursor.take_one_of(b"sS")?;
    }
    Some((minute.unwrap_or(0), second.unwrap_or(0), 0))
}

/// `8時`, `8时05分`, `8시 5분 30초`.
fn take_characters(cursor: &mut Cursor<'_>) -> Option<Rest> {
    let part = |cursor: &mut Cursor<'_>, units: [&str; 3]| {
        cursor.attempt(|cursor| {
            cursor.skip_blanks();
            let number = cursor.number().filter(|number| number.digits <= 2)?;
            cursor.take_any(&units).then_some(number.value)
        })
    };
    if !cursor.take_any(&["時", "时", "시"]) {
        return None;
    }
    let minute = part(cursor, ["分", "分", "분"]);
    let second = part(cursor, ["秒", "秒", "초"]);
    Some((minute.unwrap_or(0), second.unwrap_or(0), 0))
}

/// Takes up to nine digits after one of the points, if one is next: in microseconds, rounded down.
pub(super) fn take_fraction(cursor: &mut Cursor<'_>, points: &[u8]) -> Option<i64> {
    let fraction = cursor.attempt(|cursor| {
        cursor.take_one_of(points)?;
        cursor.number()
    });
    let Some(fraction) = fraction else { return Some(0) };
    let digits = u32::try_from(fraction.digits).ok().filter(|digits| *digits <= 9)?;
    Some(fraction.value * 10_i64.pow(9 - digits) / 1000)
}

/// `AM`, `p.m.`, `a. m.`, with blanks before or without.
fn take_half(cursor: &mut Cursor<'_>) -> Option<Half> {
    cursor.attempt(|cursor| {
        cursor.skip_blanks();
        let half = match cursor.take_one_of(b"aApP")? {
            b'a' | b'A' => Half::Am,
            _ => Half::Pm,
        };
        if cursor.take(".") {
            cursor.skip_blanks();
        }
        cursor.take_one_of(b"mM")?;
        cursor.take(".");
        (!cursor.rest().starts_with(char::is_alphanumeric)).then_some(half)
    })
}

/// In Chinese, Japanese and Korean the half of the day stands before the hour.
fn take_half_before(cursor: &mut Cursor<'_>) -> Option<Half> {
    let half = if cursor.take_any(&["上午", "午前", "오전"]) {
        Half::Am
    } else if cursor.take_any(&["下午", "午後", "오후"]) {
        Half::Pm
    } else {
        return None;
    };
    cursor.skip_blanks();
    Some(half)
}

/// Skips the word for the hour that stands behind a time: `9:05 Uhr`.
fn take_unit(cursor: &mut Cursor<'_>) -> bool {
    let unit = cursor.attempt(|cursor| {
        cursor.skip_blanks();
        let word = cursor.word()?;
        ["Uhr", "uur", "h", "hs", "hrs"].iter().any(|unit| word.eq_ignore_ascii_case(unit)).then_some(())
    });
    unit.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clock_reads_what_people_write() {
        let at =
            |hour, minute, second, micros| Some(hour * HOUR + minute * MINUTE + second * SECOND + micros);
        for (value, meant) in [
            ("9:05", at(9, 5, 0, 0)),
            ("09:05:07", at(9, 5, 7, 0)),
            ("09:05:07.123", at(9, 5, 7, 123_000)),
            ("09:05:07,1234567", at(9, 5, 7, 123_456)),
            ("09:05:07:123", at(9, 5, 7, 123_000)),
            ("09.05", at(9, 5, 0, 0)),
            ("09.05.07.123456789", at(9, 5, 7, 123_456)),
            ("9:05 PM", at(21, 5, 0, 0)),
            ("9:05pm", at(21, 5, 0, 0)),
            ("9:05\u{202f}PM", at(21, 5, 0, 0)),
            ("9:05 p.m.", at(21, 5, 0, 0)),
            ("9:05 a.\u{a0}m.", at(9, 5, 0, 0)),
            ("12:05 AM", at(0, 5, 0, 0)),
            ("12:05 PM", at(12, 5, 0, 0)),
            ("9 PM", at(21, 0, 0, 0)),
            ("13:05 PM", at(13, 5, 0, 0)),
            ("下午3:05", at(15, 5, 0, 0)),
            ("9:05 Uhr", at(9, 5, 0, 0)),
            ("9 Uhr", at(9, 0, 0, 0)),
            ("9:05 h", at(9, 5, 0, 0)),
            ("9h05", at(9, 5, 0, 0)),
            ("09h05m07s", at(9, 5, 7, 0)),
            ("9u05", at(9, 5, 0, 0)),
            ("8时05分30秒", at(8, 5, 30, 0)),
            ("23:59:60", at(23, 59, 59, 0)),
            ("24:00", at(24, 0, 0, 0)),
            ("24:00:00.000", at(24, 0, 0, 0)),
        ] {
            assert_eq!(clock(value.as_bytes()), meant, "{value}");
        }
    }

    #[test]
    fn clock_refuses_what_is_no_time_of_day() {
        for value in [
            "",
            "9",
            "905",
            "3:2",
            "25:00",
            "24:01",
            "9:60",
            "9:05:61",
            "13:05 AM",
            "9:05 xx",
            "9:05+01:00",
            "9:05Z",
            "12:00:00.1234567890",
            "1:23:45:67:89",
            "ä",
            "9:05 AMP",
            "9.5",
        ] {
            assert_eq!(clock(value.as_bytes()), None, "{value}");
        }
    }

    #[test]
    fn clock_digits_are_five_or_six() {
        assert_eq!(clock_digits(b"093007"), Some(9 * HOUR + 30 * MINUTE + 7 * SECOND));
        assert_eq!(clock_digits(b"93007"), clock_digits(b"093007"));
        for value in ["0930", "256000", "123456x", "1234567", ""] {
            assert_eq!(clock_digits(value.as_bytes()), None, "{value}");
        }
    }
}
