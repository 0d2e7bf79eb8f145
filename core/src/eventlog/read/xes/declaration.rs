//! The XML declaration, and the encoding that it and the first bytes state.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::eventlog::ReadError;
use crate::eventlog::read::encoding::by_mark;
use crate::eventlog::read::xes::cursor::Cursor;
use crate::eventlog::read::xes::fault::Fault;

/// What an XML declaration states.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Declaration<'a> {
    pub encoding: Option<&'a str>,
    pub is_standalone: bool,
}

impl<'a> Declaration<'a> {
    /// Takes the text between `<?` and `?>`.
    pub fn parse(content: &'a str) -> Result<Self, Fault> {
        let mut cursor = Cursor::new(content);
        let mut declaration = Self::default();
        cursor.expect("xml")?;
        if pseudo_attribute(&mut cursor, "version")?.is_none_or(|version| !is_token(version)) {
            return Err(cursor.fault("the XML declaration has no version"));
        }
        if let Some(label) = pseudo_attribute(&mut cursor, "encoding")? {
            if !is_token(label) || !label.starts_with(|first: char| first.is_ascii_alphabetic()) {
                return Err(cursor.fault("the encoding in the XML declaration is not a name"));
            }
            declaration.encoding = Some(label);
        }
        if let Some(word) = pseudo_attribute(&mut cursor, "standalone")? {
            if !matches!(word, "yes" | "no") {
                return Err(cursor.fault("`standalone` in the XML declaration is neither yes nor no"));
            }
            declaration.is_standalone = word == "yes";
        }
        cursor.skip_blanks();
        if cursor.rest().is_empty() {
            return Ok(declaration);
        }
        Err(cursor.fault("the XML declaration contains something unknown"))
    }
}

/// The value of this pseudo-attribute, if it is what comes next.
fn pseudo_attribute<'a>(cursor: &mut Cursor<'a>, name: &str) -> Result<Option<&'a str>, Fault> {
    let is_next = cursor.rest().trim_start_matches([' ', '\t', '\r', '\n']).starts_with(name);
    if !is_next {
        return Ok(None);
    }
    cursor.expect_blanks()?;
    cursor.expect(name)?;
    cursor.skip_blanks();
    cursor.expect("=")?;
    cursor.skip_blanks();
    Ok(Some(cursor.quoted()?.0))
}

fn is_token(text: &str) -> bool {
    let is_known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !text.is_empty() && text.bytes().all(is_known)
}

/// How the bytes of a file are letters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TextEncoding {
    pub encoding: &'static Encoding,
    /// The file states US-ASCII, in which other letters are wrong.
    pub is_ascii: bool,
    /// How many bytes the byte order mark has.
    pub mark: usize,
    /// What the declaration states.
    pub label: Option<String>,
}

impl TextEncoding {
    /// By the byte order mark, or the zeros of UTF-16, and the declaration, which may not contradict each other.
    pub fn of(head: &[u8]) -> Result<Self, ReadError> {
        let (marked, mark) = by_mark(head).unzip();
        let mark = mark.unwrap_or_default();
        let found = marked.or_else(|| by_zeros(head));
        let label = label(head.get(mark..).unwrap_or_default(), found.unwrap_or(UTF_8));
        let stated =
            label.as_deref().map(|label| by_label(label).ok_or_else(|| unknown(label))).transpose()?;
        let is_ascii = label.as_deref().is_some_and(is_ascii_label);
        let encoding = match (found, stated) {
            (None, None) => UTF_8,
            (None, Some(stated)) if !is_wide(stated) => stated,
            (Some(found), None) => found,
            (Some(found), Some(stated)) if found == stated => found,
            // The label says nothing about the order of bytes.
            (Some(found), Some(_)) if is_wide(found) && label.as_deref().is_some_and(is_utf_16) => found,
            (Some(found), Some(stated)) if found == UTF_8 && is_ascii => stated,
            (found, Some(_)) => {
                return Err(contradiction(found.unwrap_or(UTF_8), mark > 0, label.as_deref()));
            }
        };
        Ok(Self { encoding, is_ascii, mark, label })
    }
}

/// UTF-16 without a mark: the first letter of a document is ASCII.
fn by_zeros(head: &[u8]) -> Option<&'static Encoding> {
    match head {
        [0, other, ..] if *other != 0 => Some(UTF_16BE),
        [other, 0, ..] if *other != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// The label that the declaration states. One that is not well-formed states nothing, which is found when it is parsed.
fn label(head: &[u8], encoding: &'static Encoding) -> Option<String> {
    let text = match is_wide(encoding) {
        true => encoding.decode_without_bom_handling(head).0,
        false => String::from_utf8_lossy(head),
    };
    let (content, _) = text.strip_prefix("<?")?.split_once("?>")?;
    Declaration::parse(content).ok()?.encoding.map(str::to_owned)
}

fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label_no_replacement(label.as_bytes())
        .filter(|encoding| encoding.is_ascii_compatible() || is_wide(encoding))
}

fn is_wide(encoding: &'static Encoding) -> bool {
    encoding == UTF_16LE || encoding == UTF_16BE
}

fn is_utf_16(label: &str) -> bool {
    !label.to_ascii_uppercase().ends_with("LE") && Encoding::for_label(label.as_bytes()) == Some(UTF_16LE)
}

fn is_ascii_label(label: &str) -> bool {
    Encoding::for_label(label.as_bytes()) == Some(WINDOWS_1252)
        && label.to_ascii_lowercase().contains("ascii")
}

fn unknown(label: &str) -> ReadError {
    ReadError::Malformed(format!("the XML declaration names the unknown encoding '{label}' (line 1)"))
}

fn contradiction(found: &'static Encoding, has_mark: bool, label: Option<&str>) -> ReadError {
    let (label, found) = (label.unwrap_or_default(), found.name());
    let by = if has_mark {
        format!("the byte order mark is that of {found}")
    } else {
        format!("the file is {found}")
    };
    ReadError::Malformed(format!(
        "the XML declaration says that the encoding is '{label}', but {by} (line 1)"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations() {
        let parse =
            |content| Declaration::parse(content).ok().map(|found| (found.encoding, found.is_standalone));
        assert_eq!(parse("xml version='1.0'"), Some((None, false)));
        assert_eq!(
            parse("xml version = \"1.1\"\tencoding='UTF-8' standalone='yes' "),
            Some((Some("UTF-8"), true))
        );
        for content in [
            "xml",
            "xml ",
            "xml encoding='UTF-8'",
            "xml version='1.0'encoding='UTF-8'",
            "xml version='1.0' standalone='yes' encoding='UTF-8'",
            "xml version='1.0' standalone='maybe'",
            "xml version='1.0' encoding='8'",
            "xml version='1.0' encoding=''",
            "xml version='1 0'",
            "xml version='1:0'",
            "xml version=1.0",
            "xml version='1.0' more='x'",
            "xml version='1.0' version='1.0'",
        ] {
            assert_eq!(parse(content), None, "{content}");
        }
    }

    fn name(head: &[u8]) -> Option<&'static str> {
        TextEncoding::of(head).ok().map(|found| found.encoding.name())
    }

    #[test]
    fn encodings() {
        let declared = |label: &str| format!("<?xml version='1.0' encoding='{label}'?><log/>").into_bytes();
        let wide = |text: Vec<u8>| {
            [&[0xff, 0xfe][..], &text.into_iter().flat_map(|byte| [byte, 0]).collect::<Vec<_>>()].concat()
        };
        let marked = |text: Vec<u8>| [&b"\xef\xbb\xbf"[..], &text].concat();
        assert_eq!(name(b"<log/>"), Some("UTF-8"));
        assert_eq!(name(b""), Some("UTF-8"));
        assert_eq!(name(&declared("utf-8")), Some("UTF-8"));
        assert_eq!(name(&declared("ISO-8859-1")), Some("windows-1252"));
        assert_eq!(name(&marked(declared("UTF-8"))), Some("UTF-8"));
        assert_eq!(name(&wide(declared("UTF-16"))), Some("UTF-16LE"));
        assert_eq!(name(&wide(declared("UTF-16LE"))), Some("UTF-16LE"));
        assert_eq!(name(b"<\0l\0o\0g\0"), Some("UTF-16LE"));
        assert_eq!(name(b"\0<\0l\0o\0g"), Some("UTF-16BE"));
    }

    #[test]
    fn encodings_that_are_contradicted_or_not_known() {
        let declared = |label: &str| format!("<?xml version='1.0' encoding='{label}'?><log/>").into_bytes();
        let wide = |text: Vec<u8>| {
            [&[0xff, 0xfe][..], &text.into_iter().flat_map(|byte| [byte, 0]).collect::<Vec<_>>()].concat()
        };
        let marked = |text: Vec<u8>| [&b"\xef\xbb\xbf"[..], &text].concat();
        assert_eq!(name(&declared("UTF-16")), None);
        assert_eq!(name(&declared("no-such")), None);
        assert_eq!(name(&declared("iso-2022-kr")), None);
        assert_eq!(name(&wide(declared("UTF-8"))), None);
        assert_eq!(name(&wide(declared("UTF-16BE"))), None);
        assert_eq!(name(&marked(declared("ISO-8859-1"))), None);
        assert_eq!(name(&marked(declared("UTF-16"))), None);
    }

    #[test]
    fn ascii_is_ascii() {
        let found = TextEncoding::of(b"<?xml version='1.0' encoding='US-ASCII'?>").unwrap();
        assert!(found.is_ascii);
        assert!(!TextEncoding::of(b"<?xml version='1.0' encoding='latin1'?>").unwrap().is_ascii);
    }
}
