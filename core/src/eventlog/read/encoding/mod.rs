//! How the bytes of a text are letters: stated, or guessed.

pub(crate) mod charset;
mod decoded;
mod guess;
mod misread;
mod utf16;

use std::io::{self, Cursor, Read};

use encoding_rs::Encoding;

pub(crate) use self::decoded::decoded;
pub(crate) use self::guess::{Guess, guess, odd_word};
pub(crate) use self::misread::misread;
use crate::eventlog::ReadError;

/// What is looked at to tell UTF-16 without a mark.
const START: u64 = 16 << 10;

/// The encoding that the beginning states, by a byte order mark or by being UTF-16 without one, and the source behind the
/// mark.
pub(crate) fn start(mut source: impl Read) -> io::Result<(Option<&'static Encoding>, impl Read)> {
    let mut start = Vec::new();
    source.by_ref().take(START).read_to_end(&mut start)?;
    let (stated, length) = by_mark(&start).unzip();
    let rest = start.split_off(length.unwrap_or(0));
    Ok((stated.or_else(|| utf16::find(&rest)), Cursor::new(rest).chain(source)))
}

/// Refuses what is not text at all. Formats that are known by their content are refused before a reader starts.
pub(crate) fn check_text(head: &[u8]) -> Result<(), ReadError> {
    // A few are reported as problems, with their lines.
    match head.iter().filter(|byte| **byte == 0).count() * 10 > head.len() {
        true => Err(ReadError::Malformed("the file is not text: it is full of NUL bytes".to_owned())),
        false => Ok(()),
    }
}

/// The encoding that a byte order mark states, and the mark's length.
pub(crate) fn by_mark(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(head)
}

/// The word that a letter is in.
fn word_at(text: &str, at: usize) -> &str {
    let ends = |letter: char| letter.is_whitespace() || matches!(letter, ',' | ';' | '|' | '"');
    let (before, after) = text.split_at(at);
    let from = before.rfind(ends).map_or(0, |place| place + 1);
    let to = after.find(ends).map_or(text.len(), |place| at + place);
    text.get(from..to).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_8, UTF_16LE};

    #[test]
    fn byte_order_marks_state_the_encoding() {
        assert_eq!(by_mark(b"\xef\xbb\xbfa"), Some((UTF_8, 3)));
        assert_eq!(by_mark(b"\xff\xfea\0"), Some((UTF_16LE, 2)));
        assert_eq!(by_mark(b"a,b"), None);
    }
}
