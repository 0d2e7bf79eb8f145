//! How the bytes of a text are letters: stated, or guessed.

use std::io::{self, Cursor, Read};

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::eventlog::ReadError;

/// Bytes read from the source at a time.
const CHUNK: usize = 64 << 10;
/// What is looked at to tell UTF-16 without a mark.
const START: u64 = 1 << 10;
/// What is looked at to tell an encoding by its letters.
const WINDOW: usize = 64 << 10;

/// The encoding that the beginning states, by a byte order mark or by every other byte being zero, and the source
/// behind the mark.
pub(crate) fn start(mut source: impl Read) -> io::Result<(Option<&'static Encoding>, impl Read)> {
    let mut start = Vec::new();
    source.by_ref().take(START).read_to_end(&mut start)?;
    let (stated, length) = by_mark(&start).unzip();
    let rest = start.split_off(length.unwrap_or(0));
    Ok((stated.or_else(|| by_zeros(&rest)), Cursor::new(rest).chain(source)))
}

/// UTF-16 without a mark: what is mostly ASCII has a zero in every pair of bytes, always on the same side.
fn by_zeros(start: &[u8]) -> Option<&'static Encoding> {
    let pairs = start.chunks_exact(2);
    let (all, mut high, mut low) = (pairs.len(), 0, 0);
    for pair in pairs {
        high += usize::from(pair.first() == Some(&0));
        low += usize::from(pair.last() == Some(&0));
    }
    match () {
        () if low * 2 > all && high * 20 <= all => Some(UTF_16LE),
        () if high * 2 > all && low * 20 <= all => Some(UTF_16BE),
        () => None,
    }
}

/// The encoding of a text that is not UTF-8, by its letters. Nothing where it is UTF-8 but for a few of them.
pub(crate) fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let bad = std::str::from_utf8(bytes).err()?.valid_up_to();
    let (from, to) = (bad.saturating_sub(WINDOW / 2), bytes.len().min(bad + WINDOW / 2));
    let window = bytes.get(from..to)?;
    let (mut good, mut bad) = (0, 0);
    for chunk in window.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, true);
    Some(detector.guess(None, Utf8Detection::Deny)).filter(|encoding| encoding.is_ascii_compatible())
}

/// Refuses what is no text at all. Formats that are known by their content are refused before a reader starts.
pub(crate) fn check_text(head: &[u8]) -> Result<(), ReadError> {
    // A few are told as problems, with their lines.
    match head.iter().filter(|byte| **byte == 0).count() * 10 > head.len() {
        true => Err(ReadError::Malformed("the file is not text: it is full of NUL bytes".to_owned())),
        false => Ok(()),
    }
}

/// The encoding that a byte order mark states, and the mark's length.
pub(crate) fn by_mark(head: &[u8]) -> Option<(&'static Encoding, usize)> {
    Encoding::for_bom(head)
}

/// The encoding that an XML declaration states, where it is one in which ASCII is ASCII.
pub(crate) fn by_declaration(head: &[u8]) -> Option<&'static Encoding> {
    let start = head.get(..head.len().min(200))?;
    let declaration = start.split(|byte| *byte == b'>').next()?;
    let text = std::str::from_utf8(declaration).ok()?.strip_prefix("<?xml")?;
    let (_, value) = text.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = value.strip_prefix(quote)?.split_once(quote)?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| encoding.is_ascii_compatible())
}

/// Gives the UTF-8 of a source in another encoding; what is malformed becomes U+FFFD.
pub(crate) struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    pending: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// The source starts after its byte order mark, if it has one.
    pub(crate) fn new(inner: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { inner, decoder, pending: Vec::new(), taken: 0, ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut raw = Vec::with_capacity(CHUNK);
        self.ended = self.inner.by_ref().take(CHUNK as u64).read_to_end(&mut raw)? == 0;
        let room = self.decoder.max_utf8_buffer_length(raw.len()).unwrap_or(CHUNK * 4);
        self.pending.clear();
        self.pending.resize(room, 0);
        let (_, _, written, _) = self.decoder.decode_to_utf8(&raw, &mut self.pending, self.ended);
        self.pending.truncate(written);
        self.taken = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.pending.len() && !self.ended {
            self.refill()?;
        }
        let rest = self.pending.get(self.taken..).unwrap_or_default();
        let given = (&mut &*rest).read(buf)?;
        self.taken += given;
        Ok(given)
    }
}

/// The text as it stands in its encoding; UTF-8 is not looked at again.
pub(crate) fn decoded<'a>(source: impl Read + 'a, encoding: &'static Encoding) -> Box<dyn Read + 'a> {
    if encoding == UTF_8 { Box::new(source) } else { Box::new(Decoded::new(source, encoding)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{UTF_16LE, WINDOWS_1252};

    #[test]
    fn marks_and_declarations() {
        assert_eq!(by_mark(b"\xef\xbb\xbfa"), Some((UTF_8, 3)));
        assert_eq!(by_mark(b"\xff\xfea\0"), Some((UTF_16LE, 2)));
        assert_eq!(by_mark(b"a,b"), None);
        assert_eq!(by_declaration(b"<?xml version='1.0' encoding='ISO-8859-1'?><log/>"), Some(WINDOWS_1252));
        assert_eq!(by_declaration(b"<?xml version='1.0'?><log encoding='latin1'/>"), None);
        assert_eq!(by_declaration(b"<?xml encoding='utf-16'?>"), None);
        assert_eq!(by_declaration(b"<?xml encoding='"), None);
    }

    #[test]
    fn encodings_without_a_mark() {
        let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
            "Größe;b\n1;2\n".encode_utf16().flat_map(order).collect()
        };
        let of = |bytes: &[u8]| start(bytes).unwrap().0;
        assert_eq!(of(&utf16(u16::to_le_bytes)), Some(UTF_16LE));
        assert_eq!(of(&utf16(u16::to_be_bytes)), Some(UTF_16BE));
        assert_eq!(of(b"a,b\n1,2\n"), None);
        assert_eq!(of(b""), None);
    }

    #[test]
    fn letters_tell_the_encoding() {
        assert_eq!(guess("äöü".as_bytes()), None);
        assert_eq!(guess(b"Vorg\xe4nge,Gr\xf6\xdfe\n"), Some(WINDOWS_1252));
        let (cyrillic, _, _) = encoding_rs::WINDOWS_1251.encode("Номер дела,Действие,Время начала\n");
        assert_eq!(guess(&cyrillic), Some(encoding_rs::WINDOWS_1251));
        let mostly = ["äöüßéñ".as_bytes(), b"\xe4"].concat();
        assert_eq!(guess(&mostly), None, "UTF-8 with one letter that is not");
    }

    #[test]
    fn a_long_source_is_decoded_across_chunks() {
        let text = "äöü€😀".repeat(30_000);
        let raw: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let mut back = String::new();
        Decoded::new(raw.as_slice(), UTF_16LE).read_to_string(&mut back).unwrap();
        assert_eq!(back, text);
    }

    #[test]
    fn a_cut_character_becomes_a_replacement() {
        let mut back = String::new();
        Decoded::new(b"a\0b".as_slice(), UTF_16LE).read_to_string(&mut back).unwrap();
        assert_eq!(back, "a\u{fffd}");
    }
}
