//! Problems of XES logs in the words of XES, which has traces, events and attributes instead of rows and columns.

use crate::eventlog::report::problem::ProblemCode;

/// What is wrong, if the words for tables do not fit.
pub(crate) fn message(code: ProblemCode) -> Option<&'static str> {
    Some(match code {
        ProblemCode::NoRows => "The log has no events.",
        ProblemCode::NoCaseColumn => {
            "No trace has a concept:name, and no other attribute can be the case id."
        }
        ProblemCode::NoActivityColumn => {
            "No event has a concept:name, or another key that a classifier names."
        }
        ProblemCode::NoTimestampColumn => "No event has a time:timestamp.",
        ProblemCode::MissingCaseId => {
            "The event has no case id: its trace has no name, or it is in no trace."
        }
        ProblemCode::MissingActivity => "The event has no activity.",
        ProblemCode::MissingTimestamp => "The event has no timestamp.",
        ProblemCode::DuplicateRows => "The event is an exact copy of an earlier one.",
        _ => return None,
    })
}

/// What to do about it, if the hint for tables does not fit.
pub(crate) fn hint(code: ProblemCode) -> Option<&'static str> {
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
        ProblemCode::PlaceholderDate => "Leave the attribute out if the date is not known.",
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
    fn messages_and_hints_speak_of_traces_and_events() {
        for text in ProblemCode::ALL.iter().flat_map(|code| [message(*code), hint(*code)]).flatten() {
            assert!(text.ends_with('.'), "{text}");
            assert!(!["row", "column", "heading"].iter().any(|word| text.contains(word)), "{text}");
        }
    }
}
