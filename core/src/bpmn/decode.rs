//! From the bytes of an XML file to its text, and the declaration that the text is sent with.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Where a declaration ends at the latest.
const LONGEST_DECLARATION: usize = 200;

/// The text of an XML file, by its byte order mark, the pattern of its first bytes or its declaration; else why not.
pub(super) fn decode(bytes: &[u8]) -> Result<String, String> {
    let declared = declared_label(bytes);
    let encoding = match bytes {
        [b'<', 0, ..] => UTF_16LE,
        [0, b'<', ..] => UTF_16BE,
        _ => match (Encoding::for_bom(bytes), &declared) {
            (Some((encoding, _)), _) => encoding,
            (None, Some(label)) => {
                by_label(label).ok_or_else(|| format!("declares the encoding '{label}', which is unknown"))?
            }
            (None, None) => UTF_8,
        },
    };
    let (text, _, malformed) = encoding.decode(bytes);
    match (malformed, declared) {
        (false, _) => Ok(text.into_owned()),
        (true, Some(label)) if encoding.is_ascii_compatible() => {
            Err(format!("is not in the encoding that it declares, which is '{label}'"))
        }
        (true, _) => Err(format!("is not in the encoding {}, and declares no other one", encoding.name())),
    }
}

/// What is read byte by byte is not UTF-16, whatever it says: it was written as text and saved as UTF-8.
fn by_label(label: &str) -> Option<&'static Encoding> {
    Encoding::for_label(label.as_bytes()).map(|own| if own.is_ascii_compatible() { own } else { UTF_8 })
}

fn declared_label(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..LONGEST_DECLARATION).unwrap_or(bytes);
    let head = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    encoding_value(&head).map(|(_, label)| label.to_owned())
}

/// The text with a declaration of UTF-8, which is how it is sent; nothing else of it changes. A declaration without an
/// encoding means UTF-8 already.
pub(super) fn declare_utf8(text: String) -> String {
    match encoding_value(&text) {
        Some((at, label)) if !label.eq_ignore_ascii_case("UTF-8") => {
            let (before, after) = (text.get(..at), text.get(at + label.len()..));
            before.zip(after).map(|(before, after)| format!("{before}UTF-8{after}")).unwrap_or(text)
        }
        _ => text,
    }
}

/// The encoding in the XML declaration, and where it is.
fn encoding_value(text: &str) -> Option<(usize, &str)> {
    let declaration = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"))?.0;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (label, _) = rest.strip_prefix(quote)?.split_once(quote)?;
    let at = "<?xml".len() + declaration.len() - rest.len() + 1;
    Some((at, label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declare_utf8_changes_the_encoding_alone() {
        for (before, after) in [
            (
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<a/>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a/>",
            ),
            (
                "<?xml version='1.0'\n encoding = 'ISO-8859-1' standalone='yes' ?><a encoding='UTF-16'/>",
                "<?xml version='1.0'\n encoding = 'UTF-8' standalone='yes' ?><a encoding='UTF-16'/>",
            ),
            ("<?xml version='1.0' encoding='utf8'?><a/>", "<?xml version='1.0' encoding='UTF-8'?><a/>"),
        ] {
            assert_eq!(declare_utf8(before.to_owned()), after);
        }
        for same in [
            "<?xml version='1.0' encoding='utf-8'?><a/>",
            "<?xml version='1.0' standalone='no'?><a encoding='UTF-16'/>",
            "<a encoding='UTF-16'/>",
            "<!-- <?xml encoding='UTF-16'?> --><a/>",
        ] {
            assert_eq!(declare_utf8(same.to_owned()), same);
        }
    }
}
