//! What S3 adds to every answer.

use axum::{
    body::{Body, to_bytes},
    http::{HeaderName, HeaderValue, header},
    response::Response,
};

use super::mismatch::Asked;
use crate::model::new_id;

/// Error documents are small.
const ERROR_LIMIT: usize = 64 << 10;

const MISMATCH: &str = "<Code>SignatureDoesNotMatch</Code>";
const MISMATCH_MESSAGE: &str = "<Message>The request signature we calculated does not match the signature you \
                                provided. Check your key and signing method.</Message>";

/// Adds the request ids, and to an error what its document lacks.
pub(super) async fn complete(response: Response, asked: &Asked) -> Response {
    let request_id: String = new_id().to_uppercase().replace('-', "").chars().take(16).collect();
    let host_id = new_id();
    let failed = response.status().is_client_error() || response.status().is_server_error();
    let mut response = if failed { describe(response, asked, &request_id, &host_id).await } else { response };
    let headers = response.headers_mut();
    headers.insert(header::SERVER, HeaderValue::from_static("AmazonS3"));
    for (name, id) in [("x-amz-request-id", &request_id), ("x-amz-id-2", &host_id)] {
        if let Ok(value) = HeaderValue::from_str(id) {
            headers.insert(HeaderName::from_static(name), value);
        }
    }
    response
}

async fn describe(response: Response, asked: &Asked, request_id: &str, host_id: &str) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = to_bytes(body, ERROR_LIMIT).await.unwrap_or_default();
    let mut text = String::from_utf8_lossy(&bytes).into_owned();
    if !text.contains("<Message>") {
        text = text.replace(MISMATCH, &format!("{MISMATCH}{MISMATCH_MESSAGE}"));
    }
    let explained = if text.contains(MISMATCH) { asked.explained() } else { String::new() };
    let end = format!("{explained}<RequestId>{request_id}</RequestId><HostId>{host_id}</HostId></Error>");
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(text.replace("</Error>", &end)))
}
