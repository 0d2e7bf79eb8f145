//! An event log and its BPMN model into ProcessMind, mapped to each other, and read back.
//!
//! Needs PROCESSMIND_API_KEY and PROCESSMIND_TENANT_ID; takes the paths of the log and of the model.

use indicatif::{ProgressBar, ProgressStyle};
use processmind::{Client, UploadOptions};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1);
    let (Some(log), Some(model)) = (paths.next(), paths.next()) else {
        return Err("Usage: first-upload LOG MODEL".into());
    };
    let client = Client::from_env()?;
    let tenant = client.get_tenant().await?;
    println!("Tenant: {}", tenant.display_name.unwrap_or(tenant.id));

    let process = client.create_process("Order to Cash (Rust)").await?;
    client.upload_bpmn_file(&process.id, model).await?;

    let dataset = client.create_dataset("Sales (Rust)").await?;
    let datatable = client.create_datatable(&dataset.id, "Orders (Rust)").await?;

    let bar = ProgressBar::new(0)
        .with_style(ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes} {bytes_per_sec}")?);
    let shown = bar.clone();
    let upload = client
        .upload_file(log, &datatable.id, UploadOptions::default())
        .on_progress(move |progress| {
            shown.set_length(progress.total.unsigned_abs());
            shown.set_position(progress.sent.unsigned_abs());
        })
        .await?;
    bar.finish();
    println!("Stored {} bytes, proved by {}", upload.bytes, upload.verified.as_deref().unwrap_or("nothing"));

    client.create_process_mapping(&process.id, &datatable.id).await?;
    let read = client.get_datatable(&datatable.id).await?;
    println!("ProcessMind reads {} rows", read.row_count.unwrap_or_default());
    Ok(())
}
