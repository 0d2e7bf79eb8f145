//! Text as RFC 4180 has it: in quotes where it holds what would end it.

use memchr::{memchr, memchr3};

/// Whether a text, or many of them in one piece, can stand as it is.
pub(super) fn is_plain(text: &[u8]) -> bool {
    memchr3(b',', b'"', b'\n', text).is_none() && memchr(b'\r', text).is_none()
}

/// A text that needs no quotes. An empty one gets them, because nothing at all stands for null.
pub(super) fn write_plain(text: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(if text.is_empty() { b"\"\"" } else { text.as_bytes() });
}

/// Any text.
pub(super) fn write(text: &str, out: &mut Vec<u8>) {
    if is_plain(text.as_bytes()) {
        return write_plain(text, out);
    }
    out.push(b'"');
    for (at, part) in text.split('"').enumerate() {
        if at > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        write(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn quotes_stand_where_they_are_needed() {
        for (text, csv) in [
            ("Receive order", "Receive order"),
            ("", "\"\""),
            ("a,b", "\"a,b\""),
            ("say \"yes\"", "\"say \"\"yes\"\"\""),
            ("\"", "\"\"\"\""),
            ("one\r\ntwo", "\"one\r\ntwo\""),
            ("bare\rreturn", "\"bare\rreturn\""),
        ] {
            assert_eq!(written(text), csv);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(text in "[ab,\"\r\n é]{0,12}") {
            let line = format!("{},x\r\n", written(&text));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(row.iter().collect::<Vec<_>>(), [text.as_str(), "x"]);
        }
    }
}
