use serde_json::json;

use super::{given, nothing_to_change};
use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::method::Method;
use crate::model::{
    Organization, OrganizationStatistics, OrganizationTenant, OrganizationUser, Untyped, params,
};

params! {
    /// A tenant to create in the organization.
    CreateOrganizationTenant {
        /// Its name in addresses: lowercase letters, digits and hyphens.
        short_name: String,
    }
    {
        /// The name people will see.
        display_name: String,
        /// What it is for.
        description: String,
    }
}

params! {
    /// What to change of an organization's user; what is left out stays as it is.
    UpdateOrganizationUser {
        /// The user's id.
        user_id: String,
    }
    {
        /// Whether the user may enter the organization.
        is_active_in_organization: bool,
        /// Whether the user administers the organization.
        is_admin_in_organization: bool,
    }
}

impl Client {
    /// Reads the organization that the tenant belongs to. `GET /tenant/{tenantId}/organization`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    pub fn get_organization(&self) -> Call<Organization> {
        self.organization(Method::Get)
    }

    /// Counts what the organization holds. `GET /tenant/{tenantId}/organization/statistics`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    pub fn get_organization_statistics(&self) -> Call<OrganizationStatistics> {
        self.organization(Method::Get).word("statistics")
    }

    /// Lists the organization's tenants. `GET /tenant/{tenantId}/organization/tenants`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    pub fn get_organization_tenants(&self) -> Call<Vec<OrganizationTenant>> {
        self.organization(Method::Get).word("tenants")
    }

    /// Creates a tenant in the organization; its short name alone will do.
    /// `POST /tenant/{tenantId}/organization/tenants`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    ///
    /// It is sent again only where the first try was certainly not processed; else the error is
    /// `AmbiguousResult`.
    pub fn create_organization_tenant(
        &self,
        tenant: impl Into<CreateOrganizationTenant>,
    ) -> Call<OrganizationTenant> {
        self.organization(Method::Post).word("tenants").body(created(tenant.into()))
    }

    /// Deletes a tenant of the organization with all it holds. This can't be undone.
    /// `DELETE /tenant/{tenantId}/organization/tenants/{targetTenantId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    pub fn delete_organization_tenant(&self, target_tenant_id: impl Into<String>) -> Call<Untyped> {
        self.organization(Method::Delete).word("tenants").id("target_tenant_id", target_tenant_id)
    }

    /// Lists the organization's users. `GET /tenant/{tenantId}/organization/users`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    pub fn get_organization_users(&self) -> Call<Vec<OrganizationUser>> {
        self.organization(Method::Get).word("users")
    }

    /// Changes what a user may do in the organization. `PUT /tenant/{tenantId}/organization/users`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    pub fn update_organization_user(&self, user: UpdateOrganizationUser) -> Call<Untyped> {
        self.organization(Method::Put)
            .word("users")
            .about("organization_user_id", &user.user_id)
            .body(updated(user))
    }

    /// Removes a user from the organization. `DELETE /tenant/{tenantId}/organization/users`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-organizations>
    pub fn remove_organization_user(&self, user_id: impl Into<String>) -> Call<Untyped> {
        let user_id = user_id.into();
        let body = given("`user_id`", user_id.clone()).map(|user_id| json!({ "userId": user_id }));
        self.organization(Method::Delete).word("users").about("organization_user_id", &user_id).body(body)
    }

    fn organization<T>(&self, method: Method) -> Call<T> {
        Call::new(self, method).word("organization")
    }
}

fn created(tenant: CreateOrganizationTenant) -> Result<CreateOrganizationTenant> {
    let name = &tenant.short_name;
    if name.is_empty() || !name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-')) {
        let message = format!("`short_name` is '{name}'; it may hold lowercase letters, digits and hyphens.");
        return Err(Error::invalid_argument(
            message,
            "Put other names into `display_name`; nothing was sent.",
        ));
    }
    Ok(tenant)
}

fn updated(user: UpdateOrganizationUser) -> Result<UpdateOrganizationUser> {
    if user.is_active_in_organization.is_none() && user.is_admin_in_organization.is_none() {
        return Err(nothing_to_change("`is_active_in_organization` or `is_admin_in_organization`"));
    }
    Ok(UpdateOrganizationUser { user_id: given("`user_id`", user.user_id)?, ..user })
}
