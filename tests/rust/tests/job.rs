//! The whole job: an event log and its model into ProcessMind, mapped, and read back.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::sync::{Arc, Mutex};

use processmind::{CreateProcess, PresignedUrlOptions, Source, Spool, UploadOptions};
use processmind_tests::{BPMN, LOG, Stage};
use sha2::{Digest, Sha256};

fn sha256(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_log_and_its_model_arrive_and_are_mapped() {
    let stage = Stage::new().await;
    let client = &stage.client;
    assert_eq!(client.get_tenant().await.unwrap().id, client.tenant_id());

    let process = client.create_process("Order to Cash").await.unwrap();
    assert_eq!(process.tree_node_type.as_deref(), Some("Process"));
    client.upload_bpmn_file(&process.id, stage.file("order.bpmn", BPMN)).await.unwrap();

    let dataset = client.create_dataset("Orders").await.unwrap();
    let datatable = client.create_datatable(&dataset.id, "Orders 2025").await.unwrap();
    let log = stage.file("orders.csv", LOG);
    let upload = client.upload_file(log, &datatable.id, UploadOptions::default()).await.unwrap();
    assert_eq!((upload.bytes, upload.attempts), (LOG.len() as i64, 1));
    assert_eq!(upload.verified.as_deref(), Some("crc64nvme"));
    assert_eq!(upload.file_name, "orders.csv");
    assert!(upload.request_id.is_some() && upload.etag.is_some() && upload.seconds > 0.0);

    let stored = stage.uploads().await;
    assert_eq!(stored.len(), 1);
    assert_eq!(stored[0]["sha256"], sha256(LOG));
    assert_eq!(stored[0]["contentType"], "text/csv");

    let mapping = client.create_process_mapping(&process.id, &datatable.id).await.unwrap();
    assert_eq!(mapping.data_table_id.as_deref(), Some(datatable.id.as_str()));
    assert_eq!(mapping.color.unwrap().id, "data-1");
    assert_eq!(client.get_process_mappings(&process.id).await.unwrap().len(), 1);

    let read = client.get_datatable(&datatable.id).await.unwrap();
    let columns = read.columns.unwrap();
    let columns: Vec<_> =
        columns.iter().map(|column| (column.name.as_str(), column.r#type.as_deref().unwrap())).collect();
    assert_eq!(read.row_count, Some(3));
    assert_eq!(columns[1], ("Activity", "string"));
    assert_eq!(columns[2], ("StartTime", "datetime"));
    assert_eq!(client.get_datasets().await.unwrap()[0].datatable_count, Some(1));
    assert_eq!(client.get_dataset(&dataset.id).await.unwrap().datatables.unwrap()[0].row_count, Some(3));
    assert_eq!(client.get_datatables().await.unwrap()[0].dataset_id.as_ref(), Some(&dataset.id));
}

#[tokio::test]
async fn folders_hold_processes() {
    let stage = Stage::new().await;
    let folder = CreateProcess { tree_node_type: Some("TreeGroup".into()), ..CreateProcess::from("Finance") };
    let folder = stage.client.create_process(folder).await.unwrap();
    let inside = CreateProcess { tree_parent_id: Some(folder.id.clone()), ..CreateProcess::from("Invoices") };
    stage.client.create_process(inside).await.unwrap();
    let parents: Vec<_> =
        stage.client.get_processes().await.unwrap().into_iter().map(|node| node.tree_parent_id).collect();
    assert_eq!(parents, [None, Some(folder.id)]);
}

#[tokio::test]
async fn bytes_streams_and_spools_go_the_same_way_as_files() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let mut spool = Spool::new();
    spool.write(LOG.as_bytes()).unwrap();
    let stream = Source::from_reader(LOG.as_bytes()).await.unwrap();
    for source in [Source::bytes(LOG), stream, spool.finish()] {
        let options = UploadOptions { file_name: Some("orders.tsv".into()), ..UploadOptions::default() };
        let upload = stage.client.upload_file(source, &datatable, options).await.unwrap();
        assert_eq!(upload.verified.as_deref(), Some("crc64nvme"));
    }
    let stored = stage.uploads().await;
    assert!(stored.iter().all(|stored| stored["sha256"] == sha256(LOG)));
    assert_eq!(stored[1]["contentType"], "text/tab-separated-values");
}

#[tokio::test]
async fn a_presigned_url_is_complete_by_options_or_by_a_file() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let by_file = stage.client.get_presigned_upload_url(&datatable, PresignedUrlOptions::default());
    let url = by_file.file(Source::path(stage.file("orders.csv", LOG))).await.unwrap();
    assert!(url.expose().contains("X-Amz-Signature=") && url.expose().contains("X-Amz-Expires=3600"));

    let options = PresignedUrlOptions {
        file_name: Some("ö & + #.csv".into()),
        file_size: Some(10),
        file_last_modified: Some(1_704_067_200_000),
        valid_for_seconds: Some(60),
        ..PresignedUrlOptions::default()
    };
    let url = stage.client.get_presigned_upload_url(&datatable, options).await.unwrap();
    assert!(url.expose().contains("X-Amz-Expires=60"));
}

#[tokio::test]
async fn progress_ends_with_the_confirmation() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let log = stage.file("big.csv", format!("a,b\n{}", "1,2\n".repeat(1_000_000)));
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = told.clone();
    let upload = stage.client.upload_file(log, &datatable, UploadOptions::default());
    upload.on_progress(move |progress| listener.lock().unwrap().push(progress)).await.unwrap();

    let told = told.lock().unwrap();
    let mut phases: Vec<_> = told.iter().map(|progress| progress.phase.as_str()).collect();
    phases.dedup();
    assert_eq!(phases, ["preparing", "sending", "verifying", "done"]);
    assert!(
        told.iter()
            .filter(|progress| progress.phase == "sending")
            .all(|progress| progress.sent < progress.total)
    );
    assert_eq!(told.last().unwrap().sent, 4_000_004);
}

#[tokio::test]
async fn what_is_refused_by_default_is_sent_where_it_is_allowed() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let empty = UploadOptions {
        allow_empty: Some(true),
        content_type: Some(String::new()),
        ..UploadOptions::default()
    };
    let upload = stage.client.upload_file(stage.file("empty.csv", ""), &datatable, empty).await.unwrap();
    assert_eq!((upload.bytes, upload.verified.as_deref()), (0, Some("crc64nvme")));
    let any = UploadOptions { allow_any_format: Some(true), verify: Some(false), ..UploadOptions::default() };
    let upload = stage.client.upload_file(stage.file("log.json", "[]"), &datatable, any).await.unwrap();
    assert_eq!(upload.verified, None);
    let stored = stage.uploads().await;
    assert!(stored.iter().all(|stored| stored["contentType"].is_null()), "{stored:?}");
}
