//! Which proxy a connection goes through.

use hyper_util::client::proxy::matcher::{Intercept, Matcher};

use crate::config::{self, Proxy};
use crate::error::{Error, ErrorKind, Result};

/// Which destinations are reached through which proxy.
#[derive(Debug)]
pub(super) struct Proxies(Matcher);

impl Proxies {
    pub fn new(proxy: &Proxy) -> Result<Self> {
        match proxy {
            Proxy::Environment => Ok(Self(Matcher::from_system())),
            Proxy::None => Ok(Self(Matcher::builder().build())),
            Proxy::Url(url) => {
                let matcher = Matcher::builder().all(url.expose().to_string()).build();
                // One that is not understood must not be passed by in silence.
                let anywhere = http::Uri::from_static(config::DEFAULT_BASE_URL);
                matcher.intercept(&anywhere).map(|_| Self(matcher)).ok_or_else(|| {
                    Error::new(ErrorKind::Configuration, format!("The proxy {url:?} can't be used."))
                        .with_hint("Check its host, its port and how its password is written in the URL.")
                })
            }
        }
    }

    /// The proxy for a destination. What is on loopback is reached directly: a proxy could not get there, and
    /// would read what goes over plain HTTP.
    pub fn to(&self, destination: &http::Uri) -> Option<Intercept> {
        let host = destination.host().unwrap_or_default();
        self.0.intercept(destination).filter(|_| !config::is_loopback(host))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::ProxyUrl;

    fn by(proxy: &str, destination: &str) -> Option<String> {
        let url = url::Url::parse(proxy).unwrap();
        let proxies = Proxies::new(&Proxy::Url(ProxyUrl::new(url))).unwrap();
        proxies.to(&destination.parse().unwrap()).map(|proxy| proxy.uri().to_string())
    }

    #[test]
    fn a_proxy_is_for_all_but_loopback() {
        for proxy in ["http://proxy.example:3128/", "https://proxy.example/", "socks5h://proxy.example:1080/"]
        {
            assert_eq!(by(proxy, "https://api.processmind.com/x").as_deref(), Some(proxy));
            for local in ["http://127.0.0.1:8787", "https://localhost/x", "http://[::1]:1/x"] {
                assert_eq!(by(proxy, local), None, "{local}");
            }
        }
    }

    #[test]
    fn its_password_is_taken_out_of_the_url() {
        let url = url::Url::parse("http://me:can%40ary@proxy.example:3128").unwrap();
        let proxies = Proxies::new(&Proxy::Url(ProxyUrl::new(url))).unwrap();
        let proxy = proxies.to(&http::Uri::from_static("https://api.processmind.com")).unwrap();
        assert_eq!(proxy.uri().to_string(), "http://proxy.example:3128/");
        assert_eq!(proxy.basic_auth().unwrap(), "Basic bWU6Y2FuQGFyeQ==");
        assert!(!format!("{proxies:?}").contains("ary"));
    }
}
