//! Which column is what, by the first rows of a sheet.

use super::cell::{Cell, CellKind};
use super::head::Row;
use super::table::Table;
use crate::eventlog::ReadError;
use crate::eventlog::profile::distinct::{Distinct, hash};
use crate::eventlog::profile::roles::{Role, Sample, roles};
use crate::eventlog::profile::tally::Value;
use crate::eventlog::profile::timestamps::TimestampColumn;
use crate::eventlog::profile::types::Guess;
use crate::eventlog::stated::Stated;

/// The roles of the columns, and how their timestamps are to be read, by the first rows.
pub(super) fn find_roles(
    table: &Table,
    rows: &[Row],
    stated: &Stated,
) -> Result<(Vec<Option<Role>>, TimestampColumn), ReadError> {
    let mut columns: Vec<Vec<&Cell<'_>>> = vec![Vec::new(); table.names.len()];
    for (column, cell) in rows.iter().flat_map(|row| &row.cells) {
        if let Some(column) = table.place(*column).and_then(|place| columns.get_mut(place)) {
            column.push(cell);
        }
    }
    let sample = |(name, cells): (&String, &Vec<&Cell<'_>>)| sample(name, rows.len() as u64, cells);
    let mut roles = roles(&table.names.iter().zip(&columns).map(sample).collect::<Vec<_>>());
    stated.apply(&table.names, &mut roles)?;
    let timestamp = roles.iter().position(|role| *role == Some(Role::Timestamp));
    let texts = timestamp
        .and_then(|place| columns.get(place))
        .into_iter()
        .flatten()
        .filter(|cell| matches!(cell.kind, CellKind::Text | CellKind::Moment(_)))
        .map(|cell| cell.text.as_bytes());
    let stamps = TimestampColumn::of_sample(texts);
    Ok((roles, stamps))
}

fn sample(name: &str, rows: u64, cells: &[&Cell<'_>]) -> Sample {
    let (mut guess, mut distinct, mut filled) = (Guess::new(), Distinct::new(1), 0);
    for (cell, value) in cells.iter().filter_map(|cell| Some((cell, cell.value()?))) {
        match value {
            Value::Text(text) => drop(guess.see_text(text.trim_ascii())),
            Value::Typed(kind, _) => guess.see_kind(kind),
            Value::Moment(moment, _) => guess.see_moment(moment),
        }
        filled += 1;
        distinct.insert(hash(cell.text.as_bytes()));
    }
    Sample { name: name.to_owned(), kind: guess.kind(), rows, filled, distinct: distinct.count() }
}
