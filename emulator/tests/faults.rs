//! The fault plan.

mod support;

use std::time::{Duration, Instant};

use processmind_emulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::json;
use support::{LOG, answer, message, raw_answer, start};
use tokio::{io::AsyncWriteExt, net::TcpStream};

#[tokio::test]
async fn a_status_as_often_as_planned() {
    let (_emulator, api) = start(Options::default()).await;
    api.plan(json!([
        {"path": api.path("/processes"), "method": "GET", "count": 2, 
         "fault": {"kind": "status", "status": 503, "retry_after": 2, "headers": {"Date": "Sun, 22 Nov 2026 12:00:00 GMT"}}},
        {"path": "/tenant/", "fault": {"kind": "status", "status": 200, "body": "<html>", "content_type": "text/html"}},
    ]))
    .await;
    for _ in 0..2 {
        let response = api.request(Method::GET, &api.path("/processes")).send().await.unwrap();
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(response.headers()["retry-after"], "2");
        assert_eq!(response.headers()["date"], "Sun, 22 Nov 2026 12:00:00 GMT");
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
async fn a_place_is_a_number_of_bytes_or_a_percentage() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    let url = api.presigned(&table, "log.csv").await;
    api.plan(json!([{"path": "/processmind-uploads/", "fault": {"kind": "reset", "at": "50%"}}])).await;
    assert!(api.http.put(&url).body(vec![b'x'; 8 << 20]).send().await.is_err());
    let received = api.requests().await.last().unwrap()["bytesReceived"].as_u64().unwrap();
    assert!((4 << 20..8 << 20).contains(&received), "{received}");

    let wrong = json!([{"path": "/", "fault": {"kind": "reset", "at": "half"}}]);
    let (status, refusal) = api.send(Method::POST, "/emulator/faults", wrong).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(message(&refusal).contains("50%"), "{refusal}");
}

#[tokio::test]
async fn a_lost_answer_to_what_was_done() {
    let (_emulator, api) = start(Options::default()).await;
    let path = api.path("/processes");
    for at in [0, 20] {
        api.plan(json!([{"path": path, "method": "POST", "fault": {"kind": "cut", "at": at}}])).await;
        let created = api.request(Method::POST, &path).json(&json!({"displayName": "x"})).send().await;
        assert!(created.is_err(), "{created:?}");
    }
    assert_eq!(api.get(&path).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn an_answer_is_cut_at_its_byte() {
    let (emulator, api) = start(Options::default()).await;
    api.plan(json!([{"path": "/tenant", "fault": {"kind": "cut", "at": 20}}])).await;
    let (path, key) = (api.path(""), emulator.api_key());
    let head = format!("GET {path} HTTP/1.1\r\nhost: x\r\nx-api-key: {key}\r\n\r\n");
    let mut stream = TcpStream::connect(emulator.url().strip_prefix("http://").unwrap()).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    assert_eq!(raw_answer(stream).await, "HTTP/1.1 200 OK\r\ncon");
}

#[tokio::test]
async fn half_an_answer_that_is_whole_to_http() {
    let (_emulator, api) = start(Options::default()).await;
    let whole = api.request(Method::GET, &api.path("")).send().await.unwrap().text().await.unwrap();
    api.plan(json!([{"path": "/tenant", "fault": {"kind": "truncate"}}])).await;
    let half = api.request(Method::GET, &api.path("")).send().await.unwrap().text().await.unwrap();
    assert_eq!(half, whole[..whole.len() / 2]);
}

#[tokio::test]
async fn a_stall_at_any_place() {
    let (_emulator, api) = start(Options::default()).await;
    let path = api.path("/processes");
    for at in [json!(0), json!("50%"), json!("100%"), json!(1_000_000)] {
        api.plan(json!([{"path": path, "fault": {"kind": "stall", "at": at}}])).await;
        let request = api.request(Method::POST, &path).json(&json!({"displayName": "x"}));
        let error = request.timeout(Duration::from_millis(100)).send().await.unwrap_err();
        assert!(error.is_timeout(), "{at} {error:?}");
    }
    api.plan(json!([{"path": path, "fault": {"kind": "stall", "seconds": 0.1}}])).await;
    let error = api.request(Method::GET, &path).send().await.unwrap_err();
    assert!(!error.is_timeout(), "{error:?}");
    assert_eq!(api.get(&path).await, json!([]));
}

#[tokio::test]
async fn a_stall_stops_the_sender() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    let url = api.presigned(&table, "log.csv").await;
    api.plan(json!([{"path": "/processmind-uploads/", "fault": {"kind": "stall", "at": "25%"}}])).await;
    let put = api.http.put(&url).body(vec![b'x'; 64 << 20]);
    assert!(put.timeout(Duration::from_millis(500)).send().await.unwrap_err().is_timeout());
    let received = api.requests().await.last().unwrap()["bytesReceived"].as_u64().unwrap();
    assert!((16 << 20..17 << 20).contains(&received), "{received}");
}

#[tokio::test]
async fn slow_bodies() {
    let (_emulator, api) = start(Options::default()).await;
    let path = api.path("/processes");
    api.plan(json!([{"path": path, "fault": {"kind": "slow", "bytes_per_second": 10_000}}])).await;
    let begun = Instant::now();
    let name = "x".repeat(1_500);
    api.post("/processes", json!({"displayName": name})).await;
    // Two pieces of 1,000 bytes there and two back, one in a tenth of a second.
    assert!(begun.elapsed() >= Duration::from_millis(400), "{:?}", begun.elapsed());
    assert_eq!(api.get(&path).await[0]["displayName"], name);
}

#[tokio::test]
async fn presigned_urls_that_storage_refuses() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    for (fault, refusal) in [
        (json!({"kind": "expire"}), "Request has expired"),
        (json!({"kind": "skew", "seconds": -7200}), "Request has expired"),
        (json!({"kind": "skew", "seconds": 3600}), "RequestTimeTooSkewed"),
        (json!({"kind": "forge"}), "SignatureDoesNotMatch"),
    ] {
        api.plan(json!([{"path": "/tenant/", "fault": fault}])).await;
        let url = api.presigned(&table, "log.csv").await;
        let refused = api.put(&url, LOG).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        let text = refused.text().await.unwrap();
        assert!(text.contains(refusal), "{text}");
    }
    assert!(api.uploads().await.is_empty());
}

#[tokio::test]
async fn storage_refuses_in_its_own_words() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    let url = api.presigned(&table, "log.csv").await;
    for (code, status) in [("RequestTimeout", 400), ("SlowDown", 503), ("InternalError", 500)] {
        let fault = json!({"kind": "storage_error", "code": code});
        api.plan(json!([{"path": "/processmind-uploads/", "fault": fault}])).await;
        let refused = api.put(&url, LOG).await;
        assert_eq!(refused.status().as_u16(), status);
        let text = refused.text().await.unwrap();
        assert!(text.contains(&format!("<Code>{code}</Code>")) && text.contains("<RequestId>"), "{text}");
    }
    assert!(api.uploads().await.is_empty());
}

#[tokio::test]
async fn a_share_of_the_requests_the_same_in_every_run() {
    let (_emulator, api) = start(Options::default()).await;
    let mut runs = Vec::new();
    for _ in 0..2 {
        api.plan(json!([{
            "path": api.path("/processes"), "count": 1_000, "share": 0.2, "seed": 7,
            "fault": {"kind": "status", "status": 503},
        }]))
        .await;
        let mut hit = Vec::new();
        for _ in 0..200 {
            hit.push(api.request(Method::GET, &api.path("/processes")).send().await.unwrap().status() == 503);
        }
        let left = api.get("/emulator/faults").await[0]["count"].as_u64().unwrap();
        assert_eq!(hit.iter().filter(|hit| **hit).count() as u64, 1_000 - left);
        assert!((20..60).contains(&(1_000 - left)), "{left}");
        runs.push(hit);
        answer(api.request(Method::DELETE, "/emulator/faults")).await;
    }
    assert_eq!(runs[0], runs[1]);
    let wrong = json!([{"path": "/", "share": 20, "fault": {"kind": "cut"}}]);
    let (status, refusal) = api.send(Method::POST, "/emulator/faults", wrong).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(message(&refusal).contains("share"), "{refusal}");
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

#[tokio::test]
async fn a_planned_answer_repeats_what_it_was_sent() {
    let (_emulator, api) = start(Options::default()).await;
    let body = "{api_key} {api_key:base64} {api_key:percent} {api_key:json} {url} {url:xml} {other}";
    let headers = json!({ "x-request-id": "of {api_key}" });
    let fault = json!({ "kind": "status", "status": 401, "body": body, "headers": headers });
    api.plan(json!([{ "path": "/tenant/", "fault": fault }])).await;
    let response = api.request(Method::GET, "/tenant/t?a=1&b=%2F").send().await;
    let (key, response) = (&api.key, response.unwrap());
    assert_eq!(response.headers()["x-request-id"], format!("of {key}"));
    let text = response.text().await.unwrap();
    let url = format!("{}/tenant/t?a=1", api.url);
    let json: String = key.bytes().map(|byte| format!("\\u{byte:04x}")).collect();
    assert!(text.starts_with(&format!("{key} ")), "{text}");
    assert!(text.contains(&json) && text.contains("%2D"), "{text}");
    assert!(text.ends_with(&format!("{url}&b=%2F {url}&amp;b=%2F {{other}}")), "{text}");
}

#[tokio::test]
async fn an_answer_is_written_in_another_way_and_what_was_asked_is_done() {
    let (_emulator, api) = start(Options::default()).await;
    let path = api.path("/processes");
    let rewrites = [
        json!({ "kind": "rewrite", "coding": "gzip" }),
        json!({ "kind": "rewrite", "coding": "bom" }),
        json!({ "kind": "rewrite", "texts": "it", "dates": 7 }),
    ];
    let mut bodies = Vec::new();
    for fault in rewrites {
        api.plan(json!([{ "path": path, "method": "POST", "fault": fault }])).await;
        let response =
            api.request(Method::POST, &path).json(&json!({ "displayName": "P" })).send().await.unwrap();
        let coding = response.headers().get("content-encoding").cloned();
        bodies.push((coding, response.bytes().await.unwrap()));
    }
    assert_eq!(bodies[0].0.as_ref().unwrap(), "gzip");
    assert!(bodies[0].1.starts_with(&[0x1f, 0x8b]) && bodies[1].1.starts_with(b"\xef\xbb\xbf{"));
    let written: serde_json::Value = serde_json::from_slice(&bodies[2].1).unwrap();
    assert_eq!((&written["displayName"], &written["createdAt"]), (&json!("it"), &json!(7)));
    assert_eq!(api.get(&path).await.as_array().unwrap().len(), 3);

    let refused = json!({ "kind": "status", "status": 422, "body": "{}", "coding": "gzip" });
    api.plan(json!([{ "path": path, "fault": refused }])).await;
    let response = api.request(Method::GET, &path).send().await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(response.bytes().await.unwrap().starts_with(&[0x1f, 0x8b]));
}
