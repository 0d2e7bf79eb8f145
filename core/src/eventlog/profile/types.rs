//! The type of a column, as its values have it.

use std::fmt;

use crate::eventlog::profile::datetime::{self, Moment};

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

type ReadDate = fn(&[u8]) -> Option<Moment>;

// What a column of text may be, the narrower type first: a bit each.
const BOOLEAN: u8 = 1;
const INTEGER: u8 = 1 << 1;
const NUMBER: u8 = 1 << 2;
const ISO: u8 = 1 << 3;
const DATES: [(u8, ReadDate); 4] = [
    (ISO, datetime::iso),
    (1 << 4, datetime::year_month_day),
    (1 << 5, datetime::day_month_year),
    (1 << 6, datetime::month_day_year),
];
const ALL: u8 = (1 << 7) - 1;
const ALL_DATES: u8 = ALL & !(BOOLEAN | INTEGER | NUMBER);
const WHOLE: u8 = INTEGER | NUMBER;

/// Narrows the type of a column with every value it is shown.
///
/// Day-first and month-first dates are candidates of their own: a column is a date only where one
/// order fits all its values.
#[derive(Clone, Debug)]
pub(crate) struct Guess {
    left: u8,
    seen: bool,
    spans: [Span; DATES.len()],
}

/// From when to when the dates of a column are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub first: i64,
    pub last: i64,
    /// One of the values has an offset.
    pub zoned: bool,
}

impl Span {
    const NONE: Self = Self { first: i64::MAX, last: i64::MIN, zoned: false };

    fn add(&mut self, moment: Moment) {
        self.first = self.first.min(moment.micros);
        self.last = self.last.max(moment.micros);
        self.zoned |= moment.zoned;
    }

    fn merge(&mut self, other: &Self) {
        self.first = self.first.min(other.first);
        self.last = self.last.max(other.last);
        self.zoned |= other.zoned;
    }
}

impl Guess {
    pub(crate) fn new() -> Self {
        Self { left: ALL, seen: false, spans: [Span::NONE; DATES.len()] }
    }

    /// Takes a value that is written out, without blanks around it and not empty. Gives its moment where all the
    /// values so far are ISO dates, which spares another look at it.
    #[inline]
    pub(crate) fn see_text(&mut self, value: &[u8]) -> Option<Moment> {
        match self.left {
            0 => return None,
            ISO => {
                if let Some(moment) = datetime::iso(value) {
                    let [iso, ..] = &mut self.spans;
                    iso.add(moment);
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
        for ((bit, read), span) in DATES.iter().zip(&mut self.spans) {
            if self.left & bit == 0 {
                continue;
            }
            match read(value) {
                Some(moment) => span.add(moment),
                None => self.left &= !bit,
            }
        }
    }

    /// Takes a value whose type the file itself states.
    pub(crate) fn see_kind(&mut self, stated: Kind) {
        self.seen = true;
        self.left &= match stated {
            Kind::String => 0,
            Kind::Datetime => ALL_DATES,
            Kind::Integer => WHOLE,
            Kind::Number => NUMBER,
            Kind::Boolean => BOOLEAN,
        };
    }

    /// Takes a date that the file itself states.
    pub(crate) fn see_moment(&mut self, moment: Moment) {
        self.see_kind(Kind::Datetime);
        self.spans.iter_mut().for_each(|span| span.add(moment));
    }

    /// Takes what another guess of the same column has seen.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.left &= other.left;
        self.seen |= other.seen;
        self.spans.iter_mut().zip(&other.spans).for_each(|(span, other)| span.merge(other));
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
        let (_, span) = DATES.iter().zip(&self.spans).find(|((bit, _), _)| self.left & bit != 0)?;
        (self.kind() == Kind::Datetime && span.first <= span.last).then_some(*span)
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
    let is_plain = |c: &u8| c.is_ascii_digit() || *c == b'.';
    matches!(value.first(), Some(b'1'..=b'9'))
        && value.iter().all(is_plain)
        && value.iter().filter(|c| **c == b'.').count() <= 1
}

fn is_integer(value: &[u8]) -> bool {
    let parses = |text: &str| text.parse::<i64>().is_ok();
    !is_code(value) && std::str::from_utf8(value).is_ok_and(parses)
}

fn is_number(value: &[u8]) -> bool {
    // The parser also takes "inf" and "nan", which in a log are words.
    let numeric = |c: &u8| c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.' | b'e' | b'E');
    let parses = |text: &str| text.parse::<f64>().is_ok();
    value.iter().all(numeric) && !is_code(value) && std::str::from_utf8(value).is_ok_and(parses)
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
        assert_eq!(span(&["2024-03-01", "never"]), None);
        assert_eq!(span(&["1", "2"]), None);
    }

    proptest! {
        /// What several workers have seen adds up to what one would have seen.
        #[test]
        fn guesses_add_up(values in prop::collection::vec("[0-9]{1,3}|[0-9]\\.[0-9]|true|x|2024-0[1-9]-1[0-9]|[0-3][0-9]/[01][0-9]/2024", 0..12), at in 0usize..12) {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let (left, right) = values.split_at(at.min(values.len()));
            let mut merged = guess(left);
            merged.merge(&guess(right));
            prop_assert_eq!(merged.kind(), kind_of(&values));
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
