//! Who is told what happens during a call: the caller's function, and Python's `logging`.

use std::future::Future;

use processmind::Progress;
use processmind::log::Line;
use pyo3::prelude::*;

use crate::log::Logger;

/// What there is to tell.
pub(crate) enum Notice {
    Progress(Progress),
    Log(Line),
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
    pub fn hear<F: Future, T: Fn(Notice) + Send + Sync + 'static>(
        &self,
        call: F,
        tell: T,
    ) -> impl Future<Output = F::Output> + use<F, T> {
        Logger::hear(self.logger.as_ref(), call, move |line| tell(Notice::Log(line)))
    }

    pub fn tell(&self, py: Python<'_>, notice: Notice) -> PyResult<()> {
        match (notice, &self.on_progress, &self.logger) {
            (Notice::Progress(progress), Some(on_progress), _) => {
                on_progress.call1(py, (progress,)).map(drop)
            }
            (Notice::Log(line), _, Some(logger)) => logger.log(py, line),
            _ => Ok(()),
        }
    }
}
