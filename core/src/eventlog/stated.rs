//! What the caller states about a log, so that it is not guessed.

/// What the caller states about a log: columns by their headings, and the sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stated {
    pub case: Option<String>,
    pub activity: Option<String>,
    pub timestamp: Option<String>,
    pub resource: Option<String>,
    pub sheet: Option<String>,
}
