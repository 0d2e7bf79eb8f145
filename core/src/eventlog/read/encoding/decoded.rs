//! Text in UTF-16 or in an encoding that is stated, as UTF-8.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_8};

/// Bytes read from the source at a time.
const CHUNK: usize = 64 << 10;

/// Gives the UTF-8 of a source in another encoding; what is malformed becomes U+FFFD.
struct Decoded<R> {
    inner: R,
    decoder: Decoder,
    pending: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    /// The source starts after its byte order mark, if it has one.
    fn new(inner: R, encoding: &'static Encoding) -> Self {
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
    use encoding_rs::UTF_16LE;

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
