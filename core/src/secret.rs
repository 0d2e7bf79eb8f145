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
pub struct PresignedUrl(url::Url);

impl PresignedUrl {
    pub(crate) fn new(url: url::Url) -> Self {
        Self(url)
    }

    /// The whole URL. Treat it as a password until it expires.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    pub(crate) fn url(&self) -> &url::Url {
        &self.0
    }

    /// The URL without its query: safe to show.
    #[must_use]
    pub fn redacted(&self) -> String {
        let mut url = without_password(&self.0);
        url.set_query(None);
        url.set_fragment(None);
        url.to_string()
    }
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
        let url = url::Url::parse("https://u:p@s3.example/b/k?X-Amz-Signature=canary#f").unwrap();
        let shown = format!("{0} {0:?}", PresignedUrl::new(url));
        assert_eq!(shown, "https://s3.example/b/k?… https://s3.example/b/k?…");
    }
}
