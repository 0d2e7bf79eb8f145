use serde_json::Value;

use crate::call::{Call, Method};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::model::Untyped;

impl Client {
    /// Sends a request that this SDK has no call for, with the same key, retries, errors and secrecy.
    ///
    /// `method` is GET, POST, PUT, PATCH or DELETE; `path` begins with `/` and is sent as it is, so ids in it
    /// have to be percent-encoded; `query` is added to it; `body` is sent as JSON. What comes back is the JSON
    /// that the server sent, or nothing.
    pub fn request(
        &self,
        method: &str,
        path: impl Into<String>,
        query: Vec<(String, String)>,
        body: Option<Value>,
    ) -> Call<Untyped> {
        let known = Method::parse(method);
        let path = known.ok_or_else(|| unknown(method)).and_then(|_| checked(path.into()));
        let call = Call::new(self, known.unwrap_or(Method::Get)).raw_path(path);
        let call = query.into_iter().fold(call, |call, (name, value)| call.query(name, value));
        match body {
            Some(body) => call.body(Ok(body)),
            None => call,
        }
    }
}

fn unknown(method: &str) -> Error {
    let message = format!("`method` is '{method}', which the API does not have.");
    Error::invalid_argument(message, "Pass GET, POST, PUT, PATCH or DELETE; nothing was sent.")
}

fn checked(path: String) -> Result<String> {
    let misleads = path.split('/').any(|segment| matches!(segment, "." | ".."));
    if path.starts_with('/') && !path.starts_with("//") && !misleads && !path.contains(['?', '#', '\\']) {
        return Ok(path);
    }
    let message = format!("`path` is '{path}', which is no path of the API.");
    Err(Error::invalid_argument(message, "Begin it with '/', and pass a query as `query`; nothing was sent."))
}
