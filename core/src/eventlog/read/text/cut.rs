//! Cuts a text into blocks that begin and end between two records, whatever is quoted in them.

use std::io::Read;

use memchr::{memchr, memchr_iter, memrchr2};

use super::letters::{LetterFinder, Letters};
use crate::eventlog::ReadError;
use crate::eventlog::profile::cases::Event;

/// The size that loses least: it stays in the cache, and is worth waking a worker for. In tests a short text has
/// many blocks.
const BLOCK: usize = if cfg!(test) { 64 } else { 1 << 20 };
/// How many quotes out of place are kept of a block, so that a file full of them takes no more memory than another.
const MOST_STRAYS: usize = 1 << 16;
/// The longest record that is read: beyond it a file is taken for damaged, as by a quote that is never closed.
pub(crate) const LONGEST_RECORD: usize = 64 << 20;

/// Whole records of a text.
#[derive(Debug, Default)]
pub(crate) struct Block {
    pub index: usize,
    pub bytes: Vec<u8>,
    /// The line that it begins with, as an editor numbers lines.
    pub first_line: u64,
    /// Every quote and every end of a line is where RFC 4180 has it.
    pub is_regular: bool,
    /// How its bytes are letters; nothing where they are UTF-8 already, and what is odd about them was told.
    pub letters: Option<Letters>,
    /// Where quotes are that are out of place; of very many, the first.
    pub strays: Vec<usize>,
    /// Where the quote is that is never closed.
    pub unclosed: Option<usize>,
    pub events: Events,
}

/// The events of a block's rows, in their order, and where each row begins.
#[derive(Debug, Default)]
pub(crate) struct Events {
    pub all: Vec<Event>,
    pub starts: Vec<u32>,
}

impl Block {
    /// The records of a text that was cut already.
    pub fn of(bytes: Vec<u8>, first_line: u64, delimiter: u8, letters: Letters) -> Self {
        let scan = Scan::of(&bytes, delimiter, true);
        let mut block = Self { bytes, first_line, ..Self::default() };
        block.describe(scan, letters);
        block
    }

    /// Keeps what is known about its bytes. Gives how many lines they are.
    fn describe(&mut self, scan: Scan, letters: Letters) -> u64 {
        let lone = lone_returns(&self.bytes);
        self.is_regular = scan.strays.is_empty()
            && scan.unclosed.is_none()
            && lone == 0
            && !self.bytes.starts_with(b"\xef\xbb\xbf");
        self.letters = Some(letters);
        self.strays = scan.strays;
        self.unclosed = scan.unclosed;
        memchr_iter(b'\n', &self.bytes).count() as u64 + lone
    }
}

/// Reads a source block by block.
pub(crate) struct Cutter<R> {
    source: R,
    delimiter: u8,
    rest: Vec<u8>,
    next_index: usize,
    next_line: u64,
    is_ended: bool,
    pub letters: LetterFinder,
}

impl<R: Read> Cutter<R> {
    /// The source begins with a record, in a line with this number.
    pub fn new(source: R, delimiter: u8, line: u64, letters: LetterFinder) -> Self {
        Self { source, delimiter, rest: Vec::new(), next_index: 0, next_line: line, is_ended: false, letters }
    }

    /// Whether all was read.
    pub fn is_ended(&self) -> bool {
        self.is_ended && self.rest.is_empty()
    }

    /// Fills a block; false where nothing is left.
    pub fn next(&mut self, block: &mut Block) -> Result<bool, ReadError> {
        block.bytes.clear();
        block.bytes.append(&mut self.rest);
        let mut size = BLOCK;
        let scan = loop {
            self.fill(&mut block.bytes, size)?;
            let scan = Scan::of(&block.bytes, self.delimiter, self.is_ended);
            if scan.end > 0 || self.is_ended {
                break scan;
            }
            if size >= LONGEST_RECORD {
                return Err(too_long(self.next_line, scan.unclosed.is_some()));
            }
            size *= 2;
        };
        self.rest.extend_from_slice(block.bytes.get(scan.end..).unwrap_or_default());
        block.bytes.truncate(scan.end);
        if block.bytes.is_empty() {
            return Ok(false);
        }
        let letters = self.letters.find(&block.bytes);
        let lines = block.describe(scan, letters);
        block.index = self.next_index;
        block.first_line = self.next_line;
        self.next_index += 1;
        self.next_line += lines;
        Ok(true)
    }

    fn fill(&mut self, bytes: &mut Vec<u8>, size: usize) -> Result<(), ReadError> {
        if let Some(room) = size.checked_sub(bytes.len()).filter(|_| !self.is_ended) {
            bytes.reserve_exact(room);
            let read = self.source.by_ref().take(room as u64).read_to_end(bytes)?;
            self.is_ended = read < room;
        }
        Ok(())
    }
}

pub(crate) fn too_long(line: u64, quoted: bool) -> ReadError {
    let why = if quoted { ": a quote in it is never closed" } else { "" };
    ReadError::TooLarge(format!("the record in line {line} is longer than 64 MiB{why}"))
}

/// How many line breaks are a carriage return alone.
fn lone_returns(bytes: &[u8]) -> u64 {
    let is_lone = |at: &usize| bytes.get(at + 1) != Some(&b'\n');
    memchr_iter(b'\r', bytes).filter(is_lone).count() as u64
}

/// Where records end, by what the csv crate takes for a quoted field: a quote opens one only at its very beginning,
/// and what follows the closing quote is not quoted any more.
#[derive(Debug, Default, PartialEq, Eq)]
struct Scan {
    /// Behind the last record that is whole.
    end: usize,
    strays: Vec<usize>,
    unclosed: Option<usize>,
}

impl Scan {
    fn of(bytes: &[u8], delimiter: u8, is_ended: bool) -> Self {
        let mut scan = Self::default();
        // Behind the last quoted field, and from where on quotes are looked for.
        let (mut plain, mut from) = (0, 0);
        while let Some(quote) = find_quote(bytes, from) {
            let before = quote.checked_sub(1).and_then(|at| bytes.get(at));
            if before.is_some_and(|before| !ends_field(*before, delimiter)) {
                scan.see_stray(quote);
                from = quote + 1;
                continue;
            }
            scan.see_plain(bytes, plain, quote);
            let Some(close) = closing_quote(bytes, quote, is_ended) else {
                scan.unclosed = Some(quote);
                break;
            };
            if bytes.get(close + 1).is_some_and(|after| !ends_field(*after, delimiter)) {
                scan.see_stray(close);
            }
            (plain, from) = (close + 1, close + 1);
        }
        if scan.unclosed.is_none() {
            scan.see_plain(bytes, plain, bytes.len());
        }
        if is_ended {
            scan.end = bytes.len();
        } else {
            // Those behind it come again with the next block.
            scan.strays.retain(|at| *at < scan.end);
            scan.unclosed = scan.unclosed.filter(|_| scan.end == 0);
        }
        scan
    }

    fn see_stray(&mut self, at: usize) {
        if self.strays.len() < MOST_STRAYS {
            self.strays.push(at);
        }
    }

    /// Finds the last end of a record in what is not quoted.
    fn see_plain(&mut self, bytes: &[u8], from: usize, to: usize) {
        let mut plain = bytes.get(from..to).unwrap_or_default();
        while let Some(at) = memrchr2(b'\n', b'\r', plain) {
            // A return at the very end may have its line feed in the next block.
            if plain.get(at) == Some(&b'\n') || bytes.get(from + at + 1).is_some() {
                self.end = from + at + 1;
                return;
            }
            plain = plain.get(..at).unwrap_or_default();
        }
    }
}

fn find_quote(bytes: &[u8], from: usize) -> Option<usize> {
    Some(from + memchr(b'"', bytes.get(from..)?)?)
}

/// Where a quoted field ends. At the end of a block it is not known what follows.
fn closing_quote(bytes: &[u8], open: usize, is_ended: bool) -> Option<usize> {
    let mut from = open + 1;
    loop {
        let quote = find_quote(bytes, from)?;
        match bytes.get(quote + 1) {
            Some(b'"') => from = quote + 2,
            None if !is_ended => return None,
            _ => return Some(quote),
        }
    }
}

fn ends_field(byte: u8, delimiter: u8) -> bool {
    byte == delimiter || matches!(byte, b'\n' | b'\r')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scan(text: &str) -> Scan {
        Scan::of(text.as_bytes(), b',', false)
    }

    #[test]
    fn records_end_outside_of_quotes() {
        assert_eq!(scan("a,b\n1,2\n3").end, 8);
        assert_eq!(scan("a,\"b\n1\",2\n\"x\ny").end, 10);
        assert_eq!(scan("a,\"\"\"\n\"\n\"").end, 8);
        assert_eq!(scan("a\rb\r").end, 2);
        assert_eq!(scan("a,\"b\n").end, 0);
    }

    #[test]
    fn quotes_out_of_place_are_found_and_do_not_hide_what_follows() {
        let stray = scan("a,5\" pipe,b\nc,d\n");
        assert_eq!((stray.end, stray.strays), (16, vec![3]));
        let behind = scan("\"a\"b,c\n");
        assert_eq!((behind.end, behind.strays), (7, vec![2]));
        let many = "a\"".repeat(MOST_STRAYS + 1);
        assert_eq!(Scan::of(many.as_bytes(), b',', true).strays.len(), MOST_STRAYS);
        let unclosed = Scan::of(b"a\n\"b\n", b',', true);
        assert_eq!((unclosed.end, unclosed.unclosed), (5, Some(2)));
    }

    proptest! {
        /// The end of a scan is the end of a record for the csv crate, too.
        #[test]
        fn the_csv_crate_agrees(text in "[ab,\"\n\r]{0,40}") {
            let end = scan(&text).end;
            let records = |text: &str| -> Vec<Vec<String>> {
                let reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
                reader.into_records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
            };
            let (left, right) = text.split_at(end);
            prop_assert_eq!([records(left), records(right)].concat(), records(&text), "cut at {}", end);
        }
    }
}
