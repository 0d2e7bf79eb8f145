//! Readers of the formats: each turns a source into rows of values for the profile.

pub(crate) mod bounded;
pub(crate) mod encoding;
pub(crate) mod sheet;
pub(crate) mod text;
pub(crate) mod xes;
