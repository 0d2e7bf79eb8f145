//! The ProcessMind client for Node.js: the native part.
//!
//! It translates between JavaScript's values and `processmind`'s, and decides nothing. The TypeScript in
//! `ts/` gives it its manners and is the only caller: what is exported here is no public interface.

pub mod check;
mod client;
pub mod command;
mod convert;
mod error;
mod kind;
mod many;
mod promise;
mod reports;
pub mod rows;
mod runtime;
mod source;
