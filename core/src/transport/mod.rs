//! HTTP: the only file that knows reqwest.

use std::collections::HashMap;
use std::error::Error as StdError;
use std::ffi::OsString;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use rustls::CertificateError;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use url::Url;

use crate::answer::Answer;
use crate::config::{Config, Proxy};
use crate::error::{self, Context, Error, ErrorKind, Result};
use crate::method::Method;
use crate::retry::{self, Failure};
use crate::secret::PresignedUrl;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// The connections of a process. Clients that are made with it share those whose settings are the same.
///
/// They live on the tokio runtime that first uses them: share one within a runtime, not across.
#[derive(Debug)]
pub struct Transport {
    user_agent: String,
    shared: Mutex<HashMap<Settings, Connections>>,
}

/// What tells connections apart that may not be shared.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Settings {
    proxy: Proxy,
    ca_bundle: Option<String>,
    /// What the environment says, so that a change of it reaches the next client.
    environment: [Option<OsString>; ENVIRONMENT.len()],
}

/// The variables that decide about connections.
const ENVIRONMENT: [&str; 9] = [
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
];

/// The connections of clients with the same settings. Clones share them.
#[derive(Clone, Debug)]
pub(crate) struct Connections {
    api: reqwest::Client,
    storage: reqwest::Client,
    /// For plain HTTP, which goes to loopback alone: a proxy would read the key, and could not get there.
    loopback: reqwest::Client,
}

/// A request to the API.
#[derive(Debug)]
pub(crate) struct Request {
    pub method: Method,
    pub url: Url,
    pub body: Option<Bytes>,
}

/// An attempt that did not succeed.
#[derive(Debug)]
pub(crate) struct Broken {
    pub failure: Failure,
    pub error: Error,
}

impl From<Error> for Broken {
    /// An error that no other attempt could change.
    fn from(error: Error) -> Self {
        Self { failure: Failure::Final, error }
    }
}

impl Transport {
    /// None are made yet. `language` names the SDK in the User-Agent.
    #[must_use]
    pub fn new(language: &str) -> Self {
        let user_agent = format!("processmind-{language}/{}", env!("CARGO_PKG_VERSION"));
        Self { user_agent, shared: Mutex::default() }
    }

    /// The connections with a client's settings; nothing is connected yet.
    pub(crate) fn connections(&self, config: &Config) -> Result<Connections> {
        let settings = Settings {
            proxy: config.proxy.clone(),
            ca_bundle: config.ca_bundle.clone(),
            environment: ENVIRONMENT.map(std::env::var_os),
        };
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
        let tls = tls(settings.ca_bundle.as_deref())?;
        let client = |protocols: &[&[u8]]| {
            let mut tls = tls.clone();
            tls.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
            let builder = reqwest::Client::builder();
            let builder = match &settings.proxy {
                Proxy::Environment => builder,
                Proxy::None => builder.no_proxy(),
                Proxy::Url(url) => match reqwest::Proxy::all(url.expose().clone()) {
                    Ok(proxy) => builder.proxy(proxy),
                    Err(_) => builder,
                },
            };
            builder
                .tls_backend_preconfigured(tls)
                .user_agent(user_agent)
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(CONNECT_TIMEOUT)
                .tcp_nodelay(true)
        };
        Ok(Self {
            api: client(&[b"h2", b"http/1.1"]).build().map_err(setup)?,
            storage: client(&[b"http/1.1"]).http1_only().build().map_err(setup)?,
            loopback: client(&[]).http1_only().no_proxy().build().map_err(setup)?,
        })
    }

    /// The client for a URL that would go by `usual`.
    fn for_url<'a>(&'a self, url: &Url, usual: &'a reqwest::Client) -> &'a reqwest::Client {
        if url.scheme() == "http" { &self.loopback } else { usual }
    }

    /// Sends a request to the API, the only place that gets the key.
    pub(crate) async fn api(
        &self,
        request: &Request,
        config: &Config,
        attempt: u32,
    ) -> Result<Answer, Broken> {
        let context = Context {
            method: Some(request.method.as_str()),
            url: Some(without_query(&request.url)),
            attempts: attempt,
            ..Context::default()
        };
        tracing::debug!(target: "processmind", method = request.method.as_str(), url = context.url, attempt, "request");
        let mut builder = self
            .for_url(&request.url, &self.api)
            .request(request.method.into(), request.url.clone())
            .timeout(config.timeout)
            .headers(config.extra_headers.clone())
            .header("x-api-key", key_header(config)?);
        if let Some(body) = &request.body {
            builder = builder.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        receive(builder, context).await
    }

    /// Puts `size` bytes to a presigned URL: no key, an exact length, never chunked.
    pub(crate) async fn put<B>(&self, put: Put<'_, B>) -> Result<Answer, Broken>
    where
        B: http_body::Body<Data = Bytes, Error = std::io::Error> + Send + Sync + 'static,
    {
        let Put { url, content_type, size, timeout, body, attempt } = put;
        let context = Context {
            method: Some("PUT"),
            url: Some(url.redacted()),
            attempts: attempt,
            ..Context::default()
        };
        tracing::debug!(target: "processmind", method = "PUT", url = context.url, attempt, size, "request");
        let mut builder = self
            .for_url(url.url(), &self.storage)
            .put(url.url().clone())
            .header(CONTENT_LENGTH, size)
            .body(reqwest::Body::wrap(body));
        if let Some(content_type) = content_type {
            builder = builder.header(CONTENT_TYPE, content_type);
        }
        if let Some(timeout) = timeout {
            builder = builder.timeout(timeout);
        }
        receive(builder, context).await
    }
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

impl From<Method> for reqwest::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
        }
    }
}

async fn receive(builder: reqwest::RequestBuilder, mut context: Context) -> Result<Answer, Broken> {
    let response = builder.send().await.map_err(|error| connection(&context, error))?;
    let headers = response.headers().clone();
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    context.status = Some(response.status().as_u16());
    context.request_id = ["x-request-id", "x-amzn-requestid", "apigw-requestid", "x-amz-request-id"]
        .into_iter()
        .find_map(text);
    context.retry_after = retry::retry_after(&headers, SystemTime::now());
    let body = read(response).await.map_err(|error| connection(&context, error))?;
    tracing::debug!(target: "processmind", status = context.status, request_id = context.request_id, "answer");
    Ok(Answer { body, context, headers })
}

/// The body; of a refusal no more than an error keeps.
async fn read(mut response: reqwest::Response) -> Result<Bytes, reqwest::Error> {
    let limit = if response.status().is_success() { usize::MAX } else { error::BODY_LIMIT };
    let Some(first) = response.chunk().await? else { return Ok(Bytes::new()) };
    let mut all = BytesMut::from(first);
    while all.len() < limit
        && let Some(chunk) = response.chunk().await?
    {
        all.extend_from_slice(&chunk);
    }
    Ok(all.freeze())
}

fn key_header(config: &Config) -> Result<HeaderValue> {
    let mut value = HeaderValue::from_str(config.api_key.expose())
        .map_err(|_| Error::new(ErrorKind::Configuration, "The API key can't be a header's value."))?;
    value.set_sensitive(true);
    Ok(value)
}

/// TLS 1.2 and 1.3 with the system's root certificates (`SSL_CERT_FILE` included) and those of a bundle.
fn tls(ca_bundle: Option<&str>) -> Result<rustls::ClientConfig> {
    let bundle = ca_bundle.map(certificates).transpose()?.unwrap_or_default();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(bundle, provider.clone());
    let builder = rustls::ClientConfig::builder_with_provider(provider);
    Ok(builder
        .with_safe_default_protocol_versions()
        .map_err(setup)?
        .dangerous() // rustls's word for any verifier that is not its own: this one is the system's
        .with_custom_certificate_verifier(Arc::new(verifier.map_err(setup)?))
        .with_no_client_auth())
}

/// The certificates of a PEM file, of which there has to be one.
fn certificates(path: &str) -> Result<Vec<CertificateDer<'static>>> {
    let refused = |why: String| {
        Error::new(ErrorKind::Configuration, format!("The `ca_bundle` '{path}' can't be used: {why}."))
            .hint("Pass the path of a PEM file with at least one certificate (BEGIN CERTIFICATE).")
    };
    let read = CertificateDer::pem_file_iter(path).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let certificates = read.map_err(|error| refused(error.to_string()).caused_by(error))?;
    if certificates.is_empty() {
        return Err(refused("it holds no certificate".to_owned()));
    }
    Ok(certificates)
}

fn setup(cause: impl StdError + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Configuration, "HTTPS can't be set up on this system.")
        .hint("Check the system's root certificates, and SSL_CERT_FILE where it is set.")
        .caused_by(cause)
}

/// The error of a connection that was not made, or broke.
fn connection(context: &Context, error: reqwest::Error) -> Broken {
    let error = error.without_url();
    let to = context.url.as_deref().unwrap_or_default();
    let (failure, kind, what, hint) = if let Some(hint) = certificate_hint(&error) {
        (Failure::Final, ErrorKind::ConnectionFailed, "The server's certificate is not trusted", hint)
    } else if error.is_timeout() && !error.is_connect() && !is_dead_line(&error) {
        let hint = "Raise `timeout`, or try again later.";
        (Failure::Broken, ErrorKind::RequestTimeout, "No answer came in time", hint)
    } else if is_unknown_name(&error) {
        let hint = "Check the base URL's spelling, the DNS of this network, and whether it needs a proxy (HTTPS_PROXY).";
        (Failure::NeverSent, ErrorKind::ConnectionFailed, "The server's name could not be found", hint)
    } else if error.is_connect() {
        let hint =
            "Check the network, the base URL, and the proxy variables (HTTPS_PROXY, ALL_PROXY, NO_PROXY).";
        (Failure::NeverSent, ErrorKind::ConnectionFailed, "No connection could be made", hint)
    } else {
        let hint = "The line or a proxy on the way is poor: try again.";
        (Failure::Broken, ErrorKind::ConnectionFailed, "The connection broke", hint)
    };
    let root = root_cause(&error);
    let error = Error::new(kind, format!("{what} ({to}): {root}."))
        .hint(hint)
        .context(context.clone())
        .caused_by(error);
    Broken { failure, error }
}

fn root_cause(error: &reqwest::Error) -> String {
    error::causes_of(error).last().map_or_else(|| error.to_string(), ToString::to_string)
}

/// Whether the operating system gave the connection up: no timeout of ours.
fn is_dead_line(error: &reqwest::Error) -> bool {
    let mut sockets = error::causes_of(error).filter_map(|cause| cause.downcast_ref::<std::io::Error>());
    sockets.any(|error| error.raw_os_error().is_some())
}

fn is_unknown_name(error: &reqwest::Error) -> bool {
    error.is_connect() && error::causes_of(error).any(|cause| cause.to_string().starts_with("dns error"))
}

/// What to do about a certificate, where it is one that failed.
fn certificate_hint(error: &reqwest::Error) -> Option<&'static str> {
    let mut inner =
        error::causes_of(error).filter_map(|cause| cause.downcast_ref::<std::io::Error>()?.get_ref());
    let failure = inner.find_map(|inner| match inner.downcast_ref::<rustls::Error>() {
        Some(rustls::Error::InvalidCertificate(failure)) => Some(failure),
        _ => None,
    })?;
    Some(match failure {
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => {
            "Check this computer's clock; if it is right, the server's certificate is out of date."
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "Check the host in the base URL: the certificate is another host's."
        }
        _ => "Where a proxy re-signs TLS, name its root certificate in SSL_CERT_FILE.",
    })
}

fn without_query(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.into()
}
