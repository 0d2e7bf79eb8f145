//! What the tests share: an emulator, a client of a few words, and a raw connection.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by it")]

use std::{path::Path, sync::Once, time::Duration};

use processmind_emulator::{Emulator, Options};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

pub const BPMN: &str =
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><process id='Größe'/></definitions>";
pub const LOG: &str = "CaseId,Activity,StartTime\n1,Order,2024-01-31T10:00:00Z\n1,Pay,2024-02-01T09:30:00Z\n";

/// A client of one emulator.
pub struct Api {
    pub http: Client,
    pub url: String,
    pub key: String,
    pub tenant: String,
}

/// A datatable and the dataset it is in.
pub struct Table {
    pub id: String,
    pub dataset: String,
}

pub async fn start(options: Options) -> (Emulator, Api) {
    let emulator = Emulator::start(options).await.unwrap();
    let api = Api::new(emulator.url(), emulator.api_key(), emulator.tenant_id());
    (emulator, api)
}

pub fn keep_in(directory: &Path) -> Options {
    Options { data_dir: Some(directory.to_owned()), ..Options::default() }
}

impl Api {
    pub fn new(url: &str, key: &str, tenant: &str) -> Self {
        static TLS: Once = Once::new();
        TLS.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
        let http = Client::builder().no_proxy().build().unwrap();
        Self { http, url: url.to_owned(), key: key.to_owned(), tenant: tenant.to_owned() }
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}{path}", self.url)).header("x-api-key", &self.key)
    }

    /// A path within the tenant.
    pub fn path(&self, rest: &str) -> String {
        format!("/tenant/{}{rest}", self.tenant)
    }

    pub async fn get(&self, path: &str) -> Value {
        answer(self.request(Method::GET, path)).await.1
    }

    pub async fn send(&self, method: Method, path: &str, body: Value) -> (StatusCode, Value) {
        answer(self.request(method, path).json(&body)).await
    }

    pub async fn post(&self, rest: &str, body: Value) -> Value {
        let (status, value) = self.send(Method::POST, &self.path(rest), body).await;
        assert_eq!(status, StatusCode::OK, "{value}");
        value
    }

    /// A PUT within the tenant.
    pub async fn change(&self, rest: &str, body: Value) -> Value {
        let (status, value) = self.send(Method::PUT, &self.path(rest), body).await;
        assert_eq!(status, StatusCode::OK, "{value}");
        value
    }

    /// A DELETE within the tenant; with null no body is sent.
    pub async fn delete(&self, rest: &str, body: Value) {
        let request = self.request(Method::DELETE, &self.path(rest));
        let request = if body.is_null() { request } else { request.json(&body) };
        assert_eq!(answer(request).await, (StatusCode::OK, json!({"success": true})), "{rest}");
    }

    /// A request within the tenant that must be refused, by a message that names something.
    pub async fn refused(&self, method: Method, rest: &str, body: Value, status: u16, named: &str) {
        let request = self.request(method, &self.path(rest));
        let request = if body.is_null() { request } else { request.json(&body) };
        let (answered, refusal) = answer(request).await;
        assert_eq!(answered.as_u16(), status, "{rest} {body} {refusal}");
        assert!(message(&refusal).contains(named), "{refusal}");
    }

    /// The same client in another tenant.
    pub fn through(&self, tenant: &str) -> Self {
        Self::new(&self.url, &self.key, tenant)
    }

    pub async fn plan(&self, faults: Value) {
        let (status, value) = self.send(Method::POST, "/emulator/faults", faults).await;
        assert_eq!(status, StatusCode::OK, "{value}");
    }

    pub async fn table(&self) -> Table {
        let dataset = id(&self.post("/datasets", json!({"displayName": "Sales"})).await);
        let table =
            self.post(&format!("/datasets/{dataset}/datatables"), json!({"displayName": "Orders"})).await;
        Table { id: id(&table), dataset }
    }

    pub async fn process(&self) -> String {
        id(&self.post("/processes", json!({"displayName": "Order to Cash"})).await)
    }

    /// A process with a model.
    pub async fn modelled(&self) -> String {
        let process = self.process().await;
        self.change(&format!("/processes/{process}/bpmn"), json!({"bpmnXml": BPMN})).await;
        process
    }

    pub async fn folder(&self, path: &str) -> String {
        id(&self.post(path, json!({"displayName": "Folder", "treeNodeType": "TreeGroup"})).await)
    }

    pub fn presign(&self, table: &Table, query: &[(&str, &str)]) -> RequestBuilder {
        let path = self.path(&format!("/datatable/{}/uploads/presignedurl", table.id));
        self.request(Method::GET, &path).query(query)
    }

    pub async fn presigned(&self, table: &Table, file: &str) -> String {
        let query = [
            ("datasetid", table.dataset.as_str()),
            ("filename", file),
            ("filesize", "1"),
            ("filelastmodified", "0"),
        ];
        let (status, value) = answer(self.presign(table, &query)).await;
        assert_eq!(status, StatusCode::OK, "{value}");
        value["PreSignedUploadUrl"].as_str().unwrap().to_owned()
    }

    pub async fn put(&self, url: &str, body: impl Into<reqwest::Body>) -> Response {
        self.http.put(url).body(body).send().await.unwrap()
    }

    pub async fn upload(&self, table: &Table, file: &str, body: &'static str) {
        let url = self.presigned(table, file).await;
        assert_eq!(self.put(&url, body).await.status(), StatusCode::OK);
    }

    pub async fn datatable(&self, table: &Table) -> Value {
        self.get(&self.path(&format!("/datatable/{}", table.id))).await
    }

    pub async fn uploads(&self) -> Vec<Value> {
        self.get("/emulator/uploads").await.as_array().unwrap().clone()
    }

    pub async fn requests(&self) -> Vec<Value> {
        self.get("/emulator/requests").await.as_array().unwrap().clone()
    }
}

pub async fn answer(request: RequestBuilder) -> (StatusCode, Value) {
    let response = request.send().await.unwrap();
    let status = response.status();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or_else(|error| panic!("{error}: {text}")))
}

pub fn id(object: &Value) -> String {
    object["id"].as_str().unwrap().to_owned()
}

/// The message of an error of the API.
pub fn message(value: &Value) -> &str {
    value["message"].as_str().unwrap()
}

/// The head of a PUT that a raw connection sends.
pub fn put_head(url: &str, headers: &str) -> (String, String) {
    let rest = url.strip_prefix("http://").unwrap();
    let (host, target) = rest.split_once('/').unwrap();
    (host.to_owned(), format!("PUT /{target} HTTP/1.1\r\nhost: {host}\r\n{headers}\r\n"))
}

pub async fn raw_put(url: &str, headers: &str, body: &[u8]) -> TcpStream {
    let (host, head) = put_head(url, headers);
    let mut stream = TcpStream::connect(host).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    stream
}

/// What comes back until the server has nothing more to say or half a second has passed.
pub async fn raw_answer(mut stream: TcpStream) -> String {
    let mut answer = Vec::new();
    let reading = async {
        let mut chunk = [0; 4096];
        while let Ok(read @ 1..) = stream.read(&mut chunk).await {
            answer.extend_from_slice(&chunk[..read]);
            if String::from_utf8_lossy(&answer).contains("</Error>") {
                break;
            }
        }
    };
    let _ = tokio::time::timeout(Duration::from_millis(500), reading).await;
    String::from_utf8(answer).unwrap()
}

/// Waits until something is so; fails after ten seconds.
pub async fn eventually(what: &str, mut holds: impl FnMut() -> bool) {
    for _ in 0..2_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("never: {what}");
}

/// The files in the storage of a data directory.
pub fn objects(directory: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(directory.join("objects")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}
