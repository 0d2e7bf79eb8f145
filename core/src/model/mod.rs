//! What the API answers and takes, one struct each.
//!
//! A struct written with `model!` or `options!` is the only definition of its fields and of their
//! documentation: the same lines become the Rust struct, the Python class and the TypeScript interface.

mod answer;
mod change;
mod dataset;
mod datatable;
mod define;
mod mapping;
mod organization;
mod process;
#[cfg(feature = "python")]
pub mod python;
mod tenant;
mod user;

pub use answer::{FromAnswer, Untyped};
pub use change::Change;
pub use dataset::{Dataset, DatasetSummary, DatatableRef};
pub use datatable::{Column, Datatable, DatatableSummary};
pub use define::Extra;
#[cfg(feature = "node")]
pub use define::{Field, Fields};
pub(crate) use define::{options, params, report};
pub use mapping::{Color, Mapping};
pub use organization::{Organization, OrganizationStatistics, OrganizationTenant};
pub use process::Process;
pub use tenant::{Tenant, TenantStatistics};
pub use user::{OrganizationUser, TenantUser};
