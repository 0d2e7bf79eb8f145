//! The ProcessMind client: event logs and BPMN models in, with proof that every byte arrived.
//!
//! ```no_run
//! # async fn run() -> processmind::Result<()> {
//! use processmind::{Client, Source, UploadOptions};
//!
//! let client = Client::from_env()?; // PROCESSMIND_API_KEY, PROCESSMIND_TENANT_ID
//! let process = client.create_process("Order to Cash").await?;
//! client.upload_bpmn_file(&process.id, "order-to-cash.bpmn").await?;
//!
//! let dataset = client.create_dataset("Orders").await?;
//! let datatable = client.create_datatable(&dataset.id, "Orders 2025").await?;
//! let upload = client.upload_file("orders.csv", &datatable.id, UploadOptions::default()).await?;
//! println!("{} bytes, proved by {:?}", upload.bytes, upload.verified);
//!
//! client.create_process_mapping(&process.id, &datatable.id).await?;
//! # Ok(())
//! # }
//! ```

mod answer;
mod api;
mod attempts;
mod bpmn;
mod call;
mod client;
mod config;
pub mod error;
#[cfg(feature = "eventlog")]
pub mod eventlog;
mod format;
mod method;
pub mod model;
mod near_names;
mod progress;
mod retry;
mod secret;
mod transport;
mod upload;

pub use api::{
    AddTenantUser, CreateDataset, CreateOrganizationTenant, CreateProcess, CreateProcessMapping,
    UpdateOrganizationUser, UpdateProcess, UpdateProcessMapping, UpdateTenantUser,
};
pub use call::Call;
pub use client::{Client, ClientBuilder};
pub use config::{ClientOptions, DEFAULT_BASE_URL};
pub use error::{Error, ErrorKind, Result};
pub use format::Format;
pub use progress::Progress;
pub use secret::PresignedUrl;
pub use transport::Transport;
pub use upload::{PresignedUrlCall, PresignedUrlOptions, Source, Spool, Upload, UploadOptions, UploadResult};
