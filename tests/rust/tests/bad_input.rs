//! Bad input: the right error, a text that says what to do, and nothing half-sent.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::time::SystemTime;

use processmind::{
    Client, ClientOptions, CreateDataset, Error, ErrorKind, PresignedUrlOptions, Source, UploadOptions,
};
use processmind_tests::{BPMN, LOG, Stage, assert_error, fault};
use serde_json::json;

fn refused(options: ClientOptions) -> Error {
    Client::new(options).unwrap_err()
}

fn options() -> ClientOptions {
    ClientOptions {
        api_key: Some("pm-key".into()),
        tenant_id: Some("tenant-123".into()),
        ..ClientOptions::default()
    }
}

#[test]
fn a_missing_key_or_tenant_names_both_ways_to_give_it() {
    let error = refused(ClientOptions { api_key: Some(String::new()), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["No API key", "`api_key`", "PROCESSMIND_API_KEY"]);
    let error = refused(ClientOptions { tenant_id: Some(String::new()), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["No tenant", "`tenant_id`", "PROCESSMIND_TENANT_ID"]);
}

#[test]
fn a_key_with_a_line_break_is_refused() {
    let error = refused(ClientOptions { api_key: Some("canary\r\nx-admin: 1".into()), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["line break"]);
    assert!(!format!("{error:?}").contains("canary"));
}

#[test]
fn a_base_url_without_tls_is_refused() {
    let error = refused(ClientOptions { base_url: Some("http://example.org".into()), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["http://example.org", "https://"]);
}

#[test]
fn a_proxy_or_a_bundle_that_is_none_is_refused() {
    let error = refused(ClientOptions { proxy: Some("proxy:3128".into()), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["`proxy`", "http://proxy.example:3128"]);
    let error = refused(ClientOptions { ca_bundle: Some("no-such.pem".into()), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["`ca_bundle` 'no-such.pem'", "BEGIN CERTIFICATE"]);
    let empty = tempfile::NamedTempFile::new().unwrap();
    let path = empty.path().to_str().unwrap().to_owned();
    let error = refused(ClientOptions { ca_bundle: Some(path), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["no certificate"]);
}

#[tokio::test]
async fn a_stream_that_fails_is_told() {
    let error = Source::from_reader(broken_stream()).await.unwrap_err();
    assert_error(&error, ErrorKind::Source, &["the line is cut", "nothing was sent"]);
}

/// A stream that ends in an error.
fn broken_stream() -> impl tokio::io::AsyncRead + Unpin {
    use tokio::io::AsyncReadExt;
    struct Cut;
    impl tokio::io::AsyncRead for Cut {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<std::io::Result<()>> {
            std::task::Poll::Ready(Err(std::io::Error::other("the line is cut")))
        }
    }
    LOG.as_bytes().chain(Cut)
}

/// Uploads to an emulator and gives the error, after checking that storage saw nothing.
async fn upload(stage: &Stage, source: impl Into<Source>, options: UploadOptions) -> Error {
    let datatable = stage.datatable().await;
    let before = stage.requests().await.len();
    let error = stage.client.upload_file(source, datatable, options).await.unwrap_err();
    assert_eq!(stage.requests().await.len(), before, "something was sent");
    assert_eq!(error.attempts(), 0);
    error
}

#[tokio::test]
async fn files_that_can_not_be_sent_are_refused_before_anything_is() {
    let stage = Stage::new().await;
    let missing = upload(&stage, "no-such-file.csv", UploadOptions::default()).await;
    assert_error(&missing, ErrorKind::Source, &["no-such-file.csv", "path"]);
    let folder = upload(&stage, std::env::temp_dir(), UploadOptions::default()).await;
    assert_error(&folder, ErrorKind::Source, &["folder"]);
    let empty = upload(&stage, stage.file("empty.csv", ""), UploadOptions::default()).await;
    assert_error(&empty, ErrorKind::EmptyFile, &["empty.csv", "`allow_empty`"]);
    let suffix = upload(&stage, stage.file("log.parquet", "x"), UploadOptions::default()).await;
    assert_error(
        &suffix,
        ErrorKind::UnsupportedFormat,
        &["log.parquet", "csv, tsv, txt", "`allow_any_format`"],
    );
    let nameless = upload(&stage, Source::bytes("a,b\n"), UploadOptions::default()).await;
    assert_error(&nameless, ErrorKind::InvalidArgument, &["`file_name`"]);
}

#[tokio::test]
async fn a_file_over_five_gibibytes_is_refused() {
    let stage = Stage::new().await;
    let path = stage.file("huge.csv", "");
    File::options().write(true).open(&path).unwrap().set_len(5 * 1024 * 1024 * 1024 + 1).unwrap();
    let error = upload(&stage, path, UploadOptions::default()).await;
    assert_error(&error, ErrorKind::FileTooLarge, &["5368709121", "5 GiB", "Split"]);
}

#[tokio::test]
async fn options_out_of_range_are_refused() {
    let stage = Stage::new().await;
    let path = stage.file("orders.csv", LOG);
    let cases = [
        UploadOptions { valid_for_seconds: Some(0), ..UploadOptions::default() },
        UploadOptions { dataset_id: Some(String::new()), ..UploadOptions::default() },
        UploadOptions { timeout: Some(-1.0), ..UploadOptions::default() },
        UploadOptions { content_type: Some("text/csv\r\nx: y".into()), ..UploadOptions::default() },
    ];
    for options in cases {
        let error = upload(&stage, path.clone(), options.clone()).await;
        assert_error(&error, ErrorKind::InvalidArgument, &["othing was sent"]);
    }
    let folder = CreateDataset { tree_node_type: Some("Folder".into()), ..CreateDataset::from("Finance") };
    let error = stage.client.create_dataset(folder).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["'Folder'", "'TreeGroup'"]);
    let error = stage.client.create_process(" ").await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["`display_name`"]);
}

/// Changes a large file while it is sent: progress tells when it is on its way.
async fn changed_while_sent(change: fn(PathBuf)) {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let path = stage.file("big.csv", "1,2\n".repeat(16 * 1024 * 1024));
    let changing = path.clone();
    let upload = stage.client.upload_file(path, &datatable, UploadOptions::default());
    let upload = upload.on_progress(move |progress| {
        if progress.phase == "sending" {
            change(changing.clone());
        }
    });
    assert_error(
        &upload.await.unwrap_err(),
        ErrorKind::SourceChanged,
        &["changed while it was sent", "nothing was stored"],
    );
    assert!(stage.uploads().await.is_empty());
    assert_eq!(stage.client.get_datatable(&datatable).await.unwrap().row_count, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_grows_is_not_stored() {
    changed_while_sent(|path| File::options().append(true).open(path).unwrap().write_all(b"3,4\n").unwrap())
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_shrinks_is_not_stored() {
    changed_while_sent(|path| File::options().write(true).open(path).unwrap().set_len(1000).unwrap()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_written_anew_is_not_stored_though_it_is_as_long() {
    changed_while_sent(touch).await;
}

fn touch(path: PathBuf) {
    File::options().write(true).open(path).unwrap().set_modified(SystemTime::UNIX_EPOCH).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_changes_before_the_next_attempt_is_not_sent_again() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let path = stage.file("big.csv", "1,2\n".repeat(16 * 1024 * 1024));
    let reset = json!({ "kind": "reset", "at": "50%" });
    stage.faults(json!([fault("/processmind-uploads", "PUT", 1, reset)])).await;
    let changing = path.clone();
    let upload = stage.client.upload_file(path, &datatable, UploadOptions::default());
    let upload = upload.on_progress(move |progress| {
        if progress.phase == "sending" {
            touch(changing.clone());
        }
    });
    let error = upload.await.unwrap_err();
    assert_error(&error, ErrorKind::SourceChanged, &["changed", "nothing was stored"]);
    assert_eq!(error.attempts(), 2);
    let sent = stage.requests().await.into_iter().filter(|request| request["bytesReceived"] != 0);
    assert_eq!(sent.filter(|request| request["origin"] == "storage").count(), 1);
}

#[tokio::test]
async fn ids_that_are_none_are_refused_before_anything_is_sent() {
    let stage = Stage::new().await;
    for id in ["", ".", ".."] {
        let error = stage.client.get_dataset(id).await.unwrap_err();
        assert_error(&error, ErrorKind::InvalidArgument, &["`dataset_id`"]);
        let error = stage.client.get_tenant().tenant_id(id.to_owned()).await.unwrap_err();
        assert_error(&error, ErrorKind::InvalidArgument, &["`tenant_id`"]);
    }
    let error = stage.client.create_process_mapping("p", "").await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["datatable"]);
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn an_id_stays_one_segment_of_the_path() {
    let stage = Stage::new().await;
    let error = stage.client.get_dataset("a/../b c?d").await.unwrap_err();
    assert_error(&error, ErrorKind::NotFound, &["dataset"]);
    let path = stage.requests().await[0]["path"].as_str().unwrap().to_owned();
    assert!(path.ends_with("/datasets/a%2F..%2Fb%20c%3Fd"), "{path}");
}

#[tokio::test]
async fn what_is_no_bpmn_is_not_sent() {
    let stage = Stage::new().await;
    for (text, word) in [("CaseId,Activity", "not XML"), ("<html></html>", "<html>")] {
        let error = stage.client.upload_bpmn("p", text).await.unwrap_err();
        assert_error(&error, ErrorKind::InvalidBpmn, &[word, "BPMN 2.0"]);
        let error = stage.client.upload_bpmn_file("p", stage.file("model.bpmn", text)).await.unwrap_err();
        assert_error(&error, ErrorKind::InvalidBpmn, &[word]);
    }
    let error = stage.client.upload_bpmn_file("p", "no-such.bpmn").await.unwrap_err();
    assert_error(&error, ErrorKind::Source, &["no-such.bpmn"]);
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn a_wrong_key_is_told_without_showing_it() {
    let stage = Stage::new().await;
    let error = stage.stranger().get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::PermissionDenied, &["403", "PROCESSMIND_API_KEY"]);
    assert!(!format!("{error:?}").contains("pm-not-a-key"));
    let requests = stage.requests().await;
    assert_eq!(requests.len(), 1, "it was tried again");
}

#[tokio::test]
async fn an_unknown_datatable_is_told() {
    let stage = Stage::new().await;
    let path = stage.file("orders.csv", LOG);
    let error = stage.client.upload_file(path, "no-such-table", UploadOptions::default()).await.unwrap_err();
    assert_error(&error, ErrorKind::NotFound, &["404", "no-such-table", "`get_datatables`"]);
    assert!(stage.uploads().await.is_empty());
}

#[tokio::test]
async fn a_name_in_place_of_an_id_and_a_slip_are_told() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let error = stage.client.get_datatable("Orders 2025").await.unwrap_err();
    assert_error(&error, ErrorKind::NotFound, &["404", "is the name of the datatable", &datatable]);
    let error = stage.client.get_datatable("orders-2025").await.unwrap_err();
    assert_error(&error, ErrorKind::NotFound, &["404", "nearest: 'Orders 2025'", &datatable]);
}

#[tokio::test]
async fn numbers_out_of_range_are_refused() {
    let error = refused(ClientOptions { max_retries: Some(-1), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["`max_retries` is -1"]);
    let error = refused(ClientOptions { timeout: Some(0.0), ..options() });
    assert_error(&error, ErrorKind::Configuration, &["timeout"]);
}

#[tokio::test]
async fn a_mapping_before_its_model_is_told() {
    let stage = Stage::new().await;
    let process = stage.client.create_process("Order to Cash").await.unwrap();
    let datatable = stage.datatable().await;
    let error = stage.client.create_process_mapping(&process.id, &datatable).await.unwrap_err();
    assert_error(&error, ErrorKind::Conflict, &["409", "`upload_bpmn`"]);
    stage.client.upload_bpmn(&process.id, BPMN).await.unwrap();
    stage.client.create_process_mapping(&process.id, &datatable).await.unwrap();
}

#[tokio::test]
async fn a_web_page_is_no_answer() {
    let stage = Stage::new().await;
    let page = json!({ "kind": "status", "status": 200, "body": "<!DOCTYPE html><html>Sign in</html>", "content_type": "text/html" });
    stage.faults(json!([fault("/tenant", "GET", 1, page)])).await;
    let error = stage.client.get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ResponseDecode, &["web page", "proxy"]);
}

#[tokio::test]
async fn a_presigned_url_without_a_file_names_what_is_missing() {
    let stage = Stage::new().await;
    let error =
        stage.client.get_presigned_upload_url("table-456", PresignedUrlOptions::default()).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["`file_name`, `file_size`, `file_last_modified`"]);
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn a_closed_client_refuses() {
    let stage = Stage::new().await;
    stage.client.close();
    assert_error(&stage.client.get_tenant().await.unwrap_err(), ErrorKind::ClientClosed, &["new client"]);
}
