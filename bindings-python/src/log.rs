//! The core's log as records of Python's `logging`, by the logger `processmind`.

use std::future::Future;

use futures_util::future::Either;
use processmind::log::{self, Level, Line};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

/// The logger `processmind`, and the finest level of the core's that it takes.
pub(crate) struct Logger {
    logger: &'static Py<PyAny>,
    level: Level,
}

impl Logger {
    /// The logger, where anybody may listen to it.
    pub fn new(py: Python<'_>) -> PyResult<Option<Self>> {
        // Who listens has imported it. It takes longer to import than this package and all its calls.
        let modules = py.import(intern!(py, "sys"))?.getattr(intern!(py, "modules"))?;
        if !modules.contains(intern!(py, "logging"))? {
            return Ok(None);
        }
        let logger = logger(py)?;
        for level in [Level::DEBUG, Level::WARN] {
            let enabled = logger.call_method1(py, intern!(py, "isEnabledFor"), (number(level),))?;
            if enabled.is_truthy(py)? {
                return Ok(Some(Self { logger, level }));
            }
        }
        Ok(None)
    }

    /// Runs a future, and hands on what it logs.
    pub fn hear<F: Future, T: Fn(Line) + Send + Sync + 'static>(
        logger: Option<&Self>,
        future: F,
        tell: T,
    ) -> impl Future<Output = F::Output> + use<F, T> {
        match logger {
            Some(logger) => Either::Left(log::listen(future, logger.level, tell)),
            None => Either::Right(future),
        }
    }

    /// Makes a record of a line; what a handler raises propagates, as from every call of `logging`.
    pub fn log(&self, py: Python<'_>, line: Line) -> PyResult<()> {
        self.logger.call_method1(py, intern!(py, "log"), (number(line.level), line.text)).map(drop)
    }
}

/// The logger, with a handler, so that Python prints nothing where the user has set up none.
fn logger(py: Python<'_>) -> PyResult<&'static Py<PyAny>> {
    static LOGGER: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    LOGGER.get_or_try_init(py, || {
        let logging = py.import(intern!(py, "logging"))?;
        let logger = logging.call_method1(intern!(py, "getLogger"), ("processmind",))?;
        logger
            .call_method1(intern!(py, "addHandler"), (logging.call_method0(intern!(py, "NullHandler"))?,))?;
        Ok(logger.unbind())
    })
}

/// A level as Python has it.
fn number(level: Level) -> u8 {
    match level {
        Level::ERROR => 40,
        Level::WARN => 30,
        Level::INFO => 20,
        Level::DEBUG | Level::TRACE => 10,
    }
}
