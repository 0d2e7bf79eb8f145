use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer, Done,
    extract::{Body, Path},
    fields::{Email, given},
    paths::TenantPath,
};
use crate::{
    app::App,
    model::{Member, OrganizationUser, Roles, new_id, now},
    problem::Problem,
    store,
};

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default().routes(routes!(
        get_tenant_users,
        add_tenant_user,
        update_tenant_user,
        remove_tenant_user
    ))
}

/// A user of the organization as a member of a tenant.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct TenantUser {
    #[serde(flatten)]
    user: OrganizationUser,
    tenant_id: String,
    #[serde(flatten)]
    roles: Roles,
}

impl TenantUser {
    fn new(user: &OrganizationUser, tenant_id: &str, roles: Roles) -> Self {
        Self { user: user.clone(), tenant_id: tenant_id.to_owned(), roles }
    }
}

/// Lists the users of a tenant.
#[utoipa::path(get, path = "/tenant/{tenantId}/users", params(TenantPath),
    responses((status = 200, body = Vec<TenantUser>)))]
async fn get_tenant_users(
    State(app): State<Arc<App>>,
    Path(TenantPath { tenant_id }): Path<TenantPath>,
) -> Answer<Vec<TenantUser>> {
    app.store.read_all(&tenant_id, |state| {
        let members = state.space(&tenant_id)?.members.iter();
        let shown = members.map(|member| {
            let user = find(state, &member.user_id)?;
            Ok(TenantUser::new(user, &tenant_id, member.roles))
        });
        shown.collect::<Result<_, _>>().map(Json)
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewTenantUser {
    /// Who already belongs to the organization keeps their names.
    email: Email,
    #[serde(default)]
    first_name: Option<String>,
    #[serde(default)]
    last_name: Option<String>,
    #[serde(default = "yes")]
    #[schema(default = true)]
    is_active_in_tenant: bool,
    #[serde(default)]
    #[schema(default = false)]
    is_admin_in_tenant: bool,
    #[serde(default)]
    #[schema(default = false)]
    is_developer_in_tenant: bool,
    /// Id of a user of the organization, or the id that a new user shall have.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false, min_length = 1)]
    id: Option<String>,
    /// Accepted; no e-mail is sent.
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    #[expect(dead_code, reason = "checked by its type; there is nothing to send")]
    send_invitation_email: Option<bool>,
}

fn yes() -> bool {
    true
}

/// Adds a user to a tenant, and to the organization if need be.
#[utoipa::path(post, path = "/tenant/{tenantId}/users", params(TenantPath), request_body = NewTenantUser,
    responses(
        (status = 200, body = TenantUser),
        (status = 409, description = "The user is a member already, or the id and the e-mail address belong to two users."),
    ))]
async fn add_tenant_user(
    State(app): State<Arc<App>>,
    Path(TenantPath { tenant_id }): Path<TenantPath>,
    Body(new): Body<NewTenantUser>,
) -> Answer<TenantUser> {
    if new.id.as_deref() == Some("") {
        return Err(Problem::bad_field("id", "must not be empty"));
    }
    app.store.change_all(&tenant_id, |state| {
        let known = known(state, &new)?;
        let members = &state.space(&tenant_id)?.members;
        if let Some(user) = &known
            && members.iter().any(|member| member.user_id == user.id)
        {
            return Err(Problem::conflict(format!("User {} is already in tenant {tenant_id}", user.id)));
        }
        let roles = Roles {
            is_active_in_tenant: new.is_active_in_tenant,
            is_admin_in_tenant: new.is_admin_in_tenant,
            is_developer_in_tenant: new.is_developer_in_tenant,
        };
        let user = known.unwrap_or_else(|| {
            let user = OrganizationUser {
                id: new.id.unwrap_or_else(new_id),
                email: new.email.0,
                first_name: new.first_name,
                last_name: new.last_name,
                created_at: now(),
                last_login_at: None,
                organization_id: state.organization.id.clone(),
                is_active_in_organization: true,
                is_admin_in_organization: false,
            };
            state.users.push(user.clone());
            user
        });
        state.space_mut(&tenant_id)?.members.push(Member { user_id: user.id.clone(), roles });
        Ok(Json(TenantUser::new(&user, &tenant_id, roles)))
    })
}

/// The user of the organization that a request means, if there is one.
fn known(state: &store::State, new: &NewTenantUser) -> Result<Option<OrganizationUser>, Problem> {
    let email = new.email.0.to_lowercase();
    let by_email = state.users.iter().find(|user| user.email.to_lowercase() == email);
    let Some(id) = &new.id else {
        return Ok(by_email.cloned());
    };
    let by_id = state.users.iter().find(|user| user.id == *id);
    if by_id.map(|user| &user.id) == by_email.map(|user| &user.id) {
        Ok(by_id.cloned())
    } else {
        Err(Problem::conflict(format!(
            "User {id} and the e-mail address {} do not belong together",
            new.email.0
        )))
    }
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TenantUserUpdate {
    user_id: String,
    /// The tenant of the path.
    tenant_id: String,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    is_active_in_tenant: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    is_admin_in_tenant: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    is_developer_in_tenant: Option<bool>,
}

/// Changes what a user may do in a tenant.
///
/// A flag that is absent stays as it is.
#[utoipa::path(put, path = "/tenant/{tenantId}/users", params(TenantPath), request_body = TenantUserUpdate,
    responses((status = 200, body = TenantUser, description = "The changed user.")))]
async fn update_tenant_user(
    State(app): State<Arc<App>>,
    Path(TenantPath { tenant_id }): Path<TenantPath>,
    Body(update): Body<TenantUserUpdate>,
) -> Answer<TenantUser> {
    check_tenant(&tenant_id, &update.tenant_id)?;
    app.store.change_all(&tenant_id, |state| {
        let mut members = state.space_mut(&tenant_id)?.members.iter_mut();
        let member = members.find(|member| member.user_id == update.user_id);
        let roles = &mut member.ok_or_else(|| Problem::not_found("User", &update.user_id))?.roles;
        for (flag, given) in [
            (&mut roles.is_active_in_tenant, update.is_active_in_tenant),
            (&mut roles.is_admin_in_tenant, update.is_admin_in_tenant),
            (&mut roles.is_developer_in_tenant, update.is_developer_in_tenant),
        ] {
            *flag = given.unwrap_or(*flag);
        }
        let roles = *roles;
        Ok(Json(TenantUser::new(find(state, &update.user_id)?, &tenant_id, roles)))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct TenantUserRemoval {
    user_id: String,
    /// The tenant of the path.
    tenant_id: String,
}

/// Removes a user from a tenant, but not from the organization.
#[utoipa::path(delete, path = "/tenant/{tenantId}/users", params(TenantPath), request_body = TenantUserRemoval,
    responses((status = 200, body = Done)))]
async fn remove_tenant_user(
    State(app): State<Arc<App>>,
    Path(TenantPath { tenant_id }): Path<TenantPath>,
    Body(removal): Body<TenantUserRemoval>,
) -> Answer<Done> {
    check_tenant(&tenant_id, &removal.tenant_id)?;
    app.store.change(&tenant_id, |space| {
        let mut members = space.members.iter();
        let index = members
            .position(|member| member.user_id == removal.user_id)
            .ok_or_else(|| Problem::not_found("User", &removal.user_id))?;
        space.members.remove(index);
        Done::answer()
    })
}

fn check_tenant(path: &str, body: &str) -> Result<(), Problem> {
    if path == body { Ok(()) } else { Err(Problem::bad_field("tenantId", "is not the tenant of the path")) }
}

/// The user of this id.
pub(super) fn find<'a>(state: &'a store::State, id: &str) -> Result<&'a OrganizationUser, Problem> {
    let found = state.users.iter().find(|user| user.id == id);
    found.ok_or_else(|| Problem::not_found("User", id))
}
