//! Calls that wait: Ctrl-C ends them, and a listener is called on the waiting thread.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::time::Duration;

use processmind::{Progress, Result};
use pyo3::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::{Make, MakeUpload, guarded};
use crate::error;
use crate::input::Input;
use crate::process::Process;
use crate::session::Session;

/// How often a waiting call looks whether Ctrl-C was pressed.
const TICK: Duration = Duration::from_millis(50);

/// Waits for a call.
pub(crate) fn block<C, T>(py: Python<'_>, session: &Session, call: impl Make<C>) -> PyResult<T>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: Send,
{
    let (client, process) = session.client(py)?;
    let (_, silence) = unbounded_channel();
    drive(py, process, async move { call(client).await }, silence, None)
}

/// Waits for an upload, and tells the listener how far it is.
pub(crate) fn block_upload<C, T>(
    py: Python<'_>,
    session: &Session,
    input: Input,
    listener: Option<Bound<'_, PyAny>>,
    upload: impl MakeUpload<C>,
) -> PyResult<T>
where
    C: IntoFuture<Output = Result<T>, IntoFuture: Send> + Send,
    T: Send,
{
    let (client, process) = session.client(py)?;
    let source = input.read(py)?;
    let (reports, told) = unbounded_channel();
    // Nobody listens any more where the wait has ended.
    let report = Box::new(move |progress| drop(reports.send(progress)));
    drive(py, process, async move { upload(client, source, report).await }, told, listener)
}

enum Event<T> {
    Told(Progress),
    Done(Result<T>),
    Tick,
}

/// Python's code, be it a listener or a signal's handler, runs between the waits and not within one, so that it
/// may make calls itself. Leaving early drops the future, and with it the request.
fn drive<T: Send>(
    py: Python<'_>,
    process: &Process,
    future: impl Future<Output = Result<T>> + Send,
    mut told: UnboundedReceiver<Progress>,
    listener: Option<Bound<'_, PyAny>>,
) -> PyResult<T> {
    let mut future = pin!(guarded(future));
    let tell = |progress| listener.as_ref().map_or(Ok(()), |listener| listener.call1((progress,)).map(drop));
    loop {
        let event = py.detach(|| process.runtime.block_on(next(future.as_mut(), &mut told)));
        py.check_signals()?;
        match event {
            Event::Told(progress) => tell(progress)?,
            Event::Tick => {}
            Event::Done(outcome) => {
                while let Ok(progress) = told.try_recv() {
                    tell(progress)?;
                }
                return outcome.map_err(|error| error::to_python(py, &error));
            }
        }
    }
}

async fn next<T>(
    future: Pin<&mut impl Future<Output = Result<T>>>,
    told: &mut UnboundedReceiver<Progress>,
) -> Event<T> {
    tokio::select! {
        biased;
        Some(progress) = told.recv() => Event::Told(progress),
        outcome = future => Event::Done(outcome),
        () = tokio::time::sleep(TICK) => Event::Tick,
    }
}
