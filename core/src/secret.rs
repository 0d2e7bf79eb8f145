//! Values that must never be printed: the API key, presigned URLs and the password of a proxy.

use std::fmt;

/// An API key. It prints as `****` and its last four characters.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKey(String);

impl ApiKey {
    pub(crate) fn new(key: String) -> Self {
        Self(key)
    }

    /// The key itself, for the one header that carries it.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The end of a short key would be most of it.
        let from = self.0.char_indices().rev().nth(3).map_or(0, |(at, _)| at);
        let end = if from < 8 { "" } else { self.0.get(from..).unwrap_or("") };
        write!(f, "****{end}")
    }
}

/// A URL that lets whoever holds it upload a file. It prints without its query, which is the signature.
#[derive(Clone, PartialEq, Eq)]
pub struct PresignedUrl {
    /// As it was received: a signature holds for these bytes, and for no other notation of the same URL.
    text: String,
    /// What its parts mean.
    url: url::Url,
}

impl PresignedUrl {
    /// Takes a URL that can be sent byte for byte as it is.
    pub(crate) fn parse(text: &str) -> Result<Self, Unsendable> {
        let (sent, url) = (text.parse::<http::Uri>(), url::Url::parse(text));
        let (Ok(sent), Ok(url)) = (sent, url) else { return Err(Unsendable::NoUrl) };
        let is_web = matches!(sent.scheme_str(), Some("https" | "http"));
        let Some(host) = sent.host().filter(|_| is_web) else { return Err(Unsendable::NoUrl) };
        // The one reads what is sent, the other what a browser would make of it: they have to mean the same server.
        let is_one_host = url.host_str().is_some_and(|other| other.eq_ignore_ascii_case(host));
        // Equality of its own would pass over a fragment.
        let arrives = sent.to_string();
        if arrives != text || !is_one_host || !url.username().is_empty() || url.password().is_some() {
            return Err(Unsendable::Changed);
        }
        Ok(Self { text: text.to_owned(), url })
    }

    /// The whole URL, as it was received. Treat it as a password until it expires.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.text
    }

    pub(crate) fn url(&self) -> &url::Url {
        &self.url
    }

    /// The signature, and what else is behind the path.
    pub(crate) fn query(&self) -> &str {
        self.text.split_once('?').map_or("", |(_, query)| query)
    }

    /// The URL without its query: safe to show.
    #[must_use]
    pub fn redacted(&self) -> String {
        self.text.split('?').next().unwrap_or_default().to_owned()
    }
}

/// Why a text is no URL that can be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsendable {
    /// It is no URL.
    NoUrl,
    /// It would arrive as another one, for which its signature does not hold.
    Changed,
}

fn without_password(url: &url::Url) -> url::Url {
    let mut url = url.clone();
    // A URL without authority has no user or password to take away, so a refusal is no loss.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

impl fmt::Debug for PresignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for PresignedUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}?…", self.redacted())
    }
}

/// The URL of a proxy. It prints without user and password.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) struct ProxyUrl(url::Url);

impl ProxyUrl {
    pub fn new(url: url::Url) -> Self {
        Self(url)
    }

    /// The whole URL, for the connection.
    pub fn expose(&self) -> &url::Url {
        &self.0
    }
}

impl fmt::Debug for ProxyUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(without_password(&self.0).as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_shows_its_end_alone() {
        assert_eq!(ApiKey::new("pm_live_0123456789abcd".into()).to_string(), "****abcd");
        assert_eq!(ApiKey::new("short".into()).to_string(), "****");
        assert_eq!(format!("{:?}", ApiKey::new("ключключключ".into())), "****ключ");
    }

    #[test]
    fn a_presigned_url_hides_its_signature() {
        let url = PresignedUrl::parse("https://s3.example/b/k?X-Amz-Signature=canary").unwrap();
        let shown = format!("{url} {url:?}");
        assert_eq!(shown, "https://s3.example/b/k?… https://s3.example/b/k?…");
    }

    #[test]
    fn a_presigned_url_stays_as_it_was_received() {
        for text in [
            "https://s3.example/b/%2e%2e/k?s=1",
            "https://s3.example/b/../k?s=1",
            "https://s3.example/b/./k//x?s=1",
            "https://s3.example/b/a\\b%5Cc?s=1",
            "https://s3.example:443/b/k?s=a+b%20c%2Bd&t",
            "https://s3.example/b/k'(1)*!~[x]{y}|\"?s=1",
            "http://[::1]:9000/b/k?s=1",
        ] {
            let url = PresignedUrl::parse(text).unwrap();
            assert_eq!(url.expose(), text);
            assert!(!url.redacted().contains("s="), "{url}");
        }
    }

    #[test]
    fn a_url_that_would_arrive_as_another_one_is_refused() {
        for (text, why) in [
            ("https://s3.example/b/k#x?s=1", Unsendable::Changed),
            ("https://s3.example/b/k?s=1#x", Unsendable::Changed),
            ("https://u:p@s3.example/b/k?s=1", Unsendable::Changed),
            ("https://s3.example/b/a k?s=1", Unsendable::NoUrl),
            ("https://s3.example/b/k?s=1\n", Unsendable::NoUrl),
            (" https://s3.example/b/k?s=1", Unsendable::NoUrl),
            ("https://s3.example/b\t/k?s=1", Unsendable::NoUrl),
            ("https:\\\\s3.example/b/k?s=1", Unsendable::NoUrl),
            ("http://127.0.0.1\\@s3.example/b/k?s=1", Unsendable::NoUrl),
            ("/b/k?s=1", Unsendable::NoUrl),
            ("ftp://s3.example/b/k", Unsendable::NoUrl),
            ("", Unsendable::NoUrl),
        ] {
            assert_eq!(PresignedUrl::parse(text).unwrap_err(), why, "{text}");
        }
    }
}
