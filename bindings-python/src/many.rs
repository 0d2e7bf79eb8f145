//! Many uploads: the items as Python hands them over, and what became of them.

use processmind::model::show;
use processmind::{Error, Source, UploadFilesResult as Outcome, UploadItem, UploadOptions, UploadResult};
use pyo3::exceptions::PyException;
#[cfg(feature = "stubs")]
use pyo3::inspect::PyStaticExpr;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyMapping, PyString, PyTuple};
use pyo3::{PyTypeInfo as _, intern};

use crate::error;
use crate::input::{Input, type_name};
use crate::stream::Place;
use crate::warning::Warned;

/// The items of `upload_files`, whatever can be iterated. One that can't be used fails as an upload.
pub(crate) struct Items(Vec<PyResult<Item>>);

struct Item {
    input: Input,
    datatable_id: String,
    options: UploadOptions,
    tenant_id: Option<String>,
}

impl Items {
    /// The items for the core; streams are read at that place.
    pub fn uploads(self, place: &Place, tenant_id: Option<&str>) -> Vec<UploadItem> {
        let upload = |item: PyResult<Item>| match item {
            Ok(item) => item.upload(place.clone(), tenant_id),
            Err(raised) => UploadItem::new(Source::failed(Error::unread(raised)), ""),
        };
        self.0.into_iter().map(upload).collect()
    }
}

impl<'py> FromPyObject<'_, 'py> for Items {
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const INPUT_TYPE: PyStaticExpr = pyo3::type_hint_subscript!(
        pyo3::type_hint_identifier!("collections.abc", "Iterable"),
        pyo3::type_hint_identifier!("builtins", "object")
    );

    fn extract(items: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let is_one = items.cast::<PyMapping>().is_ok() || items.cast::<PyString>().is_ok();
        if is_one || !items.hasattr(intern!(items.py(), "__iter__"))? {
            let message = format!("`items` is {}, not a list of items.", type_name(&items));
            return Err(unusable(items.py(), message, None));
        }
        items.try_iter()?.map(|item| Ok(Item::new(&item?))).collect::<PyResult<_>>().map(Self)
    }
}

impl Item {
    fn new(item: &Bound<'_, PyAny>) -> PyResult<Self> {
        let py = item.py();
        let arguments = PyDict::new(py);
        let mapping = item
            .cast::<PyMapping>()
            .map_err(|_| unusable(py, format!("An item is {}, not a dict.", type_name(item)), None))?;
        arguments.update(mapping)?;
        let file = taken(&arguments, "file")?;
        if file.is_none() {
            return Err(unusable(py, "An item has no `file`.".to_owned(), None));
        }
        let (datatable_id, tenant_id) = (taken(&arguments, "datatable_id")?, taken(&arguments, "tenant_id")?);
        let input = Input::new(&file)?;
        let mistyped = |cause: PyErr| {
            let text = cause.value(py).to_string();
            let text = text.trim_start_matches("UploadOptions.__new__() ");
            // Where it says which argument it is about.
            let notes = cause.value(py).getattr(intern!(py, "__notes__"));
            let note =
                notes.and_then(|notes| notes.get_item(0)).map_or(String::new(), |note| format!(", {note}"));
            unusable(py, format!("An item can't be used: {text}{note}."), Some(cause))
        };
        let options = UploadOptions::type_object(py).call((), Some(&arguments)).map_err(mistyped)?;
        let mut options: UploadOptions = options.extract()?;
        options.file_name = options.file_name.or_else(|| input.file_name(py));
        Ok(Self {
            input,
            datatable_id: datatable_id.extract::<Option<String>>().map_err(mistyped)?.unwrap_or_default(),
            tenant_id: tenant_id.extract().map_err(mistyped)?,
            options,
        })
    }

    fn upload(self, place: Place, tenant_id: Option<&str>) -> UploadItem {
        UploadItem {
            source: self.input.source(place),
            datatable_id: self.datatable_id,
            options: self.options,
            tenant_id: self.tenant_id.or_else(|| tenant_id.map(ToOwned::to_owned)),
        }
    }
}

/// An argument, which is gone from the others then; None where it is not there.
fn taken<'py>(arguments: &Bound<'py, PyDict>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let py = arguments.py();
    arguments.call_method1(intern!(py, "pop"), (name, py.None()))
}

fn unusable(py: Python<'_>, message: String, cause: Option<PyErr>) -> PyErr {
    let hint =
        "An item is a dict of `upload_file`'s arguments, such as `file` and `datatable_id`; it was not sent.";
    let error = error::to_python(py, &Error::invalid_argument(message, hint));
    error.set_cause(py, cause);
    error
}

/// What became of many uploads: every item is in one of the two lists, which are in the items' order.
#[pyclass(frozen, get_all, module = "processmind")]
pub(crate) struct UploadFilesResult {
    /// Those that are stored.
    succeeded: Vec<Py<SucceededUpload>>,
    /// Those that are not.
    failed: Vec<Py<FailedUpload>>,
}

/// One of many uploads that is stored.
#[pyclass(frozen, get_all, module = "processmind")]
pub(crate) struct SucceededUpload {
    /// Its place among the items, from 0.
    index: usize,
    /// The proof of it, with the name it is stored under.
    result: Py<UploadResult>,
}

/// One of many uploads that failed.
#[pyclass(frozen, get_all, module = "processmind")]
pub(crate) struct FailedUpload {
    /// Its place among the items, from 0.
    index: usize,
    /// The name it would have been stored under; bytes may have none.
    file_name: Option<String>,
    /// Why it failed.
    error: Py<PyException>,
}

/// Equality, text, table and pickling by what a value holds.
macro_rules! value {
    ($class:ident { $($field:ident: $type:ty),* }) => {
        #[pymethods]
        impl $class {
            #[new]
            fn new($($field: $type),*) -> Self {
                Self { $($field),* }
            }

            /// The names of the fields, in their order.
            #[classattr]
            fn _fields() -> Vec<&'static str> {
                vec![$(stringify!($field)),*]
            }

            fn __repr__(slf: &Bound<'_, Self>) -> PyResult<String> {
                show::repr(slf, stringify!($class), &[$(stringify!($field)),*])
            }

            /// The object as a table, for notebooks.
            fn _repr_html_(slf: &Bound<'_, Self>) -> PyResult<String> {
                show::html(slf, stringify!($class), &[$(stringify!($field)),*])
            }

            fn __eq__(slf: &Bound<'_, Self>, other: &Bound<'_, PyAny>) -> PyResult<bool> {
                match other.cast::<Self>() {
                    Ok(other) => Self::fields(slf)?.eq(Self::fields(other)?),
                    Err(_) => Ok(false),
                }
            }

            fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
                Ok((slf.get_type().into_any(), Self::fields(slf)?.into_any()))
            }
        }

        impl $class {
            fn fields<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyTuple>> {
                PyTuple::new(slf.py(), [$(slf.getattr(stringify!($field))?),*])
            }
        }
    };
}
value!(UploadFilesResult { succeeded: Vec<Py<SucceededUpload>>, failed: Vec<Py<FailedUpload>> });
value!(SucceededUpload { index: usize, result: Py<UploadResult> });
value!(FailedUpload { index: usize, file_name: Option<String>, error: Py<PyException> });

/// The core's result, which becomes Python's where Python is at hand.
pub(crate) struct Uploaded(pub Outcome);

impl<'py> IntoPyObject<'py> for Uploaded {
    type Target = UploadFilesResult;
    type Output = Bound<'py, UploadFilesResult>;
    type Error = PyErr;

    #[cfg(feature = "stubs")]
    const OUTPUT_TYPE: PyStaticExpr = UploadFilesResult::TYPE_HINT;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let succeeded = self.0.succeeded.into_iter().map(|upload| {
            let result = Warned(upload.result).into_pyobject(py)?.unbind();
            Py::new(py, SucceededUpload { index: upload.index, result })
        });
        let failed = self.0.failed.into_iter().map(|upload| {
            let error = error::to_python(py, &upload.error).into_value(py).into_any().into_bound(py);
            let error = error.cast_into::<PyException>()?.unbind();
            Py::new(py, FailedUpload { index: upload.index, file_name: upload.file_name, error })
        });
        let (succeeded, failed) = (succeeded.collect::<PyResult<_>>()?, failed.collect::<PyResult<_>>()?);
        Bound::new(py, UploadFilesResult { succeeded, failed })
    }
}
