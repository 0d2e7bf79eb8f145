//! A data frame as Python hands it over: whatever gives Arrow's batches by `__arrow_c_stream__`.

use std::ffi::CStr;

use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use processmind::Error;
use pyo3::exceptions::PyException;
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyCapsule, PyIterator};

use crate::error;
use crate::input::type_name;
use crate::process::Inside;

/// The name that Arrow's interface gives the capsule of a stream.
const STREAM: &CStr = c"arrow_array_stream";
/// So many rows of a Polars frame are taken at a time: as a whole it hands over a copy of itself.
const SLICE: usize = 65_536;

/// The batches of a data frame, read as they are asked for.
pub(crate) struct Frame {
    current: RecordBatchStreamReader,
    /// The slices that follow, each with a stream of its own.
    slices: Option<Py<PyIterator>>,
    /// The argument that the frame is.
    argument: &'static str,
    /// Python may have to give the batches, and to let go of what they came from.
    _inside: Inside,
}

/// Whether it hands over Arrow's batches.
pub(crate) fn is_frame(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    object.hasattr(intern!(object.py(), "__arrow_c_stream__"))
}

/// Whether it is not a data frame yet, but can make one, such as a lazy frame of Polars.
pub(crate) fn is_lazy(object: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = object.py();
    let is_file = object.hasattr(intern!(py, "read"))? || object.hasattr(intern!(py, "__iter__"))?;
    Ok(!is_file && way_to_frame(object).is_some())
}

/// How something that is not a data frame yet makes one.
fn way_to_frame(object: &Bound<'_, PyAny>) -> Option<&'static str> {
    let ways = [("collect", "collect()"), ("to_reader", "to_reader()"), ("scanner", "scanner().to_reader()")];
    ways.into_iter().find(|(method, _)| object.hasattr(*method).unwrap_or(false)).map(|(_, way)| way)
}

impl Frame {
    /// The data frame that is given as this argument.
    pub fn new(frame: &Bound<'_, PyAny>, argument: &'static str) -> PyResult<Self> {
        let py = frame.py();
        if !is_frame(frame)? {
            return Err(unusable(frame, argument));
        }
        let whole = |current| Self { current, slices: None, argument, _inside: Inside::new() };
        if !frame.hasattr(intern!(py, "iter_slices"))? {
            return stream(frame, argument).map(whole);
        }
        let frame = nulls_as_text(frame)?;
        let mut slices = frame.call_method1(intern!(py, "iter_slices"), (SLICE,))?.try_iter()?;
        let first = slices.next().unwrap_or(Ok(frame))?;
        Ok(Self { slices: Some(slices.unbind()), ..whole(stream(&first, argument)?) })
    }

    /// Goes on to the next slice, if there is one.
    fn advance(&mut self) -> PyResult<bool> {
        let Some(slices) = &self.slices else { return Ok(false) };
        let next = Python::attach(|py| {
            let slice = slices.bind(py).clone().next();
            slice.map(|slice| stream(&slice?, self.argument)).transpose()
        })?;
        Ok(next.map(|next| self.current = next).is_some())
    }
}

impl Iterator for Frame {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(batch) = self.current.next() {
                return Some(batch);
            }
            match self.advance() {
                Ok(true) => {}
                Ok(false) => return None,
                Err(error) => return Some(Err(ArrowError::ExternalError(error.into()))),
            }
        }
    }
}

impl RecordBatchReader for Frame {
    fn schema(&self) -> SchemaRef {
        self.current.schema()
    }
}

impl<'py> FromPyObject<'_, 'py> for Frame {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = pyo3::type_hint_identifier!("builtins", "object");

    fn extract(frame: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::new(&frame, "frame")
    }
}

/// A Polars frame whose columns of nothing but null have another type: theirs comes out as no valid Arrow.
fn nulls_as_text<'py>(frame: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let polars = frame.py().import(intern!(frame.py(), "polars"))?;
    let types = [(polars.getattr("Null")?, polars.getattr("String")?)].into_py_dict(frame.py())?;
    frame.call_method1(intern!(frame.py(), "cast"), (types,))
}

/// The stream of a table.
fn stream(table: &Bound<'_, PyAny>, argument: &str) -> PyResult<RecordBatchStreamReader> {
    let capsule = table.call_method0(intern!(table.py(), "__arrow_c_stream__"));
    let capsule = capsule.map_err(|error| unreadable(table.py(), argument, error))?;
    let pointer = capsule.cast::<PyCapsule>()?.pointer_checked(Some(STREAM))?;
    #[expect(unsafe_code, reason = "Arrow's interface is a pointer; the capsule's name says to what")]
    // SAFETY: a capsule of that name holds a valid stream, which is moved out and left released.
    let reader =
        unsafe { RecordBatchStreamReader::from_raw(pointer.cast::<FFI_ArrowArrayStream>().as_ptr()) };
    reader.map_err(|_| no_table(table, argument))
}

/// What the table's owner says, about a column that Arrow has no type for, or headings that are there twice.
fn unreadable(py: Python<'_>, argument: &str, cause: PyErr) -> PyErr {
    if !cause.is_instance_of::<PyException>(py) {
        return cause;
    }
    let message = format!("`{argument}` gives no Arrow batches: {}.", cause.value(py));
    let error = refused(py, message, "Give each column one type and a heading of its own");
    error.set_cause(py, Some(cause));
    error
}

fn no_table(frame: &Bound<'_, PyAny>, argument: &str) -> PyErr {
    let message = format!("`{argument}` is {}, which is one column and no table.", type_name(frame));
    refused(frame.py(), message, "Pass the whole data frame, or `to_frame()` of a series")
}

fn unusable(frame: &Bound<'_, PyAny>, argument: &str) -> PyErr {
    let message = format!("`{argument}` is {}, which gives no Arrow batches.", type_name(frame));
    let fix = way_to_frame(frame).map_or_else(
        || "a data frame of pandas, Polars or PyArrow, or a DuckDB relation".to_owned(),
        |way| format!("`{argument}.{way}`"),
    );
    refused(frame.py(), message, &format!("Pass {fix}"))
}

fn refused(py: Python<'_>, message: String, what_to_do: &str) -> PyErr {
    error::to_python(py, &Error::invalid_argument(message, format!("{what_to_do}; nothing was sent.")))
}
