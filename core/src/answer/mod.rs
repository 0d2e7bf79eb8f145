//! A whole answer of a server, and the error that it means if it is not a success.

mod coding;
mod outcome;
mod reason;

use std::borrow::Cow;

use bytes::Bytes;
use http::HeaderMap;
use http::header::LOCATION;

use crate::error::{self, Context, Error, ErrorKind};
use crate::redact::Redactor;
use crate::retry::Failure;
use crate::transport::Broken;

/// How much of a refusal is read: what an error keeps, and the rest of a secret that begins in it.
pub(crate) const REFUSAL_LIMIT: usize = error::BODY_LIMIT + 16 * 1024;

/// A whole answer, successful or not.
///
/// What is for the caller comes from [`Answer::data`]. What is for people comes from the other methods, which show
/// no secret.
#[derive(Debug)]
pub(crate) struct Answer {
    body: Bytes,
    /// What the body is coded in, if that could not be undone.
    coding: Option<String>,
    pub context: Context,
    headers: HeaderMap,
    redactor: Redactor,
}

impl Answer {
    pub fn new(body: Bytes, context: Context, mut headers: HeaderMap, redactor: &Redactor) -> Self {
        let is_success = is_success(context.status);
        let (body, coding) = coding::undone(body, &headers, is_success);
        for value in headers.values_mut() {
            if let Some(blanked) = redactor.header(value) {
                *value = blanked;
            }
        }
        Self { body, coding, context, headers, redactor: redactor.clone() }
    }

    pub fn is_success(&self) -> bool {
        is_success(self.context.status)
    }

    pub fn status(&self) -> u16 {
        self.context.status.unwrap_or_default()
    }

    /// The body as the caller gets it: without the key, if it is there.
    pub fn data(&self) -> Cow<'_, [u8]> {
        self.redactor.data(&self.body)
    }

    /// The body as it came, for what is a secret itself.
    pub fn secret(&self) -> &[u8] {
        &self.body
    }

    /// The same, without a copy if nobody else holds it.
    pub fn into_body(self) -> Bytes {
        self.body
    }

    /// The body for people; empty if it is coded in a way that can't be read.
    pub fn text(&self) -> String {
        if self.unread_coding().is_some() {
            return String::new();
        }
        self.redactor.words(&self.body, usize::MAX)
    }

    /// The body's beginning, as errors keep it.
    pub fn excerpt(&self) -> Option<String> {
        self.unread_coding().is_none().then(|| self.redactor.words(&self.body, error::BODY_LIMIT))
    }

    /// What the body is coded in, if it can't be read for that.
    pub fn unread_coding(&self) -> Option<&str> {
        self.coding.as_deref().filter(|_| std::str::from_utf8(&self.body).is_err())
    }

    /// The reason that the body gives, if it is an error's.
    pub fn reason(&self) -> Option<String> {
        reason::of(&self.text())
    }

    /// Whether the body states a failure, whatever the status.
    pub fn states_failure(&self) -> bool {
        outcome::is_failure(&self.body)
    }

    /// The same answer with nothing in it.
    pub fn without_body(mut self) -> Self {
        self.body = Bytes::new();
        self
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// What was asked and what status came, as the start of an error text.
    pub fn title(&self) -> String {
        let Context { method, url, .. } = &self.context;
        let asked = format!("{} {}", method.unwrap_or_default(), url.as_deref().unwrap_or_default());
        format!("The answer ({}) to {asked}", self.status())
    }

    /// The error of an answer of the API that is not a success.
    pub fn refusal(self, path: &str) -> Broken {
        let status = self.status();
        let method = self.context.method.unwrap_or_default();
        let error = Error::new(
            ErrorKind::from_status(status),
            format!("{method} {path} was answered {status}{}.", self.said()),
        )
        .maybe_hint(error::hint_for_status(status, path, &self.text()))
        .context(Context { body: self.excerpt(), ..self.context });
        Broken { failure: Failure::Status(status), error }
    }

    /// Where a refusal leads, or why it is one.
    fn said(&self) -> String {
        let location = self.header(LOCATION.as_str()).filter(|_| error::is_redirect(self.status()));
        if let Some(location) = location {
            return format!(" with a redirect to '{}'", error::quotable(location));
        }
        match self.unread_coding() {
            Some(coding) => format!(" (the body can't be read: its Content-Encoding is {coding})"),
            None => self.reason().map(|reason| format!(": {reason}")).unwrap_or_default(),
        }
    }
}

fn is_success(status: Option<u16>) -> bool {
    matches!(status, Some(200..300))
}

#[cfg(test)]
impl Answer {
    /// An answer as it might come.
    pub fn made(
        status: u16,
        headers: &[(&'static str, &str)],
        body: &'static (impl AsRef<[u8]> + ?Sized),
    ) -> Self {
        let headers: HeaderMap = headers
            .iter()
            .map(|(name, value)| {
                (http::HeaderName::from_static(name), http::HeaderValue::from_str(value).expect("a header"))
            })
            .collect();
        let context = Context { status: Some(status), ..Context::default() };
        let redactor = Redactor::new(&crate::secret::ApiKey::new("pm-key-0123456789".to_owned()));
        Self::new(Bytes::from_static(body.as_ref()), context, headers, &redactor)
    }
}
