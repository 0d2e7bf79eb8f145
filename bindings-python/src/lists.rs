//! What the API lists: Python lists that show themselves.

#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyList, PyType};

use processmind::model::show;

/// What stands between the objects of a list: each has a line.
const BETWEEN: &str = ",\n ";

static MODEL_LIST: PyOnceLock<Py<PyType>> = PyOnceLock::new();

/// The objects of a list, which becomes a `ModelList`.
pub(crate) struct Listed<T>(pub Vec<T>);

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Listed<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = <Vec<T> as IntoPyObject<'py>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let list = self.0.into_pyobject(py)?;
        MODEL_LIST.import(py, "processmind.lists", "ModelList")?.call1((list,))
    }
}

/// The `repr` of a list: an object in each line, of many the first.
#[pyfunction]
pub(crate) fn list_repr(list: &Bound<'_, PyAny>) -> PyResult<String> {
    show::lines(list.cast::<PyList>()?, BETWEEN)
}

/// A list as a table, for notebooks; None where its objects are not of one class of ours.
#[pyfunction]
pub(crate) fn list_html(list: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    show::table(list.cast::<PyList>()?)
}
