use serde_json::json;

use super::given;
use crate::call::Call;
use crate::client::Client;
use crate::method::Method;
use crate::model::{Tenant, TenantStatistics};

impl Client {
    /// Reads the tenant. `GET /tenant/{tenantId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-tenants>
    pub fn get_tenant(&self) -> Call<Tenant> {
        Call::new(self, Method::Get)
    }

    /// Renames the tenant. `PUT /tenant/{tenantId}`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-tenants>
    pub fn update_tenant(&self, display_name: impl Into<String>) -> Call<Tenant> {
        Call::new(self, Method::Put)
            .body(given("`display_name`", display_name.into()).map(|name| json!({ "displayName": name })))
    }

    /// Counts what the tenant holds. `GET /tenant/{tenantId}/statistics`.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-tenants>
    pub fn get_tenant_statistics(&self) -> Call<TenantStatistics> {
        Call::new(self, Method::Get).word("statistics")
    }
}
