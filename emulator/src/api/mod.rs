//! The API, one file per page of its reference.

mod bpmn;
mod datasets;
mod datatables;
pub(crate) mod extract;
mod mappings;
mod processes;
mod tenants;
mod uploads;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, StatusCode, Uri},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
};

use crate::{app::App, control, problem::Problem};

/// The header that carries the key.
pub(crate) const API_KEY: &str = "x-api-key";

/// As much as the gateway in front of such an API takes.
const BODY_LIMIT: usize = 10 << 20;

/// What a handler answers.
type Answer<T> = Result<Json<T>, Problem>;

pub(crate) fn router(app: Arc<App>) -> Router {
    Router::new()
        .merge(tenants::router())
        .merge(processes::router())
        .merge(mappings::router())
        .merge(datasets::router())
        .merge(datatables::router())
        .merge(uploads::router())
        .merge(control::router())
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&app), require_key))
        .with_state(app)
}

async fn require_key(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let key = request.headers().get(API_KEY).and_then(|value| value.to_str().ok());
    if key.is_some_and(|key| app.store.accepts(key)) {
        next.run(request).await
    } else {
        Problem::forbidden().into_response()
    }
}

async fn no_such_path(uri: Uri) -> Problem {
    Problem::not_found("Path", uri.path())
}

async fn no_such_method(method: Method, uri: Uri) -> Problem {
    Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{method} is not allowed for {}", uri.path()))
}

/// A name must show something.
fn check_name(field: &str, name: &str) -> Result<(), Problem> {
    if name.trim().is_empty() { Err(Problem::bad_field(field, "must not be empty")) } else { Ok(()) }
}
