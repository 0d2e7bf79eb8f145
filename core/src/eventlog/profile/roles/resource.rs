//! The resource: given by its heading, if its values do not speak against it.

use super::alike::is_alias;
use super::choose::Combination;
use super::column::Column;
use super::names::KNOWN;
use super::table::{Grouping, Table};
use super::{Choice, Fixed, Role, weigh};

/// A resource that is worth less is none.
const LEAST: f64 = 1.5;
const MARGIN: f64 = 0.3;

pub(super) fn find(
    table: &Table<'_>,
    taken: &Combination,
    grouping: &Grouping,
    fixed: &Fixed,
) -> Option<Choice> {
    if let Some(column) = fixed.resource {
        return Some(Choice::stated(column));
    }
    let says_same =
        |column: &Column<'_>, role| table.column(taken.of(role)).is_some_and(|other| is_alias(column, other));
    let worth = |column: &Column<'_>| {
        // A unique name of the case is no resource.
        if column.name(Role::Resource) < KNOWN && says_same(column, Role::Case) {
            return None;
        }
        let same_as_activity = if says_same(column, Role::Activity) { -1.0 } else { 0.0 };
        Some(weigh::resource(column)? + 0.5 * grouping.change(column.at) + same_as_activity)
    };
    let free = table.columns.iter().filter(|column| !taken.has(column.at) && !fixed.has(column.at));
    let mut worths: Vec<(f64, &Column<'_>)> = free
        .filter_map(|column| Some((worth(column)?, column)))
        .filter(|(worth, _)| *worth >= LEAST)
        .collect();
    worths.sort_by(|one, other| other.0.total_cmp(&one.0));
    let (worth, column) = worths.first()?;
    let rival = worths.iter().skip(1).find(|(_, other)| !is_alias(column, other));
    let margin = worth - rival.map_or(0.0, |(worth, _)| *worth);
    Some(Choice {
        column: column.at,
        confidence: margin / (margin + MARGIN),
        rival: rival.map(|(_, rival)| rival.at),
    })
}
