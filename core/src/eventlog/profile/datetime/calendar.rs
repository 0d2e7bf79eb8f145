//! The Gregorian calendar in days and microseconds since 1970. A library's timestamp ends before 9999-12-31 does.

/// Microseconds of a day.
pub(super) const DAY: i64 = 86_400_000_000;

/// How many days a month has, and how many the months before it, in a year that is no leap year.
const MONTHS: [(u32, u32); 12] = [
    (31, 0),
    (28, 31),
    (31, 59),
    (30, 90),
    (31, 120),
    (30, 151),
    (31, 181),
    (31, 212),
    (30, 243),
    (31, 273),
    (30, 304),
    (31, 334),
];
/// Days from 0001-01-01 to 1970-01-01.
const DAYS_TO_1970: i64 = 719_162;

/// Days from 1970 to a date. There is no year 0.
pub(super) fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    let (year, day) = (u32::try_from(year).ok()?, u32::try_from(day).ok()?);
    let (length, before) = *MONTHS.get(usize::try_from(month - 1).ok()?)?;
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let is_longer = is_leap && month == 2;
    if !(1..=9999).contains(&year) || day == 0 || day > length + u32::from(is_longer) {
        return None;
    }
    let years = year - 1;
    let leap_days = years / 4 - years / 100 + years / 400 + u32::from(is_leap && month > 2);
    Some(i64::from(years * 365 + leap_days + before + day - 1) - DAYS_TO_1970)
}

/// Year, month and day: the reverse of [`days`].
pub(super) fn date(days: i64) -> (i64, i64, i64) {
    let since = days + 719_468;
    let (era, of_era) = (since.div_euclid(146_097), since.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// The date of a moment.
pub(crate) fn year_month_day(micros: i64) -> (i64, i64, i64) {
    date(micros.div_euclid(DAY))
}

/// The year that two digits stand for, as POSIX has it: 69 to 99 are in the last century.
pub(super) fn full_year(two_digits: i64) -> i64 {
    two_digits + if two_digits < 69 { 2000 } else { 1900 }
}

/// Formats a moment as ISO 8601, to the second or as exactly as it is known, with `Z` if it is in UTC.
pub(crate) fn to_text(micros: i64, zoned: bool) -> String {
    let (year, month, day) = date(micros.div_euclid(DAY));
    let of_day = micros.rem_euclid(DAY);
    let (seconds, fraction) = (of_day / 1_000_000, of_day % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let mut text = format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}");
    if fraction > 0 {
        text.push_str(format!(".{fraction:06}").trim_end_matches('0'));
    }
    if zoned {
        text.push('Z');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn to_text_shows_fraction_and_zone_only_if_known() {
        assert_eq!(to_text(0, true), "1970-01-01T00:00:00Z");
        assert_eq!(to_text(-1, false), "1969-12-31T23:59:59.999999");
        assert_eq!(to_text(253_402_300_799_500_000, false), "9999-12-31T23:59:59.5");
        assert_eq!(to_text(-62_135_596_800_000_000, false), "0001-01-01T00:00:00");
    }

    proptest! {
        #[test]
        fn date_reverses_days(since in -719_162_i64..2_932_897) {
            let (year, month, day) = date(since);
            prop_assert_eq!(days(year, month, day), Some(since));
            let civil = jiff::civil::date(year as i16, month as i8, day as i8);
            prop_assert_eq!(civil.weekday().to_monday_zero_offset() as i64, (since + 3).rem_euclid(7));
        }
    }
}
