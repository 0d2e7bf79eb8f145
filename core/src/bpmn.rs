//! BPMN models: decoded as they declare, and checked before they are sent.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use roxmltree::{Document, ParsingOptions};

use crate::error::{Error, ErrorKind, Result, quotable};

const MODEL_NAMESPACE: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const LARGEST: usize = 5 * 1024 * 1024;
const DEEPEST: usize = 500;
/// More than any model of this size has: it bounds the memory of a check.
const MOST_NODES: u32 = 1_000_000;

/// Reads and checks a file; its text comes back as UTF-8.
pub(crate) fn read(path: &Path) -> Result<String> {
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
    from_bytes(&bytes, &quotable(&path.to_string_lossy()))
}

fn from_bytes(bytes: &[u8], name: &str) -> Result<String> {
    if bytes.len() > LARGEST {
        return Err(too_large());
    }
    checked(
        decode(bytes).ok_or_else(|| invalid(format!("'{name}' is not in the encoding that it declares.")))?,
    )
}

/// Gives the text back if it is a BPMN 2.0 model.
pub(crate) fn checked(text: String) -> Result<String> {
    if text.len() > LARGEST {
        return Err(too_large());
    }
    if !text.contains('<') {
        return Err(invalid("It holds no XML at all.".to_owned()).with_hint(
            "`upload_bpmn` takes the model's XML, `upload_bpmn_file` the path of its file; nothing was sent.",
        ));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(without_bom(&text), options)
        .map_err(|cause| invalid(format!("It is not well-formed XML: {cause}.")).caused_by(cause))?;
    if depth(&document) > DEEPEST {
        return Err(invalid(format!("Its elements are nested more than {DEEPEST} deep.")));
    }
    let root = document.root_element();
    if !root.has_tag_name((MODEL_NAMESPACE, "definitions")) {
        let (name, of) = (root.tag_name().name(), root.tag_name().namespace());
        let of = of.map(|namespace| format!(" of '{}'", quotable(namespace))).unwrap_or_default();
        return Err(invalid(format!(
            "Its root is <{name}>{of}, not the <definitions> of '{MODEL_NAMESPACE}'."
        )));
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
    let encoding = Encoding::for_label(label.as_bytes())?;
    // What was just read byte by byte is no UTF-16, whatever it says: it was written as text and saved as UTF-8.
    Some(if encoding.is_ascii_compatible() { encoding } else { UTF_8 })
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
    .with_hint("Leave out embedded pictures and attachments, or split the model; nothing was sent.")
}

fn invalid(why: String) -> Error {
    Error::new(ErrorKind::InvalidBpmn, format!("This is no BPMN 2.0 model. {why}"))
        .with_hint("Export the model as BPMN 2.0 XML from your modelling tool; nothing was sent.")
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>"#;

    fn message(text: &str) -> String {
        let error = checked(text.to_owned()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidBpmn);
        assert!(error.to_string().lines().count() <= 4, "{error}");
        error.message().to_owned()
    }

    /// The model with something in place of its process.
    fn with(inside: &str) -> String {
        GOOD.replace("<process id=\"p\"/>", inside)
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        assert_eq!(checked(GOOD.to_owned()).unwrap(), GOOD);
        let models = ["tests/data/bpmn/collaboration.bpmn", "examples/data/order-to-cash.bpmn"];
        for model in models.map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)) {
            assert_eq!(read(&model).unwrap(), fs::read_to_string(&model).unwrap());
        }
    }

    #[test]
    fn what_is_no_model_is_told_apart() {
        let process = "<process id='p'/>";
        for (text, word) in [
            ("order-to-cash.bpmn", "no XML at all"),
            ("", "no XML at all"),
            ("case<activity", "not well-formed"),
            ("<definitions><process/></definitions>", "<definitions>"),
            ("<html/>", "<html>"),
            (&with(""), "no <process>"),
            (&with("<process id='p'"), "not well-formed"),
            (GOOD.split_at(GOOD.len() - 20).0, "not well-formed"),
            (&format!("{GOOD}<more/>"), "not well-formed"),
            (&format!("{GOOD} text"), "not well-formed"),
            (&with("<process id='p'></Process>"), "not well-formed"),
            (&with("<process id=p/>"), "not well-formed"),
            (&with("<process id='p' id='q'/>"), "not well-formed"),
            (&with("<process id='a<b'/>"), "not well-formed"),
            (&with("<process id='p'>&nothing;</process>"), "not well-formed"),
            (&with("<process id='p'>&#0;</process>"), "not well-formed"),
            (&with("<process id='p'>\u{0}</process>"), "not well-formed"),
            (&with("<process id='p'>\u{8}</process>"), "not well-formed"),
            (&with("<process id='p'>a & b</process>"), "not well-formed"),
            (&with("<process id='p'>]]><!-- -- --></process>"), "not well-formed"),
            (&with("<bpmn:process id='p'/>"), "not well-formed"),
            (&with("<process id='p' x:y='z'/>"), "not well-formed"),
            (&with("<process xmlns='urn:other' id='p'/>"), "no <process>"),
            (&with("<collaboration><process id='p'/></collaboration>"), "no <process>"),
            (&GOOD.replace("20100524/MODEL", "20100501/MODEL"), "20100501/MODEL"),
            (&GOOD.replace("definitions", "Definitions"), "<Definitions>"),
            (&GOOD.replace("http://www.omg.org/spec", "https://www.omg.org/spec"), "https://"),
            (&format!("<a xmlns='urn:a'>{process}</a>"), "'urn:a'"),
        ] {
            let message = message(text);
            assert!(message.contains(word), "{word} is not in: {message}\n{text}");
        }
    }

    #[test]
    fn no_dtd_is_followed_or_expanded() {
        let bomb =
            "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]>";
        for dtd in [
            "<!DOCTYPE definitions>",
            "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
            "<!DOCTYPE x SYSTEM 'http://example.org/x.dtd'>",
            bomb,
        ] {
            let text =
                GOOD.replace("?>", &format!("?>{dtd}")).replace("id=\"p\"/>", "id=\"p\">&c;</process>");
            assert!(message(&text).contains("DTD"), "{dtd}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_and_long_texts_are_not() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(message(&deep).contains("nested"));
        let slashes = format!("{}{}", "<a x='/>'>".repeat(1000), "</a>".repeat(1000));
        assert!(message(&slashes).contains("nested"));
        let at_most =
            format!("<process id='p'>{}{}</process>", "<a>".repeat(DEEPEST - 2), "</a>".repeat(DEEPEST - 2));
        assert!(checked(with(&at_most)).is_ok());
        let long = format!("<documentation><![CDATA[{}]]></documentation>", "line<br>".repeat(600));
        assert!(checked(with(&format!("<process id=\"p\">{long}</process>"))).is_ok());
    }

    #[test]
    fn size_and_number_of_elements_are_bounded() {
        let large =
            format!("<process id='p'><documentation>{}</documentation></process>", "x".repeat(LARGEST));
        assert!(message(&with(&large)).contains("5 MiB"));
        assert!(from_bytes(&vec![b' '; LARGEST + 1], "x").unwrap_err().message().contains("5 MiB"));
        assert!(
            message(&with(&format!("<process>{}</process>", "<a/>".repeat(1_000_000)))).contains("limit")
        );
    }

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn a_file_is_read_in_the_encoding_it_declares() {
        let named = with("<process id='p' name='Prüfung'/>");
        let wide = named.replace("UTF-8", "UTF-16");
        let latin1: Vec<u8> = named.replace("UTF-8", "ISO-8859-1").chars().map(|c| c as u8).collect();
        for bytes in [
            named.clone().into_bytes(),
            [b"\xef\xbb\xbf", named.as_bytes()].concat(),
            utf16(&wide, u16::to_le_bytes),
            utf16(&wide, u16::to_be_bytes),
            [vec![0xff, 0xfe], utf16(&wide, u16::to_le_bytes)].concat(),
            [vec![0xfe, 0xff], utf16(&wide, u16::to_be_bytes)].concat(),
            latin1,
            wide.clone().into_bytes(),
            named
                .replacen("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "", 1)
                .trim_start()
                .as_bytes()
                .to_vec(),
        ] {
            assert!(from_bytes(&bytes, "model.bpmn").unwrap().contains("Prüfung"), "{bytes:?}");
        }
    }

    #[test]
    fn a_file_in_another_encoding_than_it_declares_is_refused() {
        let unknown = GOOD.replace("UTF-8", "klingon").into_bytes();
        let wrong = with("<process id='p' name='Pr\u{fc}fung'/>").chars().map(|c| c as u8).collect();
        let mut cut = [vec![0xff, 0xfe], utf16(GOOD, u16::to_le_bytes)].concat();
        cut.pop();
        for bytes in [unknown, wrong, cut] {
            let error = from_bytes(&bytes, "model.bpmn").unwrap_err();
            assert!(error.message().contains("'model.bpmn' is not in the encoding"), "{error}");
        }
    }
}
