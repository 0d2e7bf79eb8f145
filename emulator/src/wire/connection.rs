//! Connections that can be reset in the middle of a request or of an answer.

use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    task::{Context, Poll},
};

use axum::{extract::connect_info::Connected, serve::IncomingStream};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
};

/// A handle on the connection that a request came by.
#[derive(Clone, Debug, Default)]
pub(crate) struct Connection(Arc<State>);

#[derive(Debug)]
struct State {
    cut: AtomicBool,
    /// How many bytes may still be written before the connection is cut.
    write_left: AtomicU64,
}

impl Default for State {
    fn default() -> Self {
        Self { cut: AtomicBool::new(false), write_left: AtomicU64::new(u64::MAX) }
    }
}

impl Connection {
    /// Resets the connection at the next read or write.
    pub(crate) fn cut(&self) {
        self.0.cut.store(true, Ordering::Release);
    }

    /// Resets the connection after so many bytes more were written.
    pub(crate) fn cut_after(&self, bytes: u64) {
        self.0.write_left.store(bytes, Ordering::Release);
    }

    pub(crate) fn is_cut(&self) -> bool {
        self.0.cut.load(Ordering::Acquire)
    }

    /// How much of `bytes` may be written now.
    fn writable(&self, bytes: usize) -> usize {
        usize::try_from(self.0.write_left.load(Ordering::Acquire)).unwrap_or(usize::MAX).min(bytes)
    }

    fn wrote(&self, bytes: usize) {
        let left = self.0.write_left.load(Ordering::Acquire);
        if left != u64::MAX {
            self.cut_after(left.saturating_sub(u64::try_from(bytes).unwrap_or(u64::MAX)));
        }
    }
}

/// A TCP listener whose connections can be reset.
#[derive(Debug)]
pub(crate) struct Listener(TcpListener);

impl Listener {
    pub(crate) fn new(listener: TcpListener) -> Self {
        Self(listener)
    }
}

impl axum::serve::Listener for Listener {
    type Io = Stream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Stream, SocketAddr) {
        let (tcp, address) = axum::serve::Listener::accept(&mut self.0).await;
        // Only a matter of speed: without it small answers may wait for an acknowledgement.
        let _ = tcp.set_nodelay(true);
        (Stream { tcp, connection: Connection::default() }, address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Listener>> for Connection {
    fn connect_info(stream: IncomingStream<'_, Listener>) -> Self {
        stream.io().connection.clone()
    }
}

/// A TCP stream that ends with a reset once its connection is cut.
#[derive(Debug)]
pub(crate) struct Stream {
    tcp: TcpStream,
    connection: Connection,
}

impl Stream {
    fn check(&self) -> io::Result<()> {
        if self.connection.is_cut() {
            // Closing then sends a reset; where that cannot be set the peer sees a plain end.
            let _ = self.tcp.set_zero_linger();
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Ok(())
    }
}

impl AsyncRead for Stream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_read(cx, buf)
    }
}

impl AsyncWrite for Stream {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let may = self.connection.writable(buf.len());
        if may == 0 && !buf.is_empty() {
            self.connection.cut();
        }
        self.check()?;
        let polled = Pin::new(&mut self.tcp).poll_write(cx, buf.get(..may).unwrap_or(buf));
        if let Poll::Ready(Ok(written)) = polled {
            self.connection.wrote(written);
        }
        polled
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.tcp).poll_shutdown(cx)
    }
}
