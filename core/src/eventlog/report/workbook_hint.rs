//! What to do about a problem in a workbook, which has cells and sheets instead of lines and delimiters.

use crate::eventlog::report::problem::ProblemCode;

/// The hint for workbooks, if it differs from that for text.
pub(crate) fn workbook_hint(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::Unreadable => "Open it in Excel and save it again, or export it as CSV in UTF-8.",
        ProblemCode::HeaderIsData => {
            "Insert a row of headings at the top, such as CaseId, Activity, StartTime."
        }
        ProblemCode::NoTimestampColumn => {
            "Add a column of dates, as date cells or written as 2024-01-31T09:30:00."
        }
        ProblemCode::UnreadableTimestamp => {
            "Enter every timestamp as a date cell: one that is none makes the column text."
        }
        _ => return None,
    })
}
