mod book;
mod cells;
mod headings;
mod sheets;

use std::io::Cursor;
use std::sync::atomic::AtomicBool;

use crate::eventlog::{EventLogProblem, EventLogReport, Format, Limits, ReadError, Stated, report};
use book::{In, Sheet, book, book_of_1904};

/// A date cell of 2024-01-01 plus these days.
fn day(days: f64) -> In<'static> {
    In::Date(45_292.0 + days)
}

fn header() -> Vec<In<'static>> {
    ["Case ID", "Activity", "Timestamp"].map(In::Text).into()
}

/// A small log: three cases of two events.
fn log() -> Vec<Vec<In<'static>>> {
    let mut rows = vec![header()];
    for (number, case) in ["C1", "C2", "C3"].into_iter().enumerate() {
        for (place, activity) in ["Open", "Close"].into_iter().enumerate() {
            rows.push(vec![In::Text(case), In::Text(activity), day((number + place) as f64 + 0.375)]);
        }
    }
    rows
}

fn check_bytes(bytes: Vec<u8>, format: Format, stated: &Stated) -> Result<EventLogReport, ReadError> {
    let limits = Limits { cases: 1000, stop: &AtomicBool::new(false) };
    report(Cursor::new(bytes), format, None, stated, &limits)
}

fn check(sheets: &[Sheet<'_>]) -> EventLogReport {
    check_bytes(book(sheets), Format::Xlsx, &Stated::default()).unwrap()
}

fn check_rows(rows: Vec<Vec<In<'_>>>) -> EventLogReport {
    check(&[Sheet::of("Log", rows)])
}

fn problem<'a>(report: &'a EventLogReport, code: &str) -> &'a EventLogProblem {
    report
        .problems
        .iter()
        .find(|problem| problem.code == code)
        .unwrap_or_else(|| panic!("no {code}: {report}"))
}

fn codes(report: &EventLogReport) -> Vec<&str> {
    report.problems.iter().map(|problem| problem.code.as_str()).collect()
}

/// What is known of a column.
fn column<'a>(report: &'a EventLogReport, name: &str) -> &'a crate::eventlog::EventLogColumn {
    report.columns.iter().find(|column| column.name == name).unwrap()
}

#[test]
fn a_log_has_no_problem() {
    let report = check_rows(log());
    assert_eq!((report.rows, report.cases, codes(&report)), (6, Some(3), vec![]));
    assert_eq!((report.sheet.as_deref(), report.sheets.len(), report.sheets[0].rows), (Some("Log"), 1, 6));
    let types: Vec<_> = report.columns.iter().map(|column| column.r#type.as_str()).collect();
    assert_eq!(types, ["string", "string", "datetime"]);
}

#[test]
fn damaged_workbooks_are_named_in_plain_words() {
    let limits = Limits { cases: 1000, stop: &AtomicBool::new(false) };
    let book = book(&[Sheet::of("Log", log())]);
    for length in [0, 4, 100, book.len() / 2, book.len() - 1] {
        for format in [Format::Xlsx, Format::Xlsb, Format::Xls] {
            let cut = Cursor::new(&book[..length]);
            let error = super::read(cut, format, &Stated::default(), &limits).unwrap_err();
            assert_eq!(error.to_string(), "the workbook is cut off or damaged");
        }
    }
}

#[test]
fn no_byte_of_a_workbook_makes_it_crash() {
    let book = book(&[Sheet::of("Log", log()), Sheet::of("More", log())]);
    for at in 0..book.len() {
        let mut bytes = book.clone();
        bytes[at] ^= 0x55;
        drop(check_bytes(bytes, Format::Xlsx, &Stated::default()));
    }
}

#[test]
fn a_check_can_be_stopped() {
    let limits = Limits { cases: 1000, stop: &AtomicBool::new(true) };
    let book = book(&[Sheet::of("Log", log()), Sheet::of("More", log())]);
    let stopped = report(Cursor::new(book), Format::Xlsx, None, &Stated::default(), &limits);
    assert!(matches!(stopped, Err(ReadError::Stopped)));
}
