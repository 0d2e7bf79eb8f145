//! What is checked of a source and its options before anything is sent.

use std::path::Path;
use std::time::Duration;

use http::HeaderValue;

use super::UploadOptions;
use super::check::Check;
use super::presign::{self, File, PresignedUrlOptions};
use super::source::{Facts, Source};
use crate::attempts::Attempts;
use crate::blocking::blocking;
use crate::config;
use crate::error::{Error, ErrorKind, Result};
use crate::format::Format;
use crate::retry::{STORAGE_RETRIES, Safety};

/// One PUT to S3 holds at most 5 GiB.
pub(crate) const LARGEST: u64 = 5 * 1024 * 1024 * 1024;

/// An upload whose source and options have been checked.
#[derive(Debug)]
pub(crate) struct Plan {
    pub facts: Facts,
    pub file: File,
    pub content_type: Option<HeaderValue>,
    pub timeout: Option<Duration>,
    pub verify: bool,
    pub check: Check,
}

impl Plan {
    pub fn new(options: &UploadOptions, facts: Facts) -> Result<Self> {
        let presign = PresignedUrlOptions {
            dataset_id: options.dataset_id.clone(),
            file_name: options.file_name.clone(),
            file_size: None,
            file_last_modified: options.file_last_modified,
            valid_for_seconds: options.valid_for_seconds,
        };
        let file = presign::complete(presign, Some(facts.clone()))?;
        check_size(facts.size, &file.name, options.allow_empty.unwrap_or(false))?;
        let format = Format::from_path(Path::new(&file.name));
        if format.is_none() && !options.allow_any_format.unwrap_or(false) {
            return Err(unsupported(&file.name));
        }
        let own = facts.file_name.as_deref().and_then(|name| Format::from_path(Path::new(name)));
        if let (Some(own), Some(format)) = (own, format)
            && !own.may_be_called(format)
        {
            return Err(misnamed(&file.name, own));
        }
        let content_type = options.content_type.as_deref().or(format.map(Format::content_type));
        Ok(Self {
            content_type: content_type.filter(|value| !value.is_empty()).map(header).transpose()?,
            timeout: options.timeout.map(timeout).transpose()?,
            verify: options.verify.unwrap_or(true),
            // An empty file that is sent all the same has nothing to be checked.
            check: if facts.size == 0 { Check::Off } else { Check::of(options.check.as_deref())? },
            facts,
            file,
        })
    }
}

/// What can be said of options before the source is read, which may take long.
pub(crate) fn check(options: &UploadOptions, file_name: Option<String>) -> Result<()> {
    Plan::new(options, Facts { size: 1, modified: None, file_name }).map(drop)
}

/// Looks at the source off the runtime: a disk may be a slow share.
pub(crate) async fn facts(source: &Source, max_retries: Option<u32>) -> Result<Facts> {
    let mut attempts = Attempts::new(Safety::Idempotent, max_retries.unwrap_or(STORAGE_RETRIES));
    loop {
        attempts.begin();
        let source = source.clone();
        match blocking(move || source.facts()).await {
            Ok(facts) => return Ok(facts),
            Err(error) => attempts.after(error.into()).await?,
        }
    }
}

fn check_size(size: u64, name: &str, allow_empty: bool) -> Result<()> {
    if size > LARGEST {
        return Err(too_large(format!(
            "'{name}' has {size} bytes; one upload holds at most {LARGEST} (5 GiB)."
        )));
    }
    if size == 0 && !allow_empty {
        return Err(Error::new(ErrorKind::EmptyFile, format!("'{name}' is empty."))
            .with_hint("Check the export that made it, or pass `allow_empty`; nothing was sent."));
    }
    Ok(())
}

pub(crate) fn too_large(message: String) -> Error {
    Error::new(ErrorKind::FileTooLarge, message)
        .with_hint("Split the log, by month for example, or send fewer columns; nothing was sent.")
}

fn unsupported(name: &str) -> Error {
    let suffixes: Vec<_> = Format::ALL.map(Format::suffix).into();
    let message = format!("'{name}' has no suffix that ProcessMind reads ({}).", suffixes.join(", "));
    Error::new(ErrorKind::UnsupportedFormat, message).with_hint(
        "Export it as CSV, pass `file_name` with the right suffix, or `allow_any_format`; nothing was sent.",
    )
}

fn misnamed(name: &str, own: Format) -> Error {
    let message = format!("`file_name` is '{name}', but what is sent is {}.", own.suffix());
    Error::invalid_argument(message, "A name does not change the format: keep the suffix; nothing was sent.")
}

fn timeout(seconds: f64) -> Result<Duration> {
    config::limit(seconds).ok_or_else(|| {
        let message =
            format!("The timeout of the upload is {seconds:?}, which is no number of seconds above 0.");
        Error::invalid_argument(message, "Leave it out for no limit; nothing was sent.")
    })
}

fn header(content_type: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(content_type).map_err(|_| {
        let message = "`content_type` can't be a header's value.";
        Error::invalid_argument(message, "Pass a media type such as text/csv; nothing was sent.")
    })
}
