//! Calls that wait: Ctrl-C ends them, and who listens is told on the waiting thread.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::time::Duration;

use processmind::{Result, called_back};
use pyo3::prelude::*;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::yield_now;

use super::{Make, MakeUpload, guarded, report};
use crate::error;
use crate::idle::Closer;
use crate::listener::{Listener, Notice, Notices};
use crate::process::{self, Process, Runs};
use crate::session::Session;
use crate::stream::Place;

/// How often a waiting call looks whether Ctrl-C was pressed.
const TICK: Duration = Duration::from_millis(100);

/// Waits for a call.
pub(crate) fn block<C, T>(py: Python<'_>, session: &Session, call: impl Make<C>) -> PyResult<T>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: Send,
{
    let (client, process) = session.client(py, Runs::Here)?;
    let outcome = drive(py, process, &Listener::new(py, None)?, |_| async move {
        settled().await;
        call(client).await
    });
    if outcome.is_err() {
        // What was dropped closes its connection.
        py.detach(|| process.runtime.block_on(settled()));
    }
    Closer::call_ended(process);
    outcome
}

/// Lets the runtime do what nobody waited for: a connection that the server has closed is not used again.
async fn settled() {
    // Once to look at the sockets, and once more to act on what was seen.
    yield_now().await;
    yield_now().await;
}

/// Waits for an upload, tells the listener how far it is, and reads what Python's code has to read. The upload goes
/// on while that code runs.
pub(crate) fn block_upload<C, T>(
    py: Python<'_>,
    session: &Session,
    on_progress: Option<Py<PyAny>>,
    upload: impl MakeUpload<C>,
) -> PyResult<T>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: Send,
{
    let (client, process) = session.client(py, Runs::Beside)?;
    drive(py, process, &Listener::new(py, on_progress)?, |notices| async move {
        upload(client, Place::Caller(notices.clone()), report(notices)).await
    })
}

/// Waits for what needs no client, and reads what Python's code has to read.
pub(crate) fn block_alone<C, T>(py: Python<'_>, call: impl FnOnce(Place) -> C + Send) -> PyResult<T>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: Send,
{
    let process = process::current(py, Runs::Beside).map_err(|error| error::to_python(py, &error))?;
    drive(py, process, &Listener::new(py, None)?, |notices| async move { call(Place::Caller(notices)).await })
}

enum Event<T> {
    Told(Notice),
    Done(Result<T>),
    Tick,
}

/// Python's code, be it a listener or a signal's handler, runs between the waits and not within one, so that it
/// may make calls itself. Leaving early drops the future, and with it the request.
fn drive<T: Send, F: Future<Output = Result<T>> + Send>(
    py: Python<'_>,
    process: &Process,
    listener: &Listener,
    call: impl FnOnce(Notices) -> F,
) -> PyResult<T> {
    let (notices, mut told) = Notices::channel();
    let call = guarded(call(notices.clone()));
    let mut call = pin!(listener.hear(call, notices));
    loop {
        let event = py.detach(|| process.runtime.block_on(next(call.as_mut(), &mut told)));
        called_back(|| py.check_signals())?;
        match event {
            Event::Told(notice) => called_back(|| listener.tell(py, notice))?,
            Event::Tick => {}
            Event::Done(outcome) => {
                while let Ok(Some(notice)) = told.try_recv() {
                    called_back(|| listener.tell(py, notice))?;
                }
                return outcome.map_err(|error| error::to_python(py, &error));
            }
        }
    }
}

async fn next<T>(
    future: Pin<&mut impl Future<Output = Result<T>>>,
    told: &mut UnboundedReceiver<Option<Notice>>,
) -> Event<T> {
    tokio::select! {
        biased;
        Some(Some(notice)) = told.recv() => Event::Told(notice),
        outcome = future => Event::Done(outcome),
        () = tokio::time::sleep(TICK) => Event::Tick,
    }
}
