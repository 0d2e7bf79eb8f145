use serde::Serialize;
use serde_json::json;

use super::{given, nothing_to_change};
use crate::call::Call;
use crate::client::Client;
use crate::error::Result;
use crate::method::Method;
use crate::model::{TenantUser, Untyped, params};

params! {
    /// A user to add to a tenant.
    AddTenantUser {
        /// The e-mail address the user signs in with.
        email: String,
    }
    {
        /// The first name.
        first_name: String,
        /// The last name.
        last_name: String,
        /// Whether the user may enter the tenant (true).
        is_active_in_tenant: bool,
        /// Whether the user administers the tenant (false).
        is_admin_in_tenant: bool,
        /// Whether the user may use the tenant's API (false).
        is_developer_in_tenant: bool,
        /// The id of a user who exists already; sent only where it is given.
        id: String,
        /// Whether an invitation is sent by e-mail; sent only where it is given.
        send_invitation_email: bool,
    }
}

params! {
    /// What to change of a tenant's user; what is left out stays as it is.
    UpdateTenantUser {
        /// The user's id.
        user_id: String,
    }
    {
        /// Whether the user may enter the tenant.
        is_active_in_tenant: bool,
        /// Whether the user administers the tenant.
        is_admin_in_tenant: bool,
        /// Whether the user may use the tenant's API.
        is_developer_in_tenant: bool,
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Added {
    email: String,
    first_name: Option<String>,
    last_name: Option<String>,
    is_active_in_tenant: bool,
    is_admin_in_tenant: bool,
    is_developer_in_tenant: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    send_invitation_email: Option<bool>,
}

impl Client {
    /// Lists the tenant's users. `GET /tenant/{tenantId}/users`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-tenants>
    pub fn get_tenant_users(&self) -> Call<Vec<TenantUser>> {
        Call::new(self, Method::Get).word("users")
    }

    /// Adds a user to the tenant; the e-mail address alone will do. `POST /tenant/{tenantId}/users`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-tenants>
    ///
    /// It is sent again only where the first try was certainly not processed; else the error is
    /// `AmbiguousResult`.
    pub fn add_tenant_user(&self, user: impl Into<AddTenantUser>) -> Call<TenantUser> {
        Call::new(self, Method::Post).word("users").body(added(user.into()))
    }

    /// Changes what a user may do in the tenant. `PUT /tenant/{tenantId}/users`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-tenants>
    pub fn update_tenant_user(&self, user: UpdateTenantUser) -> Call<Untyped> {
        Call::new(self, Method::Put)
            .word("users")
            .about("tenant_user_id", &user.user_id)
            .body(updated(user))
            .tenant_id_in_body()
    }

    /// Removes a user from the tenant. `DELETE /tenant/{tenantId}/users`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-tenants>
    pub fn remove_tenant_user(&self, user_id: impl Into<String>) -> Call<Untyped> {
        let user_id = user_id.into();
        let body = given("`user_id`", user_id.clone()).map(|user_id| json!({ "userId": user_id }));
        Call::new(self, Method::Delete)
            .word("users")
            .about("tenant_user_id", &user_id)
            .body(body)
            .tenant_id_in_body()
    }
}

fn added(user: AddTenantUser) -> Result<Added> {
    Ok(Added {
        email: given("`email`", user.email)?,
        first_name: user.first_name,
        last_name: user.last_name,
        is_active_in_tenant: user.is_active_in_tenant.unwrap_or(true),
        is_admin_in_tenant: user.is_admin_in_tenant.unwrap_or(false),
        is_developer_in_tenant: user.is_developer_in_tenant.unwrap_or(false),
        id: user.id,
        send_invitation_email: user.send_invitation_email,
    })
}

fn updated(user: UpdateTenantUser) -> Result<UpdateTenantUser> {
    let flags = [user.is_active_in_tenant, user.is_admin_in_tenant, user.is_developer_in_tenant];
    if flags.iter().all(Option::is_none) {
        return Err(nothing_to_change(
            "`is_active_in_tenant`, `is_admin_in_tenant` or `is_developer_in_tenant`",
        ));
    }
    Ok(UpdateTenantUser { user_id: given("`user_id`", user.user_id)?, ..user })
}
