//! The text of an XML file as UTF-8, with no other characters than XML allows.

use std::io::{self, BufRead, ErrorKind, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_8};
use memchr::memmem;
use simdutf8::compat::from_utf8;

use crate::eventlog::read::xes::declaration::TextEncoding;
use crate::eventlog::read::xes::fault::not_well_formed;

/// Bytes read from the source at a time.
const CHUNK: usize = 64 << 10;

/// The text of a file, decoded and checked. A character that is wrong is an error of [`ErrorKind::InvalidData`] when all
/// before it was read, so that its line is the line up to which was read.
pub(super) struct XmlText<R> {
    source: R,
    decoder: Option<Decoder>,
    is_ascii: bool,
    encoding: &'static str,
    /// Bytes of the source that are not decoded yet.
    raw: Vec<u8>,
    text: Vec<u8>,
    /// From here to there the text is checked and not taken yet.
    start: usize,
    end: usize,
    fault: Option<String>,
    is_at_start: bool,
    is_at_end: bool,
}

impl<R: Read> XmlText<R> {
    /// The source starts after its byte order mark, if it has one.
    pub fn new(source: R, found: &TextEncoding) -> Self {
        let decoder = (found.encoding != UTF_8).then(|| found.encoding.new_decoder_without_bom_handling());
        Self {
            source,
            decoder,
            is_ascii: found.is_ascii,
            encoding: if found.is_ascii { "US-ASCII" } else { found.encoding.name() },
            raw: Vec::new(),
            text: Vec::new(),
            start: 0,
            end: 0,
            fault: None,
            is_at_start: true,
            is_at_end: false,
        }
    }

    /// Reads and checks more, when all there was is taken.
    fn refill(&mut self) -> io::Result<()> {
        // What is left is the beginning of a character.
        self.text.drain(..self.end);
        (self.start, self.end) = (0, 0);
        if self.decoder.is_some() {
            self.decode()?
        } else {
            self.is_at_end = append(&mut self.source, &mut self.text)? == 0
        }
        self.end = self.text.len();
        if self.decoder.is_none() {
            self.check_utf_8();
        }
        self.check_characters();
        Ok(())
    }

    fn decode(&mut self) -> io::Result<()> {
        self.is_at_end = append(&mut self.source, &mut self.raw)? == 0;
        let Some(decoder) = &mut self.decoder else { return Ok(()) };
        self.text.resize(
            decoder.max_utf8_buffer_length_without_replacement(self.raw.len()).unwrap_or(CHUNK * 4),
            0,
        );
        let (result, read, written) =
            decoder.decode_to_utf8_without_replacement(&self.raw, &mut self.text, self.is_at_end);
        self.raw.drain(..read);
        self.text.truncate(written);
        if matches!(result, DecoderResult::Malformed(..)) {
            self.fault = Some(format!(
                "a byte is not valid in {}, the encoding that the file declares",
                self.encoding
            ));
        }
        Ok(())
    }

    fn check_utf_8(&mut self) {
        let Err(error) = from_utf8(&self.text) else { return };
        self.end = error.valid_up_to();
        if error.error_len().is_some() || self.is_at_end {
            let byte = self.text.get(self.end).copied().unwrap_or_default();
            self.fault = Some(format!(
                "the byte 0x{byte:02X} is not valid in UTF-8, and the XML declaration names no other encoding"
            ));
        }
    }

    fn check_characters(&mut self) {
        let text = self.text.get(..self.end).unwrap_or_default();
        if self.is_at_start && text.starts_with(b"\xef\xbb\xbf") {
            // The parser would pass over it.
            self.end = 0;
            self.fault = Some("there is a second byte order mark".to_owned());
            return;
        }
        self.is_at_start &= text.is_empty();
        if let Some((place, fault)) = wrong_character(text, self.is_ascii) {
            self.end = place;
            self.fault = Some(fault);
        }
    }
}

/// Adds a chunk of the source, and gives its length.
fn append(source: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<usize> {
    let length = bytes.len();
    bytes.resize(length + CHUNK, 0);
    let read = loop {
        match source.read(bytes.get_mut(length..).unwrap_or_default()) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    bytes.truncate(length + *read.as_ref().unwrap_or(&0));
    read
}

/// The first character that is not allowed.
fn wrong_character(text: &[u8], is_ascii: bool) -> Option<(usize, String)> {
    let mut places = Vec::new();
    // The whole text at once, which is much faster than to look for the place.
    if text.iter().fold(false, |found, byte| found | is_control(*byte)) {
        places.extend(text.iter().position(|byte| is_control(*byte)));
    }
    // U+FFFE and U+FFFF.
    places.extend(
        memmem::find_iter(text, b"\xef\xbf")
            .find(|place| text.get(place + 2).is_some_and(|last| *last >= 0xbe)),
    );
    if is_ascii && !text.is_ascii() {
        places.extend(text.iter().position(|byte| !byte.is_ascii()));
    }
    let place = places.into_iter().min()?;
    Some((
        place,
        match text.get(place) {
            Some(byte) if byte.is_ascii() => format!("there is a control character, U+{byte:04X}"),
            Some(0xef) if !is_ascii => {
                "there is a character that XML does not allow, U+FFFE or U+FFFF".to_owned()
            }
            _ => "a character is not in US-ASCII, the encoding that the file declares".to_owned(),
        },
    ))
}

#[inline]
fn is_control(byte: u8) -> bool {
    // Without branches, so that many bytes are compared at a time.
    (byte < b' ') & (byte != b'\t') & (byte != b'\n') & (byte != b'\r')
}

impl<R: Read> Read for XmlText<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.fill_buf()?.read(buf)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: Read> BufRead for XmlText<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end {
            if let Some(fault) = &self.fault {
                return Err(io::Error::new(ErrorKind::InvalidData, not_well_formed(fault)));
            }
            if self.is_at_end {
                break;
            }
            self.refill()?;
        }
        Ok(self.text.get(self.start..self.end).unwrap_or_default())
    }

    fn consume(&mut self, amount: usize) {
        self.start = self.end.min(self.start + amount);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{Encoding, SHIFT_JIS, UTF_16BE, UTF_16LE, WINDOWS_1252};
    use proptest::prelude::*;

    /// Gives one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
            let length = buf.len().min(1);
            self.0.read(&mut buf[..length])
        }
    }

    /// The text up to what is wrong, and what that is.
    fn read(source: impl Read, encoding: &'static Encoding, is_ascii: bool) -> (String, Option<String>) {
        let mut text = XmlText::new(source, &TextEncoding { encoding, is_ascii, mark: 0, label: None });
        let (mut all, mut chunk) = (Vec::new(), [0; 1000]);
        loop {
            match text.read(&mut chunk) {
                Ok(0) => return (String::from_utf8(all).unwrap(), None),
                Ok(read) => all.extend_from_slice(&chunk[..read]),
                Err(error) => return (String::from_utf8(all).unwrap(), Some(error.to_string())),
            }
        }
    }

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn what_is_before_a_wrong_character_is_read() {
        for (bytes, encoding, good) in [
            (&b"ab\x0bcd"[..], UTF_8, "ab"),
            (b"ab\0", UTF_8, "ab"),
            ("ä\u{ffff}\u{b}".as_bytes(), UTF_8, "ä"),
            ("ä\u{fffe}".as_bytes(), UTF_8, "ä"),
            (b"ab\xff", UTF_8, "ab"),
            (b"ab\xc3", UTF_8, "ab"),
            (b"ab\xed\xa0\x80", UTF_8, "ab"),
            (b"\xe4\x1f", WINDOWS_1252, "ä"),
            (b"a\0\0\xd8b\0", UTF_16LE, "a"),
            (b"a\0b", UTF_16LE, "a"),
            (b"\0a\xff\xff", UTF_16BE, "a"),
            (b"\x82\xa0\x82", SHIFT_JIS, "あ"),
            ("\u{feff}a".as_bytes(), UTF_8, ""),
        ] {
            let (text, fault) = read(bytes, encoding, false);
            assert_eq!(text, good);
            assert!(fault.is_some_and(|fault| fault.contains("not well-formed")), "{bytes:?}");
            assert_eq!(read(Slow(bytes), encoding, false).0, good);
        }
    }

    #[test]
    fn ascii_has_no_other_letters() {
        assert_eq!(read(&b"a\xc3\xa4"[..], WINDOWS_1252, true).0, "a");
        assert_eq!(read(&b"abc"[..], WINDOWS_1252, true), ("abc".to_owned(), None));
    }

    proptest! {
        #[test]
        fn good_text_comes_through(text in "[ -~\t\n\räöü€😀\u{fffd}\u{7f}\u{80}]{0,200}", times in 1..2000_usize) {
            let text = text.repeat(times.min(1 + 200_000 / text.len().max(1)));
            prop_assert_eq!(read(text.as_bytes(), UTF_8, false), (text.clone(), None));
            prop_assert_eq!(read(&utf_16(&text, u16::to_le_bytes)[..], UTF_16LE, false), (text.clone(), None));
            prop_assert_eq!(read(&utf_16(&text, u16::to_be_bytes)[..], UTF_16BE, false), (text.clone(), None));
            let short: String = text.chars().take(300).collect();
            prop_assert_eq!(read(Slow(short.as_bytes()), UTF_8, false), (short, None));
        }
    }
}
