//! What a file is by its content, whatever its name says.
//!
//! [`identify`] looks at the first bytes. [`of_source`] also reads the directory of a ZIP or OLE2 file, which tells an
//! `.xlsx` from an `.xlsb` or a Word document. Text is only taken for something else if its structure says so: a CSV
//! whose first cell is `<html>`, `{id}` or `PK` is text.

mod markup;
mod ole;
mod signature;
#[cfg(test)]
mod tests;
mod text;
mod zip;

use std::fmt;
use std::io::{self, Read, Seek};

/// How many bytes are looked at.
pub(crate) const HEAD: usize = 8 << 10;

/// What a file is. `Display` names it, with its article: "an Excel workbook (.xlsx)".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// No bytes at all.
    Empty,
    /// Text of no particular format, in any encoding.
    Text {
        /// What separates the values, if the first lines are a table.
        delimiter: Option<char>,
    },
    /// JSON, or one JSON value a line.
    Json,
    /// A web page or a part of one.
    Html,
    /// An event log in XES.
    Xes,
    /// A BPMN 2.0 model.
    Bpmn,
    /// A workbook in the XML format of Excel 2003.
    ExcelXml,
    /// Any other XML.
    Xml {
        /// The name of its root; empty if the root is not among the first bytes.
        root: String,
    },
    /// An Excel workbook (.xlsx, .xlsm).
    Xlsx,
    /// A binary Excel workbook (.xlsb).
    Xlsb,
    /// An Excel 97-2003 workbook.
    Xls,
    /// An Office file whose parts do not say what it is.
    Office(OfficeContainer),
    /// An Office file that only opens with a password.
    Protected,
    /// One compressed file, such as gzip.
    Compressed(&'static str),
    /// Files in one, such as ZIP.
    Archive(&'static str),
    /// Tables in another format, such as Parquet.
    Data(&'static str),
    /// A document, an image or a model.
    Document(&'static str),
    /// Bytes of an unknown format.
    Binary,
}

/// The container formats of Office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OfficeContainer {
    /// A ZIP file, since Office 2007.
    Zip,
    /// An OLE2 file, before.
    Ole,
}

impl fmt::Display for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "an empty file",
            Self::Text { delimiter: Some(',') } => "comma-separated text",
            Self::Text { delimiter: Some(';') } => "semicolon-separated text",
            Self::Text { delimiter: Some('\t') } => "tab-separated text",
            Self::Text { .. } => "text",
            Self::Json => "JSON",
            Self::Html => "a web page (HTML)",
            Self::Xes => "an XES event log",
            Self::Bpmn => "a BPMN 2.0 model",
            Self::ExcelXml => "a workbook in the XML format of Excel 2003",
            Self::Xml { root } if root.is_empty() => "an XML file",
            Self::Xml { root } => return write!(f, "an XML file with the root <{root}>"),
            Self::Xlsx => "an Excel workbook (.xlsx)",
            Self::Xlsb => "a binary Excel workbook (.xlsb)",
            Self::Xls => "an Excel 97-2003 workbook (.xls)",
            Self::Office(OfficeContainer::Zip) => "an Office document",
            Self::Office(OfficeContainer::Ole) => "an Office 97-2003 document",
            Self::Protected => "an Office document that is protected with a password",
            Self::Compressed(name) | Self::Archive(name) | Self::Data(name) | Self::Document(name) => name,
            Self::Binary => "binary data in an unknown format",
        })
    }
}

/// What a file is by its first bytes; [`HEAD`] of them are enough.
pub(crate) fn identify(head: &[u8]) -> Content {
    if head.is_empty() {
        return Content::Empty;
    }
    if zip::is_zip(head) {
        return zip::identify(head);
    }
    if ole::is_ole(head) {
        return ole::identify(head);
    }
    signature::identify(head).unwrap_or_else(|| text::identify(head))
}

/// What a file is by its first bytes and, if it has one, its directory. Leaves the source at its start.
pub(crate) fn of_source(source: &mut (impl Read + Seek)) -> io::Result<Content> {
    let head = head_of(source)?;
    let content = if zip::is_zip(&head) {
        zip::of_source(source, &head)?
    } else if ole::is_ole(&head) {
        ole::of_source(source, &head)?
    } else {
        identify(&head)
    };
    source.rewind()?;
    Ok(content)
}

/// Whether the end of a ZIP or OLE2 file is missing, as after a download that broke off. Leaves the source at its
/// start.
pub(crate) fn is_cut_off(source: &mut (impl Read + Seek)) -> io::Result<bool> {
    let head = head_of(source)?;
    let is_cut_off = if zip::is_zip(&head) {
        zip::is_cut_off(source)?
    } else {
        ole::is_ole(&head) && ole::is_cut_off(source, &head)?
    };
    source.rewind()?;
    Ok(is_cut_off)
}

fn head_of(source: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    source.rewind()?;
    let mut head = Vec::new();
    source.take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
