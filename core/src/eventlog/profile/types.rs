//! The type of a column, as its values have it.

use std::fmt;

use crate::eventlog::profile::datetime::{self, Moment, Notation, Order, Orders, Reading, Span, Spans};

/// The type of a column's values, in the words of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text, and everything that is of no other type.
    String,
    /// A date, with or without a time.
    Datetime,
    /// A whole number.
    Integer,
    /// A number with a decimal point.
    Number,
    /// `true` or `false`.
    Boolean,
}

impl Kind {
    /// The word that stands in `columns[].type`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Datetime => "datetime",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Boolean => "boolean",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

// What a column of text may be, the narrower type first: a bit each, then one for each notation of dates.
const BOOLEAN: u32 = 1;
const INTEGER: u32 = 1 << 1;
const NUMBER: u32 = 1 << 2;
const DATES: u32 = ALL & !(BOOLEAN | INTEGER | NUMBER);
const ISO: u32 = bit_of(Notation::Iso);
const ALL: u32 = u32::MAX;
const WHOLE: u32 = INTEGER | NUMBER;

const fn bit_of(notation: Notation) -> u32 {
    1 << (3 + notation as u32)
}

/// Narrows the type of a column with every value it is shown.
///
/// A column is a date only if one notation, with one order of day and month, fits all its values.
#[derive(Clone, Debug)]
pub(crate) struct Guess {
    left: u32,
    orders: Orders,
    seen: bool,
    spans: Spans,
}

impl Guess {
    pub(crate) fn new() -> Self {
        Self { left: ALL, orders: Orders::ALL, seen: false, spans: Spans::default() }
    }

    /// Takes a value that is written out, without blanks around it and not empty. Gives its moment where all the
    /// values so far are ISO dates, which spares another look at it.
    #[inline]
    pub(crate) fn see_text(&mut self, value: &[u8]) -> Option<Moment> {
        if self.left == 0 { None } else { self.see_unsettled(value) }
    }

    fn see_unsettled(&mut self, value: &[u8]) -> Option<Moment> {
        match self.left {
            ISO => {
                if let Some(moment) = datetime::iso(value) {
                    self.spans.day.add(moment);
                    return Some(moment);
                }
            }
            WHOLE if is_plain_integer(value) => return None,
            NUMBER if is_plain_number(value) => return None,
            _ => {}
        }
        self.narrow(value);
        None
    }

    fn narrow(&mut self, value: &[u8]) {
        self.seen = true;
        for (bit, fits) in
            [(BOOLEAN, is_boolean as fn(&[u8]) -> bool), (INTEGER, is_integer), (NUMBER, is_number)]
        {
            if self.left & bit != 0 && !fits(value) {
                self.left &= !bit;
            }
        }
        if self.left & DATES == 0 {
            return;
        }
        match datetime::read(value).filter(|reading| !reading.is_vague) {
            Some(reading) => self.narrow_dates(&reading),
            None => self.left &= !DATES,
        }
    }

    fn narrow_dates(&mut self, reading: &Reading) {
        self.left &= !DATES | bit_of(reading.notation);
        self.orders = self.orders.and(reading.orders());
        if self.orders.is_empty() {
            self.left &= !DATES;
        }
        self.spans.add(reading);
    }

    /// Takes a value whose type the file itself states.
    pub(crate) fn see_kind(&mut self, stated: Kind) {
        self.seen = true;
        self.left &= match stated {
            Kind::String => 0,
            Kind::Datetime => DATES,
            Kind::Integer => WHOLE,
            Kind::Number => NUMBER,
            Kind::Boolean => BOOLEAN,
        };
    }

    /// Takes a date that the file itself states.
    pub(crate) fn see_moment(&mut self, moment: Moment) {
        self.see_kind(Kind::Datetime);
        self.spans.add_certain(moment);
    }

    /// Takes what another guess of the same column has seen.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.left &= other.left;
        self.orders = self.orders.and(other.orders);
        if self.orders.is_empty() {
            self.left &= !DATES;
        }
        self.seen |= other.seen;
        self.spans.merge(&other.spans);
    }

    /// The narrowest type left; a column without any value is text.
    pub(crate) fn kind(&self) -> Kind {
        match self.left {
            _ if !self.seen => Kind::String,
            left if left & BOOLEAN != 0 => Kind::Boolean,
            left if left & INTEGER != 0 => Kind::Integer,
            left if left & NUMBER != 0 => Kind::Number,
            left if left != 0 => Kind::Datetime,
            _ => Kind::String,
        }
    }

    /// The first and the last date of a column of dates.
    pub(crate) fn span(&self) -> Option<Span> {
        let span = self.spans.get(self.order());
        (self.kind() == Kind::Datetime && !span.is_empty()).then_some(*span)
    }

    /// What people call the notation of a column of dates.
    pub(crate) fn notation_name(&self) -> Option<&'static str> {
        let notation = Notation::ALL.into_iter().find(|notation| self.left == bit_of(*notation))?;
        self.seen.then(|| notation.name(self.order()))
    }

    fn order(&self) -> Order {
        // The short way through ISO dates does not look at orders.
        if self.left == ISO { Order::Day } else { self.spans.likely(self.orders) }
    }
}

fn is_boolean(value: &[u8]) -> bool {
    value.eq_ignore_ascii_case(b"true") || value.eq_ignore_ascii_case(b"false")
}

/// Digits that fit into 64 bits, without a zero before them.
fn is_plain_integer(value: &[u8]) -> bool {
    matches!(value.first(), Some(b'1'..=b'9')) && value.len() <= 18 && value.iter().all(u8::is_ascii_digit)
}

/// Digits, perhaps with a point between them, without a zero before them.
fn is_plain_number(value: &[u8]) -> bool {
    let is_digit = |c: &u8| c.is_ascii_digit();
    let whole = value.iter().take_while(|c| is_digit(c)).count();
    matches!(value.first(), Some(b'1'..=b'9'))
        && match value.get(whole..).and_then(<[u8]>::split_first) {
            None => whole <= 18,
            Some((point, fraction)) => *point == b'.' && fraction.iter().all(is_digit),
        }
}

fn is_integer(value: &[u8]) -> bool {
    let parses = |text: &str| text.parse::<i64>().is_ok();
    !is_code(value) && std::str::from_utf8(value).is_ok_and(parses)
}

fn is_number(value: &[u8]) -> bool {
    // The parser also takes "inf" and "nan", which in a log are words.
    let numeric = |c: &u8| c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.' | b'e' | b'E');
    let parses = |text: &str| text.parse::<f64>().is_ok();
    // A whole number beyond 64 bits would lose its last digits.
    let is_whole = value.iter().all(|c| c.is_ascii_digit() || matches!(c, b'+' | b'-'));
    value.iter().all(numeric)
        && !is_code(value)
        && std::str::from_utf8(value).is_ok_and(parses)
        && (!is_whole || is_integer(value))
}

/// A leading zero, as in a postcode, is lost in a number.
fn is_code(value: &[u8]) -> bool {
    let mut digits = value.iter().skip_while(|c| matches!(c, b'+' | b'-'));
    digits.next() == Some(&b'0') && digits.next().is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn guess(values: &[&str]) -> Guess {
        let mut guess = Guess::new();
        for value in values.iter().map(|value| value.trim_ascii()).filter(|value| !value.is_empty()) {
            guess.see_text(value.as_bytes());
        }
        guess
    }

    fn kind_of(values: &[&str]) -> Kind {
        guess(values).kind()
    }

    #[test]
    fn the_narrowest_type_that_fits_all() {
        assert_eq!(kind_of(&["1", "-2", " 3 ", ""]), Kind::Integer);
        assert_eq!(kind_of(&["1", "2.5", "-1e3"]), Kind::Number);
        assert_eq!(kind_of(&["true", "FALSE"]), Kind::Boolean);
        assert_eq!(kind_of(&["1", "two"]), Kind::String);
        assert_eq!(kind_of(&["1", "2024-01-31"]), Kind::String);
        assert_eq!(kind_of(&["2024-01-31", "1"]), Kind::String);
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(kind_of(&[]), Kind::String);
        assert_eq!(kind_of(&["", "  "]), Kind::String);
        assert_eq!(kind_of(&["1,5", "2,5"]), Kind::String);
        assert_eq!(kind_of(&["nan", "inf"]), Kind::String);
        assert_eq!(kind_of(&["01234", "00501"]), Kind::String);
        assert_eq!(kind_of(&["-", "+"]), Kind::String);
        assert_eq!(kind_of(&["1.5", "1.2.3"]), Kind::String);
    }

    #[test]
    fn whole_numbers_beyond_64_bits_are_text() {
        assert_eq!(kind_of(&["12345678901234567891"]), Kind::String);
        assert_eq!(kind_of(&["1", "12345678901234567891"]), Kind::String);
        assert_eq!(kind_of(&["1.5", "12345678901234567891"]), Kind::String);
        assert_eq!(kind_of(&["9223372036854775807", "-9223372036854775808"]), Kind::Integer);
        assert_eq!(kind_of(&["9223372036854775808"]), Kind::String);
        assert_eq!(kind_of(&["12345678901234567891.5", "1e300"]), Kind::Number);
    }

    #[test]
    fn a_column_of_dates_has_one_notation() {
        for values in [
            ["2024-1-1 8:05", "2024-01-31"],
            ["31/01/2024", "01/02/2024 9:05 PM"],
            ["13-JAN-24", "14 Feb. 2024"],
            ["13.01.24", "1.2.24 09:05"],
            ["24-01-13", "24-02-28"],
            ["Sat, 13 Jan 2024 08:05:00 +0100", "Thu Feb 24 00:01:15 CET 2022"],
        ] {
            assert_eq!(kind_of(&values), Kind::Datetime, "{values:?}");
        }
        for values in [
            ["2024-02-01", "2024/02/01"],
            ["31.01.2024", "31/01/2024"],
            ["31.01.2024", "31.01.24"],
            ["20240131", "20240201 09:05"],
            ["1.2.24", "5.10.15"],
            ["1705136707", "13.01.2024"],
        ] {
            assert_eq!(kind_of(&values), Kind::String, "{values:?}");
        }
        assert_eq!(
            guess(&["24-01-13", "24-02-28"]).notation_name(),
            Some("year first, with dashes and two-digit years")
        );
        assert_eq!(guess(&["02/01/2024", "01/31/2024"]).notation_name(), Some("month first, with slashes"));
        assert_eq!(guess(&["2024-01-31"]).notation_name(), Some("ISO 8601"));
        assert_eq!(guess(&["x"]).notation_name(), None);
    }

    #[test]
    fn zero_is_a_number() {
        assert_eq!(kind_of(&["0", "-0"]), Kind::Integer);
        assert_eq!(kind_of(&["0.5", ".5"]), Kind::Number);
    }

    #[test]
    fn day_and_month_keep_one_order_in_a_column() {
        assert_eq!(kind_of(&["31/01/2024", "01/02/2024"]), Kind::Datetime);
        assert_eq!(kind_of(&["01/31/2024", "02/01/2024"]), Kind::Datetime);
        assert_eq!(kind_of(&["31/01/2024", "01/31/2024"]), Kind::String);
    }

    #[test]
    fn stated_types_mix_with_written_ones() {
        let mut guess = Guess::new();
        guess.see_kind(Kind::Integer);
        guess.see_text(b"2.5");
        assert_eq!(guess.kind(), Kind::Number);
        guess.see_kind(Kind::Datetime);
        assert_eq!(guess.kind(), Kind::String);
    }

    #[test]
    fn dates_tell_from_when_to_when() {
        let span = |values: &[&str]| {
            let span = guess(values).span()?;
            Some([span.first, span.last].map(|micros| datetime::to_text(micros, span.zoned)))
        };
        let of = |first: &str, last: &str| Some([first.to_owned(), last.to_owned()]);
        assert_eq!(
            span(&["2024-03-01", "2024-01-31T10:00:00"]),
            of("2024-01-31T10:00:00", "2024-03-01T00:00:00")
        );
        assert_eq!(span(&["02/01/2024", "31/01/2024"]), of("2024-01-02T00:00:00", "2024-01-31T00:00:00"));
        assert_eq!(span(&["02/01/2024", "01/31/2024"]), of("2024-01-31T00:00:00", "2024-02-01T00:00:00"));
        assert_eq!(span(&["24-01-13", "24-02-28"]), of("2024-01-13T00:00:00", "2024-02-28T00:00:00"));
        assert_eq!(span(&["31.12.9999"]), of("9999-12-31T00:00:00", "9999-12-31T00:00:00"));
        assert_eq!(span(&["13.01.2024 08:05+02:00"]), of("2024-01-13T06:05:00Z", "2024-01-13T06:05:00Z"));
        assert_eq!(span(&["2024-03-01", "never"]), None);
        assert_eq!(span(&["1", "2"]), None);
    }

    proptest! {
        /// What several workers have seen adds up to what one would have seen.
        #[test]
        fn guesses_add_up(
            values in prop::collection::vec("[0-9]{1,3}|[0-9]\\.[0-9]|true|x|2024-0[1-9]-1[0-9]|[0-3][0-9]/[01][0-9]/2024|[0-3][0-9]-[01][0-9]-2[0-9]|1[0-9] Jan 2024", 0..12),
            at in 0usize..12,
        ) {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let (left, right) = values.split_at(at.min(values.len()));
            let mut merged = guess(left);
            merged.merge(&guess(right));
            prop_assert_eq!(merged.kind(), kind_of(&values));
            prop_assert_eq!(merged.span(), guess(&values).span());
        }

        /// The short ways are narrower than the rules.
        #[test]
        fn short_ways_agree(value in "[0-9.]{1,20}") {
            let value = value.as_bytes();
            prop_assert!(!is_plain_integer(value) || (is_integer(value) && is_number(value)));
            prop_assert!(!is_plain_number(value) || is_number(value));
        }
    }
}
