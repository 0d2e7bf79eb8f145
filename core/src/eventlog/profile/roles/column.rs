//! What a column is by itself: its kind, its heading, and the moments that its values are.

use std::borrow::Cow;

use super::Role;
use super::moments::{Moments, Notation};
use super::names::Heading;
use super::talk::Talk;
use super::words::{BOOLEANS, LIFECYCLE};
use crate::eventlog::profile::sample::{BLANK, SampleColumn};

/// Different values of a column that are looked at.
const TRIED: usize = 400;

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
}

#[derive(Debug)]
pub(super) struct Column<'a> {
    pub at: usize,
    pub heading: Heading,
    /// The number of the value of each row, see [`SampleColumn`].
    pub codes: Cow<'a, [u32]>,
    pub filled: usize,
    pub distinct: usize,
    pub kind: Kind,
    /// Letters of a value, on the average.
    pub length: f64,
    /// Share of the values with a digit.
    pub digits: f64,
    pub talk: Talk,
    /// All values are states of an activity, such as `start` and `complete`.
    pub is_lifecycle: bool,
    /// The moment of each row, where the values are moments.
    pub moments: Option<Moments>,
    /// The column with the time of day, where this one is only a date.
    pub clock: Option<usize>,
    /// The place of each value among all of them, where they are whole numbers.
    ranks: Option<Vec<u32>>,
}

impl<'a> Column<'a> {
    pub fn new(at: usize, name: &str, column: &'a SampleColumn) -> Self {
        let heading = Heading::new(name);
        let values: Vec<&str> =
            column.values.iter().map(|value| std::str::from_utf8(value).unwrap_or_default()).collect();
        let step = values.len().div_ceil(TRIED).max(1);
        let tried: Vec<&str> = values.iter().copied().step_by(step).collect();
        let share = |test: &dyn Fn(&str) -> bool| share(&tried, test);
        let (kind, notation) = kind(&heading, &values, &tried);
        let integers = (kind == Kind::Integer).then(|| ranks(&values));
        Self {
            at,
            heading,
            codes: Cow::Borrowed(&column.codes),
            filled: column.filled(),
            distinct: values.len(),
            kind,
            length: tried.iter().map(|value| value.chars().count() as f64).sum::<f64>()
                / tried.len().max(1) as f64,
            digits: share(&|value| value.bytes().any(|byte| byte.is_ascii_digit())),
            talk: if kind == Kind::Text { Talk::of(&values) } else { Talk::default() },
            is_lifecycle: is_lifecycle(&values),
            clock: None,
            moments: notation.map(|notation| Moments::new(&values, &column.codes, notation)),
            ranks: integers,
        }
    }

    /// Share of the rows with a value.
    pub fn fill(&self) -> f64 {
        self.filled as f64 / self.codes.len().max(1) as f64
    }

    /// Share of the values that are different ones.
    pub fn unique(&self) -> f64 {
        self.distinct as f64 / self.filled.max(1) as f64
    }

    pub fn name(&self, role: Role) -> f64 {
        self.heading.score(role)
    }

    /// Whether each value is greater than the one of the row before.
    pub fn is_counter(&self) -> bool {
        let pairs = self.codes.iter().zip(self.codes.iter().skip(1));
        self.ranks.is_some() && pairs.clone().all(|(one, next)| self.is_greater(*next, *one))
    }

    /// Whether a value is greater than another one as a number; otherwise, whether it first came after it.
    pub fn is_greater(&self, one: u32, other: u32) -> bool {
        let Some(ranks) = &self.ranks else { return one > other };
        let rank = |code: u32| ranks.get(code as usize);
        rank(one) > rank(other)
    }
}

fn share(values: &[&str], test: &dyn Fn(&str) -> bool) -> f64 {
    values.iter().filter(|value| test(value)).count() as f64 / values.len().max(1) as f64
}

/// The kind of a column, and how its values are to be read where they are moments.
fn kind(heading: &Heading, values: &[&str], tried: &[&str]) -> (Kind, Option<Notation>) {
    let share = |test: &dyn Fn(&str) -> bool| share(tried, test);
    let of = |notation: Notation| share(&|value| notation.read(value).is_some());
    if values.is_empty() {
        return (Kind::Empty, None);
    }
    if of(Notation::Clock) > 0.6 {
        return (Kind::Clock, Some(Notation::Clock));
    }
    let (day_first, month_first) = (of(Notation::DayFirst), of(Notation::MonthFirst));
    if day_first.max(month_first) >= 0.5 {
        let notation = if month_first > day_first { Notation::MonthFirst } else { Notation::DayFirst };
        return (Kind::Date, Some(notation));
    }
    if values.len() <= 2 && values.iter().all(|value| is_one_of(value, BOOLEANS)) {
        return (Kind::Boolean, None);
    }
    let numbers = share(&|value| is_number(value));
    if numbers > 0.8 {
        let means_time = heading.score(Role::Timestamp) >= 1.5;
        if of(Notation::Number) > 0.8 {
            return (Kind::NumericDate, Some(Notation::Number));
        }
        if means_time && of(Notation::Serial) > 0.8 {
            return (Kind::NumericDate, Some(Notation::Serial));
        }
        // Running numbers reach the sixtieth second.
        if (means_time || tried.len() > 60) && of(Notation::ClockDigits) >= 1.0 {
            return (Kind::Clock, Some(Notation::ClockDigits));
        }
    }
    let kind = match share(&|value| integer(value).is_some()) {
        integers if integers > 0.95 => Kind::Integer,
        _ if numbers > 0.9 => Kind::Number,
        _ => Kind::Text,
    };
    (kind, None)
}

fn is_one_of(value: &str, words: &str) -> bool {
    let value = value.to_lowercase();
    words.split_whitespace().any(|word| value == word)
}

fn is_lifecycle(values: &[&str]) -> bool {
    (1..=9).contains(&values.len()) && values.iter().all(|value| is_one_of(value, LIFECYCLE))
}

/// A whole number, also one that was written as `12.0`.
fn integer(value: &str) -> Option<i64> {
    let digits = value.strip_suffix(".0").unwrap_or(value);
    if digits.len() <= 19 { digits.parse().ok() } else { None }
}

/// A number, also with separators between thousands, a currency or a percent sign.
fn is_number(value: &str) -> bool {
    let value = value.trim_start_matches(['+', '-']);
    value.bytes().any(|byte| byte.is_ascii_digit())
        && value.chars().all(|letter| {
            letter.is_ascii_digit()
                || matches!(letter, '.' | ',' | '\'' | ' ' | 'e' | 'E' | '%' | '$' | '€' | '£' | '¥')
        })
        && !value.starts_with(['e', 'E'])
}

/// The place of each value in the order of the numbers.
fn ranks(values: &[&str]) -> Vec<u32> {
    let mut order: Vec<(i64, usize)> =
        values.iter().enumerate().map(|(code, value)| (integer(value).unwrap_or(i64::MIN), code)).collect();
    order.sort_unstable();
    let mut ranks = vec![BLANK; values.len()];
    for (rank, (_, code)) in order.into_iter().enumerate() {
        if let Some(place) = ranks.get_mut(code) {
            *place = u32::try_from(rank).unwrap_or(BLANK);
        }
    }
    ranks
}
