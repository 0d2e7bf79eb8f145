//! BPMN models: decoded as they declare, checked before they are sent, and sent as UTF-8.

mod decode;
mod references;
mod refusal;

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use roxmltree::{Document, ParsingOptions};

use crate::content::{self, Content};
use crate::error::{Error, Result, quotable};

const MODEL_NAMESPACE: &str = "http://www.omg.org/spec/BPMN/20100524/MODEL";
const LARGEST: usize = 5 * 1024 * 1024;
const DEEPEST: usize = 500;
/// More than any model of this size has: it bounds the memory of a check.
const MOST_NODES: u32 = 1_000_000;

/// A model that may be sent.
#[derive(Debug)]
pub(crate) struct Model {
    /// The XML as it was, without a byte order mark, and with UTF-8 in its declaration if that has an encoding.
    pub xml: String,
    /// What is likely not as it is meant, but is in models that modelling tools export.
    pub warnings: Vec<String>,
}

/// Reads and checks a file.
pub(crate) fn read(path: &Path) -> Result<Model> {
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

/// Checks the bytes of a file.
pub(crate) fn from_bytes(bytes: &[u8], name: &str) -> Result<Model> {
    if bytes.len() > LARGEST {
        return Err(refusal::too_large());
    }
    let decoded = decode::decode(bytes);
    if let Ok(text) = &decoded
        && is_markup(text)
    {
        return check(text);
    }
    let content = content::identify(head(bytes));
    if !matches!(content, Content::Text { .. } | Content::Xml { .. } | Content::Bpmn) {
        return Err(refusal::other_content(&content));
    }
    // Nobody can know the encoding that a declaration states which is not at the start.
    if let Some(before) = refusal::before_declaration(&String::from_utf8_lossy(head(bytes))) {
        return Err(refusal::misplaced(before));
    }
    Err(decoded.map_or_else(|why| refusal::encoding(name, &why), |text| refusal::not_markup(&text)))
}

/// Checks a text.
pub(crate) fn check(text: &str) -> Result<Model> {
    let text = text.trim_start_matches('\u{feff}');
    if text.len() > LARGEST {
        return Err(refusal::too_large());
    }
    if !is_markup(text) {
        return Err(refusal::not_markup(text));
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document =
        Document::parse_with_options(text, options).map_err(|cause| refusal::malformed(text, cause))?;
    if depth(&document) > DEEPEST {
        return Err(refusal::too_deep(DEEPEST));
    }
    let root = document.root_element();
    if !root.has_tag_name((MODEL_NAMESPACE, "definitions")) {
        return Err(refusal::other_root(text, &root));
    }
    if !root.children().any(|child| child.has_tag_name((MODEL_NAMESPACE, "process"))) {
        return Err(refusal::without_process(&root));
    }
    let warnings = references::check(&document)?;
    Ok(Model { xml: decode::declare_utf8(text.to_owned()), warnings })
}

fn is_markup(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').trim_start().starts_with('<')
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..content::HEAD).unwrap_or(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use proptest::prelude::*;

    const GOOD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>"#;

    fn message(text: &str) -> String {
        let error = check(text).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidBpmn);
        assert!(error.to_string().lines().count() <= 2, "{error}");
        assert!(error.hint().unwrap().ends_with("; nothing was sent."), "{error}");
        error.message().to_owned()
    }

    fn error_of(bytes: &[u8]) -> String {
        from_bytes(bytes, "model.bpmn").unwrap_err().to_string()
    }

    /// The model with something in place of its process.
    fn with(inside: &str) -> String {
        GOOD.replace("<process id=\"p\"/>", inside)
    }

    #[test]
    fn a_model_comes_back_as_it_was() {
        assert_eq!(check(GOOD).unwrap().xml, GOOD);
        let models = ["tests/data/bpmn/collaboration.bpmn", "examples/data/order-to-cash.bpmn"];
        for model in models.map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)) {
            let read = read(&model).unwrap();
            assert_eq!(read.xml, fs::read_to_string(&model).unwrap());
            assert_eq!(read.warnings, [""; 0]);
        }
    }

    #[test]
    fn what_is_no_model_is_told_apart() {
        let process = "<process id='p'/>";
        for (text, word) in [
            ("order-to-cash.bpmn", "text, not XML"),
            ("CaseId,Activity\n", "comma-separated text, not XML"),
            ("", "an empty file"),
            ("{\"resourceId\": \"canvas\"}", "JSON"),
            ("case<activity", "text, not XML"),
            ("<definitions><process/></definitions>", "<definitions>"),
            ("<html/>", "a web page (HTML); its root is <html>"),
            ("<definitions xmlns='https://www.omg.org/spec/DMN/20191111/MODEL/'/>", "a DMN model"),
            ("<bpmn:BpmnDiagram xmlns:bpmn='http://stp.eclipse.org/bpmn'/>", "BPMN 1"),
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
        for (text, word) in [
            ("<!DOCTYPE html><html><body>Please sign in</body></html>", "a web page (HTML)"),
            ("<?xml version='1.0'?><!DOCTYPE AML SYSTEM 'ARIS-Export.dtd'><AML/>", "an ARIS export (AML)"),
            ("<!DOCTYPE orders><orders/>", "a DTD (<!DOCTYPE …>), and its root is <orders>"),
        ] {
            let message = message(text);
            assert!(message.contains(word) && !message.contains("well-formed"), "{message}");
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
        assert!(check(&with(&at_most)).is_ok());
        let long = format!("<documentation><![CDATA[{}]]></documentation>", "line<br>".repeat(600));
        assert!(check(&with(&format!("<process id=\"p\">{long}</process>"))).is_ok());
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
            let xml = from_bytes(&bytes, "model.bpmn").unwrap().xml;
            assert!(xml.contains("Prüfung") && xml.starts_with('<'), "{xml}");
            assert!(!xml.contains("UTF-16") && !xml.contains("8859"), "{xml}");
        }
    }

    #[test]
    fn a_text_is_sent_as_utf_8_whatever_it_declares() {
        for declared in ["UTF-16", "ISO-8859-1", "windows-1252", "utf-8"] {
            let sent = check(&GOOD.replace("UTF-8", declared)).unwrap().xml;
            assert_eq!(sent.replace("utf-8", "UTF-8"), GOOD);
        }
        assert_eq!(check(&format!("\u{feff}{GOOD}")).unwrap().xml, GOOD, "a mark is not part of the text");
        let bare = GOOD.replace(" encoding=\"UTF-8\"", " standalone='yes'");
        assert_eq!(check(&bare).unwrap().xml, bare);
    }

    #[test]
    fn a_file_that_is_not_xml_is_named_for_what_it_is() {
        for (bytes, words) in [
            (&b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"[..], ["a ZIP archive", "Unpack"]),
            (b"\x89PNG\r\n\x1a\n\0\0\0\0", ["a PNG image", "Export"]),
            (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", ["a PDF document", "Export"]),
            (b"\x1f\x8b\x08\0\0\0", ["gzip", "Unpack"]),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0\0", ["an Office 97-2003 document", "Export"]),
            (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\xff\xfe", ["binary data", "Export"]),
            (b"Vorg\xe4nge;Gr\xf6\xdfe\n1;2\n", ["UTF-8", "Save the file as UTF-8"]),
            (b"", ["an empty file", "Export"]),
        ] {
            let error = error_of(bytes);
            assert!(
                words.iter().all(|word| error.contains(word)) && !error.contains("declares UTF"),
                "{error}"
            );
        }
    }

    #[test]
    fn what_stands_before_the_declaration_is_to_be_removed() {
        let german = with("<process id='p' name='Pr\u{fc}fung'/>").replace("UTF-8", "ISO-8859-1");
        let latin1 = |text: &str| -> Vec<u8> { text.chars().map(|c| c as u8).collect() };
        for (bytes, what) in [
            (format!("\n{GOOD}").into_bytes(), "blank line"),
            (format!("\u{feff}\r\n{GOOD}").into_bytes(), "blank line"),
            (format!("<!-- <a> --> {GOOD}").into_bytes(), "comment"),
            (format!("HTTP/1.1 200 OK\n\n{GOOD}").into_bytes(), "other text"),
            (latin1(&format!("\n{german}")), "blank line"),
            (latin1(&format!("<!-- exported -->\n{german}")), "comment"),
        ] {
            let error = error_of(&bytes);
            assert!(error.contains(what) && error.contains("Remove what is before"), "{error}");
        }
        let twice = message(&with("<process id='p'/><?xml version='1.0'?>"));
        assert!(twice.contains("another XML declaration in line 2"), "{twice}");
    }

    #[test]
    fn a_prefix_that_is_not_declared_is_named() {
        let error = error_of(with("<process id='p' vendor:a='b'/>").as_bytes());
        assert!(
            error.contains("the prefix 'vendor' is not declared (line 2)") && error.contains("xmlns:vendor"),
            "{error}"
        );
    }

    #[test]
    fn a_model_without_a_process_is_still_bpmn() {
        for (inside, words) in [
            (
                "<collaboration id='c'><participant id='a'/></collaboration>",
                "no <process>, only a collaboration",
            ),
            ("<choreography id='c'/>", "no <process>, only a choreography"),
            ("<message id='m'/>", "The BPMN 2.0 model has no <process>."),
        ] {
            let message = message(&with(inside));
            assert!(message.contains(words) && !message.contains("not a BPMN"), "{message}");
        }
    }

    #[test]
    fn a_file_in_another_encoding_than_it_declares_is_refused() {
        let unknown = GOOD.replace("UTF-8", "klingon").into_bytes();
        let wrong = with("<process id='p' name='Pr\u{fc}fung'/>").chars().map(|c| c as u8).collect();
        let mut cut = [vec![0xff, 0xfe], utf16(GOOD, u16::to_le_bytes)].concat();
        cut.pop();
        for bytes in [unknown, wrong, cut] {
            let error = error_of(&bytes);
            assert!(
                error.contains("'model.bpmn'") && error.contains("encoding") && error.contains("UTF-8"),
                "{error}"
            );
        }
    }

    /// The ways in which a file may be in another encoding than UTF-8.
    fn encoded(text: &str, way: usize) -> Vec<u8> {
        let wide = text.replace("UTF-8", "UTF-16");
        match way {
            0 => text.as_bytes().to_vec(),
            1 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            2 => utf16(&wide, u16::to_le_bytes),
            3 => utf16(&wide, u16::to_be_bytes),
            4 => [b"\xff\xfe".to_vec(), utf16(&wide, u16::to_le_bytes)].concat(),
            _ => text.replace("UTF-8", "ISO-8859-1").chars().map(|c| c as u8).collect(),
        }
    }

    proptest! {
        #[test]
        fn from_bytes_any_encoding_is_the_same_model(name in "[a-zA-Z0-9 äöüßéèñ]{0,40}", way in 0..6_usize) {
            let model = with(&format!("<process id='p' name='{name}'/>"));
            prop_assert_eq!(from_bytes(&encoded(&model, way), "model.bpmn").unwrap().xml, model);
        }

        #[test]
        fn from_bytes_any_bytes_are_a_model_or_an_error(
            start in "(<\\?xml version='1.0' encoding='[a-zA-Z0-9-]{0,9}'\\?>|<!--|<!DOCTYPE |\u{feff}|\n)?",
            rest in proptest::collection::vec(any::<u8>(), 0..300),
        ) {
            let error = from_bytes(&[start.as_bytes(), &rest].concat(), "model.bpmn").unwrap_err();
            prop_assert_eq!(error.kind(), ErrorKind::InvalidBpmn);
            prop_assert_eq!(error.to_string().lines().count(), 2);
        }
    }
}
