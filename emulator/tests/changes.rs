//! Changing and deleting what is in a tenant.

mod support;

use processmind_emulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{LOG, id, keep_in, objects, start};

#[tokio::test]
async fn a_tenant_is_renamed() {
    let (_emulator, api) = start(Options::default()).await;
    let before = api.get(&api.path("")).await;
    assert_eq!(
        (before["displayName"].as_str(), before["plan"].as_str()),
        (Some("My Company"), Some("professional"))
    );
    let after = api.change("", json!({"displayName": "Ours"})).await;
    assert_eq!(after["displayName"], "Ours");
    assert_eq!((&after["id"], &after["createdAt"]), (&before["id"], &before["createdAt"]));
    assert_eq!(api.get(&api.path("")).await, after);

    for body in [
        json!({}),
        json!({"displayName": null}),
        json!({"displayName": " "}),
        json!({"displayName": "x", "plan": "free"}),
    ] {
        api.refused(Method::PUT, "", body, 400, "").await;
    }
    let nowhere = api.through("none-such");
    nowhere.refused(Method::PUT, "", json!({"displayName": "x"}), 404, "none-such").await;
}

#[tokio::test]
async fn statistics() {
    let (_emulator, api) = start(Options::default()).await;
    api.process().await;
    api.folder("/processes").await;
    api.folder("/datasets").await;
    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    assert_eq!(
        api.get(&api.path("/statistics")).await,
        json!({"processCount": 1, "datasetCount": 1, "userCount": 1, "storageUsedBytes": LOG.len()})
    );
    let nowhere = api.through("none-such");
    nowhere.refused(Method::GET, "/statistics", Value::Null, 404, "none-such").await;
}

#[tokio::test]
async fn a_process_is_renamed_and_moved() {
    let (_emulator, api) = start(Options::default()).await;
    let folder = api.folder("/processes").await;
    let process = api.process().await;
    let path = format!("/processes/{process}");

    let moved = api.change(&path, json!({"treeParentId": folder})).await;
    assert_eq!(
        (&moved["treeParentId"], moved["displayName"].as_str()),
        (&json!(folder), Some("Order to Cash"))
    );
    let renamed = api.change(&path, json!({"displayName": "O2C"})).await;
    assert_eq!((&renamed["treeParentId"], renamed["displayName"].as_str()), (&json!(folder), Some("O2C")));
    let root = api.change(&path, json!({"treeParentId": null})).await;
    assert_eq!((&root["treeParentId"], root["displayName"].as_str()), (&Value::Null, Some("O2C")));
    assert_eq!(api.get(&api.path(&path)).await, root);
    api.change(&path, json!({})).await;
}

#[tokio::test]
async fn a_process_goes_into_no_other_place() {
    let (_emulator, api) = start(Options::default()).await;
    let (process, other) = (api.process().await, api.process().await);
    let path = format!("/processes/{process}");
    for (body, status, named) in [
        (json!({"treeParentId": other}), 400, "treeParentId"),
        (json!({"treeParentId": "none-such"}), 404, "none-such"),
        (json!({"treeParentId": process}), 409, "treeParentId"),
        (json!({"displayName": null}), 400, "displayName"),
        (json!({"displayName": ""}), 400, "displayName"),
        (json!({"treeNodeType": "TreeGroup"}), 400, "treeNodeType"),
    ] {
        api.refused(Method::PUT, &path, body, status, named).await;
    }
    api.refused(Method::PUT, "/processes/none-such", json!({}), 404, "none-such").await;

    let outer = api.folder("/processes").await;
    let inner = api.folder("/processes").await;
    api.change(&format!("/processes/{inner}"), json!({"treeParentId": outer})).await;
    for below in [&outer, &inner] {
        let into_itself = json!({"treeParentId": below});
        api.refused(Method::PUT, &format!("/processes/{outer}"), into_itself, 409, below).await;
    }
    assert_eq!(api.get(&api.path(&format!("/processes/{outer}"))).await["treeParentId"], Value::Null);
}

#[tokio::test]
async fn a_deleted_process_takes_its_mappings_with_it() {
    let (_emulator, api) = start(Options::default()).await;
    let (process, other) = (api.modelled().await, api.modelled().await);
    let table = api.table().await;
    for process in [&process, &other] {
        api.post(&format!("/processes/{process}/mappings"), json!({"dataTableId": table.id})).await;
    }
    let path = format!("/processes/{process}");
    api.delete(&path, Value::Null).await;
    for (method, rest) in [
        (Method::GET, path.clone()),
        (Method::DELETE, path.clone()),
        (Method::GET, format!("{path}/mappings")),
    ] {
        api.refused(method, &rest, Value::Null, 404, &process).await;
    }
    let kept = api.get(&api.path(&format!("/processes/{other}/mappings"))).await;
    assert_eq!(kept.as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_folder_is_deleted_when_it_is_empty() {
    let (_emulator, api) = start(Options::default()).await;
    for path in ["/processes", "/datasets"] {
        let folder = api.folder(path).await;
        let child = api.post(path, json!({"displayName": "C", "treeParentId": folder})).await;
        let folder_path = format!("{path}/{folder}");
        api.refused(Method::DELETE, &folder_path, Value::Null, 409, &folder).await;
        api.delete(&format!("{path}/{}", id(&child)), Value::Null).await;
        api.delete(&folder_path, Value::Null).await;
        assert_eq!(api.get(&api.path(path)).await, json!([]));
    }
}

#[tokio::test]
async fn a_mapping_is_changed_and_deleted() {
    let (_emulator, api) = start(Options::default()).await;
    let process = api.modelled().await;
    let table = api.table().await;
    let mappings = format!("/processes/{process}/mappings");
    let made = api
        .post(&mappings, json!({"dataTableId": table.id, "displayName": "Sales", "color": {"id": "data-3"}}))
        .await;
    let path = format!("{mappings}/{}", id(&made));
    let mut expected = made;
    for (field, value) in [
        ("color", json!({"id": "data-8"})),
        ("showByDefault", json!(false)),
        ("displayName", json!("Orders")),
        ("displayName", Value::Null),
    ] {
        expected[field] = value.clone();
        assert_eq!(api.change(&path, json!({field: value})).await, expected);
    }
    assert_eq!(api.change(&path, json!({})).await, expected);
    assert_eq!(api.get(&api.path(&mappings)).await, json!([expected]));

    for (body, named) in [
        (json!({"color": "data-1"}), "color"),
        (json!({"color": {"id": "data-9"}}), "color"),
        (json!({"color": null}), "color"),
        (json!({"showByDefault": null}), "showByDefault"),
        (json!({"dataTableId": table.id}), "dataTableId"),
    ] {
        api.refused(Method::PUT, &path, body, 400, named).await;
    }
    let elsewhere = api.modelled().await;
    for (method, body) in [(Method::PUT, json!({})), (Method::DELETE, Value::Null)] {
        for (process, mapping) in
            [(process.as_str(), "none-such"), ("none-such", &id(&expected)), (&elsewhere, &id(&expected))]
        {
            let path = format!("/processes/{process}/mappings/{mapping}");
            api.refused(method.clone(), &path, body.clone(), 404, "").await;
        }
    }
    api.delete(&path, Value::Null).await;
    assert_eq!(api.get(&api.path(&mappings)).await, json!([]));
}

#[tokio::test]
async fn a_deleted_dataset_takes_everything_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let (_emulator, api) = start(keep_in(directory.path())).await;
    let (table, other) = (api.table().await, api.table().await);
    let process = api.modelled().await;
    let mappings = format!("/processes/{process}/mappings");
    for table in [&table, &other] {
        api.upload(table, "log.csv", LOG).await;
        api.post(&mappings, json!({"dataTableId": table.id})).await;
    }
    let late = api.presigned(&table, "late.csv").await;
    assert_eq!(objects(directory.path()).len(), 2);

    let path = format!("/datasets/{}", table.dataset);
    api.delete(&path, Value::Null).await;
    for (method, rest, named) in [
        (Method::GET, path.clone(), &table.dataset),
        (Method::DELETE, path.clone(), &table.dataset),
        (Method::GET, format!("/datatable/{}", table.id), &table.id),
    ] {
        api.refused(method, &rest, Value::Null, 404, named).await;
    }
    let left = api.get(&api.path(&mappings)).await;
    assert_eq!(left.as_array().unwrap().len(), 1);
    assert_eq!(left[0]["dataTableId"], other.id);
    let uploads = api.uploads().await;
    assert_eq!(uploads.len(), 1);
    assert_eq!(objects(directory.path()), [uploads[0]["object"].as_str().unwrap()]);

    // A URL outlives its datatable; the file it brings has no place any more.
    let refused = api.put(&late, LOG).await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let text = refused.text().await.unwrap();
    assert!(text.contains("<Code>AccessDenied</Code>") && text.contains(&table.id), "{text}");
    assert_eq!(objects(directory.path()).len(), 1);
}
