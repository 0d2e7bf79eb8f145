//! Attributes of traces and events, and their values.

use crate::eventlog::profile::datetime::{self, Moment};
use crate::eventlog::profile::tally::Value;
use crate::eventlog::profile::types::Kind;

/// What a value is by the tag of its attribute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// A number, of the type that it looks like.
    Plain,
    Typed(Kind),
    Moment(Moment),
}

impl Meaning {
    /// Of a value without blanks around it.
    pub fn of(tag: &str, value: &str) -> Self {
        match tag {
            "date" => datetime::iso(value.as_bytes()).map_or(Self::Typed(Kind::String), Self::Moment),
            "int" => Self::Plain,
            "float" if is_not_finite(value) => Self::Typed(Kind::Number),
            "float" => Self::Plain,
            "boolean" if is_boolean(value) => Self::Typed(Kind::Boolean),
            "boolean" => Self::Plain,
            _ => Self::Typed(Kind::String),
        }
    }
}

/// Whether the standard has attributes with this tag.
pub(super) fn is_attribute(tag: &str) -> bool {
    matches!(tag, "string" | "date" | "int" | "float" | "boolean" | "id" | "list" | "container")
}

/// The numbers of XML that are none: `NaN`, `INF`, and as other programs write them.
fn is_not_finite(value: &str) -> bool {
    let word = value.trim_start_matches(['+', '-']);
    ["nan", "inf", "infinity"].iter().any(|known| word.eq_ignore_ascii_case(known))
}

fn is_boolean(value: &str) -> bool {
    matches!(value, "0" | "1") || value.eq_ignore_ascii_case("true") || value.eq_ignore_ascii_case("false")
}

/// Values of columns, one after the other.
#[derive(Debug, Default)]
pub(super) struct Values {
    cells: Vec<Cell>,
    text: String,
}

#[derive(Clone, Copy, Debug)]
struct Cell {
    place: usize,
    meaning: Meaning,
    start: usize,
    end: usize,
}

impl Values {
    pub fn len(&self) -> usize {
        self.cells.len()
    }

    /// How much memory they take.
    pub fn size(&self) -> usize {
        self.cells.len() * size_of::<Cell>() + self.text.len()
    }

    pub fn clear(&mut self) {
        self.cells.clear();
        self.text.clear();
    }

    pub fn push(&mut self, place: usize, meaning: Meaning, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(Cell { place, meaning, start, end: self.text.len() });
    }

    /// Takes the value of a column back, if it is among the values from here on.
    pub fn remove(&mut self, place: usize, from: usize) {
        if let Some(at) = self.cells.iter().skip(from).position(|cell| cell.place == place) {
            self.cells.remove(from + at);
        }
    }

    pub fn has(&self, place: usize) -> bool {
        self.cells.iter().any(|cell| cell.place == place)
    }

    /// The values from one place to another, each with its column.
    pub fn get(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, Value<'_>)> {
        self.cells.get(from..to).unwrap_or_default().iter().map(|cell| {
            let text = self.text.get(cell.start..cell.end).unwrap_or_default().as_bytes();
            let value = match cell.meaning {
                Meaning::Plain => Value::Text(text),
                Meaning::Typed(kind) => Value::Typed(kind, text),
                Meaning::Moment(moment) => Value::Moment(moment, text),
            };
            (cell.place, value)
        })
    }

    pub fn all(&self) -> impl Iterator<Item = (usize, Value<'_>)> {
        self.get(0, self.cells.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_mean_what_their_tags_say() {
        assert!(matches!(Meaning::of("date", "2024-01-31T09:30:00Z"), Meaning::Moment(_)));
        for (tag, value, kind) in [
            ("date", "31.01.2024", Kind::String),
            ("date", "1704182400000", Kind::String),
            ("string", "2024-01-31", Kind::String),
            ("string", "5", Kind::String),
            ("id", "5", Kind::String),
            ("boolean", "1", Kind::Boolean),
            ("boolean", "False", Kind::Boolean),
            ("float", "NaN", Kind::Number),
            ("float", "-INF", Kind::Number),
        ] {
            assert_eq!(Meaning::of(tag, value), Meaning::Typed(kind), "{tag} {value}");
        }
        for (tag, value) in [("int", "5"), ("int", "99999999999999999999"), ("float", "1.5"), ("boolean", "yes")] {
            assert_eq!(Meaning::of(tag, value), Meaning::Plain, "{tag} {value}");
        }
    }
}
