//! The record of the requests to both listeners.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU16, AtomicU64, Ordering},
    },
};

use axum::{
    Json,
    extract::{Request, State},
    http::StatusCode,
};
use serde::Serialize;

use crate::{api::API_KEY, app::App, wire::Origin};

/// As many requests are remembered.
const LIMIT: usize = 5_000;

/// As much of a body is remembered.
const BODY_LIMIT: usize = 64 * 1024;

/// The last requests, the newest last.
#[derive(Debug, Default)]
pub(crate) struct Recorder(Mutex<VecDeque<Arc<Entry>>>);

/// One request, filled in as it goes on.
#[derive(Debug)]
pub(crate) struct Entry {
    origin: Origin,
    method: String,
    path: String,
    query: Option<String>,
    headers: BTreeMap<String, String>,
    /// 0 until it is answered.
    status: AtomicU16,
    bytes: AtomicU64,
    /// The beginning of the body, if it came to the API; storage's bodies are files.
    body: Mutex<Vec<u8>>,
}

impl Recorder {
    pub(crate) fn begin(&self, origin: Origin, request: &Request) -> Arc<Entry> {
        let entry = Arc::new(Entry {
            origin,
            method: request.method().to_string(),
            path: request.uri().path().to_owned(),
            query: request.uri().query().map(str::to_owned),
            headers: headers(request),
            status: AtomicU16::new(0),
            bytes: AtomicU64::new(0),
            body: Mutex::default(),
        });
        let mut entries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if entries.len() == LIMIT {
            entries.pop_front();
        }
        entries.push_back(Arc::clone(&entry));
        entry
    }
}

impl Entry {
    /// Counts bytes of the body; says how many there are by now.
    pub(crate) fn received(&self, data: &[u8]) -> u64 {
        if self.origin == Origin::Api {
            let mut body = self.body.lock().unwrap_or_else(PoisonError::into_inner);
            let room = BODY_LIMIT.saturating_sub(body.len());
            body.extend_from_slice(data.get(..room).unwrap_or(data));
        }
        let bytes = u64::try_from(data.len()).unwrap_or(u64::MAX);
        self.bytes.fetch_add(bytes, Ordering::Relaxed).saturating_add(bytes)
    }

    pub(crate) fn bytes_received(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }

    pub(crate) fn answered(&self, status: StatusCode) {
        self.status.store(status.as_u16(), Ordering::Relaxed);
    }
}

/// The headers by their lower-case names. The key itself is left out: that it was there is enough.
fn headers(request: &Request) -> BTreeMap<String, String> {
    let mut headers = BTreeMap::<String, String>::new();
    for (name, value) in request.headers() {
        let value = if name == API_KEY { "****".into() } else { String::from_utf8_lossy(value.as_bytes()) };
        let text = headers.entry(name.to_string()).or_default();
        if !text.is_empty() {
            text.push_str(", ");
        }
        text.push_str(&value);
    }
    headers
}

/// A request as the record shows it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Shown {
    origin: Origin,
    method: String,
    path: String,
    query: Option<String>,
    headers: BTreeMap<String, String>,
    has_api_key: bool,
    /// None while it is not answered, and if its connection was cut.
    status: Option<u16>,
    bytes_received: u64,
    /// The body as text, its first 64 KiB; empty for storage.
    body: String,
}

impl From<&Arc<Entry>> for Shown {
    fn from(entry: &Arc<Entry>) -> Self {
        let status = entry.status.load(Ordering::Relaxed);
        Self {
            origin: entry.origin,
            method: entry.method.clone(),
            path: entry.path.clone(),
            query: entry.query.clone(),
            headers: entry.headers.clone(),
            has_api_key: entry.headers.contains_key(API_KEY),
            status: Some(status).filter(|status| *status != 0),
            bytes_received: entry.bytes_received(),
            body: String::from_utf8_lossy(&entry.body.lock().unwrap_or_else(PoisonError::into_inner))
                .into_owned(),
        }
    }
}

/// `GET /emulator/requests`: the last requests, the newest last.
pub(super) async fn list(State(app): State<Arc<App>>) -> Json<Vec<Shown>> {
    let entries = app.recorder.0.lock().unwrap_or_else(PoisonError::into_inner);
    Json(entries.iter().map(Shown::from).collect())
}

/// `DELETE /emulator/requests`: forgets them.
pub(super) async fn clear(State(app): State<Arc<App>>) -> Json<Vec<Shown>> {
    app.recorder.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    Json(Vec::new())
}
