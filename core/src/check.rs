//! Checking an event log: for its own sake, and before it is uploaded.

use std::future::{Future, IntoFuture};
use std::path::Path;
use std::pin::Pin;
use std::sync::atomic::AtomicBool;

use crate::blocking::stoppable;
use crate::error::{Error, ErrorKind, Result, quotable};
use crate::eventlog::{self, EventLogReport, Limits, ReadError, Stated};
use crate::format::Format;
use crate::model::options;
use crate::upload::Source;

options! {
    /// How an event log is checked.
    #[derive(Debug)]
    CheckOptions {
        /// The name whose suffix tells the format; the file's own without. Bytes without a name tell it themselves.
        file_name: String,
    }
}

/// Checks an event log, without a client and without sending anything.
///
/// The whole file is read as a stream, in memory that does not grow with it but for the cases that are counted.
/// What is wrong with the log is in the report; an error is only what can't be looked at.
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
/// as a ZIP archive.
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
        Self { source, options: CheckOptions { file_name: Some(file_name) }, cases }
    }

    /// Checks on this thread, without a runtime.
    ///
    /// # Errors
    /// As [`check_event_log`].
    pub fn blocking(self) -> Result<EventLogReport> {
        self.run(&AtomicBool::new(false))
    }

    fn run(&self, stop: &AtomicBool) -> Result<EventLogReport> {
        let facts = self.source.facts()?;
        let name = self.options.file_name.clone().or(facts.file_name);
        let unreadable = |cause| {
            Error::new(ErrorKind::Source, format!("The file can't be read: {cause}."))
                .with_hint("Check the disk or the share it is on.")
                .caused_by(cause)
        };
        let format = match &name {
            Some(name) => Format::from_path(Path::new(name)).ok_or_else(|| unknown(name))?,
            None => {
                eventlog::format_of(self.source.open_seekable().map_err(unreadable)?).map_err(unreadable)?
            }
        };
        let source = self.source.open_seekable().map_err(unreadable)?;
        let limits = Limits { cases: self.cases, stop };
        match eventlog::report(source, format, name.clone(), &Stated::default(), &limits) {
            Ok(report) => Ok(report),
            Err(ReadError::Io(cause)) => Err(unreadable(cause)),
            Err(ReadError::Unsupported(why)) => Err(unsupported(name.as_deref(), &why)),
            Err(ReadError::Stopped) => Err(Error::internal("the check was stopped")),
            Err(error) => Ok(EventLogReport::of_unreadable(&error, name, format)),
        }
    }
}

impl IntoFuture for EventLogCheck {
    type Output = Result<EventLogReport>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let check = Self { source: self.source.made().await?, ..self };
            stoppable(move |stop| check.run(stop)).await
        })
    }
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
