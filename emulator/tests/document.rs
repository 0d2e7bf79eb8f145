//! The OpenAPI document.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by it")]

mod support;

use std::collections::BTreeSet;

use processmind_emulator::Options;
use reqwest::StatusCode;
use serde_json::{Value, json};
use support::{answer, start};

async fn document() -> Value {
    let (_emulator, api) = start(Options::default()).await;
    let (status, document) = answer(api.http.get(format!("{}/openapi.json", api.url))).await;
    assert_eq!(status, StatusCode::OK, "without a key");
    document
}

fn operations(document: &Value) -> Vec<&Value> {
    let paths = document["paths"].as_object().unwrap().values();
    paths.flat_map(|item| item.as_object().unwrap().values()).collect()
}

#[tokio::test]
async fn it_has_every_operation_by_the_name_of_its_helper() {
    let document = document().await;
    assert_eq!(document["openapi"], "3.1.0");
    let names: BTreeSet<_> = operations(&document)
        .into_iter()
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    let expected = BTreeSet::from([
        "addTenantUser",
        "createDataset",
        "createDatatable",
        "createOrganizationTenant",
        "createProcess",
        "createProcessMapping",
        "deleteDataset",
        "deleteOrganizationTenant",
        "deleteProcess",
        "deleteProcessMapping",
        "getDataset",
        "getDatasets",
        "getDatatable",
        "getDatatables",
        "getOrganization",
        "getOrganizationStatistics",
        "getOrganizationTenants",
        "getOrganizationUsers",
        "getPresignedUploadUrl",
        "getProcess",
        "getProcessMappings",
        "getProcesses",
        "getTenant",
        "getTenantStatistics",
        "getTenantUsers",
        "removeOrganizationUser",
        "removeTenantUser",
        "updateOrganizationUser",
        "updateProcess",
        "updateProcessMapping",
        "updateTenant",
        "updateTenantUser",
        "uploadBpmn",
    ]);
    assert_eq!(names, expected);
}

#[tokio::test]
async fn every_operation_is_described_with_its_errors() {
    let document = document().await;
    for operation in operations(&document) {
        let name = &operation["operationId"];
        assert!(operation["summary"].is_string(), "{name}");
        assert_eq!(operation["tags"].as_array().unwrap().len(), 1, "{name}");
        let mut expected = vec!["200", "400", "403", "404", "429", "500"];
        if !operation["requestBody"].is_null() {
            expected.extend(["413", "415"]);
        }
        for status in expected {
            assert!(!operation["responses"][status].is_null(), "{name} {status}");
        }
        for response in operation["responses"].as_object().unwrap().values() {
            let response = match response["$ref"].as_str() {
                Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
                None => response,
            };
            assert!(response["description"].is_string(), "{name}");
            assert!(response["content"]["application/json"]["schema"].is_object(), "{name}");
        }
    }
}

#[tokio::test]
async fn it_asks_for_the_key_and_hides_the_control_endpoints() {
    let document = document().await;
    assert_eq!(document["security"], json!([{"apiKey": []}]));
    assert_eq!(
        document["components"]["securitySchemes"]["apiKey"],
        json!({"type": "apiKey", "in": "header", "name": "x-api-key"})
    );
    let mut paths = document["paths"].as_object().unwrap().keys();
    assert!(paths.all(|path| path.starts_with("/tenant/{tenantId}")));
}
