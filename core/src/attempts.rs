//! The attempts of one request: counted, waited between, and ended with the error that the caller gets.

use crate::error::{Error, ErrorKind, Result};
use crate::retry::{self, Failure, Safety, Verdict};
use crate::transport::Broken;

#[derive(Debug)]
pub(crate) struct Attempts {
    safety: Safety,
    max_retries: u32,
    number: u32,
    /// Whether an attempt may have done its work without an answer.
    pub may_have_worked: bool,
}

impl Attempts {
    pub fn new(safety: Safety, max_retries: u32) -> Self {
        Self { safety, max_retries, number: 0, may_have_worked: false }
    }

    /// Begins an attempt and gives its number, from 1.
    pub fn begin(&mut self) -> u32 {
        self.number += 1;
        self.number
    }

    /// Waits until the next attempt, or gives the error where there is to be none.
    pub async fn after(&mut self, Broken { failure, error }: Broken) -> Result<()> {
        self.may_have_worked |= failure != Failure::NeverSent;
        let (retry_after, random) = (error.retry_after(), fastrand::f64());
        match retry::decide(failure, self.safety, self.number, self.max_retries, retry_after, random) {
            Verdict::Retry(wait) => {
                let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                tracing::warn!(target: "processmind", attempt = self.number, wait_ms, reason = error.message(), "trying again");
                tokio::time::sleep(wait).await;
                Ok(())
            }
            Verdict::GiveUp => Err(error),
            Verdict::Ambiguous => Err(ambiguous(error)),
        }
    }
}

fn ambiguous(error: Error) -> Error {
    let message = format!("It is not known whether the object was created. {}", error.message());
    Error::new(ErrorKind::AmbiguousResult, message)
        .hint("Look with the list call before you create it again: it may exist.")
        .context(error.context_of_request())
        .caused_by(error)
}
