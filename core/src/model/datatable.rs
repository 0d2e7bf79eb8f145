use super::define::model;

model! {
    /// A datatable as the list of datatables shows it.
    DatatableSummary {
        /// The datatable's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// The id of the dataset it is in.
        dataset_id: Option<String>,
        /// How many rows it has.
        row_count: Option<i64>,
        /// When it was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
    }
}

model! {
    /// A datatable with its columns.
    Datatable {
        /// The datatable's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// The id of the dataset it is in.
        dataset_id: Option<String>,
        /// How many rows it has.
        row_count: Option<i64>,
        /// Its columns, in the order of the file.
        columns: Option<Vec<Column>> as "Array<Column> | null",
        /// When it was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
    }
}

model! {
    /// A column of a datatable.
    Column {
        /// The heading.
        name: String,
        /// What its values are, such as `string` or `datetime`.
        r#type: Option<String>,
    }
}
