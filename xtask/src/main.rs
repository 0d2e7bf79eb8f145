//! The project's own commands, from anywhere in the workspace: `cargo xtask` writes the files that are generated
//! from core, `cargo xtask version 1.2.3` sets the version.

mod docs;
mod errors;
mod stubs;
mod version;

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};
use clap::{Parser, Subcommand};
use semver::Version;

#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Writes what is generated from core; without a command that is what happens.
    Generate,
    /// Sets the version everywhere, and begins its section of the changelog.
    Version { version: Version },
}

fn main() -> Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    match Arguments::parse().task.unwrap_or(Task::Generate) {
        Task::Generate => generate(&root),
        Task::Version { version } => {
            version::set(&root, &version, &jiff::Timestamp::now().strftime("%Y-%m-%d").to_string())?;
            let locked = Command::new("cargo")
                .args(["update", "--workspace", "--offline"])
                .current_dir(&root)
                .status()?;
            ensure!(locked.success(), "Cargo.lock could not be brought up to date");
            Ok(())
        }
    }
}

fn generate(root: &Path) -> Result<()> {
    let python = root.join("bindings-python/python/processmind");
    fs::write(python.join("exceptions.py"), errors::python())?;
    fs::write(python.join("_processmind.pyi"), stubs::python(root)?)?;
    fs::write(root.join("bindings-node/ts/errors.ts"), errors::typescript())?;
    fs::write(root.join("docs/cli.md"), docs::command_line())?;
    let guide = root.join("docs/guide/check.md");
    fs::write(&guide, docs::problems(&fs::read_to_string(&guide)?)?)?;
    Ok(())
}
