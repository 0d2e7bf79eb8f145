//! The rows of a block, tallied.

use std::cell::Cell;

use csv::ByteRecord;
use memchr::{memchr_iter, memrchr2};
use simd_csv::ZeroCopyReaderBuilder;

use super::cut::{Block, Events};
use crate::eventlog::ReadError;
use crate::eventlog::profile::tally::Tally;
use crate::eventlog::report::problem::ProblemCode;

/// How the records of a text are read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layout {
    pub delimiter: u8,
    /// How many headings there are.
    pub columns: usize,
}

impl Layout {
    /// The csv crate's reader: it takes every text, and is what all others are held to.
    pub fn reader<'a>(&self, bytes: &'a [u8]) -> csv::Reader<&'a [u8]> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .from_reader(bytes)
    }
}

impl Block {
    /// Tallies its rows, and keeps their events.
    pub fn tally(&mut self, layout: Layout, tally: &mut Tally) -> Result<(), ReadError> {
        self.decode(tally);
        self.events.all.clear();
        self.events.starts.clear();
        let lines = Lines::of(&self.bytes, self.first_line);
        let mut rows = Rows { lines: &lines, layout, block: self.index, tally, events: &mut self.events };
        if self.is_regular { rows.read_regular() } else { rows.read_any() }
    }
}

struct Rows<'a> {
    lines: &'a Lines<'a>,
    layout: Layout,
    block: usize,
    tally: &'a mut Tally,
    events: &'a mut Events,
}

impl Rows<'_> {
    /// Reads what is as RFC 4180 has it.
    fn read_regular(&mut self) -> Result<(), ReadError> {
        let mut reader = ZeroCopyReaderBuilder::with_capacity(64 << 10)
            .delimiter(self.layout.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(self.lines.bytes);
        let mut start = 0;
        while let Some(record) = reader.read_byte_record().map_err(unreadable)? {
            for (place, value) in record.unquoted_iter().enumerate() {
                self.tally.see_text(place, value);
            }
            let count = record.len();
            if self.tally.is_sampled_row() {
                self.tally.keep_row(self.order(start), || record.unquoted_iter());
            }
            self.end_row(start, count);
            start = usize::try_from(reader.position()).unwrap_or(usize::MAX);
        }
        Ok(())
    }

    /// Reads anything.
    fn read_any(&mut self) -> Result<(), ReadError> {
        let mut reader = self.layout.reader(self.lines.bytes);
        let (mut record, mut start) = (ByteRecord::new(), 0);
        while reader.read_byte_record(&mut record).map_err(unreadable)? {
            record.iter().enumerate().for_each(|(place, value)| self.tally.see_text(place, value));
            if self.tally.is_sampled_row() {
                self.tally.keep_row(self.order(start), || record.iter());
            }
            self.end_row(start, record.len());
            start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        }
        Ok(())
    }

    #[inline]
    fn end_row(&mut self, start: usize, values: usize) {
        let lines = self.lines;
        if self.tally.is_blank_row() {
            return self.tally.skip_blank_row(lines.of_record(start));
        }
        if values != self.layout.columns {
            self.tell_ragged(start, values);
        }
        if let Some(event) = self.tally.end_row(|| lines.of_record(start)) {
            self.events.all.push(event);
            self.events.starts.push(u32::try_from(start).unwrap_or(u32::MAX));
        }
    }

    /// A number that grows from row to row of the file.
    fn order(&self, start: usize) -> u64 {
        ((self.block as u64) << 32) | start as u64
    }

    #[cold]
    fn tell_ragged(&mut self, start: usize, values: usize) {
        let (lines, columns) = (self.lines, self.layout.columns);
        let message = || format!("The row has {} where the header has {columns}.", values_of(values));
        let (line, example) = (|| Some(lines.of_record(start)), || Some(to_text(lines.text(start))));
        self.tally.problems.add(ProblemCode::RaggedRow, None, line, message, example);
    }
}

fn to_text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn values_of(count: usize) -> String {
    if count == 1 { "1 value".to_owned() } else { format!("{count} values") }
}

fn unreadable(cause: impl std::fmt::Display) -> ReadError {
    ReadError::Malformed(format!("the file is not delimited text: {cause}"))
}

/// Numbers the lines of a block.
pub(crate) struct Lines<'a> {
    bytes: &'a [u8],
    /// A place whose line is known: the next that is asked for is behind it, mostly.
    known: Cell<(usize, u64)>,
    first: u64,
}

impl<'a> Lines<'a> {
    pub fn of(bytes: &'a [u8], first: u64) -> Self {
        Self { bytes, known: Cell::new((0, first)), first }
    }

    /// The line of a record, which may have blank lines before it.
    pub fn of_record(&self, start: usize) -> u64 {
        self.at(self.skip_blank(start))
    }

    /// The line of a byte.
    pub fn at(&self, at: usize) -> u64 {
        let (known, line) = self.known.get();
        let (from, line) = if known <= at { (known, line) } else { (0, self.first) };
        let passed = self.bytes.get(from..at).unwrap_or_default();
        let is_lone = |place: &usize| self.bytes.get(from + place + 1) != Some(&b'\n');
        let returns = memchr_iter(b'\r', passed).filter(is_lone).count();
        let line = line + (memchr_iter(b'\n', passed).count() + returns) as u64;
        self.known.set((at, line));
        line
    }

    /// The beginning of the line that a byte is in.
    pub fn text(&self, at: usize) -> &'a [u8] {
        let at = self.skip_blank(at);
        let before = self.bytes.get(..at).and_then(|before| memrchr2(b'\n', b'\r', before));
        let line = self.bytes.get(before.map_or(0, |end| end + 1)..).unwrap_or_default();
        let line = line.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
        line.get(..400).unwrap_or(line)
    }

    fn skip_blank(&self, at: usize) -> usize {
        let rest = self.bytes.get(at..).unwrap_or_default();
        at + rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count()
    }
}
