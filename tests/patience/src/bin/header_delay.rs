//! An answer that takes 310 s arrives, where `timeout` allows 400 s.
#![allow(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::time::{Duration, Instant};

use processmind::Client;
use processmind_tests::{Stage, fault};
use serde_json::json;

#[tokio::main]
async fn main() {
    let stage = Stage::new().await;
    let emulator = &stage.emulator;
    stage.faults(json!([fault("/tenant", "GET", 1, json!({ "kind": "delay", "seconds": 310 }))])).await;
    let client = Client::builder()
        .api_key(emulator.api_key())
        .tenant_id(emulator.tenant_id())
        .base_url(emulator.url())
        .timeout(Duration::from_secs(400))
        .max_retries(0)
        .build()
        .unwrap();
    let started = Instant::now();
    assert_eq!(client.get_tenant().await.unwrap().id, emulator.tenant_id());
    assert!(started.elapsed() >= Duration::from_secs(310));
}
