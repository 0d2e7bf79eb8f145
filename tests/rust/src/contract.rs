//! What the runners of the contract cases share.

use std::fs::File;
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

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
