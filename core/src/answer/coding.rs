//! What a body is coded in. The client accepts no coding, but gateways send gzip all the same, and some files begin
//! with a byte order mark.

use std::io::Read;

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use http::HeaderMap;
use http::header::CONTENT_ENCODING;

use super::REFUSAL_LIMIT;

/// What gzip begins with; no JSON does.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";
/// The most that is unpacked: a small response must not fill the memory.
const LARGEST: usize = 256 * 1024 * 1024;

/// The body without its coding, or else with the coding's name. Of a refusal the beginning is enough.
pub(super) fn undone(body: Bytes, headers: &HeaderMap, is_success: bool) -> (Bytes, Option<String>) {
    if !body.starts_with(&GZIP) {
        return (without_mark(body), named(headers));
    }
    let limit = if is_success { LARGEST } else { REFUSAL_LIMIT };
    match unpacked(&body, limit, is_success) {
        Ok(plain) => (without_mark(plain), None),
        Err(why) => (body, Some(why)),
    }
}

fn unpacked(body: &[u8], limit: usize, is_success: bool) -> Result<Bytes, String> {
    let mut plain = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX);
    let outcome = MultiGzDecoder::new(body).take(most.saturating_add(1)).read_to_end(&mut plain);
    match outcome {
        Ok(_) if plain.len() <= limit || !is_success => Ok(plain.into()),
        Ok(_) => Err(format!("'gzip', of more than {} MiB", LARGEST / 1024 / 1024)),
        // It was read no further than an error needs it.
        Err(_) if !is_success && !plain.is_empty() => Ok(plain.into()),
        Err(cause) => Err(format!("'gzip', which breaks off or is damaged ({cause})")),
    }
}

fn without_mark(body: Bytes) -> Bytes {
    if body.starts_with(MARK) { body.slice(MARK.len()..) } else { body }
}

/// The coding that the headers name, in quotes. A proxy that undoes one may leave its name behind.
fn named(headers: &HeaderMap) -> Option<String> {
    let name = headers.get(CONTENT_ENCODING)?.to_str().ok()?.trim();
    let is_coded = !name.is_empty() && !name.eq_ignore_ascii_case("identity");
    is_coded.then(|| format!("'{}'", crate::error::quotable(name)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use http::HeaderValue;
    use std::io::Write;

    fn gzip(plain: &[u8]) -> Bytes {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(plain).unwrap();
        encoder.finish().unwrap().into()
    }

    fn coded(body: Bytes, coding: &'static str, is_success: bool) -> (Bytes, Option<String>) {
        let headers = HeaderMap::from_iter([(CONTENT_ENCODING, HeaderValue::from_static(coding))]);
        undone(body, &headers, is_success)
    }

    #[test]
    fn gzip_is_read_and_a_mark_skipped() {
        for body in [b"{}".as_slice(), b"\xef\xbb\xbf{}"] {
            for body in [Bytes::copy_from_slice(body), gzip(body)] {
                for coding in ["gzip", "identity", ""] {
                    assert_eq!(coded(body.clone(), coding, true).0, "{}", "{coding}");
                }
            }
        }
        let twice = [gzip(b"[1,"), gzip(b"2]")].concat();
        assert_eq!(coded(twice.into(), "gzip", true), (Bytes::from("[1,2]"), None));
    }

    #[test]
    fn what_is_left_in_its_coding_is_named() {
        let whole = gzip(&[b'1'; 100_000]);
        let (cut, why) = coded(whole.slice(..40), "gzip", true);
        assert_eq!(cut.len(), 40);
        assert!(why.unwrap().starts_with("'gzip', which breaks off"));
        assert_eq!(coded(Bytes::from("\u{1}\u{2}"), "br", true).1.unwrap(), "'br'");
        assert_eq!(coded(Bytes::from("{}"), "identity", true).1, None);
    }

    #[test]
    fn a_bomb_fills_no_memory() {
        let bomb = gzip(&vec![b' '; 100_001]);
        assert!(unpacked(&bomb, 100_000, true).unwrap_err().contains("more than"));
        assert_eq!(unpacked(&bomb, 100_001, true).unwrap().len(), 100_001);
        let (refusal, why) = coded(bomb, "gzip", false);
        assert_eq!((refusal.len(), why), (REFUSAL_LIMIT + 1, None));
    }
}
