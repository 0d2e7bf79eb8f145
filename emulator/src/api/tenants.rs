use std::sync::Arc;

use axum::{Json, Router, extract::State, routing::get};

use super::{Answer, extract::Path};
use crate::{app::App, model::Tenant};

pub(super) fn router() -> Router<Arc<App>> {
    Router::new().route("/tenant/{tenant_id}", get(get_tenant))
}

async fn get_tenant(State(app): State<Arc<App>>, Path(tenant_id): Path<String>) -> Answer<Tenant> {
    app.store.read(&tenant_id, |space| Ok(Json(space.tenant.clone())))
}
