//! Rules that hold for every log: written in another way it is the same log, and gives the same report.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use encoding_rs::{UTF_8, WINDOWS_1252};
use processmind::eventlog::EventLogReport;
use processmind::{CheckOptions, Source, check_event_log};
use proptest::prelude::*;

const ACTIVITIES: [&str; 6] =
    ["Receive order", "Prüfung", "Pick goods", "Pack goods", "Ship goods", "Send invoice"];

/// A log as its rows: case, activity, minute since the start, resource, amount.
#[derive(Clone, Debug)]
struct Log {
    rows: Vec<(usize, usize, u32, usize, u32)>,
}

/// Cases of two to six steps, in the order of time.
fn logs() -> impl Strategy<Value = Log> {
    let case = prop::collection::vec((0..ACTIVITIES.len(), 1_u32..300, 0_usize..5, 100_u32..99_999), 2..7);
    prop::collection::vec((case, 0_u32..20_000), 12..40).prop_map(|cases| {
        let mut rows = Vec::new();
        for (case, (steps, start)) in cases.into_iter().enumerate() {
            let mut minute = start;
            for (place, (activity, wait, resource, amount)) in steps.into_iter().enumerate() {
                minute += wait;
                // The first step is always the same, as in most processes.
                rows.push((case, if place == 0 { 0 } else { activity }, minute, resource, amount));
            }
        }
        rows.sort_by_key(|row| row.2);
        Log { rows }
    })
}

/// How a log is written.
#[derive(Clone, Copy)]
struct Style<'a> {
    names: [&'a str; 5],
    order: [usize; 5],
    delimiter: &'a str,
    quotes: bool,
    line_end: &'a str,
    encoding: &'static encoding_rs::Encoding,
}

const STYLE: Style<'static> = Style {
    names: ["CaseId", "Activity", "Timestamp", "Resource", "Amount"],
    order: [0, 1, 2, 3, 4],
    delimiter: ",",
    quotes: false,
    line_end: "\n",
    encoding: UTF_8,
};

impl Log {
    fn written(&self, style: &Style<'_>) -> Vec<u8> {
        let quoted = |value: &str| if style.quotes { format!("\"{value}\"") } else { value.to_owned() };
        let line = |values: [String; 5]| {
            let values: Vec<_> = style.order.iter().map(|place| quoted(&values[*place])).collect();
            values.join(style.delimiter) + style.line_end
        };
        let mut text = line(style.names.map(str::to_owned));
        for (case, activity, minute, resource, amount) in &self.rows {
            let (day, hour, minute) = (minute / 1440 + 1, minute / 60 % 24, minute % 60);
            text += &line([
                format!("A-{case:03}"),
                ACTIVITIES[*activity].to_owned(),
                format!("2024-01-{day:02}T{hour:02}:{minute:02}:00"),
                format!("User {resource}"),
                format!("{}.{:02}", amount / 100, amount % 100),
            ]);
        }
        style.encoding.encode(&text).0.into_owned()
    }

    fn checked(&self, style: &Style<'_>) -> EventLogReport {
        check_event_log(Source::bytes(self.written(style)), CheckOptions::default()).blocking().unwrap()
    }

    /// The rows in another order, which keeps the rows of a case in theirs.
    fn by_case(&self) -> Self {
        let mut rows = self.rows.clone();
        rows.sort_by_key(|row| row.0);
        Self { rows }
    }
}

/// What has to be the same, however the log is written: rows, cases, and what each column is, by its place in the log.
fn facts(report: &EventLogReport, order: [usize; 5]) -> (i64, Option<i64>, Vec<String>) {
    let mut columns = vec![String::new(); 5];
    for (column, place) in report.columns.iter().zip(order) {
        columns[place] = format!(
            "{} {:?} {} {} {:?} {:?}",
            column.r#type, column.role, column.filled, column.distinct, column.first, column.last
        );
    }
    (report.rows, report.cases, columns)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_log_in_another_notation_gives_the_same_report(log in logs()) {
        let plain = log.checked(&STYLE);
        let expected = facts(&plain, STYLE.order);
        for style in [
            Style { delimiter: ";", ..STYLE },
            Style { delimiter: "\t", quotes: true, ..STYLE },
            Style { delimiter: "|", line_end: "\r\n", ..STYLE },
            Style { quotes: true, encoding: WINDOWS_1252, ..STYLE },
            Style { order: [4, 3, 2, 1, 0], ..STYLE },
            Style { names: ["case:concept:name", "concept:name", "time:timestamp", "org:resource", "amount"], ..STYLE },
            Style { names: ["Vorgangs-ID", "Aktivität", "Zeitstempel", "Bearbeiter", "Betrag"], delimiter: ";", ..STYLE },
            Style { names: ["ID del caso", "Actividad", "Fecha y hora", "Usuario", "Importe"], ..STYLE },
        ] {
            prop_assert_eq!(facts(&log.checked(&style), style.order), expected.clone(), "{:?}", style.names);
        }
        prop_assert_eq!(facts(&log.by_case().checked(&STYLE), STYLE.order), expected);
    }

    #[test]
    fn a_role_that_is_not_sure_is_reported(log in logs()) {
        let neutral = Style { names: ["col1", "col2", "col3", "col4", "col5"], ..STYLE };
        let report = log.checked(&neutral);
        let right = [Some("case"), Some("activity"), Some("timestamp")];
        for (column, role) in report.columns.iter().zip(right) {
            let is_reported = report.problems.iter().any(|problem| {
                problem.code == "UNCERTAIN_ROLE" || problem.code.starts_with("NO_")
            });
            prop_assert!(column.role.as_deref() == role || is_reported, "{}", report);
        }
    }

    #[test]
    fn stated_roles_are_taken_as_they_are(log in logs()) {
        let neutral = Style { names: ["col1", "col2", "col3", "col4", "col5"], ..STYLE };
        let mut options = CheckOptions::default();
        (options.case, options.activity) = (Some("col1".to_owned()), Some("col4".to_owned()));
        (options.timestamp, options.resource) = (Some("col3".to_owned()), Some("col2".to_owned()));
        let source = Source::bytes(log.written(&neutral));
        let report = check_event_log(source, options).blocking().unwrap();
        let roles: Vec<_> = report.columns.iter().map(|column| column.role.as_deref()).collect();
        prop_assert_eq!(roles, [Some("case"), Some("resource"), Some("timestamp"), Some("activity"), None]);
        prop_assert!(report.columns.iter().filter(|column| column.role.is_some()).all(|column| column.confidence == Some(1.0)));
        prop_assert!(!report.problems.iter().any(|problem| problem.code == "UNCERTAIN_ROLE"));
    }
}
