//! The calls, one file per page of the API's reference.

mod datasets;
mod datatables;
mod mappings;
mod organizations;
mod processes;
mod request;
mod tenant_users;
mod tenants;

pub use datasets::CreateDataset;
pub use mappings::{CreateProcessMapping, UpdateProcessMapping};
pub use organizations::{CreateOrganizationTenant, UpdateOrganizationUser};
pub use processes::{CreateProcess, UpdateProcess};
pub use tenant_users::{AddTenantUser, UpdateTenantUser};

use serde_json::{Value, json};

use crate::error::{Error, Result};

/// An argument that has to say something.
fn given(what: &str, value: String) -> Result<String> {
    if value.trim().is_empty() {
        let message = format!("{what} is empty.");
        return Err(Error::invalid_argument(message, "Pass what it asks for; nothing was sent."));
    }
    Ok(value)
}

/// The body that creates a node of a tree: `leaf`, which is the default, or a folder.
fn tree_node(name: String, parent: Option<String>, node_type: Option<String>, leaf: &str) -> Result<Value> {
    let node_type = node_type.unwrap_or_else(|| leaf.to_owned());
    if node_type != leaf && node_type != "TreeGroup" {
        let message =
            format!("`tree_node_type` is '{node_type}', which is neither '{leaf}' nor 'TreeGroup'.");
        let hint = "Leave it out, or pass 'TreeGroup' for a folder; nothing was sent.";
        return Err(Error::invalid_argument(message, hint));
    }
    let name = given("`display_name`", name)?;
    Ok(json!({ "displayName": name, "treeParentId": parent, "treeNodeType": node_type }))
}

fn nothing_to_change(arguments: &str) -> Error {
    Error::invalid_argument("There is nothing to change.", format!("Pass {arguments}; nothing was sent."))
}
