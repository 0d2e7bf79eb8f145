//! What the values of a column are worth in a role. All weights have one unit, that of the headings, so that they add
//! up. They were found on real logs.

use super::Role;
use super::cases::Cases;
use super::column::Column;
use super::kind::Kind;
use super::sequence::Sequence;
use super::table::Grouping;
use super::timing::{direction, spread};

/// A case that another column divides into smaller ones.
pub(super) const COARSE_CASE: f64 = -0.75;
/// A role that no column has.
pub(super) const NO_CASE: f64 = -14.0;
pub(super) const NO_ACTIVITY: f64 = -4.0;
pub(super) const NO_TIMESTAMP: f64 = -2.0;

/// A column that changes in fewer of the cases is an attribute of the case.
const ATTRIBUTE: f64 = 0.05;
/// An activity of one value is only believed if its heading is worth this.
const CERTAIN_ACTIVITY: f64 = 6.0;

/// A case by itself: it groups the rows, and looks like an id.
pub(super) fn case(column: &Column<'_>) -> f64 {
    let kind = match column.kind {
        Kind::Text => column.digits - 0.5 - 2.0 * column.talk.lists,
        Kind::Integer => 0.7,
        Kind::NumericDate => 0.0,
        Kind::Number => -2.5,
        Kind::Boolean => -4.5,
        Kind::Date | Kind::Clock => -5.5,
        Kind::Empty => -8.5,
    };
    let long = if column.length > 45.0 { -3.0 } else { 0.0 };
    let lifecycle = if column.is_lifecycle { -4.0 } else { 0.0 };
    kind + long + lifecycle + case_sizes(column) + adjacency(column) - 6.0 * (1.0 - column.fill())
}

/// Many cases of a few events.
fn case_sizes(column: &Column<'_>) -> f64 {
    let cases = column.distinct.max(1) as f64;
    let events = column.filled as f64 / cases;
    let unique = match column.unique() {
        _ if column.distinct <= 1 => -8.0,
        unique if unique > 0.95 => -5.0,
        unique if unique > 0.7 => -2.0,
        _ => 0.0,
    };
    let many_events = (events / 60.0).log(4.0).max(0.0);
    unique + 1.5 * (events - 1.0).clamp(0.0, 1.0) - many_events + (0.5 * cases.log10()).min(1.5)
}

/// From 0 to 1: equal values stand in rows next to each other.
fn adjacency(column: &Column<'_>) -> f64 {
    let pairs = column.codes.iter().zip(column.codes.iter().skip(1));
    let runs = 1 + pairs.filter(|(one, next)| one != next).count();
    (column.filled as f64 - runs as f64) / column.filled.saturating_sub(column.distinct).max(1) as f64
}

/// A case by the share of the other columns that do not change in it.
pub(super) fn case_attributes(fixed: f64) -> f64 {
    1.5 * fixed
}

/// A case by how short it is.
pub(super) fn case_in_time(cases: &Cases, timestamp: &Column<'_>) -> f64 {
    let spread = timestamp.moments.as_ref().and_then(|moments| spread(cases, moments));
    spread.map_or(0.0, |spread| 3.0 * (1.0 - spread.min(1.2)))
}

/// An activity: `change` is the share of the cases in which it changes.
pub(super) fn activity(column: &Column<'_>, change: f64, sequence: &Sequence) -> f64 {
    let is_certain = column.name(Role::Activity) >= CERTAIN_ACTIVITY;
    let is_stuck = change < ATTRIBUTE && !(column.distinct <= 1 && is_certain);
    let is_counter = matches!(column.kind, Kind::Integer | Kind::Number) && sequence.rising > 0.95;
    let against =
        [(is_stuck, 3.0), (is_counter, 4.0), (column.is_lifecycle, 6.0), (column.length > 60.0, 2.0)];
    let against: f64 = against.iter().filter(|(is_so, _)| *is_so).map(|(_, weight)| weight).sum();
    activity_kind(column) + activity_count(column, is_certain) + activity_flow(column, change, sequence)
        - against
        - 5.0 * (1.0 - column.fill())
}

/// Words for what is done, not codes, not people, not data.
fn activity_kind(column: &Column<'_>) -> f64 {
    let talk = column.talk;
    match column.kind {
        Kind::Text => {
            1.5 - 0.5 * column.digits + talk.actions + 0.5 * talk.phrases
                - talk.codes
                - 2.0 * (talk.people + talk.lists)
        }
        Kind::Integer => -1.0,
        Kind::Boolean => -3.5,
        Kind::Number | Kind::NumericDate => -4.5,
        Kind::Date | Kind::Clock => -6.5,
        Kind::Empty => -9.5,
    }
}

/// Some values, again and again.
fn activity_count(column: &Column<'_>, is_certain: bool) -> f64 {
    let count = match column.distinct {
        0 | 1 if is_certain => -1.0,
        0 | 1 => -5.0,
        2 => -1.0,
        3..=60 => 1.0,
        distinct => 1.0 - 1.5 * (distinct as f64 / 60.0).log10(),
    };
    // In a few rows much is unique by chance.
    let is_long = column.filled >= 30;
    let unique = match column.unique() {
        unique if unique > 0.95 && column.filled >= 6 => -7.0,
        unique if unique > 0.5 && is_long => -4.0,
        unique if unique > 0.2 && is_long => -2.0,
        unique if unique > 0.8 && !is_long => -3.0,
        _ => 0.0,
    };
    count + unique
}

/// It changes in the cases, in an order that comes back.
fn activity_flow(column: &Column<'_>, change: f64, sequence: &Sequence) -> f64 {
    let distinct = column.distinct.max(1) as f64;
    let is_lift_sure = (column.filled as f64 / (distinct * distinct)).min(1.0);
    3.0 * change
        + 2.0 * sequence.alternating
        + 2.0 * sequence.ends.max(0.0)
        + 1.5 * sequence.repeated
        + 1.5 * sequence.lift * is_lift_sure
        + 2.0 * sequence.placed
        - 3.0
}

/// A timestamp: it changes in the cases, in one direction. `has_dates`: some column is a date.
pub(super) fn timestamp(column: &Column<'_>, grouping: &Grouping, has_dates: bool) -> f64 {
    let kind = match column.kind {
        Kind::Clock if has_dates => return -6.0,
        Kind::Date => 3.0,
        Kind::NumericDate => 1.0,
        Kind::Clock => -0.5,
        _ => -4.0,
    };
    let change = grouping.change(column.at);
    let attribute = if change < ATTRIBUTE { -3.0 } else { 0.0 };
    let value = kind + attribute + 2.5 * change - 1.0 + column.unique() - 4.0 * (1.0 - column.fill());
    let Some(moments) = &column.moments else { return value };
    let unread = if column.kind == Kind::Date { 1.5 * (1.0 - moments.readable) } else { 0.0 };
    let clock = if moments.has_clock { 0.7 } else { 0.0 };
    value - unread + clock + 1.5 * direction(&grouping.cases, moments).unwrap_or_default()
}

/// A resource, by its heading: values can only speak against it.
pub(super) fn resource(column: &Column<'_>) -> Option<f64> {
    let is_id = matches!(column.kind, Kind::Text | Kind::Integer | Kind::NumericDate);
    let repeats = column.unique() <= 0.8 || column.filled <= 20;
    let constant = if column.distinct == 1 { -1.0 } else { 0.0 };
    let actions = if column.talk.actions > 0.6 { -3.0 } else { 0.0 };
    (is_id && repeats).then(|| column.name(Role::Resource) + 0.3 * column.fill() + constant + actions)
}
