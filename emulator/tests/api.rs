//! The API: the whole job, and every way in which a request is refused.

mod support;

use processmind_emulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{BPMN, LOG, answer, id, message, start};

#[tokio::test]
async fn the_whole_job() {
    let (_emulator, api) = start(Options::default()).await;
    let tenant = api.get(&api.path("")).await;
    assert_eq!(tenant["id"], api.tenant);

    let process = api.process().await;
    let bpmn_path = api.path(&format!("/processes/{process}/bpmn"));
    let (status, updated) = api.send(Method::PUT, &bpmn_path, json!({"bpmnXml": BPMN})).await;
    assert_eq!(status, StatusCode::OK);
    assert!(updated["designerModelId"].is_string());
    let stored =
        api.request(Method::GET, &format!("/emulator/processes/{process}/bpmn")).send().await.unwrap();
    assert_eq!(stored.text().await.unwrap(), BPMN);

    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    let detail = api.datatable(&table).await;
    assert_eq!(detail["rowCount"], 2);
    assert_eq!(
        detail["columns"],
        json!([
            {"name": "CaseId", "type": "integer"},
            {"name": "Activity", "type": "string"},
            {"name": "StartTime", "type": "datetime"},
        ])
    );

    let mappings = format!("/processes/{process}/mappings");
    let mapping = api.post(&mappings, json!({"dataTableId": table.id})).await;
    assert_eq!(mapping["color"], json!({"id": "data-1"}));
    assert_eq!(mapping["showByDefault"], true);
    assert_eq!(api.get(&api.path(&mappings)).await, json!([mapping]));
}

#[tokio::test]
async fn lists_and_details() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    let process = api.process().await;

    let datasets = api.get(&api.path("/datasets")).await;
    assert_eq!(datasets[0]["datatableCount"], 1);
    assert_eq!(datasets[0]["datatables"], Value::Null);
    let dataset = api.get(&api.path(&format!("/datasets/{}", table.dataset))).await;
    assert_eq!(dataset["datatables"], json!([{"id": table.id, "displayName": "Orders", "rowCount": 2}]));
    let datatables = api.get(&api.path("/datatables")).await;
    assert_eq!(datatables[0]["datasetId"], table.dataset);
    assert_eq!(datatables[0]["columns"], Value::Null);
    let processes = api.get(&api.path("/processes")).await;
    assert_eq!(id(&processes[0]), process);
    assert_eq!(api.get(&api.path(&format!("/processes/{process}"))).await, processes[0]);
}

#[tokio::test]
async fn folders() {
    let (_emulator, api) = start(Options::default()).await;
    for (path, leaf) in [("/processes", "Process"), ("/datasets", "Dataset")] {
        let folder = api.post(path, json!({"displayName": "F", "treeNodeType": "TreeGroup"})).await;
        let child = api.post(path, json!({"displayName": "C", "treeParentId": id(&folder)})).await;
        assert_eq!((child["treeNodeType"].as_str(), &child["treeParentId"]), (Some(leaf), &folder["id"]));
        let below_leaf = json!({"displayName": "D", "treeParentId": id(&child)});
        let (status, refusal) = api.send(Method::POST, &api.path(path), below_leaf).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(message(&refusal).contains("treeParentId"));
    }
}

#[tokio::test]
async fn a_key_is_asked_for_everywhere() {
    let (_emulator, api) = start(Options { api_key: Some("right".to_owned()), ..Options::default() }).await;
    assert_eq!(api.key, "right");
    for path in [api.path(""), "/emulator/uploads".to_owned(), "/nothing".to_owned()] {
        for key in [None, Some("wrong"), Some("")] {
            let request = api.http.get(format!("{}{path}", api.url));
            let request = key.into_iter().fold(request, |request, key| request.header("x-api-key", key));
            let (status, refusal) = answer(request).await;
            assert_eq!((status, refusal), (StatusCode::FORBIDDEN, json!({"message": "Forbidden"})), "{path}");
        }
    }
}

#[tokio::test]
async fn unknown_ids_are_named() {
    let (_emulator, api) = start(Options::default()).await;
    let process = api.process().await;
    let table = json!({"displayName": "x"});
    let cases = [
        (Method::GET, "/tenant/none-such".to_owned(), None),
        (Method::GET, api.path("/processes/none-such"), None),
        (Method::GET, api.path("/processes/none-such/mappings"), None),
        (Method::GET, api.path("/datasets/none-such"), None),
        (Method::GET, api.path("/datatable/none-such"), None),
        (Method::GET, api.path("/datatable/none-such/uploads/presignedurl"), None),
        (Method::GET, api.path("/none-such"), None),
        (Method::POST, api.path("/datasets/none-such/datatables"), Some(table)),
        (Method::PUT, api.path("/processes/none-such/bpmn"), Some(json!({"bpmnXml": BPMN}))),
        (
            Method::POST,
            api.path(&format!("/processes/{process}/mappings")),
            Some(json!({"dataTableId": "none-such"})),
        ),
        (
            Method::POST,
            api.path("/processes"),
            Some(json!({"displayName": "x", "treeParentId": "none-such"})),
        ),
    ];
    for (method, path, body) in cases {
        let request = api.request(method, &path);
        let (status, refusal) = answer(body.iter().fold(request, |request, body| request.json(body))).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(message(&refusal).contains("none-such"), "{refusal}");
    }
}

#[tokio::test]
async fn a_wrong_field_is_named() {
    let (_emulator, api) = start(Options::default()).await;
    let process = api.process().await;
    let table = api.table().await;
    let mappings = format!("/processes/{process}/mappings");
    let bpmn = format!("/processes/{process}/bpmn");
    let cases = [
        (Method::POST, "/processes", json!({}), "displayName"),
        (Method::POST, "/processes", json!({"displayName": null}), "displayName"),
        (Method::POST, "/processes", json!({"displayName": "  "}), "displayName"),
        (Method::POST, "/processes", json!({"displayName": "x", "treeNodeType": "Folder"}), "treeNodeType"),
        (Method::POST, "/processes", json!({"displayName": "x", "surprise": 1}), "surprise"),
        (Method::POST, "/datasets", json!({"displayName": 7}), "displayName"),
        (Method::POST, mappings.as_str(), json!({"datatableId": table.id}), "dataTableId"),
        (Method::POST, mappings.as_str(), json!({"dataTableId": table.id, "color": "data-3"}), "color"),
        (
            Method::POST,
            mappings.as_str(),
            json!({"dataTableId": table.id, "color": {"id": "data-9"}}),
            "color",
        ),
        (Method::PUT, bpmn.as_str(), json!({"bpmnXml": "hello"}), "bpmnXml"),
        (Method::PUT, bpmn.as_str(), json!({"bpmnXml": "<html/>"}), "bpmnXml"),
    ];
    for (method, path, body, field) in cases {
        let (status, refusal) = api.send(method, &api.path(path), body.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert!(message(&refusal).contains(field), "{refusal}");
    }
}

#[tokio::test]
async fn a_mapping_needs_a_model() {
    let (_emulator, api) = start(Options::default()).await;
    let process = api.process().await;
    let table = api.table().await;
    let path = api.path(&format!("/processes/{process}/mappings"));
    let (status, refusal) = api.send(Method::POST, &path, json!({"dataTableId": table.id})).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(message(&refusal).contains(&process));
    assert_eq!(api.get(&path).await, json!([]));
}

#[tokio::test]
async fn methods_media_types_and_sizes() {
    let (_emulator, api) = start(Options::default()).await;
    let path = api.path("/processes");
    let (status, refusal) = answer(api.request(Method::DELETE, &path)).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(message(&refusal).contains("DELETE"));
    let text = api.request(Method::POST, &path).header("content-type", "text/plain").body("{}");
    assert_eq!(answer(text).await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let broken = api.request(Method::POST, &path).header("content-type", "application/json").body("{");
    assert_eq!(answer(broken).await.0, StatusCode::BAD_REQUEST);
    let long = json!({"displayName": "x".repeat(11 << 20)});
    assert_eq!(api.send(Method::POST, &path, long).await.0, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn presigning_names_what_is_missing_or_wrong() {
    let (_emulator, api) = start(Options::default()).await;
    let (table, other) = (api.table().await, api.table().await);
    let good = [
        ("datasetid", table.dataset.as_str()),
        ("filename", "a.csv"),
        ("filesize", "3"),
        ("filelastmodified", "0"),
    ];
    for (missing, _) in good {
        let rest: Vec<_> = good.into_iter().filter(|(name, _)| *name != missing).collect();
        let (status, refusal) = answer(api.presign(&table, &rest)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST);
        assert!(message(&refusal).contains(missing), "{refusal}");
    }
    for (name, value) in [
        ("datasetid", other.dataset.as_str()),
        ("filename", ""),
        ("filename", ".."),
        ("filename", "a/b.csv"),
        ("filesize", "-1"),
        ("filelastmodified", "1.5"),
        ("validforseconds", "0"),
        ("validforseconds", "604801"),
    ] {
        let mut query: Vec<_> = good.into_iter().filter(|(known, _)| *known != name).collect();
        query.push((name, value));
        let (status, refusal) = answer(api.presign(&table, &query)).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{name}={value}");
        assert!(message(&refusal).contains(name), "{refusal}");
    }
}

#[tokio::test]
async fn requests_are_recorded_on_both_listeners() {
    let (_emulator, api) = start(Options::default()).await;
    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    let requests = api.requests().await;
    let put = requests.last().unwrap();
    assert_eq!((put["origin"].as_str(), put["method"].as_str()), (Some("storage"), Some("PUT")));
    assert_eq!((put["hasApiKey"].as_bool(), put["status"].as_u64()), (Some(false), Some(200)));
    assert_eq!(put["bytesReceived"], LOG.len());
    let presign = &requests[requests.len() - 2];
    assert_eq!((presign["origin"].as_str(), presign["hasApiKey"].as_bool()), (Some("api"), Some(true)));
    assert!(!requests.iter().any(|request| request.to_string().contains(&api.key)));
    assert_eq!(answer(api.request(Method::DELETE, "/emulator/requests")).await.1, json!([]));
    assert!(api.requests().await.is_empty());
}
