//! What makes a document well-formed, beyond what the parser looks at.

use quick_xml::events::Event;

use crate::eventlog::ReadError;
use crate::eventlog::read::xes::cursor::is_all_blank;
use crate::eventlog::read::xes::declaration::Declaration;
use crate::eventlog::read::xes::dtd;
use crate::eventlog::read::xes::entity::Entities;
use crate::eventlog::read::xes::fault::Fault;
use crate::eventlog::read::xes::namespace::Namespaces;
use crate::eventlog::read::xes::tag::{Element, StartTag};
use crate::eventlog::report::problem::shortened;

/// No log nests deeper than this.
const DEPTH_LIMIT: usize = 1_000;
/// How many bytes stand before the content of a tag or an instruction.
const OPENING: usize = 1;

/// What a piece of markup means for the log.
#[derive(Debug)]
pub(super) enum Markup<'a> {
    Start(Element<'a>),
    Empty(Element<'a>),
    End,
    EndOfFile,
    Other,
}

/// The part of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Nothing was read yet.
    Start,
    /// Nothing but blanks was read.
    Blank,
    BeforeRoot,
    Root,
    AfterRoot,
}

/// Checks one piece of markup after the other.
#[derive(Debug)]
pub(super) struct Document {
    part: Part,
    depth: usize,
    /// The encoding that the file was taken to state.
    label: Option<String>,
    is_standalone: bool,
    has_doctype: bool,
    tag: StartTag,
    namespaces: Namespaces,
    entities: Entities,
}

impl Document {
    pub fn new(label: Option<String>) -> Self {
        Self {
            part: Part::Start,
            depth: 0,
            label,
            is_standalone: false,
            has_doctype: false,
            tag: StartTag::default(),
            namespaces: Namespaces::default(),
            entities: Entities::default(),
        }
    }

    /// Checks the next piece of markup. A document type is checked by [`Self::doctype`], which wants to see all of it.
    pub fn check<'a>(&'a mut self, event: &'a Event<'_>) -> Result<Markup<'a>, Fault> {
        let is_first = self.part == Part::Start;
        match event {
            Event::Start(tag) => return self.open(tag).map(Markup::Start),
            Event::Empty(tag) => return self.empty(tag).map(Markup::Empty),
            Event::End(_) => {
                self.close();
                return Ok(Markup::End);
            }
            Event::Eof => return self.end().map(|()| Markup::EndOfFile),
            Event::Text(text) => self.text(text)?,
            Event::Decl(declaration) => {
                self.declaration(declaration, is_first).map_err(|fault| fault.shifted(2))?
            }
            Event::PI(content) => dtd::check_instruction(content).map_err(|fault| fault.shifted(2))?,
            Event::CData(_) if self.part != Part::Root => return Err(self.outside("a CDATA section", 0)),
            Event::GeneralRef(name) => self.reference(name)?,
            Event::CData(_) | Event::Comment(_) | Event::DocType(_) => {}
        }
        self.part = match (self.part, event) {
            (Part::Start | Part::Blank, Event::Text(_)) => Part::Blank,
            (Part::Start | Part::Blank, _) => Part::BeforeRoot,
            (part, _) => part,
        };
        Ok(Markup::Other)
    }

    /// Checks a document type, from its `<` to its `>`.
    pub fn doctype(&mut self, text: &[u8]) -> Result<(), Fault> {
        if self.has_doctype || matches!(self.part, Part::Root | Part::AfterRoot) {
            return Err(Fault::ill_formed("a DOCTYPE comes after another one, or after the root element", 0));
        }
        self.has_doctype = true;
        self.part = Part::BeforeRoot;
        let text = std::str::from_utf8(text).unwrap_or_default();
        dtd::read(text, self.is_standalone, &mut self.entities)
    }

    fn open<'a>(&'a mut self, content: &'a str) -> Result<Element<'a>, Fault> {
        if self.part == Part::AfterRoot {
            return Err(Fault::ill_formed("there is a second root element", 0));
        }
        if self.depth == DEPTH_LIMIT {
            return Err(Fault::markup("the file nests too deeply for a log", 0));
        }
        self.part = Part::Root;
        self.depth += 1;
        let element = self.tag.parse(content, &mut self.entities).map_err(|fault| fault.shifted(OPENING))?;
        self.namespaces.open(element, self.depth)?;
        Ok(element)
    }

    fn empty<'a>(&'a mut self, content: &'a str) -> Result<Element<'a>, Fault> {
        self.open(content)?;
        self.close();
        Ok(self.tag.element(content))
    }

    fn close(&mut self) {
        self.namespaces.close(self.depth);
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 {
            self.part = Part::AfterRoot;
        }
    }

    fn text(&self, text: &str) -> Result<(), Fault> {
        if is_all_blank(text) {
            return Ok(());
        }
        match self.part {
            Part::Root => match memchr::memmem::find(text.as_bytes(), b"]]>") {
                Some(place) => Err(Fault::ill_formed("the text contains `]]>`; write ]]&gt;", place)),
                None => Ok(()),
            },
            Part::Start | Part::Blank => Err(Fault::markup(
                format!(
                    "the file is not XES: it starts with '{}', not with a tag",
                    shortened(first_line(text))
                ),
                0,
            )),
            Part::BeforeRoot | Part::AfterRoot => {
                let place = text.len() - text.trim_ascii_start().len();
                Err(self.outside(&format!("the text '{}'", shortened(first_line(text))), place))
            }
        }
    }

    fn outside(&self, what: &str, offset: usize) -> Fault {
        let place = if self.part == Part::AfterRoot { "after" } else { "before" };
        Fault::ill_formed(format!("{what} comes {place} the root element"), offset)
    }

    fn reference(&mut self, name: &str) -> Result<(), Fault> {
        if self.part != Part::Root {
            return Err(self.outside(&format!("&{name};"), 0));
        }
        self.entities.check_content(name)
    }

    fn declaration(&mut self, content: &str, is_first: bool) -> Result<(), Fault> {
        if !is_first {
            return Err(Fault::ill_formed("the XML declaration is not at the very start of the file", 0));
        }
        let declaration = Declaration::parse(content)?;
        if declaration.encoding != self.label.as_deref() {
            return Err(Fault::ill_formed("the XML declaration is too long", 0));
        }
        self.is_standalone = declaration.is_standalone;
        Ok(())
    }

    fn end(&self) -> Result<(), Fault> {
        match self.part {
            Part::AfterRoot => Ok(()),
            Part::Root => Err(Fault::markup("the file ends before its log does", 0)),
            Part::Start | Part::Blank => Err(ReadError::Empty.into()),
            Part::BeforeRoot => Err(Fault::ill_formed("there is no root element", 0)),
        }
    }
}

fn first_line(text: &str) -> &str {
    text.trim_ascii().lines().next().unwrap_or_default()
}
