//! The first rows of a sheet as a sample, by which the roles of its columns are decided.

use super::cell::Cell;
use super::head::Row;
use super::merged::{Fill, Region};
use super::table::Table;
use crate::eventlog::profile::sample::Sample;
use crate::eventlog::profile::tally::Value;

/// The rows, with blanks for cells that have no value. Merged cells have their value in every row that they cover.
pub(super) fn sample(table: &Table, rows: &[Row], merged: &[Region]) -> Sample {
    let mut sample = Sample::new(table.names.len());
    let mut fill = Fill::of(merged);
    for row in rows {
        let mut values: Vec<&[u8]> = vec![b""; table.names.len()];
        let cells = row.cells.iter().map(|(column, cell)| (*column, text_of(cell)));
        for (column, text) in fill.covered(row.index).chain(cells.clone()) {
            if let Some(value) = table.place(column).and_then(|place| values.get_mut(place)) {
                *value = text;
            }
        }
        cells.for_each(|(column, text)| fill.see((row.index, column), text));
        sample.push_row(values);
    }
    sample
}

/// The text of a cell that has a value.
pub(super) fn text_of<'a>(cell: &'a Cell<'_>) -> &'a [u8] {
    match cell.value() {
        Some(Value::Text(text) | Value::Typed(_, text) | Value::Moment(_, text)) => text,
        None => b"",
    }
}
