//! HTTP/1.1 with as little as it takes: the body of a PUT is read from the socket and let go.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::pace::Pace;
use crate::routes::{self, Stored};

/// How much is read at once.
const BUFFER: usize = 256 * 1024;

pub type Secured = StreamOwned<ServerConnection, TcpStream>;

/// The connection under TLS.
pub fn secured(stream: TcpStream, tls: Arc<ServerConfig>) -> io::Result<Secured> {
    let connection = ServerConnection::new(tls).map_err(io::Error::other)?;
    Ok(StreamOwned::new(connection, stream))
}

/// Answers the requests of a connection until it ends.
pub fn serve(mut stream: impl Read + Write, scheme: &str, pace: &Pace) -> io::Result<()> {
    let mut buffer = vec![0; BUFFER];
    let mut filled = 0;
    loop {
        let Some(request) = Request::parse(buffer.get(..filled).unwrap_or_default())? else {
            let read = stream.read(buffer.get_mut(filled..).unwrap_or_default())?;
            if read == 0 {
                return Ok(());
            }
            filled += read;
            continue;
        };
        buffer.copy_within(request.head..filled, 0);
        filled -= request.head;
        if request.expects_continue {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let answer = if request.is_put {
            let stored = drain(&mut stream, &mut buffer, filled, request.length, pace)?;
            filled = 0;
            format!(
                "HTTP/1.1 200 OK\r\nETag: \"0-1\"\r\nx-amz-checksum-crc64nvme: {}\r\nContent-Length: 0\r\n\r\n",
                stored.checksum()
            )
            .into_bytes()
        } else {
            let body = routes::read(&request.path, &request.origin(scheme));
            let mut answer = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                body.len()
            )
            .into_bytes();
            answer.extend_from_slice(&body);
            answer
        };
        pace.travel();
        stream.write_all(&answer)?;
    }
}

fn drain(
    stream: &mut impl Read,
    buffer: &mut [u8],
    filled: usize,
    length: u64,
    pace: &Pace,
) -> io::Result<Stored> {
    let mut stored = Stored::new();
    stored.add(buffer.get(..filled).unwrap_or_default());
    let mut left = length - filled as u64;
    while left > 0 {
        let want = usize::try_from(left).unwrap_or(BUFFER).min(BUFFER);
        let read = stream.read(buffer.get_mut(..want).unwrap_or_default())?;
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        stored.add(buffer.get(..read).unwrap_or_default());
        left -= read as u64;
        pace.receive(read);
    }
    Ok(stored)
}

struct Request {
    /// How long the head is.
    head: usize,
    is_put: bool,
    path: String,
    host: String,
    length: u64,
    expects_continue: bool,
}

impl Request {
    /// The request that the bytes begin with, once its head is whole.
    fn parse(bytes: &[u8]) -> io::Result<Option<Self>> {
        let mut headers = [httparse::EMPTY_HEADER; 64];
        let mut parsed = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(head) = parsed.parse(bytes).map_err(io::Error::other)? else {
            return Ok(None);
        };
        let header = |name: &str| {
            let header = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name))?;
            std::str::from_utf8(header.value).ok()
        };
        Ok(Some(Self {
            head,
            is_put: parsed.method == Some("PUT"),
            path: parsed.path.unwrap_or_default().to_owned(),
            host: header("host").unwrap_or_default().to_owned(),
            length: header("content-length").and_then(|length| length.parse().ok()).unwrap_or_default(),
            expects_continue: header("expect").is_some(),
        }))
    }

    fn origin(&self, scheme: &str) -> String {
        format!("{scheme}://{}", self.host)
    }
}
