//! Workbooks of the three formats: which sheets they have, and the cells of one.

use std::io::{Read, Seek};

use calamine::{Data, DataRef, Reader, SheetType, SheetVisible, Xls, Xlsb, Xlsx, XlsxError};

use super::cell::Cell;
use super::damage::unreadable;
use super::head::Position;
use super::merged::Region;
use crate::eventlog::profile::datetime::SerialStart;
use crate::eventlog::{Format, ReadError};

pub(super) enum Workbook<F: Read + Seek> {
    Xlsx(Xlsx<F>),
    Xlsb(Xlsb<F>),
    Xls(Xls<F>),
}

/// A sheet of a workbook, as its list of sheets has it.
#[derive(Clone, Debug)]
pub(super) struct Sheet {
    pub name: String,
    pub hidden: bool,
    /// Charts, macros and dialogs have no cells.
    pub has_cells: bool,
}

impl<F: Read + Seek> Workbook<F> {
    pub fn open(file: F, format: Format) -> Result<Self, ReadError> {
        Ok(match format {
            Format::Xlsx => Self::Xlsx(Xlsx::new(file).map_err(unreadable)?),
            Format::Xlsb => Self::Xlsb(Xlsb::new(file).map_err(unreadable)?),
            _ => Self::Xls(Xls::new(file).map_err(unreadable)?),
        })
    }

    pub fn sheets(&self) -> Vec<Sheet> {
        let sheets = match self {
            Self::Xlsx(workbook) => workbook.sheets_metadata(),
            Self::Xlsb(workbook) => workbook.sheets_metadata(),
            Self::Xls(workbook) => workbook.sheets_metadata(),
        };
        let sheet = |sheet: &calamine::Sheet| Sheet {
            name: sheet.name.clone(),
            hidden: sheet.visible != SheetVisible::Visible,
            has_cells: sheet.typ == SheetType::WorkSheet,
        };
        sheets.iter().map(sheet).collect()
    }

    /// The day from which it counts.
    pub fn serial_start(&self) -> SerialStart {
        let is_1904 = match self {
            Self::Xlsx(workbook) => workbook.has_1904_epoch(),
            Self::Xlsb(workbook) => workbook.has_1904_epoch(),
            Self::Xls(workbook) => workbook.has_1904_epoch(),
        };
        if is_1904 { SerialStart::Of1904 } else { SerialStart::Of1900 }
    }

    /// Reads the cells of a sheet that hold something, row by row.
    pub fn read(
        &mut self,
        sheet: &str,
        take: impl FnMut(Position, Cell<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        match self {
            Self::Xlsx(workbook) => read_xlsx(workbook, sheet, take),
            Self::Xlsb(workbook) => read_xlsb(workbook, sheet, take),
            Self::Xls(workbook) => read_xls(workbook, sheet, take),
        }
    }

    /// The merged cells of a sheet. Those of xlsb are not known.
    pub fn merged(&mut self, sheet: &str) -> Result<Vec<Region>, ReadError> {
        let cells = match self {
            Self::Xlsx(workbook) => workbook.merge_cells_by_sheet_name(sheet).map_err(unreadable)?,
            Self::Xlsb(_) => Vec::new(),
            Self::Xls(workbook) => workbook.merge_cells_by_sheet_name(sheet).map_err(unreadable)?,
        };
        Ok(cells.into_iter().map(|cells| Region { start: cells.start, end: cells.end }).collect())
    }
}

fn read_xlsx<F: Read + Seek>(
    workbook: &mut Xlsx<F>,
    sheet: &str,
    mut take: impl FnMut(Position, Cell<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = match workbook.worksheet_cells_reader(sheet) {
        // A worksheet without cells may have no place for them.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        cells => cells.map_err(unreadable)?,
    };
    let mut errors = StrangeErrors::default();
    loop {
        let record = match cells.next_cell_with_formula_metadata() {
            Ok(Some(record)) => record,
            Ok(None) => break,
            Err(XlsxError::CellError(text)) => {
                errors.texts.push(text);
                continue;
            }
            Err(error) => return Err(unreadable(error)),
        };
        errors.before(record.pos, &mut take)?;
        let cell = match record.formula {
            Some(_) => Cell::of_formula(record.value, is_1904),
            None => Cell::of(record.value, is_1904),
        };
        if let Some(cell) = cell {
            take(record.pos, cell)?;
        }
    }
    errors.at_the_end(&mut take)
}

fn read_xlsb<F: Read + Seek>(
    workbook: &mut Xlsb<F>,
    sheet: &str,
    mut take: impl FnMut(Position, Cell<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let is_1904 = workbook.has_1904_epoch();
    let mut cells = workbook.worksheet_cells_reader(sheet).map_err(unreadable)?;
    while let Some(cell) = cells.next_cell().map_err(unreadable)? {
        if let Some(value) = Cell::of(cell.get_value().clone(), is_1904) {
            take(cell.get_position(), value)?;
        }
    }
    Ok(())
}

fn read_xls<F: Read + Seek>(
    workbook: &mut Xls<F>,
    sheet: &str,
    mut take: impl FnMut(Position, Cell<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let is_1904 = workbook.has_1904_epoch();
    let range = workbook.worksheet_range(sheet).map_err(unreadable)?;
    let (top, left) = range.start().unwrap_or_default();
    let place = |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
    for (row, column, value) in range.used_cells() {
        if let Some(cell) = Cell::of(borrowed(value), is_1904) {
            take((place(top, row), place(left, column)), cell)?;
        }
    }
    Ok(())
}

fn borrowed(value: &Data) -> DataRef<'_> {
    match value {
        Data::String(text) => DataRef::SharedString(text),
        Data::Int(number) => DataRef::Int(*number),
        Data::Float(number) => DataRef::Float(*number),
        Data::Bool(truth) => DataRef::Bool(*truth),
        Data::DateTime(serial) => DataRef::DateTime(*serial),
        Data::DateTimeIso(text) => DataRef::DateTimeIso(text.clone()),
        Data::DurationIso(text) => DataRef::DurationIso(text.clone()),
        Data::Error(error) => DataRef::Error(error.clone()),
        Data::Empty => DataRef::Empty,
    }
}

/// Cells with an error that Excel does not know, such as `Err:508` of LibreOffice. The parser skips them without
/// their place, which is between the cells before and after them.
#[derive(Default)]
struct StrangeErrors {
    texts: Vec<String>,
    last: Position,
}

impl StrangeErrors {
    /// Takes the errors that came before a cell, and where that is.
    fn before(
        &mut self,
        next: Position,
        take: &mut impl FnMut(Position, Cell<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        let (row, column) = next;
        let room = if row == self.last.0 { 0 } else { usize::try_from(column).unwrap_or(usize::MAX) };
        // As many as there is room for to the left of the cell are in its row.
        let before = self.texts.split_off(self.texts.len().saturating_sub(room));
        self.at_the_end(take)?;
        let first = column.saturating_sub(u32::try_from(before.len()).unwrap_or(u32::MAX));
        place(before, (row, first), take)?;
        self.last = next;
        Ok(())
    }

    /// Takes the errors that came after the last cell.
    fn at_the_end(
        &mut self,
        take: &mut impl FnMut(Position, Cell<'_>) -> Result<(), ReadError>,
    ) -> Result<(), ReadError> {
        place(std::mem::take(&mut self.texts), (self.last.0, self.last.1.saturating_add(1)), take)
    }
}

/// Takes errors of cells that are next to each other.
fn place(
    errors: Vec<String>,
    (row, column): Position,
    take: &mut impl FnMut(Position, Cell<'_>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    errors.into_iter().zip(column..).try_for_each(|(text, column)| take((row, column), Cell::error(text)))
}
