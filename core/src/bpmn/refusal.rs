//! Why a text is not a BPMN 2.0 model, in words: what it is instead, and what to do.

use roxmltree::{Error as XmlError, Node};

use super::{MODEL_NAMESPACE, head};
use crate::content::{self, Content};
use crate::error::{Error, ErrorKind, quotable};

const EXPORT: &str = "Export the model as BPMN 2.0 XML from your modelling tool";

/// An error of a model that is not sent.
pub(super) fn error(message: impl Into<String>, hint: &str) -> Error {
    Error::new(ErrorKind::InvalidBpmn, message).with_hint(format!("{hint}; nothing was sent."))
}

fn not_a_model(what: &str, hint: &str) -> Error {
    error(format!("This is not a BPMN 2.0 model: {what}."), hint)
}

pub(super) fn too_large() -> Error {
    error(
        "The BPMN model is larger than 5 MiB, which is the most that can be sent.",
        "Leave out embedded pictures and attachments, or split the model",
    )
}

pub(super) fn too_deep(most: usize) -> Error {
    not_a_model(&format!("its elements are nested more than {most} levels deep"), EXPORT)
}

/// A file whose bytes are not text in the encoding that they should be in.
pub(super) fn encoding(name: &str, why: &str) -> Error {
    error(format!("'{name}' {why}."), "Save the file as UTF-8, and let its first line say so")
}

/// A text that does not begin as XML does.
pub(super) fn not_markup(text: &str) -> Error {
    if let Some(before) = before_declaration(text) {
        return misplaced(before);
    }
    match content::identify(head(text.as_bytes())) {
        content @ Content::Text { .. } => not_a_model(
            &format!("it is {content}, not XML"),
            "`upload_bpmn` takes the model's XML, `upload_bpmn_file` the path of its file",
        ),
        content => other_content(&content),
    }
}

/// A file that is no XML at all.
pub(super) fn other_content(content: &Content) -> Error {
    let hint = match content {
        Content::Compressed(_) | Content::Archive(_) => "Unpack it, and send the BPMN file inside",
        _ => EXPORT,
    };
    not_a_model(&format!("it is {content}"), hint)
}

/// XML with another root.
pub(super) fn other_root(text: &str, root: &Node<'_, '_>) -> Error {
    let (name, namespace) = (root.tag_name().name(), root.tag_name().namespace());
    let namespaced = namespace.map(|namespace| format!(" of '{}'", quotable(namespace))).unwrap_or_default();
    let is = match content::identify(head(text.as_bytes())) {
        Content::Xml { .. } | Content::Text { .. } | Content::Bpmn => String::new(),
        content => format!("it is {content}; "),
    };
    not_a_model(
        &format!("{is}its root is <{name}>{namespaced}, not the <definitions> of '{MODEL_NAMESPACE}'"),
        EXPORT,
    )
}

/// A model of nothing but, for example, the messages between participants.
pub(super) fn without_process(root: &Node<'_, '_>) -> Error {
    let holds = |name| root.children().any(|child| child.has_tag_name((MODEL_NAMESPACE, name)));
    let only = match () {
        () if holds("collaboration") => ", only a collaboration",
        () if holds("choreography") => ", only a choreography",
        () => "",
    };
    error(
        format!("The BPMN 2.0 model has no <process>{only}."),
        "Model what happens inside at least one participant, and export it again",
    )
}

/// XML that can't be parsed.
pub(super) fn malformed(text: &str, cause: XmlError) -> Error {
    match &cause {
        XmlError::DtdDetected => with_dtd(text),
        XmlError::UnexpectedDeclaration(position) => match before_declaration(text) {
            Some(before) => misplaced(before),
            None => not_well_formed(&format!("there is another XML declaration in line {}", position.row)),
        },
        XmlError::UnknownNamespace(prefix, position) => undeclared(prefix, position.row),
        _ => not_well_formed(&cause.to_string()),
    }
    .caused_by(cause)
}

fn not_well_formed(why: &str) -> Error {
    not_a_model(&format!("it is not well-formed XML: {why}"), EXPORT)
}

fn undeclared(prefix: &str, line: u32) -> Error {
    let why = format!("it is not well-formed XML: the prefix '{prefix}' is not declared (line {line})");
    not_a_model(
        &why,
        &format!("Declare the prefix in the root, as xmlns:{prefix}=\"…\", or export the model again"),
    )
}

/// A DTD is not read: what it declares could be anything, such as other files.
fn with_dtd(text: &str) -> Error {
    match content::identify(head(text.as_bytes())) {
        Content::Bpmn => error(
            "The BPMN model has a DTD (<!DOCTYPE …>), which is not accepted.",
            "Remove the <!DOCTYPE …> from the file, or export the model again",
        ),
        Content::Xml { root } if !root.is_empty() => {
            not_a_model(&format!("it has a DTD (<!DOCTYPE …>), and its root is <{root}>"), EXPORT)
        }
        Content::Xml { .. } | Content::Text { .. } => not_a_model("it has a DTD (<!DOCTYPE …>)", EXPORT),
        content => other_content(&content),
    }
}

/// What is before the XML declaration, if anything is, and if the model itself does not begin there.
pub(super) fn before_declaration(text: &str) -> Option<&str> {
    let before = text.split_once("<?xml ").map(|(before, _)| before)?;
    let after_comment = |part: &str| part.split_once("-->").map(|(_, after)| after.to_owned());
    let mut parts = before.split("<!--");
    let first = parts.next().map(str::to_owned);
    let without_comments: String = first.into_iter().chain(parts.filter_map(after_comment)).collect();
    let mut tags = without_comments.split('<').skip(1);
    let has_element = tags.any(|tag| tag.starts_with(|c: char| c.is_alphabetic() || c == '_'));
    (!before.is_empty() && !has_element).then_some(before)
}

pub(super) fn misplaced(before: &str) -> Error {
    let what = match before.trim_start_matches('\u{feff}').trim() {
        "" => "a blank line or blanks",
        other if other.starts_with("<!--") => "a comment",
        _ => "other text",
    };
    not_a_model(
        &format!(
            "it is not well-formed XML: before the XML declaration, which must come first, there is {what}"
        ),
        "Remove what is before '<?xml' in the file",
    )
}
