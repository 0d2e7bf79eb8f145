//! A data frame arrives as the CSV that every language writes.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that can't go on has failed")]

use std::collections::HashMap;
use std::path::Path;

use processmind::{CheckOptions, ErrorKind, Rows, Source, UploadOptions, check_event_log};
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

#[tokio::test]
async fn a_table_with_errors_is_refused_before_anything_is_sent_or_sent_with_warnings() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    stage.take_requests().await;
    let upload = async |check: &str| {
        let mut rows = Rows::new(HashMap::new());
        let first = r#"{"CaseId": 1, "Activity": "Receive", "StartTime": "2025-01-02T08:00:00Z"}"#;
        rows.write(&format!(r#"[{first}, {{"CaseId": 1, "Activity": "Ship", "StartTime": "soon"}}]"#))
            .unwrap();
        let options = UploadOptions { check: Some(check.to_owned()), ..UploadOptions::default() };
        stage.client.upload_file(rows.finish().unwrap(), &datatable, options).await
    };
    let error = upload("error").await.unwrap_err();
    assert_error(&error, ErrorKind::EventLog, &["'dataframe.csv' has errors", "line 3, column 'StartTime'"]);
    assert!(stage.take_requests().await.is_empty());
    let warnings = upload("warn").await.unwrap().warnings;
    assert!(warnings.len() == 1 && warnings[0].starts_with("dataframe.csv: line 3"), "{warnings:?}");
}

#[tokio::test]
async fn a_table_is_csv_whatever_it_is_called() {
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract/dataframe");
    let arrow = std::fs::read(contract.join("orders.arrows")).unwrap();
    for name in [None, Some("orders.xlsx".to_owned())] {
        let source = Source::from_arrow_ipc(arrow.clone(), HashMap::new()).unwrap();
        let options = CheckOptions { file_name: name.clone(), ..CheckOptions::default() };
        let report = check_event_log(source, options).await.unwrap();
        assert_eq!((report.format.as_str(), report.file_name, report.rows), ("csv", name, 3));
    }
}
