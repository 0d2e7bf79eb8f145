//! What tells connections apart that clients may not share.

use std::env;
use std::ffi::OsString;
use std::fmt;

use crate::config::{Config, Proxy};

/// The variables that decide about connections.
const ENVIRONMENT: [&str; 9] = [
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD", // a web server's child: there the system's proxy is not asked for
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];
/// What decides about connections.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Settings {
    pub proxy: Proxy,
    pub ca_bundle: Option<String>,
    /// What the environment says, so that a change of it reaches the next client.
    environment: Environment,
}

impl Settings {
    pub fn new(config: &Config) -> Self {
        let environment = Environment(ENVIRONMENT.map(env::var_os));
        Self { proxy: config.proxy.clone(), ca_bundle: config.ca_bundle.clone(), environment }
    }
}

/// The values of [`ENVIRONMENT`]. They may hold a proxy's password: it prints their names.
#[derive(PartialEq, Eq, Hash)]
struct Environment([Option<OsString>; ENVIRONMENT.len()]);

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = ENVIRONMENT.iter().zip(&self.0).filter(|(_, value)| value.is_some());
        f.debug_set().entries(set.map(|(name, _)| name)).finish()
    }
}
