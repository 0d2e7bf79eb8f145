//! What is known of the values of a column: how many have a trait, in which rows, and an example.

use crate::eventlog::profile::datetime::{Notation, Orders};
use crate::eventlog::report::problem::Places;

/// A trait of a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fact {
    Unreadable,
    Zoned,
    Unzoned,
    /// It stands for no date.
    Placeholder,
    /// The clocks of its zone skip it.
    Nonexistent,
    /// It is a different date in another order of day and month.
    Ambiguous,
    /// It can only be read in these orders.
    Orders(Orders),
    Notation(Notation),
}

const ORDERS: usize = 6;
const NOTATIONS: usize = ORDERS + 8;
const COUNT: usize = NOTATIONS + Notation::ALL.len();

impl Fact {
    fn index(self) -> usize {
        match self {
            Self::Unreadable => 0,
            Self::Zoned => 1,
            Self::Unzoned => 2,
            Self::Placeholder => 3,
            Self::Nonexistent => 4,
            Self::Ambiguous => 5,
            Self::Orders(orders) => ORDERS + orders.index(),
            Self::Notation(notation) => NOTATIONS + notation as usize,
        }
    }
}

/// Counts facts. The rows of the first values are kept, and asked for only then.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    places: [Places; COUNT],
    /// The facts of the value that was read last whose row is still to be kept: a bit each.
    pending: u32,
    /// That value.
    text: String,
}

impl Default for Facts {
    fn default() -> Self {
        Self { places: std::array::from_fn(|_| Places::default()), pending: 0, text: String::new() }
    }
}

impl Facts {
    #[inline]
    pub fn note(&mut self, fact: Fact) {
        let index = fact.index();
        if let Some(places) = self.places.get_mut(index) {
            if places.is_full() {
                places.count += 1;
            } else {
                self.pending |= 1 << index;
            }
        }
    }

    /// Whether the row of the value that was read last is to be kept.
    #[inline]
    pub fn has_pending(&self) -> bool {
        self.pending != 0
    }

    /// Keeps the value whose facts are noted, if its row is to be kept.
    #[inline]
    pub fn keep_text(&mut self, text: &[u8]) {
        if self.has_pending() {
            self.text.clear();
            self.text.push_str(&String::from_utf8_lossy(text));
        }
    }

    /// Keeps the row of the value that was read last.
    pub fn record(&mut self, row: &dyn Fn() -> u64) {
        let pending = std::mem::take(&mut self.pending);
        if pending == 0 {
            return;
        }
        let row = row();
        for (index, places) in self.places.iter_mut().enumerate() {
            if pending & (1 << index) != 0 {
                places.add(|| Some(row), || Some(self.text.clone()));
            }
        }
    }

    pub fn count(&self, fact: Fact) -> u64 {
        self.places.get(fact.index()).map_or(0, |places| places.count)
    }

    /// Takes the rows of a fact out.
    pub fn take(&mut self, fact: Fact) -> Places {
        self.places.get_mut(fact.index()).map(std::mem::take).unwrap_or_default()
    }

    pub fn merge(&mut self, other: Self) {
        self.places.iter_mut().zip(other.places).for_each(|(own, other)| drop(own.merge(other)));
    }
}
