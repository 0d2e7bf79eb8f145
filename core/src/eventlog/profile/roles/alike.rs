//! Columns that say the same.

use std::collections::HashSet;

use foldhash::fast::RandomState;

use super::column::Column;
use super::moments::NEVER;

/// Whether two columns divide the rows in the same way, but for one row in fifty.
pub(super) fn is_alias(one: &Column<'_>, other: &Column<'_>) -> bool {
    let most = one.distinct.max(other.distinct) as f64;
    one.distinct.abs_diff(other.distinct) as f64 <= 0.02 * most && pairs(one, other) as f64 <= 1.02 * most
}

/// Whether each value of a column has one value of the other one, but for one row in fifty.
pub(super) fn determines(one: &Column<'_>, other: &Column<'_>) -> bool {
    one.distinct >= other.distinct && pairs(one, other) as f64 <= 1.02 * one.distinct as f64
}

/// How many pairs of values are in the rows.
fn pairs(one: &Column<'_>, other: &Column<'_>) -> usize {
    let pairs: HashSet<(u32, u32), RandomState> =
        one.codes.iter().copied().zip(other.codes.iter().copied()).collect();
    pairs.len()
}

/// Whether two columns are the start and the end of the same events: one is never after the other.
pub(super) fn is_start_and_end(one: &Column<'_>, other: &Column<'_>) -> bool {
    let (Some(one), Some(other)) = (&one.moments, &other.moments) else { return false };
    let both =
        one.of_rows.iter().zip(&other.of_rows).filter(|(one, other)| **one != NEVER && **other != NEVER);
    let (mut known, mut before, mut after) = (0_u32, 0_u32, 0_u32);
    for (one, other) in both {
        known += 1;
        before += u32::from(one <= other);
        after += u32::from(one >= other);
    }
    known > 0 && f64::from(before.max(after)) > 0.98 * f64::from(known)
}
