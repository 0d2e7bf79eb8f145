//! The ProcessMind client for Python: the native half of the package `processmind`.
//!
//! It translates and decides nothing: what could be right or wrong is in the crate `processmind`.

mod check;
mod client;
mod command;
mod convert;
mod error;
mod feed;
mod frame;
mod idle;
mod input;
mod listener;
mod lists;
mod log;
mod many;
mod process;
mod session;
mod stream;
mod wait;
mod warning;

use pyo3::prelude::*;

/// The native half of the package; use `processmind`.
#[pymodule(gil_used = false)]
mod _processmind {
    /// The version of the package.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    /// As a value of `tree_parent_id`: the folder stays the one it is, where None is the root.
    #[pymodule_export]
    const UNCHANGED: Unchanged = Unchanged;

    #[pymodule_export]
    use crate::check::check_event_log;
    #[pymodule_export]
    use crate::client::{AsyncClient, Client};
    #[pymodule_export]
    use crate::command::run_command;
    #[pymodule_export]
    use crate::convert::Unchanged;
    #[pymodule_export]
    use crate::feed::Feed;
    #[pymodule_export]
    use crate::lists::{list_html, list_repr};
    #[pymodule_export]
    use crate::many::{FailedUpload, SucceededUpload, UploadFilesResult};
    #[pymodule_export]
    use processmind::eventlog::{
        EventLogColumn, EventLogPeriod, EventLogProblem, EventLogReport, EventLogSheet,
    };
    #[pymodule_export]
    use processmind::model::{
        Color, Column, Dataset, DatasetSummary, Datatable, DatatableRef, DatatableSummary, Mapping,
        Organization, OrganizationStatistics, OrganizationTenant, OrganizationUser, Process, Tenant,
        TenantStatistics, TenantUser,
    };
    #[pymodule_export]
    use processmind::{
        CheckOptions, ClientOptions, PresignedUrlOptions, Progress, PublishOptions, PublishResult,
        PublishStep, UploadOptions, UploadResult,
    };
}
