//! Delimited text: csv, tsv and txt. Read and cut on one thread, checked by two others.

mod cut;
mod delimiter;
mod rows;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use csv::ByteRecord;
use encoding_rs::UTF_8;

use self::cut::{Block, Cutter};
use self::rows::{Layout, Lines};
use crate::eventlog::limits::Limits;
use crate::eventlog::limits::check_count;
use crate::eventlog::profile::cases::Cases;
use crate::eventlog::profile::distinct::{Distinct, hash};
use crate::eventlog::profile::roles::{Role, Sample, roles};
use crate::eventlog::profile::tally::Tally;
use crate::eventlog::profile::timestamps::TimestampColumn;
use crate::eventlog::profile::types::Guess;
use crate::eventlog::read::encoding;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::stated::Stated;
use crate::eventlog::{Format, ReadError};

/// The part of a file from which its delimiter is found.
const HEAD: u64 = 64 << 10;
/// The rows from which roles are found.
const SAMPLE: usize = 1000;
/// More than two wait for the one that reads.
const WORKERS: usize = 2;
/// Blocks on the way: one for each worker to work on, one that waits for it, and two to read and to merge.
const BLOCKS: usize = 2 * WORKERS + 2;

pub(crate) fn read(
    file: impl Read + Seek,
    format: Format,
    _stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    let (marked, text) = encoding::start(file)?;
    let mut text = encoding::decoded(text, marked.unwrap_or(UTF_8));
    let mut head = Vec::new();
    text.by_ref().take(HEAD).read_to_end(&mut head)?;
    encoding::check_text(&head)?;
    let delimiter = delimiter::sniff(whole_lines(&head));
    let separator = delimiter.unwrap_or_else(|| default_delimiter(format));
    let mut cutter = Cutter::new(Cursor::new(head).chain(text), separator);

    let (mut first, mut told) = (Block::default(), Tally::default());
    while cutter.next_record(&mut first)? {
        limits.check()?;
    }
    first.decode(&mut told);
    let table = Table::of(&first, separator)?;
    let mut log = Log { cases: Cases::up_to(limits.cases), next: 0, waiting: BTreeMap::new() };
    let mut tally = table.tally();
    tally.problems = told.problems;
    if cutter.is_ended() {
        first.tally(table.layout, &mut tally)?;
        log.take(first, &mut tally);
    } else {
        read_parallel(&mut cutter, first, &table, &mut log, &mut tally, limits)?;
    }
    let encoding = marked.or(cutter.other).unwrap_or(UTF_8);
    Ok(Outcome {
        names: table.names,
        header_row: Some(table.header_row),
        cases: log.cases,
        tally,
        delimiter: delimiter.map(char::from),
        encoding: Some(encoding.name()),
    })
}

/// This thread reads and merges, the others check.
fn read_parallel(
    cutter: &mut Cutter<impl Read>,
    first: Block,
    table: &Table,
    log: &mut Log,
    tally: &mut Tally,
    limits: &Limits<'_>,
) -> Result<(), ReadError> {
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get().min(WORKERS));
    thread::scope(|scope| {
        let (done, finished) = channel();
        let mut queues = Vec::new();
        let mut handles = Vec::new();
        for _ in 0..workers {
            let (queue, blocks) = sync_channel(BLOCKS);
            let (done, tally, layout) = (Done(done.clone()), table.tally(), table.layout);
            let work = move || work(&blocks, &done, layout, tally);
            handles
                .push(thread::Builder::new().name("processmind-check".to_owned()).spawn_scoped(scope, work)?);
            queues.push(queue);
        }
        drop(done);
        let fed = feed(cutter, first, &queues, &finished, log, tally, limits);
        // Without more blocks the workers end.
        drop(queues);
        for handle in handles {
            match handle.join() {
                Ok(part) => tally.merge(part?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        fed?;
        finished.iter().flatten().for_each(|block| drop(log.take(block, tally)));
        Ok(())
    })
}

/// Gives blocks back, and tells when its worker leaves, for whatever reason: nobody waits for one that is gone.
struct Done(Sender<Option<Block>>);

impl Drop for Done {
    fn drop(&mut self) {
        // Where nobody receives, all is over.
        let _ = self.0.send(None);
    }
}

fn work(blocks: &Receiver<Block>, done: &Done, layout: Layout, mut tally: Tally) -> Result<Tally, ReadError> {
    for mut block in blocks {
        block.tally(layout, &mut tally)?;
        if done.0.send(Some(block)).is_err() {
            break;
        }
    }
    Ok(tally)
}

/// Reads block after block for one worker after the other, and takes back what is done.
fn feed(
    cutter: &mut Cutter<impl Read>,
    first: Block,
    queues: &[SyncSender<Block>],
    finished: &Receiver<Option<Block>>,
    log: &mut Log,
    tally: &mut Tally,
    limits: &Limits<'_>,
) -> Result<(), ReadError> {
    let mut free: Vec<Block> = (1..BLOCKS).map(|_| Block::default()).collect();
    let mut queues = queues.iter().cycle();
    let mut next = Some(first);
    while let (Some(block), Some(queue)) = (next.take(), queues.next()) {
        limits.check()?;
        // A worker that is gone tells why when it is joined.
        if queue.send(block).is_err() {
            return Ok(());
        }
        let mut spare = loop {
            let Some(spare) = free.pop() else {
                match finished.recv() {
                    Ok(Some(block)) => free.extend(log.take(block, tally)),
                    Ok(None) | Err(_) => return Ok(()),
                }
                continue;
            };
            break spare;
        };
        next = cutter.next(&mut spare)?.then_some(spare);
    }
    Ok(())
}

/// The events of all blocks, in the order of the file.
struct Log {
    cases: Cases,
    next: usize,
    waiting: BTreeMap<usize, Block>,
}

impl Log {
    /// Takes a block that is done; gives back those that are merged.
    fn take(&mut self, block: Block, tally: &mut Tally) -> Vec<Block> {
        self.waiting.insert(block.index, block);
        let mut merged = Vec::new();
        while let Some(block) = self.waiting.remove(&self.next) {
            self.merge(&block, tally);
            self.next += 1;
            merged.push(block);
        }
        merged
    }

    fn merge(&mut self, block: &Block, tally: &mut Tally) {
        let lines = Lines::of(&block.bytes, block.first_line);
        for (event, start) in block.events.all.iter().zip(&block.events.starts) {
            if self.cases.add(*event) {
                let line = || Some(lines.of_record(usize::try_from(*start).unwrap_or(usize::MAX)));
                tally.tell_late(line);
            }
        }
    }
}

/// The columns, as the first rows show them.
struct Table {
    header_row: u64,
    names: Vec<String>,
    roles: Vec<Option<Role>>,
    stamps: TimestampColumn,
    layout: Layout,
}

impl Table {
    fn of(first: &Block, delimiter: u8) -> Result<Self, ReadError> {
        let mut reader = Layout { delimiter, columns: 0 }.reader(&first.bytes);
        let mut records = reader.byte_records().filter_map(Result::ok);
        let header = records.next().ok_or(ReadError::Empty)?;
        check_count(header.len())?;
        // Blank lines may come before it.
        let header_row = Lines::of(&first.bytes, first.first_line).of_record(0);
        let rows: Vec<ByteRecord> = records.take(SAMPLE).collect();
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).into_owned()).collect();
        let values = |place: usize| rows.iter().filter_map(move |row| row.get(place));
        let samples: Vec<_> =
            names.iter().enumerate().map(|(place, name)| sample(name, rows.len(), values(place))).collect();
        let roles = roles(&samples);
        let timestamp = roles.iter().position(|role| *role == Some(Role::Timestamp));
        let stamps = TimestampColumn::of_sample(timestamp.into_iter().flat_map(values));
        Ok(Self { header_row, layout: Layout { delimiter, columns: names.len() }, names, roles, stamps })
    }

    fn tally(&self) -> Tally {
        Tally::new(self.roles.iter().copied(), self.stamps.clone())
    }
}

fn sample<'a>(name: &str, rows: usize, values: impl Iterator<Item = &'a [u8]>) -> Sample {
    let (mut guess, mut distinct, mut filled) = (Guess::new(), Distinct::new(1), 0);
    for value in values.map(<[u8]>::trim_ascii).filter(|value| !value.is_empty()) {
        guess.see_text(value);
        distinct.insert(hash(value));
        filled += 1;
    }
    Sample {
        name: name.to_owned(),
        kind: guess.kind(),
        rows: rows as u64,
        filled,
        distinct: distinct.count(),
    }
}

/// The head without the line that its end cuts.
fn whole_lines(head: &[u8]) -> &[u8] {
    let full = u64::try_from(head.len()).is_ok_and(|length| length < HEAD);
    match head.iter().rposition(|byte| *byte == b'\n') {
        Some(end) if !full => head.get(..=end).unwrap_or(head),
        _ => head,
    }
}

fn default_delimiter(format: Format) -> u8 {
    if format == Format::Tsv { b'\t' } else { b',' }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::read::Forward;
    use crate::eventlog::{EventLogProblem, EventLogReport};
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
        let told = |problem: &&EventLogProblem| !problem.code.starts_with("NO_");
        report.problems.iter().filter(told).map(|p| (p.code.as_str(), p.rows.clone(), p.count)).collect()
    }

    #[test]
    fn a_plain_log() {
        let log = summary(
            b"CaseId,Activity,StartTime,Amount\n1,Order,2024-01-31 10:00:00,9.5\n1,Pay,2024-02-01,10\n",
        );
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
        assert!(matches!(report(&b"PK\x03\x04\0\0"[..]), Err(ReadError::Unsupported(_))));
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
            text.push_str(&format!(
                "c{},Step {},2024-01-31T10:{second:02}:00Z,{note}{end}\n",
                row / 50,
                row % 9
            ));
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
        assert_eq!(codes("a,b\nx,y\nz,w\n"), ["NO_CASE_COLUMN", "NO_ACTIVITY_COLUMN", "NO_TIMESTAMP_COLUMN"]);
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
    fn oracle(text: &str, delimiter: u8) -> Option<(i64, i64, Vec<i64>)> {
        let mut reader = Layout { delimiter, columns: 0 }.reader(text.as_bytes());
        let mut records = reader.byte_records().map(Result::unwrap);
        let header = records.next()?;
        let (mut rows, mut ragged, mut filled) = (0, 0, vec![0; header.len()]);
        for record in records {
            rows += 1;
            ragged += i64::from(record.len() != header.len());
            for (filled, value) in filled.iter_mut().zip(&record) {
                *filled += i64::from(!value.trim_ascii().is_empty());
            }
        }
        Some((rows, ragged, filled))
    }

    proptest! {
        /// Many workers with a fast splitter read as the csv crate does, whatever is in the text.
        #[test]
        fn the_csv_crate_reads_the_same(
            parts in prop::collection::vec("a|b|1|,|,|,|\n|\n|\n|\r\n|\r|\"|\"x, \n\"|\"\"\"\"| |é", 0..200)
        ) {
            let text = parts.concat();
            let found = report(text.as_bytes()).ok().map(|log| {
                let delimiter = log.delimiter.as_deref().map_or(b',', |delimiter| delimiter.as_bytes()[0]);
                let ragged = log.problems.iter().filter(|p| p.code == "RAGGED_ROW").map(|p| p.count).sum::<i64>();
                (delimiter, (log.rows, ragged, log.columns.iter().map(|column| column.filled).collect()))
            });
            let delimiter = found.as_ref().map_or(b',', |(delimiter, _)| *delimiter);
            prop_assert_eq!(found.map(|(_, found)| found), oracle(&text, delimiter));
        }
    }

    proptest! {
        /// The rows, and the values in each column, are those that the csv crate finds.
        #[test]
        fn what_is_read_is_what_the_csv_crate_reads(body in "([ab0,\"\n\r]|é|\\xff){0,80}") {
            let text = format!("CaseId,Activity,StartTime\n{body}");
            let log = summary(text.as_bytes());
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            let records: Vec<_> = reader.byte_records().map(Result::unwrap).collect();
            prop_assert_eq!(log.rows, i64::try_from(records.len()).unwrap());
            for (place, column) in log.columns.iter().enumerate() {
                let values = records.iter().filter_map(|record| record.get(place));
                let filled = values.filter(|value| !value.trim_ascii().is_empty()).count();
                prop_assert_eq!(column.filled, i64::try_from(filled).unwrap(), "{}", &column.name);
            }
        }
    }
}
