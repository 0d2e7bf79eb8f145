use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer, Done, bpmn,
    extract::{Body, Path},
    fields::{Name, given},
    paths::{ProcessPath, TenantPath},
};
use crate::{
    app::App,
    model::{Process, ProcessNode, ProcessRecord, TenantSpace, new_id, now},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(get_processes, create_process))
        .routes(routes!(get_process, update_process, delete_process))
        .routes(routes!(upload_bpmn))
}

/// The process of this id.
pub(super) fn find<'a>(space: &'a TenantSpace, id: &str) -> Result<&'a ProcessRecord, Problem> {
    let found = space.processes.iter().find(|record| record.process.id == id);
    found.ok_or_else(|| Problem::not_found("Process", id))
}

/// The process of this id, to be changed.
fn find_mut<'a>(space: &'a mut TenantSpace, id: &str) -> Result<&'a mut ProcessRecord, Problem> {
    let found = space.processes.iter_mut().find(|record| record.process.id == id);
    found.ok_or_else(|| Problem::not_found("Process", id))
}

/// Processes can be put into folders only.
fn check_parent(space: &TenantSpace, parent: &str) -> Result<(), Problem> {
    if find(space, parent)?.process.tree_node_type == ProcessNode::TreeGroup {
        Ok(())
    } else {
        Err(Problem::bad_field("treeParentId", "is a process, not a folder"))
    }
}

/// Lists the processes and folders of a tenant.
#[utoipa::path(get, path = "/tenant/{tenantId}/processes", params(TenantPath),
    responses((status = 200, body = Vec<Process>)))]
async fn get_processes(State(app): State<Arc<App>>, Path(path): Path<TenantPath>) -> Answer<Vec<Process>> {
    app.store.read(&path.tenant_id, |space| {
        let processes = space.processes.iter().map(|record| record.process.clone());
        Ok(Json(processes.collect()))
    })
}

/// Shows a process or folder.
#[utoipa::path(get, path = "/tenant/{tenantId}/processes/{processId}", params(ProcessPath),
    responses((status = 200, body = Process)))]
async fn get_process(State(app): State<Arc<App>>, Path(path): Path<ProcessPath>) -> Answer<Process> {
    app.store.read(&path.tenant_id, |space| Ok(Json(find(space, &path.process_id)?.process.clone())))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewProcess {
    display_name: Name,
    /// The folder to put it in; null is the root.
    #[serde(default)]
    tree_parent_id: Option<String>,
    #[serde(default = "process_node")]
    #[schema(default = process_node)]
    tree_node_type: ProcessNode,
}

fn process_node() -> ProcessNode {
    ProcessNode::Process
}

/// Makes a process, or with `TreeGroup` a folder.
#[utoipa::path(post, path = "/tenant/{tenantId}/processes", params(TenantPath), request_body = NewProcess,
    responses((status = 200, body = Process)))]
async fn create_process(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
    Body(new): Body<NewProcess>,
) -> Answer<Process> {
    app.store.change(&path.tenant_id, |space| {
        if let Some(parent) = &new.tree_parent_id {
            check_parent(space, parent)?;
        }
        let created_at = now();
        let process = Process {
            id: new_id(),
            display_name: new.display_name.0,
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

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ProcessUpdate {
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, value_type = Name, required = false)]
    display_name: Option<Name>,
    /// The folder to move it to; null moves it to the root.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    tree_parent_id: Option<Option<String>>,
}

/// Renames or moves a process or folder.
///
/// What is absent stays as it is.
#[utoipa::path(put, path = "/tenant/{tenantId}/processes/{processId}", params(ProcessPath),
    request_body = ProcessUpdate,
    responses(
        (status = 200, body = Process, description = "The changed process."),
        (status = 409, description = "The folder would end up inside itself."),
    ))]
async fn update_process(
    State(app): State<Arc<App>>,
    Path(path): Path<ProcessPath>,
    Body(update): Body<ProcessUpdate>,
) -> Answer<Process> {
    app.store.change(&path.tenant_id, |space| {
        find(space, &path.process_id)?;
        if let Some(Some(parent)) = &update.tree_parent_id {
            check_move(space, &path.process_id, parent)?;
        }
        let process = &mut find_mut(space, &path.process_id)?.process;
        if let Some(name) = update.display_name {
            process.display_name = name.0;
        }
        if let Some(parent) = update.tree_parent_id {
            process.tree_parent_id = parent;
        }
        process.updated_at = now();
        Ok(Json(process.clone()))
    })
}

/// A folder can't be put into itself or anything below it.
fn check_move(space: &TenantSpace, id: &str, parent: &str) -> Result<(), Problem> {
    let mut above = Some(parent);
    while let Some(folder) = above {
        if folder == id {
            return Err(Problem::conflict(format!(
                "treeParentId: a folder cannot be put into itself or what is in it: {parent}"
            )));
        }
        above = find(space, folder)?.process.tree_parent_id.as_deref();
    }
    check_parent(space, parent)
}

/// Deletes a process and its mappings, or an empty folder.
#[utoipa::path(delete, path = "/tenant/{tenantId}/processes/{processId}", params(ProcessPath),
    responses(
        (status = 200, body = Done),
        (status = 409, description = "The folder is not empty."),
    ))]
async fn delete_process(State(app): State<Arc<App>>, Path(path): Path<ProcessPath>) -> Answer<Done> {
    let id = path.process_id.as_str();
    app.store.change(&path.tenant_id, |space| {
        find(space, id)?;
        let mut all = space.processes.iter();
        if all.any(|other| other.process.tree_parent_id.as_deref() == Some(id)) {
            return Err(Problem::not_empty(id));
        }
        space.processes.retain(|record| record.process.id != id);
        space.mappings.retain(|record| record.process_id != id);
        Done::answer()
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Bpmn {
    /// A BPMN 2.0 document.
    bpmn_xml: String,
}

/// Gives a process its model.
#[utoipa::path(put, path = "/tenant/{tenantId}/processes/{processId}/bpmn", params(ProcessPath),
    request_body = Bpmn,
    responses((status = 200, body = Process, description = "The changed process.")))]
async fn upload_bpmn(
    State(app): State<Arc<App>>,
    Path(path): Path<ProcessPath>,
    Body(Bpmn { bpmn_xml }): Body<Bpmn>,
) -> Answer<Process> {
    app.store.change(&path.tenant_id, |space| {
        let record = find_mut(space, &path.process_id)?;
        if record.process.tree_node_type == ProcessNode::TreeGroup {
            return Err(Problem::bad_field("processId", "is a folder, which holds no model"));
        }
        bpmn::check(&bpmn_xml).map_err(|reason| Problem::bad_field("bpmnXml", &reason))?;
        record.bpmn = Some(bpmn_xml);
        record.process.designer_model_id.get_or_insert_with(new_id);
        record.process.updated_at = now();
        Ok(Json(record.process.clone()))
    })
}
