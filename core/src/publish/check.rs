//! What is checked before anything is sent.

use std::path::PathBuf;

use super::PublishOptions;
use crate::blocking::blocking;
use crate::bpmn::{self, Model};
use crate::error::{Error, Result};

/// Whether the options go together.
pub(super) fn options(options: &PublishOptions, has_file: bool) -> Result<()> {
    let PublishOptions { process, folder, bpmn, dataset, datatable, check, .. } = options;
    let named = [
        ("process", process),
        ("folder", folder),
        ("bpmn", bpmn),
        ("dataset", dataset),
        ("datatable", datatable),
    ];
    for (name, value) in named {
        if value.as_ref().is_some_and(|value| value.trim().is_empty()) {
            return refused(format!("`{name}` is empty."), "Pass its name, or leave it out");
        }
    }
    if named.iter().all(|(_, value)| value.is_none()) && !has_file {
        return refused(
            "There is nothing to publish.".to_owned(),
            "Pass `process`, `dataset` or `datatable`",
        );
    }
    for (name, value) in [("folder", folder), ("bpmn", bpmn)] {
        if value.is_some() && process.is_none() {
            return refused(format!("`{name}` is given without `process`."), "Pass the process's name, too");
        }
    }
    if has_file && datatable.is_none() {
        return refused("`file` is given without `datatable`.".to_owned(), "Pass the datatable's name, too");
    }
    if check.as_ref().is_some_and(|check| check != "off") && !has_file {
        return refused("`check` is given without `file`.".to_owned(), "Pass the file, too, or leave it out");
    }
    if let Some(path) = folder {
        folders(path).map(drop)?;
    }
    Ok(())
}

/// The names of a folder's path, from the root.
pub(super) fn folders(path: &str) -> Result<impl Iterator<Item = &str>> {
    let names = path.trim_matches('/').split('/').map(str::trim);
    if names.clone().any(str::is_empty) {
        refused(
            format!("`folder` is '{path}', which has a name missing."),
            "Pass a path such as 'Finance/Orders'",
        )?;
    }
    Ok(names)
}

/// The model, read off the runtime if it is in a file.
pub(super) async fn model(bpmn: Option<String>) -> Result<Option<Model>> {
    let Some(bpmn) = bpmn else { return Ok(None) };
    let read = move || match bpmn.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        true => bpmn::check(&bpmn),
        false => bpmn::read(&PathBuf::from(bpmn)),
    };
    blocking(read).await.map(Some)
}

fn refused(message: String, hint: &str) -> Result<()> {
    Err(Error::invalid_argument(message, format!("{hint}; nothing was sent.")))
}
