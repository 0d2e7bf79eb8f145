//! The calls, one file per page of the API's reference.

mod datasets;
mod datatables;
mod mappings;
mod processes;
mod tenants;

pub use datasets::CreateDataset;
pub use mappings::CreateProcessMapping;
pub use processes::CreateProcess;

use crate::error::{Error, ErrorKind, Result};

/// A name that people will see; an empty one is a mistake.
fn name(display_name: String) -> Result<String> {
    if display_name.trim().is_empty() {
        return Err(Error::new(ErrorKind::InvalidArgument, "`display_name` is empty.")
            .hint("Give it the name that people will see; nothing was sent."));
    }
    Ok(display_name)
}

/// What a node of the tree is: `leaf`, which is the default, or a folder.
fn tree_node_type(given: Option<String>, leaf: &str) -> Result<String> {
    match given {
        None => Ok(leaf.to_owned()),
        Some(given) if given == leaf || given == "TreeGroup" => Ok(given),
        Some(given) => Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("`tree_node_type` is '{given}', which is neither '{leaf}' nor 'TreeGroup'."),
        )
        .hint("Leave it out, or pass 'TreeGroup' for a folder; nothing was sent.")),
    }
}
