use serde_json::{Map, Value, json};

use super::{given, nothing_to_change};
use crate::call::Call;
use crate::client::Client;
use crate::error::Result;
use crate::method::Method;
use crate::model::{Mapping, Untyped, params};

params! {
    /// A datatable to lay over a process's BPMN model.
    CreateProcessMapping {
        /// The datatable's id.
        #[cfg_attr(feature = "cli", arg(value_name = "DATATABLE_ID"))]
        data_table_id: String,
    }
    {
        /// The name people will see; the datatable's without.
        display_name: String,
        /// The colour it is drawn in: `data-1` (the default) to `data-8`.
        color: String,
        /// Whether the model shows it without being asked (true).
        show_by_default: bool,
    }
}

params! {
    /// What to change of a mapping; what is left out stays as it is.
    UpdateProcessMapping {
        /// The mapping's id.
        mapping_id: String,
    }
    {
        /// The name people will see.
        display_name: String,
        /// The colour it is drawn in: `data-1` to `data-8`.
        color: String,
        /// Whether the model shows it without being asked.
        show_by_default: bool,
    }
}

impl Client {
    /// Lists the datatables that are mapped to a process.
    /// `GET /tenant/{tenantId}/processes/{processId}/mappings`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    pub fn get_process_mappings(&self, process_id: impl Into<String>) -> Call<Vec<Mapping>> {
        self.process(Method::Get, process_id).word("mappings")
    }

    /// Maps a datatable to a process, which needs a BPMN model first (else `Conflict`).
    /// `POST /tenant/{tenantId}/processes/{processId}/mappings`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    ///
    /// The datatable's id alone will do. It is sent again only where the first try was certainly not
    /// processed; else the error is `AmbiguousResult`.
    pub fn create_process_mapping(
        &self,
        process_id: impl Into<String>,
        mapping: impl Into<CreateProcessMapping>,
    ) -> Call<Mapping> {
        let mapping = mapping.into();
        self.process(Method::Post, process_id)
            .word("mappings")
            .about("data_table_id", &mapping.data_table_id)
            .body(created(mapping))
    }

    /// Changes how a mapping is shown. `PUT /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    pub fn update_process_mapping(
        &self,
        process_id: impl Into<String>,
        mapping: UpdateProcessMapping,
    ) -> Call<Untyped> {
        let mapping_id = mapping.mapping_id.clone();
        self.process(Method::Put, process_id)
            .word("mappings")
            .id("mapping_id", mapping_id)
            .body(updated(mapping))
    }

    /// Takes a datatable off a process. `DELETE /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-processes>
    pub fn delete_process_mapping(
        &self,
        process_id: impl Into<String>,
        mapping_id: impl Into<String>,
    ) -> Call<Untyped> {
        self.process(Method::Delete, process_id).word("mappings").id("mapping_id", mapping_id)
    }
}

fn created(mapping: CreateProcessMapping) -> Result<Value> {
    let CreateProcessMapping { data_table_id, display_name, color, show_by_default } = mapping;
    Ok(json!({
        "dataTableId": given("The datatable's id", data_table_id)?,
        "displayName": display_name,
        "color": { "id": color.as_deref().unwrap_or("data-1") },
        "showByDefault": show_by_default.unwrap_or(true),
    }))
}

fn updated(mapping: UpdateProcessMapping) -> Result<Value> {
    let UpdateProcessMapping { mapping_id: _, display_name, color, show_by_default } = mapping;
    let mut body = Map::new();
    body.extend(display_name.map(|name| ("displayName".to_owned(), name.into())));
    body.extend(color.map(|id| ("color".to_owned(), json!({ "id": id }))));
    body.extend(show_by_default.map(|shown| ("showByDefault".to_owned(), shown.into())));
    if body.is_empty() {
        return Err(nothing_to_change("`display_name`, `color` or `show_by_default`"));
    }
    Ok(body.into())
}
