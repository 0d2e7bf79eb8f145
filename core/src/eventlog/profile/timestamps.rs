//! The column of timestamps: which of its values are dates, and in what order day and month are.

use crate::eventlog::profile::datetime::{self, Moment};
use crate::eventlog::report::problem::{Places, ProblemCode, Problems};

/// What is odd about a timestamp.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News {
    Unreadable,
    DayFirst,
    MonthFirst,
    EitherFirst,
    Zoned,
    Unzoned,
}

/// Reads the timestamps of a log.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stamps {
    /// Where both orders are possible, the month is first.
    month_first: bool,
    news: Option<(News, String)>,
    unreadable: Places,
    day_first: Places,
    month_first_only: Places,
    either_first: Places,
    zoned: Places,
    unzoned: Places,
    /// How many have no offset, and how many have one: of these only the first are placed.
    offsets: [u64; 2],
}

impl Stamps {
    /// Takes the order of day and month from the first values of the column.
    pub fn of_sample<'a>(values: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut sample = Self::default();
        for value in values {
            sample.read(value.trim_ascii(), None);
            sample.place(&|| 0);
        }
        Self { month_first: sample.month_first_only.count > sample.day_first.count, ..Self::default() }
    }

    /// The moment of a value, which may have been read already.
    #[inline]
    pub fn read(&mut self, value: &[u8], read: Option<Moment>) -> Option<i64> {
        if let Some(moment) = read.or_else(|| datetime::iso(value)) {
            return self.take(Some(moment));
        }
        self.read_other(value)
    }

    /// The moment that a file states, or nothing where it states another value.
    #[inline]
    pub fn take(&mut self, moment: Option<Moment>) -> Option<i64> {
        let Some(moment) = moment else {
            self.news = Some((News::Unreadable, String::new()));
            return None;
        };
        let [without, with] = &mut self.offsets;
        *(if moment.zoned { with } else { without }) += 1;
        let (places, news) = match moment.zoned {
            true => (&self.zoned, News::Zoned),
            false => (&self.unzoned, News::Unzoned),
        };
        if !places.is_full() {
            self.news = Some((news, String::new()));
        }
        Some(moment.micros)
    }

    #[cold]
    fn read_other(&mut self, value: &[u8]) -> Option<i64> {
        let reading = datetime::read(value);
        let (day_first, month_first) =
            reading.map_or((None, None), |reading| (reading.moments.day, reading.moments.month));
        let is_pointed = reading.is_some_and(|reading| reading.notation.has_dots());
        let (moment, news) = match (day_first, month_first) {
            (None, None) => (None, Some(News::Unreadable)),
            (Some(moment), None) => (Some(moment), Some(News::DayFirst)),
            (None, Some(moment)) => (Some(moment), Some(News::MonthFirst)),
            (Some(one), Some(other)) if one == other || is_pointed => (Some(one), None),
            (Some(day_first), Some(month_first)) => {
                (Some(if self.month_first { month_first } else { day_first }), Some(News::EitherFirst))
            }
        };
        if let Some(news) = news {
            let is_told = self.places(news).count > 0 && news != News::Unreadable;
            let example = if is_told { String::new() } else { String::from_utf8_lossy(value).into_owned() };
            self.news = Some((news, example));
        }
        moment.map(|moment| moment.micros)
    }

    /// Whether the value that was read last is to be placed.
    #[inline]
    pub fn has_news(&self) -> bool {
        self.news.is_some()
    }

    /// Keeps the line of the value that was read last.
    pub fn place(&mut self, line: &dyn Fn() -> u64) {
        if let Some((news, example)) = self.news.take() {
            self.places_mut(news).add(|| Some(line()), || Some(example).filter(|text| !text.is_empty()));
        }
    }

    fn places(&self, news: News) -> &Places {
        match news {
            News::Unreadable => &self.unreadable,
            News::DayFirst => &self.day_first,
            News::MonthFirst => &self.month_first_only,
            News::EitherFirst => &self.either_first,
            News::Zoned => &self.zoned,
            News::Unzoned => &self.unzoned,
        }
    }

    fn places_mut(&mut self, news: News) -> &mut Places {
        match news {
            News::Unreadable => &mut self.unreadable,
            News::DayFirst => &mut self.day_first,
            News::MonthFirst => &mut self.month_first_only,
            News::EitherFirst => &mut self.either_first,
            News::Zoned => &mut self.zoned,
            News::Unzoned => &mut self.unzoned,
        }
    }

    /// Adds what another worker has read.
    pub fn merge(&mut self, other: Self) {
        self.unreadable.merge(other.unreadable);
        self.day_first.merge(other.day_first);
        self.month_first_only.merge(other.month_first_only);
        self.either_first.merge(other.either_first);
        self.zoned.merge(other.zoned);
        self.unzoned.merge(other.unzoned);
        self.offsets.iter_mut().zip(other.offsets).for_each(|(own, other)| *own += other);
    }

    /// Whether the moments are what they were taken for: the order of day and month turned out to be the other.
    pub fn is_sure(&self) -> bool {
        match self.month_first {
            true => self.day_first.count == 0,
            false => self.month_first_only.count == 0,
        }
    }

    /// Adds what is wrong with the column to the problems.
    pub fn finish(self, column: usize, problems: &mut Problems) {
        let message = "The timestamp can't be read as a date.";
        if self.unreadable.count > 0 {
            problems.of_places(ProblemCode::UnreadableTimestamp, column, self.unreadable, message.to_owned());
        }
        let (day, month) = (self.day_first.count, self.month_first_only.count);
        if day > 0 && month > 0 {
            let (places, order, other) = if day < month {
                (self.day_first, "day", "month")
            } else {
                (self.month_first_only, "month", "day")
            };
            let message = format!("The date has the {order} first, where most have the {other} first.");
            problems.of_places(ProblemCode::MixedDateOrder, column, places, message);
        } else if day + month == 0 && self.either_first.count > 0 {
            let message =
                "The date could have the day or the month first, and so could all others.".to_owned();
            problems.of_places(ProblemCode::AmbiguousDateOrder, column, self.either_first, message);
        }
        let [without, with] = self.offsets;
        if without > 0 && with > 0 {
            let (places, count, message) = if without <= with {
                (self.unzoned, without, "The timestamp has no offset from UTC, where others have one.")
            } else {
                (self.zoned, with, "The timestamp has an offset from UTC, where others have none.")
            };
            problems.of_places(ProblemCode::MixedTimeZones, column, places.of(count), message.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(values: &[&str]) -> Vec<(String, Option<i64>, i64)> {
        let mut stamps = Stamps::of_sample(values.iter().map(|value| value.as_bytes()));
        for (value, row) in values.iter().zip(2..) {
            stamps.read(value.as_bytes(), None);
            stamps.place(&|| row);
        }
        let mut problems = Problems::default();
        stamps.finish(0, &mut problems);
        let found = problems.finish(crate::eventlog::Format::Csv, |_| String::new());
        found.into_iter().map(|problem| (problem.code, problem.row, problem.count)).collect()
    }

    fn one(code: &str, row: i64, count: i64) -> Vec<(String, Option<i64>, i64)> {
        vec![(code.to_owned(), Some(row), count)]
    }

    #[test]
    fn the_order_of_day_and_month_is_told() {
        assert_eq!(problems(&["31/01/2024", "01/02/2024"]), []);
        assert_eq!(problems(&["01/02/2024", "03/04/2024"]), one("AMBIGUOUS_DATE_ORDER", 2, 2));
        assert_eq!(problems(&["31/01/2024", "30/01/2024", "01/31/2024"]), one("MIXED_DATE_ORDER", 4, 1));
        assert_eq!(problems(&["01.02.2024", "03.04.2024", "03/03/2024"]), []);
    }

    #[test]
    fn what_is_no_date_and_what_has_no_offset_is_told() {
        assert_eq!(problems(&["2024-01-01", "soon", "2024-13-01"]), one("UNREADABLE_TIMESTAMP", 3, 2));
        let zoned = ["2024-01-01T10:00Z"; 30];
        assert_eq!(problems(&[&zoned[..], &["2024-01-01T10:00"]].concat()), one("MIXED_TIME_ZONES", 32, 1));
    }

    #[test]
    fn the_sample_tells_which_is_first() {
        let mut stamps = Stamps::of_sample([&b"01/31/2024"[..], b"02/01/2024"]);
        assert_eq!(stamps.read(b"02/01/2024", None), Some(datetime::iso(b"2024-02-01").unwrap().micros));
        assert!(stamps.is_sure());
        stamps.read(b"31/01/2024", None);
        stamps.place(&|| 9);
        assert!(!stamps.is_sure());
    }
}
