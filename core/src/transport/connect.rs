//! How a connection is made: TCP, through a proxy where there is one, and TLS.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{DefaultServerNameResolver, HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::SocksV5;
use rustls::ClientConfig;
use tower_service::Service;

use super::metered::{Metered, OpenConnections};
use super::proxy::{Login, Proxies, ProxyRefused, Via, tunnel};
use super::tls;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Keeps routers on the way from forgetting a connection whose answer takes minutes.
const KEEPALIVE: Duration = Duration::from_secs(15);

pub(super) type BoxError = Box<dyn StdError + Send + Sync>;
type Connecting<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// A way to the server; to a proxy it may be TLS itself.
type Line = MaybeHttpsStream<Metered>;

/// Makes the connections of one sort.
#[derive(Clone, Debug)]
pub(super) struct Connector(HttpsConnector<Route>);

impl Connector {
    /// With the protocols that TLS offers to the server.
    pub fn new(
        proxies: Arc<Proxies>,
        tls: &ClientConfig,
        protocols: &[&[u8]],
        open: OpenConnections,
    ) -> Self {
        let route = Route { proxies, tcp: Tcp::new(open), tls: tls::offering(tls, &[]) };
        Self(https(route, tls::offering(tls, protocols)))
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<Line>;
    type Error = BoxError;
    type Future = Connecting<Self::Response>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let connecting = self.0.call(to);
        Box::pin(async move {
            let connected = tokio::time::timeout(CONNECT_TIMEOUT, connecting).await;
            connected.unwrap_or_else(|_| Err(TooLong.into()))
        })
    }
}

/// The way to a server: direct, or through a proxy.
#[derive(Clone, Debug)]
struct Route {
    proxies: Arc<Proxies>,
    tcp: Tcp,
    /// For a proxy that is reached over TLS itself.
    tls: Arc<ClientConfig>,
}

impl Route {
    fn through(&self, via: Via, to: Uri) -> Connecting<Line> {
        if via.is_socks() { self.through_socks(via, to) } else { self.through_http(via, to) }
    }

    fn through_socks(&self, via: Via, to: Uri) -> Connecting<Line> {
        // The proxy resolves the name: the network may know it only there.
        let mut socks = SocksV5::new(via.address.clone(), self.tcp.clone());
        if let Some(Login::Socks(user, password)) = via.login.clone() {
            socks = socks.with_auth(user, password);
        }
        let connecting = socks.call(to);
        Box::pin(async move {
            let refused = match connecting.await {
                Ok(stream) => return Ok(MaybeHttpsStream::Http(stream)),
                Err(SocksError::Inner(cause)) => ProxyRefused::new(&via, cause),
                Err(SocksError::Io(cause)) => ProxyRefused::new(&via, cause),
                // What it holds has no name outside its crate.
                Err(SocksError::V5(why)) if format!("{why:?}").starts_with("Auth") => {
                    ProxyRefused::of_login(&via, why.to_string())
                }
                Err(cause) => ProxyRefused::new(&via, cause),
            };
            Err(refused.into())
        })
    }

    fn through_http(&self, via: Via, to: Uri) -> Connecting<Line> {
        let connecting = https(self.tcp.clone(), self.tls.clone()).call(via.address.clone());
        Box::pin(async move {
            let login = match &via.login {
                Some(Login::Basic(header)) => Some(header),
                _ => None,
            };
            let tunnelled = async { tunnel(connecting.await?, &to, login).await };
            tunnelled.await.map_err(|cause| ProxyRefused::new(&via, cause).into())
        })
    }
}

type SocksError = <SocksV5<Tcp> as Service<Uri>>::Error;

impl Service<Uri> for Route {
    type Response = Line;
    type Error = BoxError;
    type Future = Connecting<Line>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        match self.proxies.to(&to) {
            Some(proxy) => self.through(proxy, to),
            None => {
                let connecting = self.tcp.call(to);
                Box::pin(async move { connecting.await.map(MaybeHttpsStream::Http) })
            }
        }
    }
}

/// TCP with a meter.
#[derive(Clone, Debug)]
struct Tcp {
    connector: HttpConnector,
    open: OpenConnections,
}

impl Tcp {
    fn new(open: OpenConnections) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_keepalive(Some(KEEPALIVE));
        // Shared out among the addresses of a name, so that one that is dead does not take it all.
        tcp.set_connect_timeout(Some(CONNECT_TIMEOUT));
        Self { connector: tcp, open }
    }
}

impl Service<Uri> for Tcp {
    type Response = Metered;
    type Error = BoxError;
    type Future = Connecting<Metered>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.connector.poll_ready(cx).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let (connecting, open) = (self.connector.call(to), self.open.clone());
        Box::pin(async move { Ok(Metered::new(connecting.await?, open)) })
    }
}

fn https<T>(below: T, tls: Arc<ClientConfig>) -> HttpsConnector<T> {
    HttpsConnector::new(below, tls, false, Arc::new(DefaultServerNameResolver::default()))
}

/// A connection that took too long to make.
#[derive(Debug)]
pub(super) struct TooLong;

impl fmt::Display for TooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "it took more than {} s", CONNECT_TIMEOUT.as_secs())
    }
}

impl StdError for TooLong {}
