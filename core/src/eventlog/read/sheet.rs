//! Worksheets: the first sheet of xlsx, xlsb and xls.

use std::collections::BTreeMap;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataType, Reader, Xls, Xlsb, Xlsx};

use crate::eventlog::limits::Limits;
use crate::eventlog::limits::check_count;
use crate::eventlog::profile::cases::Cases;
use crate::eventlog::profile::datetime::Moment;
use crate::eventlog::profile::distinct::{Distinct, hash};
use crate::eventlog::profile::roles::{Role, Sample, roles};
use crate::eventlog::profile::tally::{Tally, Value};
use crate::eventlog::profile::timestamps::TimestampColumn;
use crate::eventlog::profile::types::{Guess, Kind};
use crate::eventlog::report::build::Outcome;
use crate::eventlog::stated::Stated;
use crate::eventlog::{Format, ReadError};

/// The largest workbook that is read: a sheet has at most 1,048,576 rows, and the texts of a
/// workbook are held in memory.
const SIZE_LIMIT: u64 = 256 << 20;
/// The rows from which roles are found.
const SAMPLE: u64 = 1000;

pub(crate) fn read(
    mut file: impl Read + Seek,
    format: Format,
    _stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    if file.seek(SeekFrom::End(0))? > SIZE_LIMIT {
        return Err(ReadError::TooLarge("the workbook is larger than 256 MiB".to_owned()));
    }
    file.rewind()?;
    // A damaged workbook may trip over an assumption inside the parser.
    let outcome = catch_unwind(AssertUnwindSafe(|| tally(file, format, limits)));
    outcome.unwrap_or_else(|_| Err(malformed("its structure is damaged")))
}

fn malformed(reason: impl std::fmt::Display) -> ReadError {
    ReadError::Malformed(format!("the workbook cannot be read: {reason}"))
}

fn tally(file: impl Read + Seek, format: Format, limits: &Limits<'_>) -> Result<Outcome, ReadError> {
    let mut sheet = Sheet::new(limits);
    match format {
        Format::Xlsx => read_xlsx(Xlsx::new(file).map_err(malformed)?, &mut sheet)?,
        Format::Xlsb => read_xlsb(Xlsb::new(file).map_err(malformed)?, &mut sheet)?,
        _ => read_xls(Xls::new(file).map_err(malformed)?, &mut sheet)?,
    }
    sheet.finish()
}

fn first_sheet<S: Read + Seek, W: Reader<S>>(workbook: &W) -> Result<String, ReadError> {
    workbook.sheet_names().into_iter().next().ok_or_else(|| malformed("it has no sheet"))
}

fn read_xlsx<S: Read + Seek>(mut workbook: Xlsx<S>, table: &mut Sheet<'_>) -> Result<(), ReadError> {
    let sheet = first_sheet(&workbook)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(malformed)?;
    while let Some(cell) = cells.next_cell().map_err(malformed)? {
        table.take(cell.get_position(), cell.get_value())?;
    }
    Ok(())
}

fn read_xlsb<S: Read + Seek>(mut workbook: Xlsb<S>, table: &mut Sheet<'_>) -> Result<(), ReadError> {
    let sheet = first_sheet(&workbook)?;
    let mut cells = workbook.worksheet_cells_reader(&sheet).map_err(malformed)?;
    while let Some(cell) = cells.next_cell().map_err(malformed)? {
        table.take(cell.get_position(), cell.get_value())?;
    }
    Ok(())
}

fn read_xls<S: Read + Seek>(mut workbook: Xls<S>, table: &mut Sheet<'_>) -> Result<(), ReadError> {
    let sheet = first_sheet(&workbook)?;
    let range = workbook.worksheet_range(&sheet).map_err(malformed)?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let place = |from: u32, by: usize| from.saturating_add(u32::try_from(by).unwrap_or(u32::MAX));
        table.take((place(top, row), place(left, column)), value)?;
    }
    Ok(())
}

/// What the cells add up to, as they come row by row; the first row with a cell is the header.
struct Sheet<'a> {
    header_row: Option<u32>,
    /// The columns that have a heading, and their places in the table.
    places: BTreeMap<u32, usize>,
    names: Vec<String>,
    /// The first rows, which are kept until the roles are known.
    sample: Vec<(u32, u32, Cell)>,
    sampled_rows: u64,
    tally: Option<Tally>,
    cases: Cases,
    row: Option<u32>,
    limits: &'a Limits<'a>,
}

/// The value of a cell, with the text that a person sees.
struct Cell {
    kind: Option<Kind>,
    moment: Option<Moment>,
    text: String,
}

impl Cell {
    fn value(&self) -> Value<'_> {
        let text = self.text.as_bytes();
        match (self.moment, self.kind) {
            (Some(moment), _) => Value::Moment(moment, text),
            (None, Some(kind)) => Value::Typed(kind, text),
            (None, None) => Value::Text(text),
        }
    }
}

impl<'a> Sheet<'a> {
    fn new(limits: &'a Limits<'a>) -> Self {
        Self {
            header_row: None,
            places: BTreeMap::new(),
            names: Vec::new(),
            sample: Vec::new(),
            sampled_rows: 0,
            tally: None,
            cases: Cases::up_to(limits.cases),
            row: None,
            limits,
        }
    }

    fn take(&mut self, (row, column): (u32, u32), value: &impl DataType) -> Result<(), ReadError> {
        if value.is_empty() || value.get_string().is_some_and(|text| text.trim_ascii().is_empty()) {
            return Ok(());
        }
        if *self.header_row.get_or_insert(row) == row {
            self.places.insert(column, self.names.len());
            self.names.push(heading(value));
            return check_count(self.names.len());
        }
        if self.tally.is_some() {
            return self.see(row, column, seen(value).value());
        }
        if self.sample.last().is_none_or(|(last, ..)| *last != row) {
            self.sampled_rows += 1;
        }
        self.sample.push((row, column, seen(value)));
        if self.sampled_rows > SAMPLE { self.start() } else { Ok(()) }
    }

    /// Finds the roles, and takes the rows that were kept for that.
    fn start(&mut self) -> Result<(), ReadError> {
        let mut values: Vec<Vec<&Cell>> = vec![Vec::new(); self.names.len()];
        for (_, column, cell) in &self.sample {
            if let Some(values) = self.places.get(column).and_then(|place| values.get_mut(*place)) {
                values.push(cell);
            }
        }
        let sampled = |(name, cells): (&String, &Vec<&Cell>)| sample(name, self.sampled_rows, cells);
        let roles = roles(&self.names.iter().zip(&values).map(sampled).collect::<Vec<_>>());
        let timestamp = roles.iter().position(|role| *role == Some(Role::Timestamp));
        let texts = timestamp
            .and_then(|place| values.get(place))
            .into_iter()
            .flatten()
            .filter_map(|cell| cell.kind.is_none().then_some(cell.text.as_bytes()));
        self.tally = Some(Tally::new(roles.into_iter(), TimestampColumn::of_sample(texts)));
        let kept = std::mem::take(&mut self.sample);
        kept.iter().try_for_each(|(row, column, cell)| self.see(*row, *column, cell.value()))
    }

    fn see(&mut self, row: u32, column: u32, value: Value<'_>) -> Result<(), ReadError> {
        if self.row != Some(row) {
            self.end_row();
            self.row = Some(row);
            if row.is_multiple_of(4096) {
                self.limits.check()?;
            }
        }
        let Some(tally) = &mut self.tally else { return Ok(()) };
        match self.places.get(&column) {
            Some(place) => tally.see(*place, value),
            None => tally.tell_beside(u64::from(row) + 1, value),
        }
        Ok(())
    }

    fn end_row(&mut self) {
        let (Some(row), Some(tally)) = (self.row.take(), &mut self.tally) else { return };
        let line = u64::from(row) + 1;
        if let Some(event) = tally.end_row(|| line)
            && self.cases.add(event)
        {
            tally.tell_late(|| Some(line));
        }
    }

    fn finish(mut self) -> Result<Outcome, ReadError> {
        let header_row = self.header_row.ok_or(ReadError::Empty)?;
        if self.tally.is_none() {
            self.start()?;
        }
        self.end_row();
        Ok(Outcome {
            names: self.names,
            header_row: Some(u64::from(header_row) + 1),
            cases: self.cases,
            tally: self.tally.unwrap_or_default(),
            delimiter: None,
            encoding: None,
        })
    }
}

fn sample(name: &str, rows: u64, cells: &[&Cell]) -> Sample {
    let (mut guess, mut distinct) = (Guess::new(), Distinct::new(1));
    for cell in cells {
        match cell.value() {
            Value::Text(text) => drop(guess.see_text(text.trim_ascii())),
            Value::Typed(kind, _) => guess.see_kind(kind),
            Value::Moment(moment, _) => guess.see_moment(moment),
        }
        distinct.insert(hash(cell.text.as_bytes()));
    }
    Sample {
        name: name.to_owned(),
        kind: guess.kind(),
        rows,
        filled: cells.len() as u64,
        distinct: distinct.count(),
    }
}

fn heading(value: &impl DataType) -> String {
    value.as_string().or_else(|| value.get_bool().map(|value| value.to_string())).unwrap_or_default()
}

fn seen(value: &impl DataType) -> Cell {
    if let Some(text) = value.get_string().or_else(|| value.get_datetime_iso()) {
        return Cell { kind: None, moment: None, text: text.to_owned() };
    }
    let typed = |kind, text| Cell { kind: Some(kind), moment: None, text };
    let number = value.as_f64().unwrap_or_default();
    if let Some(date) = value.get_datetime().filter(|moment| moment.is_datetime()) {
        return match date.as_datetime() {
            Some(civil) => {
                let moment = Moment::local(civil.and_utc().timestamp_micros(), date.as_f64().fract() != 0.0);
                Cell { kind: None, moment: Some(moment), text: civil.to_string() }
            }
            None => typed(Kind::String, number.to_string()),
        };
    }
    if let Some(truth) = value.get_bool() {
        typed(Kind::Boolean, truth.to_string())
    } else if value.is_int() || value.get_float().is_some_and(|number| number.fract() == 0.0) {
        // A workbook keeps whole numbers as floating point.
        typed(Kind::Integer, number.to_string())
    } else if value.is_float() {
        typed(Kind::Number, number.to_string())
    } else {
        typed(Kind::String, number.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::EventLogReport;
    use std::sync::atomic::AtomicBool;

    use calamine::{Data, ExcelDateTime, ExcelDateTimeType};

    fn summary(cells: Vec<((u32, u32), Data)>) -> Result<EventLogReport, ReadError> {
        let limits = Limits { cases: 10, stop: &AtomicBool::new(false) };
        let mut table = Sheet::new(&limits);
        for (position, value) in &cells {
            table.take(*position, value)?;
        }
        Ok(table.finish()?.report(None, Format::Xlsx))
    }

    fn read(path: &std::path::Path, format: Format) -> Result<EventLogReport, ReadError> {
        crate::eventlog::read(path, format)
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
        let columns: Vec<_> = log.columns.iter().map(|c| (c.name.as_str(), c.r#type.as_str())).collect();
        assert_eq!(log.rows, 2);
        assert_eq!(columns, [("case", "integer"), ("when", "datetime"), ("paid", "boolean")]);
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
        let columns: Vec<_> = log.columns.iter().map(|c| (c.name.as_str(), c.r#type.as_str())).collect();
        assert_eq!(log.rows, 2);
        assert_eq!(columns, [("case", "number"), ("when", "datetime")]);
    }

    #[test]
    fn a_cut_workbook() {
        let cut = workbook(SHEET.split_at(200).0);
        assert!(read(cut.path(), Format::Xlsx).is_err());
    }
}
