use std::fmt;

use super::datetime;

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

type Test = fn(&str) -> bool;

/// What a column of text may be, the narrower type first.
const CANDIDATES: [(Kind, Test); 7] = [
    (Kind::Boolean, is_boolean),
    (Kind::Integer, is_integer),
    (Kind::Number, is_number),
    (Kind::Datetime, datetime::is_iso),
    (Kind::Datetime, datetime::is_year_month_day),
    (Kind::Datetime, datetime::is_day_month_year),
    (Kind::Datetime, datetime::is_month_day_year),
];

/// Narrows the type of a column with every value it is shown.
///
/// Day-first and month-first dates are candidates of their own: a column is a date only where one
/// order fits all its values.
#[derive(Clone, Debug)]
pub(super) struct Guess {
    left: [bool; CANDIDATES.len()],
    seen: bool,
}

impl Guess {
    pub(super) fn new() -> Self {
        Self { left: [true; CANDIDATES.len()], seen: false }
    }

    /// Takes a value that is written out; blank ones say nothing.
    pub(super) fn see_text(&mut self, value: &str) {
        let value = value.trim_ascii();
        if value.is_empty() || self.is_settled() {
            return;
        }
        self.seen = true;
        for (left, (_, test)) in self.left.iter_mut().zip(&CANDIDATES) {
            *left = *left && test(value);
        }
    }

    /// Takes a value whose type the file itself states.
    pub(super) fn see_kind(&mut self, stated: Kind) {
        self.seen = true;
        for (left, (kind, _)) in self.left.iter_mut().zip(&CANDIDATES) {
            let fits = *kind == stated || (*kind == Kind::Number && stated == Kind::Integer);
            *left = *left && fits;
        }
    }

    /// The narrowest type left; a column without any value is text.
    pub(super) fn kind(&self) -> Kind {
        let fitting = self.left.iter().zip(&CANDIDATES).find(|(left, _)| **left);
        match fitting {
            Some((_, (kind, _))) if self.seen => *kind,
            _ => Kind::String,
        }
    }

    /// Nothing but text is left, whatever comes.
    fn is_settled(&self) -> bool {
        self.left == [false; CANDIDATES.len()]
    }
}

fn is_boolean(value: &str) -> bool {
    value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
}

fn is_integer(value: &str) -> bool {
    !is_code(value) && value.parse::<i64>().is_ok()
}

fn is_number(value: &str) -> bool {
    // The parser also takes "inf" and "nan", which in a log are words.
    let numeric = |c: u8| c.is_ascii_digit() || matches!(c, b'+' | b'-' | b'.' | b'e' | b'E');
    !is_code(value) && value.bytes().all(numeric) && value.parse::<f64>().is_ok()
}

/// A leading zero, as in a postcode, is lost in a number.
fn is_code(value: &str) -> bool {
    let mut digits = value.trim_start_matches(['+', '-']).bytes();
    digits.next() == Some(b'0') && digits.next().is_some_and(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind_of(values: &[&str]) -> Kind {
        let mut guess = Guess::new();
        values.iter().for_each(|value| guess.see_text(value));
        guess.kind()
    }

    #[test]
    fn the_narrowest_type_that_fits_all() {
        assert_eq!(kind_of(&["1", "-2", " 3 ", ""]), Kind::Integer);
        assert_eq!(kind_of(&["1", "2.5", "-1e3"]), Kind::Number);
        assert_eq!(kind_of(&["true", "FALSE"]), Kind::Boolean);
        assert_eq!(kind_of(&["1", "two"]), Kind::String);
        assert_eq!(kind_of(&["1", "2024-01-31"]), Kind::String);
    }

    #[test]
    fn text_stays_text() {
        assert_eq!(kind_of(&[]), Kind::String);
        assert_eq!(kind_of(&["", "  "]), Kind::String);
        assert_eq!(kind_of(&["1,5", "2,5"]), Kind::String);
        assert_eq!(kind_of(&["nan", "inf"]), Kind::String);
        assert_eq!(kind_of(&["01234", "00501"]), Kind::String);
        assert_eq!(kind_of(&["-", "+"]), Kind::String);
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
        guess.see_text("2.5");
        assert_eq!(guess.kind(), Kind::Number);
        guess.see_kind(Kind::Datetime);
        assert_eq!(guess.kind(), Kind::String);
    }
}
