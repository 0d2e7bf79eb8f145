//! A whole answer of a server, and the error that it means where it is no success.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::Value;

use crate::error::{self, Context, Error, ErrorKind};
use crate::retry::Failure;
use crate::transport::Broken;

/// A whole answer, successful or not.
#[derive(Debug)]
pub(crate) struct Answer {
    pub body: Bytes,
    pub context: Context,
    pub headers: HeaderMap,
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status())
    }

    pub fn status(&self) -> u16 {
        self.context.status.unwrap_or_default()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body, without a copy where nobody else holds it.
    pub fn into_text(self) -> String {
        let text = String::from_utf8(self.body.into());
        text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
    }

    /// The body's beginning, as errors keep it.
    pub fn excerpt(&self) -> String {
        let shown = self.body.get(..error::BODY_LIMIT).unwrap_or(&self.body);
        String::from_utf8_lossy(shown).into_owned()
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
        let (status, body) = (self.status(), self.text());
        let json = serde_json::from_str::<Value>(&body).unwrap_or_default();
        let said = json.get("message").and_then(Value::as_str);
        let said = said.map(|message| format!(": {}", error::quotable(message))).unwrap_or_default();
        let method = self.context.method.unwrap_or_default();
        let error = Error::new(
            ErrorKind::from_status(status),
            format!("{method} {path} was answered {status}{said}."),
        )
        .maybe_hint(error::hint_for_status(status, path, &body))
        .context(Context { body: Some(self.excerpt()), ..self.context });
        Broken { failure: Failure::Status(status), error }
    }
}

#[cfg(test)]
impl Answer {
    /// An answer as it might come.
    pub fn made(status: u16, headers: &[(&'static str, &str)], body: &'static str) -> Self {
        let headers = headers.iter().map(|(name, value)| {
            (http::HeaderName::from_static(name), http::HeaderValue::from_str(value).expect("a header"))
        });
        let context = Context { status: Some(status), ..Context::default() };
        Self { body: Bytes::from_static(body.as_bytes()), context, headers: headers.collect() }
    }
}
