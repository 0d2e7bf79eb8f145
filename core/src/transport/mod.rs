//! HTTP: the only room that knows hyper.

mod body;
mod connect;
mod failure;
mod hold;
mod metered;
mod proxy;
mod send;
mod settings;
mod stall;
mod tls;

use std::collections::HashMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use url::Url;

use crate::answer::Answer;
use crate::config::Config;
use crate::error::{Context, Error, ErrorKind, Result};
use crate::method::Method;
use crate::secret::PresignedUrl;
use body::Outgoing;
use connect::Connector;
pub(crate) use failure::Broken;
use proxy::Proxies;
use send::{Limit, send};
use settings::Settings;

/// How long a connection that nobody uses is kept.
const IDLE: Duration = Duration::from_secs(90);

/// The connections of a process. Clients that are made with it share those whose settings are the same.
///
/// They live on the tokio runtime that first uses them: share one within a runtime, not across.
#[derive(Debug)]
pub struct Transport {
    user_agent: String,
    ca_variables: &'static [&'static str],
    shared: Mutex<HashMap<Settings, Connections>>,
}

/// The connections of clients with the same settings. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    user_agent: HeaderValue,
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
        let mut shared = self.shared.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connections) = shared.get(&settings) {
            return Ok(connections.clone());
        }
        let connections = Connections::new(&self.user_agent, &settings)?;
        shared.insert(settings, connections.clone());
        Ok(connections)
    }
}

impl Connections {
    fn new(user_agent: &str, settings: &Settings) -> Result<Self> {
        let proxies = Arc::new(Proxies::new(&settings.proxy)?);
        let tls = tls::config(settings.bundle.as_ref())?;
        let connector = |protocols: &[&[u8]]| Connector::new(proxies.clone(), &tls, protocols);
        let mut client = Client::builder(TokioExecutor::new());
        client.pool_idle_timeout(IDLE).pool_timer(TokioTimer::new());
        Ok(Self {
            user_agent: HeaderValue::try_from(user_agent).map_err(Error::internal)?,
            api: client.build(connector(&[b"h2", b"http/1.1"])),
            // What S3 speaks; several streams on one connection would share its window, too.
            storage: client.build(connector(&[b"http/1.1"])),
        })
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
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.extend(config.extra_headers.clone());
        headers.insert("x-api-key", key_header(config)?);
        if request.body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let context =
            Context { method: Some(method), url: Some(url), attempts: attempt, ..Context::default() };
        send(&self.api, outgoing, context, Limit::Total(config.timeout)).await
    }

    /// Puts `size` bytes to a presigned URL: no key, an exact length, never chunked.
    pub(crate) async fn put<B>(&self, put: Put<'_, B>) -> Result<Answer, Broken>
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
        headers.insert(USER_AGENT, self.user_agent.clone());
        headers.insert(CONTENT_LENGTH, size.into());
        if let Some(content_type) = content_type {
            headers.insert(CONTENT_TYPE, content_type);
        }
        let context =
            Context { method: Some("PUT"), url: Some(shown), attempts: attempt, ..Context::default() };
        let answer = send(&self.storage, outgoing, context, Limit::Moving(ended.clone(), timeout)).await?;
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
