//! Errors on their way to JavaScript.

use napi::Env;
use napi::bindgen_prelude::{JsValue, ToNapiValue};
use napi_derive::napi;
use processmind::error::in_camel_case;

/// What is known of an error: the facade makes an object of the right class from it.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct Failure {
    /// The name of its class.
    pub class: String,
    /// The stable code of its kind.
    pub code: String,
    /// What failed, why, and what to do.
    pub message: String,
    /// What to do, alone.
    pub hint: Option<String>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// The id the server gave the request.
    pub request_id: Option<String>,
    /// The HTTP method.
    pub method: Option<String>,
    /// The URL, without a signature.
    pub url: Option<String>,
    /// The answer's body, its first 64 KiB.
    pub body: Option<String>,
    /// How often it was tried.
    pub attempts: u32,
    /// How many seconds the server asks to wait.
    pub retry_after: Option<f64>,
    /// The texts of its causes, nearest first.
    pub causes: Vec<String>,
}

impl From<processmind::Error> for Failure {
    fn from(error: processmind::Error) -> Self {
        Self {
            class: error.kind().class().to_owned(),
            code: error.code().to_owned(),
            message: in_camel_case(&error.to_string()),
            hint: error.hint().map(in_camel_case),
            status: error.status(),
            request_id: error.request_id().map(ToOwned::to_owned),
            method: error.method().map(ToOwned::to_owned),
            url: error.url().map(ToOwned::to_owned),
            body: error.body().map(ToOwned::to_owned),
            attempts: error.attempts(),
            retry_after: error.retry_after().map(|wait| wait.as_secs_f64()),
            causes: error.causes(),
        }
    }
}

/// An error to throw or to reject with: a JavaScript `Error` that carries a [`Failure`].
pub(crate) fn thrown(env: &Env, error: processmind::Error) -> napi::Error {
    let failure = Failure::from(error);
    let bare = napi::Error::from_reason(failure.message.clone());
    match carrying(env, failure) {
        Ok(error) => error,
        // JavaScript has no memory left, or is going down.
        Err(_) => bare,
    }
}

fn carrying(env: &Env, failure: impl ToNapiValue) -> napi::Result<napi::Error> {
    let mut error = env.create_error(napi::Error::from_reason("native"))?;
    error.set("failure", failure)?;
    Ok(error.to_unknown().into())
}
