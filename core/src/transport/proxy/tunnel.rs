//! A tunnel through an HTTP proxy. hyper-util's own takes 200 alone for a success, and does not say what else it was
//! answered.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use http::{HeaderValue, StatusCode, Uri};
use httparse::{EMPTY_HEADER, Header, Response, Status};
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};

use crate::transport::connect::BoxError;

const HTTPS_PORT: u16 = 443;
/// The longest head of an answer, and how many headers it may have.
const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 100;

/// Has a proxy lead a connection to a destination.
pub(in crate::transport) async fn tunnel<T>(
    mut stream: T,
    to: &Uri,
    login: Option<&HeaderValue>,
) -> Result<T, BoxError>
where
    T: Read + Write + Unpin,
{
    let mut line = TokioIo::new(&mut stream);
    line.write_all(&request(to, login)).await?;
    line.flush().await?;
    let answered = answer(&mut line).await?;
    // What comes behind a success is no part of the tunnel: TLS begins with the client.
    if answered.status.is_success() { Ok(stream) } else { Err(answered.into()) }
}

fn request(to: &Uri, login: Option<&HeaderValue>) -> Vec<u8> {
    let authority = format!("{}:{}", to.host().unwrap_or_default(), to.port_u16().unwrap_or(HTTPS_PORT));
    let mut head = format!("CONNECT {authority} HTTP/1.1\r\nHost: {authority}\r\n").into_bytes();
    if let Some(login) = login {
        head.extend([b"Proxy-Authorization: ", login.as_bytes(), b"\r\n"].concat());
    }
    head.extend(b"\r\n");
    head
}

/// The proxy's answer, which may come piece by piece and behind others that only announce it.
async fn answer(line: &mut (impl AsyncRead + Unpin)) -> Result<Answered, BoxError> {
    let mut head = Vec::new();
    while head.len() < LONGEST_HEAD {
        if line.read_buf(&mut head).await? == 0 {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        while let Some((answered, length)) = parse(&head)? {
            if !answered.status.is_informational() {
                return Ok(answered);
            }
            head.drain(..length);
        }
    }
    Err("the head of its answer has no end".into())
}

/// The head of an answer and its length, if it is complete.
fn parse(head: &[u8]) -> Result<Option<(Answered, usize)>, BoxError> {
    let mut headers = [EMPTY_HEADER; MOST_HEADERS];
    let mut response = Response::new(&mut headers);
    let Status::Complete(length) = response.parse(head)? else { return Ok(None) };
    let status = StatusCode::from_u16(response.code.unwrap_or_default())?;
    Ok(Some((Answered { status, offers_basic: offers_basic(response.headers) }, length)))
}

fn offers_basic(headers: &[Header<'_>]) -> bool {
    let is_offer = |header: &&Header<'_>| header.name.eq_ignore_ascii_case("Proxy-Authenticate");
    let mut offers = headers.iter().filter(is_offer).peekable();
    // A proxy that offers nothing may still take it.
    offers.peek().is_none()
        || offers.any(|offer| {
            let words = String::from_utf8_lossy(offer.value).to_ascii_lowercase();
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
