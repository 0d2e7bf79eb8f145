//! The column of timestamps: which of its values are dates, in which notations, and which moments they are.

mod facts;
mod placeholders;
mod report;

use self::facts::{Fact, Facts};
use self::placeholders::{is_placeholder, may_be_placeholder};
use crate::eventlog::profile::datetime::{
    self, Moment, Notation, Order, Orders, Reading, SerialStart, Span, Spans,
};
use crate::eventlog::profile::types::Kind;

/// Reads the timestamps of a log.
#[derive(Clone, Debug, Default)]
pub(crate) struct TimestampColumn {
    /// Which part of a date is first if several are possible.
    order: Order,
    /// The day from which numbers in cells count.
    pub serial_start: SerialStart,
    /// From when to when the log is, without placeholders: of the sample if there is one, else so far.
    usual: Span,
    has_sample: bool,
    facts: Facts,
    /// From when to when the dates are whose order is clear.
    certain: Span,
    /// The same of the others, in each order.
    uncertain: Spans,
}

impl TimestampColumn {
    /// Takes the order of day and month from the first values of the column.
    pub fn of_sample<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let values: Vec<&[u8]> =
            values.into_iter().map(<[u8]>::trim_ascii).filter(|value| !value.is_empty()).collect();
        let read = |order| {
            let mut sample = Self { order, ..Self::default() };
            for value in &values {
                sample.read(value, None);
                sample.record(&|| 0);
            }
            sample
        };
        // In another order a placeholder is not seen as one.
        read(read(Order::default()).shown_order()).next_pass()
    }

    /// A column for the same values from the start, read in the order that all of them show.
    pub fn next_pass(&self) -> Self {
        Self {
            order: self.shown_order(),
            serial_start: self.serial_start,
            usual: self.usual,
            has_sample: true,
            ..Self::default()
        }
    }

    /// Reads a value that is written out, without blanks around it; `iso` is what it is in ISO 8601, if that is known
    /// already. Gives its moment, or nothing if it is not readable or a placeholder.
    #[inline]
    pub fn read(&mut self, text: &[u8], iso: Option<Moment>) -> Option<i64> {
        let Some(moment) = iso.or_else(|| datetime::iso(text)) else { return self.read_other(text) };
        let is_usual = self.has_sample && !moment.is_odd() && !may_be_placeholder(moment);
        if is_usual && self.facts.count_iso(moment.zoned) {
            self.certain.add(moment);
            return Some(moment.micros);
        }
        self.add_certain(Notation::Iso, moment, text)
    }

    /// Takes a date that the file states as one.
    pub fn take(&mut self, moment: Moment, text: &[u8]) -> Option<i64> {
        self.add_certain(Notation::Typed, moment, text)
    }

    /// Reads a value that the file states to be of another type than a date. A worksheet keeps dates as numbers.
    pub fn read_typed(&mut self, kind: Kind, text: &[u8]) -> Option<i64> {
        let number = || {
            let serial = datetime::serial(text, self.serial_start).map(|moment| (Notation::Serial, moment));
            serial.or_else(|| datetime::number(text))
        };
        match matches!(kind, Kind::Integer | Kind::Number).then(number).flatten() {
            Some((notation, moment)) => self.add_certain(notation, moment, text),
            None => self.add_unreadable(text),
        }
    }

    #[cold]
    fn read_other(&mut self, text: &[u8]) -> Option<i64> {
        if let Some(reading) = datetime::read(text) {
            return self.add_reading(&reading, text);
        }
        match datetime::number(text) {
            Some((notation, moment)) => self.add_certain(notation, moment, text),
            None => self.add_unreadable(text),
        }
    }

    fn add_unreadable(&mut self, text: &[u8]) -> Option<i64> {
        self.facts.note(Fact::Unreadable);
        self.facts.keep_text(text);
        None
    }

    fn add_certain(&mut self, notation: Notation, moment: Moment, text: &[u8]) -> Option<i64> {
        self.facts.note(Fact::Notation(notation));
        self.certain.add(moment);
        self.add_moment(moment, text)
    }

    fn add_reading(&mut self, reading: &Reading, text: &[u8]) -> Option<i64> {
        let dates = &reading.moments;
        let moment = Order::ALL.iter().filter_map(|order| dates.get(*order)).next()?;
        if !reading.notation.has_order() {
            return self.add_certain(reading.notation, moment, text);
        }
        self.facts.note(Fact::Notation(reading.notation));
        self.facts.note(Fact::Orders(reading.orders()));
        let is_ambiguous = dates.day.is_some_and(|day| dates.month.is_some_and(|month| day != month));
        if is_ambiguous && !reading.notation.has_dots() {
            self.facts.note(Fact::Ambiguous);
        }
        self.uncertain.add(reading);
        self.add_moment(dates.get(self.order).unwrap_or(moment), text)
    }

    fn add_moment(&mut self, moment: Moment, text: &[u8]) -> Option<i64> {
        self.facts.note(if moment.zoned { Fact::Zoned } else { Fact::Unzoned });
        if moment.is_skipped {
            self.facts.note(Fact::Nonexistent);
        }
        if moment.is_end_of_day {
            self.facts.note(Fact::EndOfDay);
        }
        let is_placeholder = is_placeholder(moment, &self.usual);
        if is_placeholder {
            self.facts.note(Fact::Placeholder);
        } else if !self.has_sample {
            self.usual.add(moment);
        }
        self.facts.keep_text(text);
        (!is_placeholder).then_some(moment.micros)
    }

    /// Whether [`Self::record`] is to be called for the value that was read last.
    #[inline]
    pub fn has_issue(&self) -> bool {
        self.facts.has_pending()
    }

    /// Keeps the row of the value that was read last.
    pub fn record(&mut self, row: &dyn Fn() -> u64) {
        self.facts.record(row);
    }

    /// Adds what another worker has read.
    pub fn merge(&mut self, other: Self) {
        self.usual.merge(&other.usual);
        self.facts.merge(other.facts);
        self.certain.merge(&other.certain);
        self.uncertain.merge(&other.uncertain);
    }

    /// Whether the moments are what they were taken for: all dates have the order that was expected.
    pub fn is_sure(&self) -> bool {
        // A spreadsheet takes 02/01/2024 for a date in February, and leaves 13/01/2024 as text.
        let is_half_converted = self.ordered() > 0 && self.facts.count(Fact::Notation(Notation::Typed)) > 0;
        self.has_one_order() && !self.needs_next_pass() && !is_half_converted
    }

    /// Whether another pass over the values would give the right moments: [`Self::next_pass`].
    pub fn needs_next_pass(&self) -> bool {
        self.has_one_order() && self.ordered() > 0 && self.shown_order() != self.order
    }

    /// Whether the dates of the whole column have the month first; nothing if none of them shows it.
    pub fn shows_month_first(&self) -> Option<bool> {
        let (day, month) = (self.fitting(Order::Day), self.fitting(Order::Month));
        (day != month).then_some(month > day)
    }

    /// A date if all values were read, in one notation with one order.
    pub fn kind(&self) -> Kind {
        let is_readable = self.facts.count(Fact::Unreadable) == 0;
        match self.notation() {
            Some(_) if is_readable && self.has_one_order() => Kind::Datetime,
            _ => Kind::String,
        }
    }

    /// The first and the last date of a column of dates.
    pub fn span(&self) -> Option<Span> {
        let mut span = self.certain;
        if self.ordered() > 0 {
            span.merge(self.uncertain.get(self.shown_order()));
        }
        (self.kind() == Kind::Datetime && !span.is_empty()).then_some(span)
    }

    /// What people call the notation of the column, if it has one.
    pub fn notation_name(&self) -> Option<&'static str> {
        self.notation().map(|notation| notation.name(self.shown_order()))
    }

    fn notation(&self) -> Option<Notation> {
        let mut found = self.notations();
        let first = found.next();
        if found.next().is_some() { None } else { first }
    }

    fn notations(&self) -> impl Iterator<Item = Notation> {
        Notation::ALL.into_iter().filter(|notation| self.facts.count(Fact::Notation(*notation)) > 0)
    }

    /// The order that fits most dates; of several the one that the sample shows.
    fn shown_order(&self) -> Order {
        let most = Order::ALL.map(|order| self.fitting(order)).into_iter().max().unwrap_or(0);
        let orders = Orders::all_of(|order| self.fitting(order) == most);
        let is_expected = self.order != Order::default() && orders.has(self.order);
        if is_expected { self.order } else { self.uncertain.likely(orders) }
    }

    /// Whether one order fits all dates.
    fn has_one_order(&self) -> bool {
        Order::ALL.iter().any(|order| self.fitting(*order) == self.ordered())
    }

    /// How many dates can be read in this order.
    fn fitting(&self, order: Order) -> u64 {
        let sets = Orders::sets().filter(|orders| orders.has(order));
        sets.map(|orders| self.facts.count(Fact::Orders(orders))).sum()
    }

    /// How many dates have an order.
    fn ordered(&self) -> u64 {
        Orders::sets().map(|orders| self.facts.count(Fact::Orders(orders))).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::profile::datetime::to_text;
    use crate::eventlog::report::EventLogProblem;
    use crate::eventlog::report::problem::Problems;
    use proptest::prelude::*;
    use proptest::sample::select;

    /// A column that has read the values, the first in row 2, and the moments that it gave.
    fn column(values: &[&str]) -> (TimestampColumn, Vec<Option<i64>>) {
        let column = TimestampColumn::of_sample(values.iter().map(|value| value.as_bytes()));
        read_on(column, values, 2)
    }

    fn read_on(
        mut column: TimestampColumn,
        values: &[&str],
        row: u64,
    ) -> (TimestampColumn, Vec<Option<i64>>) {
        let mut moments = Vec::new();
        for (value, row) in values.iter().zip(row..) {
            moments.push(column.read(value.as_bytes(), None));
            if column.has_issue() {
                column.record(&|| row);
            }
        }
        (column, moments)
    }

    fn report(column: TimestampColumn) -> Vec<EventLogProblem> {
        let mut problems = Problems::default();
        column.finish(0, &mut problems);
        problems.finish(crate::eventlog::Format::Csv, |_| "when".to_owned())
    }

    fn problems(values: &[&str]) -> Vec<(String, Option<i64>, i64)> {
        report(column(values).0)
            .into_iter()
            .map(|problem| (problem.code, problem.row, problem.count))
            .collect()
    }

    fn one(code: &str, row: i64, count: i64) -> Vec<(String, Option<i64>, i64)> {
        vec![(code.to_owned(), Some(row), count)]
    }

    fn message(values: &[&str]) -> String {
        report(column(values).0).into_iter().map(|problem| problem.message).collect()
    }

    fn span(values: &[&str]) -> Option<[String; 2]> {
        let span = column(values).0.span()?;
        Some([span.first, span.last].map(|at| to_text(at, span.zoned)))
    }

    #[test]
    fn day_and_month_have_one_order_in_a_column() {
        assert_eq!(problems(&["31/01/2024", "01/02/2024"]), []);
        assert_eq!(problems(&["01/02/2024", "03/04/2024"]), one("AMBIGUOUS_DATE_ORDER", 2, 2));
        assert_eq!(problems(&["05/05/2024", "06/06/2024"]), []);
        assert_eq!(problems(&["01.02.2024", "03.04.2024"]), []);
        assert_eq!(problems(&["31/01/2024", "30/01/2024", "01/31/2024"]), one("MIXED_DATE_ORDER", 4, 1));
        assert!(
            message(&["31/01/2024", "30/01/2024", "01/31/2024"])
                .contains("month first, where most have the day")
        );
        assert_eq!(column(&["31/01/2024", "01/31/2024"]).0.kind(), Kind::String);
    }

    #[test]
    fn order_of_the_sample_reads_the_others() {
        let sample = [&b"01/31/2024"[..], b"02/01/2024"];
        let (column, moments) = read_on(TimestampColumn::of_sample(sample), &["02/01/2024"], 2);
        assert_eq!(moments, [datetime::iso(b"2024-02-01").map(|moment| moment.micros)]);
        assert!(column.is_sure());
        let (column, _) = read_on(column, &["31/01/2024"], 3);
        assert!(!column.is_sure());
        assert_eq!(column.shows_month_first(), Some(false));
    }

    #[test]
    fn order_that_shows_late_is_read_in_another_pass() {
        let values = ["02/01/2024", "01/31/2024"];
        let (first, _) = read_on(TimestampColumn::default(), &values, 2);
        assert!(first.needs_next_pass());
        let (second, moments) = read_on(first.next_pass(), &values, 2);
        assert!(!second.needs_next_pass() && second.is_sure());
        let day = |text: &str| datetime::iso(text.as_bytes()).map(|moment| moment.micros);
        assert_eq!(moments, [day("2024-02-01"), day("2024-01-31")]);
        assert_eq!(second.span(), first.span());
    }

    #[test]
    fn two_digit_years_come_first_if_that_keeps_the_dates_together() {
        let values = ["24-01-13", "24-01-31", "24-02-28"];
        assert_eq!(span(&values), Some(["2024-01-13T00:00:00", "2024-02-28T00:00:00"].map(str::to_owned)));
        assert_eq!(column(&values).0.notation_name(), Some("year first, with dashes and two-digit years"));
        assert!(column(&values).0.is_sure());
        let values = ["13-01-24", "31-01-24", "28-02-24"];
        assert_eq!(span(&values), Some(["2024-01-13T00:00:00", "2024-02-28T00:00:00"].map(str::to_owned)));
    }

    #[test]
    fn several_notations_are_named_with_their_rows() {
        let values = ["2024-02-01 10:00:00", "13/02/2024 10:00:00", "2024-02-02", "14/02/2024"];
        assert_eq!(problems(&values), one("MIXED_DATE_NOTATIONS", 3, 2));
        let message = message(&values);
        assert!(
            message.contains("ISO 8601 (first in line 2); day first, with slashes (first in line 3)"),
            "{message}"
        );
        assert_eq!(column(&values).0.kind(), Kind::String);
        assert_eq!(problems(&["2024/02/01", "2024-02-01", "2024-02-02"]), one("MIXED_DATE_NOTATIONS", 2, 1));
        assert_eq!(problems(&["01.02.2024", "13.02.2024", "13/02/2024"]), one("MIXED_DATE_NOTATIONS", 4, 1));
        assert_eq!(problems(&["1/6/2025 8:00", "13/06/2025 08:00:00", "14/06/2025"]), []);
    }

    #[test]
    fn dates_stored_as_dates_and_as_text_are_two_notations() {
        let mut column = TimestampColumn::default();
        for (row, text) in [(2, "13/01/2024"), (3, "14/01/2024")] {
            column.read(text.as_bytes(), None);
            column.record(&|| row);
        }
        assert!(column.is_sure());
        column.take(Moment::local(0, false), b"1970-01-01 00:00:00");
        column.record(&|| 4);
        assert!(!column.is_sure() && !column.needs_next_pass());
        let problems = report(column);
        assert_eq!((problems[0].code.as_str(), problems[0].row), ("MIXED_DATE_NOTATIONS", Some(4)));
        assert_eq!(problems[0].example.as_deref(), Some("1970-01-01 00:00:00"));
    }

    #[test]
    fn numbers_are_read_and_reported() {
        for (values, name) in [
            (["1705136707", "1705140307"], "seconds since 1970"),
            (["1705136707123", "1705140307123"], "milliseconds since 1970"),
            (["20240113", "20240114"], "compact digits"),
        ] {
            assert_eq!(problems(&values), one("UNCOMMON_DATE_NOTATION", 2, 2), "{name}");
            assert!(message(&values).contains(name));
            assert_eq!(column(&values).0.notation_name(), Some(name));
            assert_eq!(column(&values).0.kind(), Kind::Datetime);
        }
        assert_eq!(problems(&["13-JAN-24", "14-FEB-24"]), one("UNCOMMON_DATE_NOTATION", 2, 2));
        assert_eq!(problems(&["13.01.24 09:05"]), one("UNCOMMON_DATE_NOTATION", 2, 1));
        assert_eq!(problems(&["1705136707", "1705140307123"]), one("MIXED_DATE_NOTATIONS", 3, 1));
    }

    #[test]
    fn numbers_of_a_worksheet_are_serials() {
        let mut column = TimestampColumn::default();
        assert_eq!(column.read_typed(Kind::Number, b"45322.5"), Some(1_706_702_400_000_000));
        column.record(&|| 2);
        assert_eq!((column.kind(), column.notation_name()), (Kind::Datetime, Some("Excel serial numbers")));
        let problem = report(column).remove(0);
        assert_eq!(
            (problem.code.as_str(), problem.example.as_deref()),
            ("UNCOMMON_DATE_NOTATION", Some("45322.5"))
        );
        assert!(problem.message.contains("serial"), "{}", problem.message);
        for (kind, text) in [(Kind::String, "45322.5"), (Kind::Boolean, "true"), (Kind::Number, "3.5")] {
            let mut column = TimestampColumn::default();
            assert_eq!(column.read_typed(kind, text.as_bytes()), None);
            column.record(&|| 2);
            let problem = report(column).remove(0);
            assert_eq!(
                (problem.code.as_str(), problem.example.as_deref()),
                ("UNREADABLE_TIMESTAMP", Some(text))
            );
        }
    }

    #[test]
    fn unreadable_values_are_named_by_what_they_seem_to_be() {
        assert_eq!(problems(&["2024-01-01", "soon", "2024-13-01"]), one("UNREADABLE_TIMESTAMP", 3, 2));
        assert_eq!(message(&["2024-01-01", "soon"]), "The timestamp can't be read as a date.");
        assert!(message(&["45322", "45323"]).contains("Excel serial"));
        assert!(message(&["19753"]).contains("days since 1970"));
        assert!(message(&["2024-01-01 00:00:00", "0000-00-00 00:00:00"]).contains("empty date"));
        assert_eq!(column(&["2024-01-01", "soon"]).0.kind(), Kind::String);
    }

    #[test]
    fn offsets_are_kept_in_every_notation() {
        let zoned = ["2024-01-01T10:00Z"; 30];
        assert_eq!(problems(&[&zoned[..], &["2024-01-01T10:00"]].concat()), one("MIXED_TIME_ZONES", 32, 1));
        let values = ["13/01/2024 08:05:00", "13/01/2024 09:05:00-05:00", "13/01/2024 10:05:00-05:00"];
        assert_eq!(problems(&values), one("MIXED_TIME_ZONES", 2, 1));
        let values = ["13.01.2024 08:05:00+02:00", "13.01.2024 10:05:00 CET"];
        assert_eq!(span(&values), Some(["2024-01-13T06:05:00Z", "2024-01-13T09:05:00Z"].map(str::to_owned)));
        assert_eq!(problems(&["13.01.2024 08:05:00 CST"]), one("UNREADABLE_TIMESTAMP", 2, 1));
    }

    #[test]
    fn ends_of_days_are_reported() {
        let values = ["2024-01-31 10:00", "2024-01-31 24:00"];
        assert_eq!(problems(&values), one("UNCOMMON_DATE_NOTATION", 3, 1));
        assert_eq!(span(&values), Some(["2024-01-31T10:00:00", "2024-02-01T00:00:00"].map(str::to_owned)));
    }

    #[test]
    fn times_that_do_not_exist_are_reported() {
        let values = ["2024-03-31 01:30 Europe/Berlin", "2024-03-31 02:30 Europe/Berlin"];
        assert_eq!(problems(&values), one("NONEXISTENT_TIME", 3, 1));
    }

    #[test]
    fn placeholders_are_no_moments_and_stay_in_the_span() {
        let values = ["01.03.2024 09:00", "31.12.9999 00:00", "02.03.2024 09:00"];
        assert_eq!(problems(&values), one("PLACEHOLDER_DATE", 3, 1));
        assert_eq!(column(&values).1.iter().map(Option::is_some).collect::<Vec<_>>(), [true, false, true]);
        assert_eq!(span(&values), Some(["2024-03-01T09:00:00", "9999-12-31T00:00:00"].map(str::to_owned)));
        assert_eq!(problems(&["0001-01-01 00:00:00", "2024-01-01", "1970-01-01 00:00"]).len(), 1);
        assert_eq!(problems(&["1970-01-01 00:00", "1970-01-01 05:00", "1970-02-01"]), []);
        // The month comes first, which the placeholder alone shows.
        assert_eq!(problems(&["12/31/9999", "01/02/2024"]), one("PLACEHOLDER_DATE", 2, 1));
    }

    const NOTATIONS: [&str; 8] =
        ["%Y-%m-%d %H:%M", "%d/%m/%Y", "%m/%d/%Y %H:%M", "%d.%m.%y", "%d-%b-%Y", "%Y%m%d", "%s", "%y-%m-%d"];

    proptest! {
        /// Several workers, each with a part of a column in one notation, find what one alone finds.
        #[test]
        fn parts_of_a_column_add_up(
            seconds in prop::collection::vec(1_500_000_000_i64..1_600_000_000, 1..60),
            formats in prop::collection::vec(select(&NOTATIONS[..]), 1..3),
            at in 0_usize..60,
            is_mixed in any::<bool>(),
        ) {
            let format_of = |place: usize| formats[if is_mixed { place % formats.len() } else { 0 }];
            let values: Vec<String> = seconds
                .iter()
                .enumerate()
                .map(|(place, second)| jiff::Timestamp::from_second(*second).unwrap().strftime(format_of(place)).to_string())
                .collect();
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let (whole, _) = column(&values);
            let (left, right) = values.split_at(at.min(values.len()));
            let start = TimestampColumn::of_sample(values.iter().map(|value| value.as_bytes()));
            let (mut merged, _) = read_on(start.clone(), left, 2);
            merged.merge(read_on(start, right, 2 + left.len() as u64).0);
            prop_assert_eq!(merged.kind(), whole.kind());
            prop_assert_eq!(merged.span(), whole.span());
            prop_assert_eq!(merged.notation_name(), whole.notation_name());
            prop_assert_eq!(merged.is_sure(), whole.is_sure());
            if !is_mixed {
                prop_assert_eq!(whole.kind(), Kind::Datetime);
            }
            prop_assert_eq!(report(merged), report(whole));
        }
    }
}
