//! The beginning of a text, which is read before all else: it shows the dialect, and the header is in it.

use std::io::Read;
use std::ops::Range;

use super::cut::{LONGEST_RECORD, too_long};
use super::quoting::{Requoted, Requoter};
use super::rows::Lines;
use crate::eventlog::ReadError;
use crate::eventlog::limits::Limits;

/// How much is read.
const HEAD: usize = 1 << 20;

/// The beginning of a text, from its first line that is not blank.
#[derive(Debug)]
pub(crate) struct Head {
    pub bytes: Vec<u8>,
    /// The number of its first line.
    pub first_line: u64,
    /// The text ends with it.
    pub is_whole: bool,
}

impl Head {
    pub fn read(text: &mut impl Read, limits: &Limits<'_>) -> Result<Self, ReadError> {
        let mut head = Self { bytes: Vec::new(), first_line: 1, is_whole: false };
        loop {
            limits.check()?;
            head.extend(text, HEAD)?;
            let blank = head.bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            if blank < head.bytes.len() || head.is_whole {
                head.skip(blank);
                return Ok(head);
            }
            // The last may be half of a line break.
            head.skip(blank.saturating_sub(1));
        }
    }

    /// Reads on, up to a size.
    fn extend(&mut self, text: &mut impl Read, size: usize) -> Result<(), ReadError> {
        let room = size.saturating_sub(self.bytes.len());
        self.is_whole = text.by_ref().take(room as u64).read_to_end(&mut self.bytes)? < room;
        Ok(())
    }

    fn skip(&mut self, blank: usize) {
        self.first_line = self.line_of(blank);
        self.bytes.drain(..blank);
    }

    /// The number of the line that a byte is in.
    pub fn line_of(&self, at: usize) -> u64 {
        Lines::of(&self.bytes, self.first_line).at(at)
    }

    /// Where the second line begins.
    pub fn second_line(&self) -> usize {
        let end = memchr::memchr2(b'\n', b'\r', &self.bytes).map_or(self.bytes.len(), |end| end + 1);
        let has_half = self.bytes.get(..end).is_some_and(|line| line.ends_with(b"\r"));
        end + usize::from(has_half && self.bytes.get(end) == Some(&b'\n'))
    }

    /// Rewrites the quotes of the head, and gives the rest of the text with its quotes rewritten.
    pub fn requote<R: Read>(&mut self, rest: R, mut requoter: Requoter) -> Requoted<R> {
        let raw = std::mem::take(&mut self.bytes);
        requoter.feed(&raw, &mut self.bytes);
        if self.is_whole {
            requoter.finish(&mut self.bytes);
        }
        Requoted::new(rest, requoter)
    }

    /// The lines that are whole.
    pub fn lines(&self) -> &[u8] {
        match memchr::memrchr2(b'\n', b'\r', &self.bytes) {
            Some(end) if !self.is_whole => self.bytes.get(..=end).unwrap_or(&self.bytes),
            _ => &self.bytes,
        }
    }

    /// Where a record is, counted from a place on. Reads on if it does not end here.
    pub fn find_record(
        &mut self,
        text: &mut impl Read,
        delimiter: u8,
        from: usize,
        index: usize,
    ) -> Result<Range<usize>, ReadError> {
        let mut size = HEAD;
        loop {
            let found = span(&self.bytes, delimiter, from, index);
            if found.end < self.bytes.len() || self.is_whole {
                return Ok(found);
            }
            if size >= LONGEST_RECORD {
                let line = self.line_of(found.start);
                return Err(too_long(
                    line,
                    self.bytes.get(found.start..).is_some_and(|rest| rest.contains(&b'"')),
                ));
            }
            size *= 2;
            self.extend(text, size)?;
        }
    }
}

/// Where a record begins, without blank lines, and where it ends.
fn span(bytes: &[u8], delimiter: u8, from: usize, index: usize) -> Range<usize> {
    let table = bytes.get(from..).unwrap_or_default();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(table);
    let place =
        |reader: &csv::Reader<&[u8]>| from + usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
    let mut record = csv::ByteRecord::new();
    for _ in 0..index {
        // What can't be read ends the text.
        let _ = reader.read_byte_record(&mut record);
    }
    let start = place(&reader);
    let is_break = |byte: &&u8| matches!(byte, b'\n' | b'\r');
    let blank = bytes.get(start..).unwrap_or_default().iter().take_while(is_break).count();
    let _ = reader.read_byte_record(&mut record);
    let end = place(&reader).max(start + blank);
    let has_half =
        bytes.get(..end).is_some_and(|record| record.ends_with(b"\r")) && bytes.get(end) == Some(&b'\n');
    start + blank..end + usize::from(has_half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicBool;

    fn head(mut text: &[u8]) -> Head {
        Head::read(&mut text, &Limits { cases: 1, stop: &AtomicBool::new(false) }).unwrap()
    }

    #[test]
    fn blank_lines_are_counted_and_dropped() {
        assert_eq!(head(b"\r\n\n\ra\n").first_line, 4);
        let many = [&b"\n".repeat(HEAD - 1)[..], b"\r\na,b\n"].concat();
        let head = head(&many);
        assert_eq!((head.first_line, &head.bytes[..]), (HEAD as u64 + 1, &b"a,b\n"[..]));
    }

    #[test]
    fn records_are_found() {
        let at = |text: &[u8], index| head(text).find_record(&mut &b""[..], b',', 0, index).unwrap();
        assert_eq!(at(b"a,b\n1,2\n", 0), 0..4);
        assert_eq!(at(b"a,b\r\n1,2\r\n", 0), 0..5);
        assert_eq!(at(b"title\r\n\r\n\"a\nb\",c\r\n1,2\r\n", 1), 9..18);
        assert_eq!(at(b"title\ra,b\r1", 1), 6..10);
        assert_eq!(at(b"a,b", 0), 0..3);
    }

    #[test]
    fn a_record_may_go_beyond_the_head() {
        let text = format!("\"{}\",b\n1,2\n", "x".repeat(3 * HEAD));
        let mut rest = text.as_bytes();
        let mut head = Head::read(&mut rest, &Limits { cases: 1, stop: &AtomicBool::new(false) }).unwrap();
        assert_eq!(head.find_record(&mut rest, b',', 0, 0).unwrap(), 0..3 * HEAD + 5);
    }
}
