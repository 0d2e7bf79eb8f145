//! Writes the files that are generated from core: `cargo xtask` from anywhere in the workspace.

mod errors;
mod stubs;

use std::fs;
use std::path::Path;

use anyhow::Result;

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let python = root.join("bindings-python/python/processmind");
    fs::write(python.join("exceptions.py"), errors::python())?;
    fs::write(python.join("_processmind.pyi"), stubs::python(&root)?)?;
    fs::write(root.join("bindings-node/ts/errors.ts"), errors::typescript())?;
    Ok(())
}
