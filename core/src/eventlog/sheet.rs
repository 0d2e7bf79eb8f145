//! Worksheets: the first sheet of xlsx, xlsb and xls.

use std::{
    collections::BTreeMap,
    fs::File,
    io::BufReader,
    panic::{AssertUnwindSafe, catch_unwind},
    path::Path,
};

use calamine::{DataType, Reader, Xls, Xlsb, Xlsx, open_workbook};

use super::{Column, Format, Kind, ReadError, Summary, columns::check_count, kind::Guess};

/// The largest workbook that is read: a sheet has at most 1,048,576 rows, and the texts of a
/// workbook are held in memory.
const SIZE_LIMIT: u64 = 256 << 20;

type Source = BufReader<File>;

pub(super) fn read(path: &Path, format: Format) -> Result<Summary, ReadError> {
    if path.metadata()?.len() > SIZE_LIMIT {
        return Err(ReadError::TooLarge("the workbook is larger than 256 MiB".to_owned()));
    }
    // A damaged workbook may trip over an assumption inside the parser.
    let outcome = catch_unwind(AssertUnwindSafe(|| summarize(path, format)));
    outcome.unwrap_or_else(|_| Err(malformed("its structure is damaged")))
}

fn malformed(reason: impl std::fmt::Display) -> ReadError {
    ReadError::Malformed(format!("the workbook cannot be read: {reason}"))
}

fn summarize(path: &Path, format: Format) -> Result<Summary, ReadError> {
    let mut table = Table::default();
    match format {
        Format::Xlsx => read_xlsx(open_workbook(path).map_err(malformed)?, &mut table)?,
        Format::Xlsb => read_xlsb(open_workbook(path).map_err(malformed)?, &mut table)?,
        _ => read_xls(open_workbook(path).map_err(malformed)?, &mut table)?,
    }
    table.finish()
}

fn first_sheet<W: Reader<Source>>(workbook: &W) -> Result<String, ReadError> {
    workbook.sheet_names().into_iter().next().ok_or_else(|| malformed("it has no sheet"))
}

fn read_xlsx(mut workbook: Xlsx<Source>, table: &mut Table) -> Result<(), ReadError> {
    let sheet = first_sheet(&workbook)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(malformed)?;
    while let Some(cell) = cells.next_cell().map_err(malformed)? {
        table.take(cell.get_position(), cell.get_value())?;
    }
    Ok(())
}

fn read_xlsb(mut workbook: Xlsb<Source>, table: &mut Table) -> Result<(), ReadError> {
    let sheet = first_sheet(&workbook)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(malformed)?;
    while let Some(cell) = cells.next_cell().map_err(malformed)? {
        table.take(cell.get_position(), cell.get_value())?;
    }
    Ok(())
}

fn read_xls(mut workbook: Xls<Source>, table: &mut Table) -> Result<(), ReadError> {
    let sheet = first_sheet(&workbook)?;
    let range = workbook.worksheet_range(&sheet).map_err(malformed)?;
    for (row, column, value) in range.used_cells() {
        let position = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
        table.take(position, value)?;
    }
    Ok(())
}

/// What the cells add up to, as they come row by row; the first row with a cell is the header.
#[derive(Default)]
struct Table {
    header_row: Option<u32>,
    columns: BTreeMap<u32, (String, Guess)>,
    last_row: Option<u32>,
    rows: u64,
}

impl Table {
    fn take(&mut self, (row, column): (u32, u32), value: &impl DataType) -> Result<(), ReadError> {
        if value.is_empty() || value.get_string().is_some_and(|text| text.trim_ascii().is_empty()) {
            return Ok(());
        }
        if *self.header_row.get_or_insert(row) == row {
            self.columns.insert(column, (heading(value), Guess::new()));
            return check_count(self.columns.len());
        }
        if self.last_row != Some(row) {
            self.last_row = Some(row);
            self.rows += 1;
        }
        if let Some((_, guess)) = self.columns.get_mut(&column) {
            see(guess, value);
        }
        Ok(())
    }

    fn finish(self) -> Result<Summary, ReadError> {
        if self.header_row.is_none() {
            return Err(ReadError::Empty);
        }
        let columns = self.columns.into_values();
        Ok(Summary {
            rows: self.rows,
            columns: columns.map(|(name, guess)| Column { name, kind: guess.kind() }).collect(),
            delimiter: None,
            encoding: None,
        })
    }
}

fn heading(value: &impl DataType) -> String {
    value.as_string().or_else(|| value.get_bool().map(|value| value.to_string())).unwrap_or_default()
}

fn see(guess: &mut Guess, value: &impl DataType) {
    if let Some(text) = value.get_string().or_else(|| value.get_datetime_iso()) {
        guess.see_text(text);
    } else {
        guess.see_kind(stated(value));
    }
}

fn stated(value: &impl DataType) -> Kind {
    if value.get_datetime().is_some_and(|moment| moment.is_datetime()) {
        Kind::Datetime
    } else if value.is_bool() {
        Kind::Boolean
    } else if value.is_int() || value.get_float().is_some_and(|number| number.fract() == 0.0) {
        // A workbook keeps whole numbers as floating point.
        Kind::Integer
    } else if value.is_float() {
        Kind::Number
    } else {
        Kind::String
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

    fn summary(cells: Vec<((u32, u32), Data)>) -> Result<Summary, ReadError> {
        let mut table = Table::default();
        for (position, value) in &cells {
            table.take(*position, value)?;
        }
        table.finish()
    }

    #[test]
    fn cells_become_rows_and_columns() {
        let text = |value: &str| Data::String(value.to_owned());
        let day = Data::DateTime(ExcelDateTime::new(45_000.5, ExcelDateTimeType::DateTime, false));
        let log = summary(vec![
            ((2, 1), text("case")),
            ((2, 2), text("when")),
            ((2, 4), text("paid")),
            ((3, 1), Data::Float(1.0)),
            ((3, 2), day),
            ((3, 3), text("no heading")),
            ((4, 1), Data::Float(2.0)),
            ((4, 2), text("2024-01-31")),
            ((4, 4), Data::Bool(true)),
            ((9, 1), text("  ")),
        ])
        .unwrap();
        let columns: Vec<_> = log.columns.iter().map(|c| (c.name.as_str(), c.kind)).collect();
        assert_eq!(log.rows, 2);
        assert_eq!(columns, [("case", Kind::Integer), ("when", Kind::Datetime), ("paid", Kind::Boolean)]);
    }

    #[test]
    fn an_empty_sheet() {
        assert!(matches!(summary(vec![]), Err(ReadError::Empty)));
    }

    #[test]
    fn no_workbook() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), b"case,activity\n1,A\n").unwrap();
        for format in [Format::Xlsx, Format::Xlsb, Format::Xls] {
            assert!(matches!(read(file.path(), format), Err(ReadError::Malformed(_))));
        }
    }

    const PACKAGE: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    const WORKBOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Log" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    const RELATIONS: &str = r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    const STYLES: &str =
        r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>"#;
    const SHEET: &str = r#"<worksheet><sheetData>
        <row r="1"><c r="A1" t="inlineStr"><is><t>case</t></is></c><c r="B1" t="inlineStr"><is><t>when</t></is></c></row>
        <row r="2"><c r="A2"><v>1</v></c><c r="B2" s="1"><v>45322.5</v></c></row>
        <row r="3"><c r="A3"><v>2.5</v></c></row>
    </sheetData></worksheet>"#;

    fn workbook(sheet: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut archive = zip::ZipWriter::new(file.reopen().unwrap());
        for (name, text) in [
            ("_rels/.rels", PACKAGE),
            ("xl/workbook.xml", WORKBOOK),
            ("xl/_rels/workbook.xml.rels", RELATIONS),
            ("xl/styles.xml", STYLES),
            ("xl/worksheets/sheet1.xml", sheet),
        ] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
        }
        archive.finish().unwrap();
        file
    }

    #[test]
    fn a_workbook_of_excel() {
        let log = read(workbook(SHEET).path(), Format::Xlsx).unwrap();
        let columns: Vec<_> = log.columns.iter().map(|c| (c.name.as_str(), c.kind)).collect();
        assert_eq!(log.rows, 2);
        assert_eq!(columns, [("case", Kind::Number), ("when", Kind::Datetime)]);
    }

    #[test]
    fn a_cut_workbook() {
        let cut = workbook(SHEET.split_at(200).0);
        assert!(read(cut.path(), Format::Xlsx).is_err());
    }
}
