//! Whole logs, from their bytes to the report.

use std::io::{Cursor, Read};
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;

use super::*;
use crate::eventlog::read::Forward;
use crate::eventlog::{EventLogProblem, EventLogReport, Format};

const LOG: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log>
  <global scope="event"><string key="ignored" value="x"/></global>
  <string key="creator" value="nobody"/>
  <trace>
    <string key="concept:name" value="1"/>
    <event>
      <string key="concept:name" value="A &amp; B"/>
      <date key="time:timestamp" value="2010-12-30T14:32:00.000+01:00"/>
      <int key="costs" value="50"/>
      <list key="parts"><values><string key="concept:name" value="nested"/></values></list>
    </event>
    <event><string key="concept:name" value="C"/><float key="costs" value="1.5"/></event>
  </trace>
  <trace/>
</log>"#;

fn read_stated(file: impl AsRef<[u8]>, stated: &Stated) -> Result<EventLogReport, ReadError> {
    let limits = Limits { cases: 1_000, stop: &AtomicBool::new(false) };
    Ok(read(Cursor::new(file), stated, &limits)?.report(None, Format::Xes))
}

fn report(file: impl AsRef<[u8]>) -> EventLogReport {
    read_stated(file, &Stated::default()).unwrap()
}

/// Why a file is refused.
fn refusal(file: impl AsRef<[u8]>) -> Option<String> {
    read_stated(file, &Stated::default()).err().map(|error| error.to_string())
}

fn problem(report: &EventLogReport, code: &str) -> Option<EventLogProblem> {
    report.problems.iter().find(|problem| problem.code == code).cloned()
}

/// The first row and the count of a problem.
fn place(report: &EventLogReport, code: &str) -> Option<(i64, i64)> {
    problem(report, code).map(|problem| (problem.row.unwrap_or(0), problem.count))
}

fn codes(report: &EventLogReport) -> Vec<&str> {
    // The events of a test are often the same.
    let codes = report.problems.iter().map(|problem| problem.code.as_str());
    codes.filter(|code| *code != "DUPLICATE_ROWS").collect()
}

fn role<'a>(report: &'a EventLogReport, role: &str) -> Option<&'a str> {
    report
        .columns
        .iter()
        .find(|column| column.role.as_deref() == Some(role))
        .map(|column| column.name.as_str())
}

fn types(report: &EventLogReport) -> Vec<(&str, &str, i64)> {
    report
        .columns
        .iter()
        .map(|column| (column.name.as_str(), column.r#type.as_str(), column.filled))
        .collect()
}

/// An event on a line of its own, of which the attributes are given.
fn event(attributes: &str) -> String {
    format!("<event>{attributes}</event>\n")
}

fn name(value: &str) -> String {
    format!("<string key=\"concept:name\" value=\"{value}\"/>")
}

fn time(day: u32) -> String {
    format!("<date key=\"time:timestamp\" value=\"2024-01-{day:02}T08:00:00Z\"/>")
}

/// A log of traces of which each is given, on the second line and the following ones.
fn log(traces: &[String]) -> String {
    let traces: String = traces.iter().map(|trace| format!("<trace>\n{trace}</trace>\n")).collect();
    format!("<log>\n{traces}</log>")
}

/// A trace of two good events.
fn trace(attributes: &str) -> String {
    format!("{attributes}\n{}{}", event(&(name("A") + &time(1))), event(&(name("B") + &time(2))))
}

#[test]
fn events_are_rows_and_attributes_are_columns() {
    let log = report(LOG);
    assert_eq!(log.rows, 2);
    assert_eq!(
        types(&log),
        [
            ("case:concept:name", "string", 2),
            ("concept:name", "string", 2),
            ("time:timestamp", "datetime", 1),
            ("costs", "number", 2),
            ("parts", "string", 0),
        ]
    );
}

#[test]
fn other_encodings() {
    let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><log><event><string key='Gr\xf6\xdfe' value='1'/></event></log>";
    let latin = report(latin);
    assert_eq!((latin.columns[0].name.as_str(), latin.encoding.as_deref()), ("Größe", Some("windows-1252")));
    let wide = LOG.replace("UTF-8", "UTF-16");
    let marked: Vec<_> =
        [0xff, 0xfe].into_iter().chain(wide.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(report(marked).rows, 2);
    let unmarked: Vec<_> = wide.encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(report(unmarked).encoding.as_deref(), Some("UTF-16BE"));
    assert_eq!(report(format!("\u{feff}{LOG}")).rows, 2);
}

#[test]
fn what_is_not_well_formed_is_refused_with_its_line() {
    for (text, line) in [
        ("<log>\n<event><string key='a' value='b\n< c'/></event></log>", 3),
        ("<log>\n<event><string key='a' value='b & c'/></event></log>", 2),
        ("<log>\n<event><string key='a' value='&#0;'/></event></log>", 2),
        ("<log>\n<event><string key='a'\nvalue='b' key='c'/></event></log>", 3),
        ("<log>\n<x:event/></log>", 2),
        ("<log>\n<event x:a=''/></log>", 2),
        ("<log/>\n\n<log/>", 3),
        ("<log/>\n\ntext", 3),
        ("<log/>\n&amp;", 2),
        ("<log/>\n<![CDATA[]]>", 2),
        ("\n<?xml version='1.0'?><log/>", 2),
        ("<log>\n\n<?xml version='1.0'?></log>", 3),
        ("<log>\n<trace></log>", 2),
        ("<log>\n<!-- a -- b --></log>", 2),
        ("<log>\n]]></log>", 2),
        ("<log>\n\u{b}</log>", 2),
        ("<log>\n<event a=b/></log>", 2),
        ("<log>\n<event a='b'c='d'/></log>", 2),
        ("<log>\n<event a/></log>", 2),
        ("<log>\n<1/></log>", 2),
        ("<log>\n<event a='b\n\n/></log>", 2),
        ("<log>\n<!-- a\n\n</log>", 2),
        ("<!DOCTYPE log>\n<!DOCTYPE log>\n<log/>", 2),
        ("<log/>\n<!DOCTYPE log>", 2),
        ("<!DOCTYPE log [\n<!ENTITY a>\n]>\n<log/>", 2),
        ("<log>\n&none;</log>", 2),
        ("<log>\n<trace>", 2),
        ("<!-- only -->\n", 2),
    ] {
        let why = refusal(text).unwrap_or_default();
        assert!(why.ends_with(&format!("(line {line})")), "{text}: {why}");
    }
    assert!(refusal(b"<log>\n\n<event><string key='\xff'/></event></log>").unwrap().contains("(line 3)"));
    assert!(refusal("\u{feff}\u{feff}<log/>").is_some());
}

#[test]
fn what_is_no_xes_is_named() {
    assert!(refusal("{\"a\": [1, 2],\n\"b\": \"<&\"}").unwrap().contains("starts with '{\"a\": [1, 2],'"));
    assert!(refusal("\n hello").unwrap().contains("starts with 'hello'"));
    assert!(refusal("<html/>").unwrap().contains("its root is <html>, not <log>"));
    assert!(refusal("<log><trace><trace/></trace></log>").unwrap().contains("<trace> is inside <trace>"));
    assert!(refusal("<log><event><event/></event></log>").unwrap().contains("<event> is inside <event>"));
    assert!(
        refusal("<log><trace><list><event/></list></trace></log>")
            .unwrap()
            .contains("<event> is inside an attribute")
    );
    for empty in ["", " \n\n", "\u{feff}"] {
        assert!(matches!(read_stated(empty, &Stated::default()), Err(ReadError::Empty)), "{empty:?}");
    }
    let deep = "<log>".to_owned() + &"<a>".repeat(5_000);
    assert!(refusal(deep).unwrap().contains("nests too deeply"));
}

#[test]
fn an_attribute_that_never_ends_stops_at_the_limit() {
    let endless = (&b"<log><event><string key='"[..]).chain(std::io::repeat(b'x'));
    let limits = Limits { cases: 10, stop: &AtomicBool::new(false) };
    let result = read(Forward(endless), &Stated::default(), &limits);
    assert!(matches!(result, Err(ReadError::Malformed(why)) if why.contains("64 MiB")));
}

#[test]
fn a_disk_that_fails_is_not_called_bad_xml() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the share is gone"))
        }
    }
    let source = (&b"<log>"[..]).chain(std::io::repeat(b' ').take(100_000)).chain(Broken);
    let limits = Limits { cases: 10, stop: &AtomicBool::new(false) };
    let result = read(Forward(source), &Stated::default(), &limits);
    assert!(matches!(result, Err(ReadError::Io(why)) if why.to_string().contains("the share is gone")));
}

#[test]
fn entities_of_the_document_type_are_read() {
    let of = |value: &str| {
        report(format!(
            "<!DOCTYPE log [<!ENTITY dept 'Sales'><!ENTITY other SYSTEM 'x'>]>\n<log>&dept;<event><string key='{value}'/></event></log>"
        ))
    };
    assert_eq!(of("in &dept;").columns[0].name, "in Sales");
    let log = "<!DOCTYPE log [<!ENTITY other SYSTEM 'x'>]>\n<log>\n&other;</log>";
    let why = refusal(log).unwrap();
    assert!(why.contains("DTD") && why.contains("line 3") && !why.contains("well-formed"), "{why}");
}

#[test]
fn what_is_missing_before_a_column_is_there_counts() {
    let log = report(log(&[
        event(&(name("A") + &time(1))) + &event(""),
        event(&time(2)),
        trace(&name("c1")),
        event(&name("A")),
    ]));
    assert_eq!(log.rows, 6);
    assert_eq!(place(&log, "MISSING_CASE_ID"), Some((3, 4)));
    assert_eq!(problem(&log, "MISSING_CASE_ID").unwrap().rows, [3, 4, 7, 15]);
    assert_eq!(place(&log, "MISSING_ACTIVITY"), Some((4, 2)));
    assert_eq!(place(&log, "MISSING_TIMESTAMP"), Some((4, 2)));
    assert_eq!(log.cases, Some(1));
}

#[test]
fn attributes_of_a_trace_may_stand_behind_its_events() {
    let late = |case: &str| trace("") + &name(case) + "<int key='size' value='5'/>";
    let log = report(log(&[late("c1"), late("c2"), trace(&name("c3"))]));
    assert_eq!((log.rows, log.cases), (6, Some(3)));
    assert_eq!(codes(&log), [""; 0]);
    assert_eq!(types(&log)[3], ("case:size", "integer", 4));
}

#[test]
fn of_a_trace_that_is_too_long_to_keep_the_first_events_have_no_case() {
    let note = format!("<string key='note' value='{}'/>", "x".repeat(3_000));
    let good = event(&(name("A") + &time(1) + &note));
    let log = report(log(&[good.repeat(3_000) + &name("c1") + &good]));
    let (row, count) = place(&log, "MISSING_CASE_ID").unwrap();
    assert_eq!((log.rows, log.cases, row), (3_001, Some(1), 3));
    assert!((2_000..3_001).contains(&count), "{count}");
    let filled = log.columns.iter().find(|column| column.name == "case:concept:name").unwrap().filled;
    assert_eq!(filled, log.rows - count);
}

#[test]
fn events_directly_below_the_log_have_no_case() {
    let events = event(&(name("A") + &time(1))).repeat(3);
    let bare = report(format!("<log>\n{events}</log>"));
    assert_eq!((bare.rows, codes(&bare)), (3, vec!["NO_CASE_COLUMN"]));
    assert!(problem(&bare, "NO_CASE_COLUMN").unwrap().hint.contains("trace a concept:name"));
    let mixed = report(log(&[trace(&name("c1"))]).replace("</log>", &format!("{events}</log>")));
    assert_eq!(place(&mixed, "MISSING_CASE_ID"), Some((7, 3)));
}

#[test]
fn events_may_say_themselves_which_case_they_are_of() {
    let of = |case: &str| {
        event(&format!("<string key='case:concept:name' value='{case}'/>{}{}", name("A"), time(1)))
    };
    let flat = report(format!("<log>\n{}{}{}</log>", of("1"), of("1"), of("2")));
    assert_eq!((flat.cases, role(&flat, "case"), codes(&flat)), (Some(2), Some("case:concept:name"), vec![]));
    let both = report(log(&[name("c1") + &of("1") + &of("2")]));
    assert_eq!((both.cases, both.columns[0].filled, both.columns.len()), (Some(1), 2, 3));
}

#[test]
fn classifiers_name_the_activity_where_no_event_has_a_name() {
    let step = |key: &str| format!("<string key=\"{key}\" value=\"A\"/>");
    let of = |classifiers: &str, attributes: &str| {
        let events = event(&(attributes.to_owned() + &time(1)));
        let report =
            report(log(&[name("c1") + &events]).replacen("<log>", &format!("<log>{classifiers}"), 1));
        (role(&report, "activity").map(ToOwned::to_owned), report.ok)
    };
    let found = |key: &str| (Some(key.to_owned()), true);
    let classifier = |keys: &str| format!("<classifier name=\"a\" keys=\"{keys}\"/>");
    assert_eq!(of(&classifier("step"), &step("step")), found("step"));
    assert_eq!(of(&classifier("step"), &(step("step") + &name("A"))), found("concept:name"));
    assert_eq!(of(&classifier("'my step' step"), &(step("step") + &step("my step"))), found("my step"));
    let trace_scope = "<classifier name='a' scope='trace' keys='other'/>".to_owned() + &classifier("step");
    assert_eq!(of(&trace_scope, &(step("other") + &step("step"))), found("step"));
    assert_eq!(of(&classifier("org:resource"), &step("org:resource")), (None, false));
    assert_eq!(of("", &step("step")), (None, false));
    assert_eq!(of(&classifier("step"), &(step("step") + &name(""))), found("step"), "no event has a name");
}

#[test]
fn an_attribute_that_tells_traces_apart_is_the_case_where_none_has_a_name() {
    let text = |key: &str, value: &str| format!("<string key='{key}' value='{value}'/>");
    let of = |attributes: &[String]| {
        let traces: Vec<_> = attributes.iter().map(|attributes| trace(attributes)).collect();
        let report = report(log(&traces));
        (role(&report, "case").map(ToOwned::to_owned), report.cases)
    };
    assert_eq!(of(&[text("ID", "1"), text("ID", "2")]), (Some("case:ID".to_owned()), Some(2)));
    let both = |n: &str| text("identity:id", &format!("u{n}")) + &text("note", n) + &text("caseId", n);
    assert_eq!(of(&[both("1"), both("2")]).0.as_deref(), Some("case:caseId"));
    assert_eq!(of(&[text("number", "1"), text("number", "2")]).0.as_deref(), Some("case:number"));
    assert_eq!(of(&[text("owner", "x"), text("owner", "x"), text("owner", "y")]).0, None, "it is no id");
    assert_eq!(of(&[text("ID", "1"), String::new()]).0, None, "not every trace has it");
    assert_eq!(
        of(&[text("a", "1") + &text("b", "1"), text("a", "2") + &text("b", "2")]).0,
        None,
        "which one?"
    );
    assert_eq!(of(&[String::new(), String::new()]).0, None);
}

#[test]
fn an_id_that_two_traces_share_is_reported() {
    let of = |id: &str| trace(&format!("<string key='ID' value='{id}'/>"));
    let log = report(log(&[of("1"), of("2"), of("1")]));
    assert_eq!((log.cases, place(&log, "DUPLICATE_TRACE_NAME")), (Some(2), Some((12, 1))));
}

#[test]
fn what_is_stated_is_not_guessed() {
    let attributes =
        "<string key='step' value='A'/><date key='start' value='2024-01-01'/><string key='id' value='1'/>";
    let text = log(&[name("c1") + &event(&(name("B") + &time(1) + attributes))]);
    let own = |text: &str| Some(text.to_owned());
    let stated =
        Stated { case: own("id"), activity: own("step "), timestamp: own("start"), ..Stated::default() };
    let found = read_stated(&text, &stated).unwrap();
    let roles = ["case", "activity", "timestamp"].map(|one| role(&found, one));
    assert_eq!((roles, found.ok), ([Some("id"), Some("step"), Some("start")], true));
    let unknown = Stated { case: own("case:number"), ..Stated::default() };
    let Err(ReadError::UnknownColumn { role, columns, .. }) = read_stated(&text, &unknown) else {
        panic!("no such")
    };
    assert_eq!((role, columns[0].as_str()), ("case", "case:concept:name"));
}

#[test]
fn a_time_that_is_no_date_is_shown() {
    let of = |attribute: &str| {
        let good = event(&(name("A") + &time(1)));
        let report = report(log(&[name("c1") + &good + &event(&(name("A") + attribute)).repeat(2)]));
        let problem = problem(&report, "UNREADABLE_TIMESTAMP").unwrap();
        assert_eq!(
            (problem.row, problem.count, problem.column.as_deref()),
            (Some(4), 2, Some("time:timestamp"))
        );
        assert_eq!(codes(&report), ["UNREADABLE_TIMESTAMP"]);
        (problem.message, problem.example.unwrap_or_default())
    };
    let (message, example) = of("<string key='time:timestamp' value='2024-01-01T08:00:00+01:00'/>");
    assert!(message.contains("<string>, not <date>"), "{message}");
    assert_eq!(example, "2024-01-01T08:00:00+01:00");
    let (message, example) = of("<int key='time:timestamp' value='1704182400000'/>");
    assert!(message.contains("<int>, not <date>"), "{message}");
    assert_eq!(example, "1704182400000");
    for value in ["13.01.2024 08:00:00", "1704182400000", "soon", "2024-02-30T08:00:00"] {
        let (message, example) = of(&format!("<date key='time:timestamp' value='{value}'/>"));
        assert!(message.contains("the <date> is not a date"), "{message}");
        assert_eq!(example, value);
    }
}

#[test]
fn values_have_the_types_of_their_tags() {
    let of = |attributes: &[&str]| {
        let events: String = attributes.iter().map(|attribute| event(attribute)).collect();
        let report = report(format!("<log>{events}</log>"));
        (report.columns[0].r#type.clone(), report.columns[0].filled)
    };
    let is = |attributes: &[&str], kind: &str, filled| {
        assert_eq!(of(attributes), (kind.to_owned(), filled), "{attributes:?}")
    };
    is(&["<boolean key='a' value='1'/>", "<boolean key='a' value='false'/>"], "boolean", 2);
    is(&["<int key='a' value='5'/>", "<int key='a' value='-9223372036854775808'/>"], "integer", 2);
    is(&["<int key='a' value='99999999999999999999'/>"], "string", 1);
    is(&["<int key='a' value='five'/>"], "string", 1);
    is(&["<float key='a' value='1.5'/>", "<float key='a' value='NaN'/>"], "number", 2);
    is(&["<string key='a' value='5'/>"], "string", 1);
    is(
        &["<date key='a' value='2024-01-31'/>", "<date key='a' value=' '/>", "<date key='a'/>"],
        "datetime",
        1,
    );
    is(&["<date key='a' value='2024-01-31'/>", "<string key='a' value='later'/>"], "string", 2);
}

#[test]
fn empty_values_are_missing() {
    let log = report(log(&[name(" ") + &event(&(name("") + "<date key='time:timestamp' value=''/>"))]));
    assert_eq!(codes(&log), ["MISSING_CASE_ID", "MISSING_ACTIVITY", "MISSING_TIMESTAMP"]);
}

#[test]
fn two_traces_of_one_name_are_reported() {
    let log =
        report(log(&[trace(&name("c1")), trace(&name("c2")), trace(&name("c1")), trace("") + &name("c1")]));
    let problem = problem(&log, "DUPLICATE_TRACE_NAME").unwrap();
    assert_eq!((log.cases, problem.count, &problem.rows[..]), (Some(2), 2, &[12, 17][..]));
    assert_eq!(
        (problem.column.as_deref(), problem.example.as_deref()),
        (Some("case:concept:name"), Some("c1"))
    );
    assert!(problem.message.contains("trace") && log.ok);
}

#[test]
fn attributes_without_a_key_or_twice_are_reported() {
    let odd = event("<string value='lost'/><foreign/><string key='a' value='1'/><int key='a' value='2'/>");
    let report = report(log(&[name("c0") + &name("c1") + &odd]));
    let found: Vec<_> =
        report.problems.iter().filter(|problem| problem.code == "INVALID_ATTRIBUTE").collect();
    let found: Vec<_> = found.iter().map(|one| (one.column.as_deref(), one.example.as_deref())).collect();
    assert_eq!(
        found,
        [(None, Some("lost")), (Some("case:concept:name"), Some("c1")), (Some("a"), Some("2"))]
    );
    assert_eq!(types(&report)[1], ("a", "integer", 1), "the last one counts, and one time");
}

#[test]
fn the_check_can_be_stopped() {
    let limits = Limits { cases: 10, stop: &AtomicBool::new(true) };
    let long = "<log>".to_owned() + &"<a/>".repeat(10_000);
    assert!(matches!(read(Cursor::new(long), &Stated::default(), &limits), Err(ReadError::Stopped)));
}

/// Pieces of logs, in any order.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "<log>",
            "</log>",
            "<trace>",
            "</trace>",
            "<event>",
            "</event>",
            "<trace/>",
            "<event/>",
            "<?xml version='1.0'?>",
            "<!DOCTYPE log [",
            "<!ENTITY a '",
            "'>",
            "]>",
            "&a;",
            "&#65;",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<?a",
            "?>",
            "<string key='concept:name' value='A'/>",
            "<date key='time:timestamp' value='2024-01-01'/>",
            " key='",
            " xmlns:a='b'",
            "<classifier name='a' keys=\"'b' c\"/>",
            "<a:b ",
            "/>",
            ">",
            "<",
            "&",
            "\"",
            "'",
            "<!ELEMENT a (b|c)*",
            "<!ATTLIST a b CDATA '",
        ])
        .prop_map(ToOwned::to_owned),
        "[ -~\\n]{0,3}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn nothing_panics(text in soup(), bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        drop(read_stated(&text, &Stated::default()));
        drop(read_stated(format!("<log><trace><event>{text}</event></trace></log>"), &Stated::default()));
        drop(read_stated(&bytes, &Stated::default()));
        drop(read_stated([text.as_bytes(), &bytes].concat(), &Stated::default()));
    }

    /// Where the attributes of a trace stand does not matter, nor how the text is encoded.
    #[test]
    fn the_same_log_gives_the_same_report(cases in prop::collection::vec((0..5_u8, 1..4_usize), 1..6)) {
        let trace = |(case, events): &(u8, usize), is_late: bool| {
            let events = event(&(name("Prüfen") + &time(1))).repeat(*events);
            let name = format!("{}\n", name(&case.to_string()));
            if is_late { events + &name } else { name + &events }
        };
        let text = |is_late| log(&cases.iter().map(|case| trace(case, is_late)).collect::<Vec<_>>());
        let early = report(text(false));
        let wide: Vec<u8> = [0xfe, 0xff].into_iter().chain(text(false).encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let wide = EventLogReport { encoding: early.encoding.clone(), ..report(wide) };
        prop_assert_eq!(&wide, &early);
        let late = report(text(true));
        prop_assert_eq!((late.rows, late.cases, codes(&late)), (early.rows, early.cases, codes(&early)));
        let mut columns = types(&late);
        columns.sort_unstable();
        let mut others = types(&early);
        others.sort_unstable();
        prop_assert_eq!(columns, others);
    }
}
