use std::sync::Arc;

use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use crate::{api::extract::Path, app::App, problem::Problem};

/// `GET /emulator/processes/{processId}/bpmn`: the model as it was sent.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    Path(process_id): Path<String>,
) -> Result<Response, Problem> {
    let state = app.store.snapshot();
    let mut processes = state.tenants.into_iter().flat_map(|space| space.processes);
    let bpmn = processes.find(|record| record.process.id == process_id).and_then(|record| record.bpmn);
    let bpmn = bpmn.ok_or_else(|| Problem::not_found("BPMN of process", &process_id))?;
    Ok(([(header::CONTENT_TYPE, "application/xml; charset=utf-8")], bpmn).into_response())
}
