//! Writes workbooks for the tests: as little of a workbook as can be read.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

use super::super::log::reference;

const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
/// Styles by their place: none, a date with a time, a duration, a percentage.
const STYLES: &str = r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="22"/><xf numFmtId="46"/><xf numFmtId="9"/></cellXfs></styleSheet>"#;

/// What is in a cell.
#[derive(Clone, Debug)]
pub(super) enum In<'a> {
    Nothing,
    Text(&'a str),
    Number(&'a str),
    Date(f64),
    Duration(f64),
    Percentage(f64),
    Truth(bool),
    Iso(&'a str),
    Error(&'a str),
    /// A formula with its result.
    Formula(Option<&'a str>),
}

/// A sheet, and what is to be known of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet<'a> {
    pub name: &'a str,
    pub is_hidden: bool,
    pub is_chart: bool,
    /// Merged cells, such as `A2:A4`.
    pub merged: &'a [&'a str],
    pub rows: Vec<Vec<In<'a>>>,
}

impl<'a> Sheet<'a> {
    pub fn of(name: &'a str, rows: Vec<Vec<In<'a>>>) -> Self {
        Self { name, rows, ..Self::default() }
    }

    fn xml(&self) -> String {
        if self.is_chart {
            return "<chartsheet><sheetViews/></chartsheet>".to_owned();
        }
        let mut rows = String::new();
        for (row, cells) in (0..).zip(&self.rows) {
            let cells: String =
                (0..).zip(cells).map(|(column, cell)| cell.xml(&reference((row, column)))).collect();
            write!(rows, "<row r=\"{}\">{cells}</row>", row + 1).unwrap();
        }
        let merged: String =
            self.merged.iter().map(|cells| format!("<mergeCell ref=\"{cells}\"/>")).collect();
        let merged = if merged.is_empty() { merged } else { format!("<mergeCells>{merged}</mergeCells>") };
        format!("<worksheet><sheetData>{rows}</sheetData>{merged}</worksheet>")
    }
}

impl In<'_> {
    fn xml(&self, at: &str) -> String {
        let typed = |kind: &str, value: &str| format!("<c r=\"{at}\" t=\"{kind}\"><v>{value}</v></c>");
        let styled = |style: u8, value: f64| format!("<c r=\"{at}\" s=\"{style}\"><v>{value}</v></c>");
        match self {
            Self::Nothing => String::new(),
            Self::Text(text) => {
                format!("<c r=\"{at}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>")
            }
            Self::Number(number) => typed("n", number),
            Self::Date(days) => styled(1, *days),
            Self::Duration(days) => styled(2, *days),
            Self::Percentage(share) => styled(3, *share),
            Self::Truth(truth) => typed("b", if *truth { "1" } else { "0" }),
            Self::Iso(date) => typed("d", date),
            Self::Error(error) => typed("e", error),
            Self::Formula(None) => format!("<c r=\"{at}\"><f>A1&amp;\"x\"</f><v/></c>"),
            Self::Formula(Some(result)) => format!("<c r=\"{at}\"><f>A1+1</f><v>{result}</v></c>"),
        }
    }
}

/// A workbook of these sheets.
pub(super) fn book(sheets: &[Sheet<'_>]) -> Vec<u8> {
    book_with(sheets, "")
}

/// A workbook whose days count from 1904.
pub(super) fn book_of_1904(sheets: &[Sheet<'_>]) -> Vec<u8> {
    book_with(sheets, "<workbookPr date1904=\"1\"/>")
}

fn book_with(sheets: &[Sheet<'_>], properties: &str) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, text: &str| {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    };
    let (mut list, mut relations) = (String::new(), String::new());
    for (number, sheet) in (1..).zip(sheets) {
        let kind = if sheet.is_chart { "chartsheet" } else { "worksheet" };
        let state = if sheet.is_hidden { "hidden" } else { "visible" };
        let name = sheet.name;
        write!(list, "<sheet name=\"{name}\" sheetId=\"{number}\" state=\"{state}\" r:id=\"r{number}\"/>")
            .unwrap();
        write!(
            relations,
            "<Relationship Id=\"r{number}\" Type=\"{RELATIONS}/{kind}\" Target=\"{kind}s/{number}.xml\"/>"
        )
        .unwrap();
        add(&format!("xl/{kind}s/{number}.xml"), &sheet.xml());
    }
    let package =
        format!("<Relationship Id=\"r1\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/>");
    add("_rels/.rels", &format!("<Relationships>{package}</Relationships>"));
    add("xl/_rels/workbook.xml.rels", &format!("<Relationships>{relations}</Relationships>"));
    let content = format!("{properties}<sheets>{list}</sheets>");
    add("xl/workbook.xml", &format!("<workbook xmlns:r=\"{RELATIONS}\">{content}</workbook>"));
    add("xl/styles.xml", STYLES);
    archive.finish().unwrap().into_inner()
}
