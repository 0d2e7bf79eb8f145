//! What proves an upload to a storage that states no checksum of its own.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use processmind::{Client, ErrorKind, Result, Source, UploadOptions, UploadResult};
use processmind_tests::server::{Server, presign};
use processmind_tests::{LOG, assert_error};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Of the log.
const MD5: &str = "843c3377dc28a9c0891a6acc9ad942f6";

/// An upload to a storage that confirms whatever it gets with these headers.
async fn upload(headers: &'static str) -> Result<UploadResult> {
    let server = Server::start(move |mut stream, _| async move {
        loop {
            presign(&mut stream).await?;
            stream.read_exact(&mut vec![0; LOG.len()]).await?;
            let answer = format!("HTTP/1.1 200 OK\r\n{headers}\r\nContent-Length: 0\r\n\r\n");
            stream.write_all(answer.as_bytes()).await?;
        }
    })
    .await;
    let client = Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(server.http());
    let options = UploadOptions {
        dataset_id: Some("d".into()),
        file_name: Some("orders.csv".into()),
        ..UploadOptions::default()
    };
    client.max_retries(1).build().unwrap().upload_file(Source::bytes(LOG), "t", options).await
}

#[tokio::test]
async fn an_etag_that_is_the_md5_proves_it() {
    let stored = upload("ETag: \"843C3377dc28a9c0891a6acc9ad942f6\"\r\nx-amz-request-id: 7").await.unwrap();
    assert_eq!((stored.verified.as_deref(), stored.md5.as_deref()), (Some("md5"), Some(MD5)));
    assert_eq!(stored.etag.unwrap().to_lowercase(), MD5);
    assert_eq!(stored.request_id.as_deref(), Some("7"));
    assert!(stored.crc64nvme.is_some());
}

#[tokio::test]
async fn an_etag_that_is_another_md5_is_tried_again_and_then_told() {
    let error = upload("ETag: \"00000000000000000000000000000000\"").await.unwrap_err();
    assert_error(&error, ErrorKind::ChecksumMismatch, &["MD5", MD5, "0000"]);
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn an_etag_that_is_no_md5_of_the_file_proves_nothing() {
    for headers in [
        "ETag: \"0123-2\"",
        "ETag: \"00000000000000000000000000000000\"\r\nx-amz-server-side-encryption: aws:kms",
        "ETag: \"00000000000000000000000000000000\"\r\nx-amz-server-side-encryption-customer-algorithm: AES256",
    ] {
        let stored = upload(headers).await.unwrap();
        assert_eq!((stored.verified, stored.md5, stored.attempts), (None, None, 1), "{headers}");
    }
}
