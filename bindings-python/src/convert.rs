//! Arguments that Python has in more than one form.

use pyo3::prelude::*;

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
