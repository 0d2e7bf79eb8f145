//! XES: one row per event, its attributes and those of its trace as columns.
//!
//! The parser finds the markup; what it does not look at is checked here, so that a file is read if and only if it is
//! well-formed. Where a log lacks the names of the standard and has others for them, it is read a second time.

mod attribute;
mod classifier;
mod columns;
mod cursor;
mod declaration;
mod document;
mod dtd;
mod entity;
mod fault;
mod log;
mod namespace;
mod roles;
mod tag;
#[cfg(test)]
mod tests;
mod text;

use std::io::{Cursor, ErrorKind, Read, Seek};

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::Event;

use crate::eventlog::ReadError;
use crate::eventlog::limits::Limits;
use crate::eventlog::read::bounded::{Allowance, Bounded};
use crate::eventlog::read::encoding::check_text;
use crate::eventlog::read::xes::declaration::TextEncoding;
use crate::eventlog::read::xes::document::{Document, Markup};
use crate::eventlog::read::xes::fault::Fault;
use crate::eventlog::read::xes::log::Log;
use crate::eventlog::read::xes::roles::Roles;
use crate::eventlog::read::xes::text::XmlText;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::stated::Stated;

/// The part of a file in which its encoding is stated.
const HEAD: u64 = 4 << 10;
/// After so many pieces of markup it is asked whether the result is still wanted.
const PATIENCE: u64 = 4096;

pub(crate) fn read(
    mut source: impl Read + Seek,
    stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    let (log, encoding) = read_log(&mut source, Roles::new(stated), limits)?;
    let Some(roles) = log.fallback(stated) else { return log.finish(stated, encoding) };
    drop(log);
    source.rewind()?;
    let (log, encoding) = read_log(&mut source, roles, limits)?;
    log.finish(stated, encoding)
}

/// Reads the whole file, and gives the log and the name of its encoding.
fn read_log(
    mut source: impl Read,
    roles: Roles,
    limits: &Limits<'_>,
) -> Result<(Log, &'static str), ReadError> {
    let mut head = Vec::new();
    source.by_ref().take(HEAD).read_to_end(&mut head)?;
    let encoding = TextEncoding::of(&head)?;
    if encoding.mark == 0 && encoding.encoding.is_ascii_compatible() {
        check_text(&head)?;
    }
    head.drain(..encoding.mark);
    let text = XmlText::new(Cursor::new(head).chain(source), &encoding);
    let mut log = Log::new(roles, limits);
    read_markup(text, &mut Document::new(encoding.label), &mut log, limits)?;
    Ok((log, encoding.encoding.name()))
}

fn read_markup(
    text: XmlText<impl Read>,
    document: &mut Document,
    log: &mut Log,
    limits: &Limits<'_>,
) -> Result<(), ReadError> {
    let (source, position) = Bounded::new(text);
    let mut reader = Reader::from_reader(source);
    reader.config_mut().check_comments = true;
    let mut buffer = Vec::new();
    for count in 1_u64.. {
        buffer.clear();
        let line = position.line();
        let event = reader.read_event_into(&mut buffer);
        let markup = match &event {
            Ok(Event::DocType(_)) => None,
            Ok(event) => Some(document.check(event).and_then(|markup| take(markup, log, line))),
            Err(error) => Some(Err(fault(error))),
        };
        let is_end = markup.unwrap_or_else(|| document.doctype(&buffer).map(|()| false));
        match is_end {
            Ok(false) => position.renew(),
            Ok(true) => break,
            Err(fault) => return Err(placed(fault, line, &buffer, &position)),
        }
        if count.is_multiple_of(PATIENCE) {
            limits.check()?;
        }
    }
    Ok(())
}

/// Hands a piece of markup on to the log; whether it was the last one.
fn take(markup: Markup<'_>, log: &mut Log, line: u64) -> Result<bool, Fault> {
    match markup {
        Markup::Start(element) => log.open(element, line)?,
        Markup::Empty(element) => {
            log.open(element, line)?;
            log.close();
        }
        Markup::End => log.close(),
        Markup::EndOfFile => return Ok(true),
        Markup::Other => {}
    }
    Ok(false)
}

/// What the parser says, in our words where its own are those of its code.
fn fault(error: &Error) -> Fault {
    match error {
        Error::Io(error) if error.kind() == ErrorKind::InvalidData => Fault::Text(error.to_string()),
        Error::Io(error) => Fault::Read(std::io::Error::new(error.kind(), error.to_string()).into()),
        Error::IllFormed(IllFormedError::UnclosedReference) => {
            Fault::ill_formed("a '&' does not start a reference; write &amp;", 0)
        }
        other => Fault::ill_formed(other, 0),
    }
}

/// The error with the line at which it is, in a piece of markup that starts at this one.
fn placed(fault: Fault, start: u64, markup: &[u8], position: &Allowance) -> ReadError {
    let (reason, line) = match fault {
        Fault::Read(error) => return error,
        Fault::Text(reason) => (reason, position.line()),
        Fault::Markup { reason, offset } => {
            let before = markup.get(..offset).unwrap_or(markup);
            (reason, start + memchr::memchr_iter(b'\n', before).count() as u64)
        }
    };
    ReadError::Malformed(format!("{reason} (line {line})"))
}
