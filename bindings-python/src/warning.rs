//! What the core warns of, as Python's own warnings.

use std::ffi::CString;

use processmind::{PublishResult, UploadResult};
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;

/// Of the frames between here and the caller there is one of Python's.
const CALLER: i32 = 2;

/// A result with warnings, which are issued where it is handed over.
pub(crate) struct Warned<T>(pub T);

/// What may have warnings.
pub(crate) trait Warnings {
    fn warnings(&self) -> &[String];
}

impl Warnings for UploadResult {
    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

impl Warnings for PublishResult {
    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

impl<'py, T: Warnings + IntoPyObject<'py, Error = PyErr>> IntoPyObject<'py> for Warned<T> {
    type Target = T::Target;
    type Output = T::Output;
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = T::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let warnings = self.0.warnings();
        if !warnings.is_empty() {
            let module = py.import(intern!(py, "processmind.event_log"))?;
            let category = module.getattr(intern!(py, "EventLogWarning"))?;
            for warning in warnings {
                PyErr::warn(py, &category, &CString::new(warning.replace('\0', " "))?, CALLER)?;
            }
        }
        self.0.into_pyobject(py)
    }
}
