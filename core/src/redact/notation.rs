//! The notations that a character may be written in: percent-encoded, escaped as in JSON or XML, also more than once.

/// A text without its escapes.
pub(super) fn plain(mut text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(text.len());
    while let Some((found, width)) = character(text) {
        plain.push(found);
        text = text.get(width..).unwrap_or_default();
    }
    plain
}

/// What a character in another notation begins with.
pub(super) const ESCAPES: [u8; 3] = [b'%', b'\\', b'&'];

pub(super) fn is_escape(byte: u8) -> bool {
    ESCAPES.contains(&byte)
}

/// The first character of a text, whatever notation it is in, and how many bytes that takes.
pub(super) fn character(text: &[u8]) -> Option<(u8, usize)> {
    let first = *text.first()?;
    let escaped = match first {
        b'%' => percent_encoded(text),
        b'\\' => backslashed(text),
        b'&' => entity(text),
        _ => None,
    };
    Some(escaped.unwrap_or((first, 1)))
}

/// `%2F`, also encoded again: `%252F`.
fn percent_encoded(text: &[u8]) -> Option<(u8, usize)> {
    let mut at = 1;
    while text.get(at..at + 2)? == b"25" && hex(text.get(at + 2..at + 4).unwrap_or_default()).is_some() {
        at += 2;
    }
    Some((hex(text.get(at..at + 2)?)?, at + 2))
}

/// `\u002f` and `\/`, also with backslashes that are escaped themselves.
fn backslashed(text: &[u8]) -> Option<(u8, usize)> {
    let at = text.iter().position(|byte| *byte != b'\\').unwrap_or(text.len());
    match text.get(at) {
        Some(b'u') if text.get(at + 1..at + 3) == Some(b"00") => {
            Some((hex(text.get(at + 3..at + 5)?)?, at + 5))
        }
        Some(byte @ (b'"' | b'\'' | b'/')) => Some((*byte, at + 1)),
        _ => Some((b'\\', at)),
    }
}

/// `&amp;`, `&#47;` and `&#x2F;`, also escaped again: `&amp;#47;`.
fn entity(text: &[u8]) -> Option<(u8, usize)> {
    let mut at = 1;
    while text.get(at..).is_some_and(|rest| rest.starts_with(b"amp;")) {
        at += 4;
    }
    let rest = text.get(at..)?;
    let end = rest.iter().take(8).position(|byte| *byte == b';');
    let named = end.and_then(|end| Some((reference(rest.get(..end)?)?, at + end + 1)));
    named.or((at > 1).then_some((b'&', at)))
}

fn reference(name: &[u8]) -> Option<u8> {
    let name = std::str::from_utf8(name).ok()?;
    match name {
        "lt" => Some(b'<'),
        "gt" => Some(b'>'),
        "quot" => Some(b'"'),
        "apos" => Some(b'\''),
        _ => match name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
            Some(hex) => u8::from_str_radix(hex, 16).ok(),
            None => name.strip_prefix('#')?.parse().ok(),
        },
    }
}

fn hex(digits: &[u8]) -> Option<u8> {
    let are_digits = digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit);
    u8::from_str_radix(std::str::from_utf8(digits).ok().filter(|_| are_digits)?, 16).ok()
}
