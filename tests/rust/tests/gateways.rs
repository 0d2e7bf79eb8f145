//! Responses as gateways, frameworks and other servers write them.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use processmind::{Client, ErrorKind, PublishOptions, Source, UploadOptions};
use processmind_tests::server::{Server, TENANT, answer, head};
use processmind_tests::{LOG, Stage, assert_error, fault};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

async fn plan(stage: &Stage, method: &str, response: Value) {
    stage.faults(json!([fault("/tenant", method, 1, response)])).await;
}

/// A server that sends these bytes to every request; and a client of it.
async fn serve(bytes: Vec<u8>) -> (Server, Client) {
    let server = Server::start(move |mut stream, _| {
        let bytes = bytes.clone();
        async move {
            while head(&mut stream).await.is_ok() {
                stream.write_all(&bytes).await?;
            }
            Ok(())
        }
    })
    .await;
    let client = Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(server.http());
    (server, client.max_retries(0).build().unwrap())
}

#[tokio::test]
async fn no_coding_is_asked_for_and_gzip_and_a_mark_are_read_all_the_same() {
    let stage = Stage::new().await;
    for coding in ["gzip", "bom"] {
        for method in ["GET", "POST", "PUT"] {
            plan(&stage, method, json!({ "kind": "rewrite", "coding": coding })).await;
        }
        let process = stage.client.create_process("P").await.unwrap();
        assert_eq!(stage.client.get_process(&process.id).await.unwrap(), process);
        assert_eq!(stage.client.update_tenant("T").await.unwrap().display_name.unwrap(), "T");

        plan(&stage, "GET", json!({ "kind": "rewrite", "coding": coding })).await;
        let text = stage.client.get_processes().json().await.unwrap();
        assert!(text.starts_with("[{"), "{text}");

        let reason =
            json!({ "kind": "status", "status": 422, "body": "{\"detail\":\"No.\"}", "coding": coding });
        plan(&stage, "GET", reason).await;
        let error = stage.client.get_tenant().await.unwrap_err();
        assert_error(&error, ErrorKind::Validation, &["answered 422: No."]);
        assert_eq!(error.body(), Some("{\"detail\":\"No.\"}"));
    }
    for request in stage.requests().await {
        assert_eq!(request["headers"]["accept-encoding"], "identity", "{request}");
    }
}

#[tokio::test]
async fn a_coding_that_can_not_be_read_is_named() {
    for (status, kind) in [("200 OK", ErrorKind::ResponseDecode), ("422 No", ErrorKind::Validation)] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-encoding: br\r\ncontent-length: 4\r\n\r\n");
        let (_server, client) = serve([head.as_bytes(), b"\x0b\x01\x80\x03"].concat()).await;
        let error = client.get_tenant().await.unwrap_err();
        assert_error(&error, kind, &["Content-Encoding is 'br'"]);
        assert_eq!(error.body(), None);
        assert_eq!(client.delete_process("p").await.unwrap_err().kind(), kind);
    }
}

#[tokio::test]
async fn a_success_that_is_a_failure_creates_nothing() {
    let stage = Stage::new().await;
    let failure = json!({ "kind": "status", "status": 200, "body": "{\"errorMessage\":\"Task timed out\"}" });
    plan(&stage, "POST", failure).await;
    let options = PublishOptions { dataset: Some("Sales".into()), ..PublishOptions::default() };
    let error = stage.client.publish(options).await.unwrap_err();
    assert_error(&error, ErrorKind::ResponseDecode, &["no `id`", "Task timed out", "may have been created"]);
    assert!(!error.to_string().contains("Done before"), "{error}");
    assert_eq!(error.body(), Some("{\"errorMessage\":\"Task timed out\"}"));

    let failure = json!({ "kind": "status", "status": 200, "body": "{\"errorMessage\":\"Task timed out\"}" });
    stage.faults(json!([fault("/tenant", "GET", 1, failure)])).await;
    let options = UploadOptions {
        dataset_id: Some("d".into()),
        file_name: Some("a.csv".into()),
        ..UploadOptions::default()
    };
    let error = stage.client.upload_file(Source::bytes(LOG), "t", options).await.unwrap_err();
    assert_error(&error, ErrorKind::ResponseDecode, &["Task timed out"]);
}

#[tokio::test]
async fn update_stated_failure_is_an_error_and_request_returns_it() {
    let stage = Stage::new().await;
    let failure = json!({ "kind": "status", "status": 200, "body": "{\"success\":false,\"error\":\"No.\"}" });
    plan(&stage, "DELETE", failure.clone()).await;
    let error = stage.client.delete_process("p").await.unwrap_err();
    assert_error(
        &error,
        ErrorKind::ResponseDecode,
        &["states a failure. Reason: No.", "may have been carried out"],
    );
    plan(&stage, "DELETE", failure).await;
    let value = stage.client.request("DELETE", "/tenant/t", Vec::new(), None).await.unwrap();
    assert_eq!(value, Some(json!({ "success": false, "error": "No." })));
}

#[tokio::test]
async fn where_a_redirect_leads_is_named_and_a_cache_is_none() {
    let stage = Stage::new().await;
    let redirect =
        json!({ "kind": "status", "status": 308, "location": "https://api.example/v2", "body": "" });
    plan(&stage, "GET", redirect).await;
    let error = stage.client.get_tenant().await.unwrap_err();
    assert_error(
        &error,
        ErrorKind::ApiStatus,
        &["308 with a redirect to 'https://api.example/v2'", "never sent on"],
    );
    plan(&stage, "GET", json!({ "kind": "status", "status": 304, "body": "" })).await;
    let error = stage.client.get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ApiStatus, &["answered 304.", "cache"]);
}

#[tokio::test]
async fn a_header_line_that_is_none_spoils_no_answer() {
    for line in ["X Custom: 1", "X-Custom: a\u{1}b", "X-Custom : 1", "no header at all", ": 1"] {
        let bytes = answer(TENANT).replacen("\r\n", &format!("\r\n{line}\r\n"), 1);
        let (_server, client) = serve(bytes.into_bytes()).await;
        let tenant = client.get_tenant().await.unwrap_or_else(|error| panic!("{line:?}: {error}"));
        assert_eq!(tenant.id, "tenant-123", "{line:?}");
    }
    let (_server, client) = serve(b"SSH-2.0-OpenSSH_9.6\r\n\r\n".to_vec()).await;
    let error = client.get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["not valid HTTP", "base URL"]);
}

#[tokio::test]
async fn an_integer_of_any_size_is_kept() {
    let stage = Stage::new().await;
    let body = "{\"id\":\"t\",\"n\":12345678901234567890123,\"m\":-9223372036854775809}";
    for _ in 0..3 {
        plan(&stage, "GET", json!({ "kind": "status", "status": 200, "body": body })).await;
    }
    let request = || stage.client.request("GET", "/tenant/t", Vec::new(), None);
    assert_eq!(request().json().await.unwrap(), body);
    let value = request().await.unwrap().unwrap();
    assert_eq!(
        (&value["n"], &value["m"]),
        (&json!("12345678901234567890123"), &json!("-9223372036854775809"))
    );
    assert_eq!(stage.client.get_tenant().await.unwrap().extra.0["n"], "12345678901234567890123");

    stage.take_requests().await;
    plan(&stage, "POST", json!({ "kind": "status", "status": 200, "body": "{}" })).await;
    let sent = "{\"n\": 12345678901234567890123}";
    stage.client.request_json("POST", "/tenant/t", Vec::new(), Some(sent.to_owned())).await.unwrap();
    assert_eq!(stage.take_requests().await[0]["body"], sent);
    let error =
        stage.client.request_json("POST", "/tenant/t", Vec::new(), Some("{".to_owned())).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["`body`", "nothing was sent"]);
}

#[tokio::test]
async fn a_presigned_url_arrives_byte_for_byte() {
    for target in [
        "/b/%2e%2e/k?X-Amz-Signature=a%2fb",
        "/b/../k?s=1",
        "/b/./k//x?s=1",
        "/b/a\\b%5cc?s=1",
        "/b/k'(1)*!~[x]|?s=a+b%20c&t",
    ] {
        let server = Server::start(move |mut stream, _| async move {
            let port = stream.local_addr()?.port();
            loop {
                let head = head(&mut stream).await?;
                if let Some(rest) = head.strip_prefix("PUT ") {
                    stream.read_exact(&mut vec![0; LOG.len()]).await?;
                    let status = if rest.starts_with(&format!("{target} ")) { "200 OK" } else { "418 Other" };
                    let answer = format!("HTTP/1.1 {status}\r\netag: \"x\"\r\ncontent-length: 0\r\n\r\n");
                    stream.write_all(answer.as_bytes()).await?;
                } else {
                    let url = json!({ "PreSignedUploadUrl": format!("http://127.0.0.1:{port}{target}") });
                    stream.write_all(answer(&url.to_string()).as_bytes()).await?;
                }
            }
        })
        .await;
        let client = Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(server.http());
        let options = UploadOptions {
            dataset_id: Some("d".into()),
            file_name: Some("a.csv".into()),
            ..UploadOptions::default()
        };
        let client = client.max_retries(0).build().unwrap();
        let outcome = client.upload_file(Source::bytes(LOG), "t", options).await;
        assert!(outcome.is_ok(), "{target}: {outcome:?}");
    }
}

#[tokio::test]
async fn a_presigned_url_that_would_arrive_as_another_one_is_refused() {
    let stage = Stage::new().await;
    for url in [
        "https://s3.example/k#x?s=1",
        "https://u:p@s3.example/k?s=1",
        "https://s3.example/a k?s=1",
        "https://s3.example/k?s=1\n",
    ] {
        let body = json!({ "PreSignedUploadUrl": url }).to_string();
        plan(&stage, "GET", json!({ "kind": "status", "status": 200, "body": body })).await;
        let options = UploadOptions {
            dataset_id: Some("d".into()),
            file_name: Some("a.csv".into()),
            ..UploadOptions::default()
        };
        let error = stage.client.upload_file(Source::bytes(LOG), "t", options).await.unwrap_err();
        assert_error(&error, ErrorKind::ResponseDecode, &["presigned URL"]);
    }
}

#[tokio::test]
async fn a_tenant_id_with_what_was_copied_along_is_refused() {
    let stage = Stage::new().await;
    for id in ["tenant-123\n", "\"tenant-123\"", " tenant-123", "tenant-123\u{200b}"] {
        let client = Client::builder().api_key("pm-key-0123456789").tenant_id(id);
        let error = client.base_url(stage.emulator.url()).build().unwrap_err();
        assert_error(&error, ErrorKind::Configuration, &["tenant", "PROCESSMIND_TENANT_ID"]);
        let error = stage.client.get_tenant().tenant_id(id.to_owned()).await.unwrap_err();
        assert_error(&error, ErrorKind::InvalidArgument, &["`tenant_id`", "nothing was sent"]);
    }
    assert!(stage.requests().await.is_empty());
}
