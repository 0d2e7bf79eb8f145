//! The roles of attributes: those that the caller states, those of the standard, or the best substitutes.

use crate::eventlog::profile::roles::Role;
use crate::eventlog::profile::tally::{Column, Tally};
use crate::eventlog::profile::types::Kind;
use crate::eventlog::read::xes::classifier::Classifiers;
use crate::eventlog::read::xes::columns::{Columns, OF_TRACE};
use crate::eventlog::stated::Stated;

/// The headings of the columns with roles.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Roles {
    case: String,
    activity: String,
    timestamp: String,
    resource: String,
}

impl Roles {
    pub fn new(stated: &Stated) -> Self {
        let or =
            |stated: &Option<String>, standard: &str| stated.as_deref().unwrap_or(standard).trim().to_owned();
        Self {
            case: or(&stated.case, "case:concept:name"),
            activity: or(&stated.activity, "concept:name"),
            timestamp: or(&stated.timestamp, "time:timestamp"),
            resource: or(&stated.resource, "org:resource"),
        }
    }

    pub fn of(&self, name: &str) -> Option<Role> {
        match name.trim() {
            name if name == self.case => Some(Role::Case),
            name if name == self.activity => Some(Role::Activity),
            name if name == self.timestamp => Some(Role::Timestamp),
            name if name == self.resource => Some(Role::Resource),
            _ => None,
        }
    }

    /// Other roles for a log without a case or an activity, if another column can be it.
    pub fn fallback(
        &self,
        stated: &Stated,
        columns: &Columns,
        classifiers: &Classifiers,
        found: &Found<'_>,
    ) -> Option<Self> {
        let lacks = |role, stated: &Option<String>| stated.is_none() && !found.has(role);
        let mut roles = self.clone();
        if lacks(Role::Case, &stated.case)
            && let Some(key) = found.case(columns)
        {
            roles.case = format!("{OF_TRACE}{key}");
        }
        if lacks(Role::Activity, &stated.activity)
            && let Some(key) = classifiers.activity(|key| columns.is_of_events(key))
        {
            roles.activity = key;
        }
        (roles != *self).then_some(roles)
    }
}

/// What a log without names of traces has.
#[derive(Debug)]
pub(super) struct Found<'a> {
    pub tally: &'a Tally,
    /// How many traces have events.
    pub traces: u64,
}

impl Found<'_> {
    /// Whether a column has the role, and values.
    fn has(&self, role: Role) -> bool {
        self.tally.columns.iter().any(|column| column.role == Some(role) && column.filled > 0)
    }

    /// The attribute of traces that tells them apart: an id by its name, or the only one.
    fn case<'c>(&self, columns: &'c Columns) -> Option<&'c str> {
        let candidates = columns.of_traces();
        let identity = |key: &&str| key.starts_with("identity:");
        let ids = || {
            candidates
                .iter()
                .filter(|(key, place)| is_id(key) && self.tells_apart(*place, 2))
                .map(|(key, _)| *key)
        };
        let only = || match &candidates[..] {
            [(key, place)] if self.tells_apart(*place, 1) => Some(*key),
            _ => None,
        };
        ids().find(|key| !identity(key)).or_else(|| ids().next()).or_else(only)
    }

    /// Whether every event has a value, and at most so many traces share one. Beyond a few hundred values their number is an
    /// estimate, for which there is some room.
    fn tells_apart(&self, place: usize, sharing: u64) -> bool {
        let Some(Column { guess, filled, distinct, .. }) = self.tally.columns.get(place) else {
            return false;
        };
        let distinct = distinct.count();
        let can_be_id = matches!(guess.kind(), Kind::String | Kind::Integer);
        can_be_id
            && *filled == self.tally.rows
            && (distinct > 1 || self.traces <= 1)
            && (distinct + distinct / 8) * sharing >= self.traces
    }
}

/// Whether a key is `id`, or ends in a word that is: `ID`, `case_id`, `caseId`, `identity:id`.
fn is_id(key: &str) -> bool {
    let Some(before) = key.len().checked_sub(2).and_then(|at| key.split_at_checked(at)) else { return false };
    let (before, end) = before;
    let is_apart = before.chars().next_back().is_none_or(|last| !last.is_alphanumeric());
    end.eq_ignore_ascii_case("id") && (is_apart || end.starts_with('I')) || key.eq_ignore_ascii_case("caseid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stated_columns_take_the_place_of_those_of_the_standard() {
        let stated = Stated { activity: Some("step".to_owned()), ..Stated::default() };
        let roles = Roles::new(&stated);
        assert_eq!(roles.of("step"), Some(Role::Activity));
        assert_eq!(roles.of("concept:name"), None);
        assert_eq!(roles.of("case:concept:name"), Some(Role::Case));
        assert_eq!(roles.of("org:group"), None);
    }

    #[test]
    fn names_of_ids() {
        for key in
            ["id", "ID", "Id", "case_id", "case id", "caseId", "caseID", "caseid", "identity:id", "Case-Id"]
        {
            assert!(is_id(key), "{key}");
        }
        for key in ["", "i", "paid", "valid", "idea", "x", "grid", "variant", "é", "éd"] {
            assert!(!is_id(key), "{key}");
        }
    }
}
