use serde::Serialize;

use crate::call::{Call, Method};
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Mapping, params};

params! {
    /// A datatable to lay over a process's BPMN model.
    CreateProcessMapping {
        /// The datatable's id.
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

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    data_table_id: String,
    display_name: Option<String>,
    color: ColorId,
    show_by_default: bool,
}

#[derive(Serialize)]
struct ColorId {
    id: String,
}

impl Client {
    /// Lists the datatables that are mapped to a process.
    /// `GET /tenant/{tenantId}/processes/{processId}/mappings`.
    pub fn get_process_mappings(&self, process_id: impl Into<String>) -> Call<Vec<Mapping>> {
        Call::new(self, Method::Get)
            .word("processes")
            .id("process_id", process_id)
            .word("mappings")
    }

    /// Maps a datatable to a process, which needs a BPMN model first (else `Conflict`).
    /// `POST /tenant/{tenantId}/processes/{processId}/mappings`.
    ///
    /// The datatable's id alone will do. It is sent again only where the first try was certainly not
    /// processed; else the error is `AmbiguousResult`.
    pub fn create_process_mapping(
        &self,
        process_id: impl Into<String>,
        mapping: impl Into<CreateProcessMapping>,
    ) -> Call<Mapping> {
        Call::new(self, Method::Post)
            .word("processes")
            .id("process_id", process_id)
            .word("mappings")
            .body(body(mapping.into()))
    }
}

fn body(mapping: CreateProcessMapping) -> Result<Body> {
    let CreateProcessMapping {
        data_table_id,
        display_name,
        color,
        show_by_default,
    } = mapping;
    if data_table_id.is_empty() {
        return Err(
            Error::new(ErrorKind::InvalidArgument, "The datatable's id is empty.")
                .hint("Pass the id as ProcessMind shows it; nothing was sent."),
        );
    }
    let id = color.unwrap_or_else(|| "data-1".to_owned());
    Ok(Body {
        data_table_id,
        display_name,
        color: ColorId { id },
        show_by_default: show_by_default.unwrap_or(true),
    })
}
