//! `NO_PROXY`: what is reached without the proxy.

use std::net::IpAddr;

use http::Uri;
use ipnet::IpNet;
use url::Host;

/// The destinations that go past the proxy.
#[derive(Debug, Default)]
pub(super) struct Bypass(Vec<Entry>);

/// One of them.
#[derive(Debug, PartialEq, Eq)]
struct Entry {
    hosts: Hosts,
    /// Any port if it names none.
    port: Option<u16>,
}

#[derive(Debug, PartialEq, Eq)]
enum Hosts {
    All,
    Network(IpNet),
    /// A domain and what is below it.
    Domain(String),
    /// What is below a domain, without itself.
    Below(String),
}

impl Bypass {
    /// Hosts, domains, addresses and networks (`10.0.0.0/8`), each with or without a port, between commas or blanks.
    pub fn new(list: &str) -> Self {
        let entries = list.split(|c: char| c == ',' || c.is_whitespace()).filter(|text| !text.is_empty());
        Self(entries.filter_map(Entry::new).collect())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn is_everything(&self) -> bool {
        self.0.contains(&Entry { hosts: Hosts::All, port: None })
    }

    pub fn contains(&self, destination: &Uri) -> bool {
        let default = if destination.scheme_str() == Some("http") { 80 } else { 443 };
        let port = destination.port_u16().unwrap_or(default);
        let host = normal(destination.host().unwrap_or_default());
        self.0.iter().any(|entry| entry.port.is_none_or(|only| only == port) && entry.hosts.contain(&host))
    }
}

impl Entry {
    fn new(text: &str) -> Option<Self> {
        // An IPv6 address has colons of its own.
        if let Some(hosts) = Hosts::address(text) {
            return Some(Self { hosts, port: None });
        }
        let (host, port) = match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port.parse().ok()?)),
            None => (text, None),
        };
        Some(Self { hosts: Hosts::new(host)?, port })
    }
}

impl Hosts {
    fn new(text: &str) -> Option<Self> {
        if text == "*" {
            return Some(Self::All);
        }
        if let Some(domain) = text.strip_prefix("*.") {
            return domain_name(domain).map(Self::Below);
        }
        Self::address(text).or_else(|| domain_name(text.trim_start_matches('.')).map(Self::Domain))
    }

    fn address(text: &str) -> Option<Self> {
        let text = bare(text);
        let one = || text.parse::<IpAddr>().ok().map(IpNet::from);
        text.parse().ok().or_else(one).map(Self::Network)
    }

    fn contain(&self, host: &str) -> bool {
        let is_below = |domain: &str| {
            host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.') && !rest.starts_with('.'))
        };
        match self {
            Self::All => true,
            Self::Network(network) => host.parse::<IpAddr>().is_ok_and(|address| network.contains(&address)),
            Self::Domain(domain) => host == domain || is_below(domain),
            Self::Below(domain) => is_below(domain),
        }
    }
}

/// A domain as a URL holds it: in lower case, and in ASCII.
fn domain_name(text: &str) -> Option<String> {
    match Host::parse(text.trim_end_matches('.')).ok()? {
        Host::Domain(domain) => Some(domain),
        // A suffix such as `.10` is no address.
        Host::Ipv4(_) | Host::Ipv6(_) => None,
    }
}

fn normal(host: &str) -> String {
    bare(host).trim_end_matches('.').to_ascii_lowercase()
}

/// An IPv6 address without its brackets.
fn bare(host: &str) -> &str {
    host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bypasses(list: &str, destination: &str) -> bool {
        Bypass::new(list).contains(&destination.parse().unwrap())
    }

    #[test]
    fn an_entry_matches_its_hosts_and_no_other() {
        let rows = [
            ("*", "https://api.example.com", true),
            ("example.com", "https://example.com", true),
            ("example.com", "https://api.example.com", true),
            ("example.com", "https://notexample.com", false),
            (".example.com", "https://api.example.com", true),
            (".example.com", "https://example.com", true),
            ("*.example.com", "https://api.example.com", true),
            ("*.example.com", "https://a.b.example.com", true),
            ("*.example.com", "https://example.com", false),
            ("*.example.com", "https://notexample.com", false),
            ("EXAMPLE.com.", "https://API.Example.COM", true),
            ("example.com", "https://api.example.com.", true),
            ("bücher.example", "https://xn--bcher-kva.example", true),
            ("api.example.com:443", "https://api.example.com", true),
            ("api.example.com:443", "https://api.example.com:443", true),
            ("api.example.com:8443", "https://api.example.com", false),
            ("*.example.com:8443", "https://api.example.com:8443", true),
            ("*:8443", "https://api.example.com", false),
            ("10.0.0.0/8", "https://10.1.2.3", true),
            ("10.0.0.0/8", "https://11.1.2.3", false),
            ("10.1.2.3", "https://10.1.2.3:9000", true),
            ("10.1.2.3:9000", "https://10.1.2.3:9000", true),
            ("10.1.2.3:9000", "https://10.1.2.3", false),
            ("fd00::/8", "https://[fd00::1]", true),
            ("[fd00::1]", "https://[fd00::1]:9000", true),
            ("fd00::1", "https://[fd00::1]", true),
            ("[fd00::1]:9000", "https://[fd00::1]", false),
            ("10.0.0.0/8", "https://api.example.com", false),
            ("example.com:port", "https://example.com", false),
            ("a.example, b.example\tc.example,,", "https://c.example", true),
            ("", "https://example.com", false),
        ];
        for (list, destination, expected) in rows {
            assert_eq!(bypasses(list, destination), expected, "{list} {destination}");
        }
    }
}
