//! Text: its encoding as far as its structure depends on it, JSON, and what separates the values of a table.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::de::IgnoredAny;

use super::{Content, markup};

/// The lines from which a delimiter is found.
const LINES: usize = 20;
/// What separates the values of a table; of two that are as regular, the last.
const DELIMITERS: [char; 4] = ['|', '\t', ';', ','];

/// What the first bytes are that have no signature.
pub(super) fn identify(head: &[u8]) -> Content {
    let Some(text) = decode(head) else { return Content::Binary };
    let text = text.trim_start_matches('\u{feff}');
    let printed = text.trim_start();
    match printed.chars().next() {
        None if text.is_empty() => return Content::Empty,
        Some('<') => markup::identify(printed),
        Some('{') if printed.starts_with("{\\rtf1\\") => {
            Some(Content::Document("a document in Rich Text Format (RTF)"))
        }
        Some('{' | '[') => is_json(printed).then_some(Content::Json),
        Some('%') => is_pdf(printed).then_some(Content::Document("a PDF document")),
        _ => is_mime(printed).then_some(Content::Document("an e-mail or a web page archive (MHTML)")),
    }
    .unwrap_or_else(|| Content::Text { delimiter: delimiter(text) })
}

/// The text; nothing if it is binary data. Letters other than ASCII may be wrong.
fn decode(head: &[u8]) -> Option<Cow<'_, str>> {
    if let Some((encoding, _)) = Encoding::for_bom(head) {
        return Some(encoding.decode(head).0);
    }
    if let Some(text) = utf8(head) {
        return (!is_full_of_zeros(head)).then_some(text.into()).or_else(|| utf16(head));
    }
    if let Some(text) = utf16(head) {
        return Some(text);
    }
    let is_binary = is_full_of_zeros(head) || controls(head) * 20 > head.len();
    (!is_binary).then(|| WINDOWS_1252.decode_without_bom_handling(head).0)
}

/// UTF-8 whose last character may be cut off.
fn utf8(head: &[u8]) -> Option<&str> {
    match std::str::from_utf8(head) {
        Ok(text) => Some(text),
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(head.get(..error.valid_up_to())?).ok()
        }
        Err(_) => None,
    }
}

/// UTF-16 without a mark: its letters are letters, and some of them are ASCII.
fn utf16(head: &[u8]) -> Option<Cow<'_, str>> {
    let bytes = head.get(..head.len() - head.len() % 2)?;
    if controls(bytes) == 0 {
        return None;
    }
    [UTF_16LE, UTF_16BE].into_iter().find_map(|encoding| {
        let (text, malformed) = encoding.decode_without_bom_handling(bytes);
        let (all, ascii) = (text.chars().count(), text.chars().filter(char::is_ascii).count());
        let last = text.char_indices().last().map(|(at, _)| at);
        // The last character may be cut off.
        let is_whole = !malformed || text.find(char::REPLACEMENT_CHARACTER) == last;
        (is_whole && ascii * 20 > all && !text.contains(is_no_letter)).then_some(text)
    })
}

fn is_no_letter(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
        || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}')
}

fn is_full_of_zeros(head: &[u8]) -> bool {
    head.iter().filter(|byte| **byte == 0).count() * 10 > head.len()
}

/// How many bytes are control characters that no text has.
fn controls(head: &[u8]) -> usize {
    head.iter().filter(|byte| matches!(byte, 0..=8 | 0x0e..=0x19 | 0x1c..=0x1f | 0x7f)).count()
}

/// Whether it is JSON from its start to where it is cut off: one value, or one on each line.
fn is_json(text: &str) -> bool {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<IgnoredAny>();
    loop {
        match values.next() {
            None => return true,
            Some(Err(error)) => return error.is_eof(),
            Some(Ok(_)) => {}
        }
        let rest = text.get(values.byte_offset()..).unwrap_or_default().trim_start_matches([' ', '\t', '\r']);
        if !rest.is_empty() && !rest.starts_with('\n') {
            return false;
        }
    }
}

fn is_pdf(text: &str) -> bool {
    let version = text.strip_prefix("%PDF-").unwrap_or_default().as_bytes();
    matches!(version, [b'0'..=b'9', b'.', b'0'..=b'9', b'\r' | b'\n' | b' ', ..])
}

/// Whether it begins with the headers of a message, one of which is the version of MIME.
fn is_mime(text: &str) -> bool {
    let headers = || text.lines().take_while(|line| !line.trim().is_empty());
    let is_header = |line: &str| {
        line.starts_with([' ', '\t'])
            || line.split_once(':').is_some_and(|(name, _)| {
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            })
    };
    let is_version = |line: &str| {
        let value = line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("MIME-Version"));
        value.is_some_and(|(_, value)| value.split('(').next().map(str::trim) == Some("1.0"))
    };
    headers().any(is_version) && headers().all(is_header)
}

/// What separates the values, if most of the first lines have as many of it.
pub(super) fn delimiter(text: &str) -> Option<char> {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LINES).collect();
    // The last line may be cut off.
    let lines = lines.get(..lines.len().max(2) - 1).unwrap_or(&lines);
    let regular = |delimiter: char| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, delimiter)).collect();
        let first = counts.first().copied().filter(|first| *first > 0)?;
        let same = counts.iter().filter(|count| **count == first).count();
        (same * 2 > counts.len()).then_some((same, first))
    };
    let found = DELIMITERS.into_iter().filter_map(|delimiter| Some((regular(delimiter)?, delimiter)));
    found.max_by_key(|(regularity, _)| *regularity).map(|(_, delimiter)| delimiter)
}

/// How often a delimiter stands in a line, outside of quotes.
fn count(line: &str, delimiter: char) -> usize {
    let mut is_quoted = false;
    let outside = |c: &char| {
        is_quoted ^= *c == '"';
        !is_quoted && *c == delimiter
    };
    line.chars().filter(outside).count()
}
