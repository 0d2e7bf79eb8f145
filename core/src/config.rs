//! The client's options: each one once, with its default, its variable and its range.

mod proxy;

use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use crate::error::{Error, ErrorKind, Result};
use crate::model::options;
use crate::redact::Redactor;
use crate::secret::ApiKey;
pub(crate) use proxy::{Proxy, unquoted};

/// Where the API is.
pub const DEFAULT_BASE_URL: &str = "https://api.processmind.com";
/// How long one attempt of an API call may take, in seconds.
pub const DEFAULT_TIMEOUT: f64 = 60.0;
/// How many connections and how many files of uploads are open at the same time.
const DEFAULT_MAX_CONNECTIONS: usize = 100;

/// Headers that decide what a request is; no caller may set them.
const OWN_HEADERS: [&str; 7] =
    ["connection", "content-length", "content-type", "host", "te", "transfer-encoding", "x-api-key"];

options! {
    /// The client's options. An argument goes over its environment variable, and that over the default.
    ClientOptions {
        /// The API key. Without it `PROCESSMIND_API_KEY` is used.
        #[cfg_attr(feature = "cli", arg(skip))]
        api_key: String,
        /// The tenant's id. Without it `PROCESSMIND_TENANT_ID` is used.
        tenant_id: String,
        /// Where the API is. Without it `PROCESSMIND_BASE_URL` is used, then `https://api.processmind.com`.
        base_url: String,
        /// How long one attempt of an API call may take, in seconds (60). Uploads have no limit of their own.
        timeout: f64,
        /// How often a call is tried again after a failure that may pass (3; 5 for the bytes of an upload).
        max_retries: i64,
        /// How many connections and how many files of uploads may be open at the same time (100). Further calls wait
        /// in the order in which they were made. All clients of the process with the same number share it.
        max_connections: i64,
        /// Headers to send with every API call, beside the SDK's own; storage never gets them.
        #[cfg_attr(feature = "cli", arg(skip))]
        extra_headers: HashMap<String, String>,
        /// The proxy that all connections go through: `http://`, `https://`, `socks5://` or `socks5h://`, with a
        /// user and a password where it wants them. Without it `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are
        /// used; an empty text is no proxy at all. What is on loopback is always reached directly.
        proxy: String,
        /// The path of a PEM file whose certificates are trusted beside the system's and those that
        /// `SSL_CERT_FILE` names: the root of a proxy that re-signs TLS, or a server's self-signed certificate. Without
        /// it `NODE_EXTRA_CA_CERTS` is used in Node.js, and `REQUESTS_CA_BUNDLE`, then `CURL_CA_BUNDLE` in Python.
        ca_bundle: String,
    }
}

impl fmt::Debug for ClientOptions {
    /// Without the key; of the headers the names alone, for they may hold other keys.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientOptions")
            .field("api_key", &self.api_key.clone().map(ApiKey::new))
            .field("tenant_id", &self.tenant_id)
            .field("base_url", &self.base_url)
            .field("timeout", &self.timeout)
            .field("max_retries", &self.max_retries)
            .field("max_connections", &self.max_connections)
            .field(
                "extra_headers",
                &self.extra_headers.as_ref().map(|headers| headers.keys().collect::<Vec<_>>()),
            )
            .field("proxy", &self.proxy.as_deref().map(Proxy::new))
            .field("ca_bundle", &self.ca_bundle)
            .finish()
    }
}

impl ClientOptions {
    /// These options, with what they leave out taken from the environment where it is there.
    #[must_use]
    pub fn or_environment(mut self) -> Self {
        self.api_key = argument_or(self.api_key, "PROCESSMIND_API_KEY");
        self.tenant_id = argument_or(self.tenant_id, "PROCESSMIND_TENANT_ID");
        self.base_url = argument_or(self.base_url, "PROCESSMIND_BASE_URL");
        self
    }
}

/// Options that have been checked.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub api_key: ApiKey,
    /// Blanks the key in what servers send.
    pub redactor: Redactor,
    pub tenant_id: String,
    pub base_url: Url,
    pub timeout: Duration,
    pub max_retries: Option<u32>,
    pub max_connections: usize,
    pub extra_headers: HeaderMap,
    pub proxy: Proxy,
    /// A path; the transport reads it.
    pub ca_bundle: Option<String>,
}

impl Config {
    pub fn new(options: ClientOptions) -> Result<Self> {
        let api_key = api_key(setting(options.api_key, "PROCESSMIND_API_KEY", "API key", "api_key")?)?;
        let tenant_id = setting(options.tenant_id, "PROCESSMIND_TENANT_ID", "tenant", "tenant_id")?;
        check_tenant_id(&tenant_id).map_err(|what| {
            configuration(what)
                .with_hint("Check `tenant_id`, or PROCESSMIND_TENANT_ID where it comes from there.")
        })?;
        let extra_headers = extra_headers(options.extra_headers.unwrap_or_default())?;
        Ok(Self {
            redactor: Redactor::new(&api_key).with_headers(&extra_headers),
            api_key,
            tenant_id,
            base_url: base_url(
                argument_or(options.base_url, "PROCESSMIND_BASE_URL").as_deref().unwrap_or(DEFAULT_BASE_URL),
            )?,
            timeout: timeout(options.timeout.unwrap_or(DEFAULT_TIMEOUT))?,
            max_retries: options.max_retries.map(max_retries).transpose()?,
            max_connections: options.max_connections.map_or(Ok(DEFAULT_MAX_CONNECTIONS), max_connections)?,
            extra_headers,
            proxy: options.proxy.as_deref().map_or(Ok(Proxy::Environment), Proxy::new)?,
            ca_bundle: options.ca_bundle.filter(|path| !path.is_empty()),
        })
    }
}

/// The argument, or else the variable; an empty one is none.
fn given(argument: Option<String>, variable: &str) -> Option<String> {
    argument_or(argument, variable).filter(|value| !value.is_empty())
}

fn argument_or(argument: Option<String>, variable: &str) -> Option<String> {
    argument.or_else(|| std::env::var(variable).ok().filter(|value| !value.is_empty()))
}

fn setting(argument: Option<String>, variable: &str, what: &str, name: &str) -> Result<String> {
    given(argument, variable).ok_or_else(|| {
        configuration(format!("No {what} is set."))
            .with_hint(format!("Pass `{name}` to the client, or set the environment variable {variable}."))
    })
}

fn api_key(key: String) -> Result<ApiKey> {
    let what = match stray(&key) {
        Some(stray) => format!("The API key {stray}."),
        None if key.chars().all(|c| matches!(c, '!'..='~')) => return Ok(ApiKey::new(key)),
        None => "The API key holds a character that no key has.".to_owned(),
    };
    let hint = "Copy the key again. If it is read from a file or an environment file, remove what is not part of it.";
    Err(configuration(what).with_hint(hint))
}

/// Whether a tenant's id is nothing but that; else what is wrong with it.
pub(crate) fn check_tenant_id(id: &str) -> Result<(), String> {
    let shown = || id.escape_debug();
    stray(id).map_or(Ok(()), |stray| Err(format!("The tenant's ID '{}' {stray}.", shown())))
}

/// What a value brings with it from the file, the shell or the secret store that it was copied from.
fn stray(value: &str) -> Option<&'static str> {
    const QUOTES: [char; 9] = ['"', '\'', '`', '“', '”', '„', '‘', '’', '«'];
    let invisible = |c: char| matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    if value.contains(['\n', '\r']) {
        Some("holds a line break")
    } else if value.starts_with(QUOTES) || value.ends_with(QUOTES) {
        Some("is in quotes, which are not part of it")
    } else if value.starts_with(char::is_whitespace) || value.ends_with(char::is_whitespace) {
        Some("has a blank before or after it")
    } else if value.contains(|c: char| c.is_control() || invisible(c)) {
        Some("holds a character that can't be seen")
    } else {
        None
    }
}

fn base_url(text: &str) -> Result<Url> {
    let hint = format!("It begins with https://; the default, where it is left out, is {DEFAULT_BASE_URL}.");
    let no_url = |why: String| {
        configuration(format!("The base URL '{}' is not a URL{why}.", text.escape_debug())).with_hint(&hint)
    };
    // A parser would drop some of it, and join what a line break has cut.
    if let Some(stray) = stray(text) {
        return Err(configuration(format!("The base URL '{}' {stray}.", text.escape_debug())).with_hint(hint));
    }
    let url = Url::parse(text).map_err(|error| no_url(format!(": {error}")))?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err(no_url(String::new()));
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        let message =
            "The base URL may have a host, a port and a path: no user, password, query or fragment.";
        return Err(configuration(message).with_hint(hint));
    }
    if is_protected(&url) {
        return Ok(url);
    }
    Err(configuration(format!("The base URL '{text}' would send the API key unprotected.")).with_hint(
        "Use https://. Plain http:// is for loopback alone, such as the emulator on http://127.0.0.1.",
    ))
}

/// Whether nobody on the way can read what goes to this URL: TLS, or loopback.
pub(crate) fn is_protected(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && url.host_str().is_some_and(is_loopback))
}

/// Whether a URL's host is this computer.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    address.map_or(host == "localhost" || host.ends_with(".localhost"), |address| address.is_loopback())
}

/// A limit of time given in seconds, where it is one.
pub(crate) fn limit(seconds: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(seconds).ok().filter(|limit| !limit.is_zero())
}

fn timeout(seconds: f64) -> Result<Duration> {
    limit(seconds).ok_or_else(|| {
        configuration(format!("`timeout` is {seconds:?}, which is no number of seconds above 0."))
            .with_hint(format!("Leave it out for {DEFAULT_TIMEOUT} seconds."))
    })
}

fn max_retries(given: i64) -> Result<u32> {
    u32::try_from(given).map_err(|_| {
        configuration(format!("`max_retries` is {given}, which is no number of retries."))
            .with_hint("Pass 0 for a single attempt, or leave it out.")
    })
}

fn max_connections(given: i64) -> Result<usize> {
    usize::try_from(given).ok().filter(|count| *count > 0).ok_or_else(|| {
        configuration(format!("`max_connections` must be at least 1 (got {given})."))
            .with_hint(format!("Leave it out for {DEFAULT_MAX_CONNECTIONS}."))
    })
}

/// Headers of the caller's own: none of those that the SDK sets, and none that would break a request.
fn extra_headers(given: HashMap<String, String>) -> Result<HeaderMap> {
    let refused = |name: &str, why: &str| {
        configuration(format!("The header '{name}' in `extra_headers` {why}."))
            .with_hint("Pass names and values as they are to be sent, without line breaks.")
    };
    let mut headers = HeaderMap::new();
    for (name, value) in given {
        let key = HeaderName::try_from(&name).map_err(|_| refused(&name, "is no header's name"))?;
        if OWN_HEADERS.contains(&key.as_str()) {
            return Err(refused(&name, "is set by the SDK"));
        }
        let mut value =
            HeaderValue::try_from(value).map_err(|_| refused(&name, "has a value that can't be sent"))?;
        value.set_sensitive(true);
        headers.insert(key, value);
    }
    Ok(headers)
}

fn configuration(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback() {
        for url in
            ["https://api.processmind.com", "http://127.0.0.1:9", "http://[::1]:9", "http://localhost/x"]
        {
            assert!(base_url(url).is_ok(), "{url}");
        }
        for url in [
            "http://example.org",
            "ftp://localhost",
            "",
            "localhost:8787",
            "http://127.0.0.1.example.org",
            "https://u:p@x",
            "x",
        ] {
            assert_eq!(base_url(url).unwrap_err().kind(), ErrorKind::Configuration, "{url}");
        }
    }

    #[test]
    fn a_key_with_a_line_break_is_refused_and_not_shown() {
        let error = api_key("canary\r\nx-admin: 1".into()).unwrap_err();
        assert!(!error.to_string().contains("canary"));
    }

    #[test]
    fn what_was_copied_along_is_refused_and_named() {
        let rows = [
            ("\n", "line break"),
            ("\r\n", "line break"),
            (" ", "blank"),
            ("\t", "blank"),
            ("\u{a0}", "blank"),
            ("\"", "quotes"),
            ("'", "quotes"),
            ("”", "quotes"),
            ("\u{feff}", "can't be seen"),
            ("\u{200b}", "can't be seen"),
            ("\0", "can't be seen"),
        ];
        for (stray, what) in rows {
            for [before, after] in [[stray, ""], ["", stray], [stray, stray]] {
                let value = |inner: &str| format!("{before}{inner}{after}");
                let error = api_key(value("canary-key")).unwrap_err();
                assert!(error.message().contains(what) && !error.to_string().contains("canary"), "{error}");
                let error = check_tenant_id(&value("tenant-123")).unwrap_err();
                assert!(
                    error.contains(what) && error.contains("tenant-123") && !error.contains('\n'),
                    "{error}"
                );
                let error = base_url(&value("https://api.example.com")).unwrap_err();
                assert!(error.message().contains(what), "{error}");
            }
        }
        for id in ["b6bda135-0c1e-4c57-9b3a-000000000000", "a/../b c?d#é", "Acme 'EMEA' GmbH"] {
            assert_eq!(check_tenant_id(id), Ok(()));
        }
        for key in ["ka\u{e9}y-0123456789", "key with a blank"] {
            assert_eq!(api_key(key.to_owned()).unwrap_err().kind(), ErrorKind::Configuration);
        }
    }

    #[test]
    fn a_timeout_is_a_positive_number_of_seconds() {
        assert_eq!(timeout(1.5).unwrap(), Duration::from_millis(1500));
        for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(timeout(seconds).is_err(), "{seconds}");
        }
    }

    #[test]
    fn options_show_no_secret() {
        let headers = HashMap::from([("Proxy-Token".to_owned(), "canary-header".to_owned())]);
        let api_key = Some("canary-0123456789".to_owned());
        let shown =
            format!("{:?}", ClientOptions { api_key, extra_headers: Some(headers), ..Default::default() });
        assert!(
            !shown.contains("canary") && shown.contains("****6789") && shown.contains("Proxy-Token"),
            "{shown}"
        );
    }

    #[test]
    fn a_proxy_shows_no_password() {
        for url in ["http://u:canary@proxy.example:3128", "socks://u:canary@[::1]:1080", "ftp://u:canary@x"] {
            let shown = format!("{:?}", ClientOptions { proxy: Some(url.to_owned()), ..Default::default() });
            assert!(!shown.contains("canary"), "{shown}");
        }
    }

    #[test]
    fn extra_headers_are_checked_and_never_replace_the_sdks_own() {
        let one =
            |name: &str, value: &str| extra_headers(HashMap::from([(name.to_owned(), value.to_owned())]));
        assert_eq!(one("X-Trace", "7").unwrap().get("x-trace").unwrap(), "7");
        for (name, value) in
            [("X-API-Key", "k"), ("Host", "h"), ("bad name", "v"), ("x", "a\r\nb: c"), ("", "v")]
        {
            assert_eq!(one(name, value).unwrap_err().kind(), ErrorKind::Configuration, "{name}");
        }
    }
}
