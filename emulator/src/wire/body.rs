//! Request bodies that are counted, can end early, and are read to their end when nobody wants them.

use std::{
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use futures_util::StreamExt;
use http_body::{Frame, SizeHint};
use tokio::sync::oneshot;

use crate::control::record::Entry;

/// How much and how long an unwanted body is read while its refusal goes out.
const DRAIN_BYTES: usize = 256 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(5);

/// Ends a body after so many bytes.
#[derive(Debug)]
pub(super) struct Limit {
    pub(super) after: u64,
    pub(super) end: End,
}

/// How a body ends early.
#[derive(Clone, Copy, Debug)]
pub(super) enum End {
    /// As when the connection broke.
    Broken,
    /// It goes on no more, and nothing says so.
    Still,
}

/// A body on its way to the handler.
#[derive(Debug)]
pub(super) struct Watched {
    inner: Body,
    ended: bool,
    entry: Arc<Entry>,
    limit: Option<Limit>,
    give_back: Option<oneshot::Sender<Body>>,
}

/// Receives the body if the handler leaves it unread.
#[derive(Debug)]
pub(super) struct Leftover(oneshot::Receiver<Body>);

impl Watched {
    pub(super) fn new(inner: Body, entry: Arc<Entry>, limit: Option<Limit>) -> (Self, Leftover) {
        let (give_back, leftover) = oneshot::channel();
        let ended = inner.is_end_stream();
        (Self { inner, ended, entry, limit, give_back: Some(give_back) }, Leftover(leftover))
    }

    /// How the body ends here, if it does after so many bytes.
    fn end_after(&self, received: u64) -> Option<End> {
        self.limit.as_ref().filter(|limit| received >= limit.after).map(|limit| limit.end)
    }

    fn end(&mut self, end: End) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        match end {
            End::Broken => {
                self.ended = true;
                Poll::Ready(Some(Err(axum::Error::new(io::Error::from(io::ErrorKind::ConnectionReset)))))
            }
            End::Still => Poll::Pending,
        }
    }
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if let Some(end) = self.end_after(self.entry.bytes_received()) {
            return self.end(end);
        }
        let polled = std::task::ready!(Pin::new(&mut self.inner).poll_frame(cx));
        if let Some(Ok(frame)) = &polled {
            let received = frame.data_ref().map_or(0, |data| self.entry.received(data));
            if let Some(end) = self.end_after(received) {
                return self.end(end);
            }
            self.ended = self.inner.is_end_stream();
        } else {
            self.ended = true;
        }
        Poll::Ready(polled)
    }

    fn is_end_stream(&self) -> bool {
        self.ended
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let (false, Some(give_back)) = (self.ended, self.give_back.take()) {
            // If nobody waits for it any more, the connection is gone as well.
            let _ = give_back.send(std::mem::take(&mut self.inner));
        }
    }
}

impl Leftover {
    /// Reads on in the background. A client that is still sending would otherwise lose the
    /// connection before it has seen the answer.
    pub(super) fn drain(mut self) {
        if let Ok(body) = self.0.try_recv() {
            tokio::spawn(tokio::time::timeout(DRAIN_TIME, read_away(body, DRAIN_BYTES)));
        }
    }
}

/// Reads a body for nothing, up to so many bytes.
pub(super) async fn read_away(body: Body, most: usize) {
    let mut data = body.into_data_stream();
    let mut left = most;
    while let Some(Ok(chunk)) = data.next().await {
        left = left.saturating_sub(chunk.len());
        if left == 0 {
            break;
        }
    }
}
