//! The values of a column as moments, whatever the notation. They are for comparisons alone: what the check reports
//! of a timestamp is read elsewhere.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::datetime;
use crate::eventlog::profile::sample::BLANK;

/// How the values of a column are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// A date in words, day before month where both may be.
    DayFirst,
    MonthFirst,
    /// A time of day.
    Clock,
    /// The digits of a time of day alone.
    CompactClock,
    /// Seconds or milliseconds since 1970, or the digits of a date alone.
    Numeric,
    /// Days since 1900, as spreadsheets count them.
    Serial,
}

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;
/// Stands for a row without a moment.
pub(super) const NEVER: i64 = i64::MIN;

impl Notation {
    /// The moment of a value in microseconds.
    pub fn read(self, value: &str) -> Option<i64> {
        match self {
            Self::DayFirst => date(value, false),
            Self::MonthFirst => date(value, true),
            Self::Clock => clock(value),
            Self::CompactClock => compact_clock(value),
            Self::Numeric => numeric(value),
            Self::Serial => serial(value),
        }
    }
}

/// A column of moments.
#[derive(Clone, Debug)]
pub(super) struct Moments {
    /// The moment of each row in microseconds, or [`NEVER`].
    pub of_rows: Vec<i64>,
    /// Share of the different values that could be read.
    pub readable: f64,
    /// Not all of them are midnight.
    pub has_clock: bool,
    /// How far they are apart, without the first and the last hundredth.
    pub span: f64,
}

impl Moments {
    pub fn of(values: &[&str], codes: &[u32], notation: Notation) -> Self {
        let read: Vec<Option<i64>> = values.iter().map(|value| notation.read(value)).collect();
        let known = read.iter().flatten().count();
        let with_clock = read.iter().flatten().filter(|at| at.rem_euclid(DAY) != 0).count();
        let of = |code: &u32| read.get(*code as usize).copied().flatten().filter(|_| *code != BLANK);
        let of_rows: Vec<i64> = codes.iter().map(|code| of(code).unwrap_or(NEVER)).collect();
        Self {
            span: span(&of_rows).unwrap_or_default(),
            of_rows,
            readable: known as f64 / values.len().max(1) as f64,
            has_clock: with_clock * 20 > known,
        }
    }
}

impl Moments {
    /// Adds the time of day that stands in another column.
    pub fn add_clock(&mut self, clock: &Self) {
        for (at, time) in self.of_rows.iter_mut().zip(&clock.of_rows) {
            if *at != NEVER && *time != NEVER {
                *at += time;
            }
        }
        self.has_clock = true;
        self.span = span(&self.of_rows).unwrap_or_default();
    }

    /// The number of the moment of each row, and how many there are.
    pub fn codes(&self) -> (Vec<u32>, usize) {
        let mut known: HashMap<i64, u32, RandomState> = HashMap::default();
        let codes = self.of_rows.iter().map(|at| {
            let next = u32::try_from(known.len()).unwrap_or(BLANK);
            if *at == NEVER { BLANK } else { *known.entry(*at).or_insert(next) }
        });
        let codes = codes.collect();
        (codes, known.len())
    }
}

fn span(of_rows: &[i64]) -> Option<f64> {
    let mut known: Vec<i64> = of_rows.iter().copied().filter(|at| *at != NEVER).collect();
    known.sort_unstable();
    let percentile = |share: f64| known.get((known.len().saturating_sub(1) as f64 * share).round() as usize);
    Some((percentile(0.99)? - percentile(0.01)?) as f64)
}

fn date(value: &str, month_first: bool) -> Option<i64> {
    let is_possible = (6..=50).contains(&value.len()) && value.bytes().any(|byte| byte.is_ascii_digit());
    datetime::any(value.as_bytes(), month_first).filter(|_| is_possible).map(|moment| moment.micros)
}

/// A time of day, also as Excel gives it: as a moment of the day before the first one.
fn clock(value: &str) -> Option<i64> {
    if ["1899-12-3", "1900-01-0"].iter().any(|day| value.starts_with(day)) && value.len() > 10 {
        return date(value, false).map(|at| at.rem_euclid(DAY));
    }
    datetime::clock(value.as_bytes()).or_else(|| minutes(value))
}

/// `38:44.5`, what Excel leaves of a moment with fractions of a second.
fn minutes(value: &str) -> Option<i64> {
    let (minutes, seconds) = value.split_once(':')?;
    let (seconds, tenths) = seconds.split_once('.')?;
    let is_short = minutes.len() <= 3 && seconds.len() == 2 && tenths.len() == 1;
    let number = |digits: &str| digits.parse::<u16>().ok().map(i64::from);
    is_short.then_some((number(minutes)? * 60 + number(seconds)?) * SECOND + number(tenths)? * SECOND / 10)
}

/// `93000` or `093000`.
fn compact_clock(value: &str) -> Option<i64> {
    if !matches!(value.len(), 5 | 6) || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    time_of_digits(value.parse().ok()?)
}

/// `20240131`, `202401311030`, `20240131103000`, or seconds or milliseconds since 1970.
fn numeric(value: &str) -> Option<i64> {
    let digits = value.strip_suffix(".0").unwrap_or(value);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    let since_1970 =
        |micros: i64| (900_000_000..2_300_000_000).contains(&(micros / SECOND)).then_some(micros);
    match digits.len() {
        8 => compact(number, 0),
        12 => compact(number / 10_000, number % 10_000 * 100),
        14 => compact(number / 1_000_000, number % 1_000_000),
        10 => since_1970(number * SECOND),
        13 => since_1970(number * 1000),
        _ => None,
    }
}

/// The moment of a date and a time that are written as one number each, `20240131` and `103000`.
fn compact(date: i64, time: i64) -> Option<i64> {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let text = format!("{year:04}-{month:02}-{day:02}");
    let midnight = datetime::any(text.as_bytes(), false).filter(|_| (1970..=2100).contains(&year))?;
    Some(midnight.micros + time_of_digits(time)?)
}

fn time_of_digits(time: i64) -> Option<i64> {
    let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100);
    let is_time = hour < 24 && minute < 60 && second < 60;
    is_time.then_some(((hour * 60 + minute) * 60 + second) * SECOND)
}

/// Days from 1982 to 2064.
fn serial(value: &str) -> Option<i64> {
    let days: f64 = value.replace(',', ".").parse().ok()?;
    (30_000.0..60_000.0).contains(&days).then_some((days * DAY as f64) as i64)
}
