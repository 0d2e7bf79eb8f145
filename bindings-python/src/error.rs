//! The core's errors as exceptions of `processmind.exceptions`.

use std::error::Error as _;
use std::io;
use std::path::Path;

use processmind::{Error, ErrorKind};
use pyo3::exceptions::PyOSError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::IntoPyDict;
use tokio::task::JoinError;

/// The exception that stands for an error, its causes behind it.
pub(crate) fn to_python(py: Python<'_>, error: &Error) -> PyErr {
    // What Python's own code raised, while it read a stream, comes as it was.
    if let Some(raised) = error.source().and_then(|cause| cause.downcast_ref::<PyErr>()) {
        return raised.clone_ref(py);
    }
    // Where the exception can't be made, what went wrong with that is at least an exception.
    exception(py, error).unwrap_or_else(|failure| failure)
}

/// The exception that stands for a thread of the runtime that panicked.
pub(crate) fn of_thread(error: JoinError) -> PyErr {
    let error = match error.try_into_panic() {
        Ok(panic) => Error::from_panic(&*panic),
        Err(error) => Error::internal(error),
    };
    Python::attach(|py| to_python(py, &error))
}

fn exception(py: Python<'_>, error: &Error) -> PyResult<PyErr> {
    let exceptions = py.import(intern!(py, "processmind.exceptions"))?;
    let fields = [
        ("code", error.code().into_pyobject(py)?.into_any()),
        ("hint", error.hint().into_pyobject(py)?.into_any()),
        ("status", error.status().into_pyobject(py)?.into_any()),
        ("request_id", error.request_id().into_pyobject(py)?.into_any()),
        ("method", error.method().into_pyobject(py)?.into_any()),
        ("url", error.url().into_pyobject(py)?.into_any()),
        ("body", error.body().into_pyobject(py)?.into_any()),
        ("attempts", error.attempts().into_pyobject(py)?.into_any()),
        ("retry_after", error.retry_after().map(|wait| wait.as_secs_f64()).into_pyobject(py)?.into_any()),
    ];
    let class = exceptions.getattr(class(error))?;
    let exception = class.call((error.message(),), Some(&fields.into_py_dict(py)?))?;
    if exception.is_instance_of::<PyOSError>()
        && let Some(number) = error.os_error()
    {
        let text = py.import(intern!(py, "os"))?.call_method1(intern!(py, "strerror"), (number,))?;
        exception.setattr(intern!(py, "errno"), number)?;
        exception.setattr(intern!(py, "strerror"), text)?;
        exception.setattr(intern!(py, "filename"), error.path().map(Path::as_os_str))?;
    }
    let exception = PyErr::from_value(exception);
    exception.set_cause(py, cause(&exceptions, error)?);
    Ok(exception)
}

/// A file that can't be read is also the `OSError` that Python has for it.
fn class(error: &Error) -> &'static str {
    match (error.kind(), error.io_kind()) {
        (ErrorKind::Source, Some(io::ErrorKind::NotFound)) => "SourceNotFoundError",
        (ErrorKind::Source, Some(io::ErrorKind::PermissionDenied)) => "SourcePermissionError",
        (ErrorKind::Source, Some(io::ErrorKind::IsADirectory)) => "SourceIsADirectoryError",
        (ErrorKind::Source, Some(io::ErrorKind::NotADirectory)) => "SourceNotADirectoryError",
        (ErrorKind::Source, Some(_)) => "SourceOSError",
        (kind, _) => kind.class(),
    }
}

/// The chain of causes, the nearest first.
fn cause(exceptions: &Bound<'_, PyModule>, error: &Error) -> PyResult<Option<PyErr>> {
    let class = exceptions.getattr("ErrorCause")?;
    error.causes().into_iter().rev().try_fold(None, |behind, text| {
        let cause = PyErr::from_value(class.call1((text,))?);
        cause.set_cause(exceptions.py(), behind);
        Ok(Some(cause))
    })
}
