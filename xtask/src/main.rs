//! Writes the files that are generated from core: `cargo xtask` from anywhere in the workspace.

mod errors;

use std::path::Path;
use std::{fs, io};

fn main() -> io::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::write(
        root.join("bindings-python/python/processmind/exceptions.py"),
        errors::python(),
    )?;
    fs::write(root.join("bindings-node/ts/errors.ts"), errors::typescript())
}
