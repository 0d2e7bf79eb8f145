use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer, datasets,
    extract::{Body, Path},
    fields::Name,
    paths::{DatasetPath, DatatablePath, TenantPath},
};
use crate::{
    app::App,
    model::{Column, DatasetNode, Datatable, TenantSpace, new_id, now},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(get_datatables))
        .routes(routes!(create_datatable))
        .routes(routes!(get_datatable))
}

/// The datatable of this id.
pub(crate) fn find<'a>(space: &'a TenantSpace, id: &str) -> Result<&'a Datatable, Problem> {
    let found = space.datatables.iter().find(|table| table.id == id);
    found.ok_or_else(|| Problem::not_found("Datatable", id))
}

/// The datatables of a dataset.
pub(super) fn of_dataset<'a>(
    space: &'a TenantSpace,
    dataset_id: &str,
) -> impl Iterator<Item = &'a Datatable> {
    space.datatables.iter().filter(move |table| table.dataset_id == dataset_id)
}

/// The rows of what was uploaded to a datatable.
pub(super) fn row_count(app: &App, space: &TenantSpace, id: &str) -> u64 {
    app.contents(&space.uploads, id).into_iter().map(|upload| upload.row_count).sum()
}

/// A datatable as the list shows it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DatatableSummary {
    #[serde(flatten)]
    datatable: Datatable,
    row_count: u64,
}

/// A datatable with its columns.
#[derive(Debug, Serialize, ToSchema)]
struct DatatableDetail {
    #[serde(flatten)]
    summary: DatatableSummary,
    columns: Vec<Column>,
}

fn summary(app: &App, space: &TenantSpace, datatable: &Datatable) -> DatatableSummary {
    DatatableSummary { datatable: datatable.clone(), row_count: row_count(app, space, &datatable.id) }
}

/// The columns of all uploads by name; one whose types differ is text.
fn columns(app: &App, space: &TenantSpace, id: &str) -> Vec<Column> {
    let mut uploads = app.contents(&space.uploads, id).into_iter();
    let mut columns = uploads.next().map(|upload| upload.columns.clone()).unwrap_or_default();
    for column in uploads.flat_map(|upload| &upload.columns) {
        match columns.iter_mut().find(|known| known.name == column.name) {
            Some(known) if known.kind != column.kind => known.kind = "string".to_owned(),
            Some(_) => {}
            None => columns.push(column.clone()),
        }
    }
    columns
}

/// Lists the datatables of a tenant.
#[utoipa::path(get, path = "/tenant/{tenantId}/datatables", params(TenantPath),
    responses((status = 200, body = Vec<DatatableSummary>)))]
async fn get_datatables(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
) -> Answer<Vec<DatatableSummary>> {
    app.store.read(&path.tenant_id, |space| {
        Ok(Json(space.datatables.iter().map(|table| summary(&app, space, table)).collect()))
    })
}

/// Shows a datatable and its columns.
#[utoipa::path(get, path = "/tenant/{tenantId}/datatable/{datatableId}", params(DatatablePath),
    responses((status = 200, body = DatatableDetail)))]
async fn get_datatable(
    State(app): State<Arc<App>>,
    Path(path): Path<DatatablePath>,
) -> Answer<DatatableDetail> {
    app.store.read(&path.tenant_id, |space| {
        let table = find(space, &path.datatable_id)?;
        let columns = columns(&app, space, &table.id);
        Ok(Json(DatatableDetail { summary: summary(&app, space, table), columns }))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewDatatable {
    display_name: Name,
}

/// Makes a datatable in a dataset.
#[utoipa::path(post, path = "/tenant/{tenantId}/datasets/{datasetId}/datatables", params(DatasetPath),
    request_body = NewDatatable, responses((status = 200, body = DatatableDetail)))]
async fn create_datatable(
    State(app): State<Arc<App>>,
    Path(path): Path<DatasetPath>,
    Body(new): Body<NewDatatable>,
) -> Answer<DatatableDetail> {
    app.store.change(&path.tenant_id, |space| {
        if datasets::find(space, &path.dataset_id)?.tree_node_type == DatasetNode::TreeGroup {
            return Err(Problem::bad_field("datasetId", "is a folder, which holds no datatables"));
        }
        let table = Datatable {
            id: new_id(),
            display_name: new.display_name.0,
            dataset_id: path.dataset_id,
            created_at: now(),
        };
        space.datatables.push(table.clone());
        let summary = DatatableSummary { datatable: table, row_count: 0 };
        Ok(Json(DatatableDetail { summary, columns: Vec::new() }))
    })
}
