//! The contract cases that every language runs: what a call puts on the wire, and what the caller gets.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use processmind::model::Change;
use processmind::{
    AddTenantUser, Client, CreateDataset, CreateOrganizationTenant, CreateProcess, CreateProcessMapping,
    PresignedUrlOptions, Result, Source, UpdateOrganizationUser, UpdateProcess, UpdateProcessMapping,
    UpdateTenantUser, UploadOptions,
};
use processmind_tests::contract::{cases, file_of, placed, plan_answer};
use processmind_tests::{Stage, contract, in_snake_case};
use serde::Serialize;
use serde_json::{Value, json};

const TENANT: &str = "tenant-123";

#[tokio::test]
async fn every_case_holds() {
    let stage = Stage::new().await;
    let client =
        Client::builder().base_url(stage.emulator.url()).api_key(stage.emulator.api_key()).tenant_id(TENANT);
    let client = client.max_retries(0).build().unwrap();
    for mut case in cases() {
        give_file(&stage, &mut case);
        if case["requests"].is_array() {
            uploaded(&stage, &client, &case).await;
            continue;
        }
        match case["answers"].as_array() {
            Some(answers) => {
                for answer in answers {
                    sent(&stage, &client, &case, answer).await;
                }
            }
            None => refused(&stage, &client, &case).await,
        }
    }
}

/// A call that goes out, and one answer to it.
async fn sent(stage: &Stage, client: &Client, case: &Value, answer: &Value) {
    plan_answer(stage, answer).await;
    let outcome = call(client, case["helper"].as_str().unwrap(), &case["arguments"]).await;
    let requests = stage.take_requests().await;
    let then = answer["then"].as_array().map_or(&[][..], Vec::as_slice);
    assert_eq!(requests.len(), 1 + then.len(), "{case}");
    for (sent, wanted) in requests[1..].iter().zip(then) {
        assert_eq!((&sent["method"], &sent["path"]), (&wanted["method"], &wanted["path"]), "{case}");
    }
    assert_request(&requests[0], &case["request"], case);
    match outcome {
        Ok(result) => assert_result(
            &result,
            answer.get("result").unwrap_or_else(|| panic!("{result} {case} {answer}")),
            case,
        ),
        Err(error) => assert_error(&error, &answer["error"], case),
    }
}

/// Gives the call of a case its file.
fn give_file(stage: &Stage, case: &mut Value) {
    let (path, bytes) = file_of(stage, case);
    for (name, value) in [("filePath", path), ("bytes", bytes)] {
        if let Some(value) = value {
            case["arguments"][name] = value.into();
        }
    }
}

/// An upload to a datatable of its own, and all that it sends.
async fn uploaded(stage: &Stage, client: &Client, case: &Value) {
    let case = &placed(stage, case).await;
    match call(client, case["helper"].as_str().unwrap(), &case["arguments"]).await {
        Ok(result) => {
            for (name, value) in case["result"].as_object().unwrap() {
                assert_eq!(&result[name], value, "{name} in {case}");
            }
        }
        Err(error) => assert_error(&error, &case["error"], case),
    }
    let (sent, wanted) = (stage.take_requests().await, case["requests"].as_array().unwrap());
    assert_eq!(sent.len(), wanted.len(), "{sent:?} {case}");
    for (sent, wanted) in sent.iter().zip(wanted) {
        match wanted["method"].as_str() {
            Some("PUT") => assert_put(sent, wanted, case),
            _ => assert_request(sent, wanted, case),
        }
    }
}

/// What goes to storage: the bytes, with nothing that the URL did not sign, and no key.
fn assert_put(sent: &Value, wanted: &Value, case: &Value) {
    assert_eq!((&sent["origin"], &sent["method"]), (&json!("storage"), &wanted["method"]), "{case}");
    assert_eq!(sent["hasApiKey"], false, "{case}");
    for (name, value) in wanted["headers"].as_object().unwrap() {
        assert_eq!(&sent["headers"][name], value, "{name} in {case}");
    }
    let unwanted = |name: &&String| {
        name.starts_with("x-") || matches!(name.as_str(), "authorization" | "transfer-encoding")
    };
    assert_eq!(sent["headers"].as_object().unwrap().keys().find(unwanted), None, "{case}");
}

/// A call that is refused before anything is sent.
async fn refused(stage: &Stage, client: &Client, case: &Value) {
    let outcome = call(client, case["helper"].as_str().unwrap(), &case["arguments"]).await;
    assert_error(&outcome.unwrap_err(), &case["error"], case);
    assert!(stage.take_requests().await.is_empty(), "{case}");
}

fn assert_request(sent: &Value, wanted: &Value, case: &Value) {
    contract::assert_request(sent, wanted, case);
    assert_eq!(sent["headers"]["content-type"].is_string(), !wanted["body"].is_null(), "{case}");
    assert_eq!(sent["hasApiKey"], true);
    assert!(sent["headers"]["user-agent"].as_str().unwrap().starts_with("processmind-rust/"));
    if let Some(query) = wanted["query"].as_object() {
        let url = format!("http://x/?{}", sent["query"].as_str().unwrap());
        let sent: serde_json::Map<_, _> = reqwest::Url::parse(&url)
            .unwrap()
            .query_pairs()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        assert_eq!(&sent, query, "{case}");
    }
}

/// What was asked for is there; what a model adds to it is empty.
fn assert_result(got: &Value, wanted: &Value, case: &Value) {
    match (got, wanted) {
        (Value::Object(got), Value::Object(wanted)) => {
            for (name, value) in wanted {
                assert_result(got.get(name).unwrap_or(&Value::Null), value, case);
            }
            for (name, value) in got.iter().filter(|(name, _)| !wanted.contains_key(*name)) {
                assert!(value.is_null() || value == "", "{name}: {value} in {case}");
            }
        }
        (Value::Array(got), Value::Array(wanted)) => {
            assert_eq!(got.len(), wanted.len(), "{case}");
            got.iter().zip(wanted).for_each(|(got, wanted)| assert_result(got, wanted, case));
        }
        // The same moment may be written with and without its zeros.
        (Value::String(got), Value::String(wanted)) if got.ends_with('Z') && wanted.ends_with('Z') => {
            let plain = |text: &str| text.trim_end_matches('Z').trim_end_matches('0').to_owned();
            assert_eq!(plain(got), plain(wanted), "{case}");
        }
        _ => assert_eq!(got, wanted, "{case}"),
    }
}

fn assert_error(error: &processmind::Error, wanted: &Value, case: &Value) {
    let text = error.to_string();
    assert_eq!(
        (error.kind().class(), error.code()),
        (wanted["class"].as_str().unwrap_or("no error"), wanted["code"].as_str().unwrap_or("no error")),
        "{text} {case}"
    );
    for word in wanted["text"].as_array().unwrap() {
        assert!(text.contains(&in_snake_case(word.as_str().unwrap())), "{word} is not in {text}");
    }
    if let Some(status) = wanted["status"].as_u64() {
        assert_eq!(error.status().map(u64::from), Some(status), "{text}");
    }
    assert!(text.lines().count() <= 4, "{text}");
}

/// The arguments of a case.
struct Arguments<'a>(&'a Value);

impl Arguments<'_> {
    fn text(&self, name: &str) -> String {
        self.optional(name).unwrap_or_else(|| panic!("{name} in {}", self.0))
    }

    fn optional(&self, name: &str) -> Option<String> {
        self.0[name].as_str().map(ToOwned::to_owned)
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.0[name].as_i64()
    }

    fn source(&self) -> Source {
        self.optional("filePath").map_or_else(|| Source::bytes(self.text("bytes")), Source::path)
    }

    /// Empty where the options name it.
    fn datatable_id(&self) -> String {
        self.optional("datatableId").unwrap_or_default()
    }

    fn flag(&self, name: &str) -> Option<bool> {
        self.0[name].as_bool()
    }

    fn upload_options(&self) -> UploadOptions {
        UploadOptions {
            datatable: self.optional("datatable"),
            dataset_id: self.optional("datasetId"),
            file_name: self.optional("fileName"),
            file_last_modified: self.number("fileLastModified"),
            content_type: self.optional("contentType"),
            valid_for_seconds: self.number("validForSeconds"),
            timeout: self.0["timeout"].as_f64(),
            verify: self.flag("verify"),
            check: self.optional("check"),
            allow_empty: self.flag("allowEmpty"),
            allow_any_format: self.flag("allowAnyFormat"),
        }
    }

    fn color(&self) -> Option<String> {
        self.optional("color").or_else(|| self.0["color"]["id"].as_str().map(ToOwned::to_owned))
    }

    fn change(&self, name: &str) -> Change<String> {
        self.0.get(name).map_or(Change::Keep, |value| Change::from(value.as_str().map(ToOwned::to_owned)))
    }
}

fn json<T: Serialize>(answer: T) -> Value {
    serde_json::to_value(answer).unwrap()
}

/// Calls a helper by its documented name.
async fn call(client: &Client, helper: &str, arguments: &Value) -> Result<Value> {
    let a = Arguments(arguments);
    let tenant = a.optional("tenantId");
    macro_rules! answer {
        ($call:expr) => {
            $call.tenant_id(tenant).await.map(json)
        };
    }
    match helper {
        "getTenant" => answer!(client.get_tenant()),
        "updateTenant" => answer!(client.update_tenant(a.text("displayName"))),
        "getTenantStatistics" => answer!(client.get_tenant_statistics()),
        "getTenantUsers" => answer!(client.get_tenant_users()),
        "addTenantUser" => answer!(client.add_tenant_user(AddTenantUser {
            email: a.text("email"),
            first_name: a.optional("firstName"),
            last_name: a.optional("lastName"),
            is_active_in_tenant: a.flag("isActiveInTenant"),
            is_admin_in_tenant: a.flag("isAdminInTenant"),
            is_developer_in_tenant: a.flag("isDeveloperInTenant"),
            id: a.optional("id"),
            send_invitation_email: a.flag("sendInvitationEmail"),
        })),
        "updateTenantUser" => answer!(client.update_tenant_user(UpdateTenantUser {
            user_id: a.text("userId"),
            is_active_in_tenant: a.flag("isActiveInTenant"),
            is_admin_in_tenant: a.flag("isAdminInTenant"),
            is_developer_in_tenant: a.flag("isDeveloperInTenant"),
        })),
        "removeTenantUser" => answer!(client.remove_tenant_user(a.text("userId"))),
        "getProcesses" => answer!(client.get_processes()),
        "createProcess" => answer!(client.create_process(CreateProcess {
            display_name: a.text("displayName"),
            tree_parent_id: a.optional("treeParentId"),
            tree_node_type: a.optional("treeNodeType"),
        })),
        "getProcess" => answer!(client.get_process(a.text("processId"))),
        "updateProcess" => answer!(client.update_process(
            a.text("processId"),
            UpdateProcess {
                display_name: a.optional("displayName"),
                tree_parent_id: a.change("treeParentId")
            },
        )),
        "deleteProcess" => answer!(client.delete_process(a.text("processId"))),
        "uploadBpmn" => answer!(client.upload_bpmn(a.text("processId"), a.text("bpmnXml"))),
        "uploadBpmnFile" => answer!(client.upload_bpmn_file(a.text("processId"), a.text("filePath"))),
        "getProcessMappings" => answer!(client.get_process_mappings(a.text("processId"))),
        "createProcessMapping" => answer!(client.create_process_mapping(
            a.text("processId"),
            CreateProcessMapping {
                data_table_id: a.text("dataTableId"),
                display_name: a.optional("displayName"),
                color: a.color(),
                show_by_default: a.flag("showByDefault"),
            },
        )),
        "updateProcessMapping" => answer!(client.update_process_mapping(
            a.text("processId"),
            UpdateProcessMapping {
                mapping_id: a.text("mappingId"),
                display_name: a.optional("displayName"),
                color: a.color(),
                show_by_default: a.flag("showByDefault"),
            },
        )),
        "deleteProcessMapping" => {
            answer!(client.delete_process_mapping(a.text("processId"), a.text("mappingId")))
        }
        "getDatasets" => answer!(client.get_datasets()),
        "createDataset" => answer!(client.create_dataset(CreateDataset {
            display_name: a.text("displayName"),
            tree_parent_id: a.optional("treeParentId"),
            tree_node_type: a.optional("treeNodeType"),
        })),
        "getDataset" => answer!(client.get_dataset(a.text("datasetId"))),
        "deleteDataset" => answer!(client.delete_dataset(a.text("datasetId"))),
        "getDatatables" => answer!(client.get_datatables()),
        "createDatatable" => answer!(client.create_datatable(a.text("datasetId"), a.text("displayName"))),
        "getDatatable" => answer!(client.get_datatable(a.text("datatableId"))),
        "getPresignedUploadUrl" => {
            let options = PresignedUrlOptions {
                dataset_id: a.optional("datasetId"),
                file_name: a.optional("fileName"),
                file_size: a.number("fileSize"),
                file_last_modified: a.number("fileLastModified"),
                valid_for_seconds: a.number("validForSeconds"),
            };
            let url =
                client.get_presigned_upload_url(a.text("datatableId"), options).tenant_id(tenant).await?;
            Ok(url.expose().into())
        }
        "uploadFile" => {
            answer!(client.upload_file(a.source(), a.datatable_id(), a.upload_options()))
        }
        "uploadFileToProcessMind" => {
            answer!(client.upload_file_to_processmind(a.source(), a.datatable_id(), a.upload_options()))
        }
        "getOrganization" => answer!(client.get_organization()),
        "getOrganizationStatistics" => answer!(client.get_organization_statistics()),
        "getOrganizationTenants" => answer!(client.get_organization_tenants()),
        "createOrganizationTenant" => answer!(client.create_organization_tenant(CreateOrganizationTenant {
            short_name: a.text("shortName"),
            display_name: a.optional("displayName"),
            description: a.optional("description"),
        })),
        "deleteOrganizationTenant" => answer!(client.delete_organization_tenant(a.text("targetTenantId"))),
        "getOrganizationUsers" => answer!(client.get_organization_users()),
        "updateOrganizationUser" => answer!(client.update_organization_user(UpdateOrganizationUser {
            user_id: a.text("userId"),
            is_active_in_organization: a.flag("isActiveInOrganization"),
            is_admin_in_organization: a.flag("isAdminInOrganization"),
        })),
        "removeOrganizationUser" => answer!(client.remove_organization_user(a.text("userId"))),
        other => panic!("the case calls {other}, which is not here"),
    }
}
