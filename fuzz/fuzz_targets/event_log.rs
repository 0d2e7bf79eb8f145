//! Event logs: the first byte chooses the format, the rest is the file.
#![no_main]

use std::io::Write;

use libfuzzer_sys::fuzz_target;
use processmind::eventlog::{self, Format};

const FORMATS: [Format; 7] =
    [Format::Csv, Format::Tsv, Format::Txt, Format::Xes, Format::Xlsx, Format::Xlsb, Format::Xls];

fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(rest).expect("room on the disk");
    let _ = eventlog::read(file.path(), FORMATS[usize::from(*first) % FORMATS.len()]);
});
