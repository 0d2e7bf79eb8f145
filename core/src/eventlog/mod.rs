//! Reading event logs: how many rows a file holds, which columns, and of which type.
//!
//! Every value is read, not a sample, so that a type is true for the whole file.
//! Text and XES stream in bounded memory; a worksheet is read cell by cell, a legacy `.xls` whole.

mod bounded;
mod columns;
mod datetime;
mod delimiter;
mod encoding;
mod error;
mod kind;
mod sheet;
mod text;
mod xes;

use std::path::Path;

pub use crate::format::Format;

pub use error::ReadError;
pub use kind::Kind;

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows of data, the header not counted; in XES the events.
    pub rows: u64,
    /// The columns, in the order of the file.
    pub columns: Vec<Column>,
    /// The delimiter of a text file with more than one column.
    pub delimiter: Option<char>,
    /// The encoding of a text file, by its WHATWG name, such as `UTF-8`.
    pub encoding: Option<&'static str>,
}

/// One column of an event log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The heading; in XES the key of the attribute, with `case:` before those of a trace.
    pub name: String,
    /// The type that fits every value.
    pub kind: Kind,
}

/// Reads the whole file and says what it holds.
///
/// # Errors
/// When the file cannot be read, is empty, or is not of the stated format.
pub fn read(path: &Path, format: Format) -> Result<Summary, ReadError> {
    match format {
        Format::Csv | Format::Tsv | Format::Txt => text::read(path, format),
        Format::Xlsx | Format::Xlsb | Format::Xls => sheet::read(path, format),
        Format::Xes => xes::read(path),
    }
}
