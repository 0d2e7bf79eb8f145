//! What the values of a column are, for the most part.

use super::Role;
use super::moments::Notation;
use super::names::Heading;
use super::words::{BOOLEANS, LIFECYCLE};

/// A column is a date if this share of its values is: a few that are not leave it one.
const DATES: f64 = 0.5;
/// The same for times of day, which are mistaken more easily.
const CLOCKS: f64 = 0.6;
/// The same for what is written as a number.
const NUMBERS: f64 = 0.8;
/// A heading that is worth less as a timestamp does not make dates of numbers.
const TIME_NAME: f64 = 1.5;

/// What most values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// No row has a value.
    Empty,
    /// A time of day without a date.
    Clock,
    /// A date, with a time of day or without.
    Date,
    /// A date that is written as a number.
    NumericDate,
    Boolean,
    Integer,
    Number,
    Text,
}

impl Kind {
    pub fn is_moment(self) -> bool {
        matches!(self, Self::Date | Self::NumericDate | Self::Clock)
    }

    /// The kind of a column, and how its moments are read. `tried` are some of its distinct values.
    pub fn of(heading: &Heading, values: &[&str], tried: &[&str]) -> (Self, Option<Notation>) {
        if values.is_empty() {
            return (Self::Empty, None);
        }
        if let Some((kind, notation)) = moments(heading, tried) {
            return (kind, Some(notation));
        }
        if values.len() <= 2 && values.iter().all(|value| is_one_of(value, BOOLEANS)) {
            return (Self::Boolean, None);
        }
        let numbers = share(tried, is_number);
        if numbers > NUMBERS
            && let Some((kind, notation)) = numeric_moments(heading, tried)
        {
            return (kind, Some(notation));
        }
        if share(tried, |value| integer(value).is_some()) > 0.95 {
            return (Self::Integer, None);
        }
        (if numbers > 0.9 { Self::Number } else { Self::Text }, None)
    }
}

fn moments(heading: &Heading, tried: &[&str]) -> Option<(Kind, Notation)> {
    let clocks = share_of(tried, Notation::Clock);
    // Prices are written like times with a dot.
    let may_be_prices = share(tried, is_dotted) > 0.0 && heading.score(Role::Timestamp) < TIME_NAME;
    if clocks > CLOCKS && (!may_be_prices || (clocks >= 1.0 && tried.iter().any(|value| is_padded(value)))) {
        return Some((Kind::Clock, Notation::Clock));
    }
    let (day, month) = (share_of(tried, Notation::DayFirst), share_of(tried, Notation::MonthFirst));
    let notation = if month > day { Notation::MonthFirst } else { Notation::DayFirst };
    (day.max(month) >= DATES).then_some((Kind::Date, notation))
}

fn numeric_moments(heading: &Heading, tried: &[&str]) -> Option<(Kind, Notation)> {
    let means_time = heading.score(Role::Timestamp) >= TIME_NAME;
    if share_of(tried, Notation::Number) > NUMBERS {
        return Some((Kind::NumericDate, Notation::Number));
    }
    if means_time && share_of(tried, Notation::Serial) > NUMBERS {
        return Some((Kind::NumericDate, Notation::Serial));
    }
    // More than 60 running numbers have one that is not a time.
    let is_clock = (means_time || tried.len() > 60) && share_of(tried, Notation::ClockDigits) >= 1.0;
    is_clock.then_some((Kind::Clock, Notation::ClockDigits))
}

/// Whether a value is written as `9.30` or `12.50`.
fn is_dotted(value: &str) -> bool {
    let is_part =
        |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    value.split_once('.').is_some_and(|(hour, minute)| is_part(hour) && is_part(minute))
}

/// Whether a value is written as `09.30`, as no price is.
fn is_padded(value: &str) -> bool {
    value.len() == 5 && value.starts_with('0')
}

/// The share of the values that a test holds for.
pub(super) fn share(values: &[&str], test: impl Fn(&str) -> bool) -> f64 {
    values.iter().filter(|value| test(value)).count() as f64 / values.len().max(1) as f64
}

fn share_of(values: &[&str], notation: Notation) -> f64 {
    share(values, |value| notation.read(value).is_some())
}

/// Whether all values are states of an activity, such as `start` and `complete`.
pub(super) fn is_lifecycle(values: &[&str]) -> bool {
    (1..=9).contains(&values.len()) && values.iter().all(|value| is_one_of(value, LIFECYCLE))
}

fn is_one_of(value: &str, words: &str) -> bool {
    let value = value.to_lowercase();
    words.split_whitespace().any(|word| value == word)
}

/// Reads a whole number, also one that is written as `12.0`.
pub(super) fn integer(value: &str) -> Option<i64> {
    value.strip_suffix(".0").unwrap_or(value).parse().ok()
}

/// Whether a value is a number, also with separators between thousands, a currency or a percent sign.
fn is_number(value: &str) -> bool {
    let digits = value.trim_start_matches(['+', '-']);
    let is_part = |letter: char| letter.is_ascii_digit() || ".,\'eE %$€£¥".contains(letter);
    digits.bytes().any(|byte| byte.is_ascii_digit())
        && !digits.starts_with(['e', 'E'])
        && digits.chars().all(is_part)
}
