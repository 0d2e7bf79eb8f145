use std::{collections::HashSet, sync::Arc};

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer, Done, datatables,
    extract::{Body, Path},
    fields::Name,
    paths::{DatasetPath, TenantPath},
};
use crate::{
    app::App,
    model::{Dataset, DatasetNode, TenantSpace, new_id, now},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(get_datasets, create_dataset))
        .routes(routes!(get_dataset, delete_dataset))
}

/// The dataset of this id.
pub(super) fn find<'a>(space: &'a TenantSpace, id: &str) -> Result<&'a Dataset, Problem> {
    let found = space.datasets.iter().find(|dataset| dataset.id == id);
    found.ok_or_else(|| Problem::not_found("Dataset", id))
}

/// A dataset as the list shows it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DatasetSummary {
    #[serde(flatten)]
    dataset: Dataset,
    datatable_count: usize,
}

/// A dataset with its datatables.
#[derive(Debug, Serialize, ToSchema)]
struct DatasetDetail {
    #[serde(flatten)]
    dataset: Dataset,
    datatables: Vec<DatasetTable>,
}

/// A datatable as its dataset shows it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct DatasetTable {
    id: String,
    display_name: String,
    row_count: u64,
}

/// Lists the datasets and folders of a tenant.
#[utoipa::path(get, path = "/tenant/{tenantId}/datasets", params(TenantPath),
    responses((status = 200, body = Vec<DatasetSummary>)))]
async fn get_datasets(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
) -> Answer<Vec<DatasetSummary>> {
    app.store.read(&path.tenant_id, |space| {
        let summary = |dataset: &Dataset| DatasetSummary {
            dataset: dataset.clone(),
            datatable_count: datatables::of_dataset(space, &dataset.id).count(),
        };
        Ok(Json(space.datasets.iter().map(summary).collect()))
    })
}

/// Shows a dataset and its datatables.
#[utoipa::path(get, path = "/tenant/{tenantId}/datasets/{datasetId}", params(DatasetPath),
    responses((status = 200, body = DatasetDetail)))]
async fn get_dataset(State(app): State<Arc<App>>, Path(path): Path<DatasetPath>) -> Answer<DatasetDetail> {
    app.store.read(&path.tenant_id, |space| {
        let dataset = find(space, &path.dataset_id)?.clone();
        let datatables = datatables::of_dataset(space, &path.dataset_id)
            .map(|table| DatasetTable {
                id: table.id.clone(),
                display_name: table.display_name.clone(),
                row_count: datatables::row_count(&app, space, &table.id),
            })
            .collect();
        Ok(Json(DatasetDetail { dataset, datatables }))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewDataset {
    display_name: Name,
    /// The folder to put it in; null is the root.
    #[serde(default)]
    tree_parent_id: Option<String>,
    #[serde(default = "dataset_node")]
    #[schema(default = dataset_node)]
    tree_node_type: DatasetNode,
}

fn dataset_node() -> DatasetNode {
    DatasetNode::Dataset
}

/// Makes a dataset, or with `TreeGroup` a folder.
#[utoipa::path(post, path = "/tenant/{tenantId}/datasets", params(TenantPath), request_body = NewDataset,
    responses((status = 200, body = DatasetDetail)))]
async fn create_dataset(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
    Body(new): Body<NewDataset>,
) -> Answer<DatasetDetail> {
    app.store.change(&path.tenant_id, |space| {
        if let Some(parent) = &new.tree_parent_id
            && find(space, parent)?.tree_node_type != DatasetNode::TreeGroup
        {
            return Err(Problem::bad_field("treeParentId", "is a dataset, not a folder"));
        }
        let dataset = Dataset {
            id: new_id(),
            display_name: new.display_name.0,
            tree_node_type: new.tree_node_type,
            tree_parent_id: new.tree_parent_id,
            created_at: now(),
        };
        space.datasets.push(dataset.clone());
        Ok(Json(DatasetDetail { dataset, datatables: Vec::new() }))
    })
}

/// Deletes a dataset with its datatables, their files and their mappings, or an empty folder.
#[utoipa::path(delete, path = "/tenant/{tenantId}/datasets/{datasetId}", params(DatasetPath),
    responses(
        (status = 200, body = Done),
        (status = 409, description = "The folder is not empty."),
    ))]
async fn delete_dataset(State(app): State<Arc<App>>, Path(path): Path<DatasetPath>) -> Answer<Done> {
    let id = path.dataset_id.as_str();
    let unnamed: Vec<String> = app.store.change(&path.tenant_id, |space| {
        find(space, id)?;
        let mut all = space.datasets.iter();
        if all.any(|other| other.tree_parent_id.as_deref() == Some(id)) {
            return Err(Problem::not_empty(id));
        }
        space.datasets.retain(|dataset| dataset.id != id);
        let tables = space.datatables.extract_if(.., |table| table.dataset_id == id);
        let tables: HashSet<String> = tables.map(|table| table.id).collect();
        space.mappings.retain(|record| !tables.contains(&record.mapping.data_table_id));
        let uploads = space.uploads.extract_if(.., |upload| tables.contains(&upload.datatable_id));
        Ok(uploads.map(|upload| upload.object).collect())
    })?;
    app.discard(unnamed);
    Done::answer()
}
