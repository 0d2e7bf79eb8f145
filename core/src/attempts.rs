//! The attempts of one request: counted, waited between, and ended with the error that the caller gets.

use crate::error::{Error, ErrorKind, Result};
use crate::retry::{self, Safety, Verdict};
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
        let (retry_after, random) = (error.retry_after(), fastrand::f64());
        self.may_have_worked |= retry::may_have_worked(failure, retry_after);
        match retry::decide(failure, self.safety, self.number, self.max_retries, retry_after, random) {
            Verdict::Retry(wait) => {
                let wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
                tracing::warn!(
                    target: "processmind", method = error.method(), url = error.url(), attempt = self.number,
                    wait_ms, reason = error.message(), "trying again"
                );
                tokio::time::sleep(wait).await;
                Ok(())
            }
            Verdict::GiveUp => Err(error.passing(retry::may_pass(failure))),
            Verdict::Ambiguous => Err(ambiguous(error)),
        }
    }
}

fn ambiguous(error: Error) -> Error {
    let message = format!("It is not known whether the object was created. {}", error.message());
    Error::new(ErrorKind::AmbiguousResult, message)
        .with_hint("Look with the list call before you create it again: it may exist.")
        .context(error.context_of_request())
        .caused_by(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Context;
    use crate::retry::Failure;
    use std::time::Duration;
    use tokio::time::Instant;

    fn broken(failure: Failure, retry_after: Option<u64>) -> Broken {
        let retry_after = retry_after.map(Duration::from_secs);
        let error = Error::new(ErrorKind::Server, "It failed.")
            .context(Context { retry_after, ..Context::default() });
        Broken { failure, error }
    }

    #[tokio::test(start_paused = true)]
    async fn waits_end_and_the_last_error_comes_back() {
        let mut attempts = Attempts::new(Safety::Idempotent, 3);
        let start = Instant::now();
        for number in 1..=3 {
            assert_eq!(attempts.begin(), number);
            attempts.after(broken(Failure::Status(500), None)).await.unwrap();
        }
        attempts.begin();
        assert_eq!(attempts.after(broken(Failure::Broken, None)).await.unwrap_err().message(), "It failed.");
        assert!(start.elapsed() <= Duration::from_millis(500 + 1000 + 2000));
    }

    #[tokio::test(start_paused = true)]
    async fn a_server_that_says_when_is_asked_then() {
        let mut attempts = Attempts::new(Safety::Creates, 1);
        attempts.begin();
        let start = Instant::now();
        attempts.after(broken(Failure::Status(503), Some(17))).await.unwrap();
        assert_eq!(start.elapsed().as_secs(), 17);
        assert!(!attempts.may_have_worked);
    }

    #[tokio::test(start_paused = true)]
    async fn a_create_that_may_have_worked_is_ambiguous() {
        let mut attempts = Attempts::new(Safety::Creates, 3);
        attempts.begin();
        let error = attempts.after(broken(Failure::Broken, None)).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::AmbiguousResult);
        assert!(attempts.may_have_worked);
    }
}
