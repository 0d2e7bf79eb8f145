//! From what a reader found to the report.

use std::collections::HashMap;

use crate::eventlog::profile::datetime::{Span, to_text};
use crate::eventlog::profile::order::EventOrder;
use crate::eventlog::profile::roles::{Role, Roles};
use crate::eventlog::profile::tally::{Column, Tally};
use crate::eventlog::profile::timestamps::TimestampColumn;
use crate::eventlog::profile::types::Kind;
use crate::eventlog::read::header::{find_header, is_date, is_value};
use crate::eventlog::report::problem::{ProblemCode, Problems, shortened};
use crate::eventlog::report::text::grouped;
use crate::eventlog::report::{EventLogColumn, EventLogReport, EventLogSheet};
use crate::eventlog::{Format, ReadError, Severity};
use crate::progress::count;

/// What a reader found, whatever the format.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub names: Vec<String>,
    /// The row of the headings, where the format has one.
    pub header_row: Option<u64>,
    /// Whether that row is one of data, where the reader has compared it with the rows below.
    pub header_is_data: Option<bool>,
    pub tally: Tally,
    pub order: EventOrder,
    /// What decided which column has which role.
    pub roles: Roles,
    pub delimiter: Option<char>,
    pub encoding: Option<&'static str>,
    /// The sheet of a workbook that was read, and all sheets.
    pub sheet: Option<String>,
    pub sheets: Vec<EventLogSheet>,
}

impl Outcome {
    pub fn report(mut self, file_name: Option<String>, format: Format) -> EventLogReport {
        self.check_headings();
        self.check_roles();
        self.check_copies();
        self.tally.finish();
        self.describe(file_name, format)
    }

    fn describe(self, file_name: Option<String>, format: Format) -> EventLogReport {
        let Self { names, header_row, tally, order, roles, delimiter, encoding, sheet, sheets, .. } = self;
        let Tally { columns, rows, mut problems, timeline, timestamps, .. } = tally;
        let is_sure = timestamps.is_sure();
        if !is_sure {
            // The moments are not what they were taken for.
            problems.forget(ProblemCode::EventsOutOfOrder);
        }
        let dates = columns.iter().map(|column| DateSummary::of(column, &timestamps)).collect::<Vec<_>>();
        if let Some(place) = place_of(&columns, Role::Timestamp) {
            timestamps.finish(place, &mut problems);
        }
        tell_lost_letters(&names, &mut problems);
        let problems = problems.finish(format, |place| names.get(place).cloned().unwrap_or_default());
        let case = columns.iter().find(|column| column.role == Some(Role::Case));
        let counted = order.cases.count();
        let distinct = |column: &Column| {
            let counted = counted.filter(|_| column.role == Some(Role::Case));
            // An estimate may go beyond what is possible.
            counted.unwrap_or_else(|| column.distinct.count().min(column.filled))
        };
        let described = |(((place, name), column), dates): (((usize, String), &Column), DateSummary)| {
            let confidence = roles.all().find(|(_, choice)| choice.column == place);
            EventLogColumn {
                name,
                r#type: dates.kind.as_str().to_owned(),
                role: column.role.map(|role| role.as_str().to_owned()),
                confidence: confidence.map(|(_, choice)| (choice.confidence * 100.0).round() / 100.0),
                filled: count(column.filled),
                distinct: count(distinct(column)),
                notation: dates.notation.map(str::to_owned),
                first: dates.span.map(|span| to_text(span.first, span.zoned)),
                last: dates.span.map(|span| to_text(span.last, span.zoned)),
            }
        };
        EventLogReport {
            file_name,
            format: format.suffix().to_owned(),
            encoding: encoding.map(str::to_owned),
            delimiter: delimiter.map(String::from),
            header_row: header_row.map(count),
            sheet,
            sheets,
            rows: count(rows),
            cases: case.map(|case| count(distinct(case))),
            cases_estimated: case.is_some() && counted.is_none(),
            events_over_time: if is_sure { timeline.finish() } else { Vec::new() },
            ok: problems.iter().all(|problem| problem.severity != Severity::Error.as_str()),
            problems,
            columns: names.into_iter().enumerate().zip(&columns).zip(dates).map(described).collect(),
        }
    }

    fn check_copies(&mut self) {
        let (copies, is_estimated) = self.order.copies();
        if is_estimated {
            self.tally.problems.set_count(ProblemCode::DuplicateRows, copies, |count| {
                format!(
                    "About {} rows are exact copies of an earlier one.",
                    grouped(crate::progress::count(count))
                )
            });
        }
    }

    fn check_headings(&mut self) {
        let Some(row) = self.header_row else { return };
        let problems = &mut self.tally.problems;
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for (place, name) in self.names.iter().enumerate() {
            if name.trim().is_empty() {
                let message = || format!("Column {} has no heading.", place + 1);
                problems.add(ProblemCode::EmptyHeading, Some(place), || Some(row), message, || None);
            } else if let Some(first) = seen.insert(name.trim(), place) {
                let message = || format!("Columns {} and {} have the same heading.", first + 1, place + 1);
                problems.add(
                    ProblemCode::DuplicateHeading,
                    Some(place),
                    || Some(row),
                    message,
                    || Some(name.clone()),
                );
            }
        }
        let is_data = self.header_is_data.unwrap_or_else(|| {
            let names = self.names.iter().map(String::as_str).collect();
            find_header(&[names]).is_data
        });
        if let Some(value) = first_value(&self.names).filter(|_| is_data) {
            let message = || format!("'{}' is a value, not a heading.", shortened(value));
            problems.add(
                ProblemCode::HeaderIsData,
                None,
                || Some(row),
                message,
                || Some(self.names.join(", ")),
            );
        }
    }

    fn check_roles(&mut self) {
        let tally = &mut self.tally;
        if tally.problems.has(ProblemCode::EmptyFile) {
            return;
        }
        if tally.rows == 0 {
            return tally.problems.of_file(ProblemCode::NoRows, "There are headings and no rows.");
        }
        let unseen = [ProblemCode::HeaderIsData, ProblemCode::NoDelimiter, ProblemCode::QuotedLines];
        if unseen.into_iter().any(|code| tally.problems.has(code)) {
            // Without headings, or with one column, it is no wonder.
            return;
        }
        for (role, code, what) in [
            (Role::Case, ProblemCode::NoCaseColumn, "case id"),
            (Role::Activity, ProblemCode::NoActivityColumn, "activity"),
            (Role::Timestamp, ProblemCode::NoTimestampColumn, "timestamp"),
        ] {
            if tally.place_of(role).is_none() {
                tally.problems.of_file(code, format!("No column can be the {what}."));
            }
        }
        for (role, choice) in self.roles.all().filter(|(_, choice)| choice.confidence < 0.5) {
            let name = |place: usize| self.names.get(place).map(|name| shortened(name)).unwrap_or_default();
            let message = match choice.rival {
                Some(rival) => {
                    format!("The {} is a guess: it could also be '{}'.", role.as_str(), name(rival))
                }
                None => format!("The {} is a guess: nothing else can be it.", role.as_str()),
            };
            let row = self.header_row;
            self.tally.problems.add(
                ProblemCode::UncertainRole,
                Some(choice.column),
                || row,
                || message,
                || None,
            );
        }
        if let (Some(time), Some(date)) = (self.roles.time_of_day, &self.roles.timestamp) {
            let name = self.names.get(time).map(|name| shortened(name)).unwrap_or_default();
            let message = || format!("The time of day is in another column, '{name}'.");
            let row = self.header_row;
            self.tally.problems.add(
                ProblemCode::TimeInOtherColumn,
                Some(date.column),
                || row,
                message,
                || None,
            );
        }
    }
}

impl EventLogReport {
    /// Of a file in which no log was found.
    pub(crate) fn of_unreadable(why: &ReadError, file_name: Option<String>, format: Format) -> Self {
        let code = match why {
            ReadError::Empty => ProblemCode::EmptyFile,
            _ => ProblemCode::Unreadable,
        };
        let mut outcome = Outcome::default();
        outcome.tally.problems.of_file(code, sentence(&why.to_string()));
        outcome.describe(file_name, format)
    }
}

/// A replacement character in what is shown is never without a word on it.
fn tell_lost_letters(names: &[String], problems: &mut Problems) {
    let is_shown =
        problems.show_lost_letters() || names.iter().any(|name| name.contains(char::REPLACEMENT_CHARACTER));
    let is_told =
        [ProblemCode::WrongLetters, ProblemCode::MixedEncoding].into_iter().any(|code| problems.has(code));
    if is_shown && !is_told {
        let message = "Letters were lost: there are replacement characters (U+FFFD) in their place.";
        problems.of_file(ProblemCode::WrongLetters, message);
    }
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

fn place_of(columns: &[Column], role: Role) -> Option<usize> {
    columns.iter().position(|column| column.role == Some(role))
}

/// The heading that shows best that all of them are values.
fn first_value(names: &[String]) -> Option<&String> {
    let mut filled = names.iter().filter(|name| !name.trim().is_empty());
    filled
        .clone()
        .find(|name| is_date(name))
        .or_else(|| filled.clone().find(|name| is_value(name)))
        .or_else(|| filled.next())
}

/// The type of a column, and what its dates add up to.
struct DateSummary {
    kind: Kind,
    notation: Option<&'static str>,
    span: Option<Span>,
}

impl DateSummary {
    fn of(column: &Column, timestamps: &TimestampColumn) -> Self {
        // The timestamp's own column is read in more notations than others.
        if column.role == Some(Role::Timestamp) && timestamps.kind() == Kind::Datetime {
            return Self {
                kind: Kind::Datetime,
                notation: timestamps.notation_name(),
                span: timestamps.span(),
            };
        }
        let kind = column.guess.kind();
        if column.role == Some(Role::Timestamp) && kind == Kind::Datetime {
            // Cells with dates and cells with text: several notations.
            return Self { kind: Kind::String, notation: None, span: None };
        }
        Self { kind, notation: column.guess.notation_name(), span: column.guess.span() }
    }
}
