//! Checking an event log, for which no client is needed.

use std::future::IntoFuture;

use napi::Env;
use napi::bindgen_prelude::{Object, PromiseRaw};
use napi_derive::napi;
use processmind::CheckOptions;
use processmind::eventlog::EventLogReport;

use crate::convert::Request;

/// Says what an event log holds and what is wrong with it.
#[napi(ts_args_type = "request: Request")]
pub fn check_event_log<'env>(
    env: &'env Env,
    request: Object,
) -> napi::Result<PromiseRaw<'env, EventLogReport>> {
    let request = Request::new(env, request)?;
    let source = request.required_source()?;
    request.knows("rows");
    request.knows("arrow");
    let check = processmind::check_event_log(source, request.options::<CheckOptions>()?);
    request.promise(check.into_future())
}
