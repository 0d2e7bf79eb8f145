//! The same answers by hyper, as a service of its own field would give them.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::rc::Rc;
use std::sync::Arc;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, ETAG, HOST, HeaderValue};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response};
use hyper_util::rt::TokioIo;
use rustls::ServerConfig;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::{LocalSet, spawn_local};
use tokio_rustls::TlsAcceptor;

use crate::routes::{self, Stored};

/// Serves both listeners on this thread, for ever.
pub fn run(plain: TcpListener, secure: TcpListener, tls: Arc<ServerConfig>) -> io::Result<()> {
    let acceptor = TlsAcceptor::from(tls);
    let secured = async move |stream| {
        if let Ok(stream) = acceptor.accept(stream).await {
            serve(stream, "https").await;
        }
    };
    let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
    LocalSet::new().block_on(&runtime, async {
        tokio::try_join!(accept(plain, async |stream| serve(stream, "http").await), accept(secure, secured))
    })?;
    Ok(())
}

async fn accept(listener: TcpListener, serve: impl AsyncFn(TcpStream) + 'static) -> io::Result<Infallible> {
    listener.set_nonblocking(true)?;
    let listener = tokio::net::TcpListener::from_std(listener)?;
    let serve = Rc::new(serve);
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        routes::count_connection();
        let serve = serve.clone();
        spawn_local(async move { serve(stream).await });
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + 'static, scheme: &'static str) {
    let service = service_fn(move |request| answer(request, scheme));
    // A client that leaves ends its connection, and nothing else.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(request: Request<Incoming>, scheme: &str) -> hyper::Result<Response<Full<Bytes>>> {
    if request.method() == Method::PUT {
        return store(request.into_body()).await;
    }
    let host = request.headers().get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let path = request.uri().path();
    let mut response = Response::new(Full::new(routes::read(path, &format!("{scheme}://{host}"))));
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

async fn store(mut body: Incoming) -> hyper::Result<Response<Full<Bytes>>> {
    let mut stored = Stored::new();
    while let Some(frame) = body.frame().await {
        stored.add(frame?.data_ref().map(AsRef::as_ref).unwrap_or_default());
    }
    let mut response = Response::new(Full::default());
    let headers = response.headers_mut();
    headers.insert(ETAG, HeaderValue::from_static("\"0-1\""));
    if let Ok(checksum) = HeaderValue::from_str(&stored.checksum()) {
        headers.insert("x-amz-checksum-crc64nvme", checksum);
    }
    Ok(response)
}
