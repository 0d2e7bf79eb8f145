//! The dialect of a text: its delimiter, its quotes and its header, by the consistency of its first records.

use std::collections::HashMap;

use csv::StringRecord;

use super::one_column::{self, OneColumn};
use super::quoting::{Quoting, requoted};
use super::rows::Lines;
use super::sep_line::SepLine;
use super::unnamed::Unnamed;
use crate::eventlog::read::header::{HEADER_SAMPLE, HeaderPlace, find_header};

/// What may stand between two values, the more usual first.
const USUAL: [u8; 4] = [b',', b';', b'\t', b'|'];
/// What may do so in exports of machines. A colon is not among them: it is in every time.
const RARE: [u8; 4] = [b'^', b'~', 0x1f, 0x01];

/// How a text is a table.
#[derive(Debug)]
pub(crate) struct Dialect {
    pub delimiter: u8,
    pub quoting: Quoting,
    /// The first line with quotes that are not as RFC 4180 has them, and how many lines come before.
    pub unusual: Option<(u64, String)>,
    /// A line for spreadsheets before everything else.
    pub sep_line: Option<SepLine>,
    /// Where the headings are among the records behind that line.
    pub header: HeaderPlace,
    pub unnamed: Unnamed,
    pub one_column: Option<OneColumn>,
}

impl Dialect {
    /// Finds the dialect of the beginning of a text.
    pub fn of(text: &str, default: u8) -> Self {
        let sep_line = SepLine::of(text);
        let table = sep_line.as_ref().and_then(|line| text.get(line.end..)).unwrap_or(text);
        let stated =
            sep_line.as_ref().and_then(|line| line.delimiter).map(|stated| Candidate::of(table, stated));
        let best = stated.filter(|stated| stated.headings() > 1).or_else(|| Candidate::best(table));
        let best = best.unwrap_or_else(|| Candidate::new(table, default, Quoting::default()));
        Self {
            delimiter: best.delimiter,
            quoting: best.quoting,
            unusual: best.unusual_line(text),
            sep_line,
            header: best.header,
            unnamed: Unnamed::of(best.header_and_body()),
            one_column: one_column::explain(table, &best),
        }
    }
}

/// A text read with one delimiter.
pub(crate) struct Candidate {
    pub delimiter: u8,
    quoting: Quoting,
    records: Vec<StringRecord>,
    header: HeaderPlace,
    /// How many values most rows have.
    pub width: usize,
    /// The share of the rows that have so many.
    pub share: f64,
}

impl Candidate {
    /// The delimiter that makes the most regular table, if one makes a table at all.
    pub fn best(text: &str) -> Option<Self> {
        let all = USUAL.iter().chain(&RARE).filter(|delimiter| text.as_bytes().contains(delimiter));
        let tables = all.map(|delimiter| Self::of(text, *delimiter)).filter(Self::is_table);
        tables.fold(None, |best, table| match best {
            Some(best) if Self::score(&best) >= table.score() => Some(best),
            _ => Some(table),
        })
    }

    /// The text with this delimiter, and with the quotes that fit it.
    fn of(text: &str, delimiter: u8) -> Self {
        let standard = Self::new(text, delimiter, Quoting::default());
        let quoting = Quoting::of(text, delimiter);
        if quoting.is_standard() {
            return standard;
        }
        let other = Self::new(text, delimiter, quoting);
        if other.is_even() || other.score() >= standard.score() { other } else { standard }
    }

    fn new(text: &str, delimiter: u8, quoting: Quoting) -> Self {
        let records = if quoting.is_standard() {
            records(text.as_bytes(), delimiter)
        } else {
            records(&requoted(text.as_bytes(), quoting, delimiter), delimiter)
        };
        let rows: Vec<Vec<&str>> = records.iter().map(|record| record.iter().collect()).collect();
        let header = find_header(&rows);
        let headings = rows.get(header.record).map_or(0, Vec::len);
        let body = rows.get(header.record + 1..).unwrap_or_default();
        let (width, share) = typical_width(body, headings);
        Self { delimiter, quoting, records, header, width, share }
    }

    fn unusual_line(&self, text: &str) -> Option<(u64, String)> {
        if self.quoting.is_standard() {
            return None;
        }
        let (at, line) = self.quoting.first_line(text, self.delimiter)?;
        Some((Lines::of(text.as_bytes(), 0).at(at), line.to_owned()))
    }

    /// How regular the table is: by the share of its rows that have the same number of values, and a little by that
    /// number. A header of another length speaks against it, as do lines above the header.
    fn score(&self) -> f64 {
        let width = u32::try_from(self.width).unwrap_or(u32::MAX);
        let header = match self.headings() {
            headings if headings == self.width => 1.0,
            headings if headings + 1 == self.width && headings > 1 => 0.9,
            _ => 0.5,
        };
        let above = if self.header.record == 0 { 1.0 } else { 0.95 };
        self.share.powi(2) * (1.0 + f64::from(width).ln()) * header * above
    }

    fn is_table(&self) -> bool {
        let headings = self.headings();
        if RARE.contains(&self.delimiter) {
            return headings > 1 && self.is_even();
        }
        self.width > 1 && (headings > 1 || (self.width > 2 && self.share >= 0.8))
    }

    /// Nearly all rows have as many values as there are headings.
    fn is_even(&self) -> bool {
        self.headings() == self.width && self.share >= 0.9
    }

    pub fn headings(&self) -> usize {
        self.records.get(self.header.record).map_or(0, StringRecord::len)
    }

    /// The header, and the records below it.
    pub fn header_and_body(&self) -> (&StringRecord, &[StringRecord]) {
        static NONE: std::sync::LazyLock<StringRecord> = std::sync::LazyLock::new(StringRecord::new);
        let from = self.records.get(self.header.record..).unwrap_or_default();
        from.split_first().unwrap_or((&NONE, &[]))
    }
}

/// The first records of a text.
pub(crate) fn records(text: &[u8], delimiter: u8) -> Vec<StringRecord> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text);
    reader.records().filter_map(Result::ok).take(HEADER_SAMPLE).collect()
}

/// How many values most rows have, and the share of the rows that have so many; blank rows do not count. A header alone
/// is as wide as itself.
fn typical_width(body: &[Vec<&str>], headings: usize) -> (usize, f64) {
    let mut counts: HashMap<usize, u32> = HashMap::new();
    let mut all = 0;
    for row in body.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())) {
        *counts.entry(row.len()).or_default() += 1;
        all += 1;
    }
    let typical = counts.into_iter().max_by_key(|(width, count)| (*count, *width == headings, *width));
    typical.map_or((headings, 1.0), |(width, count)| (width, f64::from(count) / f64::from(all)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str) -> Dialect {
        Dialect::of(text, b',')
    }

    fn delimiter(text: &str) -> char {
        char::from(dialect(text).delimiter)
    }

    #[test]
    fn each_delimiter() {
        assert_eq!(delimiter("a,b\n1,2\n"), ',');
        assert_eq!(delimiter("a;b\n1,5;2\n3,5;4\n"), ';');
        assert_eq!(delimiter("a\tb\n1,5\t2;3\n"), '\t');
        for delimiter in USUAL.iter().chain(&RARE).map(|delimiter| char::from(*delimiter)) {
            let text = "a,b,c\n1,2,3\n4,5,6\n".replace(',', &delimiter.to_string());
            assert_eq!(dialect(&text).delimiter, delimiter as u8);
            assert!(dialect(&text).one_column.is_none());
        }
    }

    #[test]
    fn decimal_commas_are_no_delimiters() {
        assert_eq!(delimiter(&format!("id;a;b;c\n{}", "1,0;2,5;3,5;4,5\n".repeat(199))), ';');
        assert_eq!(delimiter(&format!("x\n\nid;a;b;c\n{}", "1,0;2,5;3,5;4,5\n".repeat(99))), ';');
        assert_eq!(delimiter("a;b\n1,5;2,5\n3,5;4,5\n"), ';');
        assert_eq!(delimiter("when;what\n2024-01-01 10:00:00,123;A\n2024-01-01 10:00:00,124;B\n"), ';');
    }

    #[test]
    fn quotes_hide_delimiters_and_line_breaks() {
        assert_eq!(delimiter("a,b\n\"1;2;3\n;;\",2\n\"x;y\",3\n"), ',');
        for (text, is_single, has_escapes, has_blanks) in [
            ("'a';'b'\n'1, 2';'x'\n'1; 2';'y'\n", true, false, false),
            ("a;b\n\"5\\\"; x\";\"1\"\n\"5\\\"\";\"1\"\n", false, true, false),
            ("\"a\"; \"b\"\n\"1\"; \"x; y\"\n", false, false, true),
        ] {
            let found = dialect(text);
            assert_eq!(
                (found.delimiter, found.quoting),
                (b';', Quoting { is_single, has_escapes, has_blanks })
            );
            assert_eq!(found.unnamed, Unnamed::default(), "{text}");
        }
    }

    #[test]
    fn one_column() {
        for text in ["case\n1\n2\n", "note\nhello, you\nbye\nand so on\n", "note\na; b\nc\nd; e\n", ""] {
            assert_eq!(delimiter(text), ',', "{text}");
        }
    }

    #[test]
    fn ragged_rows_do_not_hide_the_delimiter() {
        assert_eq!(delimiter("a;b\n1\n1;2;3\n1;2\n1;2\n"), ';');
        assert_eq!(delimiter("a;b;c;d\n1;2;3\n1;2;3;4;5\n1;2;3;4\n1\n"), ';');
    }

    #[test]
    fn lines_above_the_header_do_not_hide_the_delimiter() {
        let table = "Case;Step;When\n1;Open;2024-01-01\n1;Close;2024-01-02\n";
        for (above, records) in
            [("", 0), ("Report, by me\nof today\n\n", 2), ("Report;;\n;;\n", 2), ("# a, b\n", 1)]
        {
            let found = dialect(&format!("{above}{table}"));
            assert_eq!((found.delimiter, found.header.record), (b';', records), "{above}");
        }
    }

    #[test]
    fn a_line_for_spreadsheets_states_the_delimiter() {
        assert_eq!(delimiter("sep=;\na;b\n1,5;2,5\n"), ';');
        assert_eq!(delimiter("sep=|\na|b,c\n1|2,5\n"), '|');
        assert_eq!(delimiter("\"sep=,\"\na;b\n1;2\n"), ';', "but not where it is wrong");
    }

    #[test]
    fn a_header_alone() {
        assert_eq!(delimiter("a;b;c\n"), ';');
    }
}
