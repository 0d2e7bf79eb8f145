//! What the emulator keeps, in the field names of the API.

use serde::{Deserialize, Serialize};

/// One tenant with everything in it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TenantSpace {
    pub(crate) tenant: Tenant,
    pub(crate) processes: Vec<ProcessRecord>,
    pub(crate) mappings: Vec<MappingRecord>,
    pub(crate) datasets: Vec<Dataset>,
    pub(crate) datatables: Vec<Datatable>,
    pub(crate) uploads: Vec<Upload>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Tenant {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) created_at: String,
    pub(crate) plan: String,
}

/// What a process or dataset is in the tree: the thing itself or a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum ProcessNode {
    Process,
    TreeGroup,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum DatasetNode {
    Dataset,
    TreeGroup,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Process {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) tree_node_type: ProcessNode,
    pub(crate) tree_parent_id: Option<String>,
    pub(crate) designer_model_id: Option<String>,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
}

/// A process and the model that was uploaded for it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ProcessRecord {
    #[serde(flatten)]
    pub(crate) process: Process,
    pub(crate) bpmn: Option<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Mapping {
    pub(crate) id: String,
    pub(crate) data_table_id: String,
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

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Color {
    pub(crate) id: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Dataset {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) tree_node_type: DatasetNode,
    pub(crate) tree_parent_id: Option<String>,
    pub(crate) created_at: String,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Datatable {
    pub(crate) id: String,
    pub(crate) display_name: String,
    pub(crate) dataset_id: String,
    pub(crate) created_at: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    #[serde(rename = "type")]
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
