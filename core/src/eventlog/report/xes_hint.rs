//! What to do about a problem in XES, which has traces, events and attributes instead of rows and columns.

use crate::eventlog::report::problem::ProblemCode;

/// The hint for XES, if it differs from that for tables.
pub(crate) fn xes_hint(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::EmptyFile => "Export the log again.",
        ProblemCode::Unreadable => "Export the log again as XES, or as CSV in UTF-8 if you can.",
        ProblemCode::NoCaseColumn => "Give each trace a concept:name, which is its case id.",
        ProblemCode::NoActivityColumn => {
            "Give each event a concept:name, or name another key in a <classifier>."
        }
        ProblemCode::NoTimestampColumn => "Give each event a <date> with the key time:timestamp.",
        ProblemCode::MissingCaseId => "Put the event in a trace, and give the trace a concept:name.",
        ProblemCode::MissingActivity => "Give the event a concept:name: nobody can say what happened.",
        ProblemCode::MissingTimestamp => "Give the event a time:timestamp: nobody can say when it happened.",
        ProblemCode::UnreadableTimestamp => {
            "Write every time:timestamp as <date key=\"time:timestamp\" value=\"2024-01-31T09:30:00+01:00\"/>."
        }
        ProblemCode::EventsOutOfOrder => {
            "Sort the events of each trace by time where the order of equal times matters."
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_speak_of_traces_and_events() {
        for code in ProblemCode::ALL {
            let hint = xes_hint(*code).unwrap_or_default();
            assert!(hint.is_empty() || hint.ends_with('.'), "{hint}");
            assert!(!["row", "column", "heading"].iter().any(|word| hint.contains(word)), "{hint}");
        }
    }
}
