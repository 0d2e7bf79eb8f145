//! Arguments that Python has in more than one form.

use processmind::Error;
use processmind::model::Change;
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict as _, PyMapping};

use crate::error;

/// A colour as the API writes it, `{"id": "data-3"}`, as `Mapping.color` gives it, or its id alone.
#[derive(FromPyObject)]
pub(crate) enum ColorId {
    #[pyo3(transparent)]
    Id(String),
    Object {
        #[pyo3(item)]
        id: String,
    },
    Model {
        #[pyo3(attribute)]
        id: String,
    },
}

impl From<ColorId> for String {
    fn from(color: ColorId) -> Self {
        match color {
            ColorId::Id(id) | ColorId::Object { id } | ColorId::Model { id } => id,
        }
    }
}

/// The type of `UNCHANGED`, which stands for a value that stays as it is, where None takes it away.
#[pyclass(frozen, module = "processmind")]
pub(crate) struct Unchanged;

#[pymethods]
impl Unchanged {
    fn __repr__(&self) -> &'static str {
        "UNCHANGED"
    }

    /// The name of the only one that there is.
    fn __reduce__(&self) -> &'static str {
        "UNCHANGED"
    }
}

/// The folder that something is moved to: its id, None for the root, or `UNCHANGED`.
#[derive(FromPyObject)]
pub(crate) enum Parent {
    Unchanged(#[expect(dead_code, reason = "that it is the one says all")] Py<Unchanged>),
    Folder(Option<String>),
}

impl From<Parent> for Change<String> {
    fn from(parent: Parent) -> Self {
        match parent {
            Parent::Unchanged(_) => Self::Keep,
            Parent::Folder(id) => id.into(),
        }
    }
}

/// What a request asks for in its URL, from a mapping of texts to texts.
pub(crate) struct Query(pub Vec<(String, String)>);

impl<'py> FromPyObject<'_, 'py> for Query {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = pyo3::type_hint_subscript!(
        pyo3::type_hint_identifier!("collections.abc", "Mapping"),
        pyo3::type_hint_identifier!("builtins", "str"),
        pyo3::type_hint_identifier!("builtins", "str")
    );

    fn extract(query: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        query.cast::<PyMapping>()?.items()?.extract().map(Self)
    }
}

/// The body of a request, as Python's own `json` writes it: with integers of any size.
pub(crate) struct Body(pub String);

impl<'py> FromPyObject<'_, 'py> for Body {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = pyo3::type_hint_identifier!("builtins", "object");

    fn extract(body: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let py = body.py();
        let dumps = py.import(intern!(py, "json"))?.getattr(intern!(py, "dumps"))?;
        // JSON has no NaN.
        let written = dumps.call((body,), Some(&[("allow_nan", false)].into_py_dict(py)?));
        written.map_err(|cause| no_json(py, cause))?.extract().map(Self)
    }
}

fn no_json(py: Python<'_>, cause: PyErr) -> PyErr {
    let message = format!("`body` can't be written as JSON: {}.", cause.value(py));
    let hint = "Pass dicts, lists, texts, numbers, booleans and None; nothing was sent.";
    let error = error::to_python(py, &Error::invalid_argument(message, hint));
    error.set_cause(py, Some(cause));
    error
}
