//! Document types: their entities, and whether their declarations are well-formed. Nothing is validated by them.

use crate::eventlog::read::xes::cursor::Cursor;
use crate::eventlog::read::xes::entity::{Entities, Entity, character, reference};
use crate::eventlog::read::xes::fault::Fault;

/// How deep the groups of a content model are.
const DEPTH_LIMIT: usize = 100;

/// Takes the entities of a document type, which is all from `<!DOCTYPE` to `>`.
pub(super) fn read(text: &str, is_standalone: bool, entities: &mut Entities) -> Result<(), Fault> {
    let mut cursor = Cursor::new(text);
    cursor.expect("<!DOCTYPE")?;
    cursor.expect_blanks()?;
    cursor.qualified_name()?;
    let is_apart = cursor.skip_blanks();
    if !matches!(cursor.peek(), Some(b'[' | b'>')) {
        if !is_apart || !external_id(&mut cursor, true)? {
            return Err(cursor.fault("the DOCTYPE contains something unknown"));
        }
        entities.may_be_elsewhere = !is_standalone;
        cursor.skip_blanks();
    }
    if cursor.take("[") {
        Subset { cursor: &mut cursor, is_standalone, entities, is_complete: true }.read()?;
        cursor.skip_blanks();
    }
    cursor.expect(">")
}

/// The declarations between the brackets.
struct Subset<'a, 'c, 'e> {
    cursor: &'c mut Cursor<'a>,
    is_standalone: bool,
    entities: &'e mut Entities,
    /// Nothing was left out: behind a declaration that is not read, others may not count.
    is_complete: bool,
}

impl Subset<'_, '_, '_> {
    fn read(&mut self) -> Result<(), Fault> {
        loop {
            self.cursor.skip_blanks();
            match () {
                () if self.cursor.take("]") => return Ok(()),
                () if self.cursor.take("%") => self.parameter_reference()?,
                () if self.cursor.take("<!--") => self.comment()?,
                () if self.cursor.take("<?") => self.instruction()?,
                () if self.cursor.take("<!ENTITY") => self.entity()?,
                () if self.cursor.take("<!ELEMENT") => self.element()?,
                () if self.cursor.take("<!ATTLIST") => self.attributes()?,
                () if self.cursor.take("<!NOTATION") => self.notation()?,
                () => return Err(self.cursor.fault("the DOCTYPE contains something unknown")),
            }
        }
    }

    /// The entity is not read, and what it declares is not known.
    fn parameter_reference(&mut self) -> Result<(), Fault> {
        self.cursor.name()?;
        self.cursor.expect(";")?;
        if !self.is_standalone {
            self.is_complete = false;
            self.entities.may_be_elsewhere = true;
        }
        Ok(())
    }

    fn comment(&mut self) -> Result<(), Fault> {
        let Some(length) = self.cursor.rest().find("--") else {
            return Err(self.cursor.fault("a comment is never closed"));
        };
        self.cursor.advance(length);
        self.cursor.expect("-->").map_err(|_| self.cursor.fault("a comment contains `--`"))
    }

    fn instruction(&mut self) -> Result<(), Fault> {
        let Some(length) = self.cursor.rest().find("?>") else {
            return Err(self.cursor.fault("a processing instruction is never closed"));
        };
        let content = self.cursor.rest().get(..length).unwrap_or_default();
        check_instruction(content).map_err(|fault| fault.shifted(self.cursor.offset()))?;
        self.cursor.advance(length + 2);
        Ok(())
    }

    fn entity(&mut self) -> Result<(), Fault> {
        self.cursor.expect_blanks()?;
        let is_parameter = self.cursor.take("%");
        if is_parameter {
            self.cursor.expect_blanks()?;
        }
        let name = self.cursor.name()?;
        self.cursor.expect_blanks()?;
        let entity = if matches!(self.cursor.peek(), Some(b'"' | b'\'')) {
            let (literal, start) = self.cursor.quoted()?;
            Entity::Text(entity_text(literal).map_err(|fault| fault.shifted(start))?)
        } else if external_id(self.cursor, true)? {
            let is_apart = self.cursor.skip_blanks();
            if is_apart && !is_parameter && self.cursor.take("NDATA") {
                self.cursor.expect_blanks()?;
                self.cursor.name()?;
                Entity::Binary
            } else {
                Entity::External
            }
        } else {
            return Err(self.cursor.fault("an entity has no value"));
        };
        if !is_parameter && self.is_complete {
            self.entities.declare(name, entity);
        }
        self.end()
    }

    fn element(&mut self) -> Result<(), Fault> {
        self.cursor.expect_blanks()?;
        self.cursor.qualified_name()?;
        self.cursor.expect_blanks()?;
        if !self.cursor.take("EMPTY") && !self.cursor.take("ANY") {
            self.cursor.expect("(")?;
            self.cursor.skip_blanks();
            if self.cursor.take("#PCDATA") { self.mixed()? } else { self.group(1)? }
        }
        self.end()
    }

    /// The rest of `(#PCDATA | name | …)*`.
    fn mixed(&mut self) -> Result<(), Fault> {
        let mut has_names = false;
        loop {
            self.cursor.skip_blanks();
            if self.cursor.take(")") {
                let is_repeated = self.cursor.take("*");
                return if is_repeated || !has_names {
                    Ok(())
                } else {
                    Err(self.cursor.fault("`*` is missing"))
                };
            }
            self.cursor.expect("|")?;
            self.cursor.skip_blanks();
            self.cursor.qualified_name()?;
            has_names = true;
        }
    }

    /// The rest of a group of names and groups, all of them between the same separators.
    fn group(&mut self, depth: usize) -> Result<(), Fault> {
        let mut separator = None;
        loop {
            self.cursor.skip_blanks();
            if self.cursor.take("(") {
                if depth == DEPTH_LIMIT {
                    return Err(Fault::markup("the DTD nests too deeply", self.cursor.offset()));
                }
                self.group(depth + 1)?;
            } else {
                self.cursor.qualified_name()?;
                self.occurrence();
            }
            self.cursor.skip_blanks();
            if self.cursor.take(")") {
                self.occurrence();
                return Ok(());
            }
            let next = self.cursor.peek().filter(|byte| matches!(byte, b'|' | b','));
            if next.is_none() || *separator.get_or_insert(next) != next {
                return Err(self.cursor.fault("a content model is not valid"));
            }
            self.cursor.advance(1);
        }
    }

    fn occurrence(&mut self) {
        if matches!(self.cursor.peek(), Some(b'?' | b'*' | b'+')) {
            self.cursor.advance(1);
        }
    }

    fn attributes(&mut self) -> Result<(), Fault> {
        self.cursor.expect_blanks()?;
        self.cursor.qualified_name()?;
        while self.cursor.skip_blanks() && self.cursor.peek() != Some(b'>') {
            let name = self.cursor.qualified_name()?;
            self.cursor.expect_blanks()?;
            self.attribute_type()?;
            self.cursor.expect_blanks()?;
            self.default_value(name)?;
        }
        self.end()
    }

    fn attribute_type(&mut self) -> Result<(), Fault> {
        let is_group = self.cursor.peek() == Some(b'(');
        let word = self.cursor.name_token();
        match word {
            _ if is_group => {}
            "CDATA" | "ID" | "IDREF" | "IDREFS" | "ENTITY" | "ENTITIES" | "NMTOKEN" | "NMTOKENS" => {
                return Ok(());
            }
            "NOTATION" => self.cursor.expect_blanks()?,
            _ => return Err(self.cursor.fault("an attribute has no type")),
        }
        self.cursor.expect("(")?;
        loop {
            self.cursor.skip_blanks();
            let choice = if is_group { self.cursor.name_token() } else { self.cursor.name()? };
            if choice.is_empty() {
                return Err(self.cursor.fault("a choice is missing"));
            }
            self.cursor.skip_blanks();
            if self.cursor.take(")") {
                return Ok(());
            }
            self.cursor.expect("|")?;
        }
    }

    /// A value that matters would have to be added to every element without one.
    fn default_value(&mut self, name: &str) -> Result<(), Fault> {
        if self.cursor.take("#REQUIRED") || self.cursor.take("#IMPLIED") {
            return Ok(());
        }
        let offset = self.cursor.offset();
        if self.cursor.take("#FIXED") {
            self.cursor.expect_blanks()?;
        }
        let (value, start) = self.cursor.quoted()?;
        self.entities.append_value(value, &mut String::new()).map_err(|fault| fault.shifted(start))?;
        if matches!(name, "key" | "value" | "keys" | "scope") || name.starts_with("xmlns:") {
            let reason = format!("the DTD gives `{name}` a default value, and such values are not read");
            return Err(Fault::markup(reason, offset));
        }
        Ok(())
    }

    fn notation(&mut self) -> Result<(), Fault> {
        self.cursor.expect_blanks()?;
        self.cursor.name()?;
        self.cursor.expect_blanks()?;
        if !external_id(self.cursor, false)? {
            return Err(self.cursor.fault("a notation has no value"));
        }
        self.end()
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.cursor.skip_blanks();
        self.cursor.expect(">")
    }
}

/// Passes `SYSTEM "…"` or `PUBLIC "…" "…"`, if it is there. Only a notation may have the first value of `PUBLIC` alone.
fn external_id(cursor: &mut Cursor<'_>, needs_system: bool) -> Result<bool, Fault> {
    if cursor.take("SYSTEM") {
        cursor.expect_blanks()?;
        cursor.quoted()?;
        return Ok(true);
    }
    if !cursor.take("PUBLIC") {
        return Ok(false);
    }
    cursor.expect_blanks()?;
    let (id, start) = cursor.quoted()?;
    if !id.bytes().all(is_of_public_id) {
        return Err(Fault::ill_formed("a public identifier contains a character that is not allowed", start));
    }
    let is_apart = cursor.skip_blanks();
    if needs_system || matches!(cursor.peek(), Some(b'"' | b'\'')) {
        let (_, start) = cursor.quoted()?;
        if !is_apart {
            return Err(Fault::ill_formed("a blank is missing", start));
        }
    }
    Ok(true)
}

fn is_of_public_id(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" \r\n-'()+,./:=?;!*#@$_%".contains(&byte)
}

/// The text of an entity: references to characters are replaced at once, those to entities when it is used.
fn entity_text(literal: &str) -> Result<String, Fault> {
    let mut text = String::new();
    let mut cursor = Cursor::new(literal);
    loop {
        let rest = cursor.rest();
        let plain = rest.find(['&', '%', '\r']).unwrap_or(rest.len());
        text.push_str(rest.get(..plain).unwrap_or_default());
        cursor.advance(plain);
        match cursor.peek() {
            None => return Ok(text),
            Some(b'&') => {
                let start = cursor.offset();
                cursor.advance(1);
                let name = reference(&mut cursor)?;
                match name.strip_prefix('#') {
                    Some(number) => text.push(character(number).map_err(|fault| fault.shifted(start))?),
                    None => text.extend(["&", name, ";"]),
                }
            }
            Some(b'\r') => {
                text.push('\n');
                cursor.advance(if cursor.rest().starts_with("\r\n") { 2 } else { 1 });
            }
            Some(_) => return Err(cursor.fault("the value of an entity contains a '%'; write &#37;")),
        }
    }
}

/// Checks the text between `<?` and `?>`.
pub(super) fn check_instruction(content: &str) -> Result<(), Fault> {
    let mut cursor = Cursor::new(content);
    let target = cursor.name()?;
    if target.eq_ignore_ascii_case("xml") {
        return Err(Fault::ill_formed("the XML declaration is not at the very start of the file", 0));
    }
    if cursor.rest().is_empty() || cursor.skip_blanks() {
        return Ok(());
    }
    Err(cursor.fault("the name of a processing instruction is not valid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> Result<Entities, Fault> {
        let mut entities = Entities::default();
        read(text, false, &mut entities).map(|()| entities)
    }

    fn value(declarations: &str, raw: &str) -> Option<String> {
        let mut value = String::new();
        let mut entities = read_all(&format!("<!DOCTYPE log [{declarations}]>")).ok()?;
        entities.append_value(raw, &mut value).ok().map(|()| value)
    }

    #[test]
    fn well_formed_declarations() {
        for text in [
            "<!DOCTYPE log>",
            "<!DOCTYPE log SYSTEM 'xes.dtd' >",
            "<!DOCTYPE x:log PUBLIC \"-//XES//EN\" 'x>y'>",
            "<!DOCTYPE log[]>",
            "<!DOCTYPE log SYSTEM 'x'[ %pe; <!-- a - b --> <?do this?> ] >",
            "<!DOCTYPE log [<!ELEMENT log ANY><!ELEMENT event EMPTY >]>",
            "<!DOCTYPE log [<!ELEMENT log (#PCDATA)><!ELEMENT event ( #PCDATA | a|b )*>]>",
            "<!DOCTYPE log [<!ELEMENT log (global?,(classifier|string)*, trace+)?>]>",
            "<!DOCTYPE log [<!ATTLIST log a CDATA #REQUIRED b (x|1y) #IMPLIED c NOTATION (n) #IMPLIED>]>",
            "<!DOCTYPE log [<!ATTLIST log> <!ATTLIST log xmlns CDATA #FIXED 'x' version NMTOKEN '1.0'>]>",
            "<!DOCTYPE log [<!NOTATION n PUBLIC 'x'><!NOTATION m SYSTEM 'y'>]>",
            "<!DOCTYPE log [<!ENTITY % pe 'x'><!ENTITY % pf SYSTEM 'y'><!ENTITY p SYSTEM 'z' NDATA n>]>",
            "<!DOCTYPE log [<!ENTITY a 'ü > \"<'>]>",
        ] {
            assert!(read_all(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn ill_formed_declarations() {
        for text in [
            "<!doctype log>",
            "<!DOCTYPElog>",
            "<!DOCTYPE >",
            "<!DOCTYPE log x>",
            "<!DOCTYPE log PUBLIC 'x'>",
            "<!DOCTYPE log PUBLIC 'x''y'>",
            "<!DOCTYPE log PUBLIC 'ü' 'y'>",
            "<!DOCTYPE log [x]>",
            "<!DOCTYPE log [&x;]>",
            "<!DOCTYPE log [%x]>",
            "<!DOCTYPE log [<!-- a -- b -->]>",
            "<!DOCTYPE log [<?xml version='1.0'?>]>",
            "<!DOCTYPE log [<?a+b?>]>",
            "<!DOCTYPE log [<![INCLUDE[]]>]>",
            "<!DOCTYPE log [<!ELEMENT log>]>",
            "<!DOCTYPE log [<!ELEMENT log(a)>]>",
            "<!DOCTYPE log [<!ELEMENT log (a,b|c)>]>",
            "<!DOCTYPE log [<!ELEMENT log (#PCDATA|a)>]>",
            "<!DOCTYPE log [<!ELEMENT log ()>]>",
            "<!DOCTYPE log [<!ATTLIST log a STRING #IMPLIED>]>",
            "<!DOCTYPE log [<!ATTLIST log a (x|y)#IMPLIED>]>",
            "<!DOCTYPE log [<!ATTLIST log a CDATA '<'>]>",
            "<!DOCTYPE log [<!NOTATION n>]>",
            "<!DOCTYPE log [<!ENTITY a'x'>]>",
            "<!DOCTYPE log [<!ENTITY a:b 'x'>]>",
            "<!DOCTYPE log [<!ENTITY a>]>",
            "<!DOCTYPE log [<!ENTITY a 'x & y'>]>",
            "<!DOCTYPE log [<!ENTITY a '%pe;'>]>",
            "<!DOCTYPE log [<!ENTITY a '&#0;'>]>",
            "<!DOCTYPE log [<!ENTITY % a SYSTEM 'x' NDATA n>]>",
            "<!DOCTYPE log [<!ENTITY a 'x'>",
        ] {
            assert!(read_all(text).is_err(), "{text}");
        }
        let deep = format!("<!DOCTYPE log [<!ELEMENT log {}>]>", "(".repeat(100_000));
        assert!(read_all(&deep).is_err());
    }

    #[test]
    fn entities_are_known() {
        assert_eq!(value("<!ENTITY dept 'Sales'>", "in &dept;").as_deref(), Some("in Sales"));
        assert_eq!(value("<!ENTITY a '&#65;&b;\r\n'><!ENTITY b \"B\">", "&a;").as_deref(), Some("AB "));
        assert_eq!(value("<!ENTITY a '1'><!ENTITY a '2'>", "&a;").as_deref(), Some("1"));
        assert_eq!(value("<!ENTITY % a '1'>", "&a;"), None);
        assert_eq!(value("<!ENTITY a SYSTEM '1'>", "&a;"), None);
        assert_eq!(value("%b;<!ENTITY a '1'>", "&a;"), None);
    }

    #[test]
    fn entities_of_other_files_are_not_called_undeclared() {
        for (text, is_standalone, is_elsewhere) in [
            ("<!DOCTYPE log SYSTEM 'x'>", false, true),
            ("<!DOCTYPE log SYSTEM 'x'>", true, false),
            ("<!DOCTYPE log [%x;]>", false, true),
            ("<!DOCTYPE log []>", false, false),
        ] {
            let mut entities = Entities::default();
            read(text, is_standalone, &mut entities).unwrap();
            assert_eq!(entities.may_be_elsewhere, is_elsewhere, "{text}");
        }
    }

    #[test]
    fn default_value_is_refused_as_what_it_is() {
        let result = read_all("<!DOCTYPE log [<!ATTLIST string value CDATA #FIXED 'x'>]>");
        let Err(Fault::Markup { reason, .. }) = result else { panic!("it would be lost") };
        assert!(reason.contains("default value"), "{reason}");
    }
}
