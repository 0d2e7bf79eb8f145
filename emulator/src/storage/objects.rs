//! The directory of stored objects: one file each, under a name of its own.

use std::{collections::HashSet, io, path::Path};

use tempfile::NamedTempFile;
use uuid::Uuid;

use crate::store::State;

/// How the name of a file begins whose object is still arriving.
const PART: &str = ".part-";

/// A file for an object that is still arriving. It is removed unless it is put in its place.
pub(super) fn new_part(directory: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new().prefix(PART).tempfile_in(directory)
}

/// Refuses a directory that is to be used for the first time and already holds something.
pub(crate) fn expect_empty(directory: &Path) -> io::Result<()> {
    if std::fs::read_dir(directory)?.next().is_none() {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::DirectoryNotEmpty,
        "there is no state.json, but there are files in objects/: choose an empty directory",
    ))
}

/// Removes what an earlier run left half done: parts, and objects that no state names.
pub(crate) fn sweep(directory: &Path, state: &State) -> io::Result<()> {
    let uploads = state.tenants.iter().flat_map(|space| &space.uploads);
    let named: HashSet<&str> = uploads.map(|upload| upload.object.as_str()).collect();
    for entry in std::fs::read_dir(directory)? {
        let entry = entry?;
        let is_left_over =
            entry.file_name().to_str().is_some_and(|name| is_own(name) && !named.contains(name));
        if is_left_over && entry.file_type()?.is_file() {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Whether a name is one that the emulator gives: of a part, or of an object exactly as
/// [`new_id`](crate::model::new_id) writes it.
fn is_own(name: &str) -> bool {
    name.starts_with(PART) || Uuid::try_parse(name).is_ok_and(|id| id.to_string() == name)
}
