//! The directory of stored objects: one file each, under a name of its own.

use std::{collections::HashSet, io, path::Path};

use tempfile::NamedTempFile;

use crate::store::State;

/// A file for an object that is still arriving. It is removed unless it is put in its place.
pub(super) fn new_part(directory: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(".part-").tempfile_in(directory)
}

/// Removes what an earlier run left half done: parts, and objects that no state names.
pub(crate) fn sweep(directory: &Path, state: &State) -> io::Result<()> {
    let uploads = state.tenants.iter().flat_map(|space| &space.uploads);
    let named: HashSet<&str> = uploads.map(|upload| upload.object.as_str()).collect();
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        if !entry.file_name().to_str().is_some_and(|name| named.contains(name)) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
