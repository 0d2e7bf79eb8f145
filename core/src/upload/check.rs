//! What an event log is checked for before it is sent.

use crate::error::{Error, Result};

/// What becomes of an event log with errors in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Check {
    /// Nobody looks.
    Off,
    /// It is sent, and its errors are told as warnings.
    Warn,
    /// It is not sent.
    Refuse,
}

impl Check {
    pub fn of(option: Option<&str>) -> Result<Self> {
        let is_there = cfg!(feature = "eventlog");
        match option {
            None | Some("off") => Ok(Self::Off),
            Some("warn" | "error") if !is_there => Err(invalid(
                "`check` needs the feature 'eventlog' of the crate, which this build is without.",
            )),
            Some("warn") => Ok(Self::Warn),
            Some("error") => Ok(Self::Refuse),
            Some(_) => Err(invalid("`check` is none of 'warn', 'error' and 'off'.")),
        }
    }
}

fn invalid(message: &str) -> Error {
    Error::invalid_argument(message, "Leave `check` out; nothing was sent.")
}

#[cfg(not(feature = "eventlog"))]
pub(crate) async fn warnings(_: Check, _: &super::Source, _: &str) -> Result<Vec<String>> {
    Ok(Vec::new())
}

#[cfg(feature = "eventlog")]
pub(crate) use with_eventlog::warnings;

#[cfg(feature = "eventlog")]
mod with_eventlog {
    use std::path::Path;

    use super::super::Source;
    use super::Check;
    use crate::check::EventLogCheck;
    use crate::error::{Error, ErrorKind, Result, quotable};
    use crate::eventlog::EventLogProblem;
    use crate::format::Format;

    /// How many cases an upload counts: their table stays at 17 MiB, so that uploading takes no more memory than it
    /// promises. Events out of their order are no error, so nothing is missed.
    const CASES: usize = 900_000;
    /// How many errors the text of an error names.
    const NAMED: usize = 3;

    /// Checks the log that is about to be sent under this name. Gives its errors as warnings, or refuses it.
    pub(crate) async fn warnings(check: Check, source: &Source, name: &str) -> Result<Vec<String>> {
        if check == Check::Off || Format::from_path(Path::new(name)).is_none() {
            return Ok(Vec::new());
        }
        let errors: Vec<_> = match EventLogCheck::of_upload(source.clone(), name.to_owned(), CASES).await {
            Ok(report) => report.problems.into_iter().filter(|problem| problem.severity == "error").collect(),
            Err(error) if error.kind() == ErrorKind::UnsupportedFormat && check == Check::Warn => {
                return Ok(vec![error.message().to_owned()]);
            }
            Err(error) => return Err(error),
        };
        match check {
            _ if errors.is_empty() => Ok(Vec::new()),
            Check::Refuse => Err(refusal(name, &errors)),
            _ => {
                Ok(errors.iter().map(|error| format!("{name}: {} {}", error.summary(), error.hint)).collect())
            }
        }
    }

    fn refusal(name: &str, errors: &[EventLogProblem]) -> Error {
        let mut named: Vec<_> = errors.iter().take(NAMED).map(EventLogProblem::summary).collect();
        if errors.len() > NAMED {
            named.push(format!("and {} more.", errors.len() - NAMED));
        }
        let message = format!("'{}' has errors: {}", quotable(name), named.join(" "));
        Error::new(ErrorKind::EventLog, message)
            .with_hint("`check_event_log` tells all about them; with `check` as 'warn' it is sent all the same. Nothing was sent.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    #[test]
    fn what_is_none_of_the_three_is_refused() {
        assert_eq!(Check::of(Some("off")).unwrap(), Check::Off);
        let error = Check::of(Some("Error")).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert!(error.message().contains("'warn', 'error' and 'off'"));
    }

    #[cfg(feature = "eventlog")]
    #[test]
    fn a_log_is_checked_where_it_is_asked_for() {
        assert_eq!(Check::of(None).unwrap(), Check::Off);
        assert_eq!(Check::of(Some("warn")).unwrap(), Check::Warn);
        assert_eq!(Check::of(Some("error")).unwrap(), Check::Refuse);
    }

    #[cfg(not(feature = "eventlog"))]
    #[test]
    fn without_the_feature_only_off_is_known() {
        assert_eq!(Check::of(None).unwrap(), Check::Off);
        assert!(Check::of(Some("warn")).unwrap_err().message().contains("'eventlog'"));
    }
}
