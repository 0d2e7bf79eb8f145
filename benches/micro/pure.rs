//! The parts that a call or an upload is made of, alone: `cargo bench`.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use arrow_array::types::Int8Type;
use arrow_array::{
    ArrayRef, DictionaryArray, Float64Array, Int64Array, LargeStringArray, RecordBatch, RecordBatchIterator,
    StringViewArray, TimestampMicrosecondArray,
};
use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher, black_box};
use processmind::Source;
use processmind::bench;
use processmind::eventlog::{self, Format};
use processmind::model::DatatableSummary;
use tokio::runtime::Builder;

/// Counts what is allocated, beside the time.
#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const MIB: usize = 1024 * 1024;

fn main() {
    divan::main();
}

/// Whether and when to try again.
#[divan::bench]
fn retry() -> Option<Duration> {
    bench::wait_after(black_box(3), black_box(503))
}

/// An id that is written into a path.
#[divan::bench(args = ["a7b8c9d0-e1f2-3456-abc7-890123456789", "Aufträge 2025/Köln"])]
fn url(id: &str) -> usize {
    bench::segment(black_box(id))
}

/// The reading of an upload's source: the buffers, the checksum, the way to the sender.
#[divan::bench(args = [64 * 1024, MIB, 64 * MIB])]
fn body(bencher: Bencher, size: usize) {
    let path = temporary("body", &vec![b'x'; size]);
    let Ok(runtime) = Builder::new_current_thread().build() else { return };
    let source = Source::path(&path);
    bencher.counter(BytesCount::new(size)).bench_local(|| runtime.block_on(bench::read(&source)));
    let _ = fs::remove_file(path);
}

/// A list of the API.
#[divan::bench(args = [100, 10_000])]
fn list(bencher: Bencher, length: usize) {
    let object = r#"{"id":"a7b8c9d0-e1f2-3456-abc7-890123456789","displayName":"Orders","datasetId":"a7b8c9d0","rowCount":15000,"createdAt":"2025-01-02T08:00:00.000Z"}"#;
    let json = format!("[{}]", vec![object; length].join(","));
    bencher
        .counter(ItemsCount::new(length))
        .bench_local(|| serde_json::from_str::<Vec<DatatableSummary>>(black_box(&json)));
}

/// The rows, columns and types of an event log.
#[divan::bench(args = [1000, 100_000])]
fn csv(bencher: Bencher, rows: usize) {
    let row = "order-1,Receive order,2025-01-02T08:00:00Z,Ada,120.50,north\n";
    let text = format!("CaseId,Activity,StartTime,Resource,Amount,Region\n{}", row.repeat(rows));
    let path = temporary("csv", text.as_bytes());
    bencher.counter(BytesCount::new(text.len())).bench_local(|| eventlog::read(&path, Format::Csv));
    let _ = fs::remove_file(path);
}

/// A data frame's columns, written as CSV.
#[divan::bench(args = ["text", "view", "quoted", "dictionary", "moment", "float", "integer"])]
fn dataframe(bencher: Bencher, kind: &str) {
    let rows = 0..50_000_i32;
    let column: ArrayRef = match kind {
        "text" => {
            Arc::new(rows.map(|row| Some(format!("case-{:07}", row % 5000))).collect::<LargeStringArray>())
        }
        "view" => {
            Arc::new(rows.map(|row| Some(format!("case-{:07}", row % 5000))).collect::<StringViewArray>())
        }
        "quoted" => Arc::new(
            rows.map(|row| {
                (row % 3 > 0).then(|| {
                    if row % 20 == 1 { "late, \"very\"".to_owned() } else { format!("note {}", row % 977) }
                })
            })
            .collect::<StringViewArray>(),
        ),
        "dictionary" => Arc::new(
            rows.map(|row| {
                ["Receive order", "Check stock", "Send invoice"].get(usize::try_from(row).ok()? % 3).copied()
            })
            .collect::<DictionaryArray<Int8Type>>(),
        ),
        "moment" => Arc::new(
            rows.map(|row| Some(1_704_067_200_123_456 + i64::from(row) * 3_000_000))
                .collect::<TimestampMicrosecondArray>()
                .with_timezone("UTC"),
        ),
        "float" => {
            Arc::new(rows.map(|row| Some(f64::from(row * 7919 % 100_000) / 100.0)).collect::<Float64Array>())
        }
        _ => Arc::new(rows.map(|row| (row % 10 > 0).then_some(i64::from(row % 50))).collect::<Int64Array>()),
    };
    let Ok(batch) = RecordBatch::try_from_iter([("column", column)]) else { return };
    bencher
        .counter(ItemsCount::new(batch.num_rows()))
        .bench_local(|| bench::csv(RecordBatchIterator::new([Ok(batch.clone())], batch.schema())));
}

/// A BPMN model, its reading and all checks: the example's process, over and over.
#[divan::bench(args = [1, 5])]
fn bpmn(bencher: Bencher, mib: usize) {
    let example = include_str!("../../examples/data/order-to-cash.bpmn");
    let (start, end) = ("<bpmn:process", "</bpmn:definitions>");
    let Some((head, rest)) = example.split_once(start) else { return };
    let process = format!("{start}{}", rest.trim_end().trim_end_matches(end));
    let model = format!("{head}{}{end}", process.repeat((mib * MIB - MIB / 10) / process.len()));
    let path = temporary("bpmn", model.as_bytes());
    let read = || bench::bpmn(black_box(&path));
    assert_eq!(read(), Some(model.len()));
    bencher.counter(BytesCount::new(model.len())).bench_local(read);
    let _ = fs::remove_file(path);
}

fn temporary(name: &str, bytes: &[u8]) -> PathBuf {
    let path = std::env::temp_dir().join(format!("processmind-bench-{}-{name}", std::process::id()));
    let _ = fs::write(&path, bytes);
    path
}
