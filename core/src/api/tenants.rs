use crate::call::{Call, Method};
use crate::client::Client;
use crate::model::Tenant;

impl Client {
    /// Reads the tenant. `GET /tenant/{tenantId}`.
    pub fn get_tenant(&self) -> Call<Tenant> {
        Call::new(self, Method::Get)
    }
}
