//! Dates of three numbers.

use crate::eventlog::profile::datetime::calendar::{days, full_year};
use crate::eventlog::profile::datetime::cursor::{Cursor, Number};
use crate::eventlog::profile::datetime::{ByOrder, Date, Notation};

/// Takes a date such as `2024-01-31`, `2024/1/31`, `31.01.2024`, `1/31/24` or `2024年1月31日`.
pub(super) fn take_date(cursor: &mut Cursor<'_>) -> Option<Date> {
    cursor.attempt(|cursor| {
        let first = cursor.number()?;
        let Some(separator) = cursor.take_one_of(b"-/.") else {
            return take_characters(first, cursor);
        };
        // Some countries write `13. 1. 2024`.
        let is_spaced = separator == b'.' && cursor.skip_blanks();
        let second = cursor.number().filter(|second| second.digits <= 2)?;
        cursor.take_one_of(&[separator])?;
        if is_spaced {
            cursor.skip_blanks();
        }
        let third = cursor.number()?;
        if is_spaced {
            cursor.take(".");
        }
        date(separator, [first, second, third])
    })
}

fn date(separator: u8, [first, second, third]: [Number; 3]) -> Option<Date> {
    if first.digits == 4 && third.digits <= 2 {
        let notation = match separator {
            b'-' => Notation::Iso,
            b'/' => Notation::YearSlashes,
            _ => Notation::YearDots,
        };
        return Date::certain(notation, days(first.value, second.value, third.value)?);
    }
    if first.digits > 2 || !matches!(third.digits, 2 | 4) {
        return None;
    }
    let is_short = third.digits == 2;
    let year = if is_short { full_year(third.value) } else { third.value };
    let is_year_possible = is_short && first.digits == 2;
    let days = ByOrder {
        day: days(year, second.value, first.value),
        month: days(year, first.value, second.value),
        year: if is_year_possible { days(full_year(first.value), second.value, third.value) } else { None },
    };
    let notation = match (separator, is_short) {
        (b'/', false) => Notation::Slashes,
        (b'.', false) => Notation::Dots,
        (_, false) => Notation::Dashes,
        (b'/', true) => Notation::ShortSlashes,
        (b'.', true) => Notation::ShortDots,
        (_, true) => Notation::ShortDashes,
    };
    let is_padded = first.digits == 2 && second.digits == 2;
    days.has_any().then_some(Date { notation, days, is_padded })
}

/// The rest of `2024年1月31日` behind the year.
fn take_characters(year: Number, cursor: &mut Cursor<'_>) -> Option<Date> {
    let part = |cursor: &mut Cursor<'_>, units: [&str; 2]| {
        cursor.skip_blanks();
        let number = cursor.number().filter(|number| number.digits <= 2)?;
        cursor.take_any(&units).then_some(number.value)
    };
    if year.digits != 4 || !cursor.take_any(&["年", "년"]) {
        return None;
    }
    let month = part(cursor, ["月", "월"])?;
    let day = part(cursor, ["日", "일"])?;
    Date::certain(Notation::Characters, days(year.value, month, day)?)
}
