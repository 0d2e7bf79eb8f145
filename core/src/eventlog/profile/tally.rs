//! What the rows of a log add up to. Several workers tally a part each, and their tallies add up.

use super::case_sample::CaseSampler;
use super::cases::{Event, NO_TIME};
use super::datetime::{self, Moment};
use super::distinct::{Distinct, hash};
use super::oddities::Oddities;
use super::roles::Role;
use super::sample::is_null_word;
use super::timeline::Timeline;
use super::timestamps::TimestampColumn;
use super::types::{Guess, Kind};
use crate::eventlog::report::problem::{Places, ProblemCode, Problems};

/// One column, as far as it was read.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    pub role: Option<Role>,
    /// It holds the time of day of the timestamp's date.
    pub is_clock: bool,
    pub guess: Guess,
    pub filled: u64,
    pub distinct: Distinct,
    /// The row is sampled if the hash of its value has none of these bits.
    sample_mask: u64,
}

impl Column {
    pub fn new(role: Option<Role>, columns: usize) -> Self {
        Self {
            role,
            is_clock: false,
            guess: Guess::new(),
            filled: 0,
            distinct: Distinct::new(columns),
            sample_mask: u64::MAX,
        }
    }

    /// Counts a value. Gives its hash, and false if it is known already.
    #[inline]
    fn count(&mut self, place: usize, value: &[u8], row: &mut Row) -> (u64, bool) {
        let hash = hash(value);
        self.filled += 1;
        let is_new = self.distinct.insert(hash);
        row.has_value = true;
        // Turned by its place, so that two values that change places make another row.
        row.hash ^= hash.rotate_left(place as u32);
        if hash & self.sample_mask == 0 {
            row.sampled.push((place, hash));
        }
        (hash, is_new)
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

impl<'a> Value<'a> {
    pub fn text(self) -> &'a [u8] {
        match self {
            Self::Text(text) | Self::Typed(_, text) | Self::Moment(_, text) => text,
        }
    }
}

/// The columns, the rows, and what is wrong with them.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub columns: Vec<Column>,
    pub rows: u64,
    pub problems: Problems,
    pub timeline: Timeline,
    pub timestamps: TimestampColumn,
    pub oddities: Oddities,
    pub cases: CaseSampler,
    /// Rows without case, activity and timestamp. They count too if a column gets its role only later.
    missing: [Places; 3],
    row: Row,
}

/// What a row has to have, in the order in which missing values are counted.
const NEEDED: [(Role, ProblemCode, &str); 3] = [
    (Role::Case, ProblemCode::MissingCaseId, "The row has no case id."),
    (Role::Activity, ProblemCode::MissingActivity, "The row has no activity."),
    (Role::Timestamp, ProblemCode::MissingTimestamp, "The row has no timestamp."),
];

/// The row that is being read.
#[derive(Debug, Default)]
struct Row {
    has_value: bool,
    /// The hash of all its values.
    hash: u64,
    case: Option<u64>,
    has_activity: bool,
    has_timestamp: bool,
    at: Option<i64>,
    clock: Option<i64>,
    bad_clock: Option<(usize, Box<[u8]>)>,
    is_odd: bool,
    /// The columns by whose values it is sampled, and the hashes of these.
    sampled: Vec<(usize, u64)>,
}

impl Row {
    fn clear(&mut self) {
        let mut sampled = std::mem::take(&mut self.sampled);
        sampled.clear();
        *self = Self { sampled, ..Self::default() };
    }
}

impl Tally {
    /// For columns with these roles.
    pub fn new(roles: impl ExactSizeIterator<Item = Option<Role>>, timestamps: TimestampColumn) -> Self {
        let count = roles.len();
        Self { columns: roles.map(|role| Column::new(role, count)).collect(), timestamps, ..Self::default() }
    }

    /// Takes the time of day of each timestamp from another column.
    pub fn set_clock(&mut self, place: usize) {
        if let Some(column) = self.columns.get_mut(place) {
            column.is_clock = true;
        }
    }

    /// Keeps whole cases, each by the values of one of these columns.
    pub fn sample_cases(&mut self, candidates: &[usize]) {
        self.cases = CaseSampler::new(candidates);
        self.set_masks();
    }

    fn set_masks(&mut self) {
        for (place, mask) in self.cases.masks() {
            if let Some(column) = self.columns.get_mut(place) {
                column.sample_mask = mask;
            }
        }
    }

    /// Takes a value that is written out; a blank one says nothing.
    #[inline]
    pub fn see_text(&mut self, place: usize, value: &[u8]) {
        let trimmed = value.trim_ascii();
        if trimmed.is_empty() {
            return;
        }
        // A value beyond the last column is one, too.
        self.row.has_value = true;
        let Some(column) = self.columns.get_mut(place) else { return };
        let (hash, is_new) = column.count(place, value, &mut self.row);
        let moment = if is_new { column.guess.see_text(trimmed) } else { None };
        match column.role {
            None if column.is_clock => self.see_clock(place, trimmed),
            None | Some(Role::Resource) => {}
            Some(Role::Timestamp) => {
                self.row.has_timestamp = true;
                self.row.at = self.timestamps.read(trimmed, moment);
            }
            Some(role) => self.see_id(role, hash, value, trimmed),
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
        let (hash, _) = column.count(place, text, &mut self.row);
        match column.role {
            None if column.is_clock => self.see_clock(place, text.trim_ascii()),
            None | Some(Role::Resource) => {}
            Some(Role::Timestamp) => {
                self.row.has_timestamp = true;
                self.row.at = match value {
                    Value::Moment(moment, text) => self.timestamps.take(moment, text),
                    Value::Typed(kind, text) => self.timestamps.read_typed(kind, text),
                    Value::Text(text) => self.timestamps.read(text.trim_ascii(), None),
                };
            }
            Some(role) => self.see_id(role, hash, text, text.trim_ascii()),
        }
    }

    /// Takes a value of the timestamp that is not a moment, which its reader reports.
    pub fn see_unreadable(&mut self, place: usize, value: Value<'_>) {
        if let Some(column) = self.columns.get_mut(place) {
            column.guess.see_kind(Kind::String);
            column.count(place, value.text(), &mut self.row);
            self.row.has_timestamp = true;
        }
    }

    /// Takes the value of the case or of the activity.
    #[inline]
    fn see_id(&mut self, role: Role, hash: u64, value: &[u8], trimmed: &[u8]) {
        match role {
            Role::Case => self.row.case = Some(hash),
            _ => self.row.has_activity = true,
        }
        self.row.is_odd |= self.oddities.see(role, hash, value, trimmed);
    }

    #[cold]
    fn see_clock(&mut self, place: usize, value: &[u8]) {
        self.row.clock = datetime::clock(value);
        if self.row.clock.is_none() && !is_null_word(value) {
            self.row.bad_clock = Some((place, value.into()));
            self.row.is_odd = true;
        }
    }

    /// Whether the row that is being read has no value at all.
    #[inline]
    pub fn is_blank_row(&self) -> bool {
        !self.row.has_value
    }

    /// The row that was read has no value: it is no event.
    #[cold]
    pub fn skip_blank_row(&mut self, line: u64) {
        let message = || "The row has no value in any column, and is skipped.".to_owned();
        self.problems.add(ProblemCode::BlankRows, None, || Some(line), message, || None);
        self.row.clear();
    }

    /// The row that was read has no value and is not reported: a sheet has formatted rows below its table.
    pub fn forget_row(&mut self) {
        self.row.clear();
    }

    /// Whether the row that is being read belongs to a case that is kept.
    #[inline]
    pub fn is_sampled_row(&self) -> bool {
        !self.row.sampled.is_empty()
    }

    /// Keeps the row that is being read. `order` grows from row to row of the file.
    #[cold]
    pub fn keep_row<'a, V: Iterator<Item = &'a [u8]>>(&mut self, order: u64, values: impl Fn() -> V) {
        let sampled = &self.row.sampled;
        let hash_of = |column| sampled.iter().find(|(place, _)| *place == column).map(|(_, hash)| *hash);
        self.cases.add(order, hash_of, values);
        self.set_masks();
    }

    /// The row is complete. Gives its event if it has a case.
    #[inline]
    pub fn end_row(&mut self, line: impl Fn() -> u64) -> Option<Event> {
        self.rows += 1;
        if let (Some(at), Some(clock)) = (&mut self.row.at, self.row.clock) {
            *at += clock;
        }
        if let Some(at) = self.row.at {
            self.timeline.add(at);
        }
        let Row { case, has_activity, at, hash, is_odd, .. } = self.row;
        if is_odd || case.is_none() || !has_activity || at.is_none() || self.timestamps.has_issue() {
            self.end_odd_row(&line);
        }
        self.row.clear();
        Some(Event { case: case?, at: at.unwrap_or(NO_TIME), row: hash })
    }

    #[cold]
    fn end_odd_row(&mut self, line: &dyn Fn() -> u64) {
        let row = &mut self.row;
        let missing = [row.case.is_none(), !row.has_activity, !row.has_timestamp];
        for (places, _) in self.missing.iter_mut().zip(missing).filter(|(_, is_missing)| *is_missing) {
            places.add(|| Some(line()), || None);
        }
        if let Some((place, text)) = row.bad_clock.take() {
            let message = || "The time of day can't be read.".to_owned();
            let example = || Some(String::from_utf8_lossy(&text).into_owned());
            self.problems.add(
                ProblemCode::UnreadableTimestamp,
                Some(place),
                || Some(line()),
                message,
                example,
            );
        }
        self.oddities.end_row(line);
        self.timestamps.record(line);
    }

    /// The row that ended comes before an earlier one of its case in time.
    pub fn report_out_of_order(&mut self, line: impl FnOnce() -> Option<u64>) {
        let message = || "The event comes after a later one of its case.".to_owned();
        let place = self.place_of(Role::Timestamp);
        self.problems.add(ProblemCode::EventsOutOfOrder, place, line, message, || None);
    }

    /// The row that ended is a copy of an earlier one.
    pub fn report_copy(&mut self, line: impl FnOnce() -> Option<u64>) {
        let message = || "The row is an exact copy of an earlier one.".to_owned();
        self.problems.add(ProblemCode::DuplicateRows, None, line, message, || None);
    }

    /// The column with this role.
    pub fn place_of(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// Reports what can be said only when all rows are read.
    pub fn finish(&mut self) {
        let missing = std::mem::take(&mut self.missing);
        for (places, (role, code, message)) in missing.into_iter().zip(NEEDED) {
            if let Some(place) = self.place_of(role).filter(|_| places.count > 0) {
                self.problems.of_places(code, place, places, message.to_owned());
            }
        }
        let (case, activity) = (self.place_of(Role::Case), self.place_of(Role::Activity));
        std::mem::take(&mut self.oddities).finish(case, activity, &mut self.problems);
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
        self.timestamps.merge(other.timestamps);
        self.oddities.merge(other.oddities);
        self.cases.merge(other.cases);
        for (own, other) in self.missing.iter_mut().zip(other.missing) {
            own.merge(other);
        }
    }
}
