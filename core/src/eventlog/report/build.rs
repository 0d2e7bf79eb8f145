//! From what a reader found to the report.

use std::collections::HashMap;

use crate::eventlog::profile::cases::Cases;
use crate::eventlog::profile::datetime::to_text;
use crate::eventlog::profile::roles::Role;
use crate::eventlog::profile::tally::{Column, Tally};
use crate::eventlog::read::header::{find_header, is_date, is_value};
use crate::eventlog::report::problem::{ProblemCode, Problems, shortened};
use crate::eventlog::report::{EventLogColumn, EventLogReport};
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
    pub cases: Cases,
    pub delimiter: Option<char>,
    pub encoding: Option<&'static str>,
}

impl Outcome {
    pub fn report(mut self, file_name: Option<String>, format: Format) -> EventLogReport {
        self.check_headings();
        self.check_roles();
        self.described(file_name, format)
    }

    fn described(self, file_name: Option<String>, format: Format) -> EventLogReport {
        let Self { names, header_row, tally, cases, delimiter, encoding, .. } = self;
        let Tally { columns, rows, mut problems, timeline, stamps, .. } = tally;
        let is_sure = stamps.is_sure();
        if !is_sure {
            // The moments were not what they were taken for.
            problems.forget(ProblemCode::EventsOutOfOrder);
        }
        if let Some(place) = place_of(&columns, Role::Timestamp) {
            stamps.finish(place, &mut problems);
        }
        tell_lost_letters(&names, &mut problems);
        let problems = problems.finish(|place| names.get(place).cloned().unwrap_or_default());
        let case = columns.iter().find(|column| column.role == Some(Role::Case));
        let counted = cases.count();
        let distinct = |column: &Column| {
            let counted = counted.filter(|_| column.role == Some(Role::Case));
            // An estimate may go beyond what is possible.
            counted.unwrap_or_else(|| column.distinct.count().min(column.filled))
        };
        EventLogReport {
            file_name,
            format: format.suffix().to_owned(),
            encoding: encoding.map(str::to_owned),
            delimiter: delimiter.map(String::from),
            header_row: header_row.map(count),
            rows: count(rows),
            cases: case.map(|case| count(distinct(case))),
            cases_estimated: case.is_some() && counted.is_none(),
            events_over_time: if is_sure { timeline.finish() } else { Vec::new() },
            ok: problems.iter().all(|problem| problem.severity != Severity::Error.as_str()),
            problems,
            columns: names
                .into_iter()
                .zip(&columns)
                .map(|(name, column)| described(name, column, distinct(column)))
                .collect(),
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
        outcome.described(file_name, format)
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

fn described(name: String, column: &Column, distinct: u64) -> EventLogColumn {
    let span = column.guess.span();
    EventLogColumn {
        name,
        r#type: column.guess.kind().as_str().to_owned(),
        role: column.role.map(|role| role.as_str().to_owned()),
        filled: count(column.filled),
        distinct: count(distinct),
        first: span.map(|span| to_text(span.first, span.zoned)),
        last: span.map(|span| to_text(span.last, span.zoned)),
    }
}
