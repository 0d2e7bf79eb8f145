//! Which column is the case, the activity, the timestamp and the resource of an event log.

mod alike;
mod candidates;
mod cases;
mod choose;
mod clock;
mod column;
mod confidence;
mod legacy;
mod moments;
mod names;
mod resource;
mod sequence;
mod table;
mod talk;
mod timing;
mod weigh;
mod whole;
mod words;

use self::choose::Options;
use self::table::Table;

pub(crate) use self::legacy::{Sample, is_known, roles};
pub(crate) use self::names::is_known_heading;
pub(crate) use self::whole::{WholeColumn, case_candidates, decide_by_cases, is_contradicted};

use crate::eventlog::profile::sample;

/// What a column is for an event log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Case,
    Activity,
    Timestamp,
    Resource,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Case, Self::Activity, Self::Timestamp, Self::Resource];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Case => "case",
            Self::Activity => "activity",
            Self::Timestamp => "timestamp",
            Self::Resource => "resource",
        }
    }
}

/// The columns that the caller states.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Fixed {
    pub case: Option<usize>,
    pub activity: Option<usize>,
    pub timestamp: Option<usize>,
    pub resource: Option<usize>,
}

impl Fixed {
    fn of(&self, role: Role) -> Option<usize> {
        match role {
            Role::Case => self.case,
            Role::Activity => self.activity,
            Role::Timestamp => self.timestamp,
            Role::Resource => self.resource,
        }
    }

    fn has(&self, column: usize) -> bool {
        Role::ALL.iter().any(|role| self.of(*role) == Some(column))
    }
}

/// A column that has a role.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Choice {
    pub column: usize,
    /// From 0 to 1; below one half the role is a guess that has to be reported. 1 if it was stated.
    pub confidence: f64,
    /// The column that would have the role otherwise.
    pub rival: Option<usize>,
}

/// The roles of the columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Roles {
    pub case: Option<Choice>,
    pub activity: Option<Choice>,
    pub timestamp: Option<Choice>,
    pub resource: Option<Choice>,
    /// The column that has the time of day, where the timestamp is only a date.
    pub time_of_day: Option<usize>,
    /// How much speaks for these roles.
    pub score: f64,
}

impl Choice {
    fn stated(column: usize) -> Self {
        Self { column, confidence: 1.0, rival: None }
    }
}

impl Roles {
    /// Whether a column has a role.
    fn has(&self, column: usize) -> bool {
        let choices = [self.case, self.activity, self.timestamp, self.resource];
        choices.iter().flatten().any(|choice| choice.column == column)
    }
}

/// Decides which columns have the roles, by their headings and by how their values behave.
pub(crate) fn decide(names: &[String], sample: &sample::Sample, fixed: &Fixed) -> Roles {
    let table = Table::new(names, sample);
    confidence::roles(&table, &Options::new(&table, fixed, None), fixed)
}
