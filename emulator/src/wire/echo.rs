//! What a response repeats of its request, as careless servers do.

use axum::{extract::Request, http::header::HOST};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::api::API_KEY;

/// The secrets that a request carries.
#[derive(Debug)]
pub(super) struct Echo {
    api_key: String,
    url: String,
}

impl Echo {
    pub(super) fn of(request: &Request) -> Self {
        let header = |name: &str| {
            let value = request.headers().get(name).and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        let target = request.uri().path_and_query().map(ToString::to_string).unwrap_or_default();
        Self { api_key: header(API_KEY), url: format!("http://{}{target}", header(HOST.as_str())) }
    }

    /// A text with the request's own values for `{api_key}` and `{url}`; `{api_key:json}` is another notation.
    pub(super) fn fill(&self, template: &str) -> String {
        let mut filled = template.to_owned();
        for (name, value) in [("api_key", &self.api_key), ("url", &self.url)] {
            filled = filled.replace(&format!("{{{name}}}"), value);
            for (notation, write) in NOTATIONS {
                filled = filled.replace(&format!("{{{name}:{notation}}}"), &write(value));
            }
        }
        filled
    }
}

type Notation = (&'static str, fn(&str) -> String);

const NOTATIONS: [Notation; 4] = [
    ("base64", |text| STANDARD.encode(text)),
    ("json", |text| text.bytes().map(|byte| format!("\\u{byte:04x}")).collect()),
    ("percent", |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()),
    ("xml", |text| text.replace('&', "&amp;")),
];
