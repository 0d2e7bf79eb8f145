use std::sync::Arc;

use axum::{Json, extract::State};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer, Done, datatables,
    extract::{Body, Path},
    fields::given,
    paths::{MappingPath, ProcessPath},
    processes,
};
use crate::{
    app::App,
    model::{Color, ColorId, Mapping, MappingRecord, TenantSpace, new_id},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(get_process_mappings, create_process_mapping))
        .routes(routes!(update_process_mapping, delete_process_mapping))
}

/// Where a mapping of a process is.
fn position(space: &TenantSpace, process_id: &str, id: &str) -> Result<usize, Problem> {
    processes::find(space, process_id)?;
    let mut all = space.mappings.iter();
    all.position(|record| record.process_id == process_id && record.mapping.id == id)
        .ok_or_else(|| Problem::not_found("Mapping", id))
}

/// Lists the mappings of a process.
#[utoipa::path(get, path = "/tenant/{tenantId}/processes/{processId}/mappings", params(ProcessPath),
    responses((status = 200, body = Vec<Mapping>)))]
async fn get_process_mappings(
    State(app): State<Arc<App>>,
    Path(path): Path<ProcessPath>,
) -> Answer<Vec<Mapping>> {
    app.store.read(&path.tenant_id, |space| {
        processes::find(space, &path.process_id)?;
        let own = space.mappings.iter().filter(|record| record.process_id == path.process_id);
        Ok(Json(own.map(|record| record.mapping.clone()).collect()))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewMapping {
    data_table_id: String,
    #[serde(default)]
    display_name: Option<String>,
    #[serde(default = "first_color")]
    #[schema(default = first_color)]
    color: Color,
    #[serde(default = "shown")]
    #[schema(default = true)]
    show_by_default: bool,
}

fn first_color() -> Color {
    Color { id: ColorId::Data1 }
}

fn shown() -> bool {
    true
}

/// Maps a datatable to a process that has a model.
#[utoipa::path(post, path = "/tenant/{tenantId}/processes/{processId}/mappings", params(ProcessPath),
    request_body = NewMapping,
    responses(
        (status = 200, body = Mapping),
        (status = 409, description = "The process has no BPMN model."),
    ))]
async fn create_process_mapping(
    State(app): State<Arc<App>>,
    Path(path): Path<ProcessPath>,
    Body(new): Body<NewMapping>,
) -> Answer<Mapping> {
    app.store.change(&path.tenant_id, |space| {
        let process = processes::find(space, &path.process_id)?;
        datatables::find(space, &new.data_table_id)?;
        if process.bpmn.is_none() {
            return Err(Problem::conflict(format!(
                "Process {} has no BPMN model: upload one before mapping data to it",
                path.process_id
            )));
        }
        let mapping = Mapping {
            id: new_id(),
            data_table_id: new.data_table_id,
            display_name: new.display_name,
            color: new.color,
            show_by_default: new.show_by_default,
        };
        space.mappings.push(MappingRecord { process_id: path.process_id, mapping: mapping.clone() });
        Ok(Json(mapping))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MappingUpdate {
    /// Null takes the name away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    display_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Color, required = false)]
    color: Option<Color>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    show_by_default: Option<bool>,
}

/// Changes how a mapping is shown.
///
/// What is absent stays as it is.
#[utoipa::path(put, path = "/tenant/{tenantId}/processes/{processId}/mappings/{mappingId}", params(MappingPath),
    request_body = MappingUpdate,
    responses((status = 200, body = Mapping, description = "The changed mapping.")))]
async fn update_process_mapping(
    State(app): State<Arc<App>>,
    Path(path): Path<MappingPath>,
    Body(update): Body<MappingUpdate>,
) -> Answer<Mapping> {
    app.store.change(&path.tenant_id, |space| {
        let index = position(space, &path.process_id, &path.mapping_id)?;
        let record = space.mappings.get_mut(index);
        let mapping = &mut record.ok_or_else(|| Problem::not_found("Mapping", &path.mapping_id))?.mapping;
        if let Some(name) = update.display_name {
            mapping.display_name = name;
        }
        if let Some(color) = update.color {
            mapping.color = color;
        }
        if let Some(shown) = update.show_by_default {
            mapping.show_by_default = shown;
        }
        Ok(Json(mapping.clone()))
    })
}

/// Takes a datatable away from a process.
#[utoipa::path(delete, path = "/tenant/{tenantId}/processes/{processId}/mappings/{mappingId}", params(MappingPath),
    responses((status = 200, body = Done)))]
async fn delete_process_mapping(State(app): State<Arc<App>>, Path(path): Path<MappingPath>) -> Answer<Done> {
    app.store.change(&path.tenant_id, |space| {
        let index = position(space, &path.process_id, &path.mapping_id)?;
        space.mappings.remove(index);
        Done::answer()
    })
}
