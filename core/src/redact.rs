//! Blanks secrets in what servers send.
//!
//! A server may repeat the API key or a presigned URL anywhere, in the notation of whatever it puts it in: as it is,
//! percent-encoded, escaped as in JSON or XML, in base64. A text is compared character by character, each in any of
//! these notations, so that mixed and repeated ones are found as well.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use http::HeaderMap;

use crate::secret::{ApiKey, PresignedUrl};

/// What stands in the place of a secret that has no shorter form to be shown.
const BLANK: &str = "****";
/// What is shorter could be a part of any word.
const SHORTEST: usize = 6;
/// What is shorter could be somebody's data.
const SHORTEST_IN_DATA: usize = 16;
/// The parameters that sign a URL, which are blanked in the URLs that are not known, too.
const SIGNING: [&str; 9] = [
    "x-amz-signature=",
    "x-amz-credential=",
    "x-amz-security-token=",
    "x-goog-signature=",
    "x-goog-credential=",
    "?signature=",
    "&signature=",
    "?sig=",
    "&sig=",
];
/// The parameters of a presigned URL that say how it is signed, and that errors may name.
const PUBLIC: [&str; 8] = [
    "x-amz-algorithm",
    "x-amz-date",
    "x-amz-expires",
    "x-amz-signedheaders",
    "x-goog-algorithm",
    "x-goog-date",
    "x-goog-expires",
    "x-goog-signedheaders",
];

/// The secrets of a request, and how to find them. Clones share them.
#[derive(Clone)]
pub(crate) struct Redactor(Arc<Secrets>);

#[derive(Clone)]
struct Secrets {
    secrets: Vec<Secret>,
    /// The bytes that a secret, in any notation, may begin with.
    starts: [bool; 256],
}

#[derive(Clone)]
struct Secret {
    text: Vec<u8>,
    shown: String,
    has_value: bool,
    is_data: bool,
}

impl Redactor {
    /// Blanks a key, and the signatures of whatever URLs.
    pub fn new(key: &ApiKey) -> Self {
        let mut secrets = Secrets { secrets: Vec::new(), starts: [false; 256] };
        let (exposed, shown) = (key.expose(), key.to_string());
        let is_data = exposed.len() >= SHORTEST_IN_DATA;
        // What it ends with stands in the text of others, which it must not break.
        let is_plain = shown.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*-_.".contains(&byte));
        secrets.add_text(exposed, if is_plain { &shown } else { BLANK }, is_data);
        secrets.add_base64(exposed, is_data);
        for name in SIGNING {
            secrets.add(Secret { has_value: true, ..Secret::new(name.as_bytes(), BLANK) });
        }
        Self(Arc::new(secrets))
    }

    /// Blanks the values of headers, too, which may be other keys.
    pub fn with_headers(&self, headers: &HeaderMap) -> Self {
        let mut secrets = Secrets::clone(&self.0);
        for value in headers.values().filter_map(|value| value.to_str().ok()) {
            for part in value.split(' ').filter(|part| part.len() >= SHORTEST_IN_DATA) {
                secrets.add_text(part, BLANK, false);
                secrets.add_base64(part, false);
            }
        }
        Self(Arc::new(secrets))
    }

    /// Blanks the query of a presigned URL, too.
    pub fn with_url(&self, url: &PresignedUrl) -> Self {
        let mut secrets = Secrets::clone(&self.0);
        let query = url.query();
        secrets.add_text(query, BLANK, false);
        secrets.add_base64(query, false);
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !PUBLIC.iter().any(|public| public.eq_ignore_ascii_case(name)) {
                secrets.add_text(pair, BLANK, false);
                secrets.add_text(value, BLANK, false);
                secrets.add_base64(value, false);
            }
        }
        Self(Arc::new(secrets))
    }

    /// A server's words as they may be shown, up to so many of its bytes. A secret that begins before the limit is
    /// blanked as a whole.
    pub fn words(&self, text: &[u8], limit: usize) -> String {
        let shown = self.0.redacted(text, limit, |_| true);
        let shown = shown.unwrap_or_else(|| text.get(..limit).unwrap_or(text).into());
        String::from_utf8_lossy(&shown).into_owned()
    }

    /// [`Redactor::words`] of a text that has come whole.
    pub fn text(&self, text: &str) -> String {
        self.words(text.as_bytes(), usize::MAX)
    }

    /// What a server gives the caller, without the key.
    pub fn data<'a>(&self, json: &'a [u8]) -> Cow<'a, [u8]> {
        self.0.redacted(json, usize::MAX, |secret| secret.is_data).map_or(Cow::Borrowed(json), Cow::Owned)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor")
    }
}

impl Secret {
    fn new(text: &[u8], shown: &str) -> Self {
        Self { text: plain(text), shown: shown.to_owned(), has_value: false, is_data: false }
    }

    /// How many bytes of a text, from its start, are this secret.
    fn length_in(&self, text: &[u8]) -> Option<usize> {
        let mut length = 0;
        for wanted in &self.text {
            let (found, width) = character(text.get(length..)?)?;
            if !found.eq_ignore_ascii_case(wanted) {
                return None;
            }
            length += width;
        }
        while self.has_value
            && let Some((found, width)) = text.get(length..).and_then(character)
            && (found.is_ascii_alphanumeric() || b"+/=-_.~@%".contains(&found))
        {
            length += width;
        }
        Some(length)
    }
}

impl Secrets {
    /// A secret, and what is left of it if its own escapes are escaped once more.
    fn add_text(&mut self, text: &str, shown: &str, is_data: bool) {
        let plain = Secret { is_data, ..Secret::new(text.as_bytes(), shown) };
        self.add(Secret { text: text.as_bytes().to_vec(), ..plain.clone() });
        self.add(plain);
    }

    /// The base64 of a secret, whatever stands before it in what is encoded: of its three forms that part which
    /// nothing but the secret decides.
    fn add_base64(&mut self, secret: &str, is_data: bool) {
        for (before, affected) in [(0, 0), (1, 2), (2, 3)] {
            let bytes = [&vec![0; before], secret.as_bytes()].concat();
            let kept = bytes.len() * 8 / 6;
            for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
                let encoded = engine.encode(&bytes);
                if let Some(own) = encoded.get(affected..kept) {
                    self.add(Secret { is_data, ..Secret::new(own.as_bytes(), BLANK) });
                }
            }
        }
    }

    fn add(&mut self, secret: Secret) {
        let Some(first) = secret.text.first().filter(|_| secret.has_value || secret.text.len() >= SHORTEST)
        else {
            return;
        };
        if self.secrets.iter().any(|known| known.text == secret.text) {
            return;
        }
        for start in [first.to_ascii_lowercase(), first.to_ascii_uppercase(), b'%', b'\\', b'&'] {
            if let Some(is_start) = self.starts.get_mut(usize::from(start)) {
                *is_start = true;
            }
        }
        self.secrets.push(secret);
        // Of two that begin alike the longer one is what was meant.
        self.secrets.sort_by_key(|secret| std::cmp::Reverse(secret.text.len()));
    }

    /// A text up to so many bytes without those secrets; none where it has none.
    fn redacted(&self, text: &[u8], limit: usize, is_wanted: impl Fn(&Secret) -> bool) -> Option<Vec<u8>> {
        let end = limit.min(text.len());
        let (mut shown, mut done, mut at) = (Vec::new(), 0, 0);
        while let Some(next) = text.get(at..end).and_then(|rest| self.next_start(rest)) {
            at += next;
            let rest = text.get(at..)?;
            let mut wanted = self.secrets.iter().filter(|secret| is_wanted(secret));
            match wanted.find_map(|secret| Some((secret, secret.length_in(rest)?))) {
                Some((secret, length)) => {
                    shown.extend_from_slice(text.get(done..at)?);
                    shown.extend_from_slice(secret.shown.as_bytes());
                    at += length;
                    done = at;
                }
                None => at += 1,
            }
        }
        if done == 0 {
            return None;
        }
        // Where a secret reaches beyond the end, nothing is left.
        shown.extend_from_slice(text.get(done..end).unwrap_or_default());
        Some(shown)
    }

    fn next_start(&self, text: &[u8]) -> Option<usize> {
        text.iter().position(|byte| self.starts.get(usize::from(*byte)).copied().unwrap_or_default())
    }
}

/// A text without its escapes.
fn plain(mut text: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    while let Some((found, width)) = character(text) {
        plain.push(found);
        text = text.get(width..).unwrap_or_default();
    }
    plain
}

/// The first character of a text, whatever notation it is in, and how many bytes that takes.
fn character(text: &[u8]) -> Option<(u8, usize)> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: &str = "pm-canary/key+0123456789=abcdef";

    fn redactor() -> Redactor {
        Redactor::new(&ApiKey::new(KEY.to_owned()))
    }

    fn each(write: impl Fn(u8) -> String) -> String {
        KEY.bytes().map(write).collect()
    }

    /// A character in one of the notations that are undone.
    fn written(byte: u8, notation: u8) -> String {
        match notation {
            0 => format!("%{byte:02x}"),
            1 => format!("%2525{byte:02X}"),
            2 => format!("\\u{byte:04x}"),
            3 => format!("\\\\u{byte:04X}"),
            4 => format!("&#{byte};"),
            5 => format!("&amp;#x{byte:x};"),
            6 if b"\"'/".contains(&byte) => format!("\\{}", char::from(byte)),
            _ => char::from(byte).to_string(),
        }
    }

    #[test]
    fn a_key_is_found_in_every_notation() {
        let base64 = |text: String| STANDARD_NO_PAD.encode(text);
        let texts = [
            KEY.to_owned(),
            KEY.to_uppercase(),
            percent_encoding::utf8_percent_encode(KEY, percent_encoding::NON_ALPHANUMERIC).to_string(),
            each(|byte| format!("%25{byte:02x}")),
            KEY.replace('/', "\\/"),
            KEY.replace('+', "\\u002B"),
            KEY.replace('=', "&#61;"),
            base64(KEY.to_owned()),
            base64(format!("me:{KEY}")).replace('+', "%2B"),
            base64(format!(":{KEY}")),
            base64(format!("{{\"x-api-key\":\"{KEY}\"}}")).replace('/', "\\/"),
            URL_SAFE_NO_PAD.encode(format!("?~{KEY}?~")),
        ];
        for text in texts {
            let said = format!("Incorrect API key: '{text}'. Try another.");
            let shown = redactor().text(&said);
            assert!(shown.starts_with("Incorrect API key: '"), "{shown}");
            assert!(shown.ends_with("'. Try another.") && shown.contains("****"), "{shown}");
            assert!(!shown.to_lowercase().contains("canary"), "{shown}");
            assert!(text.len() < 24 || !shown.contains(&text[12..24]), "{shown}");
        }
    }

    #[test]
    fn a_key_shows_as_it_does_elsewhere() {
        assert_eq!(redactor().text(&format!("<{KEY}>")), "<****cdef>");
        // What it ends with would break the JSON that it stands in.
        let odd = Redactor::new(&ApiKey::new("0123456789abcdef\"g".to_owned()));
        assert_eq!(odd.text("{\"key\":\"0123456789abcdef\\\"g\"}"), "{\"key\":\"****\"}");
    }

    fn signed() -> Redactor {
        let url = "https://s3.example/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20240501%2Fs3\
                   &X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-Amz-Signature=canarysig&X=1";
        redactor().with_url(&PresignedUrl::parse(url).unwrap())
    }

    #[test]
    fn the_query_of_a_presigned_url_is_blanked_whole_and_in_parts() {
        let whole = "https://s3.example/b/k?X-Amz-Algorithm=AWS4-HMAC-SHA256&amp;X-Amz-Credential=AKIA/20240501/s3\
                     &amp;X-Amz-Expires=3600&amp;X-Amz-SignedHeaders=host&amp;X-Amz-Signature=canarysig&amp;X=1";
        assert_eq!(
            signed().text(&format!("No access to {whole}")),
            "No access to https://s3.example/b/k?****"
        );
        assert_eq!(signed().text("<S>canarysig</S>, AKIA%252F20240501%252Fs3"), "<S>****</S>, ****");
        assert_eq!(signed().text("b/k?X-Amz-Signature=canarysig&X=1"), "b/k?****&X=1");
        assert_eq!(
            signed().text("AKIA\\u00252F20240501\\u00252Fs3, AKIA&#37;2F20240501&#37;2Fs3"),
            "****, ****"
        );
        let public = "X-Amz-SignedHeaders=host, X-Amz-Expires=3600";
        assert_eq!(signed().text(public), public);
    }

    #[test]
    fn the_signature_of_another_url_is_blanked_too() {
        let said =
            "see https://b.example/?x-amz-signature=0a1b%2B&y=1 and https://c.example/?sv=1&sig=a%2Fb%3D: no";
        let shown = "see https://b.example/?****&y=1 and https://c.example/?sv=1****: no";
        assert_eq!(redactor().text(said), shown);
        assert_eq!(redactor().text("a design=x and a signal: 1"), "a design=x and a signal: 1");
    }

    #[test]
    fn a_header_of_the_callers_own_is_blanked_too() {
        let given = [("authorization", "Bearer canary-token-0123456789"), ("x-run", "nightly run")];
        let headers = given.map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let redactor = redactor().with_headers(&HeaderMap::from_iter(headers));
        let said = "authorization: Bearer canary-token-0123456789, x-run: nightly run";
        assert_eq!(redactor.text(said), "authorization: Bearer ****, x-run: nightly run");
    }

    #[test]
    fn a_secret_that_is_cut_by_the_limit_is_blanked_as_a_whole() {
        let text = format!("0123456789{KEY}, and more");
        for limit in 11..10 + KEY.len() {
            assert_eq!(redactor().words(text.as_bytes(), limit), "0123456789****cdef");
        }
        assert_eq!(redactor().words(text.as_bytes(), 10), "0123456789");
        assert_eq!(redactor().words(b"0123456789", 4), "0123");
    }

    #[test]
    fn what_is_too_short_to_be_a_secret_is_left_alone() {
        let key = |key: &str| Redactor::new(&ApiKey::new(key.to_owned()));
        assert_eq!(key("is").text("This is it"), "This is it");
        assert_eq!(key("demo-key").text("demo-key is wrong"), "**** is wrong");
        assert_eq!(&*key("demo-key").data(b"[\"demo-key\"]"), b"[\"demo-key\"]");
        assert_eq!(&*redactor().data(format!("[\"{KEY}\", 1]").as_bytes()), b"[\"****cdef\", 1]");
    }

    proptest! {
        #[test]
        fn mixed_notations_hide_nothing(
            notations in proptest::collection::vec(0u8..9, KEY.len()), before in "[a-z %&\\\\]{0,9}", after in "[ -~]{0,9}",
        ) {
            let key: String = KEY.bytes().zip(notations).map(|(byte, notation)| written(byte, notation)).collect();
            let shown = redactor().text(&format!("{before} {key} {after}"));
            prop_assert!(shown.contains("****cdef"), "{}", shown);
        }

        #[test]
        fn any_text_is_read_without_a_panic(text in proptest::collection::vec(proptest::num::u8::ANY, 0..60), limit in 0usize..80) {
            let _ = signed().words(&text, limit);
            let _ = signed().data(&text);
        }
    }
}
