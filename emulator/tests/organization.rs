//! Users, organizations and their tenants.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by it")]

mod support;

use processmind_emulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use support::{Api, LOG, id, keep_in, objects, start};

/// The names of an object's fields, sorted.
fn fields(object: &Value) -> Vec<&str> {
    let mut names: Vec<_> = object.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

async fn add(api: &Api, email: &str) -> String {
    id(&api.post("/users", json!({"email": email})).await)
}

#[tokio::test]
async fn there_is_a_user_from_the_start() {
    let (_emulator, api) = start(Options::default()).await;
    let users = api.get(&api.path("/users")).await;
    assert_eq!(users.as_array().unwrap().len(), 1);
    let owner = &users[0];
    assert_eq!(
        fields(owner),
        [
            "createdAt",
            "email",
            "firstName",
            "id",
            "isActiveInOrganization",
            "isActiveInTenant",
            "isAdminInOrganization",
            "isAdminInTenant",
            "isDeveloperInTenant",
            "lastLoginAt",
            "lastName",
            "organizationId",
            "tenantId",
        ]
    );
    assert_eq!(owner["tenantId"], api.tenant);
    let organization = api.get(&api.path("/organization")).await;
    assert_eq!(owner["organizationId"], organization["id"]);
}

#[tokio::test]
async fn a_user_is_added() {
    let (_emulator, api) = start(Options::default()).await;
    let plain = api.post("/users", json!({"email": "ann@example.com"})).await;
    for (field, value) in [
        ("email", json!("ann@example.com")),
        ("firstName", Value::Null),
        ("lastName", Value::Null),
        ("lastLoginAt", Value::Null),
        ("isActiveInTenant", json!(true)),
        ("isAdminInTenant", json!(false)),
        ("isDeveloperInTenant", json!(false)),
        ("isActiveInOrganization", json!(true)),
        ("isAdminInOrganization", json!(false)),
    ] {
        assert_eq!(plain[field], value, "{field}");
    }
    let full = api
        .post(
            "/users",
            json!({
                "id": "user-456", "email": "bob@example.com", "firstName": "Bob", "lastName": null,
                "isActiveInTenant": false, "isAdminInTenant": true, "isDeveloperInTenant": true,
                "sendInvitationEmail": true,
            }),
        )
        .await;
    assert_eq!((id(&full).as_str(), &full["firstName"]), ("user-456", &json!("Bob")));
    assert_eq!((&full["isActiveInTenant"], &full["isDeveloperInTenant"]), (&json!(false), &json!(true)));
    let users = api.get(&api.path("/users")).await;
    assert_eq!((&users[1], &users[2]), (&plain, &full));
}

#[tokio::test]
async fn a_user_is_added_only_once() {
    let (_emulator, api) = start(Options::default()).await;
    let ann = add(&api, "ann@example.com").await;
    for body in [
        json!({"email": "ann@example.com"}),
        json!({"email": "ANN@example.com"}),
        json!({"email": "ann@example.com", "id": ann}),
    ] {
        api.refused(Method::POST, "/users", body, 409, &ann).await;
    }
    for body in [
        json!({"email": "ann@example.com", "id": "another"}),
        json!({"email": "other@example.com", "id": ann}),
    ] {
        api.refused(Method::POST, "/users", body, 409, "do not belong together").await;
    }
    for (body, named) in [
        (json!({}), "email"),
        (json!({"email": "ann"}), "email"),
        (json!({"email": "a b@example.com"}), "email"),
        (json!({"email": "x@example.com", "id": ""}), "id"),
        (json!({"email": "x@example.com", "id": null}), "id"),
        (json!({"email": "x@example.com", "isAdminInTenant": null}), "isAdminInTenant"),
        (json!({"email": "x@example.com", "sendInvitationEmail": "yes"}), "sendInvitationEmail"),
        (json!({"email": "x@example.com", "role": "admin"}), "role"),
    ] {
        api.refused(Method::POST, "/users", body, 400, named).await;
    }
    let nowhere = api.through("none-such");
    let unknown = json!({"email": "x@example.com"});
    nowhere.refused(Method::POST, "/users", unknown, 404, "none-such").await;
    assert_eq!(api.get(&api.path("/users")).await.as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_user_gets_only_the_flags_that_are_given() {
    let (_emulator, api) = start(Options::default()).await;
    let mut expected = api.post("/users", json!({"email": "ann@example.com"})).await;
    let ann = id(&expected);
    for (flag, value) in [
        ("isAdminInTenant", true),
        ("isActiveInTenant", false),
        ("isDeveloperInTenant", true),
        ("isAdminInTenant", false),
    ] {
        expected[flag] = json!(value);
        let update = json!({"userId": ann, "tenantId": api.tenant, flag: value});
        assert_eq!(api.change("/users", update).await, expected);
    }
    assert_eq!(api.get(&api.path("/users")).await[1], expected);

    for (body, status, named) in [
        (json!({"tenantId": api.tenant}), 400, "userId"),
        (json!({"userId": ann}), 400, "tenantId"),
        (json!({"userId": ann, "tenantId": "another"}), 400, "tenantId"),
        (json!({"userId": ann, "tenantId": api.tenant, "isAdminInTenant": null}), 400, "isAdminInTenant"),
        (json!({"userId": "none-such", "tenantId": api.tenant}), 404, "none-such"),
    ] {
        api.refused(Method::PUT, "/users", body, status, named).await;
    }
}

#[tokio::test]
async fn a_user_leaves_a_tenant_but_not_the_organization() {
    let (_emulator, api) = start(Options::default()).await;
    let ann = add(&api, "ann@example.com").await;
    let removal = json!({"userId": ann, "tenantId": api.tenant});
    for (body, status, named) in [
        (json!({"userId": ann}), 400, "tenantId"),
        (json!({"userId": ann, "tenantId": "another"}), 400, "tenantId"),
        (json!({"userId": "none-such", "tenantId": api.tenant}), 404, "none-such"),
    ] {
        api.refused(Method::DELETE, "/users", body, status, named).await;
    }
    api.delete("/users", removal.clone()).await;
    api.refused(Method::DELETE, "/users", removal, 404, &ann).await;
    assert_eq!(api.get(&api.path("/users")).await.as_array().unwrap().len(), 1);
    assert_eq!(api.get(&api.path("/organization/users")).await[1]["id"], ann);
    // Who comes back is the same user.
    assert_eq!(add(&api, "ann@example.com").await, ann);
}

#[tokio::test]
async fn the_organization() {
    let (_emulator, api) = start(Options::default()).await;
    let organization = api.get(&api.path("/organization")).await;
    assert_eq!(fields(&organization), ["createdAt", "displayName", "id"]);
    assert_eq!(organization["displayName"], "Acme Corporation");

    let other = api.post("/organization/tenants", json!({"shortName": "other"})).await;
    let other = api.through(&id(&other));
    assert_eq!(other.get(&other.path("/organization")).await, organization);
    other.process().await;
    api.process().await;
    add(&other, "ann@example.com").await;
    let table = api.table().await;
    api.upload(&table, "log.csv", LOG).await;
    assert_eq!(
        other.get(&other.path("/organization/statistics")).await,
        json!({
            "tenantCount": 2, "totalProcessCount": 2, "totalDatasetCount": 1, "totalUserCount": 2,
            "totalStorageUsedBytes": LOG.len(),
        })
    );
    let nowhere = api.through("none-such");
    for rest in ["", "/statistics", "/tenants", "/users"] {
        let rest = format!("/organization{rest}");
        nowhere.refused(Method::GET, &rest, Value::Null, 404, "none-such").await;
    }
}

#[tokio::test]
async fn a_tenant_is_made_and_used_at_once() {
    let (_emulator, api) = start(Options::default()).await;
    let made = api
        .post(
            "/organization/tenants",
            json!({"shortName": "team-7", "displayName": "Team 7", "description": "Seven"}),
        )
        .await;
    assert_eq!(fields(&made), ["createdAt", "description", "displayName", "id", "plan", "shortName"]);
    assert_eq!(
        (&made["displayName"], &made["shortName"], &made["description"]),
        (&json!("Team 7"), &json!("team-7"), &json!("Seven"))
    );
    let tenants = api.get(&api.path("/organization/tenants")).await;
    assert_eq!(id(&tenants[0]), api.tenant);
    assert_eq!(
        tenants[1],
        json!({"id": made["id"], "displayName": "Team 7", "createdAt": made["createdAt"]})
    );

    let team = api.through(&id(&made));
    assert_eq!(team.get(&team.path("")).await["displayName"], "Team 7");
    assert_eq!(team.get(&team.path("/processes")).await, json!([]));
    assert_eq!(team.get(&team.path("/users")).await[0]["isAdminInTenant"], true);
    let table = team.table().await;
    team.upload(&table, "log.csv", LOG).await;
    assert_eq!(team.datatable(&table).await["rowCount"], 2);
    api.refused(Method::GET, &format!("/datatable/{}", table.id), Value::Null, 404, &table.id).await;

    let bare = api.post("/organization/tenants", json!({"shortName": "bare"})).await;
    assert_eq!((&bare["displayName"], &bare["description"]), (&json!("bare"), &Value::Null));
}

#[tokio::test]
async fn a_tenant_needs_a_short_name_of_its_own() {
    let (_emulator, api) = start(Options::default()).await;
    api.post("/organization/tenants", json!({"shortName": "team"})).await;
    for taken in ["team", "my-company"] {
        let body = json!({"shortName": taken});
        api.refused(Method::POST, "/organization/tenants", body, 409, taken).await;
    }
    for (body, named) in [
        (json!({}), "shortName"),
        (json!({"shortName": ""}), "shortName"),
        (json!({"shortName": "Team"}), "shortName: must be lowercase letters, digits and hyphens"),
        (json!({"shortName": "te am"}), "shortName"),
        (json!({"shortName": "te_am"}), "shortName"),
        (json!({"shortName": "x", "displayName": ""}), "displayName"),
        (json!({"shortName": "x", "plan": "free"}), "plan"),
    ] {
        api.refused(Method::POST, "/organization/tenants", body, 400, named).await;
    }
}

#[tokio::test]
async fn a_deleted_tenant_takes_everything_with_it() {
    let directory = tempfile::tempdir().unwrap();
    let (_emulator, api) = start(keep_in(directory.path())).await;
    let made = api.post("/organization/tenants", json!({"shortName": "team"})).await;
    let team = api.through(&id(&made));
    let table = team.table().await;
    team.upload(&table, "log.csv", LOG).await;
    let late = team.presigned(&table, "late.csv").await;
    add(&team, "ann@example.com").await;

    let own = format!("/organization/tenants/{}", api.tenant);
    api.refused(Method::DELETE, &own, Value::Null, 409, &api.tenant).await;
    let path = format!("/organization/tenants/{}", team.tenant);
    api.delete(&path, Value::Null).await;
    api.refused(Method::DELETE, &path, Value::Null, 404, &team.tenant).await;
    team.refused(Method::GET, "", Value::Null, 404, &team.tenant).await;
    assert!(objects(directory.path()).is_empty());
    assert_eq!(api.put(&late, LOG).await.status(), StatusCode::FORBIDDEN);
    assert!(objects(directory.path()).is_empty());
    let tenants = api.get(&api.path("/organization/tenants")).await;
    assert_eq!(tenants.as_array().unwrap().len(), 1);
    assert_eq!(api.get(&api.path("/organization/users")).await[1]["email"], "ann@example.com");
    // Its short name is free again.
    api.post("/organization/tenants", json!({"shortName": "team"})).await;
}

#[tokio::test]
async fn users_of_the_organization() {
    let (_emulator, api) = start(Options::default()).await;
    let made = api.post("/organization/tenants", json!({"shortName": "team"})).await;
    let team = api.through(&id(&made));
    let ann = add(&api, "ann@example.com").await;
    assert_eq!(add(&team, "ann@example.com").await, ann);

    let users = api.get(&api.path("/organization/users")).await;
    let mut expected = users[1].clone();
    assert_eq!(
        fields(&expected),
        [
            "createdAt",
            "email",
            "firstName",
            "id",
            "isActiveInOrganization",
            "isAdminInOrganization",
            "lastLoginAt",
            "lastName",
            "organizationId",
        ]
    );
    for (flag, value) in
        [("isAdminInOrganization", true), ("isActiveInOrganization", false), ("isAdminInOrganization", false)]
    {
        expected[flag] = json!(value);
        let update = json!({"userId": ann, flag: value});
        assert_eq!(api.change("/organization/users", update).await, expected);
    }
    assert_eq!(team.get(&team.path("/users")).await[1]["isActiveInOrganization"], false);
    for (method, body, status, named) in [
        (Method::PUT, json!({}), 400, "userId"),
        (Method::PUT, json!({"userId": ann, "isActiveInOrganization": null}), 400, "isActiveInOrganization"),
        (Method::PUT, json!({"userId": ann, "isAdminInTenant": true}), 400, "isAdminInTenant"),
        (Method::PUT, json!({"userId": "none-such"}), 404, "none-such"),
        (Method::DELETE, json!({}), 400, "userId"),
        (Method::DELETE, json!({"userId": ann, "tenantId": api.tenant}), 400, "tenantId"),
        (Method::DELETE, json!({"userId": "none-such"}), 404, "none-such"),
    ] {
        api.refused(method, "/organization/users", body, status, named).await;
    }

    api.delete("/organization/users", json!({"userId": ann})).await;
    for tenant in [&api, &team] {
        let users = tenant.get(&tenant.path("/users")).await;
        assert_eq!(users.as_array().unwrap().len(), 1);
    }
    assert_ne!(add(&api, "ann@example.com").await, ann);
}

#[tokio::test]
async fn a_body_is_asked_for() {
    let (_emulator, api) = start(Options::default()).await;
    for rest in ["/users", "/organization/users"] {
        api.refused(Method::DELETE, rest, Value::Null, 415, "Content-Type").await;
    }
}
