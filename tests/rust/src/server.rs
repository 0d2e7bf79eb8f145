//! Servers for what the emulator has no part in: TLS, HTTP/2, and lines that break.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair, date_time_ymd};
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// A tenant as the API answers it.
pub const TENANT: &str = r#"{"id":"tenant-123","displayName":"Acme"}"#;

/// A listener on loopback. Dropping it closes it.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub port: u16,
    connections: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

type Handling = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

impl Server {
    /// Hands every connection to a handler, with its number from 0.
    pub async fn start<F>(handler: impl Fn(TcpStream, usize) -> F + Send + 'static) -> Self
    where
        F: Future<Output = io::Result<()>> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let handling: Handling = Box::pin(handler(stream, count.fetch_add(1, Ordering::SeqCst)));
                tokio::spawn(handling);
            }
        });
        Self { port, connections, task }
    }

    /// How many connections came in so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Its base URL over plain HTTP.
    pub fn http(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its base URL over TLS.
    pub fn https(&self) -> String {
        format!("https://localhost:{}", self.port)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Who signs certificates that nobody trusts by itself.
#[derive(Debug)]
pub struct Authority(CertifiedIssuer<'static, KeyPair>);

impl Authority {
    /// A new one.
    #[expect(clippy::new_without_default, reason = "two of them are never equal")]
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// Its own certificate.
    pub fn pem(&self) -> String {
        self.0.pem()
    }

    /// TLS with a certificate for `name` that ends with `year`.
    pub fn acceptor(&self, name: &str, year: i32, protocols: &[&[u8]]) -> TlsAcceptor {
        let mut params = CertificateParams::new([name.to_owned()]).unwrap();
        params.not_after = date_time_ymd(year, 12, 31);
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        accepting(certificate.into(), &key, protocols)
    }
}

/// A certificate that has signed itself, as PEM, and TLS with it. It is for `localhost` if `change` says nothing else.
pub fn self_signed(change: impl FnOnce(&mut CertificateParams)) -> (String, TlsAcceptor) {
    let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
    change(&mut params);
    let key = KeyPair::generate().unwrap();
    let certificate = params.self_signed(&key).unwrap();
    (certificate.pem(), accepting(certificate.into(), &key, &[]))
}

fn accepting(certificate: CertificateDer<'static>, key: &KeyPair, protocols: &[&[u8]]) -> TlsAcceptor {
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth();
    let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
    let mut config = config.with_single_cert(vec![certificate], key).unwrap();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    TlsAcceptor::from(Arc::new(config))
}

/// The head of an HTTP/1.1 message, up to its empty line.
pub async fn head(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
    }
    Ok(String::from_utf8_lossy(&head).into_owned())
}

/// Answers every request with a tenant.
pub async fn http1(mut stream: impl AsyncRead + AsyncWrite + Unpin) -> io::Result<()> {
    loop {
        let head = head(&mut stream).await?.to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        stream.read_exact(&mut vec![0; length.unwrap_or_default()]).await?;
        stream.write_all(answer(TENANT).as_bytes()).await?;
    }
}

/// Answers requests for a presigned URL with one that leads here, until there is a PUT, whose head it reads.
pub async fn presign(stream: &mut TcpStream) -> io::Result<()> {
    let port = stream.local_addr()?.port();
    while !head(stream).await?.starts_with("PUT") {
        let url = format!("{{\"PreSignedUploadUrl\":\"http://127.0.0.1:{port}/key\"}}");
        stream.write_all(answer(&url).as_bytes()).await?;
    }
    Ok(())
}

/// A whole answer with this JSON.
pub fn answer(json: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
        json.len()
    )
}
