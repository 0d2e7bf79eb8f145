//! What the models need to be Python classes: `to_dict`, `extra`, pickling; how they are shown is in `show`.

use pyo3::exceptions::PyValueError;
#[cfg(feature = "python-stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{DateTime, Extra};
use crate::error::in_camel_case;

/// The methods that every model has in Python.
macro_rules! model_methods {
    (
        $name:ident { $($field:ident)* }
        fields { $($(#[$doc:meta])* $known:ident: $type:ty,)* } dates { $($date:ident)* }
    ) => {
        crate::model::python::model_methods!($name { $($field)* }
            $(
                $(#[$doc])*
                #[getter]
                fn $known(&self) -> $type {
                    self.$known.clone()
                }
            )*

            /// The fields that this version of the SDK does not know, as the server sent them, and the dates that it
            /// can't read.
            #[getter]
            fn extra(&self) -> pyo3::PyResult<crate::model::python::Object> {
                let unread = [$((stringify!($date), self.$date.as_ref())),*];
                crate::model::python::Object::new(&crate::model::python::with_unread(&self.extra, &unread))
            }

            /// The object as a table, for notebooks.
            fn _repr_html_(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<String> {
                crate::model::show::html(slf.as_any(), stringify!($name), &[$(crate::model::show::name(stringify!($field))),*])
            }
        );
    };
    ($name:ident { $($field:ident)* }) => {
        crate::model::python::model_methods!($name { $($field)* }
            /// The object as a table, for notebooks.
            fn _repr_html_(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<String> {
                crate::model::show::html(slf.as_any(), stringify!($name), &[$(crate::model::show::name(stringify!($field))),*])
            }
        );
    };
    ($name:ident { $($field:ident)* } $($method:item)+) => {
        #[pyo3::pymethods]
        impl $name {
            $($method)+

            /// The names of the fields, in their order.
            #[classattr]
            fn _fields() -> Vec<&'static str> {
                vec![$(crate::model::show::name(stringify!($field))),*]
            }

            /// The object as the API writes it, with the fields that this version of the SDK does not know.
            fn to_dict(&self) -> pyo3::PyResult<crate::model::python::Object> {
                crate::model::python::Object::new(self)
            }

            fn __repr__(slf: &pyo3::Bound<'_, Self>) -> pyo3::PyResult<String> {
                crate::model::show::repr(slf.as_any(), stringify!($name), &[$(crate::model::show::name(stringify!($field))),*])
            }

            fn __reduce__<'py>(
                slf: &pyo3::Bound<'py, Self>,
            ) -> pyo3::PyResult<(pyo3::Bound<'py, pyo3::PyAny>, (String,))> {
                crate::model::python::reduce(slf.as_any(), slf.get())
            }

            #[staticmethod]
            fn _from_json(json: &str) -> pyo3::PyResult<Self> {
                crate::model::python::from_json(json)
            }
        }
    };
}
pub(crate) use model_methods;

pub(crate) fn reduce<'py>(
    object: &Bound<'py, PyAny>,
    model: &impl Serialize,
) -> PyResult<(Bound<'py, PyAny>, (String,))> {
    let json = serde_json::to_string(model).map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok((object.get_type().getattr("_from_json")?, (json,)))
}

pub(crate) fn from_json<T: DeserializeOwned>(json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// What is beside the fields: what is not known, and the dates whose fields are None because they can't be read.
pub(crate) fn with_unread(extra: &Extra, dates: &[(&str, Option<&DateTime>)]) -> Extra {
    let unread = dates.iter().filter_map(|(field, date)| {
        let date = date.filter(|date| date.timestamp().is_none())?;
        let name = in_camel_case(&format!("`{field}`")).replace('`', "");
        Some((name, date.written().clone()))
    });
    Extra(extra.0.clone().into_iter().chain(unread).collect())
}

/// JSON as Python's own dicts, lists, texts and numbers.
fn json<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(truth) => truth.into_pyobject(py)?.to_owned().into_any(),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => integer.into_pyobject(py)?.into_any(),
            (None, Some(integer)) => integer.into_pyobject(py)?.into_any(),
            (None, None) => number.as_f64().into_pyobject(py)?.into_any(),
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(items) => {
            let items = items.iter().map(|item| json(py, item)).collect::<PyResult<Vec<_>>>()?;
            PyList::new(py, items)?.into_any()
        }
        Value::Object(fields) => {
            let dict = PyDict::new(py);
            for (name, value) in fields {
                dict.set_item(name, json(py, value)?)?;
            }
            dict.into_any()
        }
    })
}

/// The type of a JSON object in stubs.
#[cfg(feature = "python-stubs")]
const OBJECT: PyStaticExpr = pyo3::type_hint_subscript!(
    pyo3::type_hint_identifier!("builtins", "dict"),
    pyo3::type_hint_identifier!("builtins", "str"),
    pyo3::type_hint_identifier!("typing", "Any")
);

/// A model on its way to a dict.
pub(crate) struct Object(Value);

impl Object {
    pub fn new(model: &impl Serialize) -> PyResult<Self> {
        serde_json::to_value(model).map(Self).map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

impl<'py> IntoPyObject<'py> for Object {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    #[cfg(feature = "python-stubs")]
    const OUTPUT_TYPE: PyStaticExpr = OBJECT;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        json(py, &self.0)
    }
}

/// A date as Python has it. One that can't be read is None, and its text is in `extra`.
impl<'py> IntoPyObject<'py> for DateTime {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    #[cfg(feature = "python-stubs")]
    const OUTPUT_TYPE: PyStaticExpr = <jiff::Timestamp as IntoPyObject<'py>>::OUTPUT_TYPE;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        self.timestamp().into_pyobject(py)
    }
}

/// JSON text on its way to Python, whose own reader keeps integers of any size.
#[derive(Debug)]
pub struct Json(pub String);

impl<'py> IntoPyObject<'py> for Json {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    #[cfg(feature = "python-stubs")]
    const OUTPUT_TYPE: PyStaticExpr = pyo3::type_hint_identifier!("typing", "Any");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import(intern!(py, "json"))?.call_method1(intern!(py, "loads"), (self.0,))
    }
}
