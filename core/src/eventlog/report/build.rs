//! From what a reader found to the report.

use std::collections::HashMap;

use crate::eventlog::profile::cases::Cases;
use crate::eventlog::profile::datetime::to_text;
use crate::eventlog::profile::roles::{Role, is_known};
use crate::eventlog::profile::tally::{Column, Tally};
use crate::eventlog::profile::types::{Guess, Kind};
use crate::eventlog::report::problem::{ProblemCode, shortened};
use crate::eventlog::report::{EventLogColumn, EventLogReport};
use crate::eventlog::{Format, ReadError, Severity};
use crate::progress::count;

/// What a reader found, whatever the format.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub names: Vec<String>,
    /// The row of the headings, where the format has one.
    pub header_row: Option<u64>,
    pub tally: Tally,
    pub cases: Cases,
    pub delimiter: Option<char>,
    pub encoding: Option<&'static str>,
}

impl Outcome {
    pub fn report(mut self, file_name: Option<String>, format: Format) -> EventLogReport {
        self.check_headings();
        self.check_roles();
        self.tally.tell_missing();
        self.described(file_name, format)
    }

    fn described(self, file_name: Option<String>, format: Format) -> EventLogReport {
        let Self { names, tally, cases, delimiter, encoding, .. } = self;
        let Tally { columns, rows, mut problems, timeline, stamps, .. } = tally;
        let is_sure = stamps.is_sure();
        if !is_sure {
            // The moments were not what they were taken for.
            problems.forget(ProblemCode::EventsOutOfOrder);
        }
        if let Some(place) = place_of(&columns, Role::Timestamp) {
            stamps.finish(place, &mut problems);
        }
        let problems = problems.finish(format, |place| names.get(place).cloned().unwrap_or_default());
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
        if let Some(value) = data_among(&self.names) {
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
        if tally.problems.has(ProblemCode::HeaderIsData) {
            // Without headings it is no wonder.
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

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

fn place_of(columns: &[Column], role: Role) -> Option<usize> {
    columns.iter().position(|column| column.role == Some(role))
}

/// A heading that is a date; or a number, where no heading is a name that logs have.
fn data_among(names: &[String]) -> Option<&String> {
    let kind = |name: &&String| {
        let mut guess = Guess::new();
        guess.see_text(name.trim().as_bytes());
        if name.trim().is_empty() { Kind::String } else { guess.kind() }
    };
    let date = names.iter().find(|name| kind(name) == Kind::Datetime);
    date.or_else(|| {
        let number = names.iter().find(|name| matches!(kind(name), Kind::Integer | Kind::Number));
        number.filter(|_| !names.iter().any(|name| is_known(name)))
    })
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
