use std::sync::Arc;

use axum::{
    Router,
    body::{Body, HttpBody},
    extract::{ConnectInfo, Request, State},
    http::HeaderValue,
    middleware::{Next, from_fn_with_state},
    response::Response,
};
use serde::Serialize;

use super::{
    Connection,
    body::{End, Limit, Watched},
    play::play,
};
use crate::{
    app::App,
    control::{
        self,
        faults::{Fault, Stage},
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
    let fault = app.faults.take(request.method(), request.uri().path(), Stage::Wire);
    let (parts, body) = request.into_parts();
    let limit = limit(fault.as_ref(), body.size_hint().exact());
    let (watched, leftover) = Watched::new(body, Arc::clone(&entry), limit);
    let request = Request::from_parts(parts, Body::new(watched));

    let mut response = play(fault, origin, &connection, request, next).await;
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

/// Where the request's body ends before its end.
fn limit(fault: Option<&Fault>, length: Option<u64>) -> Option<Limit> {
    let (at, end) = match fault? {
        Fault::Reset { at } => (at, End::Broken),
        Fault::Stall { at, .. } => (at, End::Still),
        _ => return None,
    };
    Some(Limit { after: at.bytes(length), end })
}
