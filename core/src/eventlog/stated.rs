//! What the caller states about a log, so that it is not guessed.

use crate::eventlog::ReadError;
use crate::eventlog::profile::roles::{Fixed, Role};

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
    /// The columns that are stated, by their places among the headings.
    ///
    /// # Errors
    /// `UnknownColumn` for a heading that is not there.
    pub fn places(&self, headings: &[String]) -> Result<Vec<(Role, usize)>, ReadError> {
        let roles = [
            (Role::Case, &self.case),
            (Role::Activity, &self.activity),
            (Role::Timestamp, &self.timestamp),
            (Role::Resource, &self.resource),
        ];
        let stated = roles.into_iter().filter_map(|(role, name)| Some((role, name.as_ref()?)));
        stated.map(|(role, name)| Ok((role, place(role, name, headings)?))).collect()
    }

    /// The columns that are stated, for the choice of the others.
    ///
    /// # Errors
    /// As [`Stated::places`].
    pub fn columns(&self, headings: &[String]) -> Result<Fixed, ReadError> {
        let mut fixed = Fixed::default();
        for (role, place) in self.places(headings)? {
            match role {
                Role::Case => fixed.case = Some(place),
                Role::Activity => fixed.activity = Some(place),
                Role::Timestamp => fixed.timestamp = Some(place),
                Role::Resource => fixed.resource = Some(place),
            }
        }
        Ok(fixed)
    }
}

/// Where a heading is; one that differs only by the blanks around it is the same.
fn place(role: Role, name: &str, headings: &[String]) -> Result<usize, ReadError> {
    let exact = headings.iter().position(|heading| heading == name);
    let trimmed = || headings.iter().position(|heading| heading.trim() == name.trim());
    exact.or_else(trimmed).ok_or_else(|| ReadError::UnknownColumn {
        role: role.as_str(),
        name: name.to_owned(),
        columns: headings.to_vec(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_found_by_their_headings() {
        let headings = ["No", " Step", "Step", "When"].map(ToOwned::to_owned);
        let stated = |case: &str, activity: &str| Stated {
            case: Some(case.to_owned()),
            activity: Some(activity.to_owned()),
            ..Stated::default()
        };
        let places = stated("No ", "Step").places(&headings).unwrap();
        assert_eq!(places, [(Role::Case, 0), (Role::Activity, 2)]);
        let error = stated("No", "step").places(&headings).unwrap_err();
        assert!(matches!(error, ReadError::UnknownColumn { role: "activity", name, .. } if name == "step"));
    }
}
