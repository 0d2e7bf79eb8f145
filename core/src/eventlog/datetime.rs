//! Which texts are a date or a date with a time.

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
};

/// ISO 8601 with dashes: a date, with a time after `T` or a space, with an offset or without.
pub(super) fn is_iso(value: &str) -> bool {
    // Without the dash `20240131` would be one, which in a log is a number.
    value.as_bytes().get(4) == Some(&b'-')
        && (value.parse::<Timestamp>().is_ok() || value.parse::<DateTime>().is_ok())
}

/// `2024/01/31`, `2024.01.31`, with an optional time.
pub(super) fn is_year_month_day(value: &str) -> bool {
    !value.contains('-') && is_date_with_time(value, |[year, month, day]| [year, month, day])
}

/// `31/01/2024`, `31.01.2024`, `31-01-2024`, with an optional time.
pub(super) fn is_day_month_year(value: &str) -> bool {
    is_date_with_time(value, |[day, month, year]| [year, month, day])
}

/// `01/31/2024`, with an optional time.
pub(super) fn is_month_day_year(value: &str) -> bool {
    is_date_with_time(value, |[month, day, year]| [year, month, day])
}

type Order = fn([&str; 3]) -> [&str; 3];

fn is_date_with_time(value: &str, order: Order) -> bool {
    let (date, time) = match value.split_once([' ', 'T']) {
        Some((date, time)) => (date, Some(time)),
        None => (value, None),
    };
    is_date(date, order) && time.is_none_or(|time| is_time(time.trim_ascii()))
}

fn is_date(date: &str, order: Order) -> bool {
    let Some(separator) = ['/', '.', '-'].into_iter().find(|c| date.contains(*c)) else {
        return false;
    };
    let mut parts = date.split(separator);
    let (Some(first), Some(second), Some(third), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    is_calendar_date(order([first, second, third])).unwrap_or(false)
}

fn is_calendar_date([year, month, day]: [&str; 3]) -> Option<bool> {
    let digits = |part: &str| part.bytes().all(|c| c.is_ascii_digit());
    let lengths = year.len() == 4 && month.len() <= 2 && day.len() <= 2;
    if !(lengths && digits(year) && digits(month) && digits(day)) {
        return None;
    }
    Some(Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).is_ok())
}

/// `9:05`, `09:05:00.123`, `9:05 PM`.
fn is_time(time: &str) -> bool {
    let (clock, half_day) = match time.rsplit_once(' ') {
        Some((clock, half)) => (clock, half.eq_ignore_ascii_case("am") || half.eq_ignore_ascii_case("pm")),
        None => (time, true),
    };
    // The parser wants two digits for the hour.
    let padded = if clock.find(':') == Some(1) { format!("0{clock}") } else { clock.to_owned() };
    half_day && padded.parse::<Time>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn iso_variants() {
        for value in [
            "2024-01-31",
            "2024-01-31T12:00:00",
            "2024-01-31 12:00",
            "2011-10-11 13:45:40.276000+02:00",
            "2010-12-30T14:32:00.000+01:00",
            "2024-01-31T12:00:00Z",
            "2024-01-31T12:00:00.123456789Z",
        ] {
            assert!(is_iso(value), "{value}");
        }
    }

    #[test]
    fn not_iso() {
        for value in
            ["20240131", "2024-13-01", "2024-02-30", "2024-01", "1234-5678", "4711", "", "2024-01-31x"]
        {
            assert!(!is_iso(value), "{value}");
        }
    }

    #[test]
    fn dates_by_their_order() {
        assert!(is_day_month_year("31/01/2024 12:00"));
        assert!(is_day_month_year("28.02.2024"));
        assert!(is_day_month_year("1.2.2024 9:05:10"));
        assert!(is_day_month_year("31-01-2024"));
        assert!(is_month_day_year("1/31/2024 9:05 PM"));
        assert!(is_year_month_day("2024/01/31"));
        assert!(!is_year_month_day("2024-01-31"));
        assert!(is_year_month_day("2024/01/31 10:11:12.5"));
    }

    #[test]
    fn no_dates() {
        for value in [
            "31/13/2024",
            "1/2/24",
            "1.2.3",
            "192.168.0.1",
            "1/2/2024 25:00",
            "a/b/cdef",
            "//",
            "1.2.2024 9:05 xx",
        ] {
            assert!(!is_day_month_year(value), "{value}");
        }
        assert!(!is_day_month_year("ä/ö/üüüü"));
    }
}
