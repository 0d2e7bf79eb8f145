//! Lines that break: what is tried again, and what is told.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::time::Duration;

use processmind::{Client, ClientBuilder, ErrorKind, Source, UploadOptions};
use processmind_tests::assert_error;
use processmind_tests::server::{Server, TENANT, answer, head, http1, presign};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

fn builder(base_url: String) -> ClientBuilder {
    Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(base_url)
}

/// A server that sends these bytes to the first request, and ends the connection; the others it answers.
async fn breaks_once(bytes: &'static str) -> Server {
    Server::start(move |mut stream, number| async move {
        if number > 0 {
            return http1(stream).await;
        }
        head(&mut stream).await?;
        stream.write_all(bytes.as_bytes()).await
    })
    .await
}

#[tokio::test]
async fn a_line_that_ends_before_the_whole_answer_is_tried_again_for_a_read_and_ambiguous_for_a_create() {
    let broken =
        ["", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"id\""];
    for bytes in broken {
        let server = breaks_once(bytes).await;
        let client = builder(server.http()).build().unwrap();
        client.get_tenant().await.unwrap();
        assert_eq!(server.connections(), 2);

        let server = breaks_once(bytes).await;
        let client = builder(server.http()).build().unwrap();
        let error = client.create_process("Order to Cash").await.unwrap_err();
        assert_error(&error, ErrorKind::AmbiguousResult, &["The connection broke", "list call"]);
        assert_eq!(server.connections(), 1);
    }
}

#[tokio::test]
async fn time_that_is_over_before_there_is_a_connection_leaves_nothing_unknown() {
    // The handshake is never answered.
    let silent =
        Server::start(|mut stream, _| async move { stream.read_to_end(&mut Vec::new()).await.map(|_| ()) })
            .await;
    let limit = Duration::from_millis(100);
    let client = |url| builder(url).timeout(limit).max_retries(0).build().unwrap();
    let error = client(silent.https()).create_process("Order to Cash").await.unwrap_err();
    assert_error(&error, ErrorKind::RequestTimeout, &["No answer came in time", "0.1 s", "`timeout`"]);
    let error = client(silent.http()).create_process("Order to Cash").await.unwrap_err();
    assert_error(&error, ErrorKind::AmbiguousResult, &["No answer came in time"]);
}

#[tokio::test]
async fn a_connection_that_left_a_request_unanswered_is_not_used_again() {
    let server = Server::start(|mut stream, number| async move {
        head(&mut stream).await?;
        if number > 0 {
            stream.write_all(answer(TENANT).as_bytes()).await?;
        }
        stream.read_to_end(&mut Vec::new()).await.map(|_| ())
    })
    .await;
    let client = builder(server.http()).timeout(Duration::from_millis(500)).build().unwrap();
    client.get_tenant().await.unwrap();
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_success_before_the_whole_file_was_sent_is_none() {
    let server = Server::start(|mut stream, _| async move {
        presign(&mut stream).await?;
        stream.write_all(answer("").as_bytes()).await?;
        stream.read_to_end(&mut Vec::new()).await.map(|_| ())
    })
    .await;
    let options = UploadOptions {
        dataset_id: Some("d".into()),
        file_name: Some("a.csv".into()),
        ..UploadOptions::default()
    };
    let client = builder(server.http()).max_retries(0).build().unwrap();
    let error = client.upload_file(Source::bytes(vec![b'x'; 64 << 20]), "t", options).await.unwrap_err();
    assert_error(&error, ErrorKind::Upload, &["before it had the whole file", "proxy"]);
}
