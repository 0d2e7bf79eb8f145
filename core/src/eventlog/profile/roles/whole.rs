//! The whole file, of which the first rows are only a part.

use super::alike::is_alias;
use super::choose::Options;
use super::column::Column;
use super::confidence::{self, CASE_MARGIN};
use super::kind::Kind;
use super::table::Table;
use super::{Fixed, Role, Roles};
use crate::eventlog::profile::sample::Sample;

/// Columns that may be the case, by which the file is sampled.
const CASES: usize = 6;
/// Ids are no longer.
const LONGEST_ID: f64 = 45.0;

/// What is known of a column of the whole file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WholeColumn {
    pub filled: u64,
    pub distinct: u64,
}

/// Returns the columns that may be the case, by headings and first rows, the likeliest first. In the first rows of a
/// log that is sorted by time, each case may have one event.
pub(crate) fn case_candidates(names: &[String], sample: &Sample) -> Vec<usize> {
    let table = Table::new(names, sample);
    let mut rated: Vec<(f64, usize)> = table
        .columns
        .iter()
        .filter(|column| may_be_id(column))
        .map(|column| (rate(column), column.at))
        .collect();
    rated.sort_by(|one, other| other.0.total_cmp(&one.0));
    rated.into_iter().take(CASES).map(|(_, at)| at).collect()
}

/// Returns whether the first rows are not like the whole file, so that roles have to be decided on whole cases: a
/// column is filled less or more, constant in one of both, far less unique in the whole, or has many more values.
pub(crate) fn is_contradicted(sample: &Sample, rows: u64, whole: &[WholeColumn]) -> bool {
    if rows <= sample.rows as u64 {
        return false;
    }
    sample.columns.iter().zip(whole).any(|(head, whole)| {
        let share = |part: u64, of: u64| part as f64 / of.max(1) as f64;
        let (filled, distinct) = (head.filled() as u64, head.values.len() as u64);
        let fill = (share(filled, sample.rows as u64) - share(whole.filled, rows)).abs();
        let (unique, unique_in_whole) = (share(distinct, filled), share(whole.distinct, whole.filled));
        let is_sorted = distinct < 10 && whole.distinct >= 5 * distinct.max(4);
        fill > 0.2
            || (distinct <= 1) != (whole.distinct <= 1)
            || (unique > 0.7 && unique_in_whole < 0.8 * unique)
            || is_sorted
    })
}

/// Decides the roles on samples of whole cases, each with the column whose cases it holds.
pub(crate) fn decide_by_cases(names: &[String], samples: &[(usize, Sample)], fixed: &Fixed) -> Roles {
    let is_possible = |case: usize| fixed.case.map_or(!fixed.has(case), |stated| stated == case);
    let tables = samples.iter().filter(|(case, sample)| sample.rows > 0 && is_possible(*case));
    let mut runs: Vec<Run<'_>> =
        tables.map(|(case, sample)| Run::new(*case, Table::new(names, sample), fixed)).collect();
    runs.sort_by(|one, other| other.total().total_cmp(&one.total()));
    let Some((best, others)) = runs.split_first() else { return Roles::default() };
    let mut roles = confidence::roles(&best.table, &best.options, fixed);
    if let (Some(case), None) = (&mut roles.case, fixed.case)
        && let Some(rival) = others.iter().find(|other| !best.is_same_case(other.case))
    {
        let distinct = best.table.column(Some(best.case)).map_or(1, |case| case.distinct);
        let margin = best.total() - rival.total();
        let confidence = confidence::confidence(margin, CASE_MARGIN, best.table.rows(), distinct);
        (case.confidence, case.rival) = (case.confidence.min(confidence), Some(rival.case));
    }
    roles
}

/// One column as the case.
struct Run<'a> {
    case: usize,
    table: Table<'a>,
    options: Options,
}

impl<'a> Run<'a> {
    fn new(case: usize, table: Table<'a>, fixed: &Fixed) -> Self {
        let options = Options::new(&table, fixed, Some(case));
        Self { case, table, options }
    }

    fn total(&self) -> f64 {
        self.options.best().map_or(f64::NEG_INFINITY, |(best, _)| best.total)
    }

    fn is_same_case(&self, other: usize) -> bool {
        let (Some(one), Some(other)) = (self.table.column(Some(self.case)), self.table.column(Some(other)))
        else {
            return false;
        };
        is_alias(one, other)
    }
}

fn may_be_id(column: &Column<'_>) -> bool {
    let is_id = matches!(column.kind, Kind::Text | Kind::Integer | Kind::NumericDate);
    column.distinct > 0 && (is_id || column.name(Role::Case) >= 4.0) && column.length <= LONGEST_ID
}

fn rate(column: &Column<'_>) -> f64 {
    let many = (column.distinct as f64 + 1.0).log10().min(3.0);
    // A case that comes once in the first rows may come again; a running number does not.
    let unique = match column.unique() {
        unique if unique > 0.95 && column.is_counter() => -3.0,
        unique if unique > 0.95 => -1.0,
        _ => 0.0,
    };
    let digits = if column.kind == Kind::Text { column.digits - 0.5 } else { 0.0 };
    column.name(Role::Case) + many + unique + digits - 6.0 * (1.0 - column.fill())
}
