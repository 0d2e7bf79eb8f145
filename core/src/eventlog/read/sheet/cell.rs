//! A cell as a person reads it in Excel: its text, and what it is.

use std::borrow::Cow;

use calamine::{DataRef, ExcelDateTime};
use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::eventlog::profile::datetime::{self, DAYS_TO_1904, Moment};
use crate::eventlog::profile::tally::Value;
use crate::eventlog::profile::types::Kind;

const SECOND: i64 = 1000;
const DAY: i64 = 86_400 * SECOND;
/// Day 0 of the serial numbers from March 1900 on.
const EPOCH: Date = date(1899, 12, 30);
/// The serial number of 1970-01-01.
const UNIX_EPOCH: i64 = 25_569;
/// Excel has a 29 February 1900: serial numbers below this one are a day short.
const MARCH_1900: f64 = 60.0;
/// The day after 9999-12-31.
const END: f64 = 2_958_466.0;
/// As many digits as Excel keeps of a number.
const DIGITS: usize = 15;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell<'a> {
    pub kind: CellKind,
    pub text: Cow<'a, str>,
    /// It is the result of a formula, and the number 0.
    pub is_zero_result: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum CellKind {
    /// Its type is what its text looks like.
    Text,
    Integer,
    Number,
    Boolean,
    Moment(Moment),
    /// An error such as `#N/A`, which is no value.
    Error,
    /// A formula that was never calculated.
    NoResult,
}

impl<'a> Cell<'a> {
    /// What the cell holds; nothing if it is blank.
    pub fn of(value: DataRef<'a>, is_1904: bool) -> Option<Self> {
        let cell = match value {
            DataRef::Empty => return None,
            DataRef::SharedString(text) => Self::new(CellKind::Text, text),
            DataRef::String(text) | DataRef::DurationIso(text) => Self::new(CellKind::Text, text),
            DataRef::Int(number) => Self::new(CellKind::Integer, number.to_string()),
            DataRef::Float(number) => Self::of_number(number),
            DataRef::Bool(truth) => Self::new(CellKind::Boolean, truth.to_string()),
            DataRef::DateTime(serial) => Self::of_serial(serial, is_1904),
            DataRef::DateTimeIso(text) => Self::of_iso(text),
            DataRef::Error(error) => Self::error(error.to_string()),
        };
        let is_blank = cell.text.trim_ascii().is_empty();
        (!is_blank).then_some(cell)
    }

    /// What the cell holds whose value is the result of a formula, if that was calculated.
    pub fn of_formula(value: DataRef<'a>, is_1904: bool) -> Option<Self> {
        let is_zero_result = match &value {
            DataRef::Empty => return Some(Self::new(CellKind::NoResult, "")),
            DataRef::Float(result) => *result == 0.0,
            DataRef::DateTime(result) => result.as_f64() == 0.0,
            _ => false,
        };
        Self::of(value, is_1904).map(|cell| Self { is_zero_result, ..cell })
    }

    pub fn error(text: String) -> Self {
        Self::new(CellKind::Error, text)
    }

    pub fn into_owned(self) -> Cell<'static> {
        Cell {
            kind: self.kind,
            text: Cow::Owned(self.text.into_owned()),
            is_zero_result: self.is_zero_result,
        }
    }

    /// The value for the tally; errors and formulas without a result have none.
    pub fn value(&self) -> Option<Value<'_>> {
        let text = self.text.as_bytes();
        Some(match self.kind {
            CellKind::Text => Value::Text(text),
            CellKind::Integer => Value::Typed(Kind::Integer, text),
            CellKind::Number => Value::Typed(Kind::Number, text),
            CellKind::Boolean => Value::Typed(Kind::Boolean, text),
            CellKind::Moment(moment) => Value::Moment(moment, text),
            CellKind::Error | CellKind::NoResult => return None,
        })
    }

    /// Whether it is a whole number of more digits than a workbook keeps.
    pub fn has_lost_digits(&self) -> bool {
        self.kind == CellKind::Integer && digits(&self.text) > DIGITS
    }

    pub fn new(kind: CellKind, text: impl Into<Cow<'a, str>>) -> Self {
        Self { kind, text: text.into(), is_zero_result: false }
    }

    /// Numbers are written out without an exponent: an id is the same as a number and as text.
    fn of_number(number: f64) -> Self {
        // There is no -0.
        let exact = (number + 0.0).to_string();
        if number.fract() == 0.0 {
            return Self::new(CellKind::Integer, exact);
        }
        let shown = if digits(&exact) > DIGITS { rounded(number).to_string() } else { exact };
        let kind = match shown.contains('.') {
            _ if !number.is_finite() => CellKind::Text,
            true => CellKind::Number,
            false => CellKind::Integer,
        };
        Self::new(kind, shown)
    }

    fn of_serial(serial: ExcelDateTime, is_1904: bool) -> Self {
        let days = serial.as_f64();
        if serial.is_duration() {
            return Self::new(CellKind::Text, clock(milliseconds(days)));
        }
        if (0.0..1.0).contains(&days) {
            return Self::new(CellKind::Text, clock(milliseconds(days).min(DAY - 1)));
        }
        // Excel shows only hashes for days that it can't count.
        Self::of_days(if is_1904 { days + DAYS_TO_1904 } else { days })
            .unwrap_or_else(|| Self::of_number(days))
    }

    fn of_days(days: f64) -> Option<Self> {
        if !(1.0..END).contains(&days) {
            return None;
        }
        let time = milliseconds(if days < MARCH_1900 { days + 1.0 } else { days });
        let (day, time) = (time.div_euclid(DAY), time.rem_euclid(DAY));
        let date = EPOCH.checked_add(day.days()).ok()?;
        let text = if time == 0 { date.to_string() } else { format!("{date} {}", clock(time)) };
        let micros = ((day - UNIX_EPOCH) * DAY + time) * 1000;
        Some(Self::new(CellKind::Moment(Moment::local(micros, time != 0)), text))
    }

    fn of_iso(text: String) -> Self {
        match datetime::iso(text.trim_ascii().as_bytes()) {
            Some(moment) => Self::new(CellKind::Moment(moment), text),
            None => Self::new(CellKind::Text, text),
        }
    }
}

/// How many digits a number has, without the zeros before the first other one.
fn digits(number: &str) -> usize {
    number.bytes().filter(u8::is_ascii_digit).skip_while(|digit| *digit == b'0').count()
}

/// The number rounded as Excel shows it: 0.1 + 0.2 is 0.3.
fn rounded(number: f64) -> f64 {
    format!("{number:.precision$e}", precision = DIGITS - 1).parse().unwrap_or(number)
}

/// Days as milliseconds, which is as exact as Excel is.
#[expect(clippy::cast_possible_truncation, reason = "beyond any time that a cell has, the limit will do")]
fn milliseconds(days: f64) -> i64 {
    (days * DAY as f64).round() as i64
}

/// Hours, minutes and seconds; more than 24 hours for a duration.
fn clock(time: i64) -> String {
    let sign = if time < 0 { "-" } else { "" };
    let time = time.unsigned_abs();
    let (seconds, fraction) = (time / SECOND as u64, time % SECOND as u64);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let text = format!("{sign}{hours:02}:{minutes:02}:{seconds:02}");
    if fraction == 0 { text } else { format!("{text}.{fraction:03}").trim_end_matches('0').to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};
    use proptest::prelude::*;

    fn text(value: DataRef<'_>) -> String {
        Cell::of(value, false).unwrap().text.into_owned()
    }

    fn dated(days: f64, is_1904: bool) -> Cell<'static> {
        let serial = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, is_1904);
        Cell::of(DataRef::DateTime(serial), is_1904).unwrap()
    }

    fn lasting(days: f64) -> String {
        text(DataRef::DateTime(ExcelDateTime::new(days, ExcelDateTimeType::TimeDelta, false)))
    }

    fn moment(value: &str) -> CellKind {
        CellKind::Moment(datetime::iso(value.as_bytes()).unwrap())
    }

    #[test]
    fn numbers_have_neither_an_exponent_nor_zeros_behind_the_point() {
        for (number, shown) in [
            (1.0, "1"),
            (-0.0, "0"),
            (1.5, "1.5"),
            (0.1 + 0.2, "0.3"),
            (2.999_999_999_999_999_6, "3"),
            (1e15, "1000000000000000"),
            (1e-7, "0.0000001"),
            (-12.25, "-12.25"),
        ] {
            assert_eq!(text(DataRef::Float(number)), shown);
        }
        assert_eq!(Cell::of(DataRef::Float(2.0), false), Cell::of(DataRef::Int(2), false));
    }

    #[test]
    fn whole_numbers_of_more_than_15_digits_have_lost_some() {
        let lost = |number| Cell::of(DataRef::Float(number), false).unwrap().has_lost_digits();
        assert_eq!(
            [999_999_999_999_999.0, -999_999_999_999_999.0, 1e15, -1e18].map(lost),
            [false, false, true, true]
        );
        assert!(!lost(1e15 / 7.0));
        let text = Cell::of(DataRef::SharedString("12345678901234567890"), false).unwrap();
        assert!(!text.has_lost_digits());
    }

    #[test]
    fn dates_are_moments_with_a_text() {
        for (days, shown) in [
            (45_292.395_833_333_34, "2024-01-01 09:30:00"),
            (45_292.395_833_33, "2024-01-01 09:30:00"),
            (45_292.0, "2024-01-01"),
            (45_292.000_000_011_6, "2024-01-01 00:00:00.001"),
            (1.0, "1900-01-01"),
            (59.0, "1900-02-28"),
            (61.0, "1900-03-01"),
            (2_958_465.0, "9999-12-31"),
            (2_958_465.75, "9999-12-31 18:00:00"),
        ] {
            let cell = dated(days, false);
            assert_eq!((cell.text.as_ref(), cell.kind), (shown, moment(shown)));
        }
    }

    #[test]
    fn workbooks_of_1904_count_from_then() {
        assert_eq!(dated(43_830.0, true).text, "2024-01-01");
        assert_eq!(dated(1.0, true).text, "1904-01-02");
        assert_eq!(dated(0.25, true).text, "06:00:00");
    }

    #[test]
    fn numbers_that_are_no_day_stay_numbers() {
        for (days, shown) in [(-1.0, "-1"), (2_958_466.0, "2958466"), (f64::MAX, &*f64::MAX.to_string())] {
            let cell = dated(days, false);
            assert_eq!((cell.text.as_ref(), cell.kind), (shown, CellKind::Integer));
        }
    }

    #[test]
    fn times_of_day_are_no_dates() {
        for (days, shown) in [
            (0.0, "00:00:00"),
            (0.378_472_222_222_222_2, "09:05:00"),
            (0.5 + 0.25 / 86_400.0, "12:00:00.25"),
            (0.999_999_999_9, "23:59:59.999"),
        ] {
            let cell = dated(days, false);
            assert_eq!((cell.text.as_ref(), cell.kind), (shown, CellKind::Text));
        }
    }

    #[test]
    fn durations_go_beyond_a_day() {
        assert_eq!(
            [26.5 / 24.0, 1.0, 0.0, -0.062_5, 100.0 + 0.5 / 86_400.0].map(lasting),
            ["26:30:00", "24:00:00", "00:00:00", "-01:30:00", "2400:00:00.5"]
        );
        assert_eq!(lasting(f64::MAX).chars().next(), Some('2'));
    }

    #[test]
    fn iso_cells_are_moments_where_they_are_dates() {
        let iso = |text: &str| Cell::of(DataRef::DateTimeIso(text.to_owned()), false).unwrap().kind;
        assert_eq!(iso("2024-01-31T09:30:00"), moment("2024-01-31T09:30:00"));
        assert_eq!(iso("2024-01-31"), moment("2024-01-31"));
        assert_eq!(iso("09:30:00"), CellKind::Text);
    }

    #[test]
    fn blank_cells_hold_nothing_and_errors_no_value() {
        for blank in [DataRef::Empty, DataRef::SharedString(""), DataRef::String(" \n".to_owned())] {
            assert_eq!(Cell::of(blank, false), None);
        }
        let error = Cell::of(DataRef::Error(CellErrorType::NA), false).unwrap();
        assert_eq!(error.text, "#N/A");
        assert!(
            error.value().is_none() && Cell::of_formula(DataRef::Empty, false).unwrap().value().is_none()
        );
    }

    proptest! {
        /// Every day and every second that Excel can show is the same moment as its text.
        #[test]
        fn the_text_of_a_date_is_its_moment(day in 61_i64..2_958_466, second in 0_i64..86_400) {
            let cell = dated(day as f64 + second as f64 / 86_400.0, false);
            prop_assert_eq!(cell.kind, moment(&cell.text));
            let shifted = dated(day as f64 - DAYS_TO_1904 + second as f64 / 86_400.0, true);
            prop_assert!(day < 1463 || shifted == cell);
        }

        /// A number is shown so that reading it gives the number, to 15 digits.
        #[test]
        fn the_text_of_a_number_is_the_number(number in -1e18_f64..1e18) {
            let read: f64 = text(DataRef::Float(number)).parse().unwrap();
            prop_assert!((read - number).abs() <= number.abs() * 1e-14);
        }

        #[test]
        fn any_serial_number_is_something(bits: u64) {
            let days = f64::from_bits(bits);
            for is_1904 in [false, true] {
                dated(days, is_1904);
            }
            lasting(days);
        }
    }
}
