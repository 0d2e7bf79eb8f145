//! One attempt: a request out, an answer or a failure back.

use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use hyper_util::client::legacy::Client;

use super::body::Ended;
use super::connect::{BoxError, Connector};
use super::failure::{self, Broken};
use super::hold::Hold;
use crate::answer::{Answer, REFUSAL_LIMIT};
use crate::error::Context;
use crate::redact::Redactor;
use crate::retry;

/// What is set aside for an answer before it has come, at most.
const MOST_RESERVED: usize = 4 * 1024 * 1024;

/// How long an attempt may take.
#[derive(Debug)]
pub(super) enum Limit {
    /// So long in all.
    Total(Duration),
    /// As long as its body moves, and so long in all where the caller says so.
    Moving(Ended, Option<Duration>),
}

/// Sends a request and reads the whole answer.
pub(super) async fn send<B>(
    client: &Client<Connector, B>,
    mut request: http::Request<B>,
    context: Context,
    limit: Limit,
    redactor: &Redactor,
) -> Result<Answer, Broken>
where
    B: Body + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    let (total, body) = match limit {
        Limit::Total(total) => (Some(total), None),
        Limit::Moving(body, total) => (total, Some(body)),
    };
    let mut hold = Hold::new(&mut request, body);
    let exchange = async {
        let response = client.request(request).await?;
        let (head, body) = response.into_parts();
        let body = read(body, head.status.is_success()).await?;
        Ok::<_, BoxError>((head, body))
    };
    let ended = tokio::select! {
        outcome = exchange => outcome,
        stalled = hold.stalled() => Err(stalled.into()),
        () = elapsed(total) => {
            return Err(failure::timed_out(&context, hold.poison(), total.unwrap_or_default()));
        }
    };
    let (head, body) = ended.map_err(|cause| failure::of(&context, cause))?;
    hold.answered();
    let answer = answer(head, body, context, redactor);
    tracing::debug!(target: "processmind", status = answer.context.status, request_id = answer.context.request_id, "answer");
    Ok(answer)
}

async fn elapsed(limit: Option<Duration>) {
    match limit {
        Some(limit) => tokio::time::sleep(limit).await,
        None => std::future::pending().await,
    }
}

/// The body; of a refusal no more than an error needs.
async fn read(mut body: Incoming, is_success: bool) -> Result<Bytes, hyper::Error> {
    let limit = if is_success { usize::MAX } else { REFUSAL_LIMIT };
    let mut all = BytesMut::new();
    while all.len() < limit
        && let Some(frame) = body.frame().await
    {
        if let Ok(chunk) = frame?.into_data() {
            if all.is_empty() {
                if body.is_end_stream() {
                    return Ok(chunk);
                }
                // The whole at once, where it says how long it is and that can be.
                let rest = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
                all.reserve(chunk.len() + rest.min(MOST_RESERVED));
            }
            all.extend_from_slice(&chunk);
        }
    }
    Ok(all.freeze())
}

fn answer(head: http::response::Parts, body: Bytes, mut context: Context, redactor: &Redactor) -> Answer {
    let text = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok());
    context.status = Some(head.status.as_u16());
    context.request_id = ["x-request-id", "x-amzn-requestid", "apigw-requestid", "x-amz-request-id"]
        .into_iter()
        .find_map(text)
        .map(|id| redactor.text(id));
    context.retry_after = retry::retry_after(&head.headers, SystemTime::now());
    Answer::new(body, context, head.headers, redactor)
}
