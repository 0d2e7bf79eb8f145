//! What Python's code reads: a file object, or an iterable of bytes.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use futures_util::stream::{self, Stream as Chunks};
use processmind::{Error, Result, called_back};
use pyo3::exceptions::PyException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyList};
use tokio::sync::oneshot;

use crate::error;
use crate::input::{bytes, type_name};
use crate::listener::{Notice, Notices};
use crate::process::spawn_inside;

/// How much is read at once.
const CHUNK: usize = 1024 * 1024;
/// How long small pieces are gathered until they are that much.
const GATHERING: Duration = Duration::from_millis(50);

/// A file object, or an iterator.
pub(crate) enum Stream {
    File(Py<PyAny>),
    Iterator(Py<PyIterator>),
}

/// Where a stream is read: by the thread that waits for the call, or by one of its own.
#[derive(Clone)]
pub(crate) enum Place {
    Caller(Notices),
    Elsewhere,
}

/// The wish of an upload for the next chunk, which is empty at the end.
pub(crate) struct Wish {
    stream: Arc<Stream>,
    answer: oneshot::Sender<Result<Bytes>>,
}

impl Stream {
    /// None for what is neither.
    pub fn new(object: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        let py = object.py();
        if object.hasattr(intern!(py, "read"))? {
            return Ok(Some(Self::File(object.clone().unbind())));
        }
        if object.hasattr(intern!(py, "__aiter__"))? {
            return Err(awaited(py));
        }
        if !object.hasattr(intern!(py, "__iter__"))? {
            return Ok(None);
        }
        // A list of paths is told apart before anything is read.
        if let Ok(list) = object.cast::<PyList>()
            && let Ok(first) = list.get_item(0)
        {
            checked(&first)?;
        }
        Ok(Some(Self::Iterator(object.try_iter()?.unbind())))
    }

    pub fn object(&self) -> &Py<PyAny> {
        match self {
            Self::File(object) => object,
            Self::Iterator(iterator) => iterator.as_any(),
        }
    }

    fn read(&self, py: Python<'_>) -> PyResult<Bytes> {
        match self {
            Self::File(object) => {
                checked(&object.call_method1(py, intern!(py, "read"), (CHUNK,))?.into_bound(py))
            }
            Self::Iterator(iterator) => gather(iterator.bind(py)),
        }
    }
}

impl Wish {
    /// Reads. What is no failure but an end, such as Ctrl-C, is one of the whole call.
    pub fn fulfil(self, py: Python<'_>) -> PyResult<()> {
        let chunk = self.stream.read(py);
        if let Err(raised) = &chunk
            && !raised.is_instance_of::<PyException>(py)
        {
            return chunk.map(drop);
        }
        // Where nobody waits for the answer, the upload is over.
        drop(self.answer.send(chunk.map_err(Error::unread)));
        Ok(())
    }
}

/// The chunks of a stream, each read when it is asked for.
pub(crate) fn chunks(stream: Stream, place: Place) -> impl Chunks<Item = Result<Bytes>> + Send {
    stream::try_unfold((Arc::new(stream), place), async |(stream, place)| {
        let chunk = match &place {
            Place::Caller(notices) => read_by_caller(Arc::clone(&stream), notices).await?,
            Place::Elsewhere => read_elsewhere(Arc::clone(&stream)).await?,
        };
        Ok((!chunk.is_empty()).then_some((chunk, (stream, place))))
    })
}

async fn read_by_caller(stream: Arc<Stream>, notices: &Notices) -> Result<Bytes> {
    let (answer, answered) = oneshot::channel();
    notices.tell(Notice::Wish(Wish { stream, answer }));
    answered.await.unwrap_or_else(|_| Err(Error::internal("nobody reads the stream")))
}

async fn read_elsewhere(stream: Arc<Stream>) -> Result<Bytes> {
    let read = move || called_back(|| Python::attach(|py| stream.read(py).map_err(Error::unread)));
    spawn_inside(read).await.map_err(Error::internal)?
}

/// The next bytes of an iterator, more of them where they come in small pieces.
fn gather(iterator: &Bound<'_, PyIterator>) -> PyResult<Bytes> {
    let started = Instant::now();
    let mut gathered = BytesMut::new();
    for piece in iterator.clone() {
        let piece = checked(&piece?)?;
        if gathered.is_empty() && piece.len() >= CHUNK {
            return Ok(piece);
        }
        gathered.extend_from_slice(&piece);
        if gathered.len() >= CHUNK || (!gathered.is_empty() && started.elapsed() >= GATHERING) {
            break;
        }
    }
    Ok(gathered.freeze())
}

/// What was read, which has to be bytes.
pub(crate) fn checked(chunk: &Bound<'_, PyAny>) -> PyResult<Bytes> {
    let py = chunk.py();
    if let Some(bytes) = bytes(chunk)? {
        return Ok(bytes);
    }
    if chunk.hasattr(intern!(py, "__await__"))? {
        // It is not, and Python would warn of that.
        drop(chunk.call_method0(intern!(py, "close")));
        return Err(awaited(py));
    }
    let message = format!("`file` gave something {}, not bytes.", type_name(chunk));
    let hint = "Open the file with open(path, 'rb'), or pass its path or its bytes; nothing was sent.";
    Err(error::to_python(py, &Error::invalid_argument(message, hint)))
}

fn awaited(py: Python<'_>) -> PyErr {
    let message = "`file` has to be awaited, which this client does not do.";
    let hint = "Use `AsyncClient`, or pass the path; nothing was sent.";
    error::to_python(py, &Error::invalid_argument(message, hint))
}
