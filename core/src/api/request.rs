use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::method::Method;
use crate::model::Untyped;

impl Client {
    /// Sends a request that this SDK has no call for, with the same key, retries, errors and secrecy.
    ///
    /// `method` is GET, POST, PUT, PATCH or DELETE; `path` begins with `/` and is sent as it is, so ids in it
    /// have to be percent-encoded; `query` is added to it; `body` is sent as JSON. What comes back is the JSON
    /// that the server sent, or nothing. An integer beyond 64 bits comes as a string; [`Call::json`] gives the text.
    pub fn request(
        &self,
        method: &str,
        path: impl Into<String>,
        query: Vec<(String, String)>,
        body: Option<Value>,
    ) -> Call<Untyped> {
        let call = self.raw(method, path.into(), query);
        match body {
            Some(body) => call.body(Ok(body)),
            None => call,
        }
    }

    /// [`Client::request`] with a body that is JSON text already: it is sent as it is, with numbers of any size.
    pub fn request_json(
        &self,
        method: &str,
        path: impl Into<String>,
        query: Vec<(String, String)>,
        body: Option<String>,
    ) -> Call<Untyped> {
        let call = self.raw(method, path.into(), query);
        match body {
            Some(body) => call.written_body(body),
            None => call,
        }
    }

    fn raw(&self, method: &str, path: String, query: Vec<(String, String)>) -> Call<Untyped> {
        let known = Method::parse(method);
        let path = known.ok_or_else(|| unknown(method)).and_then(|_| checked(path));
        let call = Call::new(self, known.unwrap_or(Method::Get)).raw_path(path);
        query.into_iter().fold(call, |call, (name, value)| call.query(name, value))
    }
}

fn unknown(method: &str) -> Error {
    let message = format!("`method` is '{method}', which the API does not have.");
    Error::invalid_argument(message, "Pass GET, POST, PUT, PATCH or DELETE; nothing was sent.")
}

fn checked(path: String) -> Result<String> {
    // What a URL parser would take for a step up or out, encoded or not.
    let steps = |segment: &str| matches!(&*percent_decode_str(segment).decode_utf8_lossy(), "." | "..");
    let breaks = |c: char| c.is_control() || matches!(c, '?' | '#' | '\\');
    if path.starts_with('/')
        && !path.starts_with("//")
        && !path.split('/').any(steps)
        && !path.contains(breaks)
    {
        return Ok(path);
    }
    let message = format!("`path` is '{path}', which is no path of the API.");
    Err(Error::invalid_argument(message, "Begin it with '/', and pass a query as `query`; nothing was sent."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_that_a_parser_would_change_is_refused() {
        assert!(checked("/tenant/t/processes/a%20b".to_owned()).is_ok());
        let bad =
            ["tenant", "//host/x", "/a/../b", "/a/%2e%2E/b", "/a/.\t./b", "/a?b", "/a#b", "/a\\b", "/a/."];
        for path in bad {
            assert!(checked(path.to_owned()).is_err(), "{path}");
        }
    }
}
