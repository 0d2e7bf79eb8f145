//! Attributes of traces and events, and their values.

use crate::eventlog::profile::datetime::{self, Moment};
use crate::eventlog::profile::tally::Value;
use crate::eventlog::profile::types::Kind;

/// The tag of an attribute, which states the type of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    String,
    Date,
    Int,
    Float,
    Boolean,
    Id,
    List,
    Container,
    /// One that the standard does not have.
    Other,
}

impl Tag {
    pub fn of(name: &str) -> Self {
        match name {
            "string" => Self::String,
            "date" => Self::Date,
            "int" => Self::Int,
            "float" => Self::Float,
            "boolean" => Self::Boolean,
            "id" => Self::Id,
            "list" => Self::List,
            "container" => Self::Container,
            _ => Self::Other,
        }
    }
}

/// A value under a tag. The moment is that of a date.
fn typed(tag: Tag, moment: Option<Moment>, text: &str) -> Value<'_> {
    let (trimmed, bytes) = (text.trim_ascii(), text.as_bytes());
    match (tag, moment) {
        (_, Some(moment)) => Value::Moment(moment, bytes),
        (Tag::Float, _) if is_not_finite(trimmed) => Value::Typed(Kind::Number, bytes),
        (Tag::Boolean, _) if is_boolean(trimmed) => Value::Typed(Kind::Boolean, bytes),
        // The narrowest type that fits what is written.
        (Tag::Int | Tag::Float | Tag::Boolean, _) => Value::Text(bytes),
        _ => Value::Typed(Kind::String, bytes),
    }
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
    tag: Tag,
    moment: Option<Moment>,
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

    /// Adds a value, unless it is blank.
    pub fn push(&mut self, place: usize, tag: Tag, text: &str) {
        let trimmed = text.trim_ascii();
        if trimmed.is_empty() {
            return;
        }
        let moment = if tag == Tag::Date { datetime::iso(trimmed.as_bytes()) } else { None };
        let start = self.text.len();
        self.text.push_str(text);
        self.cells.push(Cell { place, tag, moment, start, end: self.text.len() });
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

    /// The values from one to another, each with its column and tag.
    pub fn get(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, Tag, Value<'_>)> {
        self.cells.get(from..to).unwrap_or_default().iter().map(|cell| {
            let text = self.text.get(cell.start..cell.end).unwrap_or_default();
            (cell.place, cell.tag, typed(cell.tag, cell.moment, text))
        })
    }

    pub fn all(&self) -> impl Iterator<Item = (usize, Tag, Value<'_>)> {
        self.get(0, self.cells.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(tag: &str, text: &str) -> Option<Kind> {
        let mut values = Values::default();
        values.push(0, Tag::of(tag), text);
        let (_, _, value) = values.all().next()?;
        match value {
            Value::Typed(kind, _) => Some(kind),
            Value::Moment(..) => Some(Kind::Datetime),
            Value::Text(_) => None,
        }
    }

    #[test]
    fn values_are_what_their_tags_say() {
        for (tag, text, meant) in [
            ("date", " 2024-01-31T09:30:00Z ", Kind::Datetime),
            ("date", "31.01.2024", Kind::String),
            ("date", "1704182400000", Kind::String),
            ("string", "2024-01-31", Kind::String),
            ("string", "5", Kind::String),
            ("id", "5", Kind::String),
            ("list", "5", Kind::String),
            ("boolean", "1", Kind::Boolean),
            ("boolean", "False", Kind::Boolean),
            ("float", "NaN", Kind::Number),
            ("float", "-INF", Kind::Number),
        ] {
            assert_eq!(kind(tag, text), Some(meant), "{tag} {text}");
        }
        for (tag, text) in
            [("int", "5"), ("int", "99999999999999999999"), ("float", "1.5"), ("boolean", "yes")]
        {
            assert_eq!(kind(tag, text), None, "{tag} {text}");
        }
    }

    #[test]
    fn values_are_kept_in_their_order() {
        let mut values = Values::default();
        for (place, text) in [(3, "a"), (1, " "), (2, "ü"), (3, "b")] {
            values.push(place, Tag::String, text);
        }
        assert_eq!(values.len(), 3);
        values.remove(3, 1);
        values.remove(7, 0);
        let places: Vec<_> = values.all().map(|(place, ..)| place).collect();
        assert_eq!(places, [3, 2]);
        assert!(values.has(2) && !values.has(1));
    }
}
