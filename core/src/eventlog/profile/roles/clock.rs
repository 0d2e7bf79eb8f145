//! The time of day of a date, where it stands in a column of its own: both are one moment.

use std::cmp::Reverse;

use super::Role;
use super::column::{Column, Kind};
use super::words::ENDS;

/// Adds the time of day to the dates that have none, where a column has it. Of several dates, it is that of one.
pub(super) fn join(columns: &mut [Column<'_>]) {
    let clock_of: Vec<Option<usize>> =
        columns.iter().map(|date| best(columns, |time| fit(date, time))).collect();
    for (date, clock) in clock_of.into_iter().enumerate() {
        let Some(time) = clock.and_then(|at| columns.get(at)) else { continue };
        let moments = time.moments.clone().filter(|_| best(columns, |date| fit(date, time)) == Some(date));
        if let (Some(clock_moments), Some(column)) = (moments, columns.get_mut(date))
            && let Some(date_moments) = &mut column.moments
        {
            date_moments.add_clock(&clock_moments);
            let (codes, distinct) = date_moments.codes();
            (column.codes, column.distinct, column.clock) = (codes.into(), distinct, clock);
        }
    }
}

fn best<T: Ord>(columns: &[Column<'_>], fit: impl Fn(&Column<'_>) -> Option<T>) -> Option<usize> {
    let fits = columns.iter().filter_map(|column| Some((fit(column)?, Reverse(column.at))));
    fits.max().map(|(_, Reverse(at))| at)
}

/// How well a date and a time of day go together, if they can: the words that they share, then how much the heading
/// of the date is that of a timestamp, then how near they are.
fn fit(date: &Column<'_>, time: &Column<'_>) -> Option<(bool, usize, i64, Reverse<usize>)> {
    let is_date = matches!(date.kind, Kind::Date | Kind::NumericDate);
    let has_clock = date.moments.as_ref().is_none_or(|moments| moments.has_clock) && date.clock.is_none();
    if !is_date || has_clock || time.kind != Kind::Clock || time.fill() < 0.5 * date.fill() {
        return None;
    }
    let shared = time.heading.words.iter().filter(|word| date.heading.words.contains(word)).count();
    let is_other_end = is_end(time) && !is_end(date);
    let name = (10.0 * date.name(Role::Timestamp)) as i64;
    Some((!is_other_end, shared, name, Reverse(time.at.abs_diff(date.at))))
}

fn is_end(column: &Column<'_>) -> bool {
    column.heading.words.iter().any(|word| ENDS.contains(&word.as_str()))
}
