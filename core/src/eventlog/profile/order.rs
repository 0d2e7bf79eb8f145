//! The events in the order of the file: which cases there are, and what is wrong with the order and with copies of rows.

use super::cases::{Cases, Event};
use super::duplicates::Duplicates;
use super::tally::Tally;

/// Takes the events of a log, one after the other.
#[derive(Debug, Default)]
pub(crate) struct EventOrder {
    pub cases: Cases,
    duplicates: Duplicates,
}

impl EventOrder {
    /// Counts up to so many cases exactly.
    pub fn up_to(cases: usize) -> Self {
        Self { cases: Cases::up_to(cases), duplicates: Duplicates::default() }
    }

    /// Takes the next event; the line is asked for if something is wrong with it.
    #[inline]
    pub fn add(&mut self, event: Event, tally: &mut Tally, line: impl Fn() -> u64) {
        if self.cases.add(event) {
            tally.report_out_of_order(|| Some(line()));
        }
        if self.duplicates.is_copy(event.row) {
            tally.report_copy(|| Some(line()));
        }
    }

    /// How many copies of rows there are, and whether that is an estimate.
    pub fn copies(&self) -> (u64, bool) {
        (self.duplicates.count(), self.duplicates.is_estimated())
    }
}
