//! Tables of other kinds than files, written as the CSV that ProcessMind reads: Arrow's batches, and rows of JSON.
//!
//! Arrow's own CSV writer is not used: it takes more than twice the time, and fails on a time zone with a name.

mod cells;
mod headings;
#[cfg(feature = "arrow-ipc")]
mod ipc;
mod rows;
pub(crate) mod table;
mod text;
mod time;

use std::collections::HashMap;

use arrow_array::RecordBatchReader;

pub use rows::Rows;

use crate::blocking::stoppable;
use crate::upload::Source;

/// The name that a table is stored under where the caller gives none.
pub(super) const FILE_NAME: &str = "dataframe.csv";

impl Source {
    /// A data frame, written as CSV: UTF-8 as RFC 4180 has it. `columns` gives columns other headings.
    ///
    /// It is read when its upload begins, into a [`Spool`](crate::Spool): its size has to be known before it is sent,
    /// and a reader gives its rows only once. That takes as much temporary disk as the CSV has bytes.
    ///
    /// | Arrow | CSV |
    /// |---|---|
    /// | null, NaN | nothing |
    /// | text, also of a dictionary | as it is, in quotes where it is empty or holds `,` `"` CR or LF |
    /// | integers, decimals | all their digits |
    /// | floats | the shortest text that is read as the same number |
    /// | booleans | `true`, `false` |
    /// | timestamps | `2025-01-02T08:00:00.000`, with as many digits as their unit, and `Z` or the offset of their zone |
    /// | dates, times of day | `2025-01-02`, `08:00:00.000` |
    /// | durations | seconds |
    ///
    /// The upload fails with `InvalidArgument`, which names the column, for nested, binary and other types and for
    /// headings that are empty or there twice; with `EmptyFile` where there is no row; with `Source` where the reader
    /// fails.
    #[must_use]
    pub fn from_batches(
        batches: impl RecordBatchReader + Send + 'static,
        columns: HashMap<String, String>,
    ) -> Self {
        Self::later(stoppable(move |stop| table::write(batches, &columns, stop))).or_named(FILE_NAME)
    }
}
