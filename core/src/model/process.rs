use super::define::model;

model! {
    /// A process, or a folder of processes.
    Process {
        /// The process's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// `Process`, or `TreeGroup` for a folder.
        tree_node_type: Option<String>,
        /// The id of the folder it is in; none at the root.
        tree_parent_id: Option<String>,
        /// The id of its model in the designer.
        designer_model_id: Option<String>,
        /// When it was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
        /// When it was last changed; in UTC if it names no offset.
        updated_at: Option<DateTime>,
    }
}
