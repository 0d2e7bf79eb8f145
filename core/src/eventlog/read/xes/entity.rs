//! References to characters and entities, and what they stand for.

use std::collections::HashMap;

use crate::eventlog::read::xes::cursor::{Cursor, is_blank};
use crate::eventlog::read::xes::fault::Fault;

/// How deep entities stand in entities.
const DEPTH_LIMIT: usize = 50;
/// How many bytes all references together may stand for: so many, and for each of them so many more.
const FIRST_ALLOWANCE: usize = 1 << 20;
const ALLOWANCE: usize = 1 << 10;

/// What a document type declares.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Entity {
    Text(String),
    /// In another file, which is not read.
    External,
    /// Not XML.
    Binary,
}

/// The entities of a document.
#[derive(Debug)]
pub(super) struct Entities {
    declared: HashMap<String, Entity>,
    /// There may be others, declared where it is not read.
    pub may_be_elsewhere: bool,
    allowance: usize,
}

/// Where a reference is: a value contains no elements, and nothing from other files.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Value,
    Content,
}

impl Default for Entities {
    fn default() -> Self {
        Self { declared: HashMap::new(), may_be_elsewhere: false, allowance: FIRST_ALLOWANCE }
    }
}

impl Entities {
    /// The first declaration of a name counts.
    pub fn declare(&mut self, name: &str, entity: Entity) {
        self.declared.entry(name.to_owned()).or_insert(entity);
    }

    /// Adds the value of an attribute, as its reader sees it: references replaced, and every blank a space.
    pub fn append_value(&mut self, raw: &str, value: &mut String) -> Result<(), Fault> {
        let mut allowance = self.allowance;
        let result = self.expand(raw, Place::Value, &mut Vec::new(), &mut allowance, value);
        self.allowance = allowance;
        result
    }

    /// Checks a reference between tags, whose text nobody reads.
    pub fn check_content(&mut self, name: &str) -> Result<(), Fault> {
        let mut allowance = self.allowance;
        let result = self.resolve(name, Place::Content, &mut Vec::new(), &mut allowance, &mut String::new());
        self.allowance = allowance;
        result
    }

    fn expand<'a>(
        &'a self,
        raw: &'a str,
        place: Place,
        open: &mut Vec<&'a str>,
        allowance: &mut usize,
        out: &mut String,
    ) -> Result<(), Fault> {
        let mut cursor = Cursor::new(raw);
        loop {
            let rest = cursor.rest();
            let plain = rest.bytes().position(is_special).unwrap_or(rest.len());
            out.push_str(rest.get(..plain).unwrap_or_default());
            cursor.advance(plain);
            let start = cursor.offset();
            match cursor.peek() {
                None => return Ok(()),
                Some(b'&') => {
                    cursor.advance(1);
                    let name = reference(&mut cursor)?;
                    self.resolve(name, place, open, allowance, out).map_err(|fault| fault.shifted(start))?;
                }
                Some(b'<') if place == Place::Content => {
                    return Err(unread("contains elements", open.last()));
                }
                Some(b'<') => return Err(cursor.fault("a value contains a raw '<'; write &lt;")),
                Some(_) => {
                    out.push(' ');
                    cursor.advance(if cursor.rest().starts_with("\r\n") { 2 } else { 1 });
                }
            }
        }
    }

    /// Adds the text of a reference.
    fn resolve<'a>(
        &'a self,
        name: &'a str,
        place: Place,
        open: &mut Vec<&'a str>,
        allowance: &mut usize,
        out: &mut String,
    ) -> Result<(), Fault> {
        if let Some(number) = name.strip_prefix('#') {
            out.push(character(number)?);
            return Ok(());
        }
        if let Some(letter) = predefined(name) {
            out.push(letter);
            return Ok(());
        }
        match self.declared.get(name) {
            Some(Entity::Text(text)) => {
                self.enter(name, text, open, allowance)?;
                if place == Place::Content && text.contains("]]>") {
                    return Err(Fault::ill_formed(format!("the entity &{name}; contains `]]>`"), 0));
                }
                open.push(name);
                self.expand(text, place, open, allowance, out).map_err(unplaced)?;
                open.pop();
                Ok(())
            }
            Some(Entity::Binary) => Err(Fault::ill_formed(format!("the entity &{name}; is not text"), 0)),
            Some(Entity::External) if place == Place::Value => {
                Err(Fault::ill_formed(format!("a value contains &{name};, an entity of another file"), 0))
            }
            Some(Entity::External) => Err(unread("is in another file", Some(&name))),
            None if self.may_be_elsewhere => Err(unread("is not declared in the file itself", Some(&name))),
            None => Err(Fault::ill_formed(format!("the entity &{name}; is not declared"), 0)),
        }
    }

    /// Checks that the text of an entity may be put in place of a reference.
    fn enter(&self, name: &str, text: &str, open: &[&str], allowance: &mut usize) -> Result<(), Fault> {
        if open.contains(&name) {
            return Err(Fault::ill_formed(format!("the entity &{name}; contains itself"), 0));
        }
        if open.is_empty() {
            *allowance += ALLOWANCE;
        }
        match allowance.checked_sub(text.len() + 1) {
            Some(left) if open.len() < DEPTH_LIMIT => {
                *allowance = left;
                Ok(())
            }
            _ => Err(Fault::markup(format!("the entity &{name}; of the DTD expands to too much text"), 0)),
        }
    }
}

fn is_special(byte: u8) -> bool {
    matches!(byte, b'&' | b'<') || (is_blank(byte) && byte != b' ')
}

/// In the text of an entity no place can be shown: it is that of the reference.
fn unplaced(fault: Fault) -> Fault {
    match fault {
        Fault::Markup { reason, .. } => Fault::markup(reason, 0),
        other => other,
    }
}

/// The file may be good XML, but part of it would be lost.
fn unread(why: &str, name: Option<&&str>) -> Fault {
    let name = name.copied().unwrap_or_default();
    Fault::markup(format!("the entity &{name}; of the DTD {why}, and such entities are not read"), 0)
}

/// The name or number of a reference, behind its `&`.
pub(super) fn reference<'a>(cursor: &mut Cursor<'a>) -> Result<&'a str, Fault> {
    let (text, start) = (cursor.rest(), cursor.offset());
    let wrong =
        || Fault::ill_formed("a '&' does not start a reference; write &amp;", start.saturating_sub(1));
    if cursor.take("#") {
        cursor.name_token();
    } else {
        cursor.name().map_err(|_| wrong())?;
    }
    let name = text.get(..cursor.offset() - start).unwrap_or_default();
    if cursor.take(";") { Ok(name) } else { Err(wrong()) }
}

/// The character of `65` or `x41`.
pub(super) fn character(number: &str) -> Result<char, Fault> {
    let (digits, radix) = number.strip_prefix('x').map_or((number, 10), |digits| (digits, 16));
    let is_number = !digits.is_empty() && digits.chars().all(|digit| digit.is_digit(radix));
    let code = if is_number { u32::from_str_radix(digits, radix).ok() } else { None };
    code.and_then(char::from_u32)
        .filter(|letter| is_character(*letter))
        .ok_or_else(|| Fault::ill_formed(format!("&#{number}; is not a character that XML allows"), 0))
}

/// Whether XML allows the character anywhere.
fn is_character(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..)
}

fn predefined(name: &str) -> Option<char> {
    Some(match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(entities: &mut Entities, raw: &str) -> Option<String> {
        let mut value = String::new();
        entities.append_value(raw, &mut value).ok().map(|()| value)
    }

    fn entities(declared: &[(&str, &str)]) -> Entities {
        let mut entities = Entities::default();
        declared.iter().for_each(|(name, text)| entities.declare(name, Entity::Text((*text).to_owned())));
        entities
    }

    #[test]
    fn values_are_normalised() {
        let none = &mut Entities::default();
        let is = |none: &mut Entities, raw, meant: &str| {
            assert_eq!(value(none, raw).as_deref(), Some(meant), "{raw}")
        };
        is(none, "A &amp; B &lt;&gt;&quot;&apos;", "A & B <>\"'");
        is(none, "&#65;&#x42;&#0067;&#x1F600;", "ABC😀");
        is(none, "a\tb\r\nc\rd\n\ne&#10;f", "a b c d  e\nf");
        for wrong in ["&", "&;", "a & b", "&amp", "&x;", "&#;", "&#x;", "&#X41;", "&#1a;", "& amp;", "&a:b;"]
        {
            assert_eq!(value(none, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn characters_that_xml_does_not_have() {
        for number in
            ["0", "8", "x1F", "xD800", "xFFFE", "xFFFF", "x110000", "99999999999999999999", "+65", "-1"]
        {
            assert!(character(number).is_err(), "{number}");
        }
        for number in ["9", "10", "13", "32", "x7F", "xD7FF", "xE000", "xFFFD", "x10000", "x10FFFF"] {
            assert!(character(number).is_ok(), "{number}");
        }
    }

    #[test]
    fn entities_stand_in_entities() {
        let mut known = entities(&[
            ("a", "1&b;2"),
            ("b", "&#60;\t"),
            ("lt", "x"),
            ("loop", "&pool;"),
            ("pool", "&loop;"),
        ]);
        assert_eq!(value(&mut known, "&a;&lt;").as_deref(), Some("1< 2<"));
        assert_eq!(value(&mut known, "&loop;"), None);
        assert!(known.check_content("a").is_ok());
        assert!(known.check_content("pool").is_err());
        assert_eq!(value(&mut entities(&[("e", "<b/>")]), "&e;"), None);
    }

    #[test]
    fn entities_do_not_explode() {
        let mut bomb = vec![("e0".to_owned(), "ha".repeat(10))];
        bomb.extend((1..20).map(|n| (format!("e{n}"), format!("&e{};", n - 1).repeat(10))));
        let mut bomb = entities(&bomb.iter().map(|(name, text)| (&name[..], &text[..])).collect::<Vec<_>>());
        assert_eq!(value(&mut bomb, "&e19;"), None);
        let deep: Vec<_> = (0..100).map(|n| (format!("e{n}"), format!("&e{};", n + 1))).collect();
        let mut deep = entities(&deep.iter().map(|(name, text)| (&name[..], &text[..])).collect::<Vec<_>>());
        assert_eq!(value(&mut deep, "&e0;"), None);
    }

    #[test]
    fn what_would_be_lost_is_refused_as_what_it_is() {
        let mut known = entities(&[("markup", "<b/>")]);
        known.declare("other", Entity::External);
        known.declare("picture", Entity::Binary);
        let mut reason = |name: &str| match known.check_content(name) {
            Err(Fault::Markup { reason, .. }) => reason,
            _ => String::new(),
        };
        assert!(reason("markup").contains("DTD contains elements"));
        assert!(reason("other").contains("DTD is in another file"));
        assert!(reason("picture").contains("not well-formed"));
        assert!(reason("none").contains("not declared"));
    }
}
