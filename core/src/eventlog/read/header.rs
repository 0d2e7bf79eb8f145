//! Which record of a table holds the headings.
//!
//! The first record does, unless there is good evidence against it: an ordinary file must never lose its first line.

use std::collections::HashSet;

use crate::eventlog::profile::roles::is_known_heading;
use crate::eventlog::profile::sample::is_null_word;

/// How many records at the start of a table are looked at.
pub(crate) const HEADER_SAMPLE: usize = 200;

/// Where the headings of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct HeaderPlace {
    /// The index of the record with the headings.
    pub record: usize,
    /// The record is data like those below it: the table has no headings.
    pub is_data: bool,
}

/// Finds the headings among the first records of a table; blank cells are empty strings.
///
/// Lines above the headings are titles, comments, and blank records. Without clear evidence of such lines the first
/// record that is not blank holds the headings, whatever is in it.
pub(crate) fn find_header(rows: &[Vec<&str>]) -> HeaderPlace {
    let rows = rows.get(..HEADER_SAMPLE).unwrap_or(rows);
    let first = rows.iter().position(|row| filled(row) > 0).unwrap_or(0);
    let has_title = rows.get(first).is_some_and(|row| !is_named(row));
    let is_header = |at: &usize| {
        let (above, rest) = rows.split_at(*at);
        let above = above.get(first..).unwrap_or_default();
        rest.split_first().is_some_and(|(header, body)| is_above(above, header) && is_header_of(header, body))
    };
    let below = if has_title { (first + 1..rows.len()).find(is_header) } else { None };
    let record = below.unwrap_or(first);
    let is_data = match rows.get(record..).and_then(<[_]>::split_first) {
        Some((header, body)) => is_data(header, body),
        None => false,
    };
    HeaderPlace { record, is_data }
}

/// Whether records can be titles, comments and settings above a header. The first one has to be shorter than the header,
/// unless that has headings that logs have; others may be as long if they have values.
fn is_above(rows: &[Vec<&str>], header: &[&str]) -> bool {
    let headings = filled(header);
    let is_short = |row: &[&str]| {
        let cells = filled(row);
        cells <= 1 || is_comment(row) || (cells < headings && cells <= (headings / 2).max(2))
    };
    let has_value = |row: &[&str]| row.iter().any(|cell| is_value(cell.trim()));
    rows.iter().all(|row| is_short(row) || has_value(row))
        && rows.first().is_some_and(|first| is_short(first) || is_named(header))
}

/// Whether some headings are those that logs have.
fn is_named(header: &[&str]) -> bool {
    header.iter().filter(|name| is_known_heading(name)).count() > 1
}

fn is_comment(row: &[&str]) -> bool {
    let first = row.iter().map(|cell| cell.trim_start()).find(|cell| !cell.is_empty());
    first.is_some_and(|cell| ["#", "//", "--"].iter().any(|mark| cell.starts_with(mark)))
}

/// Whether a record that is not the first one is clearly the header of those below it: it has a text of its own for
/// nearly every column, and in at least one of them the values below are no texts.
fn is_header_of(header: &[&str], body: &[Vec<&str>]) -> bool {
    let names: Vec<&str> = header.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    let distinct: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let is_worded = names.len() > 1
        && distinct.len() * 2 > names.len()
        && !is_comment(header)
        && !names.iter().any(|name| is_value(name) || is_null_word(name.as_bytes()));
    let has_rows = body.iter().filter(|row| filled(row) * 2 > names.len()).count() * 10 >= body.len() * 6;
    let has_width = typical_width(body).is_none_or(|width| names.len() * 10 >= width * 6);
    if !is_worded || !has_rows || !has_width {
        return false;
    }
    let columns = || (0..header.len()).map(|place| Column::of(header, body, place));
    !columns().any(|column| column.recurs) && (is_named(header) || columns().any(|column| column.is_unlike))
}

/// Whether the first record is one of data: its cells look like those below them.
fn is_data(header: &[&str], body: &[Vec<&str>]) -> bool {
    let columns: Vec<Column<'_>> =
        (0..header.len()).map(|place| Column::of(header, body, place)).filter(Column::is_filled).collect();
    if columns.iter().any(|column| !column.recurs && is_known_heading(column.heading)) {
        return false;
    }
    let count = |is: fn(&Column<'_>) -> bool| columns.iter().filter(|column| is(column)).count();
    if columns.iter().all(|column| column.is_empty) {
        return count(|column| is_value(column.heading)) * 2 > columns.len();
    }
    let (like, unlike) = (count(|column| column.is_like), count(|column| column.is_unlike));
    // A word above numbers is a heading; beside a date above dates it may be a value that stands for none.
    let is_clear = unlike == 0
        || (like > unlike * 2 && columns.iter().any(|column| column.is_like && is_date(column.heading)));
    like > 0 && like * 2 >= columns.len() && is_clear
}

/// A heading and the values below it.
struct Column<'a> {
    heading: &'a str,
    /// There is no value.
    is_empty: bool,
    /// One of the values is the same as the heading.
    recurs: bool,
    /// The heading looks like one of the values.
    is_like: bool,
    /// The heading is written in another way than the values are.
    is_unlike: bool,
}

impl<'a> Column<'a> {
    fn of(header: &[&'a str], body: &[Vec<&str>], place: usize) -> Self {
        let heading = header.get(place).map_or("", |cell| cell.trim());
        let values = || {
            let cells = body.iter().filter_map(move |row| row.get(place)).map(|cell| cell.trim());
            cells.filter(|cell| !cell.is_empty() && !is_null_word(cell.as_bytes()))
        };
        let all = values().count();
        let most = |count: usize| all > 0 && count * 5 >= all * 4;
        let own = shape(heading);
        let recurs = values().any(|value| value == heading);
        let has_values = most(values().filter(|value| is_value(value)).count());
        let has_shape = own.contains('9') && most(values().filter(|value| shape(value) == own).count());
        // "C17" above "C18".
        let has_codes = values().next().is_some_and(|first| {
            let first = shape(first);
            first.contains('9') && most(values().filter(|value| shape(value) == first).count())
        });
        let is_text = !is_value(heading);
        let is_like = has_shape || (is_text && recurs);
        Self {
            heading,
            is_empty: all == 0,
            recurs: recurs && !heading.is_empty(),
            is_like,
            is_unlike: all > 0 && !heading.is_empty() && !is_like && is_text == (has_values || has_codes),
        }
    }

    fn is_filled(&self) -> bool {
        !self.heading.is_empty() && !is_null_word(self.heading.as_bytes())
    }
}

fn filled(row: &[&str]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}

/// How many cells a record mostly has, up to the last one that is filled.
fn typical_width(rows: &[Vec<&str>]) -> Option<usize> {
    let width = |row: &Vec<&str>| row.iter().rposition(|cell| !cell.trim().is_empty()).map(|last| last + 1);
    let mut widths: Vec<usize> = rows.iter().filter_map(width).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied()
}

/// Whether a cell is a number, a date, a time or a truth value, in any notation, rather than words: it has mostly digits.
pub(crate) fn is_value(cell: &str) -> bool {
    let (mut digits, mut letters) = (0, 0);
    for letter in cell.chars().filter(|letter| letter.is_alphanumeric()) {
        if letter.is_ascii_digit() { digits += 1 } else { letters += 1 }
    }
    digits > letters || cell.eq_ignore_ascii_case("true") || cell.eq_ignore_ascii_case("false")
}

/// Whether a cell is a date or a time in numbers.
pub(crate) fn is_date(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let marks = cell.bytes().filter(|byte| matches!(byte, b'-' | b'.' | b'/' | b':')).count();
    is_value(cell) && digits >= 5 && marks >= 2
}

/// How a value is written: `C-17` and `X-9` are both `a-9`.
fn shape(cell: &str) -> String {
    let mut shape = String::new();
    for letter in cell.chars().take(64) {
        let class = match letter {
            '0'..='9' => '9',
            letter if letter.is_alphabetic() => 'a',
            other => other,
        };
        if !shape.ends_with(class) {
            shape.push(class);
        }
    }
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn place(text: &str) -> HeaderPlace {
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        find_header(&rows)
    }

    fn record(text: &str) -> usize {
        place(text).record
    }

    const TABLE: &str = "Case,Step,When,Note\n1,Open,2024-01-01 10:00,ok\n1,Close,2024-01-02 10:00,ok\n";

    #[test]
    fn lines_above_the_header_are_skipped() {
        for (above, lines) in [
            ("Report: open tickets\n", 1),
            ("Report: open tickets\nCreated,2024-02-01\n\n", 3),
            ("Report: open tickets,,,\nCreated: 01.02.2024,,,\n,,,\n", 3),
            ("# exported 2024-02-01\n# by system, prod, 1.2, again, and more\n", 2),
            (",,,\n", 1),
            ("\n\n", 2),
            (",,Times,\n", 1),
            ("Report\nFrom,2024-01-01,to,2024-02-01\n", 2),
            ("Report\nFrom,01.01.2024,to\n\n", 3),
            ("Report,tickets,open,2024\n", 1),
        ] {
            assert_eq!(record(&format!("{above}{TABLE}")), lines, "{above}");
        }
        assert_eq!(record("Report\nCaseId,Activity,Timestamp\n"), 1, "known headings need no rows");
        assert_eq!(record("Report\nFirst,Second,Third\n"), 0);
    }

    #[test]
    fn an_ordinary_table_keeps_its_first_line() {
        for text in [
            TABLE,
            "Case,Step,When,\n1,Open,2024-01-01,ok\n1,Close,2024-01-02,ok\n",
            ",Step,,\n1,Open,2024-01-01,ok\n1,Close,2024-01-02,ok\n",
            "Case\n1,Open,2024-01-01,ok\n1,Close,2024-01-02,ok\n",
            "Case,Step\na,Open,Mon,ok\na,Close,Tue,ok\n",
            "Case,Step,2023,2024\n1,Open,5,6\n1,Close,5,6\n",
            "Case,Step,When,Note\n1\n1,Open\n1,Close,2024-01-02,ok\n",
            "Case,Step,When,Note\na,b,,\n1,Close,2024-01-02,ok\n1,Close,2024-01-02,ok\n",
            "#,Case,Step,When\n1,7,Open,2024-01-01\n2,7,Close,2024-01-02\n",
            "# Case,Step,When\n7,Open,2024-01-01\n7,Close,2024-01-02\n",
            "1,Open,2024-01-01\n1,Close,2024-01-02\n",
            "CaseId,Activity\na,b,c,d\n1,2,3,4\n1,2,3,4\n",
            "case\n1\n2\n",
            "note\nhello, you\nbye\n",
            "",
        ] {
            assert_eq!(record(text), 0, "{text}");
        }
    }

    #[test]
    fn data_in_the_first_line_is_told_from_headings() {
        for text in [
            "1,A,2024-01-01,x\n2,B,2024-01-02,y\n1,B,2024-01-03,x\n",
            "C1,Start,2024-01-01 10:00:00,ok\nC1,End,2024-01-02 10:00:00,ok\nC2,Start,2024-01-03 11:00:00,ok\n",
            "C1,Order,01.02.2024 10:00\nC2,Order,02.02.2024 11:00\n",
            "7,A,2024-01-01,n/a,1\n8,A,2024-01-02,4.5,1\n8,A,2024-01-02,4.5,1\n",
            "1,2024-01-01,3\n",
        ] {
            assert!(place(text).is_data, "{text}");
        }
        for text in [
            TABLE,
            "Case ID,Activity,Timestamp,2024-01-01\n1,Open,2024-01-13,5\n",
            "Ref,Step,When,2022,2023,2024\n1,Open,2024-01-13,5,6,7\n1,Done,2024-01-13,5,6,7\n",
            "Ref,Step,When,2022,2023,2024\nC1,Open,2024-01-13,5,6,7\nC2,Done,2024-01-13,5,6,7\n",
            "0,1,2\n7,Open,2024-01-13\n7,Close,2024-01-14\n",
            "a,b\nx,y\n",
            "case,activity,timestamp\n",
            "col1,col2,col3\n7,Open,2024-01-13\n7,Close,2024-01-14\n",
        ] {
            assert!(!place(text).is_data, "{text}");
        }
    }

    proptest! {
        /// Whatever the headings and the rows are: where the first line has a heading for most columns, it stays the
        /// header.
        #[test]
        fn an_ordinary_table_never_loses_its_header(
            headings in prop::collection::vec("[A-Z][a-z]{0,8}( [a-z]{1,5})?|20[0-9]{2}|[a-z]_id|col[0-9]|", 3..8),
            cells in prop::collection::vec("[0-9]{1,6}|2024-0[1-9]-1[0-9]|[A-C]|[a-z]{2,9}|C[0-9]{1,3}|", 0..80),
            lost in 0..10usize,
        ) {
            prop_assume!(headings.iter().filter(|heading| !heading.is_empty()).count() * 3 > headings.len() * 2);
            let header: Vec<&str> = headings.iter().map(String::as_str).collect();
            let mut rows = vec![header.clone()];
            let width = header.len() + usize::from(lost == 0);
            rows.extend(cells.chunks(width).map(|row| row.iter().map(String::as_str).collect()));
            prop_assert_eq!(find_header(&rows).record, 0);
        }
    }
}
