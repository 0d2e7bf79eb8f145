//! The columns of a log: one for every key that traces have, and one for every key that events have.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use crate::eventlog::ReadError;
use crate::eventlog::limits::check_count;

/// Stands before the keys of traces.
pub(super) const OF_TRACE: &str = "case:";

/// Who has an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    Trace,
    Event,
}

type Places = HashMap<String, usize, RandomState>;

/// The columns, in the order in which their keys come.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub names: Vec<String>,
    of_traces: Places,
    of_events: Places,
    /// The last trace and the last event that had the attribute.
    last: Vec<[u64; 2]>,
    /// An attribute of events has the name of one of traces, such as `case:concept:name`.
    pub has_shared_names: bool,
}

impl Columns {
    /// The column of a key, which is a new one if no other owner had it.
    pub fn place(&mut self, owner: Owner, key: &str) -> Result<usize, ReadError> {
        let places = if owner == Owner::Trace { &self.of_traces } else { &self.of_events };
        match places.get(key) {
            Some(place) => Ok(*place),
            None => self.add(owner, key),
        }
    }

    #[cold]
    fn add(&mut self, owner: Owner, key: &str) -> Result<usize, ReadError> {
        let (name, other) = match owner {
            Owner::Trace => {
                let name = format!("{OF_TRACE}{key}");
                let other = self.of_events.get(&name).copied();
                (name, other)
            }
            Owner::Event => {
                (key.to_owned(), key.strip_prefix(OF_TRACE).and_then(|key| self.of_traces.get(key)).copied())
            }
        };
        let place = other.unwrap_or(self.names.len());
        if other.is_none() {
            check_count(place + 1)?;
            self.names.push(name);
            self.last.push([0; 2]);
        }
        self.has_shared_names |= other.is_some();
        let places = if owner == Owner::Trace { &mut self.of_traces } else { &mut self.of_events };
        places.insert(key.to_owned(), place);
        Ok(place)
    }

    /// Whether this trace or event, by its number, has the attribute for the second time.
    #[inline]
    pub fn is_twice(&mut self, place: usize, owner: Owner, number: u64) -> bool {
        let Some([of_trace, of_event]) = self.last.get_mut(place) else { return false };
        let last = if owner == Owner::Trace { of_trace } else { of_event };
        std::mem::replace(last, number) == number
    }

    pub fn is_of_events(&self, key: &str) -> bool {
        self.of_events.contains_key(key)
    }

    /// The keys of traces with their columns, in the order of the file.
    pub fn of_traces(&self) -> Vec<(&str, usize)> {
        let mut keys: Vec<_> = self.of_traces.iter().map(|(key, place)| (&key[..], *place)).collect();
        keys.sort_unstable_by_key(|(_, place)| *place);
        keys
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_traces_and_events_are_columns_of_their_own() {
        let mut columns = Columns::default();
        let mut place = |owner, key| columns.place(owner, key).unwrap();
        assert_eq!(place(Owner::Trace, "name"), 0);
        assert_eq!(place(Owner::Event, "name"), 1);
        assert_eq!(place(Owner::Trace, "name"), 0);
        assert_eq!(place(Owner::Event, "case:name"), 0, "it has the same name");
        assert_eq!(place(Owner::Event, "case:id"), 2);
        assert_eq!(place(Owner::Trace, "id"), 2);
        assert_eq!(columns.names, ["case:name", "name", "case:id"]);
        assert_eq!(columns.of_traces(), [("name", 0), ("id", 2)]);
        assert!(columns.has_shared_names);
    }

    #[test]
    fn an_attribute_that_occurs_twice_is_found() {
        let mut columns = Columns::default();
        let place = columns.place(Owner::Event, "name").unwrap();
        assert!(!columns.is_twice(place, Owner::Event, 1));
        assert!(columns.is_twice(place, Owner::Event, 1));
        assert!(!columns.is_twice(place, Owner::Trace, 1));
        assert!(!columns.is_twice(place, Owner::Event, 2));
    }
}
