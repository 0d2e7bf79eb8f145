//! `_processmind.pyi`: the types of the native Python module, read out of a build of it.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::env::var_os;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

const MODULE: &str = "_processmind";

/// The stub, from a build that is made for it: only one with the feature `stubs` holds what it is made from.
pub fn python(root: &Path) -> Result<String> {
    build(root)?;
    let target = var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let library = target.join(format!("debug/{DLL_PREFIX}{MODULE}{DLL_SUFFIX}"));
    let module = pyo3_introspection::introspect_cdylib(library, MODULE)?;
    let stubs = pyo3_introspection::module_stub_files(&module);
    let stub = stubs.into_values().next().context("There is no stub.")?;
    Ok(format!("# Generated from core and bindings-python by `make generate`.\n\n{stub}"))
}

fn build(root: &Path) -> Result<()> {
    let cargo = var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--package", "processmind-python", "--features", "stubs"])
        // As maturin does: Python brings its own symbols.
        .env("PYO3_BUILD_EXTENSION_MODULE", "1")
        .current_dir(root)
        .status()?;
    ensure!(status.success(), "The Python module can't be built.");
    Ok(())
}
