//! How an answer's body becomes a value.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer as _;
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
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

    /// Whether JSON can be read as this.
    ///
    /// # Errors
    /// Those of reading it.
    fn check(json: &[u8]) -> serde_json::Result<()> {
        serde_json::from_slice::<Self>(json).map(drop)
    }
}

impl<T: FromAnswer> FromAnswer for Vec<T> {
    /// One object after the other, none of which is kept.
    fn check(json: &[u8]) -> serde_json::Result<()> {
        let mut reader = serde_json::Deserializer::from_slice(json);
        reader.deserialize_seq(Each::<T>(PhantomData))?;
        reader.end()
    }
}

/// Reads the objects of a list, and drops each.
struct Each<T>(PhantomData<T>);

impl<'de, T: FromAnswer> Visitor<'de> for Each<T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element::<T>()?.is_some() {}
        Ok(())
    }
}

/// An answer that the API does not document: the JSON the server sent, none where it sent none.
pub type Untyped = Option<Value>;

impl FromAnswer for Untyped {
    fn nothing() -> Option<(&'static str, Self)> {
        Some(("null", None))
    }
}
