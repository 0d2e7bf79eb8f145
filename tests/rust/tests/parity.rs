//! The crate, its documentation, the README and the contract cases have the same calls.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use processmind_tests::contract::cases;
use processmind_tests::in_snake_case;
use serde_json::Value;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const PAGES: &str = "Reference: <https://processmind.com/resources/docs/api/api-reference-";

/// Public methods that are no call of the API: the client's own, the one for what has no call, and those that
/// are made of others.
const NO_CALLS: [&str; 12] = [
    "from_env",
    "builder",
    "new",
    "with_transport",
    "tenant_id",
    "base_url",
    "redacted_api_key",
    "close",
    "request",
    "request_json",
    "upload_files",
    "publish",
];

#[test]
fn the_readme_lists_every_call() {
    let readme = std::fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let (_, section) = readme.split_once("\n## The calls\n").unwrap();
    let (table, _) = section.split_once("\n## ").unwrap();
    let cells = table.lines().filter_map(|line| line.strip_prefix("| `")?.split(" | ").next());
    let listed = cells.flat_map(|cell| cell.split(", ")).map(|name| snake(name.trim_matches('`')));
    assert_eq!(listed.collect::<BTreeSet<_>>(), calls().into_keys().collect());
}

#[test]
fn every_call_has_a_contract_case() {
    let helpers = cases().iter().map(|case| snake(case["helper"].as_str().unwrap())).collect::<BTreeSet<_>>();
    assert_eq!(helpers, calls().into_keys().collect());
}

#[test]
fn every_call_names_the_endpoint_that_it_asks_and_the_page_of_the_reference() {
    let (calls, cases) = (calls(), cases());
    for (name, docs) in calls.iter().filter(|(name, _)| *name != "upload_file_to_processmind") {
        assert!(docs.contains(PAGES), "{name} names no page of the reference: {docs}");
        let documented = docs.split('`').find(|code| code.contains(" /tenant/{tenantId}"));
        let documented = documented.unwrap_or_else(|| panic!("{name} names no endpoint: {docs}"));
        let of_call = |case: &&Value| &snake(case["helper"].as_str().unwrap()) == name;
        for case in cases.iter().filter(of_call) {
            let sent =
                [&case["request"]].into_iter().chain(case["requests"].as_array().into_iter().flatten());
            let mut sent = sent.filter(|request| request["path"].is_string()).peekable();
            let is_sent = sent.peek().is_some();
            let meets = sent.any(|request| meets(request, documented));
            // An upload may fail before its URL is asked for.
            assert!(meets || !is_sent || case["fault"].is_object(), "{name} is not {documented}: {case}");
        }
    }
}

/// Whether a request went to the endpoint `GET /tenant/{tenantId}/…`.
fn meets(request: &Value, endpoint: &str) -> bool {
    let (method, template) = endpoint.split_once(' ').unwrap();
    let (path, template) = (request["path"].as_str().unwrap().split('/'), template.split('/'));
    let (path, template) = (path.collect::<Vec<_>>(), template.collect::<Vec<_>>());
    let fits = |(sent, wanted): (&&str, &&str)| wanted.starts_with('{') || sent == wanted;
    request["method"] == method && path.len() == template.len() && path.iter().zip(&template).all(fits)
}

/// The public methods of `Client` that call the API, with their documentation.
fn calls() -> BTreeMap<String, String> {
    let mut calls = BTreeMap::new();
    for file in sources(&Path::new(ROOT).join("core/src")) {
        let text = std::fs::read_to_string(file).unwrap();
        for block in text.split("\nimpl Client {\n").skip(1).filter_map(|rest| rest.split("\n}\n").next()) {
            let mut docs = Vec::new();
            for line in block.lines() {
                if let Some(doc) = line.strip_prefix("    /// ") {
                    docs.push(doc);
                } else if let Some(method) = line.strip_prefix("    pub fn ") {
                    let name = method.split(['(', '<']).next().unwrap();
                    calls.insert(name.to_owned(), docs.join(" "));
                } else if line.is_empty() {
                    docs.clear();
                }
            }
        }
    }
    NO_CALLS.iter().for_each(|name| assert!(calls.remove(*name).is_some(), "there is no {name}"));
    calls
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let found = entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    found.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// A helper's documented name as Rust has it.
fn snake(helper: &str) -> String {
    in_snake_case(&format!("`{}`", helper.replace("ProcessMind", "Processmind"))).replace('`', "")
}
