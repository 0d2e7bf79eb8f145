//! Storage: an S3 endpoint that takes presigned uploads and nothing else.

mod access;
mod answer;
mod ingest;
mod mismatch;
pub(crate) mod objects;
mod put;
mod receive;

use std::{fmt::Write, sync::Arc};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use s3s::service::{S3Service, S3ServiceBuilder};
use tower::ServiceExt;

use crate::app::App;

pub(crate) fn router(app: Arc<App>) -> Router {
    let mut builder = S3ServiceBuilder::new(put::Bucket(Arc::clone(&app)));
    builder.set_auth(access::Keys(app));
    builder.set_access(access::PresignedOnly);
    Router::new().fallback(serve).with_state(builder.build())
}

async fn serve(State(service): State<S3Service>, request: Request) -> Response {
    let asked = mismatch::Asked::of(&request);
    let response = match service.oneshot(request).await {
        Ok(response) => response.map(Body::new),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, format!("{error:?}")).into_response(),
    };
    answer::complete(response, &asked).await
}

/// Bytes in lower-case hexadecimal, as S3 writes digests.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a string does not fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
