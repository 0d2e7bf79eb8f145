//! How an answer's body becomes a value.

use serde::de::DeserializeOwned;
use serde_json::Value;

/// A type that an answer of the API can be read as.
pub trait FromAnswer: DeserializeOwned + Send + 'static {
    /// Whether the answer is a secret, which no error may show.
    const SECRET: bool = false;

    /// The value, as JSON and as itself, where a call that changes something is answered with nothing.
    #[must_use]
    fn nothing() -> Option<(&'static str, Self)> {
        None
    }
}

impl<T: FromAnswer> FromAnswer for Vec<T> {}

/// An answer that the API does not document: the JSON the server sent, none where it sent none.
pub type Untyped = Option<Value>;

impl FromAnswer for Untyped {
    fn nothing() -> Option<(&'static str, Self)> {
        Some(("null", None))
    }
}
