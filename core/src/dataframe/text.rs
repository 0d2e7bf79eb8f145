//! Text as RFC 4180 has it: in quotes where it holds what would end it.

/// Any text. An empty one gets quotes, because nothing at all stands for null.
pub(super) fn write(text: &str, out: &mut Vec<u8>) {
    if text.is_empty() {
        out.extend_from_slice(b"\"\"");
    } else if is_plain(text.as_bytes()) {
        append(text.as_bytes(), out);
    } else {
        quote(text, out);
    }
}

fn quote(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    for (at, part) in text.split('"').enumerate() {
        if at > 0 {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(part.as_bytes());
    }
    out.push(b'"');
}

/// Whether a text can stand as it is.
///
/// Most are short: to call `memchr` for each, and then `memcpy`, takes twice as long as to look at the two ends of it,
/// which have a length that the compiler knows, and overlap or touch.
fn is_plain(text: &[u8]) -> bool {
    match text.len() {
        0..4 => !text.iter().any(|byte| is_special(*byte)),
        4..8 => ends::<4>(text).is_some_and(|(first, last)| plain(first) & plain(last)),
        8..16 => ends::<8>(text).is_some_and(|(first, last)| plain(first) & plain(last)),
        _ => {
            let (pieces, _) = text.as_chunks::<16>();
            pieces.iter().chain(text.last_chunk()).all(plain)
        }
    }
}

fn plain<const N: usize>(bytes: &[u8; N]) -> bool {
    !bytes.iter().fold(false, |found, byte| found | is_special(*byte))
}

fn is_special(byte: u8) -> bool {
    (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r')
}

/// Adds a text, by its two ends if it is short.
fn append(text: &[u8], out: &mut Vec<u8>) {
    match text.len() {
        4..8 => append_ends::<4>(text, out),
        8..16 => append_ends::<8>(text, out),
        16..32 => append_ends::<16>(text, out),
        _ => out.extend_from_slice(text),
    }
}

fn append_ends<const N: usize>(text: &[u8], out: &mut Vec<u8>) {
    if let Some((first, last)) = ends::<N>(text) {
        let end = out.len() + text.len();
        out.extend_from_slice(first);
        out.truncate(end - N);
        out.extend_from_slice(last);
    }
}

fn ends<const N: usize>(text: &[u8]) -> Option<(&[u8; N], &[u8; N])> {
    text.first_chunk().zip(text.last_chunk())
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
        fn what_is_written_is_read_again(text in "[ab,\"\r\n é]{0,12}|[a-z]{0,40}[,\"\r\né]?[a-z]{0,40}") {
            let line = format!("{},x\r\n", written(&text));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let row = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(row.iter().collect::<Vec<_>>(), [text.as_str(), "x"]);
        }
    }
}
