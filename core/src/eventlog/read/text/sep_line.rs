//! The line `sep=;`, which tells Excel the delimiter and is no part of the table.

/// A `sep=` line at the beginning of a text.
#[derive(Debug, PartialEq)]
pub(crate) struct SepLine {
    /// Where the text goes on behind it.
    pub end: usize,
    pub delimiter: Option<u8>,
}

impl SepLine {
    pub fn of(text: &str) -> Option<Self> {
        let length = text.find(['\n', '\r'])?;
        let (line, after) = text.split_at(length);
        let line = line.trim_start_matches([' ', '"']);
        let (key, stated) = line.split_once('=')?;
        if !key.trim().eq_ignore_ascii_case("sep") {
            return None;
        }
        let stated = stated.trim_start_matches(' ').trim_end_matches('"');
        let (delimiter, padding) = match stated.strip_prefix("\\t") {
            Some(padding) => (Some('\t'), padding),
            None => (stated.chars().next(), stated.get(1..).unwrap_or_default()),
        };
        // A spreadsheet that saves the line again pads it.
        let is_padding = |letter: char| matches!(letter, ',' | ';' | '\t' | '|' | ' ' | '"');
        if delimiter.is_some_and(char::is_alphanumeric) || !padding.chars().all(is_padding) {
            return None;
        }
        let line_break = if after.starts_with("\r\n") { 2 } else { 1 };
        let delimiter = delimiter.and_then(|delimiter| u8::try_from(delimiter).ok()).filter(u8::is_ascii);
        Some(Self { end: length + line_break, delimiter })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_it() {
        for (line, delimiter) in [
            ("sep=;", Some(b';')),
            ("SEP=,", Some(b',')),
            ("\"sep=;\"", Some(b';')),
            ("sep=\t", Some(b'\t')),
            ("sep=\\t", Some(b'\t')),
            ("sep = |", Some(b'|')),
            ("sep=;,,,", Some(b';')),
            ("\"sep=,\";;", Some(b',')),
            ("sep=", None),
        ] {
            let text = format!("{line}\r\na;b\n");
            let found = SepLine::of(&text).unwrap();
            assert_eq!((found.end, found.delimiter), (line.len() + 2, delimiter), "{line}");
        }
    }

    #[test]
    fn other_lines() {
        for line in ["a;b", "separator=;", "sep=abc", "sep;=", "step=;", "sep=;x", "sep=ä", ""] {
            assert_eq!(SepLine::of(&format!("{line}\na;b\n")), None, "{line}");
        }
        assert_eq!(SepLine::of("sep=;"), None, "there is nothing behind it");
    }
}
