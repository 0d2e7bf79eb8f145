//! Delimited text: csv, tsv and txt.

use std::{
    fs::File,
    io::{Cursor, Read},
    path::Path,
};

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use super::{
    Column, Format, Kind, ReadError, Summary, bounded::Bounded, columns::check_count, delimiter, encoding,
    kind::Guess,
};

/// The part of a file from which its delimiter is found.
const HEAD: u64 = 64 << 10;

pub(super) fn read(path: &Path, format: Format) -> Result<Summary, ReadError> {
    summarize(File::open(path)?, format)
}

fn summarize(mut file: impl Read, format: Format) -> Result<Summary, ReadError> {
    let (marked, file) = after_mark(&mut file)?;
    let mut text = encoding::decoded(file, marked.unwrap_or(UTF_8));
    let head = read_head(&mut text)?;
    let delimiter = delimiter::sniff(whole_lines(&head));
    let (source, allowance) = Bounded::new(Cursor::new(head).chain(text));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter.unwrap_or_else(|| default_delimiter(format)))
        .from_reader(source);

    let mut table = Table::default();
    let mut record = ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(unreadable)? {
        allowance.renew();
        table.take(&record)?;
    }
    table.finish(marked, delimiter)
}

/// The encoding by the byte order mark, and the source after it.
fn after_mark(file: &mut impl Read) -> Result<(Option<&'static Encoding>, impl Read), ReadError> {
    let mut start = Vec::new();
    file.by_ref().take(3).read_to_end(&mut start)?;
    let (marked, length) = encoding::by_mark(&start).unzip();
    let rest = start.split_off(length.unwrap_or(0));
    Ok((marked, Cursor::new(rest).chain(file)))
}

fn read_head(text: &mut impl Read) -> Result<Vec<u8>, ReadError> {
    let mut head = Vec::new();
    text.take(HEAD).read_to_end(&mut head)?;
    if head.contains(&0) {
        return Err(ReadError::Malformed("the file is not text: it has NUL bytes".to_owned()));
    }
    Ok(head)
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

fn unreadable(error: csv::Error) -> ReadError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) if error.kind() == std::io::ErrorKind::InvalidData => {
            ReadError::TooLarge(error.to_string())
        }
        csv::ErrorKind::Io(error) => ReadError::Io(error),
        other => ReadError::Malformed(format!("the file is not delimited text: {other:?}")),
    }
}

/// What the records add up to; the first one is the header.
#[derive(Default)]
struct Table {
    header: Option<ByteRecord>,
    guesses: Vec<Guess>,
    rows: u64,
    /// A value was not UTF-8. Delimiters and quotes are ASCII in every encoding left then, so the
    /// answer is not needed before the end.
    legacy: bool,
}

impl Table {
    fn take(&mut self, record: &ByteRecord) -> Result<(), ReadError> {
        if self.header.is_some() {
            self.rows += 1;
            self.see(record);
            return Ok(());
        }
        check_count(record.len())?;
        self.legacy = record.iter().any(|name| std::str::from_utf8(name).is_err());
        self.guesses = vec![Guess::new(); record.len()];
        self.header = Some(record.clone());
        Ok(())
    }

    fn see(&mut self, record: &ByteRecord) {
        for (guess, value) in self.guesses.iter_mut().zip(record) {
            match std::str::from_utf8(value) {
                Ok(value) => guess.see_text(value),
                Err(_) => {
                    self.legacy = true;
                    guess.see_kind(Kind::String);
                }
            }
        }
    }

    fn finish(self, marked: Option<&'static Encoding>, delimiter: Option<u8>) -> Result<Summary, ReadError> {
        let header = self.header.ok_or(ReadError::Empty)?;
        let encoding = if self.legacy { WINDOWS_1252 } else { UTF_8 };
        let names = header.iter().map(|name| encoding.decode_without_bom_handling(name).0.into_owned());
        let columns =
            names.zip(&self.guesses).map(|(name, guess)| Column { name, kind: guess.kind() }).collect();
        Ok(Summary {
            rows: self.rows,
            columns,
            delimiter: delimiter.map(char::from),
            encoding: Some(marked.unwrap_or(encoding).name()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(bytes: &[u8]) -> Summary {
        summarize(bytes, Format::Csv).unwrap()
    }

    fn kinds(summary: &Summary) -> Vec<Kind> {
        summary.columns.iter().map(|column| column.kind).collect()
    }

    #[test]
    fn a_plain_log() {
        let log = summary(
            b"CaseId,Activity,StartTime,Amount\n1,Order,2024-01-31 10:00:00,9.5\n1,Pay,2024-02-01,10\n",
        );
        assert_eq!(log.rows, 2);
        assert_eq!(log.delimiter, Some(','));
        assert_eq!(log.encoding, Some("UTF-8"));
        assert_eq!(kinds(&log), [Kind::Integer, Kind::String, Kind::Datetime, Kind::Number]);
    }

    #[test]
    fn a_header_alone_and_an_unnamed_column() {
        let log = summary(b",a\n");
        assert_eq!((log.rows, log.columns.len()), (0, 2));
        assert_eq!(log.columns[0].name, "");
    }

    #[test]
    fn one_column_has_no_delimiter() {
        let log = summary(b"case\r\n1\r\n2");
        assert_eq!((log.rows, log.delimiter), (2, None));
    }

    #[test]
    fn quoted_line_breaks_are_one_row() {
        let log = summary(b"a;b\n\"x\ny;z\";1\n\"\"\"q\"\"\";2\n");
        assert_eq!((log.rows, log.delimiter), (2, Some(';')));
        assert_eq!(kinds(&log), [Kind::String, Kind::Integer]);
    }

    #[test]
    fn uneven_rows_are_counted() {
        assert_eq!(summary(b"a,b\n1\n1,2,3\n1,2\n1,2\n").rows, 4);
    }

    #[test]
    fn encodings() {
        assert_eq!(summary(b"\xef\xbb\xbfa,b\n1,2\n").columns[0].name, "a");
        let latin = summary(b"Vorg\xe4nge,b\n1,2\n");
        assert_eq!((latin.columns[0].name.as_str(), latin.encoding), ("Vorgänge", Some("windows-1252")));
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
        assert_eq!(kinds(&log), [Kind::String, Kind::String]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(summarize(&b""[..], Format::Csv), Err(ReadError::Empty)));
        assert!(matches!(summarize(&b"PK\x03\x04\0\0"[..], Format::Csv), Err(ReadError::Malformed(_))));
        let wide = ",".repeat(20_000);
        assert!(matches!(summarize(wide.as_bytes(), Format::Csv), Err(ReadError::TooLarge(_))));
    }

    #[test]
    fn a_quote_that_never_closes_stops_at_the_limit() {
        let endless = (&b"a,b\n\""[..]).chain(std::io::repeat(b'x'));
        assert!(matches!(summarize(endless, Format::Csv), Err(ReadError::TooLarge(_))));
    }
}
