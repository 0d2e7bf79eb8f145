//! What the runners of the contract cases share.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Map, Value, json};

use crate::Stage;

/// The cases that every language runs.
pub fn cases() -> Vec<Value> {
    serde_json::from_str(include_str!("../../contract/cases.json")).unwrap()
}

/// Plans one of a case's answers for the next call.
pub async fn plan_answer(stage: &Stage, answer: &Value) {
    let fault = json!({
        "kind": "status", "status": answer["status"], "body": answer["body"],
        "content_type": answer["contentType"], "retry_after": answer["headers"]["retry-after"],
    });
    stage.faults(json!([{ "path": "/tenant", "fault": fault }])).await;
}

/// An upload's case with the ids of a new datatable; its fault is planned.
pub async fn placed(stage: &Stage, case: &Value) -> Value {
    let datatable = stage.client.get_datatable(stage.datatable().await).await.unwrap();
    let text = case
        .to_string()
        .replace("{tenantId}", stage.emulator.tenant_id())
        .replace("{datasetId}", &datatable.dataset_id.unwrap())
        .replace("{datatableId}", &datatable.id);
    let case: Value = serde_json::from_str(&text).unwrap();
    if let fault @ Value::Object(_) = &case["fault"] {
        let answer = json!({
            "kind": "status", "status": fault["status"], "body": fault["body"],
            "content_type": fault["contentType"], "location": fault["location"],
        });
        stage.faults(json!([{ "path": fault["path"], "method": fault["method"], "fault": answer }])).await;
    }
    stage.take_requests().await;
    case
}

/// The file of a case: its path, written where it has a content, or the content of one without a name.
pub fn file_of(stage: &Stage, case: &Value) -> (Option<String>, Option<String>) {
    let file = &case["file"];
    match (file["name"].as_str(), file["content"].as_str()) {
        (Some(name), Some(content)) => {
            let path = stage.file(name, content);
            let modified = UNIX_EPOCH + Duration::from_secs_f64(file["modified"].as_f64().unwrap());
            File::options().write(true).open(&path).unwrap().set_modified(modified).unwrap();
            (Some(path.to_str().unwrap().to_owned()), None)
        }
        (name, content) => (name.map(ToOwned::to_owned), content.map(ToOwned::to_owned)),
    }
}

/// Asserts what a request asks for, and what it brings.
pub fn assert_request(sent: &Value, wanted: &Value, case: &Value) {
    assert_eq!((&sent["method"], &sent["path"]), (&wanted["method"], &wanted["path"]), "{case}");
    let body = sent["body"].as_str().unwrap();
    let json = if body.is_empty() { Value::Null } else { serde_json::from_str(body).unwrap() };
    assert_eq!(json, wanted["body"], "{case}");
}

/// The folder of the event logs that every language checks.
pub fn event_logs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract/eventlogs")
}

/// The scenes of checking a log.
pub fn check_scenes() -> Vec<Value> {
    serde_json::from_str(include_str!("../../contract/check.json")).unwrap()
}

/// What is in the file of such a scene: its lines, or one of the event logs.
pub fn log_of(scene: &Value) -> Vec<u8> {
    match scene["file"]["log"].as_str() {
        Some(log) => std::fs::read(event_logs().join(log)).unwrap(),
        None => {
            let lines = scene["file"]["lines"].as_array().unwrap();
            lines.iter().flat_map(|line| format!("{}\n", line.as_str().unwrap()).into_bytes()).collect()
        }
    }
}

/// Whether a report is that of a scene.
pub fn assert_report(report: &Value, scene: &Value) {
    let entries = |name: &str| scene[name].as_object().cloned().unwrap_or_default();
    for (name, value) in entries("report") {
        assert_eq!(report[&name], value, "{name} of {}: {report:#}", scene["name"]);
    }
    let columns = report["columns"].as_array().unwrap();
    if let Some(roles) = scene["roles"].as_object() {
        let given = columns.iter().filter(|column| column["role"].is_string());
        let given: Map<_, _> =
            given.map(|column| (column["role"].as_str().unwrap().into(), column["name"].clone())).collect();
        assert_eq!(given, *roles, "{}: {report:#}", scene["name"]);
    }
    for (name, values) in entries("columns") {
        let column = columns.iter().find(|column| column["name"] == *name).unwrap();
        for (field, value) in values.as_object().unwrap() {
            assert_eq!(column[field], *value, "{field} of {name} in {}: {report:#}", scene["name"]);
        }
    }
    if let Some(problems) = scene["problems"].as_array() {
        let found: Vec<_> = report["problems"].as_array().unwrap().iter().map(code_and_rows).collect();
        assert_eq!(*problems, found, "{}: {report:#}", scene["name"]);
    }
}

/// `MISSING_CASE_ID 3 5`.
fn code_and_rows(problem: &Value) -> String {
    let rows = problem["rows"].as_array().unwrap().iter().map(ToString::to_string);
    let code = problem["code"].as_str().unwrap().to_owned();
    std::iter::once(code).chain(rows).collect::<Vec<_>>().join(" ")
}
