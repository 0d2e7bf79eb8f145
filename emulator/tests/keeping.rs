//! What a data directory keeps.

mod support;

use processmind_emulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
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
        before.path("/users"),
        before.path("/statistics"),
        before.path("/organization"),
        before.path("/organization/tenants"),
        before.path("/organization/users"),
        "/emulator/uploads".to_owned(),
    ];
    before.post("/organization/tenants", json!({"shortName": "team"})).await;
    before.post("/users", json!({"email": "ann@example.com"})).await;
    before.folder("/processes").await;
    before.change("", json!({"displayName": "Ours"})).await;
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
    for leftover in [".part-abc", UNNAMED] {
        std::fs::write(directory.path().join("objects").join(leftover), "x").unwrap();
    }
    let (_second, _api) = start(keep_in(directory.path())).await;
    assert_eq!(objects(directory.path()), kept);
}

/// The name of an object that no state names.
const UNNAMED: &str = "0b2c7b1e-5f0a-4c63-9d6e-7a1f4a9f3c21";

#[tokio::test]
async fn what_is_not_its_own_stays() {
    let directory = tempfile::tempdir().unwrap();
    let (first, _api) = start(keep_in(directory.path())).await;
    first.shutdown().await;
    let in_objects = directory.path().join("objects");
    let foreign = ["mine.txt".to_owned(), format!("{{{UNNAMED}}}"), UNNAMED.replace('-', "")];
    for name in &foreign {
        std::fs::write(in_objects.join(name), "x").unwrap();
    }
    std::fs::create_dir(in_objects.join(UNNAMED)).unwrap();
    let (_second, _api) = start(keep_in(directory.path())).await;
    assert_eq!(objects(directory.path()).len(), foreign.len() + 1);
}

/// Twice, since the second start must not take what the first one left for its own.
#[tokio::test]
async fn a_directory_of_somebody_else_is_refused() {
    for name in ["mine.txt", ".part-abc", UNNAMED] {
        let directory = tempfile::tempdir().unwrap();
        std::fs::create_dir(directory.path().join("objects")).unwrap();
        std::fs::write(directory.path().join("objects").join(name), "x").unwrap();
        std::fs::write(directory.path().join("lock"), "theirs").unwrap();
        for _ in 0..2 {
            let refused = processmind_emulator::Emulator::start(keep_in(directory.path())).await.unwrap_err();
            assert!(refused.to_string().contains("choose an empty directory"), "{refused}");
        }
        assert_eq!(objects(directory.path()), [name]);
        assert_eq!(std::fs::read_to_string(directory.path().join("lock")).unwrap(), "theirs");
    }
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

#[tokio::test]
async fn a_change_that_cannot_be_written_is_not_made() {
    let directory = tempfile::tempdir().unwrap();
    let (emulator, api) = start(keep_in(directory.path())).await;
    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    let paths = ["", "/processes", "/datasets", "/users", "/organization/tenants"].map(|rest| api.path(rest));
    let mut before = Vec::new();
    for path in &paths {
        before.push(api.get(path).await);
    }
    let (stored, url) = (objects(directory.path()), api.presigned(&table, "more.csv").await);
    // Where the new state is written there is no room for it.
    let obstacle = directory.path().join("state.json.part");
    std::fs::create_dir(&obstacle).unwrap();

    let dataset = format!("/datasets/{}", table.dataset);
    for (method, rest, body) in [
        (Method::PUT, "", json!({"displayName": "x"})),
        (Method::POST, "/processes", json!({"displayName": "x"})),
        (Method::POST, "/users", json!({"email": "ann@example.com"})),
        (Method::POST, "/organization/tenants", json!({"shortName": "x"})),
        (Method::DELETE, &dataset, json!({})),
    ] {
        api.refused(method, rest, body, 500, "cannot be written").await;
    }
    assert_eq!(api.put(&url, LOG).await.status(), StatusCode::INTERNAL_SERVER_ERROR);
    for (path, before) in paths.iter().zip(&before) {
        assert_eq!(api.get(path).await, *before, "{path}");
    }
    assert_eq!(objects(directory.path()), stored);

    std::fs::remove_dir(&obstacle).unwrap();
    api.process().await;
    let now = api.get(&api.path("/processes")).await;
    emulator.shutdown().await;
    let (_emulator, after) = start(keep_in(directory.path())).await;
    assert_eq!(after.get(&after.path("/processes")).await, now);
    assert_eq!(after.datatable(&table).await["rowCount"], 2);
}

#[tokio::test]
async fn what_was_deleted_stays_deleted() {
    let directory = tempfile::tempdir().unwrap();
    let (emulator, before) = start(keep_in(directory.path())).await;
    let table = before.table().await;
    before.upload(&table, "log.csv", LOG).await;
    let process = before.process().await;
    before.delete(&format!("/datasets/{}", table.dataset), Value::Null).await;
    before.delete(&format!("/processes/{process}"), Value::Null).await;
    emulator.shutdown().await;

    let (_emulator, after) = start(keep_in(directory.path())).await;
    for rest in ["/datasets", "/datatables", "/processes"] {
        assert_eq!(after.get(&after.path(rest)).await, json!([]));
    }
    assert!(objects(directory.path()).is_empty());
}
