use std::collections::HashMap;

use super::{Column, ReadError, kind::Guess};

/// As many columns as a worksheet has; more of them are not a table.
const COLUMN_LIMIT: usize = 16_384;

/// Columns that are found one by one by a key of the format, in the order in which they appear.
#[derive(Debug, Default)]
pub(super) struct Columns {
    places: HashMap<String, usize>,
    columns: Vec<(String, Guess)>,
}

impl Columns {
    /// The guess of the column with this name.
    pub(super) fn named(&mut self, name: &str) -> Result<&mut Guess, ReadError> {
        let place = match self.places.get(name) {
            Some(place) => *place,
            None => self.add(name)?,
        };
        let (_, guess) = self.columns.get_mut(place).ok_or_else(too_many)?;
        Ok(guess)
    }

    fn add(&mut self, name: &str) -> Result<usize, ReadError> {
        let place = self.columns.len();
        check_count(place + 1)?;
        self.places.insert(name.to_owned(), place);
        self.columns.push((name.to_owned(), Guess::new()));
        Ok(place)
    }

    pub(super) fn finish(self) -> Vec<Column> {
        self.columns.into_iter().map(|(name, guess)| Column { name, kind: guess.kind() }).collect()
    }
}

/// Refuses a table with too many columns.
pub(super) fn check_count(columns: usize) -> Result<(), ReadError> {
    if columns > COLUMN_LIMIT { Err(too_many()) } else { Ok(()) }
}

fn too_many() -> ReadError {
    ReadError::TooLarge(format!("the file has more than {COLUMN_LIMIT} columns"))
}
