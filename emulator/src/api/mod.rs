//! The API, one file per page of its reference.

mod bpmn;
mod datasets;
pub(crate) mod datatables;
mod document;
pub(crate) mod extract;
mod fields;
mod mappings;
mod organizations;
mod paths;
mod processes;
mod tenants;
mod uploads;
mod users;

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{Method, StatusCode, Uri},
    middleware::{Next, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;
use utoipa::ToSchema;

use self::document::tagged;
use crate::{app::App, control, problem::Problem};

/// The header that carries the key.
pub(crate) const API_KEY: &str = "x-api-key";

/// As much as the gateway in front of such an API takes.
const BODY_LIMIT: usize = 10 << 20;

/// What a handler answers.
type Answer<T> = Result<Json<T>, Problem>;

/// What an operation answers that leaves nothing to show.
#[derive(Debug, Serialize, ToSchema)]
struct Done {
    success: bool,
}

impl Done {
    fn answer() -> Answer<Self> {
        Ok(Json(Self { success: true }))
    }
}

pub(crate) fn router(app: Arc<App>) -> Router {
    let (api, document) = document::begin()
        .merge(tagged("Tenants", tenants::router()))
        .merge(tagged("Users", users::router()))
        .merge(tagged("Processes", processes::router()))
        .merge(tagged("Mappings", mappings::router()))
        .merge(tagged("Datasets", datasets::router()))
        .merge(tagged("Datatables", datatables::router()))
        .merge(tagged("Datatables", uploads::router()))
        .merge(tagged("Organizations", organizations::router()))
        .split_for_parts();
    let document = document::complete(document);
    api.merge(control::router())
        .fallback(no_such_path)
        .method_not_allowed_fallback(no_such_method)
        .layer(DefaultBodyLimit::max(BODY_LIMIT))
        .layer(from_fn_with_state(Arc::clone(&app), require_key))
        // Behind the layers: who writes a client may not have a key yet.
        .route("/openapi.json", get(async || Json(document)))
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
