use serde_json::Value;

use crate::call::Call;
use crate::client::Client;
use crate::error::Result;
use crate::method::Method;
use crate::model::{Dataset, DatasetSummary, Untyped, params};

use super::tree_node;

params! {
    /// A dataset to create, or a folder for datasets.
    CreateDataset {
        /// The name people will see.
        display_name: String,
    }
    {
        /// The id of the folder to put it in; the root without.
        tree_parent_id: String,
        /// `Dataset` (the default), or `TreeGroup` for a folder.
        tree_node_type: String,
    }
}

impl Client {
    /// Lists the tenant's datasets. `GET /tenant/{tenantId}/datasets`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    pub fn get_datasets(&self) -> Call<Vec<DatasetSummary>> {
        Call::new(self, Method::Get).word("datasets")
    }

    /// Creates a dataset, or a folder for datasets. `POST /tenant/{tenantId}/datasets`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    ///
    /// A name alone will do. It is sent again only where the first try was certainly not processed; else the
    /// error is `AmbiguousResult`.
    pub fn create_dataset(&self, dataset: impl Into<CreateDataset>) -> Call<Dataset> {
        Call::new(self, Method::Post).word("datasets").body(created(dataset.into()))
    }

    /// Reads a dataset with the datatables it holds. `GET /tenant/{tenantId}/datasets/{datasetId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    pub fn get_dataset(&self, dataset_id: impl Into<String>) -> Call<Dataset> {
        Call::new(self, Method::Get).word("datasets").id("dataset_id", dataset_id)
    }

    /// Deletes a dataset with all its datatables and their data. This can't be undone.
    /// `DELETE /tenant/{tenantId}/datasets/{datasetId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    pub fn delete_dataset(&self, dataset_id: impl Into<String>) -> Call<Untyped> {
        Call::new(self, Method::Delete).word("datasets").id("dataset_id", dataset_id)
    }
}

fn created(dataset: CreateDataset) -> Result<Value> {
    let CreateDataset { display_name, tree_parent_id, tree_node_type } = dataset;
    tree_node(display_name, tree_parent_id, tree_node_type, "Dataset")
}
