use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    routing::{get, put},
};
use serde::Deserialize;

use super::{
    Answer, bpmn, check_name,
    extract::{Body, Path},
};
use crate::{
    app::App,
    model::{Process, ProcessNode, ProcessRecord, TenantSpace, new_id, now},
    problem::Problem,
};

pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/tenant/{tenant_id}/processes", get(get_processes).post(create_process))
        .route("/tenant/{tenant_id}/processes/{process_id}", get(get_process))
        .route("/tenant/{tenant_id}/processes/{process_id}/bpmn", put(upload_bpmn))
}

/// The process of this id.
pub(super) fn find<'a>(space: &'a TenantSpace, id: &str) -> Result<&'a ProcessRecord, Problem> {
    let found = space.processes.iter().find(|record| record.process.id == id);
    found.ok_or_else(|| Problem::not_found("Process", id))
}

async fn get_processes(State(app): State<Arc<App>>, Path(tenant_id): Path<String>) -> Answer<Vec<Process>> {
    app.store.read(&tenant_id, |space| {
        Ok(Json(space.processes.iter().map(|record| record.process.clone()).collect()))
    })
}

async fn get_process(
    State(app): State<Arc<App>>,
    Path((tenant_id, process_id)): Path<(String, String)>,
) -> Answer<Process> {
    app.store.read(&tenant_id, |space| Ok(Json(find(space, &process_id)?.process.clone())))
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewProcess {
    display_name: String,
    #[serde(default)]
    tree_parent_id: Option<String>,
    #[serde(default = "process_node")]
    tree_node_type: ProcessNode,
}

fn process_node() -> ProcessNode {
    ProcessNode::Process
}

async fn create_process(
    State(app): State<Arc<App>>,
    Path(tenant_id): Path<String>,
    Body(new): Body<NewProcess>,
) -> Answer<Process> {
    app.store.change(&tenant_id, |space| {
        check_name("displayName", &new.display_name)?;
        if let Some(parent) = &new.tree_parent_id
            && find(space, parent)?.process.tree_node_type != ProcessNode::TreeGroup
        {
            return Err(Problem::bad_field("treeParentId", "is a process, not a folder"));
        }
        let created_at = now();
        let process = Process {
            id: new_id(),
            display_name: new.display_name,
            tree_node_type: new.tree_node_type,
            tree_parent_id: new.tree_parent_id,
            designer_model_id: None,
            updated_at: created_at.clone(),
            created_at,
        };
        space.processes.push(ProcessRecord { process: process.clone(), bpmn: None });
        Ok(Json(process))
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Bpmn {
    bpmn_xml: String,
}

async fn upload_bpmn(
    State(app): State<Arc<App>>,
    Path((tenant_id, process_id)): Path<(String, String)>,
    Body(Bpmn { bpmn_xml }): Body<Bpmn>,
) -> Answer<Process> {
    app.store.change(&tenant_id, |space| {
        if find(space, &process_id)?.process.tree_node_type == ProcessNode::TreeGroup {
            return Err(Problem::bad_field("processId", "is a folder, which holds no model"));
        }
        bpmn::check(&bpmn_xml).map_err(|reason| Problem::bad_field("bpmnXml", &reason))?;
        let found = space.processes.iter_mut().find(|record| record.process.id == process_id);
        let record = found.ok_or_else(|| Problem::not_found("Process", &process_id))?;
        record.bpmn = Some(bpmn_xml);
        record.process.designer_model_id.get_or_insert_with(new_id);
        record.process.updated_at = now();
        Ok(Json(record.process.clone()))
    })
}
