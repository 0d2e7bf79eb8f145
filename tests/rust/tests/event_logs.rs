//! The event logs that every language checks.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::fs;
use std::path::{Path, PathBuf};

use processmind::eventlog::{EventLogReport, Format};
use processmind::{CheckOptions, ErrorKind, Source, Spool, UploadOptions, check_event_log};
use processmind_tests::{Stage, assert_error};
use serde_json::{Value, json};

fn logs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract/eventlogs");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut logs: Vec<_> =
        files.filter(|path| path.extension().is_some_and(|suffix| suffix != "json")).collect();
    logs.sort();
    logs
}

/// The report that is beside the log, or the error.
fn expected(log: &Path) -> Value {
    let mut name = log.file_name().unwrap().to_owned();
    name.push(".json");
    serde_json::from_str(&fs::read_to_string(log.with_file_name(name)).unwrap()).unwrap()
}

#[test]
fn a_report_is_what_every_language_gives() {
    for log in logs() {
        let found = check_event_log(&log, CheckOptions::default()).blocking();
        let found = found.map_or_else(|error| json!({"error": error.code()}), |report| json!(report));
        assert_eq!(found, expected(&log), "{}", log.display());
    }
}

#[tokio::test]
async fn bytes_and_spools_are_read_as_files_are() {
    for log in logs() {
        let bytes = fs::read(&log).unwrap();
        let mut spool = Spool::new();
        spool.write(&bytes).unwrap();
        let name = log.file_name().unwrap().to_string_lossy().into_owned();
        for source in [Source::bytes(bytes), spool.finish()] {
            let found = check_event_log(source, CheckOptions { file_name: Some(name.clone()) }).await;
            let found = found.map_or_else(|error| json!({"error": error.code()}), |report| json!(report));
            assert_eq!(found, expected(&log), "{name}");
        }
    }
}

#[tokio::test]
async fn bytes_without_a_name_tell_their_format() {
    let format = async |bytes: &'static [u8]| {
        check_event_log(Source::bytes(bytes), CheckOptions::default()).await.unwrap().format
    };
    assert_eq!(format(b"a,b\n1,2\n").await, "csv");
    assert_eq!(format(b"\xef\xbb\xbf <?xml version='1.0'?><log/>").await, "xes");
    assert_eq!(format(b"\xff\xfe<\0l\0o\0g\0/\0>\0").await, "xes");
    assert_eq!(format(b"PK\x03\x04").await, "xlsx");
    assert_eq!(format(b"\xd0\xcf\x11\xe0").await, "xls");
}

#[test]
fn what_can_not_be_checked_is_an_error() {
    let check =
        |name: &str| check_event_log(Source::bytes("x"), CheckOptions { file_name: Some(name.into()) });
    for (name, word) in
        [("log.xes.gz", "compressed"), ("log.zip", "compressed"), ("log.parquet", "csv, tsv, txt")]
    {
        assert_error(&check(name).blocking().unwrap_err(), ErrorKind::UnsupportedFormat, &[name, word]);
    }
    let missing = check_event_log("no-such-file.csv", CheckOptions::default()).blocking().unwrap_err();
    assert_error(&missing, ErrorKind::Source, &["no-such-file.csv"]);
}

#[tokio::test]
async fn the_emulator_reads_what_the_check_reads() {
    let stage = Stage::new().await;
    for log in logs() {
        let Ok(report) = check_event_log(&log, CheckOptions::default()).await else { continue };
        let datatable = stage.datatable().await;
        stage.client.upload_file(&log, &datatable, UploadOptions::default()).await.unwrap();
        let read = stage.client.get_datatable(&datatable).await.unwrap();
        let columns = read.columns.unwrap_or_default();
        let columns: Vec<_> =
            columns.into_iter().map(|column| (column.name, column.r#type.unwrap())).collect();
        let checked: Vec<_> = report.columns.into_iter().map(|column| (column.name, column.r#type)).collect();
        assert_eq!((read.row_count, columns), (Some(report.rows), checked), "{}", log.display());
    }
}

#[test]
fn a_report_goes_through_json_and_back() {
    let report = check_event_log(&logs()[0], CheckOptions::default()).blocking().unwrap();
    assert!(Format::ALL.iter().any(|format| format.suffix() == report.format));
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<EventLogReport>(&text).unwrap(), report);
}
