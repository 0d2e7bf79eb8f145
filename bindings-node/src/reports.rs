//! What happens during a call, kept until JavaScript asks for it.

use std::fmt;
use std::mem;
use std::sync::{Mutex, MutexGuard, PoisonError};

use napi::bindgen_prelude::Function;
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi_derive::napi;
use processmind::Progress;
use processmind::log::{Level, Line};

/// One line of the log.
#[napi(object, object_from_js = false)]
#[derive(Debug)]
pub struct LogLine {
    /// `debug` for a request and its answer, `warn` for another attempt and why.
    #[napi(ts_type = "'debug' | 'info' | 'warn' | 'error'")]
    pub level: &'static str,
    /// What happened, in one line: `trying again … attempt=1 wait_ms=312 reason="…"`. No secret is in it.
    pub message: String,
}

impl From<Line> for LogLine {
    fn from(Line { level, text }: Line) -> Self {
        let level = match level {
            Level::ERROR => "error",
            Level::WARN => "warn",
            Level::INFO => "info",
            Level::DEBUG | Level::TRACE => "debug",
        };
        Self { level, message: text }
    }
}

/// JavaScript is only woken, by a function that does not keep it alive, and then asks: so it gets the last
/// report before the promise, too.
#[derive(Default)]
pub(crate) struct Reports {
    progress: Mutex<Vec<Progress>>,
    log: Mutex<Vec<LogLine>>,
    wake: Mutex<Option<Wake>>,
}

type Wake = Box<dyn Fn() + Send + Sync>;

impl Reports {
    pub fn new(wake: Option<Function<'_, (), ()>>) -> napi::Result<Self> {
        let Some(wake) = wake else { return Ok(Self::default()) };
        let wake = wake.build_threadsafe_function::<()>().weak::<true>().max_queue_size::<1>().build()?;
        // A full queue means that JavaScript is about to be woken already.
        let wake = move || {
            let _ = wake.call((), ThreadsafeFunctionCallMode::NonBlocking);
        };
        Ok(Self { wake: Mutex::new(Some(Box::new(wake))), ..Self::default() })
    }

    pub fn progress(&self, progress: Progress) {
        self.report(&self.progress, progress);
    }

    pub fn log(&self, line: Line) {
        self.report(&self.log, line.into());
    }

    pub fn take_progress(&self) -> Vec<Progress> {
        mem::take(&mut *locked(&self.progress))
    }

    pub fn take_log(&self) -> Vec<LogLine> {
        mem::take(&mut *locked(&self.log))
    }

    /// Wakes nobody any more, and lets go of the function.
    pub fn end(&self) {
        locked(&self.wake).take();
    }

    fn report<T>(&self, queue: &Mutex<Vec<T>>, report: T) {
        if let Some(wake) = &*locked(&self.wake) {
            locked(queue).push(report);
            wake();
        }
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reports")
            .field("progress", &self.progress)
            .field("log", &self.log)
            .finish_non_exhaustive()
    }
}
