//! The opening of a text: its dialect and its header, found before any row is read.

use std::io::{Cursor, Read};
use std::ops::Range;

use csv::ByteRecord;

use super::cut::{Block, Cutter};
use super::dialect::Dialect;
use super::head::Head;
use super::letters::{LetterFinder, Letters};
use super::quoting::Requoter;
use super::rows::Layout;
use crate::eventlog::ReadError;
use crate::eventlog::limits::{Limits, check_count};
use crate::eventlog::profile::sample::Sample;
use crate::eventlog::read::encoding;
use crate::eventlog::report::problem::{ProblemCode, Problems};

/// What the head of a text shows.
pub(crate) struct Opening {
    pub head: Head,
    pub letters: Letters,
    pub dialect: Dialect,
    /// Where the table begins in the head: behind a line for spreadsheets.
    pub table: usize,
    /// Where the header is in the head.
    pub header: Range<usize>,
}

impl Opening {
    /// Reads the head. Gives the rest of the text, too.
    pub fn read<'a>(
        mut text: Box<dyn Read + 'a>,
        default_delimiter: u8,
        finder: &mut LetterFinder,
        limits: &Limits<'_>,
    ) -> Result<(Self, Box<dyn Read + 'a>), ReadError> {
        let mut head = Head::read(&mut text, limits)?;
        encoding::check_text(&head.bytes)?;
        let letters = finder.find(head.lines());
        let dialect = Dialect::of(&letters.to_text(head.lines()), default_delimiter);
        if !dialect.quoting.is_standard() {
            text = Box::new(head.requote(text, Requoter::new(dialect.quoting, dialect.delimiter)));
        }
        let table = if dialect.sep_line.is_some() { head.second_line() } else { 0 };
        let header = head.find_record(&mut text, dialect.delimiter, table, dialect.header.record)?;
        if header.is_empty() {
            return Err(ReadError::Empty);
        }
        Ok((Self { head, letters, dialect, table, header }, text))
    }

    /// The headings of all columns. Tells what is wrong with them and above them.
    pub fn names(&self, problems: &mut Problems) -> Result<Vec<String>, ReadError> {
        let row = self.header_row();
        let bytes = self.head.bytes.get(self.header.clone()).unwrap_or_default().to_vec();
        let mut block = Block::of(bytes, row, self.dialect.delimiter, self.letters);
        block.decode_header(problems);
        let mut reader = self.layout(0).reader(&block.bytes);
        let record = reader.byte_records().find_map(Result::ok).unwrap_or_default();
        check_count(record.len())?;
        self.tell(record.len(), problems);
        let headings = record.iter().map(|name| String::from_utf8_lossy(name).into_owned());
        let names = self.dialect.unnamed.complete(headings);
        for (place, name) in names.iter().enumerate() {
            if let Some(fault) = self.letters.fault(name) {
                let (line, example) = (|| Some(row), || Some(name.clone()));
                problems.add(ProblemCode::WrongLetters, Some(place), line, || fault, example);
            }
        }
        Ok(names)
    }

    pub fn header_row(&self) -> u64 {
        self.head.line_of(self.header.start)
    }

    /// The first rows, at most so many, and whether there are no others.
    pub fn sample(&self, columns: usize, count: usize) -> (Sample, bool) {
        let rows = self.letters.decode(self.head.lines().get(self.header.end..).unwrap_or_default());
        let mut reader = self.layout(columns).reader(&rows);
        let mut records = reader.byte_records().filter_map(Result::ok);
        let mut sample = Sample::new(columns);
        records.by_ref().take(count).for_each(|row: ByteRecord| sample.push_row(&row));
        let is_whole = self.head.is_whole && records.next().is_none();
        (sample, is_whole)
    }

    pub fn layout(&self, columns: usize) -> Layout {
        Layout { delimiter: self.dialect.delimiter, columns }
    }

    /// Cuts the rows, those in the head and those behind it.
    pub fn into_rows<'a>(
        mut self,
        rest: Box<dyn Read + 'a>,
        letters: LetterFinder,
    ) -> Cutter<impl Read + 'a> {
        let line = self.head.line_of(self.header.end);
        self.head.bytes.shrink_to_fit();
        let mut rows = Cursor::new(self.head.bytes);
        rows.set_position(self.header.end as u64);
        Cutter::new(rows.chain(rest), self.dialect.delimiter, line, letters)
    }
}
