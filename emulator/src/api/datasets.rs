use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::get};
use serde::{Deserialize, Serialize};

use super::{
    Answer, check_name, datatables,
    extract::{Body, Path},
};
use crate::{
    app::App,
    model::{Dataset, DatasetNode, TenantSpace, new_id, now},
    problem::Problem,
};

pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/tenant/{tenant_id}/datasets", get(get_datasets).post(create_dataset))
        .route("/tenant/{tenant_id}/datasets/{dataset_id}", get(get_dataset))
}

/// The dataset of this id.
pub(super) fn find<'a>(space: &'a TenantSpace, id: &str) -> Result<&'a Dataset, Problem> {
    let found = space.datasets.iter().find(|dataset| dataset.id == id);
    found.ok_or_else(|| Problem::not_found("Dataset", id))
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DatasetSummary {
    #[serde(flatten)]
    dataset: Dataset,
    datatable_count: usize,
}

#[derive(Debug, Serialize)]
struct DatasetDetail {
    #[serde(flatten)]
    dataset: Dataset,
    datatables: Vec<DatasetTable>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct DatasetTable {
    id: String,
    display_name: String,
    row_count: u64,
}

async fn get_datasets(
    State(app): State<Arc<App>>,
    Path(tenant_id): Path<String>,
) -> Answer<Vec<DatasetSummary>> {
    app.store.read(&tenant_id, |space| {
        let summary = |dataset: &Dataset| DatasetSummary {
            dataset: dataset.clone(),
            datatable_count: datatables::of_dataset(space, &dataset.id).count(),
        };
        Ok(Json(space.datasets.iter().map(summary).collect()))
    })
}

async fn get_dataset(
    State(app): State<Arc<App>>,
    Path((tenant_id, dataset_id)): Path<(String, String)>,
) -> Answer<DatasetDetail> {
    app.store.read(&tenant_id, |space| {
        let dataset = find(space, &dataset_id)?.clone();
        let datatables = datatables::of_dataset(space, &dataset_id)
            .map(|table| DatasetTable {
                id: table.id.clone(),
                display_name: table.display_name.clone(),
                row_count: datatables::row_count(&app, space, &table.id),
            })
            .collect();
        Ok(Json(DatasetDetail { dataset, datatables }))
    })
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewDataset {
    display_name: String,
    #[serde(default)]
    tree_parent_id: Option<String>,
    #[serde(default = "dataset_node")]
    tree_node_type: DatasetNode,
}

fn dataset_node() -> DatasetNode {
    DatasetNode::Dataset
}

async fn create_dataset(
    State(app): State<Arc<App>>,
    Path(tenant_id): Path<String>,
    Body(new): Body<NewDataset>,
) -> Answer<DatasetDetail> {
    app.store.change(&tenant_id, |space| {
        check_name("displayName", &new.display_name)?;
        if let Some(parent) = &new.tree_parent_id
            && find(space, parent)?.tree_node_type != DatasetNode::TreeGroup
        {
            return Err(Problem::bad_field("treeParentId", "is a dataset, not a folder"));
        }
        let dataset = Dataset {
            id: new_id(),
            display_name: new.display_name,
            tree_node_type: new.tree_node_type,
            tree_parent_id: new.tree_parent_id,
            created_at: now(),
        };
        space.datasets.push(dataset.clone());
        Ok(Json(DatasetDetail { dataset, datatables: Vec::new() }))
    })
}
