//! Start tags: their name and attributes, by the grammar of XML.

use std::collections::HashSet;
use std::ops::Range;

use foldhash::fast::RandomState;

use crate::eventlog::read::xes::cursor::{Cursor, is_blank};
use crate::eventlog::read::xes::entity::Entities;
use crate::eventlog::read::xes::fault::Fault;

/// Up to so many attributes are compared each with each other.
const FEW: usize = 8;

/// A start tag that was taken apart. It is reused, which spares allocations.
#[derive(Debug, Default)]
pub(super) struct StartTag {
    name: usize,
    attributes: Vec<Spans>,
    /// The values that are not as they are written.
    expanded: String,
    has_prefixes: bool,
}

/// Where an attribute is.
#[derive(Debug)]
struct Spans {
    name: Range<usize>,
    value: Range<usize>,
    is_expanded: bool,
}

/// An element with its attributes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element<'a> {
    content: &'a str,
    tag: &'a StartTag,
}

impl StartTag {
    /// Takes the text between `<` and `>` or `/>`.
    pub fn parse<'a>(&'a mut self, content: &'a str, entities: &mut Entities) -> Result<Element<'a>, Fault> {
        self.attributes.clear();
        self.expanded.clear();
        let mut cursor = Cursor::new(content);
        let name = cursor.qualified_name()?;
        self.name = name.len();
        self.has_prefixes = is_prefixed(name);
        while self.parse_attribute(&mut cursor, entities)? {}
        self.check_unique(content)?;
        Ok(self.element(content))
    }

    /// The element again that was parsed last, from the same content.
    pub fn element<'a>(&'a self, content: &'a str) -> Element<'a> {
        Element { content, tag: self }
    }

    /// Takes the next attribute, if there is one.
    fn parse_attribute(&mut self, cursor: &mut Cursor<'_>, entities: &mut Entities) -> Result<bool, Fault> {
        let is_apart = cursor.skip_blanks();
        if cursor.peek().is_none() {
            return Ok(false);
        }
        if !is_apart {
            return Err(cursor.fault(
                "a blank is missing before an attribute, or a name contains a character that is not allowed",
            ));
        }
        let start = cursor.offset();
        let name = cursor.qualified_name()?;
        let name_span = start..cursor.offset();
        self.has_prefixes |= is_prefixed(name) || name == "xmlns";
        cursor.skip_blanks();
        if !cursor.take("=") {
            return Err(cursor.fault(format!("the attribute `{name}` has no value")));
        }
        cursor.skip_blanks();
        let spans = self.parse_value(cursor, entities, name_span)?;
        self.attributes.push(spans);
        Ok(true)
    }

    fn parse_value(
        &mut self,
        cursor: &mut Cursor<'_>,
        entities: &mut Entities,
        name: Range<usize>,
    ) -> Result<Spans, Fault> {
        let quote = cursor.quote()?;
        let (start, rest) = (cursor.offset(), cursor.rest());
        let mut is_literal = true;
        for (length, byte) in rest.bytes().enumerate() {
            match byte {
                b'<' => {
                    return Err(Fault::ill_formed("a value contains a raw '<'; write &lt;", start + length));
                }
                byte if byte == quote => {
                    cursor.advance(length + 1);
                    if is_literal {
                        return Ok(Spans { name, value: start..start + length, is_expanded: false });
                    }
                    let raw = rest.get(..length).unwrap_or_default();
                    let expanded = self.expanded.len();
                    entities.append_value(raw, &mut self.expanded).map_err(|fault| fault.shifted(start))?;
                    return Ok(Spans { name, value: expanded..self.expanded.len(), is_expanded: true });
                }
                byte => is_literal &= byte != b'&' && (byte == b' ' || !is_blank(byte)),
            }
        }
        Err(cursor.fault("a quote is never closed"))
    }

    fn check_unique(&self, content: &str) -> Result<(), Fault> {
        let name = |spans: &Spans| content.get(spans.name.clone());
        let mut seen = HashSet::with_hasher(RandomState::default());
        for (place, spans) in self.attributes.iter().enumerate() {
            let is_twice = if self.attributes.len() <= FEW {
                self.attributes.iter().take(place).any(|other| name(other) == name(spans))
            } else {
                !seen.insert(name(spans))
            };
            if is_twice {
                let name = name(spans).unwrap_or_default();
                return Err(Fault::ill_formed(
                    format!("the attribute `{name}` occurs twice in one tag"),
                    spans.name.start,
                ));
            }
        }
        Ok(())
    }
}

impl<'a> Element<'a> {
    pub fn name(self) -> &'a str {
        self.content.get(..self.tag.name).unwrap_or_default()
    }

    /// The name without its prefix.
    pub fn local_name(self) -> &'a str {
        let name = self.name();
        name.split_once(':').map_or(name, |(_, local)| local)
    }

    /// Whether a prefix is used or declared.
    pub fn has_prefixes(self) -> bool {
        self.tag.has_prefixes
    }

    /// The names and values of the attributes.
    pub fn attributes(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.tag.attributes.iter().map(move |spans| {
            let source = if spans.is_expanded { &self.tag.expanded } else { self.content };
            let name = self.content.get(spans.name.clone()).unwrap_or_default();
            (name, source.get(spans.value.clone()).unwrap_or_default())
        })
    }

    /// The value of an attribute.
    #[inline]
    pub fn value(self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(found, _)| *found == name).map(|(_, value)| value)
    }
}

fn is_prefixed(name: &str) -> bool {
    name.bytes().any(|byte| byte == b':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(content: &str) -> Option<Vec<(String, String)>> {
        let mut tag = StartTag::default();
        let element = tag.parse(content, &mut Entities::default()).ok()?;
        Some(element.attributes().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn attributes_and_their_values() {
        let is = |content, meant: &[(&str, &str)]| {
            let meant: Vec<_> = meant.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
            assert_eq!(parse(content), Some(meant), "{content}");
        };
        is("log", &[]);
        is("log \n", &[]);
        is("x:log xmlns:x='y'", &[("xmlns:x", "y")]);
        is("string key=\"a\" value = 'b > \"c\"' ", &[("key", "a"), ("value", "b > \"c\"")]);
        is("string\tkey='&lt;&#65;'\r\nvalue='a\nb'", &[("key", "<A"), ("value", "a b")]);
        is("größe ü=''", &[("ü", "")]);
    }

    #[test]
    fn what_is_no_tag() {
        for content in [
            "",
            " log",
            "1",
            "a/b",
            "a /",
            "a b",
            "a b=",
            "a b=c",
            "a b='",
            "a b='c",
            "a b='c\"",
            "a b='c'd='e'",
            "a b='c' b='d'",
            "a 'b'",
            "a b='<'",
            "a b='&'",
            "a b='&x;'",
            "a b='&#0;'",
            "a =b",
            "a b:='c'",
            "a b:c:d='e'",
        ] {
            assert_eq!(parse(content), None, "{content}");
        }
        let many: String = (0..100).map(|n| format!(" a{n}=''")).collect();
        assert_eq!(parse(&format!("a{many}")).map(|all| all.len()), Some(100));
        assert_eq!(parse(&format!("a{many} a7=''")), None);
    }

    #[test]
    fn the_place_of_a_fault() {
        let fault = StartTag::default().parse("a b='c'\n d='e<f'", &mut Entities::default()).err();
        assert!(matches!(fault, Some(Fault::Markup { offset: 13, .. })), "{fault:?}");
    }
}
