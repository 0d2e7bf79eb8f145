//! The fault plan: which request is to go wrong, how, and how often.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::{Json, extract::State, http::Method};
use serde::{Deserialize, Serialize};

use crate::{api::extract::Body, app::App};

/// A fault and the requests that it is for.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Planned {
    /// The beginning of the path, percent-encoded as it is sent.
    path: String,
    /// Only this method; any, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    method: Option<String>,
    /// How many requests are still to be hit.
    #[serde(default = "once")]
    count: u32,
    fault: Fault,
}

fn once() -> u32 {
    1
}

/// What goes wrong.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub(crate) enum Fault {
    /// This answer, without looking at the request.
    Status {
        status: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<RetryAfter>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content_type: Option<String>,
        /// Where a redirect leads.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        location: Option<String>,
    },
    /// The connection is reset after so many bytes of the request body; at 0, and where there is
    /// no body, before anything is done.
    Reset {
        #[serde(default)]
        at: u64,
    },
    /// The answer comes late.
    Delay { seconds: f64 },
    /// The presigned URL has already expired.
    Expire,
    /// A bit is flipped on the way to storage.
    Corrupt,
}

/// The header of that name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum RetryAfter {
    Seconds(u64),
    /// A date, or whatever a server might write.
    Text(String),
}

impl fmt::Display for RetryAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(seconds) => seconds.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

impl Fault {
    /// Faults that need no knowledge of the request.
    pub(crate) fn is_on_the_wire(&self) -> bool {
        matches!(self, Self::Status { .. } | Self::Reset { .. } | Self::Delay { .. })
    }

    pub(crate) fn is_expire(&self) -> bool {
        matches!(self, Self::Expire)
    }

    pub(crate) fn is_corrupt(&self) -> bool {
        matches!(self, Self::Corrupt)
    }
}

/// The faults that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Plan(Mutex<Vec<Planned>>);

impl Plan {
    /// The first fault of the wanted sort that is planned for such a request; it is used up by that.
    pub(crate) fn take(&self, method: &Method, path: &str, wanted: impl Fn(&Fault) -> bool) -> Option<Fault> {
        let mut plan = self.lock();
        let planned = plan.iter_mut().find(|planned| {
            let method_fits = planned.method.as_deref().is_none_or(|wanted| wanted == method.as_str());
            planned.count > 0 && method_fits && path.starts_with(&planned.path) && wanted(&planned.fault)
        })?;
        planned.count -= 1;
        let fault = planned.fault.clone();
        plan.retain(|planned| planned.count > 0);
        Some(fault)
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Planned>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// `GET /emulator/faults`: what is still to come.
pub(super) async fn list(State(app): State<Arc<App>>) -> Json<Vec<Planned>> {
    Json(app.faults.lock().clone())
}

/// `POST /emulator/faults`: adds to the plan and shows the whole of it.
pub(super) async fn add(
    State(app): State<Arc<App>>,
    Body(planned): Body<Vec<Planned>>,
) -> Json<Vec<Planned>> {
    let mut plan = app.faults.lock();
    plan.extend(planned);
    Json(plan.clone())
}

/// `DELETE /emulator/faults`: clears the plan.
pub(super) async fn clear(State(app): State<Arc<App>>) -> Json<Vec<Planned>> {
    app.faults.lock().clear();
    Json(Vec::new())
}
