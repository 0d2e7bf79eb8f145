//! From when to when dates are, and in which orders of day and month they can be read.

use crate::eventlog::profile::datetime::{ByOrder, Moment, Order, Reading};

/// Orders of day and month: a bit each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Orders(u8);

impl Orders {
    pub const ALL: Self = Self(0b111);

    pub fn of<T: Copy + PartialEq>(dates: &ByOrder<T>) -> Self {
        Self::all_of(|order| dates.get(order).is_some())
    }

    /// The orders of which something is true.
    pub fn all_of(is_true: impl Fn(Order) -> bool) -> Self {
        let bit = |order: Order| if is_true(order) { 1 << order as u8 } else { 0 };
        Self(bit(Order::Day) | bit(Order::Month) | bit(Order::Year))
    }

    /// Every set of orders.
    pub fn sets() -> impl Iterator<Item = Self> {
        (1..=Self::ALL.0).map(Self)
    }

    pub fn has(self, order: Order) -> bool {
        self.0 & (1 << order as u8) != 0
    }

    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// A number for each set of orders, below eight.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// From when to when the dates of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub first: i64,
    pub last: i64,
    /// One of the values has an offset.
    pub zoned: bool,
}

impl Default for Span {
    fn default() -> Self {
        Self { first: i64::MAX, last: i64::MIN, zoned: false }
    }
}

impl Span {
    #[inline]
    pub fn add(&mut self, moment: Moment) {
        self.first = self.first.min(moment.micros);
        self.last = self.last.max(moment.micros);
        self.zoned |= moment.zoned;
    }

    pub fn merge(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.zoned |= other.zoned;
    }

    pub fn is_empty(&self) -> bool {
        self.first > self.last
    }

    fn length(&self) -> i64 {
        self.last.saturating_sub(self.first)
    }
}

/// The span of a column in each order that its dates may have.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spans {
    pub day: Span,
    pub month: Span,
    pub year: Span,
}

impl Spans {
    pub fn add(&mut self, reading: &Reading) {
        let ByOrder { day, month, year } = reading.moments;
        for (span, moment) in [(&mut self.day, day), (&mut self.month, month), (&mut self.year, year)] {
            if let Some(moment) = moment {
                span.add(moment);
            }
        }
    }

    /// Adds a moment that is the same in every order.
    pub fn add_certain(&mut self, moment: Moment) {
        [&mut self.day, &mut self.month, &mut self.year].into_iter().for_each(|span| span.add(moment));
    }

    pub fn merge(&mut self, other: &Self) {
        self.day.merge(&other.day);
        self.month.merge(&other.month);
        self.year.merge(&other.year);
    }

    pub fn get(&self, order: Order) -> &Span {
        match order {
            Order::Day => &self.day,
            Order::Month => &self.month,
            Order::Year => &self.year,
        }
    }

    /// The order that dates have if all of these are possible: the day is first unless nothing speaks for it.
    ///
    /// `24-01-13` is read with the year first if that keeps the dates much closer together: days taken for years
    /// spread over thirty of them.
    pub fn likely(&self, possible: Orders) -> Order {
        let usual = if possible.has(Order::Day) { Order::Day } else { Order::Month };
        let is_closer = || {
            let (year, usual) = (self.get(Order::Year), self.get(usual));
            !year.is_empty() && year.length().saturating_mul(4) < usual.length()
        };
        if possible.has(Order::Year) && (!possible.has(usual) || is_closer()) { Order::Year } else { usual }
    }
}
