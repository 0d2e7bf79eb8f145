//! What the caller states about a log: whether it can be so, and the errors where the file has no such column or sheet.

use super::CheckOptions;
use crate::error::{Error, Result, quotable};
use crate::eventlog::Stated;
use crate::format::Format;
use crate::near_names::nearest_texts;

/// How many columns or sheets an error lists where none has a similar name.
const MAX_LISTED: usize = 10;

impl Stated {
    /// What the options state.
    ///
    /// # Errors
    /// `InvalidArgument` for an empty name, and for a column that is stated for two roles.
    pub(super) fn of(options: &CheckOptions) -> Result<Self> {
        let CheckOptions { file_name: _, sheet, case, activity, timestamp, resource } = options;
        let columns =
            [("case", case), ("activity", activity), ("timestamp", timestamp), ("resource", resource)];
        refuse_empty(columns.iter().chain(&[("sheet", sheet)]))?;
        refuse_twice(&columns)?;
        let [case, activity, timestamp, resource, sheet] =
            [case, activity, timestamp, resource, sheet].map(Clone::clone);
        Ok(Self { case, activity, timestamp, resource, sheet })
    }

    /// Refuses a sheet of what is not a workbook.
    pub(super) fn fits(&self, format: Format) -> Result<()> {
        let has_sheets = matches!(format, Format::Xlsx | Format::Xlsb | Format::Xls);
        match &self.sheet {
            Some(sheet) if !has_sheets => {
                let (sheet, format) = (quotable(sheet), format.suffix());
                let message = format!("`sheet` is '{sheet}', but {format} has no sheets.");
                Err(Error::invalid_argument(message, "Leave it out, or pass a workbook."))
            }
            _ => Ok(()),
        }
    }
}

/// An argument and what it states.
type Argument<'a> = (&'static str, &'a Option<String>);

fn refuse_empty<'a>(mut arguments: impl Iterator<Item = &'a Argument<'a>>) -> Result<()> {
    let is_empty = |(_, name): &&Argument<'_>| name.as_ref().is_some_and(|name| name.trim().is_empty());
    match arguments.find(is_empty) {
        Some((argument, _)) => {
            Err(Error::invalid_argument(format!("`{argument}` is empty."), "Pass a name, or leave it out."))
        }
        None => Ok(()),
    }
}

fn refuse_twice(columns: &[Argument<'_>]) -> Result<()> {
    let mut stated = columns.iter().filter_map(|(argument, name)| Some((argument, name.as_ref()?.trim())));
    while let Some((argument, name)) = stated.next() {
        if let Some((other, _)) = stated.clone().find(|(_, other)| *other == name) {
            let message = format!("`{argument}` and `{other}` both name the column '{}'.", quotable(name));
            return Err(Error::invalid_argument(message, "Name a different column for each."));
        }
    }
    Ok(())
}

/// The error for a column that the log does not have.
pub(super) fn unknown_column(role: &str, name: &str, columns: &[String]) -> Error {
    let message = format!("`{role}` names the column '{}', which the log does not have.", quotable(name));
    Error::invalid_argument(message, suggestion("columns", name, columns))
}

/// The error for a sheet that the workbook does not have.
pub(super) fn unknown_sheet(name: &str, sheets: &[String]) -> Error {
    let message = format!("`sheet` is '{}', which the workbook does not have.", quotable(name));
    Error::invalid_argument(message, suggestion("sheets", name, sheets))
}

/// The names that may be meant, or all that there are.
fn suggestion(what: &str, name: &str, known: &[String]) -> String {
    match nearest_texts(known, name).as_slice() {
        [] if known.is_empty() => format!("It has no {what}."),
        [] => format!("Its {what} are {}.", listed(known)),
        nearest => format!("Did you mean {}?", nearest.join(" or ")),
    }
}

fn listed(known: &[String]) -> String {
    let named: Vec<_> = known.iter().take(MAX_LISTED).map(|name| format!("'{}'", quotable(name))).collect();
    match known.len().saturating_sub(MAX_LISTED) {
        0 => named.join(", "),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;

    fn headings(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn unknown_column_with_similar_headings_suggests_them() {
        let columns = headings(&["Order No", "Step", "OrderNr", "When"]);
        let error = unknown_column("case", "order nr", &columns);
        assert_eq!(error.kind(), ErrorKind::InvalidArgument);
        assert_eq!(error.message(), "`case` names the column 'order nr', which the log does not have.");
        assert_eq!(error.hint(), Some("Did you mean 'OrderNr' or 'Order No'?"));
    }

    #[test]
    fn unknown_column_without_similar_headings_lists_the_first() {
        let columns: Vec<_> = (1..=12).map(|column| format!("col{column}")).collect();
        let error = unknown_column("activity", "Was", &columns);
        assert!(error.hint().unwrap().starts_with("Its columns are 'col1', 'col2'"), "{error}");
        assert!(error.hint().unwrap().ends_with("'col10' and 2 more."), "{error}");
        assert_eq!(unknown_column("case", "a", &[]).hint(), Some("It has no columns."));
    }

    #[test]
    fn unknown_sheet_suggests_the_sheets() {
        let error = unknown_sheet("Event", &headings(&["Cover", "Events"]));
        assert_eq!(error.message(), "`sheet` is 'Event', which the workbook does not have.");
        assert_eq!(error.hint(), Some("Did you mean 'Events'?"));
        assert_eq!(unknown_sheet("7", &headings(&["Cover"])).hint(), Some("Its sheets are 'Cover'."));
    }

    #[test]
    fn options_that_can_not_be_so_are_refused() {
        let stated = |case: &str, activity: &str, resource: &str| {
            let text = |text: &str| Some(text.to_owned());
            Stated::of(&CheckOptions {
                case: text(case),
                activity: text(activity),
                resource: text(resource),
                ..CheckOptions::default()
            })
        };
        assert_eq!(stated("A", "B", "C").unwrap().resource.as_deref(), Some("C"));
        let error = stated("A", "B", "A").unwrap_err();
        assert_eq!(error.message(), "`case` and `resource` both name the column 'A'.");
        assert_eq!(stated("A", " ", "C").unwrap_err().message(), "`activity` is empty.");
    }

    #[test]
    fn a_sheet_is_refused_for_what_is_not_a_workbook() {
        let stated = Stated { sheet: Some("Events".to_owned()), ..Stated::default() };
        assert!(stated.fits(Format::Xls).is_ok() && Stated::default().fits(Format::Csv).is_ok());
        let error = stated.fits(Format::Xes).unwrap_err();
        assert_eq!(error.message(), "`sheet` is 'Events', but xes has no sheets.");
    }
}
