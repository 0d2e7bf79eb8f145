//! The client: its options and its connections.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::config::{ClientOptions, Config};
use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Connections, Transport};

/// A client of one ProcessMind tenant. Clones share their connections; making one touches no network.
#[derive(Clone, Debug)]
pub struct Client(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    config: Config,
    connections: Connections,
    closed: AtomicBool,
}

impl Client {
    /// A client from the environment: `PROCESSMIND_API_KEY`, `PROCESSMIND_TENANT_ID`, `PROCESSMIND_BASE_URL`.
    ///
    /// # Errors
    /// `Configuration` where the key or the tenant is missing, or a value can't be used.
    pub fn from_env() -> Result<Self> {
        Self::new(ClientOptions::default())
    }

    /// Sets options one by one.
    #[must_use]
    pub fn builder() -> ClientBuilder {
        ClientBuilder::default()
    }

    /// A client with these options, the environment's for what they leave out.
    ///
    /// # Errors
    /// `Configuration` where the key or the tenant is missing, or a value can't be used.
    pub fn new(options: ClientOptions) -> Result<Self> {
        Self::with_transport(options, &Transport::new("rust"))
    }

    /// A client that shares the connections of others on the same runtime, where proxy and certificates are
    /// the same.
    ///
    /// # Errors
    /// As [`Client::new`].
    pub fn with_transport(options: ClientOptions, transport: &Transport) -> Result<Self> {
        let config = Config::new(options)?;
        let connections = transport.connections(&config)?;
        Ok(Self(Arc::new(Inner { config, connections, closed: AtomicBool::new(false) })))
    }

    /// The tenant of calls that name no other.
    #[must_use]
    pub fn tenant_id(&self) -> &str {
        &self.0.config.tenant_id
    }

    /// Where the API is.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.0.config.base_url.as_str()
    }

    /// The API key as it may be shown: `****` and its end.
    #[must_use]
    pub fn redacted_api_key(&self) -> String {
        self.0.config.api_key.to_string()
    }

    /// Refuses every later call of this client and of its clones, and closes its idle connections, unless another
    /// client uses them, too. Calls that are on their way go on.
    pub fn close(&self) {
        self.0.closed.store(true, Ordering::Release);
        self.0.connections.close();
    }

    /// Ends when the connections that [`Client::close`] closes are closed. That is done by whoever drives the
    /// runtime: on one that nothing else drives, run this there.
    pub async fn closed(&self) {
        self.0.connections.closed().await;
    }

    pub(crate) fn check_open(&self) -> Result<()> {
        if self.0.closed.load(Ordering::Acquire) {
            return Err(
                Error::new(ErrorKind::ClientClosed, "The client is closed.").with_hint("Make a new client.")
            );
        }
        Ok(())
    }

    pub(crate) fn config(&self) -> &Config {
        &self.0.config
    }

    pub(crate) fn connections(&self) -> &Connections {
        &self.0.connections
    }
}

/// Makes a [`Client`] from options set one by one.
#[derive(Clone, Debug, Default)]
pub struct ClientBuilder(ClientOptions);

impl ClientBuilder {
    /// The API key; else `PROCESSMIND_API_KEY`.
    #[must_use]
    pub fn api_key(mut self, api_key: impl Into<String>) -> Self {
        self.0.api_key = Some(api_key.into());
        self
    }

    /// The tenant's id; else `PROCESSMIND_TENANT_ID`.
    #[must_use]
    pub fn tenant_id(mut self, tenant_id: impl Into<String>) -> Self {
        self.0.tenant_id = Some(tenant_id.into());
        self
    }

    /// Where the API is; else `PROCESSMIND_BASE_URL`, else `https://api.processmind.com`.
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.0.base_url = Some(base_url.into());
        self
    }

    /// How long one attempt of an API call may take; else 60 s.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.0.timeout = Some(timeout.as_secs_f64());
        self
    }

    /// How often a call is tried again; else 3 times, the bytes of an upload 5 times.
    #[must_use]
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.0.max_retries = Some(max_retries.into());
        self
    }

    /// How many connections and how many files of uploads may be open at the same time; else 100.
    #[must_use]
    pub fn max_connections(mut self, max_connections: u32) -> Self {
        self.0.max_connections = Some(max_connections.into());
        self
    }

    /// A header to send with every API call, beside the SDK's own; storage never gets it.
    #[must_use]
    pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.0.extra_headers.get_or_insert_default().insert(name.into(), value.into());
        self
    }

    /// The proxy that all connections go through; else what the environment names. An empty text is none.
    #[must_use]
    pub fn proxy(mut self, url: impl Into<String>) -> Self {
        self.0.proxy = Some(url.into());
        self
    }

    /// A PEM file whose certificates are trusted beside the system's.
    #[must_use]
    pub fn ca_bundle(mut self, path: impl Into<String>) -> Self {
        self.0.ca_bundle = Some(path.into());
        self
    }

    /// The client.
    ///
    /// # Errors
    /// `Configuration` where the key or the tenant is missing, or a value can't be used.
    pub fn build(self) -> Result<Client> {
        Client::new(self.0)
    }
}
