//! What goes wrong on the way: tried again where that is safe, told where it is not.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::collections::HashSet;

use processmind::{Client, ErrorKind, PresignedUrlOptions, UploadOptions};
use processmind_tests::{LOG, Stage, assert_error, fault};
use serde_json::json;

/// The paths and queries of the storage requests.
async fn signatures(stage: &Stage) -> Vec<String> {
    let requests = stage.requests().await;
    requests.iter().filter(|r| r["origin"] == "storage").map(|r| r["query"].to_string()).collect()
}

#[tokio::test]
async fn every_attempt_uses_a_fresh_url_and_none_sees_the_key() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let (busy, reset) = (
        json!({ "kind": "status", "status": 503, "retry_after": "0" }),
        json!({ "kind": "reset", "at": 20 }),
    );
    let faults = json!([
        fault("/processmind-uploads", "PUT", 1, busy),
        fault("/processmind-uploads", "PUT", 1, reset)
    ]);
    stage.faults(faults).await;

    let upload =
        stage.client.upload_file(stage.file("orders.csv", LOG), &datatable, UploadOptions::default());
    assert_eq!(upload.await.unwrap().attempts, 3);
    let signatures = signatures(&stage).await;
    assert_eq!(signatures.len(), 3);
    assert_eq!(signatures.iter().collect::<HashSet<_>>().len(), 3, "a URL was used twice");
    for request in stage.requests().await {
        assert_eq!(request["hasApiKey"], request["origin"] == "api", "{request}");
    }
    assert_eq!(stage.uploads().await.len(), 1);
}

#[tokio::test]
async fn an_expired_url_is_replaced_three_times() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let path = stage.file("orders.csv", LOG);
    stage.faults(json!([fault("/tenant", "GET", 1, json!({ "kind": "expire" }))])).await;
    let options = UploadOptions::default;
    assert_eq!(stage.client.upload_file(&path, &datatable, options()).await.unwrap().attempts, 2);

    stage.faults(json!([fault("/tenant", "GET", 9, json!({ "kind": "expire" }))])).await;
    let error = stage.client.upload_file(&path, &datatable, options()).await.unwrap_err();
    assert_error(&error, ErrorKind::UploadUrlExpired, &["Request has expired", "`valid_for_seconds`"]);
    assert!(!format!("{error:?}{:?}", error.causes()).contains("X-Amz-Signature"));
}

#[tokio::test]
async fn other_bytes_in_storage_are_noticed() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let path = stage.file("orders.csv", LOG);
    stage.faults(json!([fault("/processmind-uploads", "PUT", 1, json!({ "kind": "corrupt" }))])).await;
    assert_eq!(
        stage.client.upload_file(&path, &datatable, UploadOptions::default()).await.unwrap().attempts,
        2
    );

    stage.faults(json!([fault("/processmind-uploads", "PUT", 9, json!({ "kind": "corrupt" }))])).await;
    let client = Client::builder().base_url(stage.emulator.url()).tenant_id(stage.emulator.tenant_id());
    let client = client.api_key(stage.emulator.api_key()).max_retries(0).build().unwrap();
    let error = client.upload_file(&path, &datatable, UploadOptions::default()).await.unwrap_err();
    assert_error(&error, ErrorKind::ChecksumMismatch, &["CRC64-NVME"]);
}

#[tokio::test]
async fn a_lost_answer_to_a_create_is_ambiguous_and_not_repeated() {
    let stage = Stage::new().await;
    stage.faults(json!([fault("/tenant", "POST", 1, json!({ "kind": "status", "status": 502 }))])).await;
    let error = stage.client.create_process("Order to Cash").await.unwrap_err();
    assert_error(&error, ErrorKind::AmbiguousResult, &["not known", "list call"]);
    assert_eq!(error.status(), Some(502));
    assert_eq!(stage.requests().await.len(), 1);
}

#[tokio::test]
async fn a_read_is_tried_again() {
    let stage = Stage::new().await;
    stage
        .faults(json!([fault(
            "/tenant",
            "GET",
            2,
            json!({ "kind": "status", "status": 503, "retry_after": "0" })
        )]))
        .await;
    stage.client.get_tenant().await.unwrap();
    assert_eq!(stage.requests().await.len(), 3);
}

#[tokio::test]
async fn too_long_a_wait_is_handed_to_the_caller() {
    let stage = Stage::new().await;
    stage
        .faults(json!([fault(
            "/tenant",
            "GET",
            1,
            json!({ "kind": "status", "status": 429, "retry_after": "61" })
        )]))
        .await;
    let error = stage.client.get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::RateLimit, &["429"]);
    assert_eq!(error.retry_after().unwrap().as_secs(), 61);
}

#[tokio::test]
async fn nobody_there_is_a_failed_connection() {
    let stage = Stage::new().await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client =
        Client::builder().api_key("pm-key").tenant_id("t").base_url(format!("http://127.0.0.1:{port}"));
    let error = client.max_retries(0).build().unwrap().get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["refused", "base URL"]);
    drop(stage);
}

#[tokio::test]
async fn a_delete_whose_answer_was_lost_and_that_finds_nothing_has_succeeded() {
    let stage = Stage::new().await;
    let lost = json!({ "kind": "status", "status": 502 });
    let gone = json!({ "kind": "status", "status": 404, "body": "{\"message\": \"No process\"}" });
    stage.faults(json!([fault("/tenant", "DELETE", 1, lost), fault("/tenant", "DELETE", 2, gone)])).await;
    assert_eq!(stage.client.delete_process("p").await.unwrap(), None);
    let error = stage.client.delete_process("p").await.unwrap_err();
    assert_error(&error, ErrorKind::NotFound, &["404", "No process"]);

    // 429 says that nothing was done: then there was nothing to delete.
    let busy = json!({ "kind": "status", "status": 429, "retry_after": "0" });
    stage.faults(json!([fault("/tenant", "DELETE", 1, busy)])).await;
    let error = stage.client.delete_process("p").await.unwrap_err();
    assert_error(&error, ErrorKind::NotFound, &["404", "`get_processes`"]);
}

#[tokio::test]
async fn an_expiry_is_told_as_one_however_often_it_is_tried() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    stage.faults(json!([fault("/tenant", "GET", 9, json!({ "kind": "expire" }))])).await;
    let client = Client::builder().base_url(stage.emulator.url()).tenant_id(stage.emulator.tenant_id());
    let client = client.api_key(stage.emulator.api_key()).max_retries(0).build().unwrap();
    let upload = client.upload_file(stage.file("orders.csv", LOG), &datatable, UploadOptions::default());
    assert_eq!(upload.await.unwrap_err().kind(), ErrorKind::UploadUrlExpired);
}

#[tokio::test]
async fn a_listener_that_panics_ends_the_upload_at_once() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let log = stage.file("big.csv", "1,2\n".repeat(1_000_000));
    let upload = stage.client.upload_file(log, &datatable, UploadOptions::default());
    let error = upload.on_progress(|progress| assert_ne!(progress.phase, "sending")).await.unwrap_err();
    assert_error(&error, ErrorKind::Internal, &["sending"]);
    assert!(stage.uploads().await.is_empty());
}

#[tokio::test]
async fn a_secret_in_an_answer_that_can_not_be_read_is_not_told() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let body = "\"https://s3.example/b?X-Amz-Signature=canary\"";
    let bare = json!({ "kind": "status", "status": 200, "body": body });
    stage.faults(json!([fault("/tenant", "GET", 1, bare)])).await;
    let options = PresignedUrlOptions {
        dataset_id: Some("d".into()),
        file_name: Some("a.csv".into()),
        file_size: Some(1),
        file_last_modified: Some(1),
        ..PresignedUrlOptions::default()
    };
    let error = stage.client.get_presigned_upload_url(&datatable, options).await.unwrap_err();
    assert_error(&error, ErrorKind::ResponseDecode, &["not the JSON that was expected"]);
    assert!(!format!("{error:?} {:?} {:?}", error.body(), error.causes()).contains("canary"));
}

#[tokio::test]
async fn nothing_follows_a_redirect() {
    let (stage, elsewhere) = (Stage::new().await, Stage::new().await);
    let datatable = stage.datatable().await;
    let path = stage.file("orders.csv", LOG);
    let away = json!({ "kind": "status", "status": 307, "location": format!("{}/landed", elsewhere.emulator.url()) });
    stage.faults(json!([fault("/tenant", "GET", 1, away.clone())])).await;
    assert_error(&stage.client.get_tenant().await.unwrap_err(), ErrorKind::ApiStatus, &["307", "redirects"]);
    stage.faults(json!([fault("/processmind-uploads", "PUT", 1, away)])).await;
    let error = stage.client.upload_file(path, &datatable, UploadOptions::default()).await.unwrap_err();
    assert_error(&error, ErrorKind::Upload, &["307"]);
    assert!(elsewhere.requests().await.is_empty(), "a redirect was followed");
}

#[tokio::test]
async fn an_outage_before_a_presigned_url_is_one_of_the_upload() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let path = format!("/tenant/{}/datatable/{datatable}/uploads", stage.emulator.tenant_id());
    let busy = json!({ "kind": "status", "status": 503, "retry_after": "0" });
    stage.faults(json!([fault(&path, "GET", 5, busy)])).await;
    let upload =
        stage.client.upload_file(stage.file("orders.csv", LOG), &datatable, UploadOptions::default());
    assert_eq!(upload.await.unwrap().attempts, 2);
}

#[tokio::test]
async fn a_call_is_tried_four_times_an_upload_six_and_once_where_no_retries_are_wanted() {
    let stage = Stage::new().await;
    let (datatable, log) = (stage.datatable().await, stage.file("orders.csv", LOG));
    let busy = json!({ "kind": "status", "status": 503, "retry_after": "0" });
    let once = Client::builder().base_url(stage.emulator.url()).tenant_id(stage.emulator.tenant_id());
    let once = once.api_key(stage.emulator.api_key()).max_retries(0).build().unwrap();

    stage.faults(json!([fault("/tenant", "GET", 5, busy.clone())])).await;
    assert_eq!(stage.client.get_tenant().await.unwrap_err().attempts(), 4);
    assert_eq!(once.get_tenant().await.unwrap_err().attempts(), 1);

    stage.faults(json!([fault("/processmind-uploads", "PUT", 7, busy)])).await;
    for (client, attempts) in [(&stage.client, 6), (&once, 1)] {
        let error = client.upload_file(&log, &datatable, UploadOptions::default()).await.unwrap_err();
        assert_error(&error, ErrorKind::Upload, &["503"]);
        assert_eq!(error.attempts(), attempts);
    }
    assert!(stage.uploads().await.is_empty());
}

#[tokio::test]
async fn a_url_that_is_about_to_expire_when_it_comes_is_asked_for_again() {
    let stage = Stage::new().await;
    let (datatable, log) = (stage.datatable().await, stage.file("orders.csv", LOG));
    let dataset = stage.client.get_datatable(&datatable).await.unwrap().dataset_id;
    let late = json!({ "kind": "delay", "seconds": 1.1 });
    for (seconds, asked) in [(31, 2), (3600, 1)] {
        stage.take_requests().await;
        stage.faults(json!([fault("/tenant", "GET", 1, late.clone())])).await;
        let options = UploadOptions {
            dataset_id: dataset.clone(),
            valid_for_seconds: Some(seconds),
            ..UploadOptions::default()
        };
        assert_eq!(stage.client.upload_file(&log, &datatable, options).await.unwrap().attempts, 1);
        let requests = stage.requests().await;
        let urls = requests.iter().filter(|request| request["origin"] == "api").count();
        assert_eq!(urls, asked, "{requests:?}");
    }
}
