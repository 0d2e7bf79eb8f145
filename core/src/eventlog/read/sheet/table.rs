//! Where the table of a sheet is: below which row of headings, and between which columns.

use std::collections::BTreeMap;

use super::cell::Cell;
use super::head::Row;
use crate::eventlog::ReadError;
use crate::eventlog::limits::check_count;
use crate::eventlog::read::header::{HEADER_SAMPLE, find_header};

#[derive(Debug)]
pub(super) struct Table {
    /// The row of the headings, counted from 0.
    pub header_row: u32,
    /// Whether rows with cells, such as titles, stand above the headings.
    pub has_rows_above: bool,
    /// The headings from the first column to the last; columns without one are empty.
    pub names: Vec<String>,
    left: u32,
}

/// A table, the rows below its headings, and what stands beside its headings.
pub(super) struct Found {
    pub table: Table,
    pub data: Vec<Row>,
    pub beside: Vec<(u32, Cell<'static>)>,
}

impl Table {
    /// Finds the table in the first rows of a sheet; nothing if there are none.
    pub fn find(mut rows: Vec<Row>) -> Result<Option<Found>, ReadError> {
        let at = header_among(&rows)?;
        if at >= rows.len() {
            return Ok(None);
        }
        let data = rows.split_off(at + 1);
        let Some(header) = rows.pop() else { return Ok(None) };
        let Some((left, right)) = columns(&header, &data) else { return Ok(None) };
        let names = vec![String::new(); width(left, right)?];
        let mut table = Self { header_row: header.index, has_rows_above: at > 0, names, left };
        let mut beside = Vec::new();
        for (column, cell) in header.cells {
            match table.place(column).and_then(|place| table.names.get_mut(place)) {
                Some(name) => *name = cell.text.into_owned(),
                None => beside.push((column, cell)),
            }
        }
        Ok(Some(Found { table, data, beside }))
    }

    /// The place of a column in the table, if it is part of it.
    pub fn place(&self, column: u32) -> Option<usize> {
        let place = usize::try_from(column.checked_sub(self.left)?).ok()?;
        (place < self.names.len()).then_some(place)
    }

    /// The part of a span of columns that is in the table, as places.
    pub fn places(&self, first: u32, last: u32) -> Option<(usize, usize)> {
        let end = self.left.saturating_add(u32::try_from(self.names.len()).unwrap_or(u32::MAX));
        let last = self.place(last.min(end.checked_sub(1)?))?;
        let first = self.place(first.max(self.left))?;
        (first <= last).then_some((first, last))
    }
}

fn width(left: u32, right: u32) -> Result<usize, ReadError> {
    let width = usize::try_from(right - left).unwrap_or(usize::MAX).saturating_add(1);
    check_count(width)?;
    Ok(width)
}

fn header_among(rows: &[Row]) -> Result<usize, ReadError> {
    let searched = rows.get(..HEADER_SAMPLE).unwrap_or(rows);
    let columns = || searched.iter().flat_map(|row| &row.cells).map(|(column, _)| *column);
    let (Some(left), Some(right)) = (columns().min(), columns().max()) else { return Ok(0) };
    width(left, right)?;
    let texts: Vec<_> = searched.iter().map(|row| texts(row, left)).collect();
    Ok(find_header(&texts).record)
}

/// The texts of a row, from the first column that any row has.
fn texts(row: &Row, left: u32) -> Vec<&str> {
    let mut texts = Vec::new();
    for (column, cell) in &row.cells {
        let place = usize::try_from(column - left).unwrap_or_default();
        if place >= texts.len() {
            texts.resize(place + 1, "");
        }
        if let Some(text) = texts.get_mut(place) {
            *text = cell.text.as_ref();
        }
    }
    texts
}

/// The first and the last column of the table.
///
/// A column needs a heading, or values in more rows than a note has. A heading that stands apart from the others
/// and has nothing below it is a note, too.
fn columns(header: &Row, data: &[Row]) -> Option<(u32, u32)> {
    let mut filled: BTreeMap<u32, usize> = BTreeMap::new();
    for (column, _) in data.iter().flat_map(|row| &row.cells) {
        *filled.entry(*column).or_default() += 1;
    }
    let headed: BTreeMap<u32, usize> =
        header.cells.iter().map(|(column, _)| (*column, filled.get(column).copied().unwrap_or(0))).collect();
    let has_values = |column: &u32, values: usize| {
        let is_note = values == 1 && data.len() > 1;
        values > 0 && (headed.contains_key(column) || (values * 4 > data.len() && !is_note))
    };
    let of_table = || filled.iter().filter(|(column, values)| has_values(column, **values)).map(|(c, _)| *c);
    let all = || headed.keys().copied();
    let (Some(mut left), Some(mut right)) = (of_table().min(), of_table().max()) else {
        return all().min().zip(all().max());
    };
    while let Some(column) = left.checked_sub(1).filter(|column| headed.contains_key(column)) {
        left = column;
    }
    while let Some(column) = right.checked_add(1).filter(|column| headed.contains_key(column)) {
        right = column;
    }
    Some((left, right))
}

#[cfg(test)]
mod tests {
    use super::super::cell::CellKind;
    use super::*;

    /// Rows of texts, a cell for each that is not empty.
    fn rows(texts: &[&[&str]]) -> Vec<Row> {
        let cell = |text: &str| Cell::new(CellKind::Text, text.to_owned());
        let row = |(index, texts): (u32, &&[&str])| Row {
            index,
            cells: (0..)
                .zip(texts.iter())
                .filter(|(_, text)| !text.is_empty())
                .map(|(c, t)| (c, cell(t)))
                .collect(),
        };
        (0..).zip(texts).map(row).filter(|row| !row.cells.is_empty()).collect()
    }

    fn found(texts: &[&[&str]]) -> (u32, u32, Vec<String>) {
        let found = Table::find(rows(texts)).unwrap().unwrap();
        (found.table.header_row, found.table.left, found.table.names)
    }

    #[test]
    fn columns_without_a_heading_count_where_they_have_values() {
        let index = found(&[&["", "case", "activity"], &["0", "1", "A"], &["1", "1", "B"]]);
        assert_eq!(index, (0, 0, vec![String::new(), "case".into(), "activity".into()]));
        let middle = found(&[&["case", "", "activity"], &["1", "", "A"], &["1", "x", "B"]]);
        assert_eq!(middle.2, ["case", "", "activity"]);
    }

    #[test]
    fn notes_beside_the_table_are_no_columns() {
        let row: &[&str] = &["1", "A", "2024-01-31"];
        let table =
            [&["case", "activity", "time"], row, &["1", "B", "2024-01-31", "", "a note"], row, row, row];
        assert_eq!(found(&table).2, ["case", "activity", "time"]);
        let headed = [&["case", "activity", "time", "", "a note"], row, row];
        let found = Table::find(rows(&headed)).unwrap().unwrap();
        assert_eq!((found.table.names.len(), found.beside.len()), (3, 1));
    }

    #[test]
    fn headings_next_to_the_others_need_no_values() {
        assert_eq!(found(&[&["case", "activity", "note"], &["1", "A"], &["1", "B"]]).2.len(), 3);
        assert_eq!(found(&[&["case", "", "activity"]]).2.len(), 3);
    }

    #[test]
    fn titles_stand_above_the_table() {
        let row: &[&str] = &["", "1", "A", "9"];
        let table = found(&[&["", "Report"], &[], &["", "case", "activity", "cost"], row, row]);
        assert_eq!((table.0, table.1), (2, 1));
    }

    #[test]
    fn a_span_of_columns_is_cut_to_the_table() {
        let found = Table::find(rows(&[&["", "a", "b", "c"], &["", "1", "2", "3"]])).unwrap().unwrap();
        let places = |first, last| found.table.places(first, last);
        assert_eq!(
            [places(0, 1), places(2, 9), places(0, 0), places(4, 5)],
            [Some((0, 0)), Some((1, 2)), None, None]
        );
    }

    #[test]
    fn a_table_of_too_many_columns_is_refused() {
        let cell = |column| (column, Cell::new(CellKind::Text, "a"));
        let row = |index| Row { index, cells: vec![cell(0), cell(u32::MAX)] };
        assert!(matches!(Table::find(vec![row(0), row(1)]), Err(ReadError::TooLarge(_))));
        assert!(Table::find(Vec::new()).unwrap().is_none());
    }
}
