//! What both listeners share: connections that can be cut, bodies that are watched, the record of
//! requests, and the faults that concern the wire.

mod body;
mod connection;
mod echo;
mod observe;
mod pace;
mod play;
mod rewrite;

pub(crate) use connection::{Connection, Listener};
pub(crate) use observe::{Origin, observed};
