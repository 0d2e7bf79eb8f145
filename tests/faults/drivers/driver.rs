//! Makes the calls that stdin asks for and says on stdout what became of them, one JSON document a line.
//! The other drivers speak the same lines: `../stage.py` says what is in them.
#![allow(
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a driver that can't go on has failed its test"
)]

use std::collections::HashMap;
use std::io::BufRead;
use std::time::Duration;

use processmind::{Client, Error, UpdateProcess, UploadOptions};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
struct Cell {
    id: String,
    call: String,
    client: Options,
    tenant: String,
    process: Option<String>,
    name: Option<String>,
    file: Option<String>,
    datatable: Option<String>,
    upload_timeout: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
struct Options {
    api_key: String,
    tenant_id: String,
    base_url: String,
    timeout: f64,
    max_retries: Option<u32>,
}

impl Options {
    fn client(&self) -> Client {
        let builder = Client::builder().api_key(&self.api_key).tenant_id(&self.tenant_id);
        let builder = builder.base_url(&self.base_url).timeout(Duration::from_secs_f64(self.timeout));
        let builder = match self.max_retries {
            Some(retries) => builder.max_retries(retries),
            None => builder,
        };
        builder.build().unwrap()
    }
}

#[tokio::main]
async fn main() {
    let (sender, mut lines) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lock().lines() {
            sender.send(line.unwrap()).unwrap();
        }
    });
    let (mut clients, mut calls) = (HashMap::new(), tokio::task::JoinSet::new());
    while let Some(line) = lines.recv().await {
        let cell: Cell = serde_json::from_str(&line).unwrap();
        let client: &Client =
            clients.entry(format!("{:?}", cell.client)).or_insert_with(|| cell.client.client());
        calls.spawn(answer(client.clone(), cell));
        while calls.try_join_next().is_some() {}
    }
    calls.join_all().await;
}

async fn answer(client: Client, cell: Cell) {
    let id = cell.id.clone();
    let outcome = match call(&client, cell).await {
        Ok(ok) => json!({ "id": id, "ok": ok }),
        Err(error) => json!({ "id": id, "error": shown(&error) }),
    };
    println!("{outcome}");
}

async fn call(client: &Client, cell: Cell) -> Result<Value, Error> {
    let (process, name, tenant) =
        (cell.process.unwrap_or_default(), cell.name.unwrap_or_default(), cell.tenant);
    Ok(match cell.call.as_str() {
        "get" => json!({ "name": client.get_process(process).tenant_id(tenant).await?.display_name }),
        "put" => {
            let renamed = UpdateProcess { display_name: Some(name), ..UpdateProcess::default() };
            client.update_process(process, renamed).tenant_id(tenant).await?;
            json!({})
        }
        "post" => json!({ "id": client.create_process(name).tenant_id(tenant).await?.id }),
        "delete" => {
            client.delete_process(process).tenant_id(tenant).await?;
            json!({})
        }
        _ => {
            let options = UploadOptions { timeout: cell.upload_timeout, ..UploadOptions::default() };
            let upload = client.upload_file(cell.file.unwrap(), cell.datatable.unwrap(), options);
            let result = upload.tenant_id(tenant).await?;
            json!({ "attempts": result.attempts, "verified": result.verified, "bytes": result.bytes })
        }
    })
}

fn shown(error: &Error) -> Value {
    let retry_after = error.retry_after().map(|wait| wait.as_secs_f64());
    json!({
        "code": error.code(), "attempts": error.attempts(), "retry_after": retry_after, "text": error.to_string(),
    })
}
