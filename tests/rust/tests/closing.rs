//! What clients leave behind: nothing. The only test of its process, for it counts what the process holds.
#![cfg(target_os = "linux")]
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::fs::{read_dir, read_to_string};
use std::time::Duration;

use processmind::Client;
use processmind_tests::Stage;
use tokio::time::{sleep, timeout};

/// Threads and descriptors.
fn held() -> (usize, usize) {
    (read_dir("/proc/self/task").unwrap().count(), read_dir("/proc/self/fd").unwrap().count())
}

fn memory_in_kib() -> u64 {
    let status = read_to_string("/proc/self/status").unwrap();
    let resident = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    resident.trim().trim_end_matches(" kB").parse().unwrap()
}

async fn open_and_close(stage: &Stage, times: usize) {
    for _ in 0..times {
        let client = Client::builder().base_url(stage.emulator.url()).api_key(stage.emulator.api_key());
        let client = client.tenant_id(stage.emulator.tenant_id()).build().unwrap();
        client.get_tenant().await.unwrap();
        client.close();
    }
    // The emulator is of this process, too.
    stage.take_requests().await;
}

#[tokio::test]
async fn a_thousand_clients_leave_no_thread_no_descriptor_and_no_memory() {
    let stage = Stage::new().await;
    open_and_close(&stage, 200).await;
    let ((threads, descriptors), kib) = (held(), memory_in_kib());
    open_and_close(&stage, 1000).await;
    // The emulator sees a moment later that a connection is closed.
    let nothing_left = async {
        while held().0 > threads || held().1 > descriptors {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(5), nothing_left).await.unwrap();
    assert!(memory_in_kib() < kib + 8 * 1024, "from {kib} KiB to {} KiB", memory_in_kib());
}
