//! Doors for the fuzzer to what is private: the readers of what servers and files say.

use std::time::SystemTime;

use http::{HeaderMap, HeaderValue, header};

use crate::answer::Answer;
use crate::bpmn;
use crate::error::{Context, Error, Result};
use crate::retry;
use crate::secret::PresignedUrl;
use crate::upload;

/// A presigned URL as the API gives it.
pub fn presigned_url(text: &str) -> Result<PresignedUrl> {
    upload::presigned_url(text)
}

/// What an answer of storage means.
pub fn storage_error(status: u16, body: String) -> Error {
    let context = Context { status: Some(status), ..Context::default() };
    upload::storage_refusal(Answer { body: body.into(), context, headers: HeaderMap::new() }).error
}

/// How long an answer with these headers asks to wait.
pub fn retry_after(value: &[u8], date: Option<&[u8]>) -> Option<std::time::Duration> {
    let given = [(header::RETRY_AFTER, Some(value)), (header::DATE, date)];
    let headers =
        given.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_bytes(value?).ok()?)));
    retry::retry_after(&headers.collect(), SystemTime::UNIX_EPOCH)
}

/// A file as a checked model.
pub fn bpmn(bytes: &[u8]) -> Result<String> {
    bpmn::from_bytes(bytes, "model.bpmn").map(|model| model.xml)
}
