//! Many uploads at once.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};

use futures_util::stream;
use processmind::{Error, ErrorKind, Source, UploadFilesOptions, UploadItem, UploadOptions};
use processmind_tests::{LOG, Stage, assert_error, fault};
use serde_json::json;

#[tokio::test]
async fn one_failure_stops_no_other_and_both_lists_are_in_order() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let named = UploadOptions { file_name: Some("from-memory.csv".into()), ..UploadOptions::default() };
    let items = [
        UploadItem::new(stage.file("a.csv", LOG), &datatable),
        UploadItem::new("no-such-file.csv", &datatable),
        UploadItem { options: named, ..UploadItem::new(Source::bytes(LOG), &datatable) },
        UploadItem::new(Source::bytes(LOG), &datatable),
        UploadItem::new(stage.file("b.csv", LOG), "no-such-table"),
        UploadItem::new(stage.file("c.csv", LOG), &datatable),
    ];
    let outcome = stage.client.upload_files(items, UploadFilesOptions::default()).await.unwrap();

    let stored: Vec<_> =
        outcome.succeeded.iter().map(|upload| (upload.index, upload.result.file_name.as_str())).collect();
    assert_eq!(stored, [(0, "a.csv"), (2, "from-memory.csv"), (5, "c.csv")]);
    let failed: Vec<_> = outcome
        .failed
        .iter()
        .map(|upload| (upload.index, upload.file_name.as_deref(), upload.error.kind()))
        .collect();
    assert_eq!(
        failed,
        [
            (1, Some("no-such-file.csv"), ErrorKind::Source),
            (3, None, ErrorKind::InvalidArgument),
            (4, Some("b.csv"), ErrorKind::NotFound),
        ]
    );
    assert_eq!(stage.uploads().await.len(), 3);
}

#[tokio::test]
async fn no_more_are_sent_at_once_than_was_said() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let late = json!({ "kind": "delay", "seconds": 0.1 });
    for (given, most) in [(None, 4), (Some(2), 2)] {
        stage.faults(json!([fault("/processmind-uploads", "PUT", 8, late.clone())])).await;
        let items = (0..8).map(|n| UploadItem::new(stage.file(&format!("{n}.csv"), LOG), &datatable));
        let (running, peak) = (Arc::new(Mutex::new(HashSet::new())), Arc::new(Mutex::new(0)));
        let seen = peak.clone();
        let uploads = stage.client.upload_files(items, UploadFilesOptions { concurrency: given });
        let uploads = uploads.on_progress(move |progress| {
            let mut running = running.lock().unwrap();
            match progress.phase.as_str() {
                "done" => running.remove(&progress.file_name),
                _ => running.insert(progress.file_name),
            };
            let mut peak = seen.lock().unwrap();
            *peak = running.len().max(*peak);
        });
        assert_eq!(uploads.await.unwrap().succeeded.len(), 8);
        assert_eq!(*peak.lock().unwrap(), most);
    }
}

#[tokio::test]
async fn a_listener_of_many_tells_them_apart() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let told = Arc::new(Mutex::new(HashMap::<_, Vec<_>>::new()));
    let listener = told.clone();
    let items = ["a.csv", "b.csv"].map(|name| UploadItem::new(stage.file(name, LOG), &datatable));
    let uploads = stage.client.upload_files(items, UploadFilesOptions::default());
    let uploads = uploads.on_progress(move |progress| {
        listener.lock().unwrap().entry(progress.file_name).or_default().push(progress.phase);
    });
    uploads.await.unwrap();
    for name in ["a.csv", "b.csv"] {
        let phases = told.lock().unwrap().remove(name).unwrap();
        assert_eq!(
            (phases.first().unwrap().as_str(), phases.last().unwrap().as_str()),
            ("preparing", "done")
        );
    }
}

#[tokio::test]
async fn what_can_not_begin_is_told_as_one_error() {
    let stage = Stage::new().await;
    let item = || [UploadItem::new("orders.csv", "t")];
    for concurrency in [0, -1] {
        let options = UploadFilesOptions { concurrency: Some(concurrency) };
        let error = stage.client.upload_files(item(), options).await.unwrap_err();
        assert_error(&error, ErrorKind::InvalidArgument, &["`concurrency`", "nothing was sent"]);
    }
    assert!(stage.client.upload_files([], UploadFilesOptions::default()).await.unwrap().failed.is_empty());
    stage.client.close();
    let error = stage.client.upload_files(item(), UploadFilesOptions::default()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ClientClosed);
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn a_stream_is_read_when_its_turn_comes_and_not_where_it_could_not_be_sent() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let read = Arc::new(Mutex::new(Vec::new()));
    let item = |name: Option<&'static str>, source: Option<Source>| {
        let read = read.clone();
        let later = async move {
            read.lock().unwrap().push(name);
            Source::from_chunks(stream::iter([Ok(LOG.into()), Ok(LOG.into())])).await
        };
        let options = UploadOptions { file_name: name.map(Into::into), ..UploadOptions::default() };
        let source = source.unwrap_or_else(|| Source::later(later));
        UploadItem { options, ..UploadItem::new(source, &datatable) }
    };
    let unusable = Source::failed(Error::invalid_argument("It is no file.", "Pass one."));
    let items = [
        item(Some("a.csv"), None),
        item(None, None),
        item(Some("b.parquet"), None),
        item(None, Some(unusable)),
        item(Some("c.csv"), None),
    ];
    let options = UploadFilesOptions { concurrency: Some(1) };
    let outcome = stage.client.upload_files(items, options).await.unwrap();

    let stored = outcome.succeeded.iter().map(|upload| (upload.index, upload.result.bytes));
    assert_eq!(stored.collect::<Vec<_>>(), [0, 4].map(|index| (index, 2 * LOG.len() as i64)));
    let failed: Vec<_> = outcome.failed.iter().map(|failed| failed.error.message()).collect();
    assert_eq!(failed[0], "Missing: `file_name`.");
    assert!(failed[1].starts_with("'b.parquet' has no suffix"));
    assert_eq!(failed[2], "It is no file.");
    assert_eq!(*read.lock().unwrap(), [Some("a.csv"), Some("c.csv")]);
}

#[tokio::test]
async fn a_source_that_is_made_once_can_not_be_sent_twice() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let source = Source::later(async { Ok(Source::bytes(LOG)) });
    let options = UploadOptions { file_name: Some("a.csv".into()), ..UploadOptions::default() };
    stage.client.upload_file(source.clone(), &datatable, options.clone()).await.unwrap();
    let error = stage.client.upload_file(source, &datatable, options).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Internal);
}
