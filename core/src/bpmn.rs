//! BPMN models: decoded as they declare, and checked before they are sent.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use roxmltree::{Document, ParsingOptions};

use crate::error::{Error, ErrorKind, Result};

const MODEL_NAMESPACE: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const LARGEST: usize = 5 * 1024 * 1024;
const DEEPEST: usize = 500;

/// Reads and checks a file; its text comes back as UTF-8.
pub(crate) fn read(path: &Path) -> Result<String> {
    let shown = path.display();
    let unreadable = |cause| Error::unreadable(path, cause);
    let metadata = fs::metadata(path).map_err(unreadable)?;
    // A pipe would be waited for.
    if !metadata.is_file() {
        return Err(Error::not_a_file(path, &metadata));
    }
    let mut bytes = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST as u64 + 1).read_to_end(&mut bytes))
        .map_err(unreadable)?;
    if bytes.len() > LARGEST {
        return Err(too_large());
    }
    let text = decode(&bytes)
        .ok_or_else(|| invalid(format!("'{shown}' is not in the encoding that it declares.")))?;
    checked(text)
}

/// Gives the text back if it is a BPMN 2.0 model.
pub(crate) fn checked(text: String) -> Result<String> {
    if text.len() > LARGEST {
        return Err(too_large());
    }
    if !text.contains('<') {
        return Err(invalid("It holds no XML at all.".to_owned()).hint(
            "`upload_bpmn` takes the model's XML, `upload_bpmn_file` the path of its file; nothing was sent.",
        ));
    }
    let options = ParsingOptions { allow_dtd: false, ..ParsingOptions::default() };
    let document = Document::parse_with_options(without_bom(&text), options)
        .map_err(|cause| invalid(format!("It is not well-formed XML: {cause}.")).caused_by(cause))?;
    if depth(&document) > DEEPEST {
        return Err(invalid(format!("Its elements are nested more than {DEEPEST} deep.")));
    }
    let root = document.root_element();
    if !root.has_tag_name((MODEL_NAMESPACE, "definitions")) {
        let name = root.tag_name().name();
        return Err(invalid(format!("Its root is <{name}>, not the <definitions> of BPMN 2.0.")));
    }
    if !root.children().any(|child| child.has_tag_name((MODEL_NAMESPACE, "process"))) {
        return Err(invalid("It holds no <process>.".to_owned()));
    }
    Ok(text)
}

/// The text of an XML file: by its byte order mark, the pattern of its first bytes, or its declaration.
pub(crate) fn decode(bytes: &[u8]) -> Option<String> {
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => Encoding::for_bom(bytes).map_or_else(|| declared(bytes), |(encoding, _)| Some(encoding))?,
    };
    let (text, _, malformed) = encoding.decode(bytes);
    (!malformed).then(|| text.into_owned())
}

fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..200).unwrap_or(bytes)).into_owned();
    let Some(declaration) =
        head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(all, _)| all)
    else {
        return Some(UTF_8);
    };
    let Some((_, value)) = declaration.split_once("encoding") else {
        return Some(UTF_8);
    };
    let label =
        value.trim_start_matches([' ', '\t', '\r', '\n', '=', '"', '\'']).split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes())
}

fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// How deep the elements are nested. Nodes come parents first, and their ids count up from 0.
fn depth(document: &Document) -> usize {
    let mut depths: Vec<usize> = Vec::new();
    for node in document.descendants() {
        let parent = node.parent().and_then(|parent| depths.get(parent.id().get_usize()).copied());
        depths.push(parent.map_or(0, |depth| depth + usize::from(node.is_element())));
    }
    depths.into_iter().max().unwrap_or_default()
}

fn too_large() -> Error {
    Error::new(
        ErrorKind::InvalidBpmn,
        "The BPMN model is larger than 5 MiB, which is the most that can be sent.",
    )
    .hint("Leave out embedded pictures and attachments, or split the model; nothing was sent.")
}

fn invalid(why: String) -> Error {
    Error::new(ErrorKind::InvalidBpmn, format!("This is no BPMN 2.0 model. {why}"))
        .hint("Export the model as BPMN 2.0 XML from your modelling tool; nothing was sent.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>"#;

    fn message(text: &str) -> String {
        let error = checked(text.to_owned()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidBpmn);
        error.message().to_owned()
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        assert_eq!(checked(GOOD.to_owned()).unwrap(), GOOD);
    }

    #[test]
    fn what_is_no_model_is_told_apart() {
        assert!(message("order-to-cash.bpmn").contains("no XML at all"));
        assert!(message("case<activity").contains("not well-formed"));
        assert!(message("<definitions><process/></definitions>").contains("<definitions>"));
        assert!(message("<html/>").contains("<html>"));
        assert!(message(&GOOD.replace("<process id=\"p\"/>", "")).contains("no <process>"));
        assert!(
            message(&GOOD.replace("?>", "?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"))
                .contains("DTD")
        );
    }

    #[test]
    fn deep_nesting_is_refused_and_long_texts_are_not() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(message(&deep).contains("nested"));
        let slashes = format!("{}{}", "<a x='/>'>".repeat(1000), "</a>".repeat(1000));
        assert!(message(&slashes).contains("nested"));
        let long = format!("<documentation><![CDATA[{}]]></documentation>", "line<br>".repeat(600));
        assert!(
            checked(GOOD.replace("<process id=\"p\"/>", &format!("<process id=\"p\">{long}</process>")))
                .is_ok()
        );
    }

    #[test]
    fn a_file_is_read_in_the_encoding_it_declares() {
        let utf16 = |order: fn(u16) -> [u8; 2]| {
            GOOD.replace("UTF-8", "UTF-16").encode_utf16().flat_map(order).collect()
        };
        let latin1 =
            GOOD.replace("UTF-8", "ISO-8859-1").replace("id=\"p\"", "id=\"p\" name=\"Pr\u{fc}fung\"");
        let latin1: Vec<u8> = latin1.chars().map(|c| c as u8).collect();
        let little: Vec<u8> = utf16(u16::to_le_bytes);
        let big: Vec<u8> = [vec![0xfe, 0xff], utf16(u16::to_be_bytes)].concat();
        let bom: Vec<u8> = [b"\xef\xbb\xbf", GOOD.as_bytes()].concat();
        for bytes in [little, big, bom] {
            assert!(checked(decode(&bytes).unwrap()).is_ok());
        }
        assert!(checked(decode(&latin1).unwrap()).unwrap().contains("Prüfung"));
        assert_eq!(decode(b"<?xml version='1.0' encoding='klingon'?><a/>"), None);
    }
}
