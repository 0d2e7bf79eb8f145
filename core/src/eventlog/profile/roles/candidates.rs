//! The columns that are tried for a role, by what they are by themselves.

use super::alike::is_alias;
use super::column::Column;
use super::kind::Kind;
use super::table::{Grouping, Table};
use super::{Fixed, Role, weigh};

/// Columns that are tried for each role.
const CASES: usize = 8;
const ACTIVITIES: usize = 8;
const TIMESTAMPS: usize = 3;
const RESOURCES: usize = 4;
/// A column that holds no moments is only tried as a timestamp if its heading is one.
const TIMESTAMP_NAME: f64 = 5.0;

pub(super) fn cases(table: &Table<'_>, fixed: &Fixed) -> Vec<usize> {
    let rate = |column: &Column<'_>| column.name(Role::Case) + weigh::case(column);
    fixed.case.map_or_else(|| best(free(table, fixed), CASES, rate), |case| vec![case])
}

/// The activities of some cases, and none.
pub(super) fn activities(table: &Table<'_>, grouping: &Grouping, fixed: &Fixed) -> Vec<Option<usize>> {
    if fixed.activity.is_some() {
        return vec![fixed.activity];
    }
    let case = table.column(grouping.case);
    let is_other = |column: &&Column<'_>| case.is_none_or(|case| !is_alias(case, column));
    let rate = |column: &Column<'_>| rate_activity(column) + 3.0 * grouping.change(column.at);
    let activities = best(free(table, fixed).filter(is_other), ACTIVITIES, rate);
    activities.into_iter().map(Some).chain([None]).collect()
}

/// The timestamps, and none.
pub(super) fn timestamps(table: &Table<'_>, fixed: &Fixed) -> Vec<Option<usize>> {
    if fixed.timestamp.is_some() {
        return vec![fixed.timestamp];
    }
    let is_possible =
        |column: &&Column<'_>| column.kind.is_moment() || column.name(Role::Timestamp) >= TIMESTAMP_NAME;
    let timestamps = best(free(table, fixed).filter(is_possible), TIMESTAMPS, rate_timestamp);
    timestamps.into_iter().map(Some).chain([None]).collect()
}

/// The resources and what they are worth, the best one first.
pub(super) fn resources(table: &Table<'_>, fixed: &Fixed) -> Vec<(f64, usize)> {
    let worth = |column: &Column<'_>| Some((weigh::resource(column)?, column.at));
    let mut resources: Vec<_> = free(table, fixed).filter_map(worth).collect();
    resources.sort_by(|one, other| other.0.total_cmp(&one.0));
    resources.truncate(RESOURCES);
    resources
}

/// The columns that have values and no stated role.
fn free<'t, 'a>(table: &'t Table<'a>, fixed: &Fixed) -> impl Iterator<Item = &'t Column<'a>> {
    table.columns.iter().filter(|column| column.distinct > 0 && !fixed.has(column.at))
}

/// The best columns; of equal ones, the first.
fn best<'t, 'a: 't>(
    columns: impl Iterator<Item = &'t Column<'a>>,
    count: usize,
    rate: impl Fn(&Column<'_>) -> f64,
) -> Vec<usize> {
    let mut rated: Vec<(f64, usize)> = columns.map(|column| (rate(column), column.at)).collect();
    rated.sort_by(|one, other| other.0.total_cmp(&one.0));
    rated.into_iter().take(count).map(|(_, at)| at).collect()
}

fn rate_activity(column: &Column<'_>) -> f64 {
    let kind = if matches!(column.kind, Kind::Text | Kind::Integer) { 0.0 } else { -6.0 };
    let unique = if column.unique() > 0.5 { -4.0 } else { 0.0 };
    let constant = if column.distinct < 2 || column.is_lifecycle { -5.0 } else { 0.0 };
    let talk = column.talk.actions - column.talk.people;
    column.name(Role::Activity) + kind + unique + constant + talk - 5.0 * (1.0 - column.fill())
}

fn rate_timestamp(column: &Column<'_>) -> f64 {
    let kind = match column.kind {
        Kind::Date => 6.0,
        Kind::NumericDate => 2.0,
        Kind::Clock => 0.0,
        _ => -6.0,
    };
    column.name(Role::Timestamp) + kind + column.unique() - 4.0 * (1.0 - column.fill())
}
