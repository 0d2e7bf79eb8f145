//! The body of an upload on its way out, which tells when it has ended.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Whether a body has handed over its last byte.
#[derive(Clone, Debug, Default)]
pub(super) struct Ended(Arc<AtomicBool>);

impl Ended {
    pub fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    pub fn has_ended(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Any body, so that all uploads share their connections.
pub(super) struct Outgoing {
    body: Pin<Box<dyn Body<Data = Bytes, Error = io::Error> + Send>>,
    ended: Ended,
}

impl Outgoing {
    pub fn new(body: impl Body<Data = Bytes, Error = io::Error> + Send + 'static) -> Self {
        let outgoing = Self { body: Box::pin(body), ended: Ended::default() };
        outgoing.look();
        outgoing
    }

    pub fn ended(&self) -> Ended {
        self.ended.clone()
    }

    fn look(&self) {
        if self.body.is_end_stream() {
            self.ended.set();
        }
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("ended", &self.ended).finish_non_exhaustive()
    }
}

impl Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let frame = self.body.as_mut().poll_frame(cx);
        self.look();
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
