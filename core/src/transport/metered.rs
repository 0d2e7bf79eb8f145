//! A TCP stream that tells what the socket accepts, for what a body has handed over may still wait before it; and
//! that can be cut, where hyper would wait for the peer.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use futures_util::task::AtomicWaker;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// How many bytes may wait in the kernel unsent. Without a limit it takes megabytes at once and then nothing
/// until a third of them is gone, which on a slow line looks like a stall.
#[cfg(any(target_os = "android", target_os = "linux"))]
const UNSENT: u32 = 256 * 1024;

/// What a socket has accepted so far, and whether it is still wanted.
#[derive(Clone, Debug, Default)]
pub(super) struct Meter(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    accepted: AtomicU64,
    refuses: AtomicBool,
    is_cut: AtomicBool,
    /// Of the task that drives the connection.
    driver: AtomicWaker,
}

impl Meter {
    /// Bytes since the connection was made.
    pub fn accepted(&self) -> u64 {
        self.0.accepted.load(Ordering::Relaxed)
    }

    /// Whether bytes are ready that the socket does not accept.
    pub fn refuses(&self) -> bool {
        self.0.refuses.load(Ordering::Relaxed)
    }

    /// Notes what became of a write.
    pub fn note(&self, write: &Poll<io::Result<usize>>) {
        if let Poll::Ready(Ok(written)) = write {
            self.0.accepted.fetch_add(*written as u64, Ordering::Relaxed);
        }
        self.0.refuses.store(write.is_pending(), Ordering::Relaxed);
    }

    /// Closes the connection at once, whatever is still to be sent.
    pub fn cut(&self) {
        self.0.is_cut.store(true, Ordering::Relaxed);
        self.0.driver.wake();
    }
}

/// Counts connections from when they are made until they are closed.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenConnections(Arc<AtomicUsize>);

impl OpenConnections {
    pub fn is_any(&self) -> bool {
        self.0.load(Ordering::Acquire) > 0
    }
}

/// A TCP stream with its meter, which hyper hands on with the connection.
#[derive(Debug)]
pub(super) struct Metered {
    stream: TokioIo<TcpStream>,
    meter: Meter,
    open: OpenConnections,
}

impl Metered {
    pub fn new(stream: TokioIo<TcpStream>, open: OpenConnections) -> Self {
        #[cfg(any(target_os = "android", target_os = "linux"))]
        // A kernel that refuses it is only a worse judge of slow lines.
        let _ = socket2::SockRef::from(stream.inner()).set_tcp_notsent_lowat(UNSENT);
        open.0.fetch_add(1, Ordering::AcqRel);
        Self { stream, meter: Meter::default(), open }
    }

    /// The stream, to do something with it; an error if it was cut, upon which hyper drops it.
    fn open(&mut self, cx: &Context<'_>) -> io::Result<Pin<&mut TokioIo<TcpStream>>> {
        let Counts { is_cut, driver, .. } = &*self.meter.0;
        driver.register(cx.waker());
        if is_cut.load(Ordering::Relaxed) {
            // A reset: an end would come behind all that the peer has not read yet.
            self.stream.inner().set_zero_linger()?;
            return Err(io::ErrorKind::ConnectionAborted.into());
        }
        Ok(Pin::new(&mut self.stream))
    }
}

impl Drop for Metered {
    fn drop(&mut self) {
        self.open.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Connection for Metered {
    fn connected(&self) -> Connected {
        self.stream.connected().extra(self.meter.clone())
    }
}

impl Read for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        self.open(cx)?.poll_read(cx, buffer)
    }
}

impl Write for Metered {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let write = self.open(cx)?.poll_write(cx, bytes);
        self.meter.note(&write);
        write
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let write = self.open(cx)?.poll_write_vectored(cx, slices);
        self.meter.note(&write);
        write
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.open(cx)?.poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.open(cx)?.poll_shutdown(cx)
    }
}
