//! How the values of a column follow each other inside the cases.

use std::cmp::Reverse;
use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::cases::Cases;
use super::column::Column;
use crate::eventlog::profile::sample::BLANK;

/// How the values of a column follow each other inside the cases. Blank is one more value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sequence {
    /// Share of the neighbors that differ.
    pub alternating: f64,
    /// How much more common than elsewhere one value is at the start and at the end of the cases.
    pub ends: f64,
    /// Share of the steps to another value that more than one case takes.
    pub repeated: f64,
    /// How much better the value before predicts a value than the most common value does.
    pub lift: f64,
    /// How much of the place inside the case the value predicts, beyond chance.
    pub placed: f64,
    /// Share of the neighbors of which the second is the greater one.
    pub rising: f64,
}

/// What is counted of one value.
#[derive(Clone, Copy, Default)]
struct Counts {
    events: u32,
    firsts: u32,
    lasts: u32,
    /// Steps that lead to it.
    reached: u32,
    /// How often the value follows that follows it most.
    follower: u32,
    /// In cases of several events: how many, and their places from -0.5 to 0.5 added up.
    placed: u32,
    places: f64,
}

/// A step from one value to the next inside a case.
#[derive(Clone, Copy, Default)]
struct Step {
    count: u32,
    cases: u32,
    /// The last case that took it, counted from 1.
    last: u32,
}

impl Sequence {
    pub fn new(cases: &Cases, column: &Column<'_>) -> Self {
        let blank = u32::try_from(column.distinct).unwrap_or(BLANK);
        let codes: Vec<u32> = cases.gather(&column.codes).into_iter().map(|code| code.min(blank)).collect();
        let mut counts = vec![Counts::default(); column.distinct + 1];
        let mut steps = Steps::new(counts.len());
        let (mut pairs, mut moved, mut rising, mut square) = (0_u32, 0_u32, 0_u32, 0.0);
        for (case, number) in cases.split(&codes).zip(1..) {
            square += count_case(&mut counts, case);
            for (from, to) in case.iter().zip(case.iter().skip(1)) {
                pairs += 1;
                moved += u32::from(from != to);
                rising += u32::from(column.is_greater(*to, *from));
                steps.add(*from, *to, number);
            }
        }
        if pairs == 0 {
            return Self::default();
        }
        let mut shared = 0;
        steps.for_each(|from, to, step| {
            if from != to && step.cases > 1 {
                shared += step.count;
            }
            if let Some(count) = counts.get_mut(from) {
                count.follower = count.follower.max(step.count);
            }
            if let Some(count) = counts.get_mut(to) {
                count.reached += step.count;
            }
        });
        Self {
            alternating: f64::from(moved) / f64::from(pairs),
            ends: f64::midpoint(excess(&counts, |count| count.firsts), excess(&counts, |count| count.lasts)),
            repeated: f64::from(shared) / f64::from(moved.max(1)),
            lift: lift(&counts, f64::from(pairs)),
            placed: placed(&counts, square),
            rising: f64::from(rising) / f64::from(pairs),
        }
    }
}

/// Counts the values of a case. Returns the squares of their places added up.
fn count_case(counts: &mut [Counts], case: &[u32]) -> f64 {
    let last = case.len().saturating_sub(1);
    let mut square = 0.0;
    for (at, code) in case.iter().enumerate() {
        let Some(count) = counts.get_mut(*code as usize) else { continue };
        count.events += 1;
        count.firsts += u32::from(at == 0);
        count.lasts += u32::from(at == last);
        if last > 0 {
            let place = at as f64 / last as f64 - 0.5;
            count.placed += 1;
            count.places += place;
            square += place * place;
        }
    }
    square
}

/// How much more common the most common of the marked events is among them than among all: 1 at most.
fn excess(counts: &[Counts], marked: impl Fn(&Counts) -> u32) -> f64 {
    let total = |count: &dyn Fn(&Counts) -> u32| f64::from(counts.iter().map(count).sum::<u32>()).max(1.0);
    // Of equal ones the rarest, whatever the order of the rows.
    let rarest = |count: &&Counts| (marked(count), Reverse(count.events));
    let Some(top) = counts.iter().max_by_key(rarest) else { return 0.0 };
    let share = f64::from(marked(top)) / total(&|count| marked(count));
    let usual = f64::from(top.events) / total(&|count| count.events);
    if usual < 1.0 { (share - usual) / (1.0 - usual) } else { 0.0 }
}

fn lift(counts: &[Counts], pairs: f64) -> f64 {
    let most_common = f64::from(counts.iter().map(|count| count.reached).max().unwrap_or_default()) / pairs;
    // With many values some predict the next one by chance: half a step is taken off for each.
    let guesses = counts.iter().filter(|count| count.follower > 0);
    let right = guesses.map(|count| f64::from(count.follower) - 0.5).sum::<f64>() / pairs;
    if most_common < 1.0 { ((right - most_common) / (1.0 - most_common)).max(0.0) } else { 0.0 }
}

/// The adjusted share of the variance of the places that is between the values.
fn placed(counts: &[Counts], square: f64) -> f64 {
    let seen = || counts.iter().filter(|count| count.placed > 0);
    let events = f64::from(seen().map(|count| count.placed).sum::<u32>());
    let values = seen().count() as f64;
    if square <= 0.0 || events <= values {
        return 0.0;
    }
    let between: f64 = seen().map(|count| count.places * count.places / f64::from(count.placed)).sum();
    (1.0 - (1.0 - between / square) * (events - 1.0) / (events - values)).max(0.0)
}

/// The steps between the values of a column.
enum Steps {
    Table { size: usize, steps: Vec<Step> },
    Map(HashMap<(u32, u32), Step, RandomState>),
}

impl Steps {
    /// With up to this many values, a table of all possible steps is small.
    const SMALL: usize = 64;

    fn new(values: usize) -> Self {
        if values <= Self::SMALL {
            Self::Table { size: values, steps: vec![Step::default(); values * values] }
        } else {
            Self::Map(HashMap::default())
        }
    }

    fn add(&mut self, from: u32, to: u32, case: u32) {
        let step = match self {
            Self::Table { size, steps } => steps.get_mut(from as usize * *size + to as usize),
            Self::Map(steps) => Some(steps.entry((from, to)).or_default()),
        };
        if let Some(step) = step {
            step.count += 1;
            step.cases += u32::from(step.last != case);
            step.last = case;
        }
    }

    fn for_each(&self, mut see: impl FnMut(usize, usize, Step)) {
        match self {
            Self::Table { size, steps } => {
                let taken = steps.iter().enumerate().filter(|(_, step)| step.count > 0);
                taken.for_each(|(at, step)| see(at / size, at % size, *step));
            }
            Self::Map(steps) => {
                steps.iter().for_each(|((from, to), step)| see(*from as usize, *to as usize, *step));
            }
        }
    }
}
