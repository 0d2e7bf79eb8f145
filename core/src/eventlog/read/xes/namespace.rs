//! Prefixes: every one that is used has to be declared.

use std::collections::{HashMap, HashSet};

use crate::eventlog::read::xes::fault::Fault;
use crate::eventlog::read::xes::tag::Element;

const XML: &str = "http://www.w3.org/XML/1998/namespace";
const XMLNS: &str = "http://www.w3.org/2000/xmlns/";

/// The prefixes that are declared in the elements that are open.
#[derive(Debug, Default)]
pub(super) struct Namespaces {
    /// The URIs of a prefix, that of the outermost element first.
    bindings: HashMap<String, Vec<String>>,
    /// How deep the element is that declares a prefix.
    declared: Vec<(usize, String)>,
}

impl Namespaces {
    /// An element starts, so many elements deep.
    pub fn open(&mut self, element: Element<'_>, depth: usize) -> Result<(), Fault> {
        if !element.has_prefixes() {
            return Ok(());
        }
        for (name, value) in element.attributes() {
            if name == "xmlns" && matches!(value, XML | XMLNS) {
                return Err(Fault::ill_formed(format!("the namespace '{value}' is reserved"), 0));
            }
            if let Some(prefix) = name.strip_prefix("xmlns:") {
                self.declare(prefix, value, depth)?;
            }
        }
        self.check(element)
    }

    /// The element that is so deep ends.
    #[inline]
    pub fn close(&mut self, depth: usize) {
        while let Some((_, prefix)) = self.declared.pop_if(|(declared, _)| *declared == depth) {
            self.bindings.get_mut(&prefix).map(Vec::pop);
        }
    }

    fn declare(&mut self, prefix: &str, uri: &str, depth: usize) -> Result<(), Fault> {
        let is_allowed = match prefix {
            "xml" => uri == XML,
            "xmlns" => false,
            _ => !uri.is_empty() && !matches!(uri, XML | XMLNS),
        };
        if !is_allowed {
            return Err(Fault::ill_formed(format!("the prefix `{prefix}` can't be declared as '{uri}'"), 0));
        }
        self.bindings.entry(prefix.to_owned()).or_default().push(uri.to_owned());
        self.declared.push((depth, prefix.to_owned()));
        Ok(())
    }

    fn check(&self, element: Element<'_>) -> Result<(), Fault> {
        if let Some((prefix, _)) = element.name().split_once(':') {
            self.resolve(prefix)?;
        }
        let mut seen = HashSet::new();
        for (name, _) in element.attributes() {
            match name.split_once(':') {
                None | Some(("xmlns", _)) => {}
                Some((prefix, local)) if !seen.insert((self.resolve(prefix)?, local)) => {
                    return Err(Fault::ill_formed(
                        format!("the attribute `{name}` occurs twice in one tag"),
                        0,
                    ));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    fn resolve(&self, prefix: &str) -> Result<&str, Fault> {
        if prefix == "xml" {
            return Ok(XML);
        }
        let uri = self.bindings.get(prefix).and_then(|uris| uris.last());
        uri.map(String::as_str)
            .ok_or_else(|| Fault::ill_formed(format!("the prefix `{prefix}` is not declared"), 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::read::xes::entity::Entities;
    use crate::eventlog::read::xes::tag::StartTag;

    /// Opens elements one in the other; one that starts with `/` closes what is open.
    fn are_declared(tags: &[&str]) -> bool {
        let (mut namespaces, mut tag, mut depth) = (Namespaces::default(), StartTag::default(), 0);
        tags.iter().all(|content| {
            if *content == "/" {
                namespaces.close(depth);
                depth -= 1;
                return true;
            }
            depth += 1;
            namespaces.open(tag.parse(content, &mut Entities::default()).unwrap(), depth).is_ok()
        })
    }

    #[test]
    fn declared_prefixes() {
        assert!(are_declared(&["log", "trace"]));
        assert!(are_declared(&["x:log xmlns:x='a'", "x:trace x:b=''", "/", "x:trace"]));
        assert!(are_declared(&["log x:b='' xmlns:x='a' xml:lang='en'"]));
        assert!(are_declared(&["log xmlns:xml='http://www.w3.org/XML/1998/namespace' xmlns=''"]));
        assert!(are_declared(&["log xmlns:x='a'", "b xmlns:x='b'", "/", "x:c"]));
    }

    #[test]
    fn prefixes_that_are_not_declared() {
        assert!(!are_declared(&["x:log"]));
        assert!(!are_declared(&["log x:b=''"]));
        assert!(!are_declared(&["log", "b xmlns:x='a'", "/", "x:c"]));
        assert!(!are_declared(&["xmlns:log"]));
    }

    #[test]
    fn prefixes_that_are_reserved() {
        for tag in [
            "log xmlns:x=''",
            "log xmlns:xml='a'",
            "log xmlns:xmlns='a'",
            "log xmlns:x='http://www.w3.org/2000/xmlns/'",
            "log xmlns:x='http://www.w3.org/XML/1998/namespace'",
            "log xmlns='http://www.w3.org/XML/1998/namespace'",
        ] {
            assert!(!are_declared(&[tag]), "{tag}");
        }
    }

    #[test]
    fn an_attribute_twice_by_two_prefixes() {
        assert!(!are_declared(&["log xmlns:x='a' xmlns:y='a' x:b='' y:b=''"]));
        assert!(are_declared(&["log xmlns:x='a' xmlns:y='b' x:b='' y:b='' b=''"]));
    }
}
