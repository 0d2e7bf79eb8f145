//! What the core warns of, as Python's own warnings.

use std::ffi::CString;

use processmind::UploadResult;
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;

/// Of the frames between here and the caller there is one of Python's.
const CALLER: i32 = 2;

/// The result of an upload; its warnings are issued where it is handed over.
pub(crate) struct Warned(pub UploadResult);

impl<'py> IntoPyObject<'py> for Warned {
    type Target = UploadResult;
    type Output = Bound<'py, UploadResult>;
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = <UploadResult as IntoPyObject<'py>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, UploadResult>> {
        if !self.0.warnings.is_empty() {
            let module = py.import(intern!(py, "processmind.event_log"))?;
            let category = module.getattr(intern!(py, "EventLogWarning"))?;
            for warning in &self.0.warnings {
                PyErr::warn(py, &category, &CString::new(warning.replace('\0', " "))?, CALLER)?;
            }
        }
        self.0.into_pyobject(py)
    }
}
