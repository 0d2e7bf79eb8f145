//! Checking an event log, for which no client is needed.

use processmind::CheckOptions;
use processmind::eventlog::EventLogReport;
use pyo3::prelude::*;

use crate::input::Input;
use crate::wait;

#[pyfunction]
pub(crate) fn check_event_log(
    py: Python<'_>,
    file: Input,
    file_name: Option<String>,
) -> PyResult<EventLogReport> {
    let options = CheckOptions { file_name: file_name.or_else(|| file.file_name(py)) };
    wait::block_alone(py, move |place| processmind::check_event_log(file.source(place), options))
}
