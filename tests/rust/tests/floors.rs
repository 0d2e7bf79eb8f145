//! The floors of core, as ARCHITECTURE.md draws them: no import goes up.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up.
const FLOORS: [&[&str]; 8] = [
    &["blocking", "content", "error", "html", "log", "model", "open_files", "progress", "redact", "secret"],
    &["bpmn", "config", "eventlog", "format", "method", "retry"],
    &["answer", "transport"],
    &["client"],
    &["attempts", "call", "decode", "near_names"],
    &["api", "check", "dataframe", "find", "upload"],
    &["publish"],
    &["bench", "fuzzing"],
];

fn floor_of(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn no_import_goes_up() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../core/src");
    for file in files(&source) {
        let inside = file.strip_prefix(&source).unwrap().with_extension("");
        let module = inside.iter().next().unwrap().to_str().unwrap();
        if module == "lib" {
            continue;
        }
        let own = floor_of(module).unwrap_or_else(|| panic!("{module} is on no floor"));
        for line in fs::read_to_string(&file).unwrap().lines() {
            let Some(rest) = line.strip_prefix("use crate::") else { continue };
            let imported = rest.split([':', ';']).next().unwrap();
            let floor = floor_of(imported).unwrap_or_else(|| panic!("{imported} is on no floor"));
            assert!(floor <= own, "{} imports {imported} from above", file.display());
        }
    }
}
