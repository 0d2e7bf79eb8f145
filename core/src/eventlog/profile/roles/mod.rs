//! Which column is the case, the activity, the timestamp and the resource of an event log.

mod alike;
mod candidates;
mod cases;
mod choose;
mod clock;
mod column;
mod confidence;
mod kind;
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

pub(crate) use self::names::is_known_heading;
pub(crate) use self::whole::{WholeColumn, case_candidates, decide_by_cases, is_contradicted};

use crate::eventlog::profile::sample::Sample;

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
    /// From 0 to 1, which is stated or without a rival. A role below one half is a guess that is to be reported.
    pub confidence: f64,
    /// The column that would have the role otherwise.
    pub rival: Option<usize>,
}

impl Choice {
    fn stated(column: usize) -> Self {
        Self { column, confidence: 1.0, rival: None }
    }
}

/// The columns that have the roles.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Roles {
    pub case: Option<Choice>,
    pub activity: Option<Choice>,
    pub timestamp: Option<Choice>,
    pub resource: Option<Choice>,
    /// The column that holds the time of day of the timestamp, which is only a date.
    pub time_of_day: Option<usize>,
    /// How much speaks for these roles. A table that is not an event log has little.
    pub score: f64,
}

impl Roles {
    /// The roles of columns that have them by the standard of their format.
    pub fn certain(columns: impl Iterator<Item = Option<Role>>) -> Self {
        let mut roles = Self::default();
        for (column, role) in columns.enumerate() {
            if let Some(role) = role {
                *roles.place(role) = Some(Choice::stated(column));
            }
        }
        roles
    }

    /// The roles that columns have.
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

    fn place(&mut self, role: Role) -> &mut Option<Choice> {
        match role {
            Role::Case => &mut self.case,
            Role::Activity => &mut self.activity,
            Role::Timestamp => &mut self.timestamp,
            Role::Resource => &mut self.resource,
        }
    }

    fn has(&self, column: usize) -> bool {
        self.all().any(|(_, choice)| choice.column == column)
    }
}

/// Decides which columns have the roles, by their headings and by how their values behave.
pub(crate) fn decide(names: &[String], sample: &Sample, fixed: &Fixed) -> Roles {
    let table = Table::new(names, sample);
    confidence::roles(&table, &Options::new(&table, fixed, None), fixed)
}

#[cfg(test)]
mod tests;
