//! Which sheet of a workbook is the log, and what is said of the others.

use std::cmp::Reverse;

use super::survey::Survey;
use crate::eventlog::ReadError;
use crate::eventlog::report::EventLogSheet;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::report::problem::{ProblemCode, shortened};
use crate::progress::count;

/// How many other sheets are named; the rest is counted.
const NAMED: usize = 10;
/// A sheet that is hidden has to be much more like a log than one that is not.
const HIDDEN: u32 = 4;

/// The index of the sheet to read: the stated one, or the one that looks most like a log.
pub(super) fn choose(surveys: &[Survey], stated: Option<&str>) -> Result<usize, ReadError> {
    if let Some(name) = stated {
        return find(surveys, name);
    }
    let rank = |survey: &Survey| Rank::of(survey, surveys);
    let best = surveys.iter().enumerate().max_by_key(|(at, survey)| (rank(survey), Reverse(*at)));
    best.map(|(at, _)| at).ok_or(ReadError::Empty)
}

/// What makes one sheet the log rather than another, the most important first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    has_cells: bool,
    can_be_read: bool,
    likeness: u32,
    is_visible: bool,
    /// It is more than a sample beside sheets with the same headings.
    has_most: bool,
    rows: u64,
}

impl Rank {
    /// Sheets with the same headings are parts of one log, and its first part is to be read.
    fn of(survey: &Survey, all: &[Survey]) -> Self {
        let parts: Vec<&Survey> = all.iter().filter(|other| is_same_log(survey, other)).collect();
        let rows = parts.iter().map(|part| part.rows).sum();
        let most = parts.iter().map(|part| part.rows).max().unwrap_or_default();
        let likeness = parts.iter().map(|part| part.likeness).max().unwrap_or_default();
        let many = [10, 100, 1000].into_iter().map(|count| u32::from(rows >= count)).sum::<u32>();
        let hidden = if survey.sheet.hidden { HIDDEN } else { 0 };
        Self {
            has_cells: survey.sheet.has_cells,
            can_be_read: survey.rows > 0 && !survey.is_damaged,
            likeness: (likeness + many).saturating_sub(hidden),
            is_visible: !survey.sheet.hidden,
            has_most: survey.rows.saturating_mul(10) >= most,
            rows,
        }
    }
}

fn is_same_log(one: &Survey, other: &Survey) -> bool {
    std::ptr::eq(one, other) || has_same_headings(one, other)
}

fn find(surveys: &[Survey], name: &str) -> Result<usize, ReadError> {
    let folded = |name: &str| name.trim().to_lowercase();
    let exact = surveys.iter().position(|survey| survey.sheet.name == name);
    let any_case = || surveys.iter().position(|survey| folded(&survey.sheet.name) == folded(name));
    exact.or_else(any_case).ok_or_else(|| ReadError::UnknownSheet {
        name: name.to_owned(),
        sheets: surveys.iter().map(|survey| survey.sheet.name.clone()).collect(),
    })
}

/// Names the sheet that was read and the others in the outcome, and warns of rows that were not read.
pub(super) fn report_sheets(surveys: &[Survey], read: usize, outcome: &mut Outcome) {
    let rows = |at: usize, survey: &Survey| if at == read { outcome.tally.rows } else { survey.rows };
    let sheet = |(at, survey): (usize, &Survey)| EventLogSheet {
        name: survey.sheet.name.clone(),
        rows: count(rows(at, survey)),
        read: at == read,
        hidden: survey.sheet.hidden,
    };
    outcome.sheets = surveys.iter().enumerate().map(sheet).collect();
    outcome.sheet = surveys.get(read).map(|survey| survey.sheet.name.clone());
    if let Some(survey) = surveys.get(read).filter(|_| outcome.names.is_empty()) {
        let message = format!("The sheet {} is empty.", quoted(&survey.sheet.name));
        outcome.tally.problems.of_file(ProblemCode::EmptyFile, message);
    }
    if let Some(message) = message(surveys, read) {
        outcome.tally.problems.of_file(ProblemCode::MoreSheets, message);
    }
}

/// What has to be known of a workbook with several sheets.
fn message(surveys: &[Survey], read: usize) -> Option<String> {
    let log = surveys.get(read)?;
    let others = || surveys.iter().enumerate().filter(|(at, _)| *at != read).map(|(_, survey)| survey);
    let has_rows = |survey: &&Survey| survey.rows > 0 || survey.is_damaged;
    let is_same = |survey: &&Survey| has_same_headings(log, survey);
    let (same, different): (Vec<_>, Vec<_>) = others().filter(has_rows).partition(is_same);
    let first = surveys.iter().find(|survey| survey.sheet.has_cells)?;
    let mut parts = vec![format!("Only the sheet {} was read", with_state(log, None))];
    if !same.is_empty() {
        let rows = listed(same.iter().map(|survey| with_state(survey, Some(survey.rows))));
        parts.push(format!("The rows of sheets with the same headings are left out: {rows}"));
    }
    if !different.is_empty() {
        let rows = listed(different.iter().map(|survey| with_state(survey, Some(survey.rows))));
        parts.push(format!("Other sheets with rows: {rows}"));
    }
    if !std::ptr::eq(first, log) {
        parts.push(format!("ProcessMind may read the first sheet instead, {}", quoted(&first.sheet.name)));
    }
    (parts.len() > 1).then(|| parts.join(". ") + ".")
}

fn has_same_headings(one: &Survey, other: &Survey) -> bool {
    let same = |(one, other): (&String, &String)| one.trim().to_lowercase() == other.trim().to_lowercase();
    one.names.len() > 1
        && one.names.len() == other.names.len()
        && one.names.iter().zip(&other.names).all(same)
}

fn with_state(survey: &Survey, rows: Option<u64>) -> String {
    let mut facts = Vec::new();
    facts.extend(rows.map(|rows| format!("{rows} row{}", if rows == 1 { "" } else { "s" })));
    facts.extend(survey.sheet.hidden.then(|| "hidden".to_owned()));
    facts.extend(survey.is_damaged.then(|| "damaged".to_owned()));
    let name = quoted(&survey.sheet.name);
    if facts.is_empty() { name } else { format!("{name} ({})", facts.join(", ")) }
}

fn quoted(name: &str) -> String {
    format!("'{}'", shortened(name))
}

fn listed(names: impl ExactSizeIterator<Item = String>) -> String {
    let more = names.len().saturating_sub(NAMED);
    let shown: Vec<_> = names.take(NAMED).collect();
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    shown.join(", ") + &more
}
