//! Request bodies that are counted, can be cut, and are read to their end when nobody wants them.

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

use super::Connection;
use crate::control::record::Entry;

/// How much and how long an unwanted body is read while its refusal goes out.
const DRAIN_BYTES: usize = 256 << 20;
const DRAIN_TIME: Duration = Duration::from_secs(5);

/// Cuts the connection after so many bytes of the body.
#[derive(Debug)]
pub(super) struct Cut {
    pub(super) after: u64,
    pub(super) connection: Connection,
}

/// A body on its way to the handler.
#[derive(Debug)]
pub(super) struct Watched {
    inner: Body,
    ended: bool,
    entry: Arc<Entry>,
    cut: Option<Cut>,
    give_back: Option<oneshot::Sender<Body>>,
}

/// Receives the body if the handler leaves it unread.
#[derive(Debug)]
pub(super) struct Leftover(oneshot::Receiver<Body>);

impl Watched {
    pub(super) fn new(inner: Body, entry: Arc<Entry>, cut: Option<Cut>) -> (Self, Leftover) {
        let (give_back, leftover) = oneshot::channel();
        let ended = inner.is_end_stream();
        (Self { inner, ended, entry, cut, give_back: Some(give_back) }, Leftover(leftover))
    }

    fn pass(&mut self, data: &Bytes) -> Result<(), axum::Error> {
        let received = self.entry.received(data);
        match &self.cut {
            Some(cut) if received >= cut.after => {
                cut.connection.cut();
                self.ended = true;
                Err(axum::Error::new(io::Error::from(io::ErrorKind::ConnectionReset)))
            }
            _ => Ok(()),
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
        let polled = std::task::ready!(Pin::new(&mut self.inner).poll_frame(cx));
        Poll::Ready(match polled {
            Some(Ok(frame)) => {
                let passed = frame.data_ref().map_or(Ok(()), |data| self.pass(data));
                self.ended = self.ended || self.inner.is_end_stream();
                Some(passed.map(|()| frame))
            }
            other => {
                self.ended = true;
                other
            }
        })
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
            tokio::spawn(tokio::time::timeout(DRAIN_TIME, read_away(body)));
        }
    }
}

async fn read_away(body: Body) {
    let mut data = body.into_data_stream();
    let mut left = DRAIN_BYTES;
    while let Some(Ok(chunk)) = data.next().await {
        left = left.saturating_sub(chunk.len());
        if left == 0 {
            break;
        }
    }
}
