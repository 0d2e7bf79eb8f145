//! The file of an upload as Python hands it over: a path, bytes, a file object, or an iterable of bytes.

use std::collections::HashMap;
use std::path::PathBuf;

use bytes::Bytes;
use processmind::{Error, Source};
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyMemoryView;

use crate::error;
use crate::feed::Feed;
use crate::frame::{self, Frame};
use crate::stream::{self, Place, Stream};

/// Where the bytes of an upload come from.
pub(crate) enum Input {
    Source(Source),
    /// What Python's code reads. It is read from where it stands, and never closed.
    Stream(Stream),
    /// What a task of the caller's loop reads.
    Feed(Py<Feed>),
    /// A data frame, and other headings for its columns.
    Frame(Frame, HashMap<String, String>),
}

impl Input {
    pub fn new(file: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = file.py();
        if let Some(source) = path_or_bytes(file)? {
            return Ok(Self::Source(source));
        }
        if let Ok(feed) = file.cast::<Feed>() {
            return Ok(Self::Feed(feed.clone().unbind()));
        }
        if frame::is_frame(file)? || frame::is_lazy(file)? {
            return Err(no_file(file));
        }
        if file.is_instance(&py.import(intern!(py, "io"))?.getattr("TextIOBase")?)? {
            return Err(text_mode(py));
        }
        Stream::new(file)?
            .map(Self::Stream)
            .ok_or_else(|| unusable(file, "a path, bytes, a binary file object or an iterable of bytes"))
    }

    /// The name of the file that a file object reads.
    pub fn file_name(&self, py: Python<'_>) -> Option<String> {
        let object = match self {
            Self::Source(_) | Self::Frame(..) => return None,
            Self::Stream(stream) => stream.object(),
            Self::Feed(feed) => feed.get().file(),
        };
        // Pipes and descriptors have a number there.
        let path = object.getattr(py, intern!(py, "name")).and_then(|name| name.extract::<PathBuf>(py));
        Some(path.ok()?.file_name()?.to_string_lossy().into_owned())
    }

    /// The source; what Python's code reads is read at that place, when the upload begins.
    pub fn source(self, place: Place) -> Source {
        match self {
            Self::Source(source) => source,
            Self::Stream(stream) => Source::later(Source::from_chunks(stream::chunks(stream, place))),
            Self::Frame(frame, columns) => Source::from_batches(frame, columns),
            Self::Feed(feed) => Source::later(Source::from_chunks(feed.get().chunks())),
        }
    }
}

impl<'py> FromPyObject<'_, 'py> for Input {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = pyo3::type_hint_identifier!("builtins", "object");

    fn extract(file: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Self::new(&file)
    }
}

/// What can be checked: the file of an upload, or a data frame.
pub(crate) struct FileOrFrame(pub Input);

impl<'py> FromPyObject<'_, 'py> for FileOrFrame {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = pyo3::type_hint_identifier!("builtins", "object");

    fn extract(file: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        if frame::is_frame(&file)? || frame::is_lazy(&file)? {
            return Ok(Self(Input::Frame(Frame::new(&file, "file")?, HashMap::new())));
        }
        Input::new(&file).map(Self)
    }
}

/// A path, or bytes in memory.
pub(crate) struct PathOrBytes(pub Source);

impl<'py> FromPyObject<'_, 'py> for PathOrBytes {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = pyo3::type_hint_identifier!("builtins", "object");

    fn extract(file: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        path_or_bytes(&file)?.map(Self).ok_or_else(|| unusable(&file, "a path or bytes"))
    }
}

fn path_or_bytes(file: &Bound<'_, PyAny>) -> PyResult<Option<Source>> {
    if let Some(bytes) = bytes(file)? {
        return Ok(Some(Source::bytes(bytes)));
    }
    Ok(file.extract::<PathBuf>().ok().map(Source::path))
}

/// What holds bytes. `bytes` are not copied; a `bytearray` and a `memoryview` are, because they may change.
pub(crate) fn bytes(object: &Bound<'_, PyAny>) -> PyResult<Option<Bytes>> {
    if object.cast::<PyMemoryView>().is_ok() {
        return bytes(&object.call_method0(intern!(object.py(), "tobytes"))?);
    }
    Ok(object.extract::<PyBackedBytes>().ok().map(Bytes::from_owner))
}

fn text_mode(py: Python<'_>) -> PyErr {
    let message = "`file` is open in text mode, which would change its bytes.";
    let hint = "Open it with open(path, 'rb'), or pass the path; nothing was sent.";
    error::to_python(py, &Error::invalid_argument(message, hint))
}

fn no_file(file: &Bound<'_, PyAny>) -> PyErr {
    let message = format!("`file` is {}, a data frame and not a file.", type_name(file));
    let hint = "Pass it to `upload_dataframe`; nothing was sent.";
    error::to_python(file.py(), &Error::invalid_argument(message, hint))
}

fn unusable(file: &Bound<'_, PyAny>, wanted: &str) -> PyErr {
    let message = format!("`file` is {}, not {wanted}.", type_name(file));
    let hint = "Pass the path of the file, such as 'orders.csv'; nothing was sent.";
    error::to_python(file.py(), &Error::invalid_argument(message, hint))
}

pub(crate) fn type_name(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "something else".to_owned(), |name| format!("of type '{name}'"))
}
