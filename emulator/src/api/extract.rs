//! Extractors whose refusals are answers of this API.

use axum::{
    Json,
    extract::{
        FromRequest, FromRequestParts, Request,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The JSON body.
#[derive(Debug)]
pub(crate) struct Body<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let parsed: Result<Json<T>, JsonRejection> = Json::from_request(request, state).await;
        parsed.map(|Json(body)| Self(body)).map_err(|refusal| refuse(refusal.status(), refusal.body_text()))
    }
}

/// The parameters of the path, decoded.
#[derive(Debug)]
pub(crate) struct Path<T>(pub(crate) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let parsed: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        parsed.map(|path| Self(path.0)).map_err(|refusal| refuse(refusal.status(), refusal.body_text()))
    }
}

/// The parameters of the query.
#[derive(Debug)]
pub(crate) struct Query<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let parsed: Result<axum::extract::Query<T>, QueryRejection> =
            axum::extract::Query::from_request_parts(parts, state).await;
        parsed.map(|query| Self(query.0)).map_err(|refusal| refuse(refusal.status(), refusal.body_text()))
    }
}

/// The API knows no 422: a field that does not fit is a 400, and what comes first is its name.
fn refuse(status: StatusCode, message: String) -> Problem {
    if status != StatusCode::UNPROCESSABLE_ENTITY {
        return Problem::new(status, message);
    }
    let field = message.split_once(": ").map_or(message.as_str(), |(_, field)| field);
    Problem::new(StatusCode::BAD_REQUEST, field)
}
