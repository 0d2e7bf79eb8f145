//! XES: one row per event, its attributes and those of its trace as columns.

use std::{
    fs::File,
    io::{BufReader, Cursor, Read},
    path::Path,
};

use encoding_rs::UTF_8;
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};

use super::{Kind, ReadError, Summary, bounded::Bounded, columns::Columns, datetime, encoding};

/// The part of a file in which its encoding is stated.
const HEAD: u64 = 256;

/// No log nests deeper than this.
const DEPTH_LIMIT: usize = 1_000;

pub(super) fn read(path: &Path) -> Result<Summary, ReadError> {
    summarize(File::open(path)?)
}

fn summarize(mut file: impl Read) -> Result<Summary, ReadError> {
    let mut head = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    let (encoding, mark) = match encoding::by_mark(&head) {
        Some(marked) => marked,
        None => (encoding::by_declaration(&head).unwrap_or(UTF_8), 0),
    };
    let rest = head.split_off(mark.min(head.len()));
    let text = encoding::decoded(Cursor::new(rest).chain(file), encoding);
    let (source, allowance) = Bounded::new(BufReader::new(text));
    let mut reader = Reader::from_reader(source);
    let mut log = Log::default();
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer).map_err(malformed)? {
            Event::Start(element) => log.open(&element)?,
            Event::Empty(element) => log.empty(&element)?,
            Event::End(_) => drop(log.open.pop()),
            Event::Eof => return log.finish(encoding.name()),
            _ => {}
        }
        allowance.renew();
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

#[derive(Default)]
struct Log {
    open: Vec<Element>,
    columns: Columns,
    events: u64,
    is_log: bool,
}

impl Log {
    fn open(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        if self.open.len() == DEPTH_LIMIT {
            return Err(ReadError::Malformed("the file nests too deeply for a log".to_owned()));
        }
        let kind = self.see(element)?;
        self.open.push(kind);
        Ok(())
    }

    fn empty(&mut self, element: &BytesStart<'_>) -> Result<(), ReadError> {
        self.see(element).map(drop)
    }

    fn see(&mut self, element: &BytesStart<'_>) -> Result<Element, ReadError> {
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
                self.events += 1;
                Element::Event
            }
            (Some(Element::Event), tag) => {
                self.attribute("", tag, element)?;
                Element::Other
            }
            (Some(Element::Trace), tag) => {
                self.attribute("case:", tag, element)?;
                Element::Other
            }
            _ => Element::Other,
        };
        Ok(kind)
    }

    fn attribute(&mut self, prefix: &str, tag: &str, element: &BytesStart<'_>) -> Result<(), ReadError> {
        let Some(key) = value_of(element, "key")? else {
            return Ok(());
        };
        let value = value_of(element, "value")?.unwrap_or_default();
        let guess = self.columns.named(&format!("{prefix}{key}"))?;
        match tag {
            _ if value.trim_ascii().is_empty() => {}
            "date" if datetime::is_iso(value.trim_ascii()) => guess.see_kind(Kind::Datetime),
            "int" | "float" | "boolean" => guess.see_text(&value),
            _ => guess.see_kind(Kind::String),
        }
        Ok(())
    }

    fn finish(self, encoding: &'static str) -> Result<Summary, ReadError> {
        if !self.is_log {
            return Err(ReadError::Empty);
        }
        if !self.open.is_empty() {
            return Err(ReadError::Malformed("the file ends before its log does".to_owned()));
        }
        Ok(Summary {
            rows: self.events,
            columns: self.columns.finish(),
            delimiter: None,
            encoding: Some(encoding),
        })
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
        let log = summarize(LOG.as_bytes()).unwrap();
        let columns: Vec<_> = log.columns.iter().map(|c| (c.name.as_str(), c.kind)).collect();
        assert_eq!(log.rows, 2);
        assert_eq!(
            columns,
            [
                ("case:concept:name", Kind::String),
                ("concept:name", Kind::String),
                ("time:timestamp", Kind::Datetime),
                ("costs", Kind::Number),
                ("parts", Kind::String),
            ]
        );
    }

    #[test]
    fn other_encodings() {
        let latin = b"<?xml version='1.0' encoding='iso-8859-1'?><log><event><string key='Gr\xf6\xdfe' value='1'/></event></log>";
        assert_eq!(summarize(&latin[..]).unwrap().columns[0].name, "Größe");
        let mut wide = vec![0xff, 0xfe];
        wide.extend(LOG.replace("UTF-8", "UTF-16").encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(summarize(wide.as_slice()).unwrap().rows, 2);
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
            assert!(summarize(text.as_bytes()).is_err(), "{text:.40}");
        }
        assert!(summarize(&b"<log><event><string key='\xff'/></event></log>"[..]).is_err());
    }

    #[test]
    fn an_attribute_that_never_ends_stops_at_the_limit() {
        let endless = (&b"<log><event><string key='"[..]).chain(std::io::repeat(b'x'));
        assert!(matches!(summarize(endless), Err(ReadError::Malformed(_))));
    }
}
