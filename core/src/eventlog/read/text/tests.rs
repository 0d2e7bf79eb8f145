//! Texts as they are read from end to end.

use super::rows::{Layout, Lines};
use super::*;
use crate::eventlog::read::Forward;
use crate::eventlog::read::encoding::charset::{Charset, IBM850};
use crate::eventlog::{EventLogProblem, EventLogReport};
use csv::ByteRecord;
use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;
use std::sync::atomic::AtomicBool;

fn report(file: impl Read) -> Result<EventLogReport, ReadError> {
    let limits = Limits { cases: 10_000, stop: &AtomicBool::new(false) };
    Ok(read(Forward(file), Format::Csv, &Stated::default(), &limits)?.report(None, Format::Csv))
}

fn summary(bytes: &[u8]) -> EventLogReport {
    report(bytes).unwrap()
}

fn kinds(report: &EventLogReport) -> Vec<&str> {
    report.columns.iter().map(|column| column.r#type.as_str()).collect()
}

/// The problems but for those that are about which columns there are.
fn problems(report: &EventLogReport) -> Vec<(&str, Vec<i64>, i64)> {
    let told = |problem: &&EventLogProblem| {
        !problem.code.starts_with("NO_") && !["UNCERTAIN_ROLE", "DUPLICATE_ROWS"].contains(&&problem.code[..])
    };
    report.problems.iter().filter(told).map(|p| (p.code.as_str(), p.rows.clone(), p.count)).collect()
}

#[test]
fn a_plain_log() {
    let log =
        summary(b"CaseId,Activity,StartTime,Amount\n1,Order,2024-01-31 10:00:00,9.5\n1,Pay,2024-02-01,10\n");
    assert_eq!(log.rows, 2);
    assert_eq!(log.delimiter.as_deref(), Some(","));
    assert_eq!(log.encoding.as_deref(), Some("UTF-8"));
    assert_eq!(kinds(&log), ["integer", "string", "datetime", "number"]);
}

#[test]
fn a_header_alone_and_an_unnamed_column() {
    let log = summary(b",a\n");
    assert_eq!((log.rows, log.columns.len()), (0, 2));
    assert_eq!(log.columns[0].name, "");
}

#[test]
fn blank_lines_may_fill_the_first_block() {
    let log = summary(format!("{}a,b\n1\n", "\n".repeat(500)).as_bytes());
    assert_eq!((log.rows, log.columns.len(), log.problems[0].row), (1, 2, Some(502)));
}

#[test]
fn one_column_has_no_delimiter() {
    let log = summary(b"case\r\n1\r\n2");
    assert_eq!((log.rows, log.delimiter.as_deref()), (2, None));
}

#[test]
fn quoted_line_breaks_are_one_row() {
    let log = summary(b"a;b\n\"x\ny;z\";1\n\"\"\"q\"\"\";2\n");
    assert_eq!((log.rows, log.delimiter.as_deref()), (2, Some(";")));
    assert_eq!(kinds(&log), ["string", "integer"]);
}

#[test]
fn uneven_rows_are_counted() {
    assert_eq!(summary(b"a,b\n1\n1,2,3\n1,2\n1,2\n").rows, 4);
}

#[test]
fn encodings() {
    assert_eq!(summary(b"\xef\xbb\xbfa,b\n1,2\n").columns[0].name, "a");
    let latin = summary(b"Vorg\xe4nge,b\n1,2\n");
    assert_eq!(
        (latin.columns[0].name.as_str(), latin.encoding.as_deref()),
        ("Vorgänge", Some("windows-1252"))
    );
    for (mark, bytes) in
        [([0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xfe, 0xff], u16::to_be_bytes)]
    {
        let mut raw = mark.to_vec();
        raw.extend("Größe;b\n1;2\n".encode_utf16().flat_map(bytes));
        let log = summary(&raw);
        assert_eq!((log.rows, log.columns[0].name.as_str()), (1, "Größe"));
    }
}

#[test]
fn a_long_file_is_read_beyond_its_head() {
    let mut text = "id,when\n".to_owned();
    (0..20_000).for_each(|row| text.push_str(&format!("{row},2024-01-31T10:00:00Z\n")));
    text.push_str("last,never\n");
    let log = summary(text.as_bytes());
    assert_eq!(log.rows, 20_001);
    assert_eq!(kinds(&log), ["string", "string"]);
}

#[test]
fn what_is_no_table_is_refused() {
    assert!(matches!(report(&b""[..]), Err(ReadError::Empty)));
    assert!(matches!(report(&b"PK\x03\x04\0\0"[..]), Err(ReadError::Malformed(_))));
    let wide = ",".repeat(20_000);
    assert!(matches!(report(wide.as_bytes()), Err(ReadError::TooLarge(_))));
}

#[test]
fn a_quote_that_never_closes_stops_at_the_limit() {
    let endless = (&b"a,b\n\""[..]).chain(std::io::repeat(b'x'));
    assert!(matches!(report(endless), Err(ReadError::TooLarge(_))));
}

/// What is in a log of many blocks, with faults in the first, in the middle and in the last.
fn long_log(rows: usize) -> (String, Vec<usize>) {
    let faults = vec![2, rows / 2, rows];
    let mut text = "CaseId,Activity,StartTime,Note\n".to_owned();
    for row in 1..=rows {
        let second = row % 50;
        let note = if row % 7 == 0 { "\"two\nlines, \"\"quoted\"\"\"" } else { "plain" };
        let end = if faults.contains(&row) { ",more" } else { "" };
        text.push_str(&format!("c{},Step {},2024-01-31T10:{second:02}:00Z,{note}{end}\n", row / 50, row % 9));
    }
    (text, faults)
}

#[test]
fn an_estimate_says_nothing_that_can_not_be() {
    let mut text = "CaseId,Activity,StartTime\n".to_owned();
    (0..3000).for_each(|row| text.push_str(&format!("c{row},{row},2024-01-31\n")));
    let log = summary(text.as_bytes());
    assert_eq!((log.cases, log.columns[0].distinct), (Some(3000), 3000), "cases are counted");
    assert!((2850..=3000).contains(&log.columns[1].distinct), "{}", log.columns[1].distinct);
}

#[test]
fn a_log_of_many_blocks_is_read_as_by_one() {
    let rows = 60_000;
    let (text, faults) = long_log(rows);
    let log = summary(text.as_bytes());
    assert_eq!((log.rows, log.cases), (rows as i64, Some(1201)));
    let line = |row: &usize| (1 + row + (row - 1) / 7) as i64;
    assert_eq!(problems(&log), [("RAGGED_ROW", faults.iter().map(line).collect(), 3)]);
    assert_eq!(kinds(&log), ["string", "string", "datetime", "string"]);
    assert_eq!(log.columns[2].last.as_deref(), Some("2024-01-31T10:49:00Z"));
    assert_eq!(log.events_over_time.iter().map(|period| period.events).sum::<i64>(), rows as i64);
}

const HEADER: &str = "case,activity,timestamp\n";

fn told(rows: &str) -> Vec<(String, Vec<i64>, i64)> {
    let log = summary([HEADER, rows].concat().as_bytes());
    problems(&log).into_iter().map(|(code, rows, count)| (code.to_owned(), rows, count)).collect()
}

fn one(code: &str, rows: &[i64], count: i64) -> Vec<(String, Vec<i64>, i64)> {
    vec![(code.to_owned(), rows.to_vec(), count)]
}

#[test]
fn an_event_that_is_late_is_found_across_blocks() {
    let mut rows = String::new();
    (0..100).for_each(|at| rows.push_str(&format!("{},A,2024-01-{:02}\n", at % 3, 1 + at / 4)));
    assert_eq!(told(&rows), []);
    assert_eq!(told(&format!("{rows}\n\n1,A,2024-01-20\n")), one("EVENTS_OUT_OF_ORDER", &[104], 1));
}

#[test]
fn what_is_missing_is_told() {
    assert_eq!(told("1,A,2024-01-01\n ,A,2024-01-02\n"), one("MISSING_CASE_ID", &[3], 1));
    assert_eq!(told("1,A,2024-01-01\n1,,2024-01-02\n"), one("MISSING_ACTIVITY", &[3], 1));
    assert_eq!(told("1,A,2024-01-01\n1,A,\n"), one("MISSING_TIMESTAMP", &[3], 1));
    assert_eq!(told("1,A,2024-01-01\n1,A,soon\n"), one("UNREADABLE_TIMESTAMP", &[3], 1));
    assert_eq!(told(""), [], "NO_ROWS alone");
}

#[test]
fn quotes_out_of_place_are_told_and_hide_no_row() {
    let pipe = "1,5\" pipe,2024-01-01\n";
    let rows = [pipe, &"1,A,2024-01-01\n".repeat(20), pipe].concat();
    assert_eq!(told(&rows), one("STRAY_QUOTE", &[2, 23], 2));
    let log = summary([HEADER, &rows].concat().as_bytes());
    assert_eq!((log.rows, log.columns[1].distinct), (22, 2));
    assert_eq!(told("1,\"A\"B,2024-01-01\n"), one("STRAY_QUOTE", &[2], 1));
    let unclosed = told("1,A,2024-01-01\n1,\"A,2024-01-01\n1,A,2024-01-01\n");
    assert_eq!(unclosed[0], ("UNCLOSED_QUOTE".to_owned(), vec![3], 1));
    assert_eq!(told("\"1\",\"A \"\"B\"\"\",\"2024-01-01\"\n"), []);
}

#[test]
fn bytes_that_are_no_letters_are_told() {
    assert_eq!(told("1,A,2024-01-01\n1,B\0,2024-01-02\n"), one("NUL_BYTE", &[3], 1));
    let utf8 = "1,Prüfung,2024-01-01\n".repeat(9);
    let mixed = [HEADER.as_bytes(), utf8.as_bytes(), b"1,Pr\xfcfung,2024-01-01\n"].concat();
    let log = summary(&mixed);
    assert_eq!(problems(&log), [("MIXED_ENCODING", vec![11], 1)]);
    assert_eq!((log.encoding.as_deref(), log.columns[1].distinct), (Some("UTF-8"), 1));
    let legacy = b"1,Pr\xfcfung,2024-01-01\n".repeat(9);
    let mixed = [HEADER.as_bytes(), &legacy, "1,Prüfung,2024-01-01\n".as_bytes()].concat();
    let log = summary(&mixed);
    assert_eq!((problems(&log).len(), log.encoding.as_deref()), (1, Some("windows-1252")));
}

#[test]
fn headings_are_checked() {
    let codes =
        |text: &str| summary(text.as_bytes()).problems.into_iter().map(|p| p.code).collect::<Vec<_>>();
    let row = "1,A,2024-01-01,x\n2,B,2024-01-02,y\n1,B,2024-01-03,x\n";
    assert_eq!(codes(&format!("case,activity,timestamp,\n{row}")), ["EMPTY_HEADING"]);
    assert_eq!(codes(&format!("case,activity,timestamp,case\n{row}")), ["DUPLICATE_HEADING"]);
    assert_eq!(codes(row), ["HEADER_IS_DATA"]);
    assert_eq!(codes("a,b\nx,y\nz,w\n"), ["NO_ACTIVITY_COLUMN", "NO_TIMESTAMP_COLUMN", "UNCERTAIN_ROLE"]);
    assert_eq!(codes(&format!("\n\n{HEADER}")), ["NO_ROWS"]);
}

#[test]
fn nobody_waits_for_a_check_that_was_stopped() {
    let limits = Limits { cases: 10, stop: &AtomicBool::new(true) };
    let endless = std::io::repeat(b'\n');
    let endless = (&b"a,b\n1,2\n"[..]).chain(endless);
    assert!(matches!(
        read(Forward(endless), Format::Csv, &Stated::default(), &limits),
        Err(ReadError::Stopped)
    ));
}

/// What the csv crate makes of a text: rows, how many are ragged, and how many values each column has.
fn oracle(text: &str, log: &EventLogReport) -> Option<(i64, i64, Vec<i64>)> {
    let delimiter = log.delimiter.as_deref().map_or(b',', |delimiter| delimiter.as_bytes()[0]);
    let mut reader = Layout { delimiter, columns: 0 }.reader(text.as_bytes());
    let lines = Lines::of(text.as_bytes(), 1);
    let (mut rows, mut ragged, mut filled) = (0, 0, vec![0; log.columns.len()]);
    let mut record = ByteRecord::new();
    loop {
        let line = lines.of_record(reader.position().byte() as usize);
        if !reader.read_byte_record(&mut record).unwrap() {
            return Some((rows, ragged, filled));
        }
        if line as i64 <= log.header_row? {
            continue;
        }
        if record.iter().all(|value| value.trim_ascii().is_empty()) {
            continue;
        }
        rows += 1;
        ragged += i64::from(record.len() != filled.len());
        for (filled, value) in filled.iter_mut().zip(&record) {
            *filled += i64::from(!value.trim_ascii().is_empty());
        }
    }
}

proptest! {
    /// Many workers with a fast splitter read as the csv crate does, whatever is in the text.
    #[test]
    fn the_csv_crate_reads_the_same(
        parts in prop::collection::vec("a|b|1|,|,|,|\n|\n|\n|\r\n|\r|\"|\"x, \n\"|\"\"\"\"| |é", 0..200)
    ) {
        let text = parts.concat();
        let Ok(log) = report(text.as_bytes()) else { return Ok(()) };
        prop_assume!(log.problems.iter().all(|problem| problem.code != "UNUSUAL_QUOTES"));
        let ragged = log.problems.iter().filter(|p| p.code == "RAGGED_ROW").map(|p| p.count).sum::<i64>();
        let found = (log.rows, ragged, log.columns.iter().map(|column| column.filled).collect());
        prop_assert_eq!(Some(found), oracle(&text, &log));
    }
}

proptest! {
    /// The rows, and the values in each column, are those that the csv crate finds.
    #[test]
    fn what_is_read_is_what_the_csv_crate_reads(body in "([ab0,\"\n\r]|é|\\xff){0,80}") {
        let text = format!("CaseId,Activity,StartTime\n{body}");
        let log = summary(text.as_bytes());
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let is_blank = |record: &ByteRecord| record.iter().all(|value| value.trim_ascii().is_empty());
        let records: Vec<_> = reader.byte_records().map(Result::unwrap).filter(|record| !is_blank(record)).collect();
        prop_assert_eq!(log.rows, i64::try_from(records.len()).unwrap());
        for (place, column) in log.columns.iter().enumerate() {
            let values = records.iter().filter_map(|record| record.get(place));
            let filled = values.filter(|value| !value.trim_ascii().is_empty()).count();
            prop_assert_eq!(column.filled, i64::try_from(filled).unwrap(), "{}", &column.name);
        }
    }
}

/// A table, and how it is written.
#[derive(Clone, Debug)]
struct Written {
    rows: Vec<Vec<String>>,
    delimiter: char,
    quotes: Quotes,
    above: usize,
    line_break: &'static str,
    blank_lines: usize,
    encoding: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Quotes {
    Needed,
    All,
    Single,
    Backslash,
    Spaced,
}

const HEADINGS: [&str; 4] = ["Fall", "Tätigkeit", "Zeitpunkt der Prüfung", "Größe"];

impl Written {
    /// The text, and the line of its header.
    fn text(&self) -> (String, i64) {
        let row = |cells: Vec<&str>| {
            let cells: Vec<_> =
                cells.iter().enumerate().map(|(place, cell)| self.cell(place, cell)).collect();
            cells.join(&self.delimiter.to_string()) + self.line_break
        };
        let padding = self.delimiter.to_string().repeat(3);
        let above: Vec<String> = match self.above {
            0 => vec![],
            1 => vec![format!("sep={}", self.delimiter)],
            2 => vec![
                "Bericht: offene Fälle".to_owned(),
                "Erstellt am 01.02.2024, 08:00".to_owned(),
                String::new(),
            ],
            3 => vec![format!("Bericht{padding}"), padding],
            _ => vec!["# Bericht vom 2024-02-01".to_owned()],
        };
        let mut text: String = above.iter().map(|line| format!("{line}{}", self.line_break)).collect();
        text += &row(HEADINGS.to_vec());
        self.rows.iter().for_each(|cells| text += &row(cells.iter().map(String::as_str).collect()));
        (text + &self.line_break.repeat(self.blank_lines), above.len() as i64 + 1)
    }

    fn cell(&self, place: usize, cell: &str) -> String {
        let needs = cell.contains([self.delimiter, '"', '\n', '\r']) || cell.starts_with([' ', '\'']);
        match self.quotes {
            Quotes::Needed if !needs => cell.to_owned(),
            Quotes::Needed | Quotes::All => format!("\"{}\"", cell.replace('"', "\"\"")),
            Quotes::Single => format!("'{}'", cell.replace('\'', "''")),
            Quotes::Backslash => format!("\"{}\"", cell.replace('"', "\\\"")),
            Quotes::Spaced if place == 0 => format!("\"{}\"", cell.replace('"', "\"\"")),
            Quotes::Spaced => format!(" \"{}\"", cell.replace('"', "\"\"")),
        }
    }

    fn bytes(&self, text: &str) -> Vec<u8> {
        let utf16 = |order: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(order).collect::<Vec<_>>();
        match self.encoding {
            "UTF-8" => text.as_bytes().to_vec(),
            "UTF-8 with a mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            "UTF-16LE" => utf16(u16::to_le_bytes),
            "UTF-16BE" => utf16(u16::to_be_bytes),
            "UTF-16LE with a mark" => [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(),
            "IBM850" => encoded(text, Charset::Dos(&IBM850)),
            "macintosh" => encoded(text, Charset::MAC),
            _ => encoded(text, Charset::WINDOWS),
        }
    }
}

fn encoded(text: &str, charset: Charset) -> Vec<u8> {
    let byte = |letter: char| (0..=0xff).find(|byte| charset.decode(&[*byte]).0.starts_with(letter));
    text.chars().map(|letter| byte(letter).unwrap()).collect()
}

fn written() -> impl Strategy<Value = Written> {
    let row = (
        1..9u8,
        "[A-C]([aeäöü][nrst]|eiß){1,3}",
        1..29u8,
        "([bd][aeéü][lm]){0,2}|x[,;|] y|x\"q\" z|it's|zwei\nZeilen|[0-9]{1,3},5",
    );
    let row = row.prop_map(|(case, activity, day, note)| {
        vec![case.to_string(), activity, format!("2024-01-{day:02} 10:00:00"), note]
    });
    let quotes = [Quotes::Needed, Quotes::All, Quotes::Single, Quotes::Backslash, Quotes::Spaced];
    let encodings = [
        "UTF-8",
        "UTF-8 with a mark",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-16LE with a mark",
        "windows-1252",
        "IBM850",
        "macintosh",
    ];
    (
        prop::collection::vec(row, 3..40),
        prop::sample::select(vec![',', ';', '\t', '|', '^', '~', '\u{1f}']),
        prop::sample::select(quotes.to_vec()),
        0..5usize,
        prop::sample::select(vec!["\n", "\r\n", "\r"]),
        0..4usize,
        prop::sample::select(encodings.to_vec()),
    )
        .prop_map(|(rows, delimiter, quotes, above, line_break, blank_lines, encoding)| Written {
            rows,
            delimiter,
            quotes,
            above,
            line_break,
            blank_lines,
            encoding,
        })
}

proptest! {
    /// However a table is written, it is the same table.
    #[test]
    fn a_table_is_the_same_in_every_dialect_and_encoding(written in written()) {
        let (text, header_row) = written.text();
        let log = summary(&written.bytes(&text));
        let names: Vec<_> = log.columns.iter().map(|column| column.name.as_str()).collect();
        let filled: Vec<_> = log.columns.iter().map(|column| column.filled).collect();
        let expected = |place: usize| written.rows.iter().filter(|row| !row[place].trim().is_empty()).count() as i64;
        prop_assert_eq!(names, HEADINGS, "{}", text);
        prop_assert_eq!((log.rows, filled), (written.rows.len() as i64, (0..4).map(expected).collect()), "{}", text);
        prop_assert_eq!(log.header_row, Some(header_row));
        prop_assert_eq!(log.delimiter.clone(), Some(written.delimiter.to_string()));
        let encoding = log.encoding.clone().unwrap_or_default();
        prop_assert!(written.encoding.starts_with(&encoding), "{} is read as {}", written.encoding, encoding);
        let has = |code: &str| log.problems.iter().any(|problem| problem.code == code);
        prop_assert_eq!(has("LINES_BEFORE_HEADER"), written.above > 1);
        prop_assert_eq!(has("SEP_LINE"), written.above == 1);
        for code in ["RAGGED_ROW", "HEADER_TOO_SHORT", "HEADER_IS_DATA", "WRONG_LETTERS", "MIXED_ENCODING", "STRAY_QUOTE"] {
            prop_assert!(!has(code), "{}: {}", code, text);
        }
    }
}

#[test]
fn what_is_odd_about_a_table_is_told_with_its_line() {
    let rows = "1;A;2024-01-01\n1;B;2024-01-02\n2;A;2024-01-03\n";
    let found = |text: &str| {
        let log = summary(text.as_bytes());
        let problem = log.problems.first().map(|problem| (problem.code.clone(), problem.rows.clone()));
        (problem.unwrap_or_default(), log.header_row, log.rows)
    };
    let odd = |code: &str, rows: &[i64]| (code.to_owned(), rows.to_vec());
    let table = format!("case;activity;timestamp\n{rows}");
    assert_eq!(found(&format!("\nsep=;\n{table}")), (odd("SEP_LINE", &[2]), Some(3), 3));
    assert_eq!(
        found(&format!("Log\n\nof;today\n{table}")),
        (odd("LINES_BEFORE_HEADER", &[1, 3]), Some(4), 3)
    );
    assert_eq!(found(&table.replace(";2024", ";x;2024")), (odd("HEADER_TOO_SHORT", &[1, 2]), Some(1), 3));
    assert_eq!(found(&table.replace(';', "§")), (odd("NO_DELIMITER", &[1]), Some(1), 3));
    let quoted: String = table.lines().map(|line| format!("\"{line}\"\n")).collect();
    assert_eq!(found(&quoted), (odd("QUOTED_LINES", &[1]), Some(1), 3));
    let single = table.replace(";A;", ";'A';").replace(";B;", ";'B';").replace(";activity;", ";'activity';");
    assert_eq!(found(&single), (odd("UNUSUAL_QUOTES", &[1]), Some(1), 3));
    let escaped = table.replace(";B;", ";\"B \\\"x\\\"\";");
    assert_eq!(found(&escaped), (odd("UNUSUAL_QUOTES", &[3]), Some(1), 3));
}

#[test]
fn letters_that_look_wrong_are_told() {
    let wrong = |bytes: &[u8]| -> Vec<_> {
        let log = summary(bytes);
        let wrong = log
            .problems
            .into_iter()
            .filter(|problem| problem.code.ends_with("ED_ENCODING") || problem.code == "WRONG_LETTERS");
        wrong.map(|problem| (problem.code, problem.column, problem.rows)).collect()
    };
    let odd = |column: Option<&str>, rows: &[i64]| {
        ("WRONG_LETTERS".to_owned(), column.map(str::to_owned), rows.to_vec())
    };
    let table = "case,Tätigkeit,timestamp\n1,Prüfung,2024-01-01\n1,x,2024-01-02\n1,Prüfung,2024-01-03\n";
    assert_eq!(wrong(table.as_bytes()), []);
    let twice = WINDOWS_1252.decode_without_bom_handling(table.as_bytes()).0;
    assert_eq!(wrong(twice.as_bytes()), [odd(None, &[2, 4]), odd(Some("TÃ¤tigkeit"), &[1])]);
    let lost = table.replace('ü', "\u{fffd}");
    assert_eq!(wrong(lost.as_bytes()), [odd(None, &[2, 4])]);
    let doubtful = b"case,T\x8atigkeit,timestamp\n1,x,2024-01-01\n";
    assert_eq!(wrong(doubtful), [odd(Some("TŠtigkeit"), &[1])]);
    let table = format!("{}x,1\n", "case,timestamp\n".repeat(9));
    let cut = table.encode_utf16().map(|unit| if unit == u16::from(b'x') { 0xd800 } else { unit });
    let cut: Vec<u8> = cut.flat_map(u16::to_le_bytes).collect();
    assert_eq!(wrong(&cut), [odd(None, &[10])]);
    let thai = b"case,\xa1\xd2\xc3,timestamp\n1,\xa1\xd2\xc3\xfc,2024-01-01\n";
    assert!(summary(thai).encoding.as_deref() != Some("windows-874") || wrong(thai)[0].0 == "MIXED_ENCODING");
}
