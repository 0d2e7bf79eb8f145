//! What the caller states about a log, so that it is not guessed.

use super::error::ReadError;
use super::profile::roles::Fixed;

/// What the caller states about a log: columns by their headings, and the sheet of a workbook.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stated {
    pub case: Option<String>,
    pub activity: Option<String>,
    pub timestamp: Option<String>,
    pub resource: Option<String>,
    pub sheet: Option<String>,
}

impl Stated {
    /// The columns with the headings that are stated.
    pub fn columns(&self, names: &[String]) -> Result<Fixed, ReadError> {
        let find = |role, heading: &Option<String>| {
            let Some(heading) = heading else { return Ok(None) };
            let is_meant = |name: &String| name.trim() == heading.trim();
            let place = names.iter().position(is_meant).or_else(|| {
                names.iter().position(|name| name.trim().to_lowercase() == heading.trim().to_lowercase())
            });
            let unknown =
                || ReadError::UnknownColumn { role, name: heading.clone(), columns: names.to_vec() };
            place.map(Some).ok_or_else(unknown)
        };
        Ok(Fixed {
            case: find("case", &self.case)?,
            activity: find("activity", &self.activity)?,
            timestamp: find("timestamp", &self.timestamp)?,
            resource: find("resource", &self.resource)?,
        })
    }
}
