//! Checks a log, publishes it with its model, and reads back what arrived: `round-trip LOG MODEL NAME`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a driver that can't go on has failed its test")]

use processmind::{CheckOptions, Client, PublishOptions, Source, check_event_log};
use serde_json::json;

#[tokio::main]
async fn main() {
    let [log, model, name] = std::env::args().skip(1).collect::<Vec<_>>().try_into().unwrap();
    let report = check_event_log(Source::path(&log), CheckOptions::default()).await.unwrap();
    let client = Client::from_env().unwrap();
    let publish = client.publish(PublishOptions {
        process: Some(name.clone()),
        bpmn: Some(model),
        dataset: Some(name.clone()),
        datatable: Some(name),
        ..PublishOptions::default()
    });
    let done = publish.file(Source::path(&log)).await.unwrap();
    let table = client.get_datatable(done.datatable_id.unwrap()).await.unwrap();
    let steps: Vec<_> = done.steps.iter().map(|step| format!("{} {}", step.kind, step.action)).collect();
    let told = json!({
        "report": report,
        "steps": steps,
        "datatableId": table.id,
        "verified": done.upload.unwrap().verified,
        "rowCount": table.row_count,
        "columns": table.columns,
    });
    println!("{told}");
}
