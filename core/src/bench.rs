//! Doors for the benchmarks to what is private. No part of the crate's interface.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use arrow_array::RecordBatchReader;
use http_body_util::BodyExt as _;

use crate::bpmn;
use crate::call;
use crate::dataframe::table;
use crate::progress::{Listener, Reporter};
use crate::retry::{self, Failure, Safety, Verdict};
use crate::upload::{Source, UploadBody};

/// The wait before the next attempt, where there is to be one.
#[must_use]
pub fn wait_after(attempt: u32, status: u16) -> Option<Duration> {
    match retry::decide(Failure::Status(status), Safety::Idempotent, attempt, 5, None, 0.5) {
        Verdict::Retry(wait) => Some(wait),
        Verdict::GiveUp | Verdict::Ambiguous => None,
    }
}

/// How long an id is as a segment of a path.
#[must_use]
pub fn segment(id: &str) -> usize {
    call::encode("id", id).map_or(0, |segment| segment.len())
}

/// Reads and checks the file of a BPMN model; gives its length, or none where it is refused.
#[must_use]
pub fn bpmn(path: &Path) -> Option<usize> {
    bpmn::read(path).ok().map(|model| model.xml.len())
}

/// Writes a data frame as CSV.
#[must_use]
pub fn csv(batches: impl RecordBatchReader) -> Option<Source> {
    table::write(batches, &HashMap::new(), &AtomicBool::new(false)).ok()
}

/// Reads a source as an upload does, and gives its checksum.
pub async fn read(source: &Source) -> Option<String> {
    let facts = source.facts().ok()?;
    let (mut body, outcome) =
        UploadBody::start(source, &facts, Reporter::new(Listener::default(), String::new()), 1).ok()?;
    while let Some(frame) = body.frame().await {
        frame.ok()?;
    }
    outcome.crc64nvme()
}
