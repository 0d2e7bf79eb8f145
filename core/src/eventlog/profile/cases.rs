//! Which cases there are, and whether their events come in the order of time.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

/// In place of a time that is not known.
pub(crate) const NO_TIME: i64 = i64::MIN;

/// One event, as far as its case is concerned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Event {
    /// The hash of the case id. Two ids share one once in billions.
    pub case: u64,
    /// When it happened, in microseconds, or [`NO_TIME`].
    pub at: i64,
    /// The hash of all values of its row.
    pub row: u64,
}

/// The latest time of every case. Up to a limit: beyond it new cases are only estimated.
#[derive(Debug, Default)]
pub(crate) struct Cases {
    latest: HashMap<u64, i64, RandomState>,
    limit: usize,
    is_full: bool,
}

impl Cases {
    /// At most so many. A table of hashes doubles when it is 7/8 full, at 17 bytes a place.
    pub fn up_to(limit: usize) -> Self {
        Self { latest: HashMap::default(), limit, is_full: false }
    }

    /// Takes an event; true where a later one of its case came before it.
    #[inline]
    pub fn add(&mut self, event: Event) -> bool {
        let count = self.latest.len();
        match self.latest.entry(event.case) {
            Entry::Occupied(mut latest) => {
                let is_late = event.at != NO_TIME && event.at < *latest.get();
                if event.at > *latest.get() {
                    latest.insert(event.at);
                }
                is_late
            }
            Entry::Vacant(place) if count < self.limit => {
                place.insert(event.at);
                false
            }
            Entry::Vacant(_) => {
                self.is_full = true;
                false
            }
        }
    }

    /// Whether the case has events; never true of one that was not counted.
    pub fn contains(&self, case: u64) -> bool {
        self.latest.contains_key(&case)
    }

    /// How many cases there are; nothing where there are more than were counted.
    pub fn count(&self) -> Option<u64> {
        (!self.is_full).then_some(self.latest.len() as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_before_a_later_one_of_its_case_is_found() {
        let mut cases = Cases::up_to(10);
        let late: Vec<_> = [(1, 5), (2, 1), (1, 5), (1, 3), (2, NO_TIME), (2, 0), (1, 4), (1, 9)]
            .map(|(case, at)| cases.add(Event { case, at, row: 0 }))
            .into();
        assert_eq!(late, [false, false, false, true, false, true, true, false]);
        assert_eq!(cases.count(), Some(2));
    }

    #[test]
    fn beyond_the_limit_the_count_is_not_known() {
        let mut cases = Cases::up_to(3);
        for case in 0..5 {
            cases.add(Event { case, at: 1, row: 0 });
        }
        assert_eq!(cases.count(), None);
        assert!(cases.add(Event { case: 0, at: 0, row: 0 }), "the order of known cases is still checked");
    }
}
