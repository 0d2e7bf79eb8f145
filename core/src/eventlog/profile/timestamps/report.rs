//! What is wrong with the column of timestamps.

use crate::eventlog::profile::datetime::{Notation, Order, Orders, describe};
use crate::eventlog::profile::timestamps::TimestampColumn;
use crate::eventlog::profile::timestamps::facts::Fact;
use crate::eventlog::report::problem::{Places, ProblemCode, Problems};

impl TimestampColumn {
    /// Adds what is wrong with the column to the problems.
    pub fn finish(self, column: usize, problems: &mut Problems) {
        let mut add = |code: ProblemCode, places: Places, message: String| {
            if places.count > 0 {
                problems.of_places(code, column, places, message);
            }
        };
        if let Some((places, message)) = self.other_notations() {
            add(ProblemCode::MixedDateNotations, places, message);
        } else if let Some((places, message)) = self.uncommon_notation() {
            add(ProblemCode::UncommonDateNotation, places, message);
        } else {
            let message = "Few services read 24:00 as the end of the day.";
            add(ProblemCode::UncommonDateNotation, self.facts.places(Fact::EndOfDay), message.to_owned());
        }
        if let Some((places, message)) = self.other_orders() {
            add(ProblemCode::MixedDateOrder, places, message);
        } else if self.shows_month_first().is_none() && self.shown_order() != Order::Year {
            let message = "The date could have the day or the month first, and so could all others.";
            add(ProblemCode::AmbiguousDateOrder, self.facts.places(Fact::Ambiguous), message.to_owned());
        }
        let (places, message) = self.other_zones();
        add(ProblemCode::MixedTimeZones, places, message.to_owned());

        let places = self.facts.places(Fact::Unreadable);
        let what = places.example().and_then(describe).unwrap_or("can't be read as a date");
        add(ProblemCode::UnreadableTimestamp, places, format!("The timestamp {what}."));
        let message = "The date is a placeholder, far from all others.";
        add(ProblemCode::PlaceholderDate, self.facts.places(Fact::Placeholder), message.to_owned());
        let message = "The time does not exist: in its time zone the clocks skip it.";
        add(ProblemCode::NonexistentTime, self.facts.places(Fact::Nonexistent), message.to_owned());
    }

    /// The dates that are not in the notation of most, if there are several.
    fn other_notations(&self) -> Option<(Places, String)> {
        let notations: Vec<Notation> = self.notations().collect();
        if notations.len() < 2 {
            return None;
        }
        let order = self.shown_order();
        let mut found: Vec<(Notation, Places)> = notations
            .into_iter()
            .map(|notation| (notation, self.facts.places(Fact::Notation(notation))))
            .collect();
        let first_row = |places: &Places| places.first_row().unwrap_or(u64::MAX);
        found.sort_by_key(|(_, places)| (std::cmp::Reverse(places.count), first_row(places)));
        let names = found.iter().map(|(notation, places)| match places.first_row() {
            Some(row) => format!("{} (first in line {row})", notation.name(order)),
            None => notation.name(order).to_owned(),
        });
        let message =
            format!("Dates are written in {} ways: {}.", found.len(), names.collect::<Vec<_>>().join("; "));
        Some((merged(found.into_iter().skip(1).map(|(_, places)| places)), message))
    }

    fn uncommon_notation(&self) -> Option<(Places, String)> {
        let notation = self.notation().filter(|notation| notation.is_uncommon())?;
        let message = match notation {
            Notation::Serial => {
                "The dates are Excel serial numbers without a date format: format the column as a date."
                    .to_owned()
            }
            _ => format!(
                "Few services read dates that are written like this ({}).",
                notation.name(self.shown_order())
            ),
        };
        Some((self.facts.places(Fact::Notation(notation)), message))
    }

    /// The dates that do not have the order of most, if no order fits all.
    fn other_orders(&self) -> Option<(Places, String)> {
        if self.has_one_order() {
            return None;
        }
        let order = self.shown_order();
        let others = || Orders::sets().filter(|orders| !orders.has(order));
        let other = Order::ALL.into_iter().max_by_key(|other| {
            let fits = others().filter(|orders| orders.has(*other));
            // Of the equal ones the first.
            (
                fits.map(|orders| self.facts.count(Fact::Orders(orders))).sum::<u64>(),
                std::cmp::Reverse(*other as u8),
            )
        })?;
        let message =
            format!("The date has the {} first, where most have the {} first.", other.name(), order.name());
        Some((merged(others().map(|orders| self.facts.places(Fact::Orders(orders)))), message))
    }

    /// The dates without an offset if most have one, or those with one.
    fn other_zones(&self) -> (Places, &'static str) {
        let (zoned, unzoned) = (self.facts.places(Fact::Zoned), self.facts.places(Fact::Unzoned));
        if unzoned.count <= zoned.count {
            (unzoned, "The timestamp has no offset from UTC, where others have one.")
        } else {
            (zoned, "The timestamp has an offset from UTC, where others have none.")
        }
    }
}

fn merged(places: impl Iterator<Item = Places>) -> Places {
    places.fold(Places::default(), |mut all, places| {
        all.merge(places);
        all
    })
}
