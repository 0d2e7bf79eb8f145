//! The ProcessMind client for Python: the native half of the package `processmind`.
//!
//! It translates and decides nothing: what could be right or wrong is in the crate `processmind`.

mod client;
mod convert;
mod error;
mod process;
mod session;
mod wait;

use pyo3::prelude::*;

/// The native half of the package; use `processmind`.
#[pymodule(gil_used = false)]
mod _processmind {
    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_export]
    use crate::client::{AsyncClient, Client};
    #[pymodule_export]
    use processmind::model::{
        Color, Column, Dataset, DatasetSummary, Datatable, DatatableRef, DatatableSummary, Mapping, Process,
        Tenant,
    };
    #[pymodule_export]
    use processmind::{ClientOptions, PresignedUrlOptions, Progress, UploadOptions, UploadResult};
}
