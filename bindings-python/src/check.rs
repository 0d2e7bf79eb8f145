//! Checking an event log, for which no client is needed.

use processmind::CheckOptions;
use processmind::eventlog::EventLogReport;
use pyo3::prelude::*;

use crate::input::FileOrFrame;
use crate::wait;

#[pyfunction]
pub(crate) fn check_event_log(
    py: Python<'_>,
    file: FileOrFrame,
    mut options: CheckOptions,
) -> PyResult<EventLogReport> {
    options.file_name = options.file_name.or_else(|| file.0.file_name(py));
    wait::block_alone(py, move |place| processmind::check_event_log(file.0.source(place), options))
}
