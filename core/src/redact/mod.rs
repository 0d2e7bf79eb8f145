//! Blanks secrets in what servers send.
//!
//! A server may repeat the API key or a presigned URL anywhere, in the notation of whatever it puts it in: as it is,
//! percent-encoded, escaped as in JSON or XML, in base64. A text is compared character by character, each in any of
//! these notations, so that mixed and repeated ones are found as well.

mod notation;
mod pairs;
mod secrets;

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use http::{HeaderMap, HeaderValue};

use crate::secret::{ApiKey, PresignedUrl};
use secrets::{Secret, Secrets};

/// What stands in the place of a secret that has no shorter form to be shown.
const BLANK: &str = "****";
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
pub(crate) struct Redactor {
    /// What nobody may see.
    secrets: Arc<Secrets>,
    /// What the caller does not get, either: the key, unless it could be somebody's data.
    key: Arc<Secrets>,
}

impl Redactor {
    /// Blanks a key, and the signatures of whatever URLs.
    pub fn new(key: &ApiKey) -> Self {
        let (mut secrets, exposed, shown) = (Secrets::default(), key.expose(), key.to_string());
        // What it ends with stands in the text of others, which it must not break.
        let is_plain = shown.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"*-_.".contains(&byte));
        secrets.add_text(exposed, if is_plain { shown.into() } else { Cow::Borrowed(BLANK) });
        secrets.add_base64(exposed);
        let key = if exposed.len() < SHORTEST_IN_DATA { Secrets::default() } else { secrets.clone() };
        for name in SIGNING {
            secrets.add(Secret { has_value: true, ..Secret::new(name.as_bytes(), BLANK) });
        }
        Self { secrets: Arc::new(secrets), key: Arc::new(key) }
    }

    /// Blanks the values of headers, too, which may be other keys.
    pub fn with_headers(mut self, headers: &HeaderMap) -> Self {
        for value in headers.values().filter_map(|value| value.to_str().ok()) {
            for part in value.split(' ').filter(|part| part.len() >= SHORTEST_IN_DATA) {
                let secrets = Arc::make_mut(&mut self.secrets);
                secrets.add_text(part, BLANK);
                secrets.add_base64(part);
            }
        }
        self
    }

    /// Blanks the query of a presigned URL, too.
    pub fn with_url(mut self, url: &PresignedUrl) -> Self {
        let secrets = Arc::make_mut(&mut self.secrets);
        let query = url.query();
        secrets.add_text(query, BLANK);
        secrets.add_base64(query);
        for pair in query.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            if !PUBLIC.iter().any(|public| public.eq_ignore_ascii_case(name)) {
                secrets.add_text(pair, BLANK);
                secrets.add_text(value, BLANK);
                secrets.add_base64(value);
            }
        }
        self
    }

    /// A server's words as they may be shown, up to so many of its bytes. A secret that begins before the limit is
    /// blanked as a whole.
    pub fn words(&self, text: &[u8], limit: usize) -> String {
        let shown = self.secrets.blanked(text, limit);
        let shown = shown.map_or(Cow::Borrowed(text.get(..limit).unwrap_or(text)), Cow::Owned);
        String::from_utf8_lossy(&shown).into_owned()
    }

    /// [`Redactor::words`] of a text that has come whole.
    pub fn text(&self, text: &str) -> String {
        self.words(text.as_bytes(), usize::MAX)
    }

    /// A header's value without secrets; none if it has none.
    pub fn header(&self, value: &HeaderValue) -> Option<HeaderValue> {
        let blanked = self.secrets.blanked(value.as_bytes(), usize::MAX)?;
        Some(HeaderValue::try_from(blanked).unwrap_or(HeaderValue::from_static(BLANK)))
    }

    /// What a server gives the caller, without the key.
    pub fn data<'a>(&self, json: &'a [u8]) -> Cow<'a, [u8]> {
        self.key.blanked(json, usize::MAX).map_or(Cow::Borrowed(json), Cow::Owned)
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Redactor")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine as _;
    use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
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
    fn data_key_at_any_place_is_blanked() {
        for before in (0..40).map(|before| "x".repeat(before)) {
            for written in [KEY.to_owned(), each(|byte| format!("%{byte:02x}")), KEY.replace('=', "\\u003d")]
            {
                let text = format!("{before}{written}");
                assert_eq!(&*redactor().data(text.as_bytes()), format!("{before}****cdef").as_bytes());
            }
        }
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
