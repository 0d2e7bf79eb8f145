//! Calls that are awaited: cancelling one drops it at once, and a listener is called on the loop's thread.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use futures_util::future::try_join;
use processmind::{Progress, Result};
use pyo3::IntoPyObjectExt as _;
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple};
use pyo3_async_runtimes::{TaskLocals, generic};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::sync::oneshot;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use super::{Make, MakeUpload, guarded};
use crate::error;
use crate::input::Input;
use crate::process::Process;
use crate::session::Session;

/// An asyncio future of a `T`.
pub(crate) struct Awaitable<'py, T>(Bound<'py, PyAny>, PhantomData<T>);

/// A call as an asyncio future.
pub(crate) fn awaitable<'py, C, T>(
    py: Python<'py>,
    session: &Session,
    call: impl Make<C> + 'static,
) -> PyResult<Awaitable<'py, T>>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let (client, process) = session.client(py)?;
    let locals = TaskLocals::with_running_loop(py)?;
    let call = guarded(async move { call(client).await });
    start(py, process, locals, async move { Ok(Outcome(call.await)) })
}

/// An upload as an asyncio future, which tells the listener how far it is.
pub(crate) fn awaitable_upload<'py, C, T>(
    py: Python<'py>,
    session: &Session,
    input: Input,
    listener: Option<Py<PyAny>>,
    upload: impl MakeUpload<C> + 'static,
) -> PyResult<Awaitable<'py, T>>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let (client, process) = session.client(py)?;
    let locals = TaskLocals::with_running_loop(py)?.copy_context(py)?;
    let listener = listener.map(|callback| Arc::new(Listener { callback, locals: locals.clone() }));
    let (reports, told) = unbounded_channel();
    let (report, end) = (reports.clone(), reports);
    // Nobody listens any more where the wait has ended.
    let report = Box::new(move |progress| drop(report.send(Some(progress))));
    let upload = async move {
        let source = input.read_elsewhere().await?;
        let outcome = guarded(async move { upload(client, source, report).await }).await;
        drop(end.send(None));
        Ok(Outcome(outcome))
    };
    start(py, process, locals, async move { Ok(try_join(upload, tell_all(told, listener)).await?.0) })
}

fn start<'py, T>(
    py: Python<'py>,
    process: &Process,
    locals: TaskLocals,
    future: impl Future<Output = PyResult<Outcome<T>>> + Send + 'static,
) -> PyResult<Awaitable<'py, T>>
where
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let _entered = process.runtime.enter();
    let future = generic::future_into_py_with_locals::<Entered, _, _>(py, locals, future)?;
    Ok(Awaitable(future, PhantomData))
}

/// Hands on every report until the `None` behind the last one.
async fn tell_all(
    mut told: UnboundedReceiver<Option<Progress>>,
    listener: Option<Arc<Listener>>,
) -> PyResult<()> {
    while let Some(progress) = told.recv().await.flatten() {
        if let Some(listener) = &listener {
            tell(Arc::clone(listener), progress).await?;
        }
    }
    Ok(())
}

/// Has the listener called by its loop, and waits until it was.
async fn tell(listener: Arc<Listener>, progress: Progress) -> PyResult<()> {
    let (answer, answered) = oneshot::channel();
    // Not here: a thread of the runtime must not wait for the interpreter.
    spawn_blocking(move || Python::attach(|py| listener.schedule(py, progress, answer)))
        .await
        .map_err(error::of_thread)??;
    // A loop that ends without calling it has cancelled the upload, too.
    answered.await.unwrap_or(Ok(()))
}

struct Listener {
    callback: Py<PyAny>,
    locals: TaskLocals,
}

impl Listener {
    fn schedule(
        &self,
        py: Python<'_>,
        progress: Progress,
        answer: oneshot::Sender<PyResult<()>>,
    ) -> PyResult<()> {
        let callback = self.callback.clone_ref(py);
        let once = std::sync::Mutex::new(Some((progress, answer)));
        let call = move |arguments: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
            if let Some((progress, answer)) = once.lock().ok().and_then(|mut once| once.take()) {
                // Where nobody waits for the answer, the upload is over.
                drop(answer.send(callback.call1(arguments.py(), (progress,)).map(drop)));
            }
        };
        let call = PyCFunction::new_closure(py, None, None, call)?;
        let context = PyDict::new(py);
        context.set_item(intern!(py, "context"), self.locals.context(py))?;
        self.locals.event_loop(py).call_method(
            intern!(py, "call_soon_threadsafe"),
            (call,),
            Some(&context),
        )?;
        Ok(())
    }
}

/// What a call gave; an error becomes an exception where the result is handed over, attached to the interpreter.
struct Outcome<T>(Result<T>);

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Outcome<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.0.map_err(|error| error::to_python(py, &error))?.into_bound_py_any(py)
    }
}

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Awaitable<'py, T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = pyo3::type_hint_subscript!(
        pyo3::type_hint_identifier!("collections.abc", "Awaitable"),
        T::OUTPUT_TYPE
    );

    fn into_pyobject(self, _: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(self.0)
    }
}

/// The runtime that the thread has entered: this process's, not one that a parent left behind.
struct Entered;

impl generic::Runtime for Entered {
    type JoinError = JoinError;
    type JoinHandle = JoinHandle<()>;

    fn spawn<F: Future<Output = ()> + Send + 'static>(future: F) -> Self::JoinHandle {
        tokio::spawn(future)
    }

    fn spawn_blocking<F: FnOnce() + Send + 'static>(work: F) -> Self::JoinHandle {
        spawn_blocking(work)
    }
}

/// No Python coroutine is awaited from Rust, so nothing has to be found again.
impl generic::ContextExt for Entered {
    fn scope<F, R>(_: TaskLocals, future: F) -> Pin<Box<dyn Future<Output = R> + Send>>
    where
        F: Future<Output = R> + Send + 'static,
    {
        Box::pin(future)
    }

    fn get_task_locals() -> Option<TaskLocals> {
        None
    }
}
