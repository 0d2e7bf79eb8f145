//! The fault plan.

mod support;

use std::time::{Duration, Instant};

use processmind_emulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::json;
use support::{LOG, answer, message, start};

#[tokio::test]
async fn a_status_as_often_as_planned() {
    let (_emulator, api) = start(Options::default()).await;
    api.plan(json!([
        {"path": api.path("/processes"), "method": "GET", "count": 2, "fault": {"kind": "status", "status": 503, "retry_after": 2}},
        {"path": "/tenant/", "fault": {"kind": "status", "status": 200, "body": "<html>", "content_type": "text/html"}},
    ]))
    .await;
    for _ in 0..2 {
        let response = api.request(Method::GET, &api.path("/processes")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()["retry-after"], "2");
    }
    let html = api.request(Method::GET, &api.path("/processes")).send().await.unwrap();
    assert_eq!(html.headers()["content-type"], "text/html");
    assert_eq!(html.text().await.unwrap(), "<html>");
    assert_eq!(api.get(&api.path("/processes")).await, json!([]));
}

#[tokio::test]
async fn a_redirect() {
    let (_emulator, api) = start(Options::default()).await;
    let (elsewhere, other) = start(Options::default()).await;
    let target = format!("{}/landed", elsewhere.url());
    let plan = json!([{"path": api.path("/processes"), "count": 1, "fault": {"kind": "status", "status": 307, "location": target}}]);
    api.plan(plan.clone()).await;
    assert_eq!(api.get("/emulator/faults").await, plan);
    // The tests' client follows it.
    api.request(Method::GET, &api.path("/processes")).send().await.unwrap();
    assert_eq!(api.requests().await.last().unwrap()["status"], 307);
    assert_eq!(other.requests().await.last().unwrap()["path"], "/landed");
}

#[tokio::test]
async fn a_reset_in_the_middle_of_a_body() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    let url = api.presigned(&table, "log.csv").await;
    api.plan(json!([{"path": "/processmind-uploads/", "fault": {"kind": "reset", "at": 100_000}}])).await;
    let outcome = api.http.put(&url).body(vec![b'x'; 8 << 20]).send().await;
    assert!(outcome.is_err(), "{outcome:?}");
    assert!(api.uploads().await.is_empty());
    let requests = api.requests().await;
    let put = requests.last().unwrap();
    assert!(put["status"].is_null());
    assert!((100_000..8 << 20).contains(&put["bytesReceived"].as_u64().unwrap()));
    assert_eq!(api.put(&url, LOG).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_reset_before_anything_is_done() {
    let (_emulator, api) = start(Options::default()).await;
    api.plan(json!([{"path": api.path("/processes"), "fault": {"kind": "reset"}}])).await;
    let path = api.path("/processes");
    let created = api.request(Method::POST, &path).json(&json!({"displayName": "x"})).send().await;
    assert!(created.is_err(), "{created:?}");
    assert_eq!(api.get(&path).await, json!([]));
}

#[tokio::test]
async fn corrupt_bytes_are_stored_and_declared_as_they_arrived() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    let url = api.presigned(&table, "log.csv").await;
    api.plan(json!([{"path": "/processmind-uploads/", "fault": {"kind": "corrupt"}}])).await;
    let bad = api.put(&url, LOG).await.headers()["x-amz-checksum-crc64nvme"].clone();
    let good = api.put(&url, LOG).await.headers()["x-amz-checksum-crc64nvme"].clone();
    assert_ne!(bad, good);
}

#[tokio::test]
async fn a_delay() {
    let (_emulator, api) = start(Options::default()).await;
    api.plan(json!([{"path": "/tenant/", "fault": {"kind": "delay", "seconds": 0.1}}])).await;
    let begun = Instant::now();
    api.get(&api.path("")).await;
    assert!(begun.elapsed() >= Duration::from_millis(100));
}

#[tokio::test]
async fn the_plan_is_shown_and_cleared() {
    let (_emulator, api) = start(Options::default()).await;
    api.plan(json!([{"path": "/", "count": 3, "fault": {"kind": "expire"}}])).await;
    assert_eq!(
        api.get("/emulator/faults").await,
        json!([{"path": "/", "count": 3, "fault": {"kind": "expire"}}])
    );
    assert_eq!(answer(api.request(Method::DELETE, "/emulator/faults")).await.1, json!([]));
    assert_eq!(api.get("/emulator/faults").await, json!([]));
    let wrong = json!([{"path": "/", "fault": {"kind": "surprise"}}]);
    let (status, refusal) = api.send(Method::POST, "/emulator/faults", wrong).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(message(&refusal).contains("surprise"));
}
