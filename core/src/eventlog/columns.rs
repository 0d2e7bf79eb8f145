//! How many columns a table may have.

use super::ReadError;

/// As many columns as a worksheet has; more of them are not a table.
const COLUMN_LIMIT: usize = 16_384;

/// Refuses a table with too many columns.
pub(super) fn check_count(columns: usize) -> Result<(), ReadError> {
    if columns > COLUMN_LIMIT {
        return Err(ReadError::TooLarge(format!("the file has more than {COLUMN_LIMIT} columns")));
    }
    Ok(())
}
