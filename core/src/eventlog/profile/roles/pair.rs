//! How columns behave inside the cases of another column.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::column::Column;
use super::moments::{Moments, NEVER};
use crate::eventlog::profile::sample::BLANK;

/// The rows of a sample by case, and inside a case in the order in which they were given.
#[derive(Debug)]
pub(super) struct Cases {
    rows: Vec<u32>,
    /// Where each case ends in `rows`.
    ends: Vec<usize>,
}

impl Cases {
    /// A counting sort by the number of the case; rows without a case are left out.
    pub fn new(case: &Column<'_>, order: &[u32]) -> Self {
        let mut ends = vec![0; case.distinct];
        let code_of = |row: u32| case.codes.get(row as usize).filter(|code| **code != BLANK);
        for code in order.iter().filter_map(|row| code_of(*row)) {
            if let Some(size) = ends.get_mut(*code as usize) {
                *size += 1;
            }
        }
        let mut next = Vec::with_capacity(ends.len());
        let mut total = 0;
        for end in &mut ends {
            next.push(total);
            total += *end;
            *end = total;
        }
        let mut rows = vec![0; total];
        for row in order {
            let Some(next) = code_of(*row).and_then(|code| next.get_mut(*code as usize)) else { continue };
            if let Some(place) = rows.get_mut(*next) {
                *place = *row;
            }
            *next += 1;
        }
        Self { rows, ends }
    }

    /// All rows as one case.
    pub fn one(order: &[u32]) -> Self {
        Self { rows: order.to_vec(), ends: vec![order.len()] }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// What each row has in a column, case after case.
    pub fn gather<T: Copy>(&self, of_rows: &[T]) -> Vec<T> {
        self.rows.iter().filter_map(|row| of_rows.get(*row as usize)).copied().collect()
    }

    /// Cuts what was gathered into cases.
    pub fn split<'a, T>(&'a self, gathered: &'a [T]) -> impl Iterator<Item = &'a [T]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).filter_map(|(start, end)| gathered.get(start..*end))
    }
}

/// Share of the cases with several values of a column in which these are not all the same.
pub(super) fn changes(cases: &Cases, column: &Column<'_>) -> f64 {
    let gathered = cases.gather(&column.codes);
    let (mut several, mut changing) = (0, 0);
    let mut longest = 0;
    for case in cases.split(&gathered) {
        longest = longest.max(case.len());
        let mut filled = case.iter().filter(|code| **code != BLANK);
        let Some(first) = filled.next() else { continue };
        let mut others = filled.peekable();
        if others.peek().is_some() {
            several += 1;
            changing += u32::from(others.any(|code| code != first));
        }
    }
    match several {
        // Nothing is known.
        0 if longest == 1 => 0.5,
        0 => 0.0,
        several => f64::from(changing) / f64::from(several),
    }
}

/// How the values of a column follow each other inside the cases.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sequence {
    /// Share of the neighbours that differ.
    pub alternating: f64,
    /// How much more often than elsewhere the commonest value stands at the start and at the end of a case.
    pub ends: f64,
    /// Share of the steps from one value to another that several cases take.
    pub repeated: f64,
    /// How much better the next value is told by the last one than by the commonest.
    pub lift: f64,
    /// How much of the place in its case the value tells.
    pub placed: f64,
    /// Share of the cases that have the value of an event, on the average.
    pub coverage: f64,
    /// Share of the neighbours of which the second is the later value.
    pub rising: f64,
}

/// A step from one value to the next.
#[derive(Clone, Copy, Default)]
struct Step {
    count: u32,
    cases: u32,
    /// The case that took it last, counted from 1.
    last: u32,
}

impl Sequence {
    pub fn new(cases: &Cases, column: &Column<'_>) -> Self {
        let gathered = cases.gather(&column.codes);
        let pairs = gathered.len() - cases.len().min(gathered.len());
        if pairs == 0 {
            return Self::default();
        }
        let mut steps = Steps::new(column.distinct);
        let (mut moved, mut rising) = (0, 0);
        for (case, number) in cases.split(&gathered).zip(1..) {
            for (from, to) in case.iter().zip(case.iter().skip(1)) {
                moved += u32::from(from != to);
                rising += u32::from(column.is_after(*to, *from));
                steps.add(*from, *to, number);
            }
        }
        let pairs = pairs as f64;
        Self {
            alternating: f64::from(moved) / pairs,
            ends: ends(cases, &gathered, column.distinct),
            repeated: f64::from(steps.shared()) / f64::from(moved.max(1)),
            lift: steps.lift(column.distinct, pairs),
            placed: placed(cases, &gathered, column.distinct),
            coverage: coverage(cases, &gathered, column.distinct),
            rising: f64::from(rising) / pairs,
        }
    }
}

/// The steps of a column, counted: in a table where that is small.
enum Steps {
    Table { size: usize, steps: Vec<Step> },
    Map(HashMap<(u32, u32), Step, RandomState>),
}

impl Steps {
    /// Up to this many values, a table of all steps is small.
    const SMALL: usize = 64;

    fn new(distinct: usize) -> Self {
        let size = distinct + 1;
        if size <= Self::SMALL {
            Self::Table { size, steps: vec![Step::default(); size * size] }
        } else {
            Self::Map(HashMap::default())
        }
    }

    fn add(&mut self, from: u32, to: u32, case: u32) {
        let step = match self {
            Self::Table { size, steps } => steps.get_mut(place(from, *size) * *size + place(to, *size)),
            Self::Map(steps) => Some(steps.entry((from, to)).or_default()),
        };
        if let Some(step) = step {
            step.count += 1;
            step.cases += u32::from(step.last != case);
            step.last = case;
        }
    }

    fn each(&self, mut see: impl FnMut(usize, usize, Step)) {
        match self {
            Self::Table { size, steps } => {
                let taken = steps.iter().enumerate().filter(|(_, step)| step.count > 0);
                taken.for_each(|(at, step)| see(at / size, at % size, *step));
            }
            Self::Map(steps) => {
                // Blanks are one more value.
                let place = |code: u32| if code == BLANK { usize::MAX } else { code as usize };
                steps.iter().for_each(|((from, to), step)| see(place(*from), place(*to), *step));
            }
        }
    }

    /// How many steps between different values are such that several cases take.
    fn shared(&self) -> u32 {
        let mut shared = 0;
        self.each(|from, to, step| {
            if from != to && step.cases > 1 {
                shared += step.count;
            }
        });
        shared
    }

    fn lift(&self, distinct: usize, pairs: f64) -> f64 {
        let mut best = vec![0; distinct + 1];
        let mut reached = vec![0; distinct + 1];
        self.each(|from, to, step| {
            if let Some(best) = best.get_mut(from.min(distinct)) {
                *best = step.count.max(*best);
            }
            if let Some(reached) = reached.get_mut(to.min(distinct)) {
                *reached += step.count;
            }
        });
        let commonest = f64::from(reached.iter().copied().max().unwrap_or_default()) / pairs;
        // Half a step for each value that has followers: with many values, some are told by chance.
        let left = best.iter().filter(|count| **count > 0).count() as f64;
        let right = (f64::from(best.iter().sum::<u32>()) - left / 2.0) / pairs;
        if commonest < 1.0 { ((right - commonest) / (1.0 - commonest)).max(0.0) } else { 0.0 }
    }
}

/// The place of a value in a table in which the last place is for blanks.
fn place(code: u32, size: usize) -> usize {
    (code as usize).min(size - 1)
}

fn ends(cases: &Cases, gathered: &[u32], distinct: usize) -> f64 {
    let count = |values: &mut dyn Iterator<Item = u32>| {
        let mut counts = vec![0_u32; distinct + 1];
        for value in values {
            if let Some(count) = counts.get_mut(place(value, distinct + 1)) {
                *count += 1;
            }
        }
        counts
    };
    let all = count(&mut gathered.iter().copied());
    let gain = |marked: Vec<u32>| {
        let Some((top, count)) =
            marked.iter().enumerate().max_by_key(|(at, count)| (**count, usize::MAX - at))
        else {
            return 0.0;
        };
        let share = f64::from(*count) / cases.len().max(1) as f64;
        let usual = f64::from(all.get(top).copied().unwrap_or_default()) / gathered.len().max(1) as f64;
        if usual < 1.0 { (share - usual) / (1.0 - usual) } else { 0.0 }
    };
    let first = gain(count(&mut cases.split(gathered).filter_map(|case| case.first().copied())));
    let last = gain(count(&mut cases.split(gathered).filter_map(|case| case.last().copied())));
    f64::midpoint(first, last)
}

/// How much of the variance of the places, from 0 at the start of a case to 1 at its end, is between the values, less
/// what as many values would have by chance.
fn placed(cases: &Cases, gathered: &[u32], distinct: usize) -> f64 {
    let mut sums = vec![(0.0_f64, 0.0_f64); distinct + 1];
    let (mut count, mut square) = (0.0_f64, 0.0_f64);
    for case in cases.split(gathered).filter(|case| case.len() > 1) {
        let last = (case.len() - 1) as f64;
        for (code, at) in case.iter().zip(0_u32..) {
            let away = f64::from(at) / last - 0.5;
            count += 1.0;
            square += away * away;
            if let Some((events, sum)) = sums.get_mut(place(*code, distinct + 1)) {
                *events += 1.0;
                *sum += away;
            }
        }
    }
    let values = sums.iter().filter(|(events, _)| *events > 0.0).count() as f64;
    let between: f64 =
        sums.iter().filter(|(events, _)| *events > 0.0).map(|(events, sum)| sum * sum / events).sum();
    if square == 0.0 || count <= values {
        return 0.0;
    }
    (1.0 - (1.0 - between / square) * (count - 1.0) / (count - values)).max(0.0)
}

fn coverage(cases: &Cases, gathered: &[u32], distinct: usize) -> f64 {
    // Events, cases, and the case that was last, of each value.
    let mut counts = vec![(0_u32, 0_u32, 0_u32); distinct + 1];
    for (case, number) in cases.split(gathered).zip(1..) {
        for code in case {
            if let Some((events, cases, last)) = counts.get_mut(place(*code, distinct + 1)) {
                *events += 1;
                *cases += u32::from(*last != number);
                *last = number;
            }
        }
    }
    let sum: f64 = counts.iter().map(|(events, cases, _)| f64::from(*events) * f64::from(*cases)).sum();
    sum / (gathered.len().max(1) as f64 * cases.len().max(1) as f64)
}

/// How long cases last, against how long as many events last that are spread over the whole sample: about 1 where
/// rows only have a value in common, little where they are a case. Nothing without cases of several events.
pub(super) fn spread(cases: &Cases, moments: &Moments) -> Option<f64> {
    let gathered = cases.gather(&moments.of_rows);
    let mut shares: Vec<f64> = cases
        .split(&gathered)
        .filter(|case| case.len() > 1)
        .map(|case| {
            let known = || case.iter().filter(|at| **at != NEVER);
            let (Some(first), Some(last)) = (known().min(), known().max()) else { return 0.0 };
            let events = case.len() as f64;
            (last - first) as f64 / (moments.span * (events - 1.0) / (events + 1.0))
        })
        .collect();
    if moments.span <= 0.0 || shares.is_empty() {
        return None;
    }
    let middle = shares.len() / 2;
    let (_, median, _) = shares.select_nth_unstable_by(middle, f64::total_cmp);
    Some(*median)
}

/// How clearly time goes one way inside the cases, in the order of the file.
pub(super) fn direction(cases: &Cases, moments: &Moments) -> Option<f64> {
    let gathered = cases.gather(&moments.of_rows);
    let (mut up, mut down) = (0_u32, 0_u32);
    for case in cases.split(&gathered) {
        for (one, next) in
            case.iter().zip(case.iter().skip(1)).filter(|(one, next)| **one != NEVER && **next != NEVER)
        {
            up += u32::from(next > one);
            down += u32::from(next < one);
        }
    }
    (up + down > 0).then(|| (2.0 * f64::from(up) / f64::from(up + down) - 1.0).abs())
}
