//! Reading event logs: what a file holds, and what is wrong with it.
//!
//! Every value is read, not a sample, so that a type is true for the whole file.
//! Text and XES stream in bounded memory; a worksheet is read cell by cell, a legacy `.xls` whole.

mod bounded;
mod cases;
mod columns;
mod datetime;
mod delimiter;
mod distinct;
mod encoding;
mod error;
mod html;
mod kind;
mod outcome;
mod problem;
mod report;
mod roles;
mod sheet;
mod stamps;
mod tally;
mod terminal;
mod text;
mod timeline;
mod xes;

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

pub use crate::format::Format;

pub use error::ReadError;
pub use kind::Kind;
pub use problem::{ProblemCode, Severity};
pub use report::{EventLogColumn, EventLogPeriod, EventLogProblem, EventLogReport};

use outcome::Outcome;

/// What a reading may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits<'a> {
    /// How many cases are counted one by one.
    pub cases: usize,
    /// Set when nobody wants the result any more.
    pub stop: &'a AtomicBool,
}

impl Limits<'_> {
    /// As many cases as fit into a table of 2^23 places, which is 136 MiB.
    pub const CASES: usize = 7_000_000;

    fn check(&self) -> Result<(), ReadError> {
        if self.stop.load(Ordering::Relaxed) { Err(ReadError::Stopped) } else { Ok(()) }
    }
}

/// Reads the whole file and says what it holds.
///
/// # Errors
/// When the file cannot be read, is empty, or is not of the stated format.
pub fn read(path: &Path, format: Format) -> Result<EventLogReport, ReadError> {
    let limits = Limits { cases: Limits::CASES, stop: &AtomicBool::new(false) };
    report(File::open(path)?, format, None, &limits)
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
    limits: &Limits<'_>,
) -> Result<EventLogReport, ReadError> {
    let outcome = match format {
        Format::Csv | Format::Tsv | Format::Txt => text::read(source, format, limits),
        Format::Xlsx | Format::Xlsb | Format::Xls => sheet::read(source, format, limits),
        Format::Xes => xes::read(source, limits),
    }?;
    Ok(outcome.report(file_name, format))
}
