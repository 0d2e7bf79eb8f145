//! Who is told what happens during a call: the caller's function, and Python's `logging`.

use std::future::Future;

use processmind::Progress;
use processmind::log::Line;
use pyo3::prelude::*;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::log::Logger;
use crate::stream::Wish;

/// What there is for Python's code to do.
pub(crate) enum Notice {
    Progress(Progress),
    Log(Line),
    Wish(Wish),
}

/// Takes the notices of a call.
#[derive(Clone)]
pub(crate) struct Notices(UnboundedSender<Option<Notice>>);

impl Notices {
    pub fn channel() -> (Self, UnboundedReceiver<Option<Notice>>) {
        let (sender, receiver) = unbounded_channel();
        (Self(sender), receiver)
    }

    /// Nobody is told any more where the wait has ended.
    pub fn tell(&self, notice: Notice) {
        drop(self.0.send(Some(notice)));
    }

    /// The call is over.
    pub fn end(&self) {
        drop(self.0.send(None));
    }
}

/// Python's code that is told, on the thread or the loop of the caller and nowhere else.
pub(crate) struct Listener {
    on_progress: Option<Py<PyAny>>,
    logger: Option<Logger>,
}

impl Listener {
    pub fn new(py: Python<'_>, on_progress: Option<Py<PyAny>>) -> PyResult<Self> {
        Ok(Self { on_progress, logger: Logger::new(py)? })
    }

    /// Runs a call, and hands on what it logs.
    pub fn hear<F: Future>(&self, call: F, notices: Notices) -> impl Future<Output = F::Output> + use<F> {
        Logger::hear(self.logger.as_ref(), call, move |line| notices.tell(Notice::Log(line)))
    }

    pub fn tell(&self, py: Python<'_>, notice: Notice) -> PyResult<()> {
        match (notice, &self.on_progress, &self.logger) {
            (Notice::Progress(progress), Some(on_progress), _) => {
                on_progress.call1(py, (progress,)).map(drop)
            }
            (Notice::Log(line), _, Some(logger)) => logger.log(py, line),
            (Notice::Wish(wish), ..) => wish.fulfil(py),
            _ => Ok(()),
        }
    }
}
