//! What the sheets of a workbook hold, as far as it is needed to choose one and to name the others.

use std::io::{Read, Seek};

use super::cell::{Cell, CellKind};
use super::head::{Head, Row};
use super::roles::sample;
use super::table::{Found, Table};
use super::workbook::{Sheet, Workbook};
use crate::eventlog::ReadError;
use crate::eventlog::limits::Limits;
use crate::eventlog::profile::roles::{self, Fixed};
use crate::eventlog::profile::types::{Guess, Kind};

/// The rows by which a sheet is judged.
const JUDGED: usize = 200;

/// A sheet, and what it holds.
#[derive(Debug)]
pub(super) struct Survey {
    pub sheet: Sheet,
    /// The headings of its table; none if it has no table.
    pub names: Vec<String>,
    /// The rows below the headings; all rows with cells if there is no table.
    pub rows: u64,
    /// How much it looks like an event log.
    pub likeness: u32,
    /// It can't be read to its end.
    pub is_damaged: bool,
}

impl Survey {
    /// Of a sheet that is not looked into.
    pub fn of(sheet: Sheet) -> Self {
        Self { sheet, names: Vec::new(), rows: 0, likeness: 0, is_damaged: false }
    }

    /// Reads a sheet to count its rows, and judges it by the first of them.
    pub fn take<F: Read + Seek>(
        sheet: Sheet,
        workbook: &mut Workbook<F>,
        limits: &Limits<'_>,
    ) -> Result<Self, ReadError> {
        let (mut head, mut rows, mut last) = (Head::of(JUDGED), 0_u64, None);
        let read = workbook.read(&sheet.name, |(row, column), cell| {
            if last != Some(row) {
                last = Some(row);
                rows += 1;
                limits.check()?;
            }
            if !head.is_full() {
                head.push((row, column), cell);
            }
            Ok(())
        });
        let is_damaged = match read {
            // A sheet that nobody asked for must not keep the log from being read.
            Err(ReadError::Malformed(_)) => true,
            read => read.map(|()| false)?,
        };
        let mut survey = Self { rows, is_damaged, ..Self::of(sheet) };
        survey.judge(head.rows)?;
        Ok(survey)
    }

    fn judge(&mut self, rows: Vec<Row>) -> Result<(), ReadError> {
        let kept = rows.len() as u64;
        let Some(Found { table, data, .. }) = Table::find(rows)? else { return Ok(()) };
        if table.names.iter().filter(|name| !name.trim().is_empty()).count() > 1 {
            let above = kept - data.len() as u64;
            self.rows -= above.min(self.rows);
            self.likeness = likeness(&table, &data);
            self.names = table.names;
        }
        Ok(())
    }
}

/// A log has a case, an activity and a date, under headings that logs have, in rows that are alike.
fn likeness(table: &Table, data: &[Row]) -> u32 {
    let width = table.names.len();
    let is_full = |row: &&Row| row.cells.len() * 2 > width;
    let roles = roles::decide(&table.names, &sample(table, data, &[]), &Fixed::default());
    let found = [roles.case, roles.activity, roles.timestamp].iter().flatten().count();
    let known = table.names.iter().filter(|name| roles::is_known_heading(name)).count();
    let shape = [
        (width > 2 && data.len() > 1, 4),
        (has_dates(table, data), 4),
        (found == 3, 4),
        (!data.is_empty() && data.iter().filter(is_full).count() * 10 >= data.len() * 7, 2),
    ];
    let shape: u32 = shape.into_iter().filter_map(|(is, points)| is.then_some(points)).sum();
    shape + 3 * found as u32 + 2 * known.min(4) as u32 + roles.score.clamp(0.0, 20.0) as u32
}

/// Whether most values of a column are dates.
fn has_dates(table: &Table, data: &[Row]) -> bool {
    let mut counts = vec![(0_u32, 0_u32); table.names.len()];
    for (column, cell) in data.iter().flat_map(|row| &row.cells) {
        if let Some((dates, all)) = table.place(*column).and_then(|place| counts.get_mut(place)) {
            *all += 1;
            *dates += u32::from(is_date(cell));
        }
    }
    counts.iter().any(|(dates, all)| *dates > 0 && dates * 2 > *all)
}

fn is_date(cell: &Cell<'_>) -> bool {
    match cell.kind {
        CellKind::Moment(_) => true,
        CellKind::Text => {
            let mut guess = Guess::new();
            guess.see_text(cell.text.trim_ascii().as_bytes());
            guess.kind() == Kind::Datetime
        }
        _ => false,
    }
}
