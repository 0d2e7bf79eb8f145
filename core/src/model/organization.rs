use super::define::model;

model! {
    /// An organization: it holds tenants and users.
    Organization {
        /// The organization's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// When it was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
    }
}

model! {
    /// How much an organization holds.
    OrganizationStatistics {
        /// Tenants.
        tenant_count: Option<i64>,
        /// Processes in all tenants.
        total_process_count: Option<i64>,
        /// Datasets in all tenants.
        total_dataset_count: Option<i64>,
        /// Users in all tenants.
        total_user_count: Option<i64>,
        /// Bytes stored in all tenants.
        total_storage_used_bytes: Option<i64>,
    }
}

model! {
    /// A tenant as its organization shows it.
    OrganizationTenant {
        /// The tenant's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// When it was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
    }
}
