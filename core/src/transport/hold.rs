//! The hold of an attempt on its connection: where the one ends too early, so does the other.

use http::{Extensions, Request};
use hyper_util::client::legacy::connect::{CaptureConnection, Connected, capture_connection};

use super::body::Ended;
use super::metered::Meter;
use super::stall::{self, Stalled};

/// What an attempt holds of its connection. Dropped before the request was sent and answered it cuts the
/// connection: hyper closes one only once it is rid of all that it has to send, which a peer that reads nothing
/// puts off for ever.
#[derive(Debug)]
pub(super) struct Hold {
    connection: CaptureConnection,
    /// Of a body that comes bit by bit.
    body: Option<Ended>,
    is_answered: bool,
}

impl Hold {
    /// On the connection that the request is going to have.
    pub fn new<B>(request: &mut Request<B>, body: Option<Ended>) -> Self {
        Self { connection: capture_connection(request), body, is_answered: false }
    }

    /// The answer was read: where all was sent, too, the connection is free for the next request.
    pub fn answered(&mut self) {
        self.is_answered = true;
    }

    /// Keeps the next request off the line, on which no answer came. False where none was made yet.
    pub fn poison(&self) -> bool {
        self.connection.connection_metadata().as_ref().inspect(|connected| connected.poison()).is_some()
    }

    /// Ends when the body does not move any more; never where there is none to watch.
    pub async fn stalled(&self) -> Stalled {
        if let Some(body) = &self.body {
            let mut connection = self.connection.clone();
            let meter = connection.wait_for_connection_metadata().await.as_ref().and_then(meter);
            if let Some(meter) = meter {
                return stall::watch(&meter, body).await;
            }
        }
        std::future::pending().await
    }
}

impl Drop for Hold {
    fn drop(&mut self) {
        let is_sent = self.body.as_ref().is_none_or(Ended::has_ended);
        if is_sent && self.is_answered {
            return;
        }
        if let Some(connected) = &*self.connection.connection_metadata()
            // Several requests share it.
            && !connected.is_negotiated_h2()
            && let Some(meter) = meter(connected)
        {
            meter.cut();
        }
    }
}

fn meter(connected: &Connected) -> Option<Meter> {
    let mut extras = Extensions::new();
    connected.get_extras(&mut extras);
    extras.remove()
}
