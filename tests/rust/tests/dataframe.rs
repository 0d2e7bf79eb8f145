//! A data frame arrives as the CSV that every language writes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that can't go on has failed")]

use std::collections::HashMap;
use std::path::Path;

use processmind::{ErrorKind, Source, UploadOptions};
use processmind_tests::{Stage, assert_error};

#[tokio::test]
async fn an_arrow_stream_arrives_as_csv() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract/dataframe");
    let arrow = std::fs::read(contract.join("orders.arrows")).unwrap();
    let written = std::fs::read(contract.join("orders.csv")).unwrap();

    let source = Source::from_arrow_ipc(arrow, HashMap::new()).unwrap();
    let upload = stage.client.upload_file(source, &datatable, UploadOptions::default()).await.unwrap();

    assert_eq!((upload.file_name.as_str(), upload.verified.as_deref()), ("dataframe.csv", Some("crc64nvme")));
    let stored = &stage.uploads().await[0];
    assert_eq!(std::fs::read(stored["path"].as_str().unwrap()).unwrap(), written);
}

#[test]
fn bytes_that_are_no_table_are_refused() {
    let error = Source::from_arrow_ipc("CaseId,Activity", HashMap::new()).unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["no Arrow table", "nothing was sent"]);
}
