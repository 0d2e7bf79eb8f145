//! Which column is the case, the activity, the timestamp and the resource of an event log.

mod alike;
mod choose;
mod clock;
mod column;
mod datetime;
mod legacy;
mod moments;
mod names;
mod pair;
mod talk;
mod weigh;
mod words;

use choose::Table;
pub(crate) use legacy::{Sample, is_known, roles};
pub(crate) use names::is_known_heading;

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

impl Roles {
    fn place(&mut self, role: Role) -> &mut Option<Choice> {
        match role {
            Role::Case => &mut self.case,
            Role::Activity => &mut self.activity,
            Role::Timestamp => &mut self.timestamp,
            Role::Resource => &mut self.resource,
        }
    }

    /// The roles that are given, with their columns.
    pub fn all(&self) -> impl Iterator<Item = (Role, &Choice)> {
        let choices = [&self.case, &self.activity, &self.timestamp, &self.resource];
        Role::ALL.into_iter().zip(choices).filter_map(|(role, choice)| Some((role, choice.as_ref()?)))
    }

    /// Whether the same columns have the same roles.
    pub fn has_same_columns(&self, other: &Self) -> bool {
        let columns = |roles: &Self| {
            [roles.case, roles.activity, roles.timestamp, roles.resource]
                .map(|choice| choice.map(|choice| choice.column))
        };
        columns(self) == columns(other) && self.time_of_day == other.time_of_day
    }

    fn taken(&self) -> Vec<usize> {
        let choices = [self.case, self.activity, self.timestamp, self.resource];
        choices.iter().flatten().map(|choice| choice.column).collect()
    }
}

/// Decides which columns have the roles, by their headings and by how their values behave.
pub(crate) fn decide(names: &[String], sample: &sample::Sample, fixed: &Fixed) -> Roles {
    Table::new(names, sample).decide(fixed)
}

/// What the whole file holds of a column.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WholeColumn {
    pub filled: u64,
    pub distinct: u64,
}

pub(crate) fn case_candidates(_: &[String], _: &sample::Sample) -> Vec<usize> {
    Vec::new()
}
pub(crate) fn is_contradicted(_: &sample::Sample, _: u64, _: &[WholeColumn]) -> bool {
    false
}
pub(crate) fn decide_by_cases(_: &[String], _: &[(usize, sample::Sample)], _: &Fixed) -> Roles {
    Roles::default()
}
