//! What the values of a log add up to, whatever format they come from.

pub(crate) mod cases;
pub(crate) mod datetime;
pub(crate) mod distinct;
pub(crate) mod roles;
pub(crate) mod sample;
pub(crate) mod tally;
pub(crate) mod timeline;
pub(crate) mod timestamps;
pub(crate) mod types;
