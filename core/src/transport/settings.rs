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
    pub bundle: Option<Bundle>,
    pub max_connections: usize,
    /// What the environment says, so that a change of it reaches the next client.
    environment: Environment,
}

/// Certificates that are trusted beside the system's.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct Bundle {
    /// The option or the variable.
    pub named_by: &'static str,
    pub path: String,
}

impl Settings {
    /// The bundle is the option's, or else that of the first of the variables that is set.
    pub fn new(config: &Config, ca_variables: &[&'static str]) -> Self {
        let environment = Environment(ENVIRONMENT.map(env::var_os));
        let given = config.ca_bundle.clone().map(|path| Bundle { named_by: "`ca_bundle`", path });
        let bundle = given.or_else(|| ca_variables.iter().find_map(|name| Bundle::from_variable(name)));
        let max_connections = config.max_connections;
        Self { proxy: config.proxy.clone(), bundle, max_connections, environment }
    }
}

impl Bundle {
    fn from_variable(named_by: &'static str) -> Option<Self> {
        let path = env::var_os(named_by)?.to_string_lossy().into_owned();
        (!path.is_empty()).then_some(Self { named_by, path })
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
