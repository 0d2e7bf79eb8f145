//! Which texts are a date or a date with a time, and which moment that is.

mod calendar;
mod clock;
mod cursor;
mod iso;
mod month_names;
mod notation;
mod numbers;
mod numeric;
mod span;
#[cfg(test)]
mod tests;
mod zones;

use self::calendar::DAY;
use self::cursor::Cursor;
use self::zones::Zone;

pub(crate) use self::calendar::{to_text, year_month_day};
pub(crate) use self::clock::{clock, clock_digits};
pub(crate) use self::iso::iso;
pub(crate) use self::notation::{ByOrder, Notation, Order};
pub(crate) use self::numbers::{DAYS_TO_1904, SerialStart, describe, number, serial};
pub(crate) use self::span::{Orders, Span, Spans};

/// No date is longer, with the names of its day, month and zone.
const MAX_LENGTH: usize = 100;

/// A moment as a file gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Moment {
    /// Microseconds since 1970, in UTC; without an offset, as if it were UTC.
    pub micros: i64,
    /// It has an offset from UTC, such as `Z` or `+01:00`, or a time zone.
    pub zoned: bool,
    /// A time of day is written, not the date alone.
    pub has_clock: bool,
    /// The clocks of its time zone skip the time: summer time begins.
    pub is_skipped: bool,
    /// The time is written as 24:00.
    pub is_end_of_day: bool,
}

impl Moment {
    /// A moment without an offset.
    pub fn local(micros: i64, has_clock: bool) -> Self {
        Self { micros, zoned: false, has_clock, is_skipped: false, is_end_of_day: false }
    }

    /// Whether something is to be said of it.
    #[inline]
    pub fn is_odd(&self) -> bool {
        self.is_skipped || self.is_end_of_day
    }
}

/// A value that is a date, in every order that its day and month may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub notation: Notation,
    pub moments: ByOrder<Moment>,
    /// It could as well be the version of a program: `1.2.24`.
    pub is_vague: bool,
}

impl Reading {
    /// The orders that its day and month may have.
    pub fn orders(&self) -> Orders {
        Orders::of(&self.moments)
    }
}

/// Reads a date, with a time or without, in any notation that people write. Bare numbers are none.
pub(crate) fn read(value: &[u8]) -> Option<Reading> {
    if !(6..=MAX_LENGTH).contains(&value.len()) || !value.iter().any(u8::is_ascii_digit) {
        return None;
    }
    let mut cursor = Cursor::new(value)?;
    cursor.skip_blanks();
    if cursor.is_at_digit() {
        return take_reading(cursor);
    }
    // French has `mar` for March and for Tuesday.
    take_reading(cursor).or_else(|| {
        month_names::skip_weekday(&mut cursor)?;
        take_reading(cursor)
    })
}

/// Reads a date as [`read`] does; where its order is not clear, with the month first or with the day first.
pub(crate) fn any(value: &[u8], month_first: bool) -> Option<Moment> {
    if let Some(moment) = iso::plain(value) {
        return Some(moment);
    }
    let ByOrder { day, month, year } = read(value)?.moments;
    if month_first { month.or(day) } else { day.or(month) }.or(year)
}

/// A date as it is written, without its time.
struct Date {
    notation: Notation,
    /// Days since 1970.
    days: ByOrder<i64>,
    /// Day and month have two digits each.
    is_padded: bool,
}

impl Date {
    fn certain(notation: Notation, days: i64) -> Option<Self> {
        Some(Self { notation, days: ByOrder::same(days), is_padded: true })
    }
}

/// A time as it is written: microseconds since midnight, and the zone.
type Time = (Option<i64>, Option<Zone>);

/// Reads all that is left as a date.
fn take_reading(mut cursor: Cursor<'_>) -> Option<Reading> {
    let (date, time) = take_date_and_time(&mut cursor).or_else(|| take_split_date(&mut cursor))?;
    cursor.skip_blanks();
    cursor.is_at_end().then(|| reading(&date, &time))
}

fn take_date_and_time(cursor: &mut Cursor<'_>) -> Option<(Date, Time)> {
    let value = *cursor;
    cursor.attempt(|cursor| {
        let date = numeric::take_date(cursor).or_else(|| {
            let days = month_names::take_date(cursor).map(|days| (Notation::MonthNames, days));
            let (notation, days) =
                days.or_else(|| Some((Notation::Compact, numbers::take_compact_date(cursor)?)))?;
            Date::certain(notation, days)
        })?;
        let clock = take_time(cursor, date.notation);
        let zone = take_zone(cursor, clock)?;
        cursor.skip_blanks();
        // Digits alone are a number, whatever they look like.
        let is_number = date.notation == Notation::Compact && value.is_number();
        (cursor.is_at_end() && !is_number).then_some((date, (clock, zone)))
    })
}

/// The time may stand before the year: `Thu Feb 24 00:01:15 CET 2022`.
fn take_split_date(cursor: &mut Cursor<'_>) -> Option<(Date, Time)> {
    let (day, month) = month_names::take_day_and_month(cursor)?;
    cursor.take(",");
    if !cursor.skip_blanks() {
        return None;
    }
    let clock = clock::take_clock(cursor)?;
    let zone = zones::take_zone(cursor);
    cursor.skip_blanks();
    let days = calendar::days(cursor.number_of(4)?, month, day)?;
    Some((Date::certain(Notation::MonthNames, days)?, (Some(clock), zone)))
}

/// Takes the time behind a date, if one is next.
fn take_time(cursor: &mut Cursor<'_>, notation: Notation) -> Option<i64> {
    cursor.attempt(|cursor| {
        if cursor.take_one_of(b"Tt").is_some() {
            let clock = clock::take_clock(cursor).or_else(|| clock::take_digits(cursor));
            return clock.or_else(|| clock::take_hour(cursor));
        }
        if cursor.take("-") {
            return take_time_after_dash(cursor);
        }
        if notation == Notation::Compact && cursor.is_at_digit() {
            return clock::take_digits(cursor);
        }
        let is_apart = cursor.take_one_of(b":,_").is_some() | cursor.skip_blanks();
        if is_apart {
            cursor.attempt(|cursor| (cursor.take("-") && cursor.skip_blanks()).then_some(()));
            month_names::skip_at(cursor);
        } else if notation != Notation::Characters {
            return None;
        }
        clock::take_clock(cursor).or_else(|| clock::take_digits(cursor))
    })
}

/// Takes the zone behind a date and its time. Behind a date alone `-08:00` could be a time.
fn take_zone(cursor: &mut Cursor<'_>, clock: Option<i64>) -> Option<Option<Zone>> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    let is_unclear = clock.is_none() && ahead.peek() == Some(b'-');
    (!is_unclear).then(|| zones::take_zone(cursor))
}

/// After a dash `08.05.07` and `080507` are times.
fn take_time_after_dash(cursor: &mut Cursor<'_>) -> Option<i64> {
    match cursor.rest().as_bytes() {
        [_, _, b'.', ..] => clock::take_clock(cursor),
        [b'0'..=b'9', _, _, _, _, b'0'..=b'9', ..] => clock::take_digits(cursor),
        _ => None,
    }
}

fn reading(date: &Date, (clock, zone): &Time) -> Reading {
    let moment = |days: i64| {
        let local = days * DAY + clock.unwrap_or(0);
        let (micros, is_skipped) = zone.as_ref().map_or((local, false), |zone| zone.moment(local));
        Moment {
            micros,
            zoned: zone.is_some(),
            has_clock: clock.is_some(),
            is_skipped,
            is_end_of_day: *clock == Some(DAY),
        }
    };
    let is_vague = date.notation == Notation::ShortDots && !date.is_padded && clock.is_none();
    Reading { notation: date.notation, moments: date.days.map(moment), is_vague }
}
