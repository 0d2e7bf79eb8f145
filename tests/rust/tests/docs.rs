//! The Rust of the README and of the guide compiles and does what it says.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use processmind_tests::{BPMN, LOG, Stage};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const EXAMPLES: &str = include_str!("../src/bin/documented.rs");

#[test]
fn every_example_is_one_that_runs() {
    let pages = fs::read_dir(Path::new(ROOT).join("docs/guide")).unwrap().map(|entry| entry.unwrap().path());
    let mut found = 0;
    for page in pages.chain([Path::new(ROOT).join("README.md")]) {
        let text = without_indents(&fs::read_to_string(&page).unwrap());
        for example in text.split("```rust\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
            assert!(
                without_indents(EXAMPLES).contains(example),
                "{} has another:\n{example}",
                page.display()
            );
            found += 1;
        }
    }
    assert!(found > 2, "there are {found}");
}

fn without_indents(text: &str) -> String {
    text.lines().map(|line| format!("{}\n", line.trim_start())).collect()
}

#[tokio::test]
async fn the_examples_run() {
    let stage = Stage::new().await;
    let log = stage.file("orders.csv", LOG);
    stage.file("order-to-cash.bpmn", BPMN);
    let mut examples = Command::new(env!("CARGO_BIN_EXE_documented"));
    examples.env("PROCESSMIND_API_KEY", stage.emulator.api_key());
    examples.env("PROCESSMIND_TENANT_ID", stage.emulator.tenant_id());
    examples.env("PROCESSMIND_BASE_URL", stage.emulator.url());
    examples.current_dir(log.parent().unwrap());
    let done = tokio::task::spawn_blocking(move || examples.output().unwrap()).await.unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert!(done.status.success(), "{}", String::from_utf8(done.stderr).unwrap());
    assert!(
        said.starts_with(&format!("{} bytes, proved by Some(\"crc64nvme\")\norders.csv: 3 rows", LOG.len())),
        "{said}"
    );
    assert_eq!(stage.uploads().await.len(), 1);
}
