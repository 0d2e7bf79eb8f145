//! Reading event logs: what a file holds, and what is wrong with it.
//!
//! Every value is read, not a sample, so that a type is true for the whole file.
//! Text and XES stream in bounded memory; a worksheet is read cell by cell, a legacy `.xls` whole.

mod container;
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

use crate::content;
pub use crate::format::Format;

pub use error::ReadError;
pub use profile::types::Kind;
pub use report::problem::{ProblemCode, Severity};
pub use report::{EventLogColumn, EventLogPeriod, EventLogProblem, EventLogReport, EventLogSheet};

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

/// The format that a source without a name is in, by its content.
pub(crate) fn format_of(mut source: impl Read + Seek) -> std::io::Result<Format> {
    Ok(container::format_of(&content::of_source(&mut source)?))
}

/// Reads a source from its start and says what it holds.
pub(crate) fn report(
    mut source: impl Read + Seek,
    format: Format,
    file_name: Option<String>,
    stated: &Stated,
    limits: &Limits<'_>,
) -> Result<EventLogReport, ReadError> {
    let content = content::of_source(&mut source)?;
    container::check(&content, format)?;
    let is_cut_off = content::is_cut_off(&mut source)?;
    let outcome = match format {
        Format::Csv | Format::Tsv | Format::Txt => read::text::read(source, format, stated, limits),
        Format::Xlsx | Format::Xlsb | Format::Xls => read::sheet::read(source, format, stated, limits),
        Format::Xes => read::xes::read(source, stated, limits),
    }
    .map_err(|error| container::explain(error, &content, is_cut_off))?;
    Ok(outcome.report(file_name, format))
}
