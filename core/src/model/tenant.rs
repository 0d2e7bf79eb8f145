use super::define::model;

model! {
    /// A tenant: the workspace that holds processes, datasets and users.
    Tenant {
        /// The tenant's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// When the tenant was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
        /// The plan it is on, such as `professional`.
        plan: Option<String>,
    }
}

model! {
    /// How much a tenant holds.
    TenantStatistics {
        /// Processes.
        process_count: Option<i64>,
        /// Datasets.
        dataset_count: Option<i64>,
        /// Users.
        user_count: Option<i64>,
        /// Bytes stored.
        storage_used_bytes: Option<i64>,
    }
}
