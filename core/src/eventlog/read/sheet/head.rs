//! The first rows of a sheet, which are kept until it is known what its columns are.

use super::cell::Cell;

/// A row and a column, both counted from 0.
pub(super) type Position = (u32, u32);

/// How much memory the rows that are kept may take, whatever their number.
const BYTES: usize = 32 << 20;

#[derive(Debug)]
pub(super) struct Head {
    pub rows: Vec<Row>,
    limit: usize,
    bytes: usize,
}

#[derive(Debug)]
pub(super) struct Row {
    pub index: u32,
    /// The cells that hold something, with their columns.
    pub cells: Vec<(u32, Cell<'static>)>,
}

impl Head {
    /// For so many rows.
    pub fn of(limit: usize) -> Self {
        Self { rows: Vec::new(), limit, bytes: 0 }
    }

    pub fn push(&mut self, (row, column): Position, cell: Cell<'_>) {
        self.bytes += size_of::<(u32, Cell<'_>)>() + cell.text.len();
        let cell = (column, cell.into_owned());
        match self.rows.last_mut() {
            Some(last) if last.index == row => last.cells.push(cell),
            _ => self.rows.push(Row { index: row, cells: vec![cell] }),
        }
    }

    /// Whether no more rows are to be kept; the last one may be incomplete then.
    pub fn is_full(&self) -> bool {
        self.rows.len() > self.limit || self.bytes > BYTES
    }
}
