//! Responses that are written in another way than the API's own.

use std::io::Write as _;

use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, header, response::Parts},
    response::Response,
};
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use super::echo::Echo;
use crate::control::faults::{Coding, Rewrite};

/// A response with other texts and dates in its JSON, and its body coded.
pub(super) async fn rewritten(response: Response, rewrite: &Rewrite, echo: &Echo) -> Response {
    let (parts, body) = response.into_parts();
    // It comes from the handler's own memory.
    let mut body = to_bytes(body, usize::MAX).await.unwrap_or_default().to_vec();
    if let Ok(mut json) = serde_json::from_slice::<Value>(&body) {
        let texts = rewrite.texts.as_ref().map(|text| echo.fill(text).into());
        replace(&mut json, texts.as_ref(), rewrite.dates.as_ref());
        body = json.to_string().into_bytes();
    }
    match rewrite.coding {
        Some(coding) => coded(parts, body, coding),
        None => plain(parts, body),
    }
}

/// A response whose body is coded, and says so.
pub(super) fn coded(mut parts: Parts, body: Vec<u8>, coding: Coding) -> Response {
    let body = match coding {
        Coding::Bom => [b"\xef\xbb\xbf", body.as_slice()].concat(),
        Coding::Gzip => {
            parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            gzip(&body).unwrap_or(body)
        }
    };
    plain(parts, body)
}

fn plain(mut parts: Parts, body: Vec<u8>) -> Response {
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(body))
}

fn gzip(body: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(body)?;
    encoder.finish()
}

/// Puts others in the place of the texts and of the dates in a value.
fn replace(json: &mut Value, texts: Option<&Value>, dates: Option<&Value>) {
    match json {
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, texts, dates)),
        Value::Object(fields) => fields.values_mut().for_each(|field| replace(field, texts, dates)),
        Value::String(text) => {
            let is_date = text.parse::<jiff::Timestamp>().is_ok();
            if let Some(other) = dates.filter(|_| is_date).or(texts) {
                *json = other.clone();
            }
        }
        _ => {}
    }
}
