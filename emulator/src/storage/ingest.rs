//! Reading what was uploaded.

use std::path::Path;

use processmind::eventlog::{self, EventLogColumn, Format};

use crate::model::Column;

/// What a file holds, or why that is not known.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) row_count: u64,
    pub(super) columns: Vec<Column>,
    pub(super) unread: Option<String>,
}

/// Reads an object. One that is no event log counts as a table without rows and columns.
pub(super) fn read(object: &Path, file_name: &str) -> Contents {
    let Some(format) = Format::from_path(Path::new(file_name)) else {
        return unread("the file name has none of the suffixes of an event log");
    };
    match eventlog::read(object, format) {
        Ok(log) => Contents {
            row_count: log.rows.unsigned_abs(),
            columns: log.columns.into_iter().map(column).collect(),
            unread: None,
        },
        Err(error) => unread(error),
    }
}

fn column(column: EventLogColumn) -> Column {
    Column { name: column.name, kind: column.r#type }
}

fn unread(reason: impl ToString) -> Contents {
    Contents { unread: Some(reason.to_string()), ..Contents::default() }
}
