//! ProcessMind on loopback: the API and a real S3 front, for tests and trials without an account.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), processmind_emulator::StartError> {
//! use processmind_emulator::{Emulator, Options};
//!
//! let emulator = Emulator::start(Options::default()).await?;
//! assert!(emulator.url().starts_with("http://127.0.0.1:"));
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! ```

mod api;
mod app;
mod control;
mod emulator;
mod model;
mod presign;
mod problem;
mod storage;
mod store;
mod wire;

pub use app::UploadMode;
pub use emulator::{Emulator, Options, StartError};
