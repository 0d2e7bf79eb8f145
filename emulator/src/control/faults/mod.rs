//! The fault plan: which request is to go wrong, how, and how often. `docs/emulator.md` describes it.

mod at;
mod fault;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{Json, extract::State, http::Method};
use serde::{Deserialize, Serialize};

pub(crate) use at::At;
pub(crate) use fault::{Answer, Coding, Fault, Rewrite, Stage};

use crate::{api::extract::Body, app::App, problem::Problem};

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
    /// Hits this share of the requests, by chance; all of them, if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
    /// Makes the chance the same in every run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    seed: Option<u64>,
    fault: Fault,
    #[serde(skip)]
    dice: Option<fastrand::Rng>,
}

fn once() -> u32 {
    1
}

impl Planned {
    fn hits(&mut self, method: &Method, path: &str, stage: Stage) -> bool {
        let method_fits = self.method.as_deref().is_none_or(|wanted| wanted == method.as_str());
        let fits = self.count > 0 && method_fits && path.starts_with(&self.path);
        fits && self.fault.stage() == stage && self.share.is_none_or(|share| self.draw() < share)
    }

    fn draw(&mut self) -> f64 {
        let seed = self.seed;
        self.dice.get_or_insert_with(|| seed.map_or_else(fastrand::Rng::new, fastrand::Rng::with_seed)).f64()
    }
}

/// The faults that are still to come.
#[derive(Debug, Default)]
pub(crate) struct Plan(Mutex<Vec<Planned>>);

impl Plan {
    /// The first fault of a stage that is planned for such a request; it is used up by that.
    pub(crate) fn take(&self, method: &Method, path: &str, stage: Stage) -> Option<Fault> {
        let mut plan = self.lock();
        let planned =
            plan.iter_mut().find_map(|planned| planned.hits(method, path, stage).then_some(planned))?;
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
) -> Result<Json<Vec<Planned>>, Problem> {
    if planned.iter().any(|planned| planned.share.is_some_and(|share| !(0.0..=1.0).contains(&share))) {
        return Err(Problem::bad_field("share", "must be between 0 and 1"));
    }
    let mut plan = app.faults.lock();
    plan.extend(planned);
    Ok(Json(plan.clone()))
}

/// `DELETE /emulator/faults`: clears the plan.
pub(super) async fn clear(State(app): State<Arc<App>>) -> Json<Vec<Planned>> {
    app.faults.lock().clear();
    Json(Vec::new())
}
