//! Dates as servers write them.

use std::borrow::Cow;
use std::fmt;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

/// A date and time as the server wrote it. Nothing of it is lost: what can't be read is there as text.
#[derive(Clone, PartialEq)]
pub struct DateTime {
    written: Value,
    timestamp: Option<Timestamp>,
}

impl DateTime {
    fn new(written: Value) -> Self {
        let timestamp = written.as_str().and_then(timestamp);
        Self { written, timestamp }
    }

    /// The moment; without an offset it is in UTC. None if it is written in a way that is not known.
    #[must_use]
    pub fn timestamp(&self) -> Option<Timestamp> {
        self.timestamp
    }

    /// The text as the server wrote it.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match &self.written {
            Value::String(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.to_string()),
        }
    }

    /// What the server wrote, as JSON.
    #[cfg(feature = "python")]
    pub(crate) fn written(&self) -> &Value {
        &self.written
    }
}

impl fmt::Display for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl fmt::Debug for DateTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.written.fmt(f)
    }
}

impl Serialize for DateTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DateTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::new)
    }
}

/// The moment that a text means; one without an offset is in UTC.
fn timestamp(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let read = text.parse().ok().or_else(|| {
        let local = text.parse::<civil::DateTime>().ok().filter(|_| is_bare(text))?;
        local.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp())
    });
    // Before it there is no year in Python, and none that a server means.
    read.filter(|moment: &Timestamp| moment.to_zoned(TimeZone::UTC).year() >= 1)
}

/// Whether a text is a date and a time of day, and says nothing of where.
fn is_bare(text: &str) -> bool {
    let (date, time) = text.split_at_checked("2024-05-01".len()).unwrap_or((text, ""));
    let is_date = date.bytes().filter(|byte| *byte == b'-').count() == 2;
    is_date && time.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b':' | b'.' | b',' | b'T' | b't' | b' '))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn moment(written: impl Into<Value>) -> Option<String> {
        DateTime::new(written.into()).timestamp().map(|moment| moment.to_string())
    }

    #[test]
    fn a_date_without_an_offset_is_in_utc() {
        for (written, wanted) in [
            ("2024-05-01T10:00:00", "2024-05-01T10:00:00Z"),
            ("2024-05-01T10:00:00.1234567", "2024-05-01T10:00:00.1234567Z"),
            ("2024-05-01 10:00:00", "2024-05-01T10:00:00Z"),
            ("2024-05-01 10:00:00.000", "2024-05-01T10:00:00Z"),
            ("2024-05-01T10:00", "2024-05-01T10:00:00Z"),
            ("2024-05-01", "2024-05-01T00:00:00Z"),
            ("0001-01-01T00:00:00", "0001-01-01T00:00:00Z"),
            (" 2024-05-01T10:00:00 ", "2024-05-01T10:00:00Z"),
            ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"),
            ("2024-05-01T10:00:00+02:00", "2024-05-01T08:00:00Z"),
            ("2024-05-01 10:00:00+0200", "2024-05-01T08:00:00Z"),
            ("2024-05-01T10:00:00-05", "2024-05-01T15:00:00Z"),
            ("2024-05-01T10:00:00+02:00[Europe/Amsterdam]", "2024-05-01T08:00:00Z"),
        ] {
            assert_eq!(moment(written).as_deref(), Some(wanted), "{written}");
        }
    }

    #[test]
    fn what_can_not_be_read_keeps_its_text() {
        for written in [
            "Wed, 01 May 2024 10:00:00 GMT",
            "/Date(1714557600000)/",
            "2024-05-01T24:00:00Z",
            "2024-05-01T10:00:00[Europe/Amsterdam]",
            "01.05.2024",
            "20240501",
            "1714557600",
            "0000-00-00 00:00:00",
            "0000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+02:00",
            "soon",
            "",
        ] {
            let date = DateTime::new(written.into());
            assert_eq!((date.timestamp(), &*date.text()), (None, written));
        }
        assert_eq!(DateTime::new(json!(1_714_557_600_000_i64)).to_string(), "1714557600000");
    }

    #[test]
    fn a_date_is_written_as_it_was_read() {
        for written in
            [json!("2024-05-01T10:00:60+02:00"), json!("soon"), json!(1714557600000_i64), json!({ "a": 1 })]
        {
            let date: DateTime = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(serde_json::to_value(&date).unwrap(), written);
        }
    }
}
