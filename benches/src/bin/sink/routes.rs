//! What is answered, the same by hand and by hyper.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use crc_fast::{CrcAlgorithm, Digest};
use serde_json::{Value, json};

/// How many objects a list has, where the tenant's name does not say.
const OBJECTS: usize = 10_000;

static BYTES: AtomicU64 = AtomicU64::new(0);
static PUTS: AtomicU64 = AtomicU64::new(0);
static CONNECTIONS: AtomicU64 = AtomicU64::new(0);
static LISTS: Mutex<BTreeMap<usize, Bytes>> = Mutex::new(BTreeMap::new());

pub fn count_connection() {
    CONNECTIONS.fetch_add(1, Ordering::Relaxed);
}

/// The JSON that a GET is answered with; `origin` is where presigned URLs lead.
pub fn read(path: &str, origin: &str) -> Bytes {
    match path.split('?').next().unwrap_or_default() {
        "/counts" => counts().to_string().into(),
        path if path.ends_with("/uploads/presignedurl") => {
            json!({ "PreSignedUploadUrl": format!("{origin}/storage/orders.csv?X-Amz-Signature=0123456789abcdef") })
                .to_string()
                .into()
        }
        path if path.ends_with("/datatables") => list(path),
        _ => json!({
            "id": id(1),
            "displayName": "Orders 2025",
            "datasetId": id(2),
            "rowCount": 15000,
            "columns": [{ "name": "CaseId", "type": "string" }, { "name": "Activity", "type": "string" }],
            "createdAt": "2025-01-02T08:00:00.000Z",
        })
        .to_string()
        .into(),
    }
}

/// As many datatables as the tenant is called after: `/tenant/of-500/datatables`.
fn list(path: &str) -> Bytes {
    let named = path.split("/of-").nth(1).and_then(|rest| rest.split('/').next()?.parse().ok());
    let length = named.unwrap_or(OBJECTS);
    let mut lists = LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    lists
        .entry(length)
        .or_insert_with(|| (0..length).map(datatable).collect::<Value>().to_string().into())
        .clone()
}

fn datatable(number: usize) -> Value {
    json!({
        "id": id(number),
        "displayName": format!("Bestellungen {number}, für Köln"),
        "datasetId": id(number / 10),
        "rowCount": number * 1000,
        "createdAt": "2025-01-02T08:00:00.000Z",
    })
}

/// All that came since the start.
fn counts() -> Value {
    let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
    json!({ "bytes": count(&BYTES), "puts": count(&PUTS), "connections": count(&CONNECTIONS) })
}

fn id(number: usize) -> String {
    format!("a7b8c9d0-e1f2-3456-abc7-{number:012}")
}

/// The body of a PUT as it arrives.
#[derive(Debug)]
pub struct Stored(Digest);

impl Stored {
    pub fn new() -> Self {
        Self(Digest::new(CrcAlgorithm::Crc64Nvme))
    }

    pub fn add(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
        BYTES.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    }

    /// Its CRC64-NVME as storage states it.
    pub fn checksum(&self) -> String {
        PUTS.fetch_add(1, Ordering::Relaxed);
        BASE64.encode(self.0.finalize().to_be_bytes())
    }
}
