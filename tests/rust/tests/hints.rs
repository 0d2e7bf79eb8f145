//! What an error tells to do: one row for each condition that people meet.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::time::Duration;

use processmind::{Client, ClientBuilder, Error, ErrorKind, UploadOptions};
use processmind_tests::{LOG, Stage, assert_error, fault};
use serde_json::{Value, json};

fn builder(stage: &Stage) -> ClientBuilder {
    let builder = Client::builder().base_url(stage.emulator.url()).tenant_id(stage.emulator.tenant_id());
    builder.api_key(stage.emulator.api_key()).max_retries(0)
}

fn status(status: u16, body: &str) -> Value {
    json!({ "kind": "status", "status": status, "body": body, "content_type": "text/plain" })
}

/// The error of a call that the API answers so.
async fn answered(stage: &Stage, method: &str, answer: Value) -> Error {
    stage.faults(json!([fault("/tenant", method, 1, answer)])).await;
    let client = builder(stage).build().unwrap();
    match method {
        "POST" => client.create_process("Order to Cash").await.unwrap_err(),
        _ => client.get_tenant().await.unwrap_err(),
    }
}

#[tokio::test]
async fn the_apis_refusals_say_what_to_do() {
    use ErrorKind as Kind;
    let stage = Stage::new().await;
    let rows = [
        (status(401, "{}"), Kind::Authentication, "valid key"),
        (status(403, "{}"), Kind::PermissionDenied, "Settings > API keys"),
        (status(404, "{}"), Kind::NotFound, "the tenant's id and the base URL"),
        (status(302, ""), Kind::ApiStatus, "never sent on"),
        (status(429, "{}"), Kind::RateLimit, "fewer requests"),
        (status(500, "{}"), Kind::Server, "request id"),
        (status(503, "<html>busy</html>"), Kind::Server, "proxy"),
        (status(403, "<html>blocked</html>"), Kind::PermissionDenied, "proxy"),
        (status(407, "<html>sign in</html>"), Kind::ApiStatus, "proxy"),
        (status(200, "<!doctype html>"), Kind::ResponseDecode, "login page"),
        (status(200, "{\"id\": "), Kind::ResponseDecode, "all the same"),
    ];
    for (answer, kind, hint) in rows {
        assert_error(&answered(&stage, "GET", answer).await, kind, &[hint]);
    }
    let lost = answered(&stage, "POST", status(504, "")).await;
    assert_error(&lost, Kind::AmbiguousResult, &["list call", "may exist"]);
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_told_from_a_refused_connection() {
    let nowhere = Client::builder().api_key("pm-key").tenant_id("t").max_retries(0);
    let error =
        nowhere.base_url("https://api.processmind.invalid").build().unwrap().get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["could not be found", "DNS"]);
    assert!(!error.causes().is_empty());
}

#[tokio::test]
async fn a_late_answer_names_the_option() {
    let stage = Stage::new().await;
    stage.faults(json!([fault("/tenant", "GET", 1, json!({ "kind": "delay", "seconds": 5.0 }))])).await;
    let client = builder(&stage).timeout(Duration::from_millis(50)).build().unwrap();
    assert_error(&client.get_tenant().await.unwrap_err(), ErrorKind::RequestTimeout, &["`timeout`"]);
}

#[tokio::test]
async fn storages_refusals_say_what_to_do() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let client = builder(&stage).build().unwrap();
    let rows = [
        (403, "SignatureDoesNotMatch", ErrorKind::Upload, "`content_type`"),
        (403, "RequestTimeTooSkewed", ErrorKind::Upload, "clock"),
        (400, "EntityTooLarge", ErrorKind::FileTooLarge, "split"),
        (403, "AccessDenied", ErrorKind::Upload, "support"),
    ];
    for (code, name, kind, hint) in rows {
        let body = format!("<Error><Code>{name}</Code><Message>No.</Message></Error>");
        stage.faults(json!([fault("/processmind-uploads", "PUT", 1, status(code, &body))])).await;
        let upload = client.upload_file(stage.file("orders.csv", LOG), &datatable, UploadOptions::default());
        let error = upload.await.unwrap_err();
        assert_error(&error, kind, &[name, hint]);
        assert!(!format!("{error:?} {error}").contains("Signature="), "{error:?}");
    }
}
