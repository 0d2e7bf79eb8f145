//! The URL of a proxy, as people write it in an option or a variable.

use http::uri::Authority;
use url::Url;

use crate::error::Result;
use crate::secret::ProxyUrl;

const HINT: &str =
    "Write a scheme (http, https, socks5 or socks5h), a host and a port: http://proxy.example:3128.";

/// The longest user or password that SOCKS5 can carry.
const LONGEST_SOCKS_TEXT: usize = 255;

/// Which proxy connections go through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Proxy {
    /// The one that the environment names, if it names one.
    Environment,
    /// None.
    None,
    /// This one.
    Url(ProxyUrl),
}

impl Proxy {
    /// From the `proxy` option.
    pub fn new(text: &str) -> Result<Self> {
        let url = parse("`proxy`", text, None)
            .map_err(|error| error.also("For no proxy, pass an empty string.".into()))?;
        Ok(url.map_or(Self::None, Self::Url))
    }

    /// From an environment variable; nothing if that is empty.
    pub fn from_variable(name: &str, text: &str) -> Result<Option<ProxyUrl>> {
        // As other programs that read it.
        parse(name, text, Some("http"))
            .map_err(|error| error.also("For no proxy, unset the variable.".into()))
    }
}

/// The URL that a text stands for; nothing for an empty one. An error never repeats the text, which may hold a
/// password.
fn parse(name: &str, text: &str, default_scheme: Option<&'static str>) -> Result<Option<ProxyUrl>> {
    let text = unquoted(text);
    if text.is_empty() {
        return Ok(None);
    }
    let url = url(text, default_scheme).map_err(|why| {
        super::configuration(format!("{name} is not the URL of a proxy: {why}.")).with_hint(HINT)
    })?;
    Ok(Some(ProxyUrl::new(url)))
}

/// A value without the blanks and the quotes that env files and shells leave around it.
pub(crate) fn unquoted(text: &str) -> &str {
    let text = text.trim();
    let inner = ['"', '\''].into_iter().find_map(|quote| text.strip_prefix(quote)?.strip_suffix(quote));
    inner.map_or(text, str::trim)
}

/// Parses by hand what a URL parser takes in another sense: a password may hold an `@` or a backslash, as in curl.
fn url(text: &str, default_scheme: Option<&'static str>) -> Result<Url, String> {
    if text.contains(char::is_control) {
        return Err("it holds a control character".into());
    }
    let (scheme, rest) = match split_scheme(text)? {
        (Some(scheme), rest) => (scheme, rest),
        (None, rest) => (default_scheme.ok_or("it has no scheme")?, rest),
    };
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    let (login, address) =
        rest.rsplit_once('@').map_or((None, rest), |(login, address)| (Some(login), address));
    if login.is_some_and(|login| login.contains(['/', '?', '#'])) {
        // Where the host begins would be a guess, and a wrong one sends the password elsewhere.
        return Err("its user or password holds '/', '?' or '#', which are written %2F, %3F and %23".into());
    }
    if address.contains(['/', '?', '#', '\\']) {
        return Err("it has more than a host and a port, such as a path".into());
    }
    let host = host_and_port(address)?;
    let mut url = Url::parse(&format!("{scheme}://{host}")).map_err(|error| error.to_string())?;
    if let Some(login) = login {
        sign_in(&mut url, login)?;
    }
    Ok(url)
}

/// The scheme, if there is one, and what follows.
fn split_scheme(text: &str) -> Result<(Option<&'static str>, &str), String> {
    let Some((scheme, rest)) = text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) else {
        return Ok((None, text));
    };
    let scheme = match scheme.to_ascii_lowercase().as_str() {
        "http" => "http",
        "https" => "https",
        // The proxy resolves the host's name with any of them.
        "socks" | "socks5" => "socks5",
        "socks5h" => "socks5h",
        other => return Err(format!("its scheme is '{other}'")),
    };
    Ok((Some(scheme), rest))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// A host and a port as a URL writes them.
fn host_and_port(address: &str) -> Result<String, String> {
    // Of the schemes, http has the parser that checks a host.
    let url = Url::parse(&format!("http://{address}")).map_err(|error| error.to_string())?;
    let host = url.host_str().unwrap_or_default();
    if host.parse::<Authority>().is_err() {
        return Err("its host can't be one".into());
    }
    let port = address.rsplit_once(':').map(|(_, port)| port).filter(|port| !port.ends_with(']'));
    match port {
        // One that is spelt out stays so: the default of the scheme would be left out.
        Some(port) if port.parse::<u16>().is_ok_and(|port| port > 0) => Ok(format!("{host}:{port}")),
        Some(_) => Err("its port is not a number from 1 to 65535".into()),
        None => Ok(host.to_owned()),
    }
}

fn sign_in(url: &mut Url, login: &str) -> Result<(), String> {
    let (user, password) =
        login.split_once(':').map_or((login, None), |(user, password)| (user, Some(password)));
    let is_socks = url.scheme().starts_with("socks");
    for text in [user, password.unwrap_or_default()] {
        let decoded: Vec<u8> = percent_encoding::percent_decode_str(text).collect();
        if is_socks && (decoded.len() > LONGEST_SOCKS_TEXT || std::str::from_utf8(&decoded).is_err()) {
            return Err("its user or password is longer than 255 bytes, or not UTF-8".into());
        }
    }
    let refused = |()| "it can't have a user and a password".to_owned();
    url.set_username(user).map_err(refused)?;
    url.set_password(password).map_err(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn parsed(text: &str) -> String {
        match Proxy::new(text).unwrap() {
            Proxy::Url(url) => url.expose().to_string(),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_proxy_is_written_in_many_ways() {
        for (text, url) in [
            ("http://proxy.example:3128", "http://proxy.example:3128/"),
            ("HTTP://Proxy.Example:3128/", "http://proxy.example:3128/"),
            ("\"http://proxy.example:3128\"", "http://proxy.example:3128/"),
            ("' http://proxy.example:3128 '", "http://proxy.example:3128/"),
            (" http://proxy.example:3128\n", "http://proxy.example:3128/"),
            ("https://u@proxy.example", "https://u@proxy.example/"),
            ("socks://proxy:1080", "socks5://proxy:1080"),
            ("SOCKS5H://[::1]:1080", "socks5h://[::1]:1080"),
            ("http://[::1]:3128", "http://[::1]:3128/"),
            ("http://bücher.example:8080", "http://xn--bcher-kva.example:8080/"),
            ("http://u:p@ss@proxy:1", "http://u:p%40ss@proxy:1/"),
            ("http://u:p:q@proxy:1", "http://u:p%3Aq@proxy:1/"),
            ("http://DOM\\user:p^{w}ä x@proxy:1", "http://DOM%5Cuser:p%5E%7Bw%7D%C3%A4%20x@proxy:1/"),
            ("http://u:p%40%w@proxy:1", "http://u:p%40%w@proxy:1/"),
        ] {
            assert_eq!(parsed(text), url, "{text}");
        }
        for (text, url) in [("proxy:3128", "http://proxy:3128/"), ("u:p@proxy", "http://u:p@proxy/")] {
            let variable = Proxy::from_variable("ALL_PROXY", text).unwrap().unwrap();
            assert_eq!(variable.expose().as_str(), url);
            let error = Proxy::new(text).unwrap_err();
            assert_eq!(error.message(), "`proxy` is not the URL of a proxy: it has no scheme.");
        }
        for none in ["", "  ", "\"\"", "' '"] {
            assert_eq!(Proxy::new(none).unwrap(), Proxy::None);
        }
    }

    #[test]
    fn a_text_that_is_no_proxy_is_refused_without_its_password() {
        for text in [
            "htps://u:canary@proxy:1",
            "ftp://u:canary@proxy",
            "socks4://u:canary@proxy:1",
            "http:/canary:3128",
            "http:canary:3128",
            "http://",
            "http://u:canary@",
            "http://:3128",
            "//proxy:3128",
            "http:///proxy:3128",
            "http://u:can#canary@proxy:1",
            "http://u:can/canary@proxy:1",
            "http://u:can?canary@proxy:1",
            "http://proxy/path?canary",
            "http://proxy:1#canary",
            "http://canary:proxy:3128",
            "http://proxy:99999",
            "http://proxy:0",
            "http://proxy:",
            "http://pro xy:1",
            "http://u:canary\r\n@proxy:1",
            "\"http://u:canary@proxy:1",
            "http://u:canary@proxy:1\"",
            "socks5://u:%ffcanary@proxy:1",
        ] {
            for error in
                [Proxy::new(text).unwrap_err(), Proxy::from_variable("HTTPS_PROXY", text).unwrap_err()]
            {
                assert_eq!(error.kind(), ErrorKind::Configuration, "{text}");
                assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
            }
        }
        let error = Proxy::from_variable("all_proxy", "htps://proxy").unwrap_err();
        assert_eq!(error.message(), "all_proxy is not the URL of a proxy: its scheme is 'htps'.");
    }
}
