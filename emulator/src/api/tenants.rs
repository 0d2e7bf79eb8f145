use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer,
    extract::{Body, Path},
    fields::Name,
    paths::TenantPath,
};
use crate::{
    app::App,
    model::{DatasetNode, ProcessNode, Tenant, TenantSpace},
};

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default().routes(routes!(get_tenant, update_tenant)).routes(routes!(get_tenant_statistics))
}

/// Shows a tenant.
#[utoipa::path(get, path = "/tenant/{tenantId}", params(TenantPath), responses((status = 200, body = Tenant)))]
async fn get_tenant(State(app): State<Arc<App>>, Path(path): Path<TenantPath>) -> Answer<Tenant> {
    app.store.read(&path.tenant_id, |space| Ok(Json(space.tenant.clone())))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TenantUpdate {
    display_name: Name,
}

/// Renames a tenant.
#[utoipa::path(put, path = "/tenant/{tenantId}", params(TenantPath), request_body = TenantUpdate,
    responses((status = 200, body = Tenant, description = "The changed tenant.")))]
async fn update_tenant(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
    Body(update): Body<TenantUpdate>,
) -> Answer<Tenant> {
    app.store.change(&path.tenant_id, |space| {
        space.tenant.display_name = update.display_name.0;
        Ok(Json(space.tenant.clone()))
    })
}

/// How much there is in a tenant. Folders do not count.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct TenantStatistics {
    pub(super) process_count: usize,
    pub(super) dataset_count: usize,
    pub(super) user_count: usize,
    pub(super) storage_used_bytes: u64,
}

impl From<&TenantSpace> for TenantStatistics {
    fn from(space: &TenantSpace) -> Self {
        let is_process = |node| node == ProcessNode::Process;
        let is_dataset = |node| node == DatasetNode::Dataset;
        Self {
            process_count: space
                .processes
                .iter()
                .filter(|record| is_process(record.process.tree_node_type))
                .count(),
            dataset_count: space.datasets.iter().filter(|dataset| is_dataset(dataset.tree_node_type)).count(),
            user_count: space.members.len(),
            storage_used_bytes: space.uploads.iter().map(|upload| upload.bytes).sum(),
        }
    }
}

/// Counts what is in a tenant.
#[utoipa::path(get, path = "/tenant/{tenantId}/statistics", params(TenantPath),
    responses((status = 200, body = TenantStatistics)))]
async fn get_tenant_statistics(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
) -> Answer<TenantStatistics> {
    app.store.read(&path.tenant_id, |space| Ok(Json(TenantStatistics::from(space))))
}
