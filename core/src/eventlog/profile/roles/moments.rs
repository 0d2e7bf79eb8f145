//! The values of a column as moments, whatever the notation: to compare them with each other, not to report them.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::eventlog::profile::datetime::{self, SerialStart};
use crate::eventlog::profile::sample::BLANK;

/// How the values of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// A date, with the day first where both are possible.
    DayFirst,
    /// A date, with the month first where both are possible.
    MonthFirst,
    /// A time of day.
    Clock,
    /// A time of day without separators, such as `093000`.
    ClockDigits,
    /// Digits such as `20240131`, or units of time since 1970.
    Number,
    /// Days as a worksheet counts them.
    Serial,
}

/// Stands for a row without a moment.
pub(super) const NEVER: i64 = i64::MIN;

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// 2042. Later "seconds since 1970" are ids.
const LATEST: i64 = 2_300_000_000 * SECOND;

/// A column of moments.
#[derive(Clone, Debug)]
pub(super) struct Moments {
    /// In microseconds, or [`NEVER`]: one for each row.
    pub of_rows: Vec<i64>,
    /// Share of the distinct values that can be read.
    pub readable: f64,
    /// More than one in twenty is not midnight.
    pub has_clock: bool,
    /// The time between them, without the first and the last hundredth.
    pub span: f64,
}

impl Notation {
    /// Reads a value: in microseconds since 1970, or since midnight for a time of day.
    pub fn read(self, value: &str) -> Option<i64> {
        let micros = |moment: datetime::Moment| moment.micros;
        match self {
            Self::DayFirst => datetime::any(value.as_bytes(), false).map(micros),
            Self::MonthFirst => datetime::any(value.as_bytes(), true).map(micros),
            Self::Clock => clock(value),
            Self::ClockDigits => datetime::clock_digits(value.as_bytes()),
            Self::Number => {
                datetime::number(value.as_bytes()).map(|(_, moment)| moment.micros).filter(|at| *at < LATEST)
            }
            Self::Serial => {
                let value = value.replace(',', ".");
                datetime::serial(value.as_bytes(), SerialStart::default()).map(micros)
            }
        }
    }
}

impl Moments {
    pub fn new(values: &[&str], codes: &[u32], notation: Notation) -> Self {
        let read: Vec<Option<i64>> = values.iter().map(|value| notation.read(value)).collect();
        let known = read.iter().flatten().count();
        let with_clock = read.iter().flatten().filter(|at| at.rem_euclid(DAY) != 0).count();
        let of_code = |code: &u32| read.get(*code as usize).copied().flatten().unwrap_or(NEVER);
        let of_rows: Vec<i64> = codes.iter().map(of_code).collect();
        Self {
            readable: known as f64 / values.len().max(1) as f64,
            has_clock: with_clock * 20 > known,
            span: span(&of_rows).unwrap_or_default(),
            of_rows,
        }
    }

    /// Adds the times of day of another column.
    pub fn add_clock(&mut self, clock: &Self) {
        for (at, time) in self.of_rows.iter_mut().zip(&clock.of_rows) {
            if *at != NEVER && *time != NEVER {
                *at += time;
            }
        }
        self.has_clock = true;
        self.span = span(&self.of_rows).unwrap_or_default();
    }

    /// Numbers the moments: the number of each row, and how many there are.
    pub fn codes(&self) -> (Vec<u32>, usize) {
        let mut known: HashMap<i64, u32, RandomState> = HashMap::default();
        let mut code = |at: &i64| {
            let next = u32::try_from(known.len()).unwrap_or(BLANK);
            if *at == NEVER { BLANK } else { *known.entry(*at).or_insert(next) }
        };
        let codes = self.of_rows.iter().map(&mut code).collect();
        (codes, known.len())
    }
}

fn span(of_rows: &[i64]) -> Option<f64> {
    let mut known: Vec<i64> = of_rows.iter().copied().filter(|at| *at != NEVER).collect();
    let last = known.len().checked_sub(1)?;
    let mut percentile = |percent: usize| *known.select_nth_unstable(last * percent / 100).1;
    let (early, late) = (percentile(1), percentile(99));
    Some((late - early) as f64)
}

/// A time of day, also as a spreadsheet stores it: as a moment of its first day.
fn clock(value: &str) -> Option<i64> {
    let is_first_day = ["1899-12-3", "1900-01-0"].iter().any(|day| value.starts_with(day));
    if is_first_day && value.len() > 10 {
        return datetime::iso(value.as_bytes()).map(|moment| moment.micros.rem_euclid(DAY));
    }
    datetime::clock(value.as_bytes()).or_else(|| minutes(value))
}

/// `38:44.5`, of which a spreadsheet has dropped the date and the hour.
fn minutes(value: &str) -> Option<i64> {
    let (minutes, seconds) = value.split_once(':')?;
    let (seconds, tenths) = seconds.split_once('.')?;
    let is_short = minutes.len() <= 3 && seconds.len() == 2 && tenths.len() == 1;
    let number = |digits: &str| digits.parse::<u16>().ok().map(i64::from);
    is_short.then_some((number(minutes)? * 60 + number(seconds)?) * SECOND + number(tenths)? * SECOND / 10)
}
