//! Reading event logs: what a file holds, and what is wrong with it.
//!
//! Every value is read, not a sample, so that a type is true for the whole file.
//! Text and XES stream in bounded memory; a worksheet is read cell by cell, a legacy `.xls` whole.

mod error;
mod limits;
mod profile;
mod read;
mod report;
mod stated;

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::sync::atomic::AtomicBool;

pub use crate::format::Format;

pub use error::ReadError;
pub use profile::types::Kind;
pub use report::problem::{ProblemCode, Severity};
pub use report::{EventLogColumn, EventLogPeriod, EventLogProblem, EventLogReport};

pub(crate) use limits::Limits;
pub(crate) use stated::Stated;

/// Reads the whole file and says what it holds.
///
/// # Errors
/// When the file cannot be read, is empty, or is not of the stated format.
pub fn read(path: &Path, format: Format) -> Result<EventLogReport, ReadError> {
    let limits = Limits { cases: Limits::CASES, stop: &AtomicBool::new(false) };
    report(File::open(path)?, format, None, &Stated::default(), &limits)
}

/// The format that a source without a name is in, by its first bytes.
pub(crate) fn format_of(source: impl Read) -> std::io::Result<Format> {
    let mut start = Vec::new();
    source.take(64).read_to_end(&mut start)?;
    let printed = start
        .iter()
        .find(|byte| !matches!(byte, 0 | 0xef | 0xbb | 0xbf | 0xfe | 0xff | b' ' | b'\r' | b'\n' | b'\t'));
    Ok(match (&start[..], printed) {
        ([b'P', b'K', 3, 4, ..], _) => Format::Xlsx,
        ([0xd0, 0xcf, 0x11, 0xe0, ..], _) => Format::Xls,
        (_, Some(b'<')) => Format::Xes,
        _ => Format::Csv,
    })
}

/// Reads a source from its start and says what it holds.
pub(crate) fn report(
    source: impl Read + Seek,
    format: Format,
    file_name: Option<String>,
    stated: &Stated,
    limits: &Limits<'_>,
) -> Result<EventLogReport, ReadError> {
    let outcome = match format {
        Format::Csv | Format::Tsv | Format::Txt => read::text::read(source, format, stated, limits),
        Format::Xlsx | Format::Xlsb | Format::Xls => read::sheet::read(source, format, stated, limits),
        Format::Xes => read::xes::read(source, stated, limits),
    }?;
    Ok(outcome.report(file_name, format))
}
