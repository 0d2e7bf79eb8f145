//! The columns of a sample, and how they group its rows.

use super::cases::{Cases, changes};
use super::clock;
use super::column::Column;
use super::kind::Kind;
use crate::eventlog::profile::sample::Sample;

/// A column that changes in a smaller share of the cases is the same throughout a case.
const STILL: f64 = 0.02;

/// The columns of a sample.
pub(super) struct Table<'a> {
    pub columns: Vec<Column<'a>>,
    file_order: Vec<u32>,
}

/// The cases that a column makes; without a column, all rows are one.
pub(super) struct Grouping {
    pub case: Option<usize>,
    /// In the order of the file.
    pub cases: Cases,
    /// For each column, the share of the cases in which it changes.
    changes: Vec<f64>,
    /// Share of the other columns that are the same throughout a case.
    pub fixed: f64,
    /// Another column divides these cases into smaller ones.
    pub is_coarse: bool,
}

impl<'a> Table<'a> {
    pub fn new(names: &[String], sample: &'a Sample) -> Self {
        let name = |at: usize| names.get(at).map_or("", String::as_str);
        let columns = sample.columns.iter().enumerate();
        let mut columns: Vec<_> = columns.map(|(at, column)| Column::new(at, name(at), column)).collect();
        clock::join(&mut columns);
        let rows = u32::try_from(sample.rows).unwrap_or(u32::MAX);
        Self { columns, file_order: (0..rows).collect() }
    }

    pub fn column(&self, at: Option<usize>) -> Option<&Column<'a>> {
        self.columns.get(at?)
    }

    /// Whether a column has moments, whatever its heading is.
    pub fn has_moments(&self) -> bool {
        self.columns.iter().any(|column| column.kind.is_moment())
    }

    pub fn rows(&self) -> usize {
        self.file_order.len()
    }

    /// The rows in the order of a timestamp; without one, in that of the file.
    pub fn order(&self, timestamp: Option<usize>) -> Vec<u32> {
        let mut order = self.file_order.clone();
        if let Some(moments) = self.column(timestamp).and_then(|column| column.moments.as_ref()) {
            order.sort_by_key(|row| moments.of_rows.get(*row as usize));
        }
        order
    }

    pub fn cases(&self, case: Option<usize>, order: &[u32]) -> Cases {
        self.column(case).map_or_else(|| Cases::one(order), |case| Cases::new(case, order))
    }

    /// The cases that each of some columns makes.
    pub fn groupings(&self, cases: &[usize]) -> Vec<Grouping> {
        let mut groupings: Vec<Grouping> = cases.iter().map(|case| self.grouping(Some(*case))).collect();
        let finer: Vec<Option<Vec<f64>>> =
            groupings.iter().map(|coarse| self.finer_changes(coarse, &groupings)).collect();
        for (grouping, finer) in groupings.iter_mut().zip(finer) {
            grouping.is_coarse = finer.is_some();
            grouping.changes = finer.unwrap_or_else(|| std::mem::take(&mut grouping.changes));
        }
        groupings
    }

    pub fn grouping(&self, case: Option<usize>) -> Grouping {
        let cases = self.cases(case, &self.file_order);
        let changes: Vec<f64> = self.columns.iter().map(|column| changes(&cases, column)).collect();
        let others = self.columns.iter().zip(&changes);
        let others = || others.clone().filter(|(column, _)| column.distinct > 1 && Some(column.at) != case);
        let still = others().filter(|(_, change)| **change < STILL).count();
        Grouping {
            case,
            cases,
            fixed: still as f64 / others().count().max(1) as f64,
            changes,
            is_coarse: false,
        }
    }

    /// The changes inside the smaller cases of which these cases consist, if there are any: what only changes from one
    /// of them to the next does not happen in a case.
    fn finer_changes(&self, coarse: &Grouping, all: &[Grouping]) -> Option<Vec<f64>> {
        let finer = all.iter().filter(|fine| self.is_finer(fine, coarse)).map(|fine| fine.changes.clone());
        let least = |one: Vec<f64>, other: Vec<f64>| {
            one.iter().zip(other).map(|(one, other)| one.min(other)).collect()
        };
        finer.reduce(least)
    }

    /// Whether the cases of `coarse` consist of those of `fine`, and things happen in these, too.
    fn is_finer(&self, fine: &Grouping, coarse: &Grouping) -> bool {
        let (Some(one), Some(other)) = (self.column(fine.case), self.column(coarse.case)) else {
            return false;
        };
        let is_value = |column: &Column<'_>| matches!(column.kind, Kind::Text | Kind::Integer);
        let happens = |column: &Column<'_>| {
            is_value(column)
                && !column.is_lifecycle
                && column.unique() < 0.5
                && ![one.at, other.at].contains(&column.at)
                && fine.change(column.at) > 0.3
        };
        is_value(one)
            && one.distinct as f64 > 1.1 * other.distinct as f64
            // Cases of three events at least: two are often the start and the end of one.
            && one.unique() < 0.34
            && one.fill() > 0.9
            && fine.change(other.at) < STILL
            && self.columns.iter().any(happens)
    }
}

impl Grouping {
    /// The share of the cases in which a column changes.
    pub fn change(&self, column: usize) -> f64 {
        self.changes.get(column).copied().unwrap_or_default()
    }
}
