//! How much of a file is read, and how much is kept of it.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::eventlog::ReadError;

/// What a check may take.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits<'a> {
    /// How many cases are counted exactly.
    pub cases: usize,
    /// Set when the result is no longer wanted.
    pub stop: &'a AtomicBool,
}

impl Limits<'_> {
    /// As many cases as fit into a table of 2^23 places, which is 136 MiB.
    pub const CASES: usize = 7_000_000;

    pub fn check(&self) -> Result<(), ReadError> {
        if self.stop.load(Ordering::Relaxed) { Err(ReadError::Stopped) } else { Ok(()) }
    }
}

/// As many columns as a worksheet has; more of them are not a table.
const COLUMN_LIMIT: usize = 16_384;

/// Refuses a table with too many columns.
pub(crate) fn check_count(columns: usize) -> Result<(), ReadError> {
    if columns > COLUMN_LIMIT {
        return Err(ReadError::TooLarge(format!("the file has more than {COLUMN_LIMIT} columns")));
    }
    Ok(())
}
