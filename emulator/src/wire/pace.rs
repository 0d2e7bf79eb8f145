//! Bodies that pass slowly.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::body::{Body, Bytes, HttpBody};
use http_body::{Frame, SizeHint};
use tokio::time::{Sleep, sleep};

/// So many pieces come in a second.
const PIECES: u32 = 10;

/// A body of which so many bytes pass in a second.
#[derive(Debug)]
pub(super) struct Paced {
    inner: Body,
    waiting: Bytes,
    piece: usize,
    pause: Pin<Box<Sleep>>,
}

impl Paced {
    pub(super) fn new(inner: Body, bytes_per_second: u32) -> Self {
        let piece = usize::try_from(bytes_per_second / PIECES).unwrap_or(usize::MAX).max(1);
        Self { inner, waiting: Bytes::new(), piece, pause: Box::pin(pause()) }
    }
}

fn pause() -> Sleep {
    sleep(Duration::from_secs(1) / PIECES)
}

impl HttpBody for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        while self.waiting.is_empty() {
            match ready!(Pin::new(&mut self.inner).poll_frame(cx)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.waiting = data,
                    Err(trailers) => return Poll::Ready(Some(Ok(trailers))),
                },
                other => return Poll::Ready(other),
            }
        }
        ready!(self.pause.as_mut().poll(cx));
        self.pause.set(pause());
        let piece = self.piece.min(self.waiting.len());
        Poll::Ready(Some(Ok(Frame::data(self.waiting.split_to(piece)))))
    }

    fn is_end_stream(&self) -> bool {
        self.waiting.is_empty() && self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let waiting = u64::try_from(self.waiting.len()).unwrap_or(u64::MAX);
        self.inner.size_hint().exact().map_or_else(SizeHint::new, |left| SizeHint::with_exact(left + waiting))
    }
}
