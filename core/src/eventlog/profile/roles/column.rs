//! What a column is by itself: its kind, its heading, and the moments that its values are.

use std::borrow::Cow;

use super::Role;
use super::kind::{Kind, integer, is_lifecycle, share};
use super::moments::Moments;
use super::names::Heading;
use super::talk::Talk;
use crate::eventlog::profile::sample::{BLANK, SampleColumn};

/// Distinct values of a column that are looked at.
const TRIED: usize = 400;

#[derive(Debug)]
pub(super) struct Column<'a> {
    pub at: usize,
    pub heading: Heading,
    /// The number of the value of each row, see [`SampleColumn`].
    pub codes: Cow<'a, [u32]>,
    pub filled: usize,
    pub distinct: usize,
    pub kind: Kind,
    /// Mean length of a value, in characters.
    pub length: f64,
    /// Share of the values with a digit.
    pub digits: f64,
    pub talk: Talk,
    /// All values are states of an activity, such as `start` and `complete`.
    pub is_lifecycle: bool,
    /// The moment of each row, if the values are moments.
    pub moments: Option<Moments>,
    /// The column with the time of day, if this one has the date alone.
    pub clock: Option<usize>,
    /// The place of each value in the order of the numbers, if they are whole numbers.
    ranks: Option<Vec<u32>>,
}

impl<'a> Column<'a> {
    pub fn new(at: usize, name: &str, column: &'a SampleColumn) -> Self {
        let heading = Heading::new(name);
        let texts = column.values.iter().map(|value| std::str::from_utf8(value).unwrap_or_default());
        let values: Vec<&str> = texts.collect();
        let tried: Vec<&str> = values.iter().copied().step_by(values.len().div_ceil(TRIED).max(1)).collect();
        let (kind, notation) = Kind::of(&heading, &values, &tried);
        let length: usize = tried.iter().map(|value| value.chars().count()).sum();
        Self {
            at,
            heading,
            codes: Cow::Borrowed(&column.codes),
            filled: column.filled(),
            distinct: values.len(),
            kind,
            length: length as f64 / tried.len().max(1) as f64,
            digits: share(&tried, |value| value.bytes().any(|byte| byte.is_ascii_digit())),
            talk: if kind == Kind::Text { Talk::of(&values) } else { Talk::default() },
            is_lifecycle: is_lifecycle(&values),
            clock: None,
            moments: notation.map(|notation| Moments::new(&values, &column.codes, notation)),
            ranks: (kind == Kind::Integer).then(|| ranks(&values)),
        }
    }

    /// Share of the rows with a value.
    pub fn fill(&self) -> f64 {
        self.filled as f64 / self.codes.len().max(1) as f64
    }

    /// Share of the values that are distinct.
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
