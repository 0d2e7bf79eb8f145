//! Offsets from UTC and time zones behind a time: `Z`, `+02:00`, ` CET`, `[Europe/Berlin]`.

use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};

use crate::eventlog::profile::datetime::calendar::{self, DAY};
use crate::eventlog::profile::datetime::cursor::Cursor;

const MINUTE: i64 = 60_000_000;

/// Abbreviations with one meaning, and their offsets in minutes.
const ABBREVIATIONS: [(&str, i64); 33] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("UT", 0),
    ("WET", 0),
    ("WEST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("OEZ", 120),
    ("SAST", 120),
    ("EEST", 180),
    ("OESZ", 180),
    ("MSK", 180),
    ("PKT", 300),
    ("WIB", 420),
    ("SGT", 480),
    ("HKT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("AEST", 600),
    ("ACDT", 630),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("EDT", -240),
    ("EST", -300),
    ("PDT", -420),
    ("AKST", -540),
];

/// Abbreviations with several meanings: CST is a time of China, of Cuba and of the United States.
const AMBIGUOUS: [&str; 12] =
    ["CST", "CDT", "IST", "BST", "AST", "ADT", "GST", "MST", "MDT", "PST", "AMT", "WST"];

/// How local times of a value relate to UTC.
#[derive(Clone, Debug)]
pub(super) enum Zone {
    /// In microseconds, positive in the east.
    Offset(i64),
    Named(TimeZone),
}

impl Zone {
    /// The moment of a local time, and whether the clocks of the zone skip that time in spring.
    pub fn moment(&self, local: i64) -> (i64, bool) {
        match self {
            Self::Offset(offset) => (local - offset, false),
            Self::Named(zone) => {
                let offset = civil(local).map(|civil| zone.to_ambiguous_timestamp(civil).offset());
                let (offset, is_skipped) = match offset {
                    Some(AmbiguousOffset::Unambiguous { offset }) => (offset.seconds(), false),
                    Some(AmbiguousOffset::Gap { before, .. }) => (before.seconds(), true),
                    // In autumn the hour that comes first.
                    Some(AmbiguousOffset::Fold { before, .. }) => (before.seconds(), false),
                    None => (0, false),
                };
                (local - i64::from(offset) * 1_000_000, is_skipped)
            }
        }
    }
}

fn civil(local: i64) -> Option<civil::DateTime> {
    let (year, month, day) = calendar::date(local.div_euclid(DAY));
    let seconds = local.rem_euclid(DAY) / 1_000_000;
    let part = |value: i64| i8::try_from(value).ok();
    civil::DateTime::new(
        i16::try_from(year).ok()?,
        part(month)?,
        part(day)?,
        part(seconds / 3600)?,
        part(seconds / 60 % 60)?,
        part(seconds % 60)?,
        0,
    )
    .ok()
}

/// Takes the offset or zone that is next, with blanks before or without. Nothing where it has several meanings.
pub(super) fn take_zone(cursor: &mut Cursor<'_>) -> Option<Zone> {
    cursor.attempt(|cursor| {
        cursor.skip_blanks();
        let zone = match cursor.peek()? {
            b'+' | b'-' => {
                let offset = take_offset(cursor, false)?;
                skip_name_of(offset, cursor)?;
                Zone::Offset(offset)
            }
            b'[' => bracketed(take_between(cursor, "[", "]")?)?,
            b'(' => abbreviated(take_between(cursor, "(", ")")?)?,
            _ => take_name(cursor)?,
        };
        while cursor.peek() == Some(b'[') {
            // Such as the calendar.
            take_between(cursor, "[", "]")?;
        }
        Some(zone)
    })
}

/// `+02`, `+0200`, `+02:00`, `+5:30`; after `UTC` also `+2`.
fn take_offset(cursor: &mut Cursor<'_>, may_be_short: bool) -> Option<i64> {
    let is_west = cursor.take_one_of(b"+-")? == b'-';
    let number = cursor.number()?;
    let (hours, minutes) = match number.digits {
        1 | 2 if cursor.take(":") => (number.value, cursor.number_of(2)?),
        1 if !may_be_short => return None,
        1 | 2 => (number.value, 0),
        4 => (number.value / 100, number.value % 100),
        _ => return None,
    };
    let seconds =
        cursor.attempt(|cursor| cursor.take(":").then(|| cursor.number_of(2)).flatten()).unwrap_or(0);
    let offset = (hours * 60 + minutes) * MINUTE + seconds * 1_000_000;
    (hours < 24 && minutes < 60 && seconds < 60).then_some(if is_west { -offset } else { offset })
}

/// Skips the name of the zone behind an offset; nothing if it contradicts the offset or is not known.
fn skip_name_of(offset: i64, cursor: &mut Cursor<'_>) -> Option<()> {
    let mut ahead = *cursor;
    ahead.skip_blanks();
    match ahead.peek() {
        Some(b'[') => drop(take_between(&mut ahead, "[", "]")?),
        // A remark, such as `(Central European Standard Time)`.
        Some(b'(') => drop(take_between(&mut ahead, "(", ")")?),
        Some(c) if c.is_ascii_alphabetic() => {
            let word = take_zone_word(&mut ahead)?;
            let is_ambiguous = AMBIGUOUS.iter().any(|known| word.eq_ignore_ascii_case(known));
            let agrees = |zone| !matches!(zone, Zone::Offset(other) if other != offset);
            let named = if word.contains('/') { iana(word) } else { abbreviated(word) };
            if !(is_ambiguous || named.is_some_and(agrees)) {
                return None;
            }
        }
        _ => return Some(()),
    }
    *cursor = ahead;
    Some(())
}

/// `Z`, `UTC`, `GMT+01:00`, `CET`, `Europe/Berlin`.
fn take_name(cursor: &mut Cursor<'_>) -> Option<Zone> {
    let word = take_zone_word(cursor)?;
    let zone = if word.contains('/') { iana(word) } else { abbreviated(word) }?;
    if !["UTC", "GMT"].iter().any(|name| word.eq_ignore_ascii_case(name)) {
        return Some(zone);
    }
    let offset = cursor.attempt(|cursor| {
        cursor.skip_blanks();
        take_offset(cursor, true)
    });
    let Some(offset) = offset else { return Some(zone) };
    skip_name_of(offset, cursor)?;
    Some(Zone::Offset(offset))
}

/// A word of letters, or a name with slashes such as `America/Port-au-Prince` or `Etc/GMT+1`.
fn take_zone_word<'a>(cursor: &mut Cursor<'a>) -> Option<&'a str> {
    let mut ahead = *cursor;
    let letters = ahead.take_while(|c| c.is_ascii_alphabetic() || c == '_');
    if ahead.peek() == Some(b'/') {
        return Some(cursor.take_while(|c| c.is_ascii_alphanumeric() || "/_+-".contains(c)));
    }
    *cursor = ahead;
    Some(letters).filter(|word| !word.is_empty())
}

fn take_between<'a>(cursor: &mut Cursor<'a>, open: &str, close: &str) -> Option<&'a str> {
    if !cursor.take(open) {
        return None;
    }
    let inside = cursor.take_while(|c| !"[]()".contains(c));
    cursor.take(close).then_some(inside)
}

/// What stands between brackets: `CET` there is the zone of the database, which has a summer.
fn bracketed(name: &str) -> Option<Zone> {
    if name.starts_with(['+', '-']) {
        let mut cursor = Cursor::new(name.as_bytes())?;
        let offset = take_offset(&mut cursor, false)?;
        return cursor.is_at_end().then_some(Zone::Offset(offset));
    }
    iana(name).or_else(|| abbreviated(name))
}

fn abbreviated(word: &str) -> Option<Zone> {
    let (_, minutes) = ABBREVIATIONS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    Some(Zone::Offset(minutes * MINUTE))
}

fn iana(name: &str) -> Option<Zone> {
    // The database has some abbreviations as well, for the zones that its authors mean.
    let is_ambiguous = AMBIGUOUS.iter().any(|known| name.eq_ignore_ascii_case(known));
    if is_ambiguous { None } else { TimeZone::get(name).ok().map(Zone::Named) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::profile::datetime::any;

    /// In minutes, for a day in January.
    fn offset_of(zone: &str) -> Option<i64> {
        let written = any(format!("13.01.2024 08:05{zone}").as_bytes(), false)?;
        let local = any(b"13.01.2024 08:05", false)?;
        assert!(written.zoned, "{zone}");
        Some((local.micros - written.micros) / MINUTE)
    }

    #[test]
    fn zones_are_understood() {
        for (zone, minutes) in [
            ("Z", 0),
            ("z", 0),
            (" Z", 0),
            (" UTC", 0),
            ("UTC", 0),
            (" GMT", 0),
            ("+02:00", 120),
            (" +02:00", 120),
            ("+0200", 120),
            ("+02", 120),
            ("-05:30", -330),
            ("+5:30", 330),
            (" GMT+0100", 60),
            (" UTC+1", 60),
            (" UTC +01:00", 60),
            (" GMT+0100 (Central European Standard Time)", 60),
            (" +0100 (CET)", 60),
            (" +0100 CET", 60),
            (" +0530 IST", 330),
            (" CET", 60),
            (" mez", 60),
            (" CEST", 120),
            (" EST", -300),
            ("[Europe/Berlin]", 60),
            (" [Europe/Berlin]", 60),
            (" Europe/Berlin", 60),
            (" europe/berlin", 60),
            ("+01:00[Europe/Berlin]", 60),
            ("+01:00[Europe/Berlin][u-ca=gregory]", 60),
            (" America/Port-au-Prince", -300),
            (" Etc/GMT+1", -60),
            ("[UTC]", 0),
            ("[+01:00]", 60),
            (" (CET)", 60),
        ] {
            assert_eq!(offset_of(zone), Some(minutes), "{zone}");
        }
    }

    #[test]
    fn zones_that_are_not_understood_make_the_value_unreadable() {
        for zone in [
            " CST",
            " IST",
            " BST",
            "[CST]",
            " XYZ",
            "[Europe/Nowhere]",
            " Europe",
            "+25:00",
            "+2",
            "+02:60",
            "+",
            " +0100 EST",
            " +0100 PM",
            " +0100 xyz",
            "[Europe/Berlin",
            "+01:00[",
            " +01:00 +01:00",
            "()",
            "[]",
        ] {
            assert_eq!(offset_of(zone), None, "{zone}");
        }
    }

    #[test]
    fn a_named_zone_knows_summer_and_skipped_times() {
        let read =
            |value: &str| any(value.as_bytes(), false).map(|read| (read.micros, read.is_skipped)).unwrap();
        let utc = |value: &str| read(value).0;
        assert_eq!(read("2024-07-01 12:00 Europe/Berlin"), (utc("2024-07-01T10:00Z"), false));
        assert_eq!(read("2024-03-31 02:30 Europe/Berlin"), (utc("2024-03-31T01:30Z"), true));
        assert_eq!(read("2024-03-31 03:00 Europe/Berlin"), (utc("2024-03-31T01:00Z"), false));
        assert_eq!(read("2024-10-27 02:30 Europe/Berlin"), (utc("2024-10-27T00:30Z"), false));
    }
}
