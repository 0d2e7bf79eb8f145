//! The Rust of the README and of the guide: `tests/docs.rs` holds it to their words, and runs it.
#![allow(clippy::print_stdout, reason = "so it stands there")]

use processmind::CheckOptions;
use processmind_emulator::{Emulator, Options};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = processmind::Client::from_env()?;
    let process = client.create_process("Order to Cash").await?;
    client.upload_bpmn_file(&process.id, "order-to-cash.bpmn").await?;
    let dataset = client.create_dataset("Sales").await?;
    let datatable = client.create_datatable(&dataset.id, "Orders 2025").await?;
    let upload = client.upload_file("orders.csv", &datatable.id, Default::default()).await?;
    println!("{} bytes, proved by {:?}", upload.bytes, upload.verified);
    client.create_process_mapping(&process.id, &datatable.id).await?;

    let report = processmind::check_event_log("orders.csv", Default::default()).await?;
    println!("{report}");

    let options = CheckOptions { case: Some("CaseId".into()), ..CheckOptions::default() };
    let report = processmind::check_event_log("orders.csv", options).await?;
    println!("{report}");

    let emulator = Emulator::start(Options::default()).await?;
    emulator.shutdown().await;
    Ok(())
}
