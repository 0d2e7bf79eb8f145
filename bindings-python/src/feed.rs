//! What has to be awaited to be read: a task of the caller's loop reads it, as the upload wishes for it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use futures_util::stream::{self, Stream};
use processmind::{Error, Result};
use pyo3::prelude::*;
use tokio::sync::{Mutex as AsyncMutex, mpsc, oneshot};

use crate::stream::checked;
use crate::wait::{Awaitable, future};

/// Where the next chunk is to go; none is the end.
type Wish = oneshot::Sender<Result<Option<Bytes>>>;

/// Between the task that reads and the upload that sends.
#[pyclass(frozen, module = "processmind._processmind")]
pub(crate) struct Feed {
    file: Py<PyAny>,
    upload: Mutex<Option<mpsc::Sender<Wish>>>,
    wishes: Arc<AsyncMutex<mpsc::Receiver<Wish>>>,
    wished: Arc<Mutex<Option<Wish>>>,
}

#[pymethods]
impl Feed {
    #[new]
    fn new(file: Py<PyAny>) -> Self {
        let (upload, wishes) = mpsc::channel(1);
        Self {
            file,
            upload: Mutex::new(Some(upload)),
            wishes: Arc::new(AsyncMutex::new(wishes)),
            wished: Arc::default(),
        }
    }

    /// What is read.
    #[getter]
    pub(crate) fn file(&self) -> &Py<PyAny> {
        &self.file
    }

    /// Waits until the upload wishes for a chunk; false where it wishes for none any more.
    fn wished<'py>(&self, py: Python<'py>) -> PyResult<Awaitable<'py, bool>> {
        let (wishes, wished) = (Arc::clone(&self.wishes), Arc::clone(&self.wished));
        future(py, async move {
            let wish = wishes.lock().await.recv().await;
            let is_one = wish.is_some();
            *locked(&wished) = wish;
            is_one
        })
    }

    /// Fulfils the wish: with bytes, or with nothing at the end.
    #[pyo3(signature = (chunk, /))]
    fn give(&self, chunk: Option<Bound<'_, PyAny>>) -> PyResult<()> {
        let chunk = chunk.map(|chunk| checked(&chunk)).transpose()?;
        self.answer(Ok(chunk));
        Ok(())
    }

    /// Ends the upload with what was raised.
    #[pyo3(signature = (error, /))]
    fn fail(&self, error: Bound<'_, PyAny>) {
        self.answer(Err(Error::unread(PyErr::from_value(error))));
    }
}

impl Feed {
    /// The chunks that are given, for one upload.
    pub fn chunks(&self) -> impl Stream<Item = Result<Bytes>> + Send + use<> {
        let upload = locked(&self.upload).take();
        stream::try_unfold(upload, async |upload| {
            let nobody = || Error::internal("nobody reads the stream");
            let (answer, answered) = oneshot::channel();
            upload.as_ref().ok_or_else(nobody)?.send(answer).await.map_err(|_| nobody())?;
            let chunk = answered.await.map_err(|_| nobody())??;
            Ok(chunk.map(|chunk| (chunk, upload)))
        })
    }

    fn answer(&self, chunk: Result<Option<Bytes>>) {
        if let Some(wish) = locked(&self.wished).take() {
            // Where nobody waits for it, the upload is over.
            drop(wish.send(chunk));
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
