use crate::call::{Call, Method};
use crate::client::Client;
use crate::error::Result;
use crate::model::{Dataset, DatasetSummary, params};

use super::{name, tree_node_type};

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
    pub fn get_datasets(&self) -> Call<Vec<DatasetSummary>> {
        Call::new(self, Method::Get).word("datasets")
    }

    /// Creates a dataset, or a folder for datasets. `POST /tenant/{tenantId}/datasets`.
    ///
    /// A name alone will do. It is sent again only where the first try was certainly not processed; else the
    /// error is `AmbiguousResult`.
    pub fn create_dataset(&self, dataset: impl Into<CreateDataset>) -> Call<Dataset> {
        Call::new(self, Method::Post)
            .word("datasets")
            .body(checked(dataset.into()))
    }

    /// Reads a dataset with the datatables it holds. `GET /tenant/{tenantId}/datasets/{datasetId}`.
    pub fn get_dataset(&self, dataset_id: impl Into<String>) -> Call<Dataset> {
        Call::new(self, Method::Get)
            .word("datasets")
            .id("dataset_id", dataset_id)
    }
}

fn checked(dataset: CreateDataset) -> Result<CreateDataset> {
    let CreateDataset {
        display_name,
        tree_parent_id,
        tree_node_type: node_type,
    } = dataset;
    let tree_node_type = Some(tree_node_type(node_type, "Dataset")?);
    Ok(CreateDataset {
        display_name: name(display_name)?,
        tree_parent_id,
        tree_node_type,
    })
}
