use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer, Done,
    extract::{Body, Path},
    fields::{Name, ShortName, given},
    paths::{TargetTenantPath, TenantPath},
    tenants::TenantStatistics,
};
use crate::{
    app::App,
    model::{Organization, OrganizationUser, Tenant, TenantSpace},
    problem::Problem,
};

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default()
        .routes(routes!(get_organization))
        .routes(routes!(get_organization_statistics))
        .routes(routes!(get_organization_tenants, create_organization_tenant))
        .routes(routes!(delete_organization_tenant))
        .routes(routes!(get_organization_users, update_organization_user, remove_organization_user))
}

/// Shows the organization of a tenant.
#[utoipa::path(get, path = "/tenant/{tenantId}/organization", params(TenantPath),
    responses((status = 200, body = Organization)))]
async fn get_organization(State(app): State<Arc<App>>, Path(path): Path<TenantPath>) -> Answer<Organization> {
    app.store.read_all(&path.tenant_id, |state| Ok(Json(state.organization.clone())))
}

/// How much there is in an organization. Folders do not count.
#[derive(Debug, Default, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationStatistics {
    tenant_count: usize,
    total_process_count: usize,
    total_dataset_count: usize,
    total_user_count: usize,
    total_storage_used_bytes: u64,
}

/// Counts what is in an organization.
#[utoipa::path(get, path = "/tenant/{tenantId}/organization/statistics", params(TenantPath),
    responses((status = 200, body = OrganizationStatistics)))]
async fn get_organization_statistics(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
) -> Answer<OrganizationStatistics> {
    app.store.read_all(&path.tenant_id, |state| {
        let mut total = OrganizationStatistics {
            tenant_count: state.tenants.len(),
            total_user_count: state.users.len(),
            ..OrganizationStatistics::default()
        };
        for tenant in state.tenants.iter().map(TenantStatistics::from) {
            total.total_process_count += tenant.process_count;
            total.total_dataset_count += tenant.dataset_count;
            total.total_storage_used_bytes += tenant.storage_used_bytes;
        }
        Ok(Json(total))
    })
}

/// A tenant as its organization lists it.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct OrganizationTenant {
    id: String,
    display_name: String,
    #[schema(format = DateTime)]
    created_at: String,
}

/// Lists the tenants of an organization.
#[utoipa::path(get, path = "/tenant/{tenantId}/organization/tenants", params(TenantPath),
    responses((status = 200, body = Vec<OrganizationTenant>)))]
async fn get_organization_tenants(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
) -> Answer<Vec<OrganizationTenant>> {
    app.store.read_all(&path.tenant_id, |state| {
        let shown = |space: &TenantSpace| OrganizationTenant {
            id: space.tenant.id.clone(),
            display_name: space.tenant.display_name.clone(),
            created_at: space.tenant.created_at.clone(),
        };
        Ok(Json(state.tenants.iter().map(shown).collect()))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct NewTenant {
    short_name: ShortName,
    /// The short name, if absent or null.
    #[serde(default)]
    display_name: Option<Name>,
    #[serde(default)]
    description: Option<String>,
}

/// A tenant as it was made.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
struct CreatedTenant {
    #[serde(flatten)]
    tenant: Tenant,
    short_name: String,
    #[schema(required)]
    description: Option<String>,
}

/// Adds a tenant to an organization.
///
/// It can be used at once, with the same key.
#[utoipa::path(post, path = "/tenant/{tenantId}/organization/tenants", params(TenantPath), request_body = NewTenant,
    responses(
        (status = 200, body = CreatedTenant),
        (status = 409, description = "Another tenant has the short name."),
    ))]
async fn create_organization_tenant(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
    Body(new): Body<NewTenant>,
) -> Answer<CreatedTenant> {
    app.store.change_all(&path.tenant_id, |state| {
        let short_name = new.short_name.0;
        if state.tenants.iter().any(|space| space.short_name == short_name) {
            return Err(Problem::conflict(format!("Another tenant has the shortName {short_name}")));
        }
        let display_name = new.display_name.map_or_else(|| short_name.clone(), |name| name.0);
        let space = TenantSpace::new(display_name, short_name, new.description);
        let created = CreatedTenant {
            tenant: space.tenant.clone(),
            short_name: space.short_name.clone(),
            description: space.description.clone(),
        };
        state.add_tenant(space);
        Ok(Json(created))
    })
}

/// Deletes a tenant with everything in it.
#[utoipa::path(delete, path = "/tenant/{tenantId}/organization/tenants/{targetTenantId}", params(TargetTenantPath),
    responses(
        (status = 200, body = Done),
        (status = 409, description = "It is the tenant that the call goes through."),
    ))]
async fn delete_organization_tenant(
    State(app): State<Arc<App>>,
    Path(path): Path<TargetTenantPath>,
) -> Answer<Done> {
    let deleted = app.store.change_all(&path.tenant_id, |state| {
        let mut tenants = state.tenants.iter();
        let index = tenants
            .position(|space| space.tenant.id == path.target_tenant_id)
            .ok_or_else(|| Problem::not_found("Tenant", &path.target_tenant_id))?;
        if path.target_tenant_id == path.tenant_id {
            return Err(Problem::conflict(format!(
                "Tenant {} cannot be deleted through itself",
                path.tenant_id
            )));
        }
        Ok(state.tenants.remove(index))
    })?;
    app.discard(deleted.uploads.into_iter().map(|upload| upload.object));
    Done::answer()
}

/// Lists the users of an organization.
#[utoipa::path(get, path = "/tenant/{tenantId}/organization/users", params(TenantPath),
    responses((status = 200, body = Vec<OrganizationUser>)))]
async fn get_organization_users(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
) -> Answer<Vec<OrganizationUser>> {
    app.store.read_all(&path.tenant_id, |state| Ok(Json(state.users.clone())))
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OrganizationUserUpdate {
    user_id: String,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    is_active_in_organization: Option<bool>,
    #[serde(default, deserialize_with = "given")]
    #[schema(nullable = false)]
    is_admin_in_organization: Option<bool>,
}

/// Changes what a user may do in an organization.
///
/// A flag that is absent stays as it is.
#[utoipa::path(put, path = "/tenant/{tenantId}/organization/users", params(TenantPath),
    request_body = OrganizationUserUpdate,
    responses((status = 200, body = OrganizationUser, description = "The changed user.")))]
async fn update_organization_user(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
    Body(update): Body<OrganizationUserUpdate>,
) -> Answer<OrganizationUser> {
    app.store.change_all(&path.tenant_id, |state| {
        let found = state.users.iter_mut().find(|user| user.id == update.user_id);
        let user = found.ok_or_else(|| Problem::not_found("User", &update.user_id))?;
        for (flag, given) in [
            (&mut user.is_active_in_organization, update.is_active_in_organization),
            (&mut user.is_admin_in_organization, update.is_admin_in_organization),
        ] {
            *flag = given.unwrap_or(*flag);
        }
        Ok(Json(user.clone()))
    })
}

#[derive(Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OrganizationUserRemoval {
    user_id: String,
}

/// Removes a user from an organization and from all its tenants.
#[utoipa::path(delete, path = "/tenant/{tenantId}/organization/users", params(TenantPath),
    request_body = OrganizationUserRemoval, responses((status = 200, body = Done)))]
async fn remove_organization_user(
    State(app): State<Arc<App>>,
    Path(path): Path<TenantPath>,
    Body(OrganizationUserRemoval { user_id }): Body<OrganizationUserRemoval>,
) -> Answer<Done> {
    app.store.change_all(&path.tenant_id, |state| {
        let mut users = state.users.iter();
        let index =
            users.position(|user| user.id == user_id).ok_or_else(|| Problem::not_found("User", &user_id))?;
        state.users.remove(index);
        for space in &mut state.tenants {
            space.members.retain(|member| member.user_id != user_id);
        }
        Done::answer()
    })
}
