//! The event logs that every language checks, and what an upload makes of errors in one.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use processmind::eventlog::{EventLogReport, Format, ProblemCode};
use processmind::{CheckOptions, ErrorKind, Rows, Source, Spool, UploadOptions, check_event_log};
use processmind_tests::contract::{assert_report, check_scenes, event_logs, log_of};
use processmind_tests::{LOG, Stage, assert_error};
use serde_json::{Value, json};

fn logs() -> Vec<PathBuf> {
    let files = fs::read_dir(event_logs()).unwrap().map(|entry| entry.unwrap().path());
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

fn called(name: &str) -> CheckOptions {
    CheckOptions { file_name: Some(name.to_owned()), ..CheckOptions::default() }
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
            let found = check_event_log(source, called(&name)).await;
            let found = found.map_or_else(|error| json!({"error": error.code()}), |report| json!(report));
            assert_eq!(found, expected(&log), "{name}");
        }
    }
}

#[tokio::test]
async fn the_scenes_of_checking_play() {
    for scene in check_scenes() {
        let text = |name: &str| scene["arguments"][name].as_str().map(ToOwned::to_owned);
        let file_name = || scene["file"]["name"].as_str().map(ToOwned::to_owned);
        let options = CheckOptions {
            file_name: text("fileName").or_else(file_name),
            sheet: text("sheet"),
            case: text("case"),
            activity: text("activity"),
            timestamp: text("timestamp"),
            resource: text("resource"),
        };
        let report = match check_event_log(source_of(&scene), options).await {
            Ok(report) => report,
            Err(error) => {
                assert_eq!(error.kind().class(), scene["error"]["class"], "{}: {error}", scene["name"]);
                for words in scene["error"]["text"].as_array().unwrap() {
                    assert!(error.to_string().contains(words.as_str().unwrap()), "{error}");
                }
                continue;
            }
        };
        assert_report(&json!(report), &scene);
    }
}

#[test]
fn every_problem_occurs() {
    let reports = logs().into_iter().map(|log| expected(&log)["problems"].clone());
    let reported = reports.filter_map(|problems| problems.as_array().cloned()).flatten();
    let mut codes: HashSet<_> =
        reported.map(|problem| problem["code"].as_str().unwrap().to_owned()).collect();
    for problem in check_scenes().iter().filter_map(|scene| scene["problems"].as_array()).flatten() {
        codes.extend(problem.as_str().unwrap().split(' ').next().map(ToOwned::to_owned));
    }
    let missing: Vec<_> = ProblemCode::ALL.iter().filter(|code| !codes.contains(code.code())).collect();
    assert!(missing.is_empty(), "no log has {missing:?}");
}

fn source_of(scene: &Value) -> Source {
    if let Some(name) = scene["arrow"].as_str() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract/dataframe");
        return Source::from_arrow_ipc(fs::read(folder.join(name)).unwrap(), HashMap::new()).unwrap();
    }
    if scene["rows"].is_array() {
        let mut rows = Rows::new(HashMap::new());
        rows.write(&scene["rows"].to_string()).unwrap();
        return rows.finish().unwrap();
    }
    Source::bytes(log_of(scene))
}

#[test]
fn what_takes_a_runtime_to_be_read_is_not_checked_without_one() {
    let source = Source::later(async { Ok(Source::bytes("a,b")) });
    let error = check_event_log(source, CheckOptions::default()).blocking().unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["without a runtime", "Await the check"]);
}

#[test]
fn there_are_no_more_different_values_than_values() {
    // So many are an estimate, which lies below or above what there is.
    for rows in (1_000..=20_000).step_by(1_000) {
        let log: String = (0..rows).map(|row| format!("case {row},Receive order {row},{row}\n")).collect();
        let source = Source::bytes(format!("CaseId,Activity,Amount\n{log}"));
        let report = check_event_log(source, CheckOptions::default()).blocking().unwrap();
        for column in report.columns {
            assert!(column.distinct > rows / 2 && column.distinct <= column.filled, "{column:?}");
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
    for suffix in ["xlsx", "xlsb", "xls"] {
        let bytes = fs::read(event_logs().join(format!("events.{suffix}"))).unwrap();
        let report = check_event_log(Source::bytes(bytes), CheckOptions::default()).await.unwrap();
        assert_eq!(report.format, suffix);
    }
}

#[test]
fn what_can_not_be_checked_is_an_error() {
    let check = |name: &str| check_event_log(Source::bytes("x"), called(name));
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
        let options = UploadOptions { check: Some("off".into()), ..UploadOptions::default() };
        stage.client.upload_file(&log, &datatable, options).await.unwrap();
        let read = stage.client.get_datatable(&datatable).await.unwrap();
        let columns = read.columns.unwrap_or_default();
        let columns: Vec<_> =
            columns.into_iter().map(|column| (column.name, column.r#type.unwrap())).collect();
        let checked: Vec<_> = report.columns.into_iter().map(|column| (column.name, column.r#type)).collect();
        assert_eq!((read.row_count, columns), (Some(report.rows), checked), "{}", log.display());
    }
}

const BAD: &str =
    "CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n1,Ship goods,soon\n1,Pay\n";

fn checked(check: &str) -> UploadOptions {
    UploadOptions { check: Some(check.into()), ..UploadOptions::default() }
}

#[tokio::test]
async fn errors_of_a_log_are_told_with_the_result() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let bad = stage.file("bad.csv", BAD);
    let warnings = stage.client.upload_file(&bad, &datatable, checked("warn")).await.unwrap().warnings;
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    assert!(
        warnings[0].starts_with("bad.csv: line 4: The row has 2 values where the header has 3."),
        "{warnings:?}"
    );
    assert!(warnings[1].contains("line 3, column 'StartTime'"), "{warnings:?}");
    let good = stage.file("good.csv", LOG);
    for (file, check) in [(&bad, "off"), (&good, "warn"), (&good, "error")] {
        let result = stage.client.upload_file(file, &datatable, checked(check)).await.unwrap();
        assert_eq!(result.warnings, Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_log_with_errors_is_refused_before_anything_is_sent() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let before = stage.requests().await.len();
    let upload = stage.client.upload_file(stage.file("bad.csv", BAD), &datatable, checked("error"));
    let words = ["'bad.csv' has errors", "line 4", "line 3, column 'StartTime'", "`check_event_log`"];
    assert_error(&upload.await.unwrap_err(), ErrorKind::EventLog, &words);
    let zipped = stage.file("zipped.csv", b"PK\x03\x04\0\0");
    let upload = stage.client.upload_file(zipped, &datatable, checked("error"));
    assert_error(&upload.await.unwrap_err(), ErrorKind::UnsupportedFormat, &["'zipped.csv'", "ZIP"]);
    let upload = stage.client.upload_file(stage.file("bad.csv", BAD), &datatable, checked("always"));
    assert_error(
        &upload.await.unwrap_err(),
        ErrorKind::InvalidArgument,
        &["`check`", "'warn', 'error' and 'off'"],
    );
    assert_eq!(stage.requests().await.len(), before);
}

#[test]
fn a_report_goes_through_json_and_back() {
    let report = check_event_log(&logs()[0], CheckOptions::default()).blocking().unwrap();
    assert!(Format::ALL.iter().any(|format| format.suffix() == report.format));
    let text = serde_json::to_string(&report).unwrap();
    assert_eq!(serde_json::from_str::<EventLogReport>(&text).unwrap(), report);
}

#[test]
fn every_code_is_documented() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/guide/check.md")).unwrap();
    for code in ProblemCode::ALL {
        let row = format!("| `{}` | {} |", code.code(), code.severity().as_str());
        assert!(page.contains(&row) && page.contains(code.hint()), "{row}");
    }
}
