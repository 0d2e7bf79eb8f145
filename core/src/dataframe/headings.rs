//! The headings of a table, and what is refused of any of them.

use std::collections::{HashMap, HashSet};
use std::fmt;

use super::text;
use crate::error::{Error, ErrorKind, Result};

/// The heading of every column, none for one that is left out. `names` gives columns other headings.
pub(super) fn headings(columns: &[&str], names: &HashMap<String, String>) -> Result<Vec<Option<String>>> {
    if let Some(unknown) = names.keys().find(|name| !columns.contains(&name.as_str())) {
        let known: Vec<_> = columns.iter().map(|name| format!("'{name}'")).collect();
        let message = format!("There is no column '{unknown}', which `columns` renames.");
        return Err(refused(message, format_args!("There are {}", known.join(", "))));
    }
    let mut seen = HashSet::new();
    let mut heading = |(at, name): (usize, &&str)| {
        let heading = names.get(*name).map_or(*name, String::as_str);
        if is_unnamed_index(heading) {
            return Ok(None);
        }
        if heading.trim().is_empty() {
            return Err(refused(
                format!("Column {} has no name.", at + 1),
                "Name it, or give it a heading by `columns`",
            ));
        }
        if !seen.insert(heading.to_owned()) {
            let message = format!("Two columns have the heading '{heading}'.");
            return Err(refused(message, "Rename one of them by `columns`, or leave it out"));
        }
        Ok(Some(heading.to_owned()))
    };
    let headings = columns.iter().enumerate().map(&mut heading).collect::<Result<Vec<_>>>()?;
    if headings.iter().all(Option::is_none) {
        return Err(refused(
            "There are no columns.",
            "Pass a table with a case id, an activity and a timestamp",
        ));
    }
    Ok(headings)
}

/// What pandas calls an index that has no name, which numbers rows and says nothing about events.
pub(super) fn is_unnamed_index(name: &str) -> bool {
    name.starts_with("__index_level_") && name.ends_with("__")
}

pub(super) fn write_headings<'a>(headings: impl Iterator<Item = &'a str>, out: &mut Vec<u8>) {
    for (at, heading) in headings.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        text::write(heading, out);
    }
    end_row(out);
}

/// RFC 4180's end of a row.
pub(super) fn end_row(out: &mut Vec<u8>) {
    out.extend_from_slice(b"\r\n");
}

pub(super) fn empty() -> Error {
    Error::new(ErrorKind::EmptyFile, "There are no rows.").with_hint(
        "A reader gives its rows only once: pass a fresh one, or the whole table; nothing was sent.",
    )
}

pub(super) fn refused(message: impl Into<String>, what_to_do: impl fmt::Display) -> Error {
    Error::invalid_argument(message, format!("{what_to_do}; nothing was sent."))
}
