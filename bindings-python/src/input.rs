//! The file of an upload as Python hands it over: a path, bytes, or a file object.

use std::path::PathBuf;
use std::sync::Arc;

use bytes::Bytes;
use processmind::{Error, Source, Spool, UploadOptions};
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyMemoryView;
use tokio::task::spawn_blocking;

use crate::error;

/// How much of a file object is read at once.
const CHUNK: usize = 1024 * 1024;

/// Where the bytes of an upload come from.
pub(crate) enum Input {
    Source(Source),
    /// A binary file object; it is read from where it stands, and never closed.
    FileObject(Py<PyAny>),
}

impl Input {
    pub fn new(file: &Bound<'_, PyAny>) -> PyResult<Self> {
        if let Some(source) = path_or_bytes(file)? {
            return Ok(Self::Source(source));
        }
        let text_base = file.py().import(intern!(file.py(), "io"))?.getattr("TextIOBase")?;
        if file.is_instance(&text_base)? {
            return Err(text_mode(file.py()));
        }
        if file.hasattr(intern!(file.py(), "read"))? {
            return Ok(Self::FileObject(file.clone().unbind()));
        }
        Err(unusable(file, "a path, bytes or a binary file object"))
    }

    /// The options with the name of the file that a file object reads, where they give none.
    pub fn named(&self, py: Python<'_>, options: UploadOptions) -> UploadOptions {
        let Self::FileObject(object) = self else {
            return options;
        };
        // Pipes and descriptors have a number there.
        let path = object.getattr(py, intern!(py, "name")).and_then(|name| name.extract::<PathBuf>(py));
        let name = path.ok().and_then(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
        UploadOptions { file_name: options.file_name.or(name), ..options }
    }

    /// Reads a file object on this thread.
    pub fn read(self, py: Python<'_>) -> PyResult<Source> {
        match self {
            Self::Source(source) => Ok(source),
            Self::FileObject(object) => spool(object.bind(py), || py.check_signals().map(|()| true)),
        }
    }

    /// Reads a file object on a thread of its own, until nobody waits for it any more.
    pub async fn read_elsewhere(self) -> PyResult<Source> {
        let object = match self {
            Self::Source(source) => return Ok(source),
            Self::FileObject(object) => object,
        };
        let waiting = Arc::new(());
        let waits = Arc::downgrade(&waiting);
        let read = move |py: Python<'_>| spool(object.bind(py), || Ok(waits.strong_count() > 0));
        let source = spawn_blocking(|| Python::attach(read)).await;
        drop(waiting);
        source.map_err(error::of_thread)?
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
    if file.cast::<PyMemoryView>().is_ok() {
        return path_or_bytes(&file.call_method0(intern!(file.py(), "tobytes"))?);
    }
    // `bytes` are not copied; a `bytearray` is, because it may change.
    if let Ok(bytes) = file.extract::<PyBackedBytes>() {
        return Ok(Some(Source::bytes(Bytes::from_owner(bytes))));
    }
    Ok(file.extract::<PathBuf>().ok().map(Source::path))
}

fn spool(object: &Bound<'_, PyAny>, is_wanted: impl Fn() -> PyResult<bool>) -> PyResult<Source> {
    let py = object.py();
    let mut spool = Spool::new();
    while is_wanted()? {
        let chunk = object.call_method1(intern!(py, "read"), (CHUNK,))?;
        let chunk: PyBackedBytes = chunk.extract().map_err(|_| not_bytes(&chunk))?;
        if chunk.is_empty() {
            break;
        }
        py.detach(|| spool.write(&chunk)).map_err(|error| error::to_python(py, &error))?;
    }
    Ok(spool.finish())
}

fn text_mode(py: Python<'_>) -> PyErr {
    let message = "`file` is open in text mode, which would change its bytes.";
    let hint = "Open it with open(path, 'rb'), or pass the path; nothing was sent.";
    error::to_python(py, &Error::invalid_argument(message, hint))
}

fn not_bytes(chunk: &Bound<'_, PyAny>) -> PyErr {
    let message = format!("`file.read()` gave {}, not bytes.", type_name(chunk));
    let hint = "Open the file with open(path, 'rb'), or pass its path or its bytes; nothing was sent.";
    error::to_python(chunk.py(), &Error::invalid_argument(message, hint))
}

fn unusable(file: &Bound<'_, PyAny>, wanted: &str) -> PyErr {
    let message = format!("`file` is {}, not {wanted}.", type_name(file));
    let hint = "Pass the path of the file, such as 'orders.csv'; nothing was sent.";
    error::to_python(file.py(), &Error::invalid_argument(message, hint))
}

fn type_name(object: &Bound<'_, PyAny>) -> String {
    object.get_type().name().map_or_else(|_| "something else".to_owned(), |name| format!("of type '{name}'"))
}
