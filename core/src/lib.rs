//! The ProcessMind client: event logs and BPMN models in, with proof that every byte arrived.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let emulator = processmind_emulator::Emulator::start(Default::default()).await?;
//! # let (api_key, tenant_id) = (emulator.api_key(), emulator.tenant_id());
//! # let folder = tempfile::tempdir()?;
//! # std::env::set_current_dir(&folder)?;
//! # std::fs::write("orders.csv", "CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n")?;
//! # let model = "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><process id='p'/></definitions>";
//! # std::fs::write("order-to-cash.bpmn", model)?;
//! use processmind::{Client, UploadOptions};
//!
//! let client = Client::builder()
//!     .api_key(api_key) // or PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID
//!     .tenant_id(tenant_id)
//! #   .base_url(emulator.url())
//!     .build()?;
//! let process = client.create_process("Order to Cash").await?;
//! client.upload_bpmn_file(&process.id, "order-to-cash.bpmn").await?;
//!
//! let dataset = client.create_dataset("Orders").await?;
//! let datatable = client.create_datatable(&dataset.id, "Orders 2025").await?;
//! let upload = client.upload_file("orders.csv", &datatable.id, UploadOptions::default()).await?;
//! assert_eq!(upload.verified.as_deref(), Some("crc64nvme"));
//!
//! client.create_process_mapping(&process.id, &datatable.id).await?;
//! assert_eq!(client.get_datatable(&datatable.id).await?.row_count, Some(1));
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! - `eventlog`, on by default: checks event logs, with [`check_event_log`] and before an upload.
//! - `arrow`: uploads and checks data frames, with `Source::from_batches`; `arrow-ipc` those in Arrow's IPC format, too.
//! - `python`, `python-stubs`, `node`, `cli`, `bench`: for this project's own parts alone; what they add may change at
//!   any time.
//!
//! The oldest Rust is 1.92; a newer one is asked for in a minor version only.

mod answer;
mod api;
mod attempts;
#[cfg(feature = "bench")]
#[doc(hidden)]
pub mod bench;
mod blocking;
mod bpmn;
mod call;
#[cfg(feature = "eventlog")]
mod check;
mod client;
mod config;
// Without the check only the first bytes are looked at.
#[cfg_attr(not(feature = "eventlog"), allow(dead_code))]
mod content;
#[cfg(feature = "arrow")]
mod dataframe;
mod decode;
pub mod error;
#[cfg(feature = "eventlog")]
pub mod eventlog;
mod find;
mod format;
#[cfg(fuzzing)]
pub mod fuzzing;
#[cfg(any(feature = "eventlog", feature = "python"))]
mod html;
#[cfg(any(feature = "python", feature = "node", test))]
pub mod log;
mod method;
pub mod model;
mod near_names;
mod open_files;
mod progress;
mod publish;
mod redact;
mod retry;
mod secret;
mod transport;
mod upload;

pub use api::{
    AddTenantUser, CreateDataset, CreateOrganizationTenant, CreateProcess, CreateProcessMapping,
    UpdateOrganizationUser, UpdateProcess, UpdateProcessMapping, UpdateTenantUser,
};
pub use call::Call;
#[cfg(feature = "eventlog")]
pub use check::{CheckOptions, EventLogCheck, check_event_log};
pub use client::{Client, ClientBuilder};
pub use config::{ClientOptions, DEFAULT_BASE_URL};
#[cfg(feature = "arrow")]
pub use dataframe::Rows;
pub use error::{Error, ErrorKind, Result};
pub use format::Format;
pub use progress::Progress;
pub use publish::{Publish, PublishOptions, PublishResult, PublishStep};
pub use secret::PresignedUrl;
pub use transport::{Transport, called_back};
pub use upload::{
    FailedUpload, PresignedUrlCall, PresignedUrlOptions, Source, Spool, SucceededUpload, Upload, UploadFiles,
    UploadFilesOptions, UploadFilesResult, UploadItem, UploadOptions, UploadResult,
};
