//! What the tests share: an emulator of their own, a client of it, and files to send.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

pub mod contract;
pub mod proxy;
pub mod server;

use std::path::PathBuf;

use processmind::{Client, Error, ErrorKind};
use processmind_emulator::{Emulator, Options};
use serde_json::{Value, json};
use tempfile::TempDir;

/// A small event log with two cases.
pub const LOG: &str = "\
CaseId,Activity,StartTime,Amount
1,Receive order,2025-01-02T08:00:00Z,120.50
1,Ship goods,2025-01-03T09:30:00Z,120.50
2,Receive order,2025-01-02T10:15:00Z,80.00
";

/// A log with an error: a timestamp that is none, in line 3.
pub const BAD_LOG: &str =
    "CaseId,Activity,StartTime\n1,Receive order,2025-01-02T08:00:00Z\n1,Ship goods,soon\n";

/// The smallest model that is one.
pub const BPMN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="orders">
  <process id="p"><startEvent id="s"/></process>
</definitions>"#;

/// An emulator, a client of it, and a folder for files.
#[derive(Debug)]
pub struct Stage {
    /// The emulator.
    pub emulator: Emulator,
    /// A client with the emulator's key and tenant.
    pub client: Client,
    folder: TempDir,
    http: reqwest::Client,
}

impl Stage {
    /// Starts an emulator.
    pub async fn new() -> Self {
        let emulator = Emulator::start(Options::default()).await.unwrap();
        let client = client(&emulator, emulator.api_key());
        // Only the first test of a process installs it; reqwest needs one even for plain HTTP.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self { emulator, client, folder: tempfile::tempdir().unwrap(), http: reqwest::Client::new() }
    }

    /// A client with a key that the emulator does not know.
    pub fn stranger(&self) -> Client {
        client(&self.emulator, "pm-not-a-key-of-anyone")
    }

    /// Writes a file and gives its path.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// A dataset with an empty datatable; gives the datatable's id.
    pub async fn datatable(&self) -> String {
        let dataset = self.client.create_dataset("Orders").await.unwrap();
        self.client.create_datatable(&dataset.id, "Orders 2025").await.unwrap().id
    }

    /// Plans faults.
    pub async fn faults(&self, faults: Value) {
        let request = self.http.post(self.control("faults")).json(&faults);
        let answer = request.header("x-api-key", self.emulator.api_key()).send().await.unwrap();
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// What storage holds, oldest first.
    pub async fn uploads(&self) -> Vec<Value> {
        self.list("uploads").await
    }

    /// The requests that came in so far.
    pub async fn requests(&self) -> Vec<Value> {
        self.list("requests").await
    }

    /// The requests since the last time this was asked.
    pub async fn take_requests(&self) -> Vec<Value> {
        let requests = self.requests().await;
        let request = self.http.delete(self.control("requests")).header("x-api-key", self.emulator.api_key());
        request.send().await.unwrap();
        requests
    }

    async fn list(&self, what: &str) -> Vec<Value> {
        let request = self.http.get(self.control(what)).header("x-api-key", self.emulator.api_key());
        request.send().await.unwrap().json().await.unwrap()
    }

    fn control(&self, what: &str) -> String {
        format!("{}/emulator/{what}", self.emulator.url())
    }
}

fn client(emulator: &Emulator, api_key: &str) -> Client {
    let builder = Client::builder().base_url(emulator.url()).tenant_id(emulator.tenant_id());
    builder.api_key(api_key).build().unwrap()
}

/// A fault for requests whose path starts with `path`.
pub fn fault(path: &str, method: &str, count: u32, fault: Value) -> Value {
    json!({ "path": path, "method": method, "count": count, "fault": fault })
}

/// The names in backticks as Rust writes them: the contract cases write them as the API does.
pub fn in_snake_case(text: &str) -> String {
    let mut quoted = false;
    let mut snake = String::new();
    for letter in text.chars() {
        quoted ^= letter == '`';
        if quoted && letter.is_ascii_uppercase() {
            snake.push('_');
        }
        snake.push(if quoted { letter.to_ascii_lowercase() } else { letter });
    }
    snake
}

/// Asserts an error's kind and that its text says all of `words`.
pub fn assert_error(error: &Error, kind: ErrorKind, words: &[&str]) {
    assert_eq!(error.kind(), kind, "{error}");
    let text = error.to_string();
    assert!(text.lines().count() <= 4, "{text}");
    for word in words {
        assert!(text.contains(word), "{word:?} is not in: {text}");
    }
}
