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

    /// The value, as JSON and as itself, if the response to a change is empty.
    #[must_use]
    fn nothing() -> Option<(&'static str, Self)> {
        None
    }

    /// Why the value is not what a call promises, such as a missing id.
    fn flaw(&self) -> Option<&'static str> {
        None
    }

    /// Reads JSON as this.
    ///
    /// # Errors
    /// [`Unfit`] if it is something else.
    fn read(json: &[u8]) -> Result<Self, Unfit> {
        let value: Self = serde_json::from_slice(json).map_err(Unfit::Json)?;
        value.flaw().map_or(Ok(value), |flaw| Err(Unfit::Incomplete(flaw)))
    }

    /// Whether JSON can be read as this.
    ///
    /// # Errors
    /// Those of reading it.
    fn check(json: &[u8]) -> Result<(), Unfit> {
        Self::read(json).map(drop)
    }
}

/// Why a response is not what its call promises.
#[derive(Debug)]
pub enum Unfit {
    /// It is not JSON, or JSON of another shape.
    Json(serde_json::Error),
    /// What it lacks.
    Incomplete(&'static str),
}

impl<T: FromAnswer> FromAnswer for Vec<T> {
    fn flaw(&self) -> Option<&'static str> {
        self.iter().find_map(FromAnswer::flaw)
    }

    /// One object after the other, none of which is kept.
    fn check(json: &[u8]) -> Result<(), Unfit> {
        let mut reader = serde_json::Deserializer::from_slice(json);
        let flaw = reader.deserialize_seq(Each::<T>(PhantomData)).map_err(Unfit::Json)?;
        reader.end().map_err(Unfit::Json)?;
        flaw.map_or(Ok(()), |flaw| Err(Unfit::Incomplete(flaw)))
    }
}

/// Reads the objects of a list, and drops each; gives the first flaw.
struct Each<T>(PhantomData<T>);

impl<'de, T: FromAnswer> Visitor<'de> for Each<T> {
    type Value = Option<&'static str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sequence")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut flaw = None;
        while let Some(object) = list.next_element::<T>()? {
            flaw = flaw.or_else(|| object.flaw());
        }
        Ok(flaw)
    }
}

/// An answer that the API does not document: the JSON the server sent, none if it sent none.
///
/// An integer beyond 64 bits, which a [`Value`] can't hold, is a string here; [`Call::json`](crate::Call::json) has
/// the text as it came.
pub type Untyped = Option<Value>;

impl FromAnswer for Untyped {
    fn nothing() -> Option<(&'static str, Self)> {
        Some(("null", None))
    }
}
