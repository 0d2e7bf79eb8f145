use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, HttpBody},
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::{
    Connection,
    body::{Cut, Watched},
};
use crate::{
    app::App,
    control::{
        self,
        faults::{Fault, RetryAfter},
    },
    model::new_id,
};

/// The listener that a request came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Origin {
    Api,
    Storage,
}

/// Records every request of a router and lets the fault plan act on it.
pub(crate) fn observed(router: Router, app: Arc<App>, origin: Origin) -> Router {
    router.layer(from_fn_with_state((app, origin), observe))
}

async fn observe(
    State((app, origin)): State<(Arc<App>, Origin)>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    if origin == Origin::Api && control::owns(request.uri().path()) {
        return next.run(request).await;
    }
    let entry = app.recorder.begin(origin, &request);
    let fault = app.faults.take(request.method(), request.uri().path(), Fault::is_on_the_wire);
    let cut = match fault {
        Some(Fault::Reset { at }) => Some(Cut { after: at, connection: connection.clone() }),
        _ => None,
    };
    let (parts, body) = request.into_parts();
    let cut_at_once = cut.as_ref().is_some_and(|cut| cut.after == 0 || body.is_end_stream());
    let (watched, leftover) = Watched::new(body, Arc::clone(&entry), cut);
    let request = Request::from_parts(parts, Body::new(watched));

    let mut response = match fault {
        Some(Fault::Status { status, retry_after, body, content_type, location }) => {
            if origin == Origin::Api {
                // For the record: what storage is sent may be large, and goes unread.
                let _ = axum::body::to_bytes(request.into_body(), usize::MAX).await;
            }
            planned_answer(status, retry_after, body, content_type, location)
        }
        Some(Fault::Delay { seconds }) => {
            tokio::time::sleep(Duration::try_from_secs_f64(seconds).unwrap_or_default()).await;
            next.run(request).await
        }
        _ if cut_at_once => {
            connection.cut();
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
        _ => next.run(request).await,
    };
    if !connection.is_cut() {
        entry.answered(response.status());
        leftover.drain();
    }
    if let (Origin::Api, Ok(id)) = (origin, HeaderValue::from_str(&new_id())) {
        // As the gateway in front of such an API does; storage has its own.
        response.headers_mut().insert("x-amzn-requestid", id);
    }
    response
}

fn planned_answer(
    status: u16,
    retry_after: Option<RetryAfter>,
    body: Option<String>,
    content_type: Option<String>,
    location: Option<String>,
) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = body.unwrap_or_else(|| format!(r#"{{"message":"planned fault: {status}"}}"#));
    let mut response = (status, body).into_response();
    let headers = response.headers_mut();
    let content_type = content_type.unwrap_or_else(|| "application/json".to_owned());
    for (name, value) in [
        (header::CONTENT_TYPE, Some(content_type)),
        (header::RETRY_AFTER, retry_after.map(|value| value.to_string())),
        (header::LOCATION, location),
    ] {
        if let Some(Ok(value)) = value.as_deref().map(HeaderValue::from_str) {
            headers.insert(name, value);
        }
    }
    response
}
