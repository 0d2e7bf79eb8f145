use super::define::model;

model! {
    /// A tenant: the workspace that holds processes, datasets and users.
    Tenant {
        /// The tenant's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// When the tenant was made.
        created_at: Option<Timestamp>,
        /// The plan it is on, such as `professional`.
        plan: Option<String>,
    }
}
