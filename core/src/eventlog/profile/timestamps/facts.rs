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
    /// It is written as 24:00.
    EndOfDay,
    /// It is a different date in another order of day and month.
    Ambiguous,
    /// It can only be read in these orders.
    Orders(Orders),
    Notation(Notation),
}

const ORDERS: usize = 7;
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
            Self::EndOfDay => 5,
            Self::Ambiguous => 6,
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
    pending: u64,
    /// That value.
    text: String,
    /// ISO dates without an offset, and with one, that are not in `places`.
    iso: [IsoCount; 2],
}

/// Nearly all values of nearly all logs are these: they are counted together when enough rows are kept.
#[derive(Clone, Copy, Debug, Default)]
struct IsoCount {
    count: u64,
    is_alone: bool,
}

impl Default for Facts {
    fn default() -> Self {
        Self {
            places: std::array::from_fn(|_| Places::default()),
            pending: 0,
            text: String::new(),
            iso: Default::default(),
        }
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
                self.pending |= 1_u64 << index;
            }
        }
    }

    /// Counts an ISO date that is a date like others; false if its facts are to be noted one by one.
    #[inline]
    pub fn count_iso(&mut self, zoned: bool) -> bool {
        let [without, with] = &mut self.iso;
        let iso = if zoned { with } else { without };
        iso.count += u64::from(iso.is_alone);
        iso.is_alone
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
            if pending & (1_u64 << index) != 0 {
                places.add(|| Some(row), || Some(self.text.clone()));
            }
        }
        let is_full = |fact: Fact| self.places.get(fact.index()).is_some_and(Places::is_full);
        let is_iso_full = is_full(Fact::Notation(Notation::Iso));
        let are_alone = [is_full(Fact::Unzoned), is_full(Fact::Zoned)];
        for (iso, is_alone) in self.iso.iter_mut().zip(are_alone) {
            iso.is_alone = is_alone && is_iso_full;
        }
    }

    pub fn count(&self, fact: Fact) -> u64 {
        self.places.get(fact.index()).map_or(0, |places| places.count) + self.iso_count(fact)
    }

    fn iso_count(&self, fact: Fact) -> u64 {
        let [without, with] = self.iso;
        match fact {
            Fact::Notation(Notation::Iso) => without.count + with.count,
            Fact::Unzoned => without.count,
            Fact::Zoned => with.count,
            _ => 0,
        }
    }

    /// The rows of a fact.
    pub fn places(&self, fact: Fact) -> Places {
        let mut places = self.places.get(fact.index()).cloned().unwrap_or_default();
        places.count += self.iso_count(fact);
        places
    }

    pub fn merge(&mut self, other: Self) {
        self.iso.iter_mut().zip(other.iso).for_each(|(own, other)| own.count += other.count);
        for (own, other) in self.places.iter_mut().zip(other.places) {
            own.merge(other);
        }
    }
}
