use super::define::model;

model! {
    /// A user of a tenant.
    TenantUser {
        /// The user's id.
        id: String,
        /// The e-mail address the user signs in with.
        email: Option<String>,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// When the user was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
        /// When the user last signed in, in UTC if it names no offset; none before the first time.
        last_login_at: Option<DateTime>,
        /// The id of the tenant.
        tenant_id: Option<String>,
        /// Whether the user may enter the tenant.
        is_active_in_tenant: Option<bool>,
        /// Whether the user administers the tenant.
        is_admin_in_tenant: Option<bool>,
        /// Whether the user may use the tenant's API.
        is_developer_in_tenant: Option<bool>,
        /// The id of the organization.
        organization_id: Option<String>,
        /// Whether the user may enter the organization.
        is_active_in_organization: Option<bool>,
        /// Whether the user administers the organization.
        is_admin_in_organization: Option<bool>,
    }
}

model! {
    /// A user of an organization.
    OrganizationUser {
        /// The user's id.
        id: String,
        /// The e-mail address the user signs in with.
        email: Option<String>,
        /// The first name.
        first_name: Option<String>,
        /// The last name.
        last_name: Option<String>,
        /// When the user was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
        /// When the user last signed in, in UTC if it names no offset; none before the first time.
        last_login_at: Option<DateTime>,
        /// The id of the organization.
        organization_id: Option<String>,
        /// Whether the user may enter the organization.
        is_active_in_organization: Option<bool>,
        /// Whether the user administers the organization.
        is_admin_in_organization: Option<bool>,
    }
}
