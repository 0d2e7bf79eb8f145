//! The time of day of a date, where it stands in a column of its own: both are one moment.

use std::cmp::Reverse;

use super::Role;
use super::column::Column;
use super::kind::Kind;
use super::words::ENDS;

/// Adds the time of day to the dates that have none, if a column has it.
pub(super) fn join(columns: &mut [Column<'_>]) {
    let clocks: Vec<Option<usize>> = columns.iter().map(|date| clock_of(date, columns)).collect();
    for (date, clock) in clocks.into_iter().enumerate() {
        let moments = clock.and_then(|clock| columns.get(clock)?.moments.clone());
        if let (Some(clock_moments), Some(column)) = (moments, columns.get_mut(date))
            && let Some(date_moments) = &mut column.moments
        {
            date_moments.add_clock(&clock_moments);
            let (codes, distinct) = date_moments.codes();
            (column.codes, column.distinct, column.clock) = (codes.into(), distinct, clock);
        }
    }
}

/// The column that fits best, of equal ones the nearest; none if it fits another date better.
fn clock_of(date: &Column<'_>, columns: &[Column<'_>]) -> Option<usize> {
    let is_before = |time: &Column<'_>| time.at < date.at;
    let nearness = |time: &Column<'_>| Reverse((time.at.abs_diff(date.at), is_before(time)));
    let fits = columns.iter().filter_map(|time| Some((fit(date, time)?, nearness(time), time)));
    let (best, _, time) = fits.max_by_key(|(fit, nearness, _)| (*fit, *nearness))?;
    let is_best = columns.iter().filter_map(|other| fit(other, time)).all(|other| other <= best);
    is_best.then_some(time.at)
}

/// How well a date and a time of day go together: by the words that they share, and by how much the heading of the
/// date is that of a timestamp.
fn fit(date: &Column<'_>, time: &Column<'_>) -> Option<(bool, usize, i64)> {
    let is_date = matches!(date.kind, Kind::Date | Kind::NumericDate);
    let has_clock = date.moments.as_ref().is_none_or(|moments| moments.has_clock);
    if !is_date || has_clock || time.kind != Kind::Clock || time.fill() < 0.5 * date.fill() {
        return None;
    }
    let shared = time.heading.words.iter().filter(|word| date.heading.words.contains(word)).count();
    let is_other_end = is_end(time) && !is_end(date);
    Some((!is_other_end, shared, (10.0 * date.name(Role::Timestamp)) as i64))
}

fn is_end(column: &Column<'_>) -> bool {
    let is_end = |word: &String| ENDS.split_whitespace().any(|end| end == word);
    column.heading.words.iter().any(is_end)
}
