//! What a data directory keeps.

mod support;

use processmind_emulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::json;
use support::{BPMN, LOG, keep_in, objects, start};

#[tokio::test]
async fn a_restart_keeps_everything() {
    let directory = tempfile::tempdir().unwrap();
    let (emulator, before) = start(keep_in(directory.path())).await;
    let table = before.table().await;
    before.upload(&table, "log.csv", LOG).await;
    let process = before.process().await;
    let bpmn = before.path(&format!("/processes/{process}/bpmn"));
    assert_eq!(before.send(Method::PUT, &bpmn, json!({"bpmnXml": BPMN})).await.0, StatusCode::OK);
    before.post(&format!("/processes/{process}/mappings"), json!({"dataTableId": table.id})).await;
    let paths = [
        before.path(""),
        before.path("/datasets"),
        before.path(&format!("/datatable/{}", table.id)),
        before.path("/processes"),
        before.path(&format!("/processes/{process}/mappings")),
        "/emulator/uploads".to_owned(),
    ];
    let mut kept = Vec::new();
    for path in &paths {
        kept.push(before.get(path).await);
    }
    emulator.shutdown().await;

    let (_emulator, after) = start(keep_in(directory.path())).await;
    assert_eq!((&after.key, &after.tenant), (&before.key, &before.tenant));
    for (path, kept) in paths.iter().zip(kept) {
        assert_eq!(after.get(path).await, kept, "{path}");
    }
}

#[tokio::test]
async fn a_given_key_wins_over_the_kept_one() {
    let directory = tempfile::tempdir().unwrap();
    let (first, before) = start(keep_in(directory.path())).await;
    first.shutdown().await;
    let options = Options { api_key: Some("another".to_owned()), ..keep_in(directory.path()) };
    let (_second, after) = start(options).await;
    assert_eq!((after.key.as_str(), &after.tenant), ("another", &before.tenant));
}

#[tokio::test]
async fn leftovers_are_dropped_at_the_start() {
    let directory = tempfile::tempdir().unwrap();
    let (first, api) = start(keep_in(directory.path())).await;
    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    first.shutdown().await;
    let kept = objects(directory.path());
    for leftover in [".part-abc", "unnamed"] {
        std::fs::write(directory.path().join("objects").join(leftover), "x").unwrap();
    }
    let (_second, _api) = start(keep_in(directory.path())).await;
    assert_eq!(objects(directory.path()), kept);
}

#[tokio::test]
async fn a_damaged_state_is_not_overwritten() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("state.json"), "{").unwrap();
    let refused = processmind_emulator::Emulator::start(keep_in(directory.path())).await.unwrap_err();
    assert!(refused.to_string().contains("state.json"), "{refused}");
    assert_eq!(std::fs::read_to_string(directory.path().join("state.json")).unwrap(), "{");
}

#[tokio::test]
async fn two_emulators_do_not_share_a_directory() {
    let directory = tempfile::tempdir().unwrap();
    let (_first, _api) = start(keep_in(directory.path())).await;
    let refused = processmind_emulator::Emulator::start(keep_in(directory.path())).await.unwrap_err();
    assert!(refused.to_string().contains("another emulator"), "{refused}");
}

#[tokio::test]
async fn without_a_data_directory_nothing_stays() {
    let (emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    let path = api.uploads().await[0]["path"].as_str().unwrap().to_owned();
    assert!(std::fs::exists(&path).unwrap());
    emulator.shutdown().await;
    assert!(!std::fs::exists(&path).unwrap());
}
