use super::define::model;

model! {
    /// The colour a mapping is drawn in.
    Color {
        /// The colour's id, `data-1` to `data-8`.
        id: String,
    }
}

model! {
    /// A datatable's events laid over a process's BPMN model.
    Mapping {
        /// The mapping's id.
        id: String,
        /// The id of the datatable that is mapped.
        data_table_id: Option<String>,
        /// The name people see.
        display_name: Option<String>,
        /// The colour it is drawn in.
        color: Option<Color> as "Color | null",
        /// Whether the model shows it without being asked.
        show_by_default: Option<bool>,
    }
}
