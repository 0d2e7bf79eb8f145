//! Merged cells: only the first of them has the value, and a reader finds the others blank.

use std::collections::{BTreeMap, HashMap};

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

impl Region {
    fn has_several_rows(&self) -> bool {
        self.end.0 > self.start.0
    }
}

/// The regions that are part of a table: not those of titles above it, and not those below its last row.
pub(super) fn of_table(mut regions: Vec<Region>, table: &Table, last_row: u32) -> Vec<Region> {
    regions.retain(|Region { start, end }| {
        let is_within = end.0 >= table.header_row && start.0 <= last_row;
        is_within && start != end && table.places(start.1, end.1).is_some()
    });
    regions.sort_unstable_by_key(|region| region.start);
    regions
}

/// Those of the regions that are one value for several rows of data.
pub(super) fn over_rows(regions: &[Region], table: &Table) -> Vec<Region> {
    let is_over_rows = |region: &&Region| region.start.0 > table.header_row && region.has_several_rows();
    regions.iter().filter(is_over_rows).copied().collect()
}

/// Whether one of the regions is in the column.
pub(super) fn is_in_column(regions: &[Region], table: &Table, place: usize) -> bool {
    regions.iter().any(|region| table.place(region.start.1) == Some(place))
}

/// Repeats the value of merged cells in the rows that they cover: what a person sees.
#[derive(Debug, Default)]
pub(super) struct Fill<'a> {
    /// The last rows of the regions, by their first cells.
    last_rows: HashMap<Position, u32>,
    /// What covers the rows of a column, and up to which row.
    covers: BTreeMap<u32, (u32, &'a [u8])>,
}

impl<'a> Fill<'a> {
    pub fn of(regions: &[Region]) -> Self {
        let last_rows = regions.iter().map(|region| (region.start, region.end.0)).collect();
        Self { last_rows, covers: BTreeMap::new() }
    }

    /// Takes a cell, which may be the first of a region.
    pub fn see(&mut self, position: Position, text: &'a [u8]) {
        if let Some(last) = self.last_rows.get(&position) {
            self.covers.insert(position.1, (*last, text));
        }
    }

    /// The columns of a row that are covered from above, and by what.
    pub fn covered(&self, row: u32) -> impl Iterator<Item = (u32, &'a [u8])> {
        let covers = self.covers.iter().filter(move |(_, (last, _))| row <= *last);
        covers.map(|(column, (_, text))| (*column, *text))
    }
}

pub(super) fn report(regions: &[Region], table: &Table, problems: &mut Problems) {
    for region in regions {
        let Region { start, end } = *region;
        let place = table.places(start.1, end.1).map(|(first, _)| first);
        let first = match (region.has_several_rows(), end.1 > start.1) {
            (true, false) => "row",
            (false, _) => "column",
            (true, true) => "cell",
        };
        let message = || {
            let (start, end) = (reference(start), reference(end));
            format!("Cells {start}:{end} are merged: only the first {first} has the value.")
        };
        problems.add(ProblemCode::MergedCells, place, || Some(number(start.0)), message, || None);
    }
}
