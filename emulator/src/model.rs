//! What the emulator keeps and shows, in the field names of the API.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// One tenant with everything in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TenantSpace {
    pub(crate) tenant: Tenant,
    /// Unlike the names of other things, no two tenants share it.
    pub(crate) short_name: String,
    pub(crate) description: Option<String>,
    pub(crate) members: Vec<Member>,
    pub(crate) processes: Vec<ProcessRecord>,
    pub(crate) mappings: Vec<MappingRecord>,
    pub(crate) datasets: Vec<Dataset>,
    pub(crate) datatables: Vec<Datatable>,
    pub(crate) uploads: Vec<Upload>,
}

impl TenantSpace {
    /// A tenant with nothing in it.
    pub(crate) fn new(display_name: String, short_name: String, description: Option<String>) -> Self {
        Self {
            tenant: Tenant { id: new_id(), display_name, created_at: now(), plan: "professional".to_owned() },
            short_name,
            description,
            members: Vec::new(),
            processes: Vec::new(),
            mappings: Vec::new(),
            datasets: Vec::new(),
            datatables: Vec::new(),
            uploads: Vec::new(),
        }
    }
}

/// A tenant: the workspace that everything else is in.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tenant {
    pub(crate) id: String,
    #[schema(examples("My Company"))]
    pub(crate) display_name: String,
    #[schema(format = DateTime)]
    pub(crate) created_at: String,
    #[schema(examples("professional"))]
    pub(crate) plan: String,
}

/// The organization that the tenants belong to.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Organization {
    pub(crate) id: String,
    #[schema(examples("Acme Corporation"))]
    pub(crate) display_name: String,
    #[schema(format = DateTime)]
    pub(crate) created_at: String,
}

/// A user of the organization.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct OrganizationUser {
    pub(crate) id: String,
    pub(crate) email: String,
    #[schema(required)]
    pub(crate) first_name: Option<String>,
    #[schema(required)]
    pub(crate) last_name: Option<String>,
    #[schema(format = DateTime)]
    pub(crate) created_at: String,
    #[schema(required, format = DateTime)]
    pub(crate) last_login_at: Option<String>,
    pub(crate) organization_id: String,
    pub(crate) is_active_in_organization: bool,
    pub(crate) is_admin_in_organization: bool,
}

/// What a user of the organization is in one tenant.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Member {
    pub(crate) user_id: String,
    #[serde(flatten)]
    pub(crate) roles: Roles,
}

/// What a user may do in a tenant.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Roles {
    pub(crate) is_active_in_tenant: bool,
    pub(crate) is_admin_in_tenant: bool,
    pub(crate) is_developer_in_tenant: bool,
}

/// What a process is in the tree: the thing itself or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) enum ProcessNode {
    Process,
    TreeGroup,
}

/// What a dataset is in the tree: the thing itself or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) enum DatasetNode {
    Dataset,
    TreeGroup,
}

/// A process, or a folder of processes.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Process {
    pub(crate) id: String,
    #[schema(examples("Order to Cash"))]
    pub(crate) display_name: String,
    pub(crate) tree_node_type: ProcessNode,
    /// The folder it is in; null at the root.
    #[schema(required)]
    pub(crate) tree_parent_id: Option<String>,
    /// Null until a BPMN model is uploaded.
    #[schema(required)]
    pub(crate) designer_model_id: Option<String>,
    #[schema(format = DateTime)]
    pub(crate) created_at: String,
    #[schema(format = DateTime)]
    pub(crate) updated_at: String,
}

/// A process and the model that was uploaded for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ProcessRecord {
    #[serde(flatten)]
    pub(crate) process: Process,
    pub(crate) bpmn: Option<String>,
}

/// The use of a datatable in a process.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mapping {
    pub(crate) id: String,
    pub(crate) data_table_id: String,
    #[schema(required)]
    pub(crate) display_name: Option<String>,
    pub(crate) color: Color,
    pub(crate) show_by_default: bool,
}

/// A mapping and the process it belongs to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MappingRecord {
    pub(crate) process_id: String,
    #[serde(flatten)]
    pub(crate) mapping: Mapping,
}

/// The color that a mapping's data is shown in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Color {
    pub(crate) id: ColorId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) enum ColorId {
    #[serde(rename = "data-1")]
    Data1,
    #[serde(rename = "data-2")]
    Data2,
    #[serde(rename = "data-3")]
    Data3,
    #[serde(rename = "data-4")]
    Data4,
    #[serde(rename = "data-5")]
    Data5,
    #[serde(rename = "data-6")]
    Data6,
    #[serde(rename = "data-7")]
    Data7,
    #[serde(rename = "data-8")]
    Data8,
}

/// A dataset, or a folder of datasets.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dataset {
    pub(crate) id: String,
    #[schema(examples("Sales Data"))]
    pub(crate) display_name: String,
    pub(crate) tree_node_type: DatasetNode,
    /// The folder it is in; null at the root.
    #[schema(required)]
    pub(crate) tree_parent_id: Option<String>,
    #[schema(format = DateTime)]
    pub(crate) created_at: String,
}

/// A table of a dataset.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Datatable {
    pub(crate) id: String,
    #[schema(examples("Orders 2024"))]
    pub(crate) display_name: String,
    pub(crate) dataset_id: String,
    #[schema(format = DateTime)]
    pub(crate) created_at: String,
}

/// A column of a datatable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Column {
    #[schema(examples("case_id"))]
    pub(crate) name: String,
    #[serde(rename = "type")]
    #[schema(examples("string", "datetime"))]
    pub(crate) kind: String,
}

/// One object in storage and what was read from it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Upload {
    /// The object's key; a second PUT to the same key replaces the first.
    pub(crate) key: String,
    /// The object's file in the storage directory.
    pub(crate) object: String,
    pub(crate) datatable_id: String,
    pub(crate) file_name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: u64,
    pub(crate) md5: String,
    pub(crate) crc64nvme: String,
    pub(crate) row_count: u64,
    pub(crate) columns: Vec<Column>,
    /// Why no rows were read, if so.
    pub(crate) unread: Option<String>,
    pub(crate) created_at: String,
}

/// The present moment as the API writes it.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// A new id.
pub(crate) fn new_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
