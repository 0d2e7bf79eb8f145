//! HTTP: the only room that knows hyper.

mod body;
mod connect;
mod failure;
mod gate;
mod hold;
mod metered;
mod proxy;
mod send;
mod settings;
mod stall;
mod ticking;
mod tls;

use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use url::Url;

use crate::answer::Answer;
use crate::config::Config;
use crate::error::{Context, Error, ErrorKind, Result};
use crate::method::Method;
use crate::secret::PresignedUrl;
use body::Outgoing;
use connect::Connector;
pub(crate) use failure::Broken;
pub use gate::called_back;
pub(crate) use gate::{Gate, Permit};
use metered::OpenConnections;
use proxy::Proxies;
use send::{Limit, send};
use settings::Settings;
use ticking::Ticking;

/// How long a connection that nobody uses is kept: less than what stands between closes it after, so that a create is
/// rarely sent on one that is about to be closed.
const IDLE: Duration = Duration::from_secs(30);
/// How many of them there are for each host.
const IDLE_PER_HOST: usize = 10;
/// How often is looked whether the last connection has been closed.
const CLOSING_TICK: Duration = Duration::from_millis(1);

/// The connections of a process. Clients that are made with it share those whose settings are the same.
///
/// They live on the tokio runtime that first uses them: share one within a runtime, not across.
#[derive(Debug)]
pub struct Transport {
    user_agent: String,
    ca_variables: &'static [&'static str],
    shared: Mutex<HashMap<Settings, Arc<Shared>>>,
}

/// A client's part in the connections of all with the same settings.
#[derive(Debug)]
pub(crate) struct Connections {
    shared: Arc<Shared>,
    is_open: AtomicBool,
}

/// The connections of clients with the same settings.
#[derive(Debug)]
struct Shared {
    user_agent: HeaderValue,
    gate: Arc<Gate>,
    api: Connector,
    storage: Connector,
    pools: Mutex<Pools>,
    /// How many clients have them and are not closed.
    clients: AtomicUsize,
    open: OpenConnections,
}

/// The connections that are kept for the next request. Clones share them.
#[derive(Clone, Debug)]
struct Pools {
    api: Client<Connector, Full<Bytes>>,
    storage: Client<Connector, Outgoing>,
}

/// A request to the API.
#[derive(Debug)]
pub(crate) struct Request {
    pub method: Method,
    pub url: Url,
    pub body: Option<Bytes>,
}

/// The bytes of an upload on their way to storage.
#[derive(Debug)]
pub(crate) struct Put<'a, B> {
    pub url: &'a PresignedUrl,
    pub content_type: Option<HeaderValue>,
    pub size: u64,
    pub timeout: Option<Duration>,
    pub body: B,
    pub attempt: u32,
}

impl Transport {
    /// Without any connection yet. `language` names the SDK in the User-Agent.
    #[must_use]
    pub fn new(language: &str) -> Self {
        let user_agent = format!("processmind-{language}/{}", env!("CARGO_PKG_VERSION"));
        Self { user_agent, ca_variables: &[], shared: Mutex::default() }
    }

    /// Has these environment variables name a PEM file, as they do for other programs of the language, for clients
    /// without a `ca_bundle`. The first that is set counts.
    #[must_use]
    pub fn ca_variables(self, names: &'static [&'static str]) -> Self {
        Self { ca_variables: names, ..self }
    }

    /// The connections with a client's settings; nothing is connected yet.
    pub(crate) fn connections(&self, config: &Config) -> Result<Connections> {
        let settings = Settings::new(config, self.ca_variables);
        let mut all = self.shared();
        let shared = match all.get(&settings) {
            Some(shared) => shared.clone(),
            None => {
                let shared = Arc::new(Shared::new(&self.user_agent, &settings)?);
                all.entry(settings).or_insert(shared).clone()
            }
        };
        shared.clients.fetch_add(1, Ordering::AcqRel);
        Ok(Connections { shared, is_open: AtomicBool::new(true) })
    }

    /// Whether a connection is open, be it in use or kept for the next request.
    pub fn is_connected(&self) -> bool {
        self.shared().values().any(|shared| shared.open.is_any())
    }

    /// Ends when no connection is open. Idle ones are closed after 30 s, by whoever drives the runtime then: on one
    /// that nothing else drives, run this there.
    pub async fn disconnected(&self) {
        while self.is_connected() {
            tokio::time::sleep(CLOSING_TICK).await;
        }
    }

    fn shared(&self) -> MutexGuard<'_, HashMap<Settings, Arc<Shared>>> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shared {
    fn new(user_agent: &str, settings: &Settings) -> Result<Self> {
        let proxies = Arc::new(Proxies::new(&settings.proxy)?);
        let tls = tls::config(settings.bundle.as_ref())?;
        let open = OpenConnections::default();
        let connector = |protocols: &[&[u8]]| Connector::new(proxies.clone(), &tls, protocols, open.clone());
        // S3 speaks HTTP/1.1; several streams on one connection would share its window, too.
        let (api, storage) = (connector(&[b"h2", b"http/1.1"]), connector(&[b"http/1.1"]));
        Ok(Self {
            user_agent: HeaderValue::try_from(user_agent).map_err(Error::internal)?,
            gate: Gate::of_process(settings.max_connections),
            pools: Mutex::new(Pools::new(&api, &storage)),
            api,
            storage,
            clients: AtomicUsize::new(0),
            open,
        })
    }

    fn pools(&self) -> MutexGuard<'_, Pools> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Pools {
    fn new(api: &Connector, storage: &Connector) -> Self {
        let mut client = Client::builder(TokioExecutor::new());
        client.pool_idle_timeout(IDLE).pool_max_idle_per_host(IDLE_PER_HOST).pool_timer(Ticking::new());
        // Lines that are not valid headers are skipped, as other clients do: the response is usable without them.
        client.http1_ignore_invalid_headers_in_responses(true);
        client.http1_allow_spaces_after_header_name_in_responses(true);
        Self { api: client.build(api.clone()), storage: client.build(storage.clone()) }
    }
}

impl Drop for Connections {
    /// What is idle stays for the next client: a helper may make one for every call.
    fn drop(&mut self) {
        self.leave();
    }
}

impl Connections {
    /// Closes what is idle, unless another client may use it.
    pub(crate) fn close(&self) {
        if self.leave() && self.shared.clients.load(Ordering::Acquire) == 0 {
            *self.shared.pools() = Pools::new(&self.shared.api, &self.shared.storage);
        }
    }

    /// Ends when nothing is open any more, or another client uses it.
    pub(crate) async fn closed(&self) {
        while self.shared.clients.load(Ordering::Acquire) == 0 && self.shared.open.is_any() {
            tokio::time::sleep(CLOSING_TICK).await;
        }
    }

    /// False if that was done before.
    fn leave(&self) -> bool {
        let leaves = self.is_open.swap(false, Ordering::AcqRel);
        if leaves {
            self.shared.clients.fetch_sub(1, Ordering::AcqRel);
        }
        leaves
    }

    /// Waits until an upload may open its source.
    pub(crate) async fn source(&self) -> Permit {
        self.shared.gate.source().await
    }

    /// Has a request wait until there may be one more.
    async fn bounded<T>(&self, request: impl Future<Output = T>) -> T {
        let gate = &self.shared.gate;
        let _permit = gate.request().await;
        let outcome = request.await;
        if gate.is_full() {
            // The connection first has to be back among the idle ones, or the next request makes another.
            tokio::task::yield_now().await;
        }
        outcome
    }

    /// Sends a request to the API, the only place that gets the key.
    pub(crate) async fn api(
        &self,
        request: &Request,
        config: &Config,
        attempt: u32,
    ) -> Result<Answer, Broken> {
        let (method, url) = (request.method.as_str(), without_query(&request.url));
        tracing::debug!(target: "processmind", method, url, attempt, "request");
        let mut outgoing =
            outgoing(method, request.url.as_str(), Full::new(request.body.clone().unwrap_or_default()))?;
        let headers = outgoing.headers_mut();
        headers.insert(USER_AGENT, self.shared.user_agent.clone());
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.extend(config.extra_headers.clone());
        headers.insert("x-api-key", key_header(config)?);
        if request.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let context =
            Context { method: Some(method), url: Some(url), attempts: attempt, ..Context::default() };
        let pool = self.shared.pools().api.clone();
        self.bounded(send(&pool, outgoing, context, Limit::Total(config.timeout), &config.redactor)).await
    }

    /// Puts `size` bytes to a presigned URL: no key, an exact length, never chunked.
    pub(crate) async fn put<B>(&self, put: Put<'_, B>, config: &Config) -> Result<Answer, Broken>
    where
        B: http_body::Body<Data = Bytes, Error = io::Error> + Send + 'static,
    {
        let Put { url, content_type, size, timeout, body, attempt } = put;
        let shown = url.redacted();
        tracing::debug!(target: "processmind", method = "PUT", url = shown, attempt, size, "request");
        let body = Outgoing::new(body);
        let ended = body.ended();
        let mut outgoing = outgoing("PUT", url.expose(), body)?;
        let headers = outgoing.headers_mut();
        headers.insert(USER_AGENT, self.shared.user_agent.clone());
        headers.insert(CONTENT_LENGTH, size.into());
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type);
        }
        let context =
            Context { method: Some("PUT"), url: Some(shown), attempts: attempt, ..Context::default() };
        let (limit, redactor) =
            (Limit::Moving(ended.clone(), timeout), config.redactor.clone().with_url(url));
        let pool = self.shared.pools().storage.clone();
        let answer = self.bounded(send(&pool, outgoing, context, limit, &redactor)).await?;
        if answer.is_success() && !ended.has_ended() {
            return Err(failure::too_early(&answer.context));
        }
        Ok(answer)
    }
}

fn outgoing<B>(method: &str, url: &str, body: B) -> Result<http::Request<B>> {
    let request = http::Request::builder().method(method).uri(url).body(body);
    // Without the cause, which would repeat the URL.
    request.map_err(|_| Error::internal("the URL can't be sent"))
}

fn key_header(config: &Config) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(config.api_key.expose())
        .map_err(|_| Error::new(ErrorKind::Configuration, "The API key can't be a header's value."))?;
    value.set_sensitive(true);
    Ok(value)
}

fn without_query(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.into()
}
