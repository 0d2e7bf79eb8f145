use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};

use super::{
    Answer, check_name, datasets,
    extract::{Body, Path},
};
use crate::{
    app::App,
    model::{Column, DatasetNode, Datatable, TenantSpace, new_id, now},
    problem::Problem,
};

pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/tenant/{tenant_id}/datatables", get(get_datatables))
        .route("/tenant/{tenant_id}/datasets/{dataset_id}/datatables", post(create_datatable))
        .route("/tenant/{tenant_id}/datatable/{datatable_id}", get(get_datatable))
}

/// The datatable of this id.
pub(super) fn find<'a>(space: &'a TenantSpace, id: &str) -> Result<&'a Datatable, Problem> {
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

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DatatableSummary {
    #[serde(flatten)]
    datatable: Datatable,
    row_count: u64,
}

#[derive(Debug, Serialize)]
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

async fn get_datatables(
    State(app): State<Arc<App>>,
    Path(tenant_id): Path<String>,
) -> Answer<Vec<DatatableSummary>> {
    app.store.read(&tenant_id, |space| {
        Ok(Json(space.datatables.iter().map(|table| summary(&app, space, table)).collect()))
    })
}

async fn get_datatable(
    State(app): State<Arc<App>>,
    Path((tenant_id, datatable_id)): Path<(String, String)>,
) -> Answer<DatatableDetail> {
    app.store.read(&tenant_id, |space| {
        let table = find(space, &datatable_id)?;
        let columns = columns(&app, space, &table.id);
        Ok(Json(DatatableDetail { summary: summary(&app, space, table), columns }))
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewDatatable {
    display_name: String,
}

async fn create_datatable(
    State(app): State<Arc<App>>,
    Path((tenant_id, dataset_id)): Path<(String, String)>,
    Body(new): Body<NewDatatable>,
) -> Answer<DatatableDetail> {
    app.store.change(&tenant_id, |space| {
        check_name("displayName", &new.display_name)?;
        if datasets::find(space, &dataset_id)?.tree_node_type == DatasetNode::TreeGroup {
            return Err(Problem::bad_field("datasetId", "is a folder, which holds no datatables"));
        }
        let table = Datatable { id: new_id(), display_name: new.display_name, dataset_id, created_at: now() };
        space.datatables.push(table.clone());
        let summary = DatatableSummary { datatable: table, row_count: 0 };
        Ok(Json(DatatableDetail { summary, columns: Vec::new() }))
    })
}
