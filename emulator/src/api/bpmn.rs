//! A light check of BPMN: the server takes XML whose root is a BPMN model.

use quick_xml::{NsReader, events::Event, name::ResolveResult};

const NAMESPACE: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";

/// Says why a text is no BPMN, if it is none.
pub(super) fn check(text: &str) -> Result<(), String> {
    let mut reader = NsReader::from_str(text);
    let (mut depth, mut roots) = (0_usize, 0_usize);
    loop {
        let (namespace, event) =
            reader.read_resolved_event().map_err(|error| format!("is not XML: {error}"))?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                if depth == 0 {
                    roots += 1;
                    let bound =
                        matches!(namespace, ResolveResult::Bound(namespace) if namespace.0 == NAMESPACE);
                    if !bound || element.local_name().as_ref() != "definitions" {
                        return Err("has no BPMN 2.0 definitions as its root".to_owned());
                    }
                }
                depth += usize::from(matches!(event, Event::Start(_)));
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::DocType(_) => return Err("must not have a DTD".to_owned()),
            Event::Text(text) if depth == 0 && !text.trim_ascii().is_empty() => {
                return Err("is not XML: text outside the root".to_owned());
            }
            Event::Eof if depth == 0 && roots == 1 => return Ok(()),
            Event::Eof => return Err("is not a whole XML document".to_owned()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model() {
        let prefixed = format!(
            "\u{feff}<?xml version=\"1.0\"?>\n<bpmn:definitions xmlns:bpmn='{NAMESPACE}'><bpmn:process id='p'/></bpmn:definitions>\n"
        );
        assert_eq!(check(&prefixed), Ok(()));
        assert_eq!(check(&format!("<definitions xmlns='{NAMESPACE}'/>")), Ok(()));
    }

    #[test]
    fn no_model() {
        let open = format!("<definitions xmlns='{NAMESPACE}'>");
        let twice = format!("<definitions xmlns='{NAMESPACE}'/>").repeat(2);
        let dtd = format!("<!DOCTYPE d><definitions xmlns='{NAMESPACE}'/>");
        for text in ["", "hello", "{}", "<html/>", "<definitions/>", "<a></b>", &open, &twice, &dtd] {
            assert!(check(text).is_err(), "{text}");
        }
    }
}
