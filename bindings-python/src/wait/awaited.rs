//! Calls that are awaited: cancelling one drops it at once, and who listens is told on the loop's thread.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use futures_util::future::try_join;
use processmind::Result;
use pyo3::IntoPyObjectExt as _;
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple};
use pyo3_async_runtimes::{TaskLocals, generic};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::oneshot;
use tokio::task::{JoinError, JoinHandle};

use super::{Make, MakeUpload, guarded, report};
use crate::error;
use crate::listener::{Listener, Notice, Notices};
use crate::process::{self, Process, Runs, spawn_inside};
use crate::session::Session;
use crate::stream::Place;

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
    let (client, process) = session.client(py, Runs::Beside)?;
    start(py, process, Listener::new(py, None)?, |_| async move { call(client).await })
}

/// An upload as an asyncio future, which tells the listener how far it is.
pub(crate) fn awaitable_upload<'py, C, T>(
    py: Python<'py>,
    session: &Session,
    on_progress: Option<Py<PyAny>>,
    upload: impl MakeUpload<C> + 'static,
) -> PyResult<Awaitable<'py, T>>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let (client, process) = session.client(py, Runs::Beside)?;
    start(py, process, Listener::new(py, on_progress)?, |notices| async move {
        upload(client, Place::Elsewhere, report(notices)).await
    })
}

/// What is no call, as an asyncio future.
pub(crate) fn future<'py, T>(
    py: Python<'py>,
    future: impl Future<Output = T> + Send + 'static,
) -> PyResult<Awaitable<'py, T>>
where
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let process = process::current(py, Runs::Beside).map_err(|error| error::to_python(py, &error))?;
    spawn(py, process, TaskLocals::with_running_loop(py)?, async { Ok(future.await) })
}

fn start<'py, T, F>(
    py: Python<'py>,
    process: &Process,
    listener: Listener,
    call: impl FnOnce(Notices) -> F,
) -> PyResult<Awaitable<'py, T>>
where
    F: Future<Output = Result<T>> + Send + 'static,
    T: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let locals = TaskLocals::with_running_loop(py)?.copy_context(py)?;
    let (notices, told) = Notices::channel();
    let call = listener.hear(guarded(call(notices.clone())), notices.clone());
    // A copy of its own: the loop may be about to leave the one in which the listener was told.
    let context = locals.clone().copy_context(py)?;
    let teller = Arc::new(Teller { listener, locals: locals.clone() });
    let call = async move {
        let result = call.await;
        notices.end();
        Ok(Outcome { result, context })
    };
    spawn(py, process, locals, async move { Ok(try_join(call, tell_all(told, teller)).await?.0) })
}

fn spawn<'py, T, U>(
    py: Python<'py>,
    process: &Process,
    locals: TaskLocals,
    future: impl Future<Output = PyResult<U>> + Send + 'static,
) -> PyResult<Awaitable<'py, T>>
where
    U: for<'a> IntoPyObject<'a> + Send + 'static,
{
    let _entered = process.runtime.enter();
    let future = generic::future_into_py_with_locals::<Entered, _, _>(py, locals, future)?;
    Ok(Awaitable(future, PhantomData))
}

/// Hands on every notice until the `None` behind the last one.
async fn tell_all(mut told: UnboundedReceiver<Option<Notice>>, teller: Arc<Teller>) -> PyResult<()> {
    while let Some(notice) = told.recv().await.flatten() {
        tell(Arc::clone(&teller), notice).await?;
    }
    Ok(())
}

/// Has the listener told by its loop, and waits until it was.
async fn tell(teller: Arc<Teller>, notice: Notice) -> PyResult<()> {
    let (answer, answered) = oneshot::channel();
    // Not here: a thread of the runtime must not wait for the interpreter.
    spawn_inside(move || Python::attach(|py| teller.schedule(py, notice, answer)))
        .await
        .map_err(error::of_thread)??;
    // A loop that ends without calling it has cancelled the upload, too.
    answered.await.unwrap_or(Ok(()))
}

/// A listener, and the loop and the context in which it is told.
struct Teller {
    listener: Listener,
    locals: TaskLocals,
}

impl Teller {
    fn schedule(
        self: Arc<Self>,
        py: Python<'_>,
        notice: Notice,
        answer: oneshot::Sender<PyResult<()>>,
    ) -> PyResult<()> {
        let context = PyDict::new(py);
        context.set_item(intern!(py, "context"), self.locals.context(py))?;
        let event_loop = self.locals.event_loop(py);
        let once = Mutex::new(Some((notice, answer)));
        let call = move |arguments: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
            if let Some((notice, answer)) = once.lock().ok().and_then(|mut once| once.take()) {
                // Where nobody waits for the answer, the call is over.
                drop(answer.send(self.listener.tell(arguments.py(), notice)));
            }
        };
        let call = PyCFunction::new_closure(py, None, None, call)?;
        event_loop.call_method(intern!(py, "call_soon_threadsafe"), (call,), Some(&context))?;
        Ok(())
    }
}

/// What a call gave. It becomes an object or an exception where it is handed over, attached to the interpreter, and in
/// the context of the caller: it is that which says what becomes of a warning, where there is no GIL.
struct Outcome<T> {
    result: Result<T>,
    context: TaskLocals,
}

impl<'py, T: for<'a> IntoPyObject<'a> + Send + 'static> IntoPyObject<'py> for Outcome<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let once = Mutex::new(Some(self.result));
        let hand_over = move |arguments: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| {
            let (py, result) = (arguments.py(), once.lock().ok().and_then(|mut once| once.take()));
            let value = result.transpose().map_err(|error| error::to_python(py, &error))?;
            value.into_py_any(py)
        };
        let hand_over = PyCFunction::new_closure(py, None, None, hand_over)?;
        self.context.context(py).call_method1(intern!(py, "run"), (hand_over,))
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
        spawn_inside(work)
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
