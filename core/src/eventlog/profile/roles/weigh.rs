//! What speaks for a column in a role, as far as its values go. All weights are in one unit, so that they add up
//! with those of the headings.

use super::Role;
use super::cases::Cases;
use super::column::{Column, Kind};
use super::sequence::Sequence;
use super::table::Grouping;
use super::timing::{direction, spread};

/// What takes it off a case that another column divides into smaller ones.
pub(super) const COARSE_CASE: f64 = -0.75;
/// What a role is worth that no column has.
pub(super) const NO_CASE: f64 = -14.0;
pub(super) const NO_ACTIVITY: f64 = -4.0;
pub(super) const NO_TIMESTAMP: f64 = -2.0;

/// As a case id, by itself.
pub(super) fn case(column: &Column<'_>) -> f64 {
    let (rows, distinct) = (column.filled as f64, column.distinct as f64);
    let events = rows / distinct.max(1.0);
    let mut value = -6.0 * (1.0 - column.fill());
    value += match column.kind {
        Kind::Text => 0.0,
        Kind::Integer => 0.2,
        Kind::NumericDate => -0.5,
        Kind::Number => -3.0,
        Kind::Boolean => -5.0,
        Kind::Date | Kind::Clock => -6.0,
        Kind::Empty => -9.0,
    };
    value += match column.unique() {
        unique if unique > 0.95 => -5.0,
        unique if unique > 0.7 => -2.0,
        _ => 0.0,
    };
    if column.distinct <= 1 {
        value -= 8.0;
    }
    value += 1.5 * (events - 1.0).clamp(0.0, 1.0) - (events / 60.0).log(4.0).max(0.0);
    value += (0.5 * distinct.max(1.0).log10()).min(1.5);
    if column.length > 45.0 {
        value -= 3.0;
    }
    value += if column.kind == Kind::Text { column.digits - 0.5 } else { 0.5 };
    if column.is_lifecycle {
        value -= 4.0;
    }
    let runs =
        1 + column.codes.iter().zip(column.codes.iter().skip(1)).filter(|(one, next)| one != next).count();
    value + (rows - runs as f64) / (rows - distinct).max(1.0)
}

/// As a case id, by the share of the other columns that do not change inside its cases.
pub(super) fn case_attributes(fixed: f64) -> f64 {
    1.5 * fixed
}

/// As a case id, by how long its cases last.
pub(super) fn case_in_time(cases: &Cases, timestamp: &Column<'_>) -> f64 {
    let spread = timestamp.moments.as_ref().and_then(|moments| spread(cases, moments));
    spread.map_or(0.0, |spread| 3.0 * (1.0 - spread.min(1.2)))
}

/// As an activity.
pub(super) fn activity(column: &Column<'_>, change: f64, sequence: &Sequence) -> f64 {
    let (rows, distinct) = (column.filled.max(1) as f64, column.distinct as f64);
    let is_sure = column.name(Role::Activity) >= 6.0;
    let mut value = -5.0 * (1.0 - column.fill());
    value += match column.kind {
        Kind::Text => 2.0 - 0.5 * column.digits - column.talk.codes,
        Kind::Integer => -0.5,
        Kind::Number | Kind::NumericDate => -4.0,
        Kind::Boolean => -3.0,
        Kind::Date | Kind::Clock => -6.0,
        Kind::Empty => -9.0,
    };
    value += match column.distinct {
        // Only where the heading says so.
        0 | 1 => {
            if is_sure {
                -1.0
            } else {
                -5.0
            }
        }
        2 => -1.0,
        3..=60 => 1.0,
        _ => 1.0 - 1.5 * (distinct / 60.0).log10(),
    };
    value -= match column.unique() {
        unique if unique > 0.95 && rows >= 6.0 => 7.0,
        unique if unique > 0.5 && rows >= 30.0 => 4.0,
        unique if unique > 0.2 && rows >= 30.0 => 2.0,
        unique if unique > 0.8 && rows < 30.0 => 3.0,
        _ => 0.0,
    };
    value += 3.0 * change - 1.5 + 2.0 * sequence.alternating - 0.5 + 2.0 * sequence.ends.max(0.0);
    value += 1.5 * sequence.repeated - 0.5
        + 1.5 * sequence.lift * (rows / (distinct * distinct).max(1.0)).min(1.0);
    if change < 0.05 && !(column.distinct <= 1 && is_sure) {
        value -= 3.0;
    }
    if column.is_lifecycle {
        value -= 6.0;
    }
    if column.length > 60.0 {
        value -= 2.0;
    }
    value += 2.0 * sequence.placed - 0.5;
    value += column.talk.actions + 0.5 * column.talk.phrases - 2.0 * column.talk.people - 0.5;
    let is_counter = matches!(column.kind, Kind::Integer | Kind::Number) && sequence.rising > 0.95;
    if is_counter { value - 4.0 } else { value }
}

/// As a timestamp. `has_dates`: some column is a date.
pub(super) fn timestamp(column: &Column<'_>, grouping: &Grouping, has_dates: bool) -> f64 {
    let change = grouping.change(column.at);
    if column.kind == Kind::Clock && has_dates {
        return -6.0;
    }
    let mut value = -4.0 * (1.0 - column.fill());
    value += match column.kind {
        Kind::Date => 3.0,
        Kind::NumericDate => 1.0,
        Kind::Clock => -0.5,
        _ => -4.0,
    };
    value += 2.5 * change - 1.0 + column.unique().min(1.0);
    if change < 0.05 {
        value -= 3.0;
    }
    let Some(moments) = &column.moments else { return value };
    if column.kind == Kind::Date {
        value -= 1.5 * (1.0 - moments.readable);
    }
    value += 1.5 * direction(&grouping.cases, moments).unwrap_or_default();
    if moments.has_clock { value + 0.7 } else { value }
}

/// As a resource: only a heading speaks for one, values can be against it.
pub(super) fn resource(column: &Column<'_>) -> Option<f64> {
    let is_person =
        !matches!(column.kind, Kind::Date | Kind::Clock | Kind::Boolean | Kind::Number | Kind::Empty);
    let repeats = column.unique() <= 0.8 || column.filled <= 20;
    let constant = if column.distinct == 1 { 1.0 } else { 0.0 };
    (is_person && repeats).then(|| column.name(Role::Resource) + 0.3 * column.fill() - constant)
}
