//! The rows of a sample, grouped by the values of one column: the cases, if that column is the case.

use super::column::Column;
use crate::eventlog::profile::sample::BLANK;

/// The rows of a sample by case, and inside a case in the order in which they were given.
#[derive(Debug, PartialEq)]
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

/// The share of the cases in which a column changes, of those that have several values of it.
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
