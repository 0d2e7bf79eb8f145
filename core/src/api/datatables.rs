use serde_json::json;

use super::given;
use crate::call::Call;
use crate::client::Client;
use crate::method::Method;
use crate::model::{Datatable, DatatableSummary};

impl Client {
    /// Lists the tenant's datatables. `GET /tenant/{tenantId}/datatables`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    pub fn get_datatables(&self) -> Call<Vec<DatatableSummary>> {
        Call::new(self, Method::Get).word("datatables")
    }

    /// Creates an empty datatable in a dataset. `POST /tenant/{tenantId}/datasets/{datasetId}/datatables`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    ///
    /// It is sent again only where the first try was certainly not processed; else the error is
    /// `AmbiguousResult`.
    pub fn create_datatable(
        &self,
        dataset_id: impl Into<String>,
        display_name: impl Into<String>,
    ) -> Call<Datatable> {
        Call::new(self, Method::Post)
            .word("datasets")
            .id("dataset_id", dataset_id)
            .word("datatables")
            .body(given("`display_name`", display_name.into()).map(|name| json!({ "displayName": name })))
    }

    /// Reads a datatable with its columns. `GET /tenant/{tenantId}/datatable/{datatableId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    ///
    /// After an upload `row_count` and `columns` tell what ProcessMind made of the file.
    pub fn get_datatable(&self, datatable_id: impl Into<String>) -> Call<Datatable> {
        Call::new(self, Method::Get).word("datatable").id("datatable_id", datatable_id)
    }
}
