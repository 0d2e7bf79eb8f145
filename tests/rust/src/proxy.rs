//! Proxies that lead every connection to one server, and remember where it was to go.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;

use crate::server::{Server, head};

/// A proxy.
#[derive(Debug)]
pub struct Proxy {
    /// Where it listens.
    pub port: u16,
    seen: Arc<Mutex<Vec<String>>>,
    _server: Server,
}

impl Proxy {
    /// One that is asked by CONNECT, and wants this in `Proxy-Authorization`.
    pub async fn connect(to: u16, authorization: Option<&'static str>) -> Self {
        Self::start(move |stream, seen| tunnel(stream, seen, to, authorization)).await
    }

    /// One that answers CONNECT with these pieces, and leads on if the first of them says 2xx.
    pub async fn answering(to: u16, pieces: &'static [&'static str]) -> Self {
        Self::start(move |mut stream, seen| async move {
            let asked = head(&mut stream).await?;
            seen.lock().unwrap().push(asked);
            stream.set_nodelay(true)?;
            for piece in pieces {
                stream.write_all(piece.as_bytes()).await?;
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            let is_tunnel = pieces.concat().get(9..10) == Some("2");
            if is_tunnel { lead(stream, to).await } else { Ok(()) }
        })
        .await
    }

    /// One that speaks SOCKS5, and wants this user and password.
    pub async fn socks5(to: u16, user: &'static str, password: &'static str) -> Self {
        Self::start(move |stream, seen| socks5(stream, seen, to, user, password)).await
    }

    async fn start<F>(handler: impl Fn(TcpStream, Arc<Mutex<Vec<String>>>) -> F + Send + 'static) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let seeing = seen.clone();
        let server = Server::start(move |stream, _| handler(stream, seeing.clone())).await;
        Self { port: server.port, seen, _server: server }
    }

    /// What it was asked for so far.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn tunnel(
    mut stream: TcpStream,
    seen: Arc<Mutex<Vec<String>>>,
    to: u16,
    authorization: Option<&str>,
) -> io::Result<()> {
    let head = head(&mut stream).await?;
    let is_allowed =
        authorization.is_none_or(|wanted| head.contains(&format!("Proxy-Authorization: {wanted}\r\n")));
    seen.lock().unwrap().push(head);
    if !is_allowed {
        return stream.write_all(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n").await;
    }
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await?;
    lead(stream, to).await
}

async fn socks5(
    mut stream: TcpStream,
    seen: Arc<Mutex<Vec<String>>>,
    to: u16,
    user: &str,
    password: &str,
) -> io::Result<()> {
    let [_version, methods] = read(&mut stream).await?;
    stream.read_exact(&mut vec![0; methods.into()]).await?;
    stream.write_all(&[5, 2]).await?; // by user and password
    let [_version] = read(&mut stream).await?;
    let given = (text(&mut stream).await?, text(&mut stream).await?);
    let is_allowed = given == (user.to_owned(), password.to_owned());
    stream.write_all(&[1, u8::from(!is_allowed)]).await?;
    let [_version, _connect, _reserved, kind] = read(&mut stream).await?;
    assert_eq!(kind, 3, "the name was resolved before it was asked for");
    let name = text(&mut stream).await?;
    let port = u16::from_be_bytes(read(&mut stream).await?);
    seen.lock().unwrap().push(format!("{name}:{port}"));
    stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).await?;
    lead(stream, to).await
}

async fn lead(mut stream: TcpStream, to: u16) -> io::Result<()> {
    let mut server = TcpStream::connect(("127.0.0.1", to)).await?;
    copy_bidirectional(&mut stream, &mut server).await.map(|_| ())
}

async fn read<const N: usize>(stream: &mut TcpStream) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn text(stream: &mut TcpStream) -> io::Result<String> {
    let [length] = read(stream).await?;
    let mut bytes = vec![0; length.into()];
    stream.read_exact(&mut bytes).await?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
