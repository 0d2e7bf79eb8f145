//! What the values of a log add up to, whatever format they come from.

mod case_sample;
pub(crate) mod cases;
pub(crate) mod datetime;
pub(crate) mod distinct;
mod duplicates;
mod oddities;
pub(crate) mod order;
pub(crate) mod plan;
pub(crate) mod roles;
pub(crate) mod sample;
mod spellings;
pub(crate) mod tally;
pub(crate) mod timeline;
pub(crate) mod timestamps;
pub(crate) mod types;
