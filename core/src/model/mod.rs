//! What the API answers and takes, one struct each.
//!
//! A struct written with [`model!`] or [`options!`] is the only definition of its fields and of their
//! documentation: the same lines become the Rust struct, the Python class and the TypeScript interface.

mod answer;
mod dataset;
mod datatable;
mod define;
mod mapping;
mod process;
#[cfg(feature = "python")]
pub mod python;
mod tenant;

pub use answer::{FromAnswer, Untyped};
pub use dataset::{Dataset, DatasetSummary, DatatableRef};
pub use datatable::{Column, Datatable, DatatableSummary};
pub use define::Extra;
#[cfg(feature = "node")]
pub use define::{Field, Fields};
pub(crate) use define::{options, params, report};
pub use mapping::{Color, Mapping};
pub use process::Process;
pub use tenant::Tenant;
