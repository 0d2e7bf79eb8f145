//! Which proxy a connection goes through.

mod bypass;
mod refusal;
mod tunnel;

use std::env;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use http::uri::InvalidUri;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use percent_encoding::percent_decode_str;
use url::Url;

use crate::config::{self, Proxy};
use crate::error::{Error, Result};
use bypass::Bypass;
pub(super) use refusal::{ProxyRefused, Refusal};
pub(super) use tunnel::{Answered, tunnel};

/// The variables that name a proxy. `HTTP_PROXY` is for plain HTTP, which goes to loopback alone.
const NAMED_BY: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
const BYPASSED_BY: [&str; 2] = ["NO_PROXY", "no_proxy"];

/// Which destinations are reached through which proxy.
#[derive(Debug)]
pub(super) struct Proxies {
    proxy: Choice,
    bypass: Bypass,
}

#[derive(Debug)]
enum Choice {
    None,
    One(Via),
    /// The one of the system's settings, where a system has such.
    System(Matcher),
}

/// A proxy on the way.
#[derive(Clone, Debug)]
pub(super) struct Via {
    /// Where it is, without user and password.
    pub address: Uri,
    pub login: Option<Login>,
}

/// What a proxy is told of who asks.
#[derive(Clone)]
pub(super) enum Login {
    /// A header.
    Basic(HeaderValue),
    /// A user and a password.
    Socks(String, String),
}

impl Proxies {
    /// The proxy of the options, or of the environment.
    ///
    /// # Errors
    /// `Configuration` if a variable names a proxy that can't be used: a connection past it could be one that
    /// nobody allowed.
    pub fn new(proxy: &Proxy) -> Result<Self> {
        match proxy {
            Proxy::Environment => Self::from_environment(|name| env::var_os(name)),
            Proxy::None => Ok(Self { proxy: Choice::None, bypass: Bypass::default() }),
            Proxy::Url(url) => {
                Ok(Self { proxy: Choice::One(Via::new(url.expose())?), bypass: Bypass::default() })
            }
        }
    }

    fn from_environment(variable: impl Fn(&str) -> Option<std::ffi::OsString>) -> Result<Self> {
        let bypass = BYPASSED_BY.into_iter().find_map(|name| {
            let text = variable(name)?.to_string_lossy().into_owned();
            Some(Bypass::new(config::unquoted(&text))).filter(|bypass| !bypass.is_empty())
        });
        let bypass = bypass.unwrap_or_default();
        if bypass.is_everything() {
            return Ok(Self { proxy: Choice::None, bypass });
        }
        for name in NAMED_BY {
            // An empty one hides none that is set.
            let Some(text) = variable(name) else { continue };
            if let Some(url) = Proxy::from_variable(name, &text.to_string_lossy())? {
                return Ok(Self { proxy: Choice::One(Via::new(url.expose())?), bypass });
            }
        }
        Ok(Self { proxy: Choice::System(Matcher::from_system()), bypass })
    }

    /// The proxy for a destination. What is on loopback is reached directly: a proxy could not get there, and
    /// would read what goes over plain HTTP.
    pub fn to(&self, destination: &Uri) -> Option<Via> {
        if config::is_loopback(destination.host()?) || self.bypass.contains(destination) {
            return None;
        }
        match &self.proxy {
            Choice::None => None,
            Choice::One(via) => Some(via.clone()),
            Choice::System(matcher) => matcher.intercept(destination).map(Via::from),
        }
    }
}

impl Via {
    fn new(url: &Url) -> Result<Self> {
        let is_socks = url.scheme().starts_with("socks");
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or(1080);
        let address = format!("{}://{host}:{port}", url.scheme())
            .parse()
            .map_err(|cause: InvalidUri| Error::internal(cause))?;
        let has_login = !url.username().is_empty() || url.password().is_some();
        let login = has_login.then(|| if is_socks { Login::socks(url) } else { Login::basic(url) });
        Ok(Self { address, login: login.transpose().map_err(Error::internal)? })
    }

    pub fn is_socks(&self) -> bool {
        self.address.scheme_str().is_some_and(|scheme| scheme.starts_with("socks"))
    }
}

impl From<Intercept> for Via {
    fn from(proxy: Intercept) -> Self {
        let socks =
            proxy.raw_auth().map(|(user, password)| Login::Socks(user.to_owned(), password.to_owned()));
        let login = socks.or_else(|| proxy.basic_auth().cloned().map(Login::Basic));
        Self { address: proxy.uri().clone(), login }
    }
}

impl Login {
    fn basic(url: &Url) -> Result<Self, http::header::InvalidHeaderValue> {
        let mut text: Vec<u8> = percent_decode_str(url.username()).collect();
        text.push(b':');
        text.extend(percent_decode_str(url.password().unwrap_or_default()));
        let mut header = HeaderValue::try_from(format!("Basic {}", BASE64.encode(text)))?;
        header.set_sensitive(true);
        Ok(Self::Basic(header))
    }

    fn socks(url: &Url) -> Result<Self, http::header::InvalidHeaderValue> {
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        Ok(Self::Socks(decoded(url.username()), decoded(url.password().unwrap_or_default())))
    }
}

impl std::fmt::Debug for Login {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Login")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use std::collections::HashMap;

    const API: &str = "https://api.processmind.com/x";

    fn by(proxy: &str, destination: &str) -> Option<String> {
        let proxies = Proxies::new(&Proxy::new(proxy).unwrap()).unwrap();
        proxies.to(&destination.parse().unwrap()).map(|via| via.address.to_string())
    }

    fn in_environment(variables: &[(&str, &str)]) -> Result<Option<String>> {
        let variables: HashMap<_, _> = variables.iter().copied().collect();
        let proxies = Proxies::from_environment(|name| variables.get(name).map(Into::into))?;
        Ok(proxies.to(&API.parse().unwrap()).map(|via| via.address.to_string()))
    }

    #[test]
    fn a_proxy_is_for_all_but_loopback() {
        for proxy in
            ["http://proxy.example:3128/", "https://proxy.example:443/", "socks5h://proxy.example:1080/"]
        {
            assert_eq!(by(proxy, API).as_deref(), Some(proxy));
            for local in ["http://127.0.0.1:8787", "https://localhost/x", "http://[::1]:1/x"] {
                assert_eq!(by(proxy, local), None, "{local}");
            }
        }
        assert_eq!(by("http://proxy.example", API).as_deref(), Some("http://proxy.example:80/"));
        assert_eq!(by("socks://proxy.example", API).as_deref(), Some("socks5://proxy.example:1080/"));
    }

    #[test]
    fn its_password_is_taken_out_of_the_url() {
        let proxies = Proxies::new(&Proxy::new("http://me:can%40ary@proxy.example:3128").unwrap()).unwrap();
        let via = proxies.to(&API.parse().unwrap()).unwrap();
        assert_eq!(via.address.to_string(), "http://proxy.example:3128/");
        assert!(matches!(via.login, Some(Login::Basic(header)) if header == "Basic bWU6Y2FuQGFyeQ=="));
        assert!(!format!("{proxies:?}").contains("ary"));
    }

    #[test]
    fn a_password_is_sent_as_it_is_meant() {
        for (url, login) in [
            ("http://DOM\\user:p^w@proxy", "DOM\\user:p^w"),
            ("http://user:p@ss@proxy", "user:p@ss"),
            ("http://user:p{w}%20ä@proxy", "user:p{w} ä"),
            ("http://user:100%@proxy", "user:100%"),
            ("http://user@proxy", "user:"),
            ("http://:p@proxy", ":p"),
        ] {
            let proxies = Proxies::new(&Proxy::new(url).unwrap()).unwrap();
            let Some(Login::Basic(header)) = proxies.to(&API.parse().unwrap()).unwrap().login else {
                panic!("{url}")
            };
            assert_eq!(header.to_str().unwrap(), format!("Basic {}", BASE64.encode(login)), "{url}");
        }
    }

    #[test]
    fn the_first_variable_that_holds_a_proxy_names_it() {
        let proxy = |url: &str| Some(url.to_owned());
        for (variables, expected) in [
            (&[("HTTPS_PROXY", "http://a:1"), ("https_proxy", "http://b:1")][..], proxy("http://a:1/")),
            (&[("HTTPS_PROXY", ""), ("https_proxy", "http://b:1")], proxy("http://b:1/")),
            (&[("HTTPS_PROXY", "\"\""), ("ALL_PROXY", " 'socks://c' ")], proxy("socks5://c:1080/")),
            (&[("https_proxy", "http://b:1"), ("all_proxy", "nonsense://")], proxy("http://b:1/")),
            (&[("HTTP_PROXY", "nonsense://")], None),
            (&[("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", "\"processmind.com\"")], None),
            (&[("HTTPS_PROXY", "http://a:1"), ("NO_PROXY", ""), ("no_proxy", "processmind.com")], None),
            (&[("HTTPS_PROXY", "nonsense://"), ("NO_PROXY", "*")], None),
        ] {
            assert_eq!(in_environment(variables).unwrap(), expected, "{variables:?}");
        }
    }

    #[test]
    fn a_variable_that_names_no_proxy_is_never_passed_by() {
        for name in NAMED_BY {
            let error = in_environment(&[(name, "htps://u:canary@proxy:1")]).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Configuration);
            assert!(error.message().starts_with(name) && !error.to_string().contains("canary"), "{error}");
        }
    }
}
