use super::*;
use jiff::civil;
use jiff::tz::{Offset, TimeZone};
use proptest::prelude::{Strategy, prop, prop_assert, prop_assert_eq, prop_assume, proptest};
use proptest::sample::select;

fn text(moment: Option<Moment>) -> Option<String> {
    moment.map(|moment| to_text(moment.micros, moment.zoned))
}

fn read_in(order: Order, value: &str) -> Option<String> {
    text(read(value.as_bytes()).and_then(|reading| reading.moments.get(order)))
}

#[test]
fn read_knows_the_order_of_day_and_month() {
    use Order::*;
    for (order, value, meant) in [
        (Day, "31/01/2024 12:00", "2024-01-31T12:00:00"),
        (Day, "28.02.2024", "2024-02-28T00:00:00"),
        (Day, "1.2.2024 9:05:10", "2024-02-01T09:05:10"),
        (Day, "13. 1. 2024", "2024-01-13T00:00:00"),
        (Day, "31-01-2024", "2024-01-31T00:00:00"),
        (Day, "11-01-2011:09.02", "2011-01-11T09:02:00"),
        (Day, "13.01.2024, 09:05 Uhr", "2024-01-13T09:05:00"),
        (Day, "13.01.2024 - 09:05", "2024-01-13T09:05:00"),
        (Day, "13.01.24 09:05", "2024-01-13T09:05:00"),
        (Day, "13/01/24", "2024-01-13T00:00:00"),
        (Day, "13/01/69", "1969-01-13T00:00:00"),
        (Day, "13/01/68", "2068-01-13T00:00:00"),
        (Day, "31.12.2024 24:00", "2025-01-01T00:00:00"),
        (Day, "31.12.9999", "9999-12-31T00:00:00"),
        (Month, "1/31/2024 9:05 PM", "2024-01-31T21:05:00"),
        (Month, "1/31/2024 12:05 am", "2024-01-31T00:05:00"),
        (Month, "1/31/2024, 9:05:00\u{202f}PM", "2024-01-31T21:05:00"),
        (Month, "1/31/24 9:05", "2024-01-31T09:05:00"),
        (Year, "24-01-31 9:05", "2024-01-31T09:05:00"),
        (Year, "2024/01/31", "2024-01-31T00:00:00"),
        (Year, "2024/1/1 8:5:3", "2024-01-01T08:05:03"),
        (Year, "2024.01.31 10:11:12.5", "2024-01-31T10:11:12.5"),
        (Year, "2024. 01. 31. 9:05", "2024-01-31T09:05:00"),
        (Year, "2024/01/31 10:11:12.1234567", "2024-01-31T10:11:12.123456"),
        (Year, "2024年1月31日 9:05", "2024-01-31T09:05:00"),
        (Year, "2024年01月31日下午3:05", "2024-01-31T15:05:00"),
        (Year, "2024년 1월 31일 오전 9:05", "2024-01-31T09:05:00"),
        (Year, "2024年1月31日 8时05分30秒", "2024-01-31T08:05:30"),
        (Year, "13-JAN-24 09.05.07.123456 AM", "2024-01-13T09:05:07.123456"),
        (Year, "13JAN2024:08:05:00.5", "2024-01-13T08:05:00.5"),
        (Year, "13/Jan/2024:08:05:00 +0100", "2024-01-13T07:05:00Z"),
        (Year, "Jan 13 2024  8:05AM", "2024-01-13T08:05:00"),
        (Year, "January 13, 2024 at 8:05 PM", "2024-01-13T20:05:00"),
        (Year, "Sat, 13 Jan 2024 08:05:00 +0100", "2024-01-13T07:05:00Z"),
        (Year, "Thu Feb 24 00:01:15 CET 2022", "2022-02-23T23:01:15Z"),
        (Year, "Thu Feb 24 00:01:15 2022", "2022-02-24T00:01:15"),
        (Year, "Do 24. Feb 00:01:15 CET 2022", "2022-02-23T23:01:15Z"),
        (Year, "Sat Jan 13 2024 08:05:00 GMT+0100 (Central European Standard Time)", "2024-01-13T07:05:00Z"),
    ] {
        assert_eq!(read_in(order, value).as_deref(), Some(meant), "{value}");
    }
}

#[test]
fn read_names_the_notation() {
    for (value, name) in [
        ("2024-1-31", "ISO 8601"),
        ("2024/1/31", "year first, with slashes"),
        ("31.01.2024", "day first, with dots"),
        ("31-01-24", "day first, with dashes and two-digit years"),
        ("31 Jan 2024", "month names"),
        ("20240131 0905", "compact digits"),
    ] {
        assert_eq!(
            read(value.as_bytes()).map(|reading| reading.notation.name(Order::Day)),
            Some(name),
            "{value}"
        );
    }
}

#[test]
fn read_refuses_what_is_no_date() {
    for value in [
        "31/13/2024",
        "1.2.3",
        "192.168.0.1",
        "1/2/2024 25:00",
        "a/b/cdef",
        "//",
        "1.2.2024 9:05 xx",
        "ä/ö/üüüü",
        "1/2-2024",
        "0000-00-00 00:00:00",
        "00.00.0000",
        "29.02.2023",
        "13.01.2024 +",
        "2024-01-13T08:05:00,",
        "20240131",
        "1706693407",
        "45322.395",
        "4711-4712",
        "12-34-5678",
        "1.2.2024.3",
        "12345-01-01",
        "1/1/024",
        "2024/01/31 31/01/2024",
        "2024-01-31 08:05:00 CST",
        "13.01.2024 12",
        "13:01:2024",
        "01 02 2024",
    ] {
        assert_eq!(read(value.as_bytes()), None, "{value}");
    }
}

#[test]
fn any_takes_the_stated_order_where_both_are_possible() {
    let read = |value: &str, month_first| text(any(value.as_bytes(), month_first)).unwrap();
    assert_eq!(read("01/02/2024", false), "2024-02-01T00:00:00");
    assert_eq!(read("01/02/2024", true), "2024-01-02T00:00:00");
    assert_eq!(read("13/02/2024", true), "2024-02-13T00:00:00");
    assert_eq!(read("99-01-13", true), "1999-01-13T00:00:00");
}

/// A local time, as parts to print.
fn civil_time() -> impl Strategy<Value = civil::DateTime> {
    (-720_000_i64..2_900_000, 0_i64..86_400, select(vec![0, 500_000_000, 123_456_000])).prop_filter_map(
        "a year from 1 to 9999",
        |(days, second, nanos)| {
            let (year, month, day) = calendar::date(days);
            let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
            let date = civil::date(i16::try_from(year).ok()?, month as i8, day as i8);
            (year > 0).then(|| date.at(hour as i8, minute as i8, second as i8, nanos))
        },
    )
}

const DATES: [(&str, Order); 16] = [
    ("%Y-%m-%d", Order::Year),
    ("%Y-%-m-%-d", Order::Year),
    ("%Y/%m/%d", Order::Year),
    ("%Y.%m.%d", Order::Year),
    ("%d/%m/%Y", Order::Day),
    ("%-d.%-m.%Y", Order::Day),
    ("%d-%m-%Y", Order::Day),
    ("%m/%d/%Y", Order::Month),
    ("%-m-%-d-%Y", Order::Month),
    ("%d-%b-%Y", Order::Day),
    ("%-d. %B %Y", Order::Day),
    ("%B %-d, %Y", Order::Month),
    ("%a, %d %b %Y", Order::Day),
    ("%d%b%Y", Order::Day),
    ("%Y-%b-%d", Order::Year),
    ("%Y年%-m月%-d日", Order::Year),
];

const CLOCKS: [&str; 8] = [
    " %H:%M:%S%.f",
    "T%H:%M:%S%.f",
    "  %-H:%M:%S%.f",
    ", %H:%M:%S%.f",
    " %I:%M:%S%.f %p",
    " %-I:%M:%S%.f%P",
    ":%H:%M:%S%.f",
    " %H.%M.%S%.f",
];

const ZONES: [(&str, i32); 10] = [
    ("Z", 0),
    (" UTC", 0),
    (" GMT", 0),
    ("+02:00", 120),
    (" +0200", 120),
    ("-0530", -330),
    ("+14", 840),
    (" CET", 60),
    (" GMT+0100", 60),
    ("-05:00[America/New_York]", -300),
];

proptest! {
    /// A time that is printed in any notation, with any zone, is read back as the same moment.
    #[test]
    fn read_reverses_printing(
        civil in civil_time(),
        (date, order) in select(&DATES[..]),
        clock in select(&CLOCKS[..]),
        zone in prop::option::of(select(&ZONES[..])),
    ) {
        // `9:05 AMZ` is not written.
        prop_assume!(!(clock.to_lowercase().ends_with("p") && zone.is_some_and(|(text, _)| text == "Z")));
        let value = format!("{}{}", civil.strftime(&format!("{date}{clock}")), zone.map_or("", |(text, _)| text));
        let offset = i64::from(zone.map_or(0, |(_, minutes)| minutes)) * 60_000_000;
        let days = calendar::days(civil.year().into(), civil.month().into(), civil.day().into()).unwrap();
        let of_day = civil.time().duration_since(civil::Time::midnight()).as_micros() as i64;
        let meant = Moment {
            micros: days * DAY + of_day - offset,
            zoned: zone.is_some(),
            ..Moment::local(0, true)
        };
        let reading = read(value.as_bytes());
        prop_assert!(reading.is_some(), "{}", value);
        prop_assert_eq!(reading.unwrap().moments.get(order), Some(meant), "{}", value);
    }

    /// Two-digit years are those of 1969 to 2068.
    #[test]
    fn read_reverses_two_digit_years(
        days in 0_i64..36_000,
        (format, order) in select(vec![
            ("%d.%m.%y", Order::Day), ("%-d/%-m/%y", Order::Day), ("%m/%d/%y", Order::Month),
            ("%m-%d-%y", Order::Month), ("%y-%m-%d", Order::Year), ("%y/%m/%d", Order::Year), ("%d-%b-%y", Order::Day),
        ]),
    ) {
        let (year, month, day) = calendar::date(days);
        let civil = civil::date(year as i16, month as i8, day as i8);
        let value = civil.strftime(format).to_string();
        let reading = read(value.as_bytes());
        prop_assert!(reading.is_some(), "{}", value);
        prop_assert_eq!(reading.unwrap().moments.get(order), Some(Moment::local(days * DAY, false)), "{}", value);
    }

    /// A local time of a named zone is what the library makes of it.
    #[test]
    fn named_zones_agree_with_the_library(
        second in 0_i64..2_000_000_000,
        name in select(vec!["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"]),
        brackets in proptest::prelude::any::<bool>(),
    ) {
        let civil = Offset::UTC.to_datetime(jiff::Timestamp::from_second(second).unwrap());
        let zone = TimeZone::get(name).unwrap();
        let ambiguous = zone.to_ambiguous_timestamp(civil);
        let is_skipped = matches!(ambiguous.offset(), jiff::tz::AmbiguousOffset::Gap { .. });
        let zone = if brackets { format!("[{name}]") } else { format!(" {name}") };
        let value = format!("{}{zone}", civil.strftime("%d.%m.%Y %H:%M:%S"));
        let moment = any(value.as_bytes(), false).unwrap();
        prop_assert_eq!(moment.micros, ambiguous.compatible().unwrap().as_microsecond(), "{}", value);
        prop_assert_eq!(moment.is_skipped, is_skipped);
    }

    /// Whatever a value is, nothing panics, and numbers and dates exclude each other.
    #[test]
    fn arbitrary_bytes_are_read_or_not(value in prop::collection::vec(proptest::prelude::any::<u8>(), 0..60)) {
        let (date, number) = (read(&value), number(&value));
        prop_assert!(date.is_none() || number.is_none());
        let _ = (clock(&value), clock_digits(&value), serial(&value, SerialStart::default()), iso(&value));
        let _ = describe(&String::from_utf8_lossy(&value));
    }

    /// The same of values that look like dates.
    #[test]
    fn values_like_dates_are_read_or_not(
        value in "([0-9]{1,19}|[-/.:,TZ +\\[\\]()年月日時]|Jan|March|Sa|UTC|CET|Europe/Berlin|AM|p\\.m\\.|Uhr|um|de|\u{a0}){1,12}",
        order in select(&Order::ALL[..]),
    ) {
        let value = value.as_bytes();
        prop_assert!(read(value).is_none() || number(value).is_none());
        let _ = (clock(value), clock_digits(value), serial(value, SerialStart::default()), describe(std::str::from_utf8(value).unwrap()));
        if let Some(moment) = read(value).and_then(|reading| reading.moments.get(order)) {
            let written = to_text(moment.micros, moment.zoned);
            if !written.starts_with("0000") && !written.starts_with("10000") {
                let again = iso(written.as_bytes()).unwrap();
                prop_assert_eq!((again.micros, again.zoned), (moment.micros, moment.zoned));
            }
        }
    }
}
