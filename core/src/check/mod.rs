//! Checking an event log: for its own sake, and before it is uploaded.

mod stated;

use std::future::{Future, IntoFuture};
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::AtomicBool;

use crate::blocking::stoppable;
use crate::error::{Error, ErrorKind, Result, quotable};
use crate::eventlog::{self, EventLogReport, Limits, ReadError, Stated};
use crate::format::Format;
use crate::model::options;
use crate::upload::Source;
use stated::{unknown_column, unknown_sheet};

options! {
    /// How an event log is checked.
    #[derive(Debug)]
    CheckOptions {
        /// The name whose suffix tells the format; the file's own without. Bytes without a name tell it themselves.
        file_name: String,
        /// The name of the sheet to read of a workbook. Default: the one that looks like an event log.
        sheet: String,
        /// The heading of the column that holds the case ID. Default: guessed.
        case: String,
        /// The heading of the column that holds the activity. Default: guessed.
        activity: String,
        /// The heading of the column that holds the timestamp. Default: guessed.
        timestamp: String,
        /// The heading of the column that holds the resource: who did it. Default: guessed.
        resource: String,
    }
}

/// Checks an event log, without a client and without sending anything.
///
/// The whole file is read as a stream, in memory that does not grow with it but for the cases that are counted.
/// What is wrong with the log is in the report; an error is only what can't be looked at.
///
/// With the feature `arrow` it checks data frames, too: `Source::from_batches`, or what `Rows::finish` returns. The
/// report is that of the CSV that an upload would send, whose line 1 is the headings.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> processmind::Result<()> {
/// use processmind::{CheckOptions, Source, check_event_log};
///
/// let log = "CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n1,Ship goods,soon\n";
/// let report = check_event_log(Source::bytes(log), CheckOptions::default()).await?;
/// assert_eq!((report.rows, report.cases, report.ok), (2, Some(1), false));
/// assert_eq!((report.problems[0].code.as_str(), report.problems[0].row), ("UNREADABLE_TIMESTAMP", Some(3)));
/// println!("{report}");
/// # Ok(())
/// # }
/// ```
///
/// # Errors
/// `Source` where it can't be read; `UnsupportedFormat` where it is of a format that ProcessMind does not take, such
/// as a ZIP archive; `InvalidArgument` if the file does not have a column or sheet that the options name, or two
/// roles name the same column; `EmptyFile` if a data frame has no rows.
pub fn check_event_log(source: impl Into<Source>, options: CheckOptions) -> EventLogCheck {
    EventLogCheck { source: source.into(), options, cases: Limits::CASES }
}

/// A check, started when it is awaited. Dropping it ends it.
#[derive(Debug)]
#[must_use = "a check starts when it is awaited"]
pub struct EventLogCheck {
    source: Source,
    options: CheckOptions,
    cases: usize,
}

impl EventLogCheck {
    /// The check of what is about to be sent.
    pub(crate) fn of_upload(source: Source, file_name: String, cases: usize) -> Self {
        let options = CheckOptions { file_name: Some(file_name), ..CheckOptions::default() };
        Self { source, options, cases }
    }

    /// Checks on this thread, without a runtime.
    ///
    /// # Errors
    /// As [`check_event_log`]; `InvalidArgument` for a stream or a data frame, which only an awaited check reads.
    pub fn blocking(self) -> Result<EventLogReport> {
        if self.source.is_later() {
            let message = "A stream or a data frame can't be checked without a runtime.";
            return Err(Error::invalid_argument(message, "Await the check."));
        }
        let stated = Stated::of(&self.options)?;
        self.run(&stated, &AtomicBool::new(false))
    }

    fn run(&self, stated: &Stated, stop: &AtomicBool) -> Result<EventLogReport> {
        // What can't be read is refused here, and by what it is.
        self.source.facts()?;
        let name = self.options.file_name.clone().or_else(|| self.source.own_name());
        let format = self.format(name.as_deref())?;
        stated.fits(format)?;
        let source = self.source.open_seekable().map_err(unreadable)?;
        let limits = Limits { cases: self.cases, stop };
        match eventlog::report(source, format, name.clone(), stated, &limits) {
            Ok(report) => Ok(report),
            Err(ReadError::Io(cause)) => Err(unreadable(cause)),
            Err(ReadError::Unsupported(why)) => Err(unsupported(name.as_deref(), &why)),
            Err(ReadError::Stopped) => Err(Error::internal("the check was stopped")),
            Err(ReadError::UnknownColumn { role, name, columns }) => {
                Err(unknown_column(role, &name, &columns))
            }
            Err(ReadError::UnknownSheet { name, sheets }) => Err(unknown_sheet(&name, &sheets)),
            Err(error) => Ok(EventLogReport::of_unreadable(&error, name, format)),
        }
    }

    /// A data frame is CSV, whatever it is called.
    fn format(&self, name: Option<&str>) -> Result<Format> {
        match self.source.default_name().or(name) {
            Some(name) => Format::from_path(Path::new(name)).ok_or_else(|| unknown(name)),
            None => eventlog::format_of(self.source.open_seekable().map_err(unreadable)?).map_err(unreadable),
        }
    }
}

impl IntoFuture for EventLogCheck {
    type Output = Result<EventLogReport>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let stated = Stated::of(&self.options)?;
            let check = Self { source: self.source.made().await?, ..self };
            stoppable(move |stop| check.run(&stated, stop)).await
        })
    }
}

fn unreadable(cause: io::Error) -> Error {
    Error::new(ErrorKind::Source, format!("The file can't be read: {cause}."))
        .with_hint("Check the disk or the share it is on.")
        .caused_by(cause)
}

fn unknown(name: &str) -> Error {
    let suffix = Path::new(name).extension().and_then(|suffix| suffix.to_str()).map(str::to_ascii_lowercase);
    match suffix.as_deref() {
        Some("gz" | "zip" | "bz2" | "xz" | "zst" | "7z") => {
            unsupported(Some(name), "it is compressed; ProcessMind takes the unpacked file")
        }
        _ => {
            let suffixes = Format::ALL.map(Format::suffix).join(", ");
            unsupported(Some(name), &format!("its suffix is none that ProcessMind reads ({suffixes})"))
        }
    }
}

fn unsupported(name: Option<&str>, why: &str) -> Error {
    let name = name.map_or_else(|| "The file".to_owned(), |name| format!("'{}'", quotable(name)));
    Error::new(ErrorKind::UnsupportedFormat, format!("{name} can't be checked: {why}.")).with_hint(
        "Pass the file as it is exported, or as CSV in UTF-8; `file_name` tells the format of bytes.",
    )
}
