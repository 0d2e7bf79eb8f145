//! Arrow's IPC format, in which a language without Arrow's C interface hands over its tables.

use std::collections::HashMap;
use std::io::Cursor;

use arrow_array::RecordBatchReader;
use arrow_ipc::reader::{FileReader, StreamReader};
use arrow_schema::ArrowError;
use bytes::Bytes;

use super::headings::refused;
use crate::error::Result;
use crate::upload::Source;

/// What a file begins with, and a stream does not.
const FILE: &[u8] = b"ARROW1";

impl Source {
    /// The bytes of an Arrow IPC stream or file, not compressed, written as [`Source::from_batches`] writes batches.
    ///
    /// # Errors
    /// `InvalidArgument` where the bytes are not Arrow's.
    pub fn from_arrow_ipc(bytes: impl Into<Bytes>, columns: HashMap<String, String>) -> Result<Self> {
        let reader = reader(bytes.into()).map_err(|cause| {
            refused(
                format!("The bytes are no Arrow table: {cause}."),
                "Pass an IPC stream or file without compression, such as `table_to_ipc` of apache-arrow gives",
            )
        })?;
        Ok(Self::from_batches(reader, columns))
    }
}

fn reader(bytes: Bytes) -> Result<Box<dyn RecordBatchReader + Send>, ArrowError> {
    let is_file = bytes.starts_with(FILE);
    let bytes = Cursor::new(bytes);
    Ok(match is_file {
        true => Box::new(FileReader::try_new(bytes, None)?),
        false => Box::new(StreamReader::try_new(bytes, None)?),
    })
}
