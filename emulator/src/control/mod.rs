//! The emulator's own endpoints under `/emulator`: what arrived, and which faults to play.
//! They are no part of the API and are not recorded.

mod bpmn;
pub(crate) mod faults;
pub(crate) mod record;
mod uploads;

use std::sync::Arc;

use axum::{Router, routing::get};

use crate::app::App;

/// Whether a path is one of these endpoints.
pub(crate) fn owns(path: &str) -> bool {
    path == "/emulator" || path.starts_with("/emulator/")
}

pub(crate) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/emulator/uploads", get(uploads::list))
        .route("/emulator/processes/{process_id}/bpmn", get(bpmn::show))
        .route("/emulator/requests", get(record::list).delete(record::clear))
        .route("/emulator/faults", get(faults::list).post(faults::add).delete(faults::clear))
}
