//! How an answer's body becomes a value.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A type that an answer of the API can be read as.
pub trait FromAnswer: DeserializeOwned + Send + 'static {
    /// Reads the body of a successful answer.
    ///
    /// # Errors
    /// Where the body is not such a value in JSON.
    fn from_answer(body: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(body)
    }

    /// The body's own JSON, once it is known to be such a value.
    ///
    /// # Errors
    /// As [`FromAnswer::from_answer`].
    fn json(body: &[u8]) -> serde_json::Result<Cow<'_, str>> {
        Self::from_answer(body)?;
        Ok(String::from_utf8_lossy(body))
    }
}

impl<T: FromAnswer> FromAnswer for Vec<T> {}

/// An answer that the API does not document: the JSON the server sent, none where it sent none.
pub type Untyped = Option<Value>;

impl FromAnswer for Untyped {
    fn from_answer(body: &[u8]) -> serde_json::Result<Self> {
        match serde_json::from_slice(body) {
            // A page where an answer should be is no success, whatever its status says.
            Err(error) if body.trim_ascii_start().starts_with(b"<") => Err(error),
            answer => Ok(answer.ok()),
        }
    }

    fn json(body: &[u8]) -> serde_json::Result<Cow<'_, str>> {
        Ok(Self::from_answer(body)?.map_or(Cow::Borrowed("null"), |_| String::from_utf8_lossy(body)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_undocumented_answer_may_be_anything_but_a_page() {
        assert_eq!(Untyped::json(b"").unwrap(), "null");
        assert_eq!(Untyped::json(b"OK").unwrap(), "null");
        assert_eq!(Untyped::json(b"{\"success\": true}").unwrap(), "{\"success\": true}");
        assert!(Untyped::json(b"<html>").is_err());
    }
}
