//! The faults that concern the wire.

use std::time::Duration;

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{
    Connection, Origin,
    body::read_away,
    echo::Echo,
    pace::Paced,
    rewrite::{coded, rewritten},
};
use crate::control::faults::{Answer, Fault};

/// Answers a request as a fault has it. What happens within the request's body is the body's own affair.
pub(super) async fn play(
    fault: Option<Fault>,
    origin: Origin,
    connection: &Connection,
    request: Request,
    next: Next,
) -> Response {
    let echo = Echo::of(&request);
    match fault {
        Some(Fault::Status(answer)) => {
            if origin == Origin::Api {
                // For the record: what storage is sent may be large, and goes unread.
                read_away(request.into_body(), usize::MAX).await;
            }
            planned(answer, &echo)
        }
        Some(Fault::Stall { seconds, .. }) => {
            // The body stands still at its place, or else after its end.
            let standing = async {
                read_away(request.into_body(), usize::MAX).await;
                std::future::pending::<()>().await;
            };
            let _ = tokio::time::timeout(duration(seconds), standing).await;
            reset(connection)
        }
        Some(Fault::Reset { .. }) => {
            read_away(request.into_body(), usize::MAX).await;
            reset(connection)
        }
        Some(Fault::Delay { seconds }) => {
            tokio::time::sleep(duration(seconds)).await;
            next.run(request).await
        }
        Some(Fault::Slow { bytes_per_second }) => {
            let slowly = |body| Body::new(Paced::new(body, bytes_per_second));
            next.run(request.map(slowly)).await.map(slowly)
        }
        Some(Fault::Cut { at }) => {
            let response = next.run(request).await;
            connection.cut_after(at);
            response
        }
        Some(Fault::Truncate) => truncated(next.run(request).await).await,
        Some(Fault::Rewrite(rewrite)) => rewritten(next.run(request).await, &rewrite, &echo).await,
        _ => next.run(request).await,
    }
}

fn duration(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds).unwrap_or_default()
}

/// What is answered here never arrives.
fn reset(connection: &Connection) -> Response {
    connection.cut();
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

async fn truncated(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    // It comes from the handler's own memory.
    let mut whole = to_bytes(body, usize::MAX).await.unwrap_or_default();
    whole.truncate(whole.len() / 2);
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(whole))
}

fn planned(answer: Answer, echo: &Echo) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = answer.body.map(|body| echo.fill(&body));
    let body = body.unwrap_or_else(|| format!(r#"{{"message":"planned fault: {status}"}}"#));
    let mut response = (status, body.clone()).into_response();
    let content_type = answer.content_type.unwrap_or_else(|| "application/json".to_owned());
    let named = [
        (header::CONTENT_TYPE, Some(content_type)),
        (header::RETRY_AFTER, answer.retry_after.map(|value| value.to_string())),
        (header::LOCATION, answer.location),
    ];
    let others =
        answer.headers.into_iter().filter_map(|(name, value)| Some((name.parse().ok()?, Some(value))));
    for (name, value) in named.into_iter().chain(others) {
        if let Some(Ok(value)) = value.map(|value| HeaderValue::from_str(&echo.fill(&value))) {
            response.headers_mut().insert::<HeaderName>(name, value);
        }
    }
    match answer.coding {
        Some(coding) => coded(response.into_parts().0, body.into(), coding),
        None => response,
    }
}
