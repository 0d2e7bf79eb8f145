//! A tunnel through an HTTP proxy. hyper-util's own takes 200 alone for a success, and does not say what else it was
//! answered.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use futures_util::future::{Either, select};
use http::header::{HOST, HeaderMap, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION};
use http::{HeaderValue, Request, StatusCode, Uri};
use http_body_util::Empty;
use hyper::client::conn::http1;
use hyper::rt::{Read, Write};

use crate::transport::connect::BoxError;

const HTTPS_PORT: u16 = 443;

/// Has a proxy lead a connection to a destination.
pub(in crate::transport) async fn tunnel<T>(
    stream: T,
    to: &Uri,
    login: Option<&HeaderValue>,
) -> Result<T, BoxError>
where
    T: Read + Write + Unpin + Send + 'static,
{
    let mut builder = http1::Builder::new();
    // Some proxies look for `Proxy-Authorization` letter by letter.
    let (mut sender, connection) = builder.title_case_headers(true).handshake(stream).await?;
    let request = connect(to, login)?;
    let exchange = async move {
        let response = sender.send_request(request).await?;
        if !response.status().is_success() {
            let (status, offers_basic) = (response.status(), offers_basic(response.headers()));
            return Err(Answered { status, offers_basic }.into());
        }
        Ok::<_, BoxError>(hyper::upgrade::on(response).await?)
    };
    let upgraded = match select(Box::pin(exchange), connection.with_upgrades()).await {
        Either::Left((upgraded, _)) => upgraded,
        // The connection hands itself over, or has failed, which the exchange is about to tell.
        Either::Right((_, exchange)) => exchange.await,
    }?;
    // What the proxy sent behind its answer is no part of the tunnel: TLS begins with the client.
    let parts = upgraded.downcast::<T>().map_err(|_| "the tunnel is not the connection that was made")?;
    Ok(parts.io)
}

fn connect(to: &Uri, login: Option<&HeaderValue>) -> Result<Request<Empty<Bytes>>, http::Error> {
    let authority = format!("{}:{}", to.host().unwrap_or_default(), to.port_u16().unwrap_or(HTTPS_PORT));
    let mut request = Request::connect(&authority).header(HOST, authority);
    if let Some(login) = login {
        request = request.header(PROXY_AUTHORIZATION, login);
    }
    request.body(Empty::new())
}

fn offers_basic(headers: &HeaderMap) -> bool {
    let mut offers = headers.get_all(PROXY_AUTHENTICATE).iter().peekable();
    // A proxy that offers nothing may still take it.
    offers.peek().is_none()
        || offers.any(|offer| {
            let words = String::from_utf8_lossy(offer.as_bytes()).to_ascii_lowercase();
            words.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "basic")
        })
}

/// What a proxy answered in place of a tunnel.
#[derive(Debug)]
pub(in crate::transport) struct Answered {
    pub status: StatusCode,
    /// Whether a user and a password could help.
    pub offers_basic: bool,
}

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The status alone: its words and its page may repeat the password.
        write!(f, "it answered {}", self.status)
    }
}

impl StdError for Answered {}
