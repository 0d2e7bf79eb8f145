//! The rows of a CSV, against those that the csv crate reads.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use processmind::eventlog::{self, Format};

/// What decides where a field and a record end, and a few that do not.
const LETTERS: [u8; 8] = *b"ab0,\"\n\r\xff";

fuzz_target!(|bytes: &[u8]| {
    let mut text = b"CaseId,Activity,StartTime\n".to_vec();
    text.extend(bytes.iter().map(|byte| LETTERS[usize::from(*byte) % LETTERS.len()]));
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(&text).expect("room on the disk");
    let log = eventlog::read(file.path(), Format::Csv).expect("a log");
    // Quotes of another kind are read as they are meant, which is not as the csv crate reads them.
    if log.problems.iter().any(|problem| problem.code == "UNUSUAL_QUOTES") {
        return;
    }

    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(&text[..]);
    // A row without a value is not an event.
    let is_blank = |record: &csv::ByteRecord| record.iter().all(|value| value.trim_ascii().is_empty());
    let records = reader.byte_records().map(|record| record.expect("a record"));
    let records: Vec<_> = records.filter(|record| !is_blank(record)).collect();
    assert_eq!(log.rows, records.len() as i64);
    for (place, column) in log.columns.iter().enumerate() {
        let values = records.iter().filter_map(|record| record.get(place));
        assert_eq!(column.filled, values.filter(|value| !value.trim_ascii().is_empty()).count() as i64);
    }
});
