use super::define::model;

model! {
    /// A dataset as the list of datasets shows it.
    DatasetSummary {
        /// The dataset's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// When it was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
        /// How many datatables it holds.
        datatable_count: Option<i64>,
    }
}

model! {
    /// A dataset with the datatables it holds.
    Dataset {
        /// The dataset's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// When it was made; in UTC if it names no offset.
        created_at: Option<DateTime>,
        /// The datatables it holds.
        datatables: Option<Vec<DatatableRef>> as "Array<DatatableRef> | null",
    }
}

model! {
    /// A datatable as its dataset shows it.
    DatatableRef {
        /// The datatable's id.
        id: String,
        /// The name people see.
        display_name: Option<String>,
        /// How many rows it has.
        row_count: Option<i64>,
    }
}
