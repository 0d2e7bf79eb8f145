//! The crate as a client of the sink: what `make bench` times and `make budget` counts.
//!
//! The account and the URL come from the environment. It prints one line of JSON.

use std::error::Error;
use std::io::Write as _;
use std::time::Instant;

use clap::{Parser, Subcommand};
use cpu_time::ProcessTime;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use processmind::{Client, UploadOptions};
use serde_json::{Value, json};

#[cfg(feature = "counts")]
#[global_allocator]
static ALLOCATIONS: &stats_alloc::StatsAlloc<std::alloc::System> = &stats_alloc::INSTRUMENTED_SYSTEM;

const DATATABLE: &str = "a7b8c9d0-e1f2-3456-abc7-000000000001";
const DATASET: &str = "a7b8c9d0-e1f2-3456-abc7-000000000002";

/// Makes calls, and prints how long they took.
#[derive(Debug, Parser)]
struct Options {
    #[command(subcommand)]
    case: Case,
    /// How often.
    #[arg(long, global = true, default_value_t = 1)]
    times: usize,
    /// How many of them go on at once.
    #[arg(long, global = true, default_value_t = 1)]
    at_once: usize,
    /// Calls that are made before and not counted, so that the connection stands.
    #[arg(long, global = true, default_value_t = 0)]
    before: usize,
    /// A client of its own for every call.
    #[arg(long, global = true)]
    clients: bool,
}

#[derive(Clone, Debug, Subcommand)]
enum Case {
    /// Sends a file: with its presigned URL, proved and with progress.
    Upload { file: String },
    /// Reads a datatable.
    Get,
    /// Reads the list of datatables.
    List,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let measured = runtime.block_on(measure(&options))?;
    writeln!(std::io::stdout(), "{measured}")?;
    Ok(())
}

async fn measure(options: &Options) -> Result<Value, Box<dyn Error>> {
    let client = Client::from_env()?;
    for _ in 0..options.before {
        options.case.run(&client).await?;
    }
    let (started, cpu, before) = (Instant::now(), ProcessTime::now(), counts());
    stream::iter(0..options.times)
        .map(|_| async {
            match options.clients {
                true => options.case.run(&Client::from_env()?).await,
                false => options.case.run(&client).await,
            }
        })
        .buffer_unordered(options.at_once)
        .try_collect::<()>()
        .await?;
    let after = counts();
    let (seconds, cpu_seconds) = (started.elapsed().as_secs_f64(), cpu.elapsed().as_secs_f64());
    Ok(json!({ "seconds": seconds, "cpu_seconds": cpu_seconds, "counts": difference(&after, &before) }))
}

impl Case {
    async fn run(&self, client: &Client) -> Result<(), Box<dyn Error>> {
        match self {
            Self::Upload { file } => {
                let options =
                    UploadOptions { dataset_id: Some(DATASET.to_owned()), ..UploadOptions::default() };
                let upload = client.upload_file(file, DATATABLE, options).on_progress(|_| {}).await?;
                if upload.verified.is_none() {
                    return Err("the upload was not proved".into());
                }
            }
            Self::Get => drop(client.get_datatable(DATATABLE).await?),
            Self::List => drop(client.get_datatables().await?),
        }
        Ok(())
    }
}

/// What the process has done so far, by name: none of it depends on how fast the machine is.
fn counts() -> Vec<(String, u64)> {
    kernel_counts().into_iter().chain(allocations()).collect()
}

#[cfg(feature = "counts")]
fn allocations() -> [(String, u64); 2] {
    let stats = ALLOCATIONS.stats();
    let allocations = stats.allocations + stats.reallocations;
    [
        ("allocations".to_owned(), allocations as u64),
        ("allocated_bytes".to_owned(), stats.bytes_allocated as u64),
    ]
}

#[cfg(not(feature = "counts"))]
fn allocations() -> [(String, u64); 0] {
    []
}

/// What the kernel counts: calls of `read` and `write` (those of a socket have other names, unless they gather).
fn kernel_counts() -> Vec<(String, u64)> {
    let told = std::fs::read_to_string("/proc/self/io").unwrap_or_default();
    let counts = told.lines().filter_map(|line| line.split_once(": "));
    counts.filter_map(|(name, count)| Some((name.to_owned(), count.parse().ok()?))).collect()
}

fn difference(after: &[(String, u64)], before: &[(String, u64)]) -> Value {
    let pairs = after.iter().zip(before);
    pairs
        .map(|((name, after), (_, before))| (name.clone(), json!(after - before)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}
