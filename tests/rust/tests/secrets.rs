//! No log, at whatever level and of whichever crate, and no text of ours holds a key, a signature or a password.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::fmt::Debug;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use processmind::{Client, ClientOptions, Error, PresignedUrlOptions, UploadOptions};
use processmind_tests::echoes::{check_hidden, echoes};
use processmind_tests::proxy::Proxy;
use processmind_tests::server::{Authority, Server, TENANT};
use processmind_tests::{LOG, Stage, fault};
use serde_json::json;
use tempfile::NamedTempFile;
use tracing_subscriber::filter::LevelFilter;

const KEY: &str = "pm-canary-key-0123456789";
const PASSWORD: &str = "canary-password";
/// As a proxy is told `me:canary-password`.
const PASSWORD_IN_BASE64: &str = "bWU6Y2FuYXJ5LXBhc3N3b3Jk";

/// What was logged.
#[derive(Clone, Default)]
struct Logged(Arc<Mutex<Vec<u8>>>);

impl Write for Logged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_shows_a_key_a_signature_or_a_password() {
    let logged = Logged::default();
    let writer = logged.clone();
    tracing_subscriber::fmt().with_max_level(LevelFilter::TRACE).with_writer(move || writer.clone()).init();
    let mut shown = String::new();

    // HTTP/2 over TLS through a proxy with a password.
    let authority = Authority::new();
    let server = http2(&authority).await;
    let proxy = Proxy::connect(server.port, Some("Basic bWU6Y2FuYXJ5LXBhc3N3b3Jk")).await;
    let bundle = NamedTempFile::new().unwrap();
    std::fs::write(&bundle, authority.pem()).unwrap();
    for password in [PASSWORD, "canary-password-wrong"] {
        let options = ClientOptions {
            api_key: Some(KEY.into()),
            tenant_id: Some("t".into()),
            base_url: Some("https://api.processmind.test".into()),
            max_retries: Some(0),
            proxy: Some(format!("http://me:{password}@127.0.0.1:{}", proxy.port)),
            ca_bundle: Some(bundle.path().to_str().unwrap().into()),
            extra_headers: Some([("X-Token".to_owned(), "canary-header".to_owned())].into()),
            ..ClientOptions::default()
        };
        shown += &format!("{options:?}");
        let client = Client::new(options).unwrap();
        let answer = client.get_tenant().await;
        assert_eq!(answer.is_ok(), password == PASSWORD);
        shown += &format!("{client:?} {answer:?} {:?}", client.get_tenant());
    }

    // Uploads to the emulator, with failures on the way.
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let url = stage.client.get_presigned_upload_url(&datatable, PresignedUrlOptions::default());
    let url = url.file(processmind::Source::path(stage.file("a.csv", LOG))).await.unwrap();
    shown += &format!("{url:?} {url}");
    let refused = "<Error><Code>SignatureDoesNotMatch</Code><Message>No.</Message></Error>";
    for fault_of_put in [
        json!({ "kind": "status", "status": 503, "retry_after": "0" }),
        json!({ "kind": "status", "status": 403, "body": refused }),
        json!({ "kind": "reset", "at": 10 }),
        json!({ "kind": "delay", "seconds": 2.0 }),
    ] {
        stage.faults(json!([fault("/processmind-uploads", "PUT", 1, fault_of_put)])).await;
        let options = UploadOptions { timeout: Some(0.5), ..UploadOptions::default() };
        let upload = stage.client.upload_file(stage.file("a.csv", LOG), &datatable, options);
        shown += &format!("{upload:?}");
        match upload.await {
            Ok(result) => shown += &format!("{result:?}"),
            Err(error) => shown += &format!("{error} {error:?} {:?} {:?}", error.causes(), error.body()),
        }
    }
    let stranger = Client::builder().base_url(stage.emulator.url()).api_key(KEY).tenant_id("t");
    let error = stranger.timeout(Duration::from_secs(5)).build().unwrap().get_tenant().await.unwrap_err();
    shown += &format!("{error} {error:?} {:?}", error.body());

    let signatures: Vec<_> =
        stage.requests().await.iter().filter_map(|request| signature(request["query"].as_str()?)).collect();
    assert!(signatures.len() >= 5, "{signatures:?}");
    let logged = String::from_utf8(logged.0.lock().unwrap().clone()).unwrap();
    for part in ["TRACE", "hyper_util", "h2::", "rustls", "processmind: request"] {
        assert!(logged.contains(part), "{part} was not logged, so this proves nothing");
    }
    let ours = logged.lines().filter(|line| !line.contains("processmind_emulator") && !line.contains("s3s"));
    let all = shown + &ours.collect::<Vec<_>>().join("\n");
    let key = stage.emulator.api_key();
    let secrets = [KEY, key, PASSWORD, PASSWORD_IN_BASE64, "canary-header"];
    for secret in secrets.into_iter().chain(signatures.iter().map(String::as_str)) {
        let line = all.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret} is shown");
    }
}

/// All that can be seen of what a call gives or fails with.
fn seen<T: Debug>(result: Result<T, Error>) -> String {
    match result {
        Ok(value) => format!("{value:?}"),
        Err(error) => {
            format!("{error} {error:?} {:?} {:?} {:?}", error.causes(), error.body(), error.request_id())
        }
    }
}

#[tokio::test]
async fn a_key_that_the_api_repeats_is_hidden() {
    let stage = Stage::new().await;
    let builder = Client::builder().base_url(stage.emulator.url()).tenant_id(stage.emulator.tenant_id());
    let client = builder.api_key(stage.emulator.api_key()).max_retries(0).build().unwrap();
    for echo in echoes("api") {
        for method in ["GET", "POST", "PUT", "DELETE"] {
            stage.faults(json!([fault("/tenant", method, 3, echo.clone())])).await;
        }
        let shown = [
            seen(client.get_tenant().await),
            seen(client.get_processes().json().await),
            seen(client.get_dataset("nope").await),
            seen(client.create_process("P").await),
            seen(client.create_dataset("D").json().await),
            seen(client.update_tenant("T").await),
            seen(client.delete_dataset("nope").await),
            seen(client.request("GET", "/tenant/t", Vec::new(), None).await),
        ];
        check_hidden(&shown.join("\n"), stage.emulator.api_key());
        stage.no_faults().await;
    }
}

#[tokio::test]
async fn a_signature_that_storage_repeats_is_hidden() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let log = stage.file("a.csv", LOG);
    for echo in echoes("storage") {
        stage.take_requests().await;
        stage.faults(json!([fault("/processmind-uploads", "PUT", 1, echo)])).await;
        let shown = seen(stage.client.upload_file(&log, &datatable, UploadOptions::default()).await);
        let requests = stage.take_requests().await;
        for query in requests.iter().filter(|request| request["origin"] == "storage") {
            let query = query["query"].as_str().unwrap();
            check_hidden(&shown, query);
            check_hidden(&shown, &signature(query).unwrap());
        }
        stage.no_faults().await;
    }
}

fn signature(query: &str) -> Option<String> {
    query.split('&').find_map(|pair| pair.strip_prefix("X-Amz-Signature=")).map(ToOwned::to_owned)
}

async fn http2(authority: &Authority) -> Server {
    let acceptor = authority.acceptor("api.processmind.test", 2999, &[b"h2"]);
    Server::start(move |stream, _| {
        let acceptor = acceptor.clone();
        async move {
            let mut connection =
                h2::server::handshake(acceptor.accept(stream).await?).await.map_err(io::Error::other)?;
            while let Some(Ok((request, mut respond))) = connection.accept().await {
                assert_eq!(request.headers()["x-api-key"], KEY);
                let answer = respond.send_response(http::Response::new(()), false);
                let sent = answer.and_then(|mut body| body.send_data(Bytes::from(TENANT), true));
                sent.map_err(io::Error::other)?;
            }
            Ok(())
        }
    })
    .await
}
