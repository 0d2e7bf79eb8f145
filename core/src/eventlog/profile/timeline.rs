//! How the events are spread over time.

use std::collections::HashMap;

use foldhash::fast::RandomState;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

use crate::eventlog::report::EventLogPeriod;

const HOUR: i64 = 3_600_000_000;
/// As many hours as are kept apart, which is ten years of events at every hour; beyond that, days.
const MOST_HOURS: usize = 100_000;
/// As many periods as a report has at most.
const MOST_PERIODS: i64 = 48;

/// Counts events by the hour, or by the day where there are too many hours.
#[derive(Debug)]
pub(crate) struct Timeline {
    unit: i64,
    counts: HashMap<i64, u64, RandomState>,
    /// The unit that is being counted, from when to when: logs come in the order of time, or nearly.
    current: (i64, i64),
    events: u64,
}

impl Default for Timeline {
    fn default() -> Self {
        Self { unit: HOUR, counts: HashMap::default(), current: (0, 0), events: 0 }
    }
}

impl Timeline {
    #[inline]
    pub fn add(&mut self, micros: i64) {
        let (from, to) = self.current;
        if micros < from || micros >= to {
            self.flush();
            let from = micros.div_euclid(self.unit).saturating_mul(self.unit);
            self.current = (from, from.saturating_add(self.unit));
        }
        self.events += 1;
    }

    fn flush(&mut self) {
        let (from, _) = std::mem::take(&mut self.current);
        let events = std::mem::take(&mut self.events);
        if events > 0 {
            *self.counts.entry(from.div_euclid(self.unit)).or_default() += events;
            self.bound();
        }
    }

    fn bound(&mut self) {
        if self.counts.len() > MOST_HOURS {
            self.coarsen();
        }
    }

    /// From here on days are counted.
    fn coarsen(&mut self) {
        if self.unit == HOUR {
            self.unit = 24 * HOUR;
            for (hour, count) in std::mem::take(&mut self.counts) {
                *self.counts.entry(hour.div_euclid(24)).or_default() += count;
            }
        }
    }

    /// Adds what another worker has counted.
    pub fn merge(&mut self, mut other: Self) {
        self.flush();
        other.flush();
        if self.unit != other.unit {
            self.coarsen();
            other.coarsen();
        }
        for (at, count) in other.counts {
            *self.counts.entry(at).or_default() += count;
        }
        self.bound();
    }

    /// The periods from the first event to the last, those without any event too: hours, days, months or years,
    /// whichever are few enough.
    pub fn finish(mut self) -> Vec<EventLogPeriod> {
        self.flush();
        let moments = || self.counts.keys().filter_map(|at| self.moment(*at));
        let (Some(first), Some(last)) = (moments().min(), moments().max()) else { return Vec::new() };
        let step = Step::between(first, last, self.unit == HOUR);
        let mut periods = vec![0_u64; usize::try_from(step.of(last) - step.of(first) + 1).unwrap_or(0)];
        for (at, count) in &self.counts {
            let place = self.moment(*at).and_then(|at| usize::try_from(step.of(at) - step.of(first)).ok());
            if let Some(period) = place.and_then(|place| periods.get_mut(place)) {
                *period += count;
            }
        }
        let start = step.of(first);
        let period = |(count, at): (u64, i64)| EventLogPeriod {
            start: step.name(at),
            events: crate::progress::count(count),
        };
        periods.into_iter().zip(start..).map(period).collect()
    }

    fn moment(&self, at: i64) -> Option<DateTime> {
        Some(Offset::UTC.to_datetime(Timestamp::from_microsecond(at.checked_mul(self.unit)?).ok()?))
    }
}

/// The length of a period.
#[derive(Clone, Copy)]
enum Step {
    Hour,
    Day,
    Month,
    Years(i64),
}

impl Step {
    fn between(first: DateTime, last: DateTime, hours: bool) -> Self {
        let few = |step: Self| step.of(last) - step.of(first) < MOST_PERIODS;
        let finest =
            if hours { &[Self::Hour, Self::Day, Self::Month][..] } else { &[Self::Day, Self::Month] };
        let long = [1, 5, 10, 50, 100, 500].map(Self::Years);
        finest.iter().copied().chain(long).find(|step| few(*step)).unwrap_or(Self::Years(1000))
    }

    /// The number of the period that a moment is in.
    fn of(self, at: DateTime) -> i64 {
        match self {
            Self::Hour => days(at.date()) * 24 + i64::from(at.hour()),
            Self::Day => days(at.date()),
            Self::Month => i64::from(at.year()) * 12 + i64::from(at.month()) - 1,
            Self::Years(count) => i64::from(at.year()).div_euclid(count),
        }
    }

    /// The start of a period: `2024-01-31T09`, `2024-01-31`, `2024-01` or `2024`.
    fn name(self, at: i64) -> String {
        let date = |days: i64| {
            let moment = Timestamp::from_second(days * 86_400).map(|at| Offset::UTC.to_datetime(at).date());
            moment.map(|date| date.to_string()).unwrap_or_default()
        };
        match self {
            Self::Hour => format!("{}T{:02}", date(at.div_euclid(24)), at.rem_euclid(24)),
            Self::Day => date(at),
            Self::Month => format!("{:04}-{:02}", at.div_euclid(12), at.rem_euclid(12) + 1),
            Self::Years(count) => format!("{:04}", at * count),
        }
    }
}

fn days(date: Date) -> i64 {
    let midnight = Offset::UTC.to_timestamp(date.to_datetime(jiff::civil::Time::midnight()));
    midnight.map(|at| at.as_second().div_euclid(86_400)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::profile::datetime::iso;

    fn periods(moments: &[&str]) -> Vec<(String, i64)> {
        let mut timeline = Timeline::default();
        moments.iter().for_each(|at| timeline.add(iso(at.as_bytes()).unwrap().micros));
        timeline.finish().into_iter().map(|period| (period.start, period.events)).collect()
    }

    fn of(pairs: &[(&str, i64)]) -> Vec<(String, i64)> {
        pairs.iter().map(|(start, events)| ((*start).to_owned(), *events)).collect()
    }

    #[test]
    fn periods_fit_the_log() {
        assert_eq!(periods(&[]), of(&[]));
        assert_eq!(
            periods(&["2024-01-31T23:59", "2024-02-01T00:00", "2024-01-31T23:00"]),
            of(&[("2024-01-31T23", 2), ("2024-02-01T00", 1)])
        );
        assert_eq!(periods(&["2024-01-30", "2024-02-01"]).len(), 49 - 1 + 1 - 46);
        assert_eq!(
            periods(&["2023-11-30", "2024-01-31T23:59", "2024-02-01"]),
            of(&[("2023-11", 1), ("2023-12", 0), ("2024-01", 1), ("2024-02", 1)])
        );
        assert_eq!(periods(&["1969-06-01", "1970-01-01"])[0], ("1969-06".to_owned(), 1));
        assert_eq!(periods(&["1000-01-01", "2024-01-01"])[0], ("1000".to_owned(), 1));
        assert!(periods(&["0001-01-01", "9999-12-31"]).len() <= 48);
    }

    #[test]
    fn very_many_hours_become_days() {
        let (mut few, mut many) = (Timeline::default(), Timeline::default());
        (0..150_000).for_each(|hour| many.add(hour * HOUR));
        (0..10).for_each(|hour| few.add(hour * HOUR));
        few.merge(many);
        assert!(few.counts.len() < MOST_HOURS);
        assert_eq!(few.finish().iter().map(|period| period.events).sum::<i64>(), 150_010);
    }

    #[test]
    fn hours_that_are_too_many_only_together_become_days() {
        let (mut even, mut odd) = (Timeline::default(), Timeline::default());
        (0..60_000).for_each(|at| even.add(at * 2 * HOUR));
        (0..60_000).for_each(|at| odd.add((at * 2 + 1) * HOUR));
        even.merge(odd);
        let years = even.finish();
        assert_eq!((years[0].start.as_str(), years[0].events), ("1970", 365 * 24));
        assert_eq!((years.len(), years.iter().map(|year| year.events).sum::<i64>()), (14, 120_000));
    }
}
