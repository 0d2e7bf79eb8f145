//! The parameters of the paths.

use serde::Deserialize;
use utoipa::IntoParams;

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(super) struct TenantPath {
    /// Id of the tenant.
    #[param(min_length = 1)]
    pub(super) tenant_id: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(super) struct ProcessPath {
    /// Id of the tenant.
    #[param(min_length = 1)]
    pub(super) tenant_id: String,
    /// Id of the process or folder.
    #[param(min_length = 1)]
    pub(super) process_id: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(super) struct MappingPath {
    /// Id of the tenant.
    #[param(min_length = 1)]
    pub(super) tenant_id: String,
    /// Id of the process.
    #[param(min_length = 1)]
    pub(super) process_id: String,
    /// Id of the mapping.
    #[param(min_length = 1)]
    pub(super) mapping_id: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(super) struct DatasetPath {
    /// Id of the tenant.
    #[param(min_length = 1)]
    pub(super) tenant_id: String,
    /// Id of the dataset or folder.
    #[param(min_length = 1)]
    pub(super) dataset_id: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(super) struct DatatablePath {
    /// Id of the tenant.
    #[param(min_length = 1)]
    pub(super) tenant_id: String,
    /// Id of the datatable.
    #[param(min_length = 1)]
    pub(super) datatable_id: String,
}

#[derive(Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase")]
#[into_params(parameter_in = Path)]
pub(super) struct TargetTenantPath {
    /// Id of the tenant that the call goes through.
    #[param(min_length = 1)]
    pub(super) tenant_id: String,
    /// Id of the tenant that it is about.
    #[param(min_length = 1)]
    pub(super) target_tenant_id: String,
}
