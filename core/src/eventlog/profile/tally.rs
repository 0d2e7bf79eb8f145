//! What the rows of a log add up to. Several workers tally a part each, and their tallies add up.

use crate::eventlog::profile::cases::{Event, NO_TIME};
use crate::eventlog::profile::datetime::Moment;
use crate::eventlog::profile::distinct::{Distinct, hash};
use crate::eventlog::profile::roles::Role;
use crate::eventlog::profile::timeline::Timeline;
use crate::eventlog::profile::timestamps::TimestampColumn;
use crate::eventlog::profile::types::{Guess, Kind};
use crate::eventlog::report::problem::{ProblemCode, Problems};

/// One column, as far as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub role: Option<Role>,
    pub guess: Guess,
    pub filled: u64,
    pub distinct: Distinct,
}

impl Column {
    pub fn new(role: Option<Role>, columns: usize) -> Self {
        Self { role, guess: Guess::new(), filled: 0, distinct: Distinct::new(columns) }
    }
}

/// A value, with the text that a person sees: values are the same if their texts are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Value<'a> {
    /// Its type is what its text looks like.
    Text(&'a [u8]),
    /// The file states its type.
    Typed(Kind, &'a [u8]),
    /// The file states that it is a date, and which.
    Moment(Moment, &'a [u8]),
}

/// The columns, the rows, and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub columns: Vec<Column>,
    pub rows: u64,
    pub problems: Problems,
    pub timeline: Timeline,
    pub stamps: TimestampColumn,
    row: Row,
}

/// The row that is being read.
#[derive(Debug, Default)]
struct Row {
    case: Option<u64>,
    has_activity: bool,
    has_timestamp: bool,
    at: Option<i64>,
}

impl Tally {
    pub fn new(roles: impl ExactSizeIterator<Item = Option<Role>>, stamps: TimestampColumn) -> Self {
        let count = roles.len();
        Self { columns: roles.map(|role| Column::new(role, count)).collect(), stamps, ..Self::default() }
    }

    /// Takes a value that is written out; a blank one says nothing.
    #[inline]
    pub fn see_text(&mut self, place: usize, value: &[u8]) {
        let (Some(column), trimmed) = (self.columns.get_mut(place), value.trim_ascii()) else { return };
        if trimmed.is_empty() {
            return;
        }
        let hash = hash(value);
        column.filled += 1;
        column.distinct.insert(hash);
        let moment = column.guess.see_text(trimmed);
        match column.role {
            Some(Role::Case) => self.row.case = Some(hash),
            Some(Role::Activity) => self.row.has_activity = true,
            Some(Role::Timestamp) => {
                self.row.has_timestamp = true;
                self.row.at = self.stamps.read(trimmed, moment);
            }
            _ => {}
        }
    }

    /// Takes a value of a file that states types.
    pub fn see(&mut self, place: usize, value: Value<'_>) {
        let Some(column) = self.columns.get_mut(place) else { return };
        let text = match value {
            Value::Text(text) => return self.see_text(place, text),
            Value::Typed(kind, text) => {
                column.guess.see_kind(kind);
                text
            }
            Value::Moment(moment, text) => {
                column.guess.see_moment(moment);
                text
            }
        };
        let key = hash(text);
        column.filled += 1;
        column.distinct.insert(key);
        match column.role {
            Some(Role::Case) => self.row.case = Some(key),
            Some(Role::Activity) => self.row.has_activity = true,
            Some(Role::Timestamp) => {
                self.row.has_timestamp = true;
                self.row.at = match value {
                    Value::Moment(moment, text) => self.stamps.take(moment, text),
                    Value::Typed(kind, text) => self.stamps.read_typed(kind, text),
                    Value::Text(text) => self.stamps.read(text.trim_ascii(), None),
                };
            }
            _ => {}
        }
    }

    /// The row is complete. Gives its event, where it has a case.
    #[inline]
    pub fn end_row(&mut self, line: impl Fn() -> u64) -> Option<Event> {
        self.rows += 1;
        let row = std::mem::take(&mut self.row);
        if let Some(at) = row.at {
            self.timeline.add(at);
        }
        if row.case.is_none() || !row.has_activity || row.at.is_none() || self.stamps.has_issue() {
            self.end_odd_row(&row, &line);
        }
        Some(Event { case: row.case?, at: row.at.unwrap_or(NO_TIME) })
    }

    #[cold]
    fn end_odd_row(&mut self, row: &Row, line: &dyn Fn() -> u64) {
        let missing = [
            (Role::Case, row.case.is_none(), ProblemCode::MissingCaseId, "The row has no case id."),
            (Role::Activity, !row.has_activity, ProblemCode::MissingActivity, "The row has no activity."),
            (Role::Timestamp, !row.has_timestamp, ProblemCode::MissingTimestamp, "The row has no timestamp."),
        ];
        for (role, is_missing, code, message) in missing {
            if is_missing && let Some(place) = self.place_of(role) {
                self.problems.add(code, Some(place), || Some(line()), || message.to_owned(), || None);
            }
        }
        self.stamps.record(line);
    }

    /// A value stands beside the table, in a column without a heading.
    pub fn tell_beside(&mut self, line: u64, value: Value<'_>) {
        let text = match value {
            Value::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
            _ => None,
        };
        let message = || "A value is in a column that has no heading.".to_owned();
        self.problems.add(ProblemCode::RaggedRow, None, || Some(line), message, || text);
    }

    /// The row that ended is not where its time would have it.
    pub fn tell_late(&mut self, line: impl FnOnce() -> Option<u64>) {
        let message = || "The event comes after a later one of its case.".to_owned();
        let place = self.place_of(Role::Timestamp);
        self.problems.add(ProblemCode::EventsOutOfOrder, place, line, message, || None);
    }

    /// The column with this role.
    pub fn place_of(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// Adds what another worker has tallied.
    pub fn merge(&mut self, other: Self) {
        for (own, other) in self.columns.iter_mut().zip(other.columns) {
            own.guess.merge(&other.guess);
            own.filled += other.filled;
            own.distinct.merge(other.distinct);
        }
        self.rows += other.rows;
        self.problems.merge(other.problems);
        self.timeline.merge(other.timeline);
        self.stamps.merge(other.stamps);
    }
}
