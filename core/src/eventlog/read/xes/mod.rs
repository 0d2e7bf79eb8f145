//! XES: one row per event, its attributes and those of its trace as columns.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read, Seek};

use encoding_rs::UTF_8;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::eventlog::ReadError;
use crate::eventlog::limits::Limits;
use crate::eventlog::limits::check_count;
use crate::eventlog::profile::cases::Cases;
use crate::eventlog::profile::datetime::{self, Moment};
use crate::eventlog::profile::roles::Role;
use crate::eventlog::profile::tally::{Column, Tally, Value};
use crate::eventlog::profile::types::Kind;
use crate::eventlog::read::bounded::Bounded;
use crate::eventlog::read::encoding;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::stated::Stated;

/// The part of a file in which its encoding is stated.
const HEAD: u64 = 256;
/// No log nests deeper than this.
const DEPTH_LIMIT: usize = 1_000;

pub(crate) fn read(
    file: impl Read + Seek,
    _stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    let (marked, mut file) = encoding::start(file)?;
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    if marked.is_none() {
        encoding::check_text(&head)?;
    }
    let encoding = marked.or_else(|| encoding::by_declaration(&head)).unwrap_or(UTF_8);
    let text = encoding::decoded(Cursor::new(head).chain(file), encoding);
    let (source, position) = Bounded::new(BufReader::new(text));
    let mut reader = Reader::from_reader(source);
    let mut log = Log::new(limits);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(malformed);
        let outcome = event.and_then(|event| match event {
            Event::Start(element) => log.open(&element, position.line()).map(|()| false),
            Event::Empty(element) => log.empty(&element, position.line()).map(|()| false),
            Event::End(_) => log.close().map(|()| false),
            Event::Eof => log.check_end().map(|()| true),
            _ => Ok(false),
        });
        match outcome {
            Ok(false) => position.renew(),
            Ok(true) => return Ok(log.finish(encoding.name())),
            Err(ReadError::Malformed(why)) => {
                return Err(ReadError::Malformed(format!("{why} (line {})", position.line())));
            }
            Err(error) => return Err(error),
        }
    }
}

fn malformed(error: quick_xml::Error) -> ReadError {
    ReadError::Malformed(format!("the file is not well-formed XML: {error}"))
}

/// The elements that matter; attributes count only directly below an event or a trace.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Element {
    Log,
    Trace,
    Event,
    Other,
}

/// An attribute of a trace, which every event of it has.
struct Shared {
    place: usize,
    kind: Option<Kind>,
    moment: Option<Moment>,
    text: String,
    is_shown: bool,
}

impl Shared {
    fn value(&self) -> Value<'_> {
        let text = self.text.as_bytes();
        match (self.moment, self.kind) {
            (Some(moment), _) => Value::Moment(moment, text),
            (None, Some(kind)) => Value::Typed(kind, text),
            (None, None) => Value::Text(text),
        }
    }
}

struct Log<'a> {
    open: Vec<Element>,
    places: HashMap<String, usize>,
    names: Vec<String>,
    shared: Vec<Shared>,
    tally: Tally,
    cases: Cases,
    limits: &'a Limits<'a>,
    /// The line of the event that is being read.
    line: u64,
    is_log: bool,
}

impl<'a> Log<'a> {
    fn new(limits: &'a Limits<'a>) -> Self {
        Self {
            open: Vec::new(),
            places: HashMap::new(),
            names: Vec::new(),
            shared: Vec::new(),
            tally: Tally::default(),
            cases: Cases::up_to(limits.cases),
            limits,
            line: 0,
            is_log: false,
        }
    }

    fn open(&mut self, element: &BytesStart<'_>, line: u64) -> Result<(), ReadError> {
        if self.open.len() == DEPTH_LIMIT {
            return Err(ReadError::Malformed("the file nests too deeply for a log".to_owned()));
        }
        let kind = self.see(element, line)?;
        self.open.push(kind);
        Ok(())
    }

    fn empty(&mut self, element: &BytesStart<'_>, line: u64) -> Result<(), ReadError> {
        self.open(element, line)?;
        self.close()
    }

    fn close(&mut self) -> Result<(), ReadError> {
        match self.open.pop() {
            Some(Element::Event) => self.end_event(),
            Some(Element::Trace) => {
                self.end_trace();
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn see(&mut self, element: &BytesStart<'_>, line: u64) -> Result<Element, ReadError> {
        let name = element.local_name();
        let kind = match (self.open.last(), name.as_ref()) {
            (None, "log") => {
                self.is_log = true;
                Element::Log
            }
            (None, other) => {
                return Err(ReadError::Malformed(format!(
                    "the file is not XES: its root is <{other}>, not <log>"
                )));
            }
            (Some(Element::Log), "trace") => Element::Trace,
            (Some(Element::Log | Element::Trace), "event") => {
                self.line = line;
                Element::Event
            }
            (Some(Element::Event), tag) => {
                self.attribute("", tag, element, false)?;
                Element::Other
            }
            (Some(Element::Trace), tag) => {
                self.attribute("case:", tag, element, true)?;
                Element::Other
            }
            _ => Element::Other,
        };
        Ok(kind)
    }

    fn attribute(
        &mut self,
        prefix: &str,
        tag: &str,
        element: &BytesStart<'_>,
        is_shared: bool,
    ) -> Result<(), ReadError> {
        let Some(key) = value_of(element, "key")? else {
            return Ok(());
        };
        let text = value_of(element, "value")?.unwrap_or_default();
        let place = self.place(&format!("{prefix}{key}"))?;
        let trimmed = text.trim_ascii().as_bytes();
        let (kind, moment) = match (tag, datetime::iso(trimmed)) {
            _ if trimmed.is_empty() => return Ok(()),
            ("date", moment @ Some(_)) => (None, moment),
            ("int" | "float" | "boolean", _) => (None, None),
            _ => (Some(Kind::String), None),
        };
        let shared = Shared { place, kind, moment, text, is_shown: false };
        if is_shared {
            self.shared.push(shared);
        } else {
            self.tally.see(place, shared.value());
        }
        Ok(())
    }

    /// The column of this name, which is a new one where it was not seen before.
    fn place(&mut self, name: &str) -> Result<usize, ReadError> {
        if let Some(place) = self.places.get(name) {
            return Ok(*place);
        }
        let place = self.names.len();
        check_count(place + 1)?;
        self.places.insert(name.to_owned(), place);
        self.names.push(name.to_owned());
        self.tally.columns.push(Column::new(role_of(name), place));
        Ok(place)
    }

    fn end_event(&mut self) -> Result<(), ReadError> {
        for shared in &mut self.shared {
            self.tally.see(shared.place, shared.value());
            shared.is_shown = true;
        }
        let line = self.line;
        if let Some(event) = self.tally.end_row(|| line)
            && self.cases.add(event)
        {
            self.tally.tell_late(|| Some(line));
        }
        if self.tally.rows.is_multiple_of(4096) { self.limits.check() } else { Ok(()) }
    }

    /// The attributes of a trace without events have a type all the same.
    fn end_trace(&mut self) {
        for shared in self.shared.drain(..).filter(|shared| !shared.is_shown) {
            if let Some(column) = self.tally.columns.get_mut(shared.place) {
                match shared.value() {
                    Value::Moment(moment, _) => column.guess.see_moment(moment),
                    Value::Typed(kind, _) => column.guess.see_kind(kind),
                    Value::Text(text) => drop(column.guess.see_text(text.trim_ascii())),
                }
            }
        }
    }

    fn check_end(&self) -> Result<(), ReadError> {
        if !self.is_log {
            return Err(ReadError::Empty);
        }
        if !self.open.is_empty() {
            return Err(ReadError::Malformed("the file ends before its log does".to_owned()));
        }
        Ok(())
    }

    fn finish(self, encoding: &'static str) -> Outcome {
        Outcome {
            cases: self.cases,
            names: self.names,
            header_row: None,
            tally: self.tally,
            delimiter: None,
            encoding: Some(encoding),
        }
    }
}

/// The names that the standard gives them.
fn role_of(name: &str) -> Option<Role> {
    match name {
        "case:concept:name" => Some(Role::Case),
        "concept:name" => Some(Role::Activity),
        "time:timestamp" => Some(Role::Timestamp),
        "org:resource" => Some(Role::Resource),
        _ => None,
    }
}

fn value_of(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, ReadError> {
    let broken = |error: quick_xml::events::attributes::AttrError| malformed(error.into());
    let Some(attribute) = element.try_get_attribute(name).map_err(broken)? else {
        return Ok(None);
    };
    let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0).map_err(malformed)?;
    Ok(Some(value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::read::Forward;
    use crate::eventlog::{EventLogReport, Format};
    use std::sync::atomic::AtomicBool;

    fn report(file: impl Read) -> Result<EventLogReport, ReadError> {
        let limits = Limits { cases: 10, stop: &AtomicBool::new(false) };
        Ok(read(Forward(file), &Stated::default(), &limits)?.report(None, Format::Xes))
    }

    const LOG: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log>
  <global scope="event"><string key="ignored" value="x"/></global>
  <string key="creator" value="nobody"/>
  <trace>
    <string key="concept:name" value="1"/>
    <event>
      <string key="concept:name" value="A &amp; B"/>
      <date key="time:timestamp" value="2010-12-30T14:32:00.000+01:00"/>
      <int key="costs" value="50"/>
      <list key="parts"><string key="nested" value="x"/></list>
    </event>
    <event><string key="concept:name" value="C"/><float key="costs" value="1.5"/></event>
  </trace>
  <trace/>
</log>"#;

    #[test]
    fn events_are_rows_and_attributes_are_columns() {
        let log = report(LOG.as_bytes()).unwrap();
        let columns: Vec<_> = log.columns.iter().map(|c| (c.name.as_str(), c.r#type.as_str())).collect();
        assert_eq!(log.rows, 2);
        assert_eq!(
            columns,
            [
                ("case:concept:name", "string"),
                ("concept:name", "string"),
                ("time:timestamp", "datetime"),
                ("costs", "number"),
                ("parts", "string"),
            ]
        );
    }

    #[test]
    fn other_encodings() {
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><log><event><string key='Gr\xf6\xdfe' value='1'/></event></log>";
        assert_eq!(report(&latin[..]).unwrap().columns[0].name, "Größe");
        let mut wide = vec![0xff, 0xfe];
        wide.extend(LOG.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(report(wide.as_slice()).unwrap().rows, 2);
    }

    #[test]
    fn what_is_no_log_is_refused() {
        let deep = "<log>".to_owned() + &"<a>".repeat(5_000);
        for text in [
            "",
            "hello",
            "<html/>",
            "<log>",
            "<log><trace></log>",
            "<log><event><string key='&x;'/></event></log>",
            &deep,
        ] {
            assert!(report(text.as_bytes()).is_err(), "{text:.40}");
        }
        assert!(report(&b"<log><event><string key='\xff'/></event></log>"[..]).is_err());
    }

    #[test]
    fn an_attribute_that_never_ends_stops_at_the_limit() {
        let endless = (&b"<log><event><string key='"[..]).chain(std::io::repeat(b'x'));
        assert!(matches!(report(endless), Err(ReadError::Malformed(_))));
    }
}
