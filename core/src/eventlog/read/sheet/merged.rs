//! Merged cells: only the first of them has the value, and a reader finds the others blank.

use super::head::Position;
use super::log::{number, reference};
use super::table::Table;
use crate::eventlog::report::problem::{ProblemCode, Problems};

/// Cells that are merged into one: the first and the last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Region {
    pub start: Position,
    pub end: Position,
}

/// Reports the regions that are part of the table: not those of titles above it, and not those below its last row.
pub(super) fn report(regions: &[Region], table: &Table, last_row: u32, problems: &mut Problems) {
    let mut regions = regions.to_vec();
    regions.sort_unstable_by_key(|region| region.start);
    for Region { start, end } in regions {
        let is_within = end.0 >= table.header_row && start.0 <= last_row;
        let Some((place, _)) = table.places(start.1, end.1).filter(|_| is_within && start != end) else {
            continue;
        };
        let first = if start.1 == end.1 {
            "row"
        } else if start.0 == end.0 {
            "column"
        } else {
            "cell"
        };
        let message = || {
            let (start, end) = (reference(start), reference(end));
            format!("Cells {start}:{end} are merged: only the first {first} has the value.")
        };
        problems.add(ProblemCode::MergedCells, Some(place), || Some(number(start.0)), message, || None);
    }
}
