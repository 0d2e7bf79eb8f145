//! ZIP files: archives, and the packages of Office and OpenDocument, told apart by the names of their entries.

use std::io::{self, Read, Seek, SeekFrom};

use super::{Content, OfficeContainer, u16_at, u32_at};

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
/// The length of the record at the end without its comment, and with the longest one.
const END_LENGTH: usize = 22;
const LONGEST_END: u64 = END_LENGTH as u64 + 0xffff;
/// More than the directory of any workbook has.
const LARGEST_DIRECTORY: u32 = 1 << 20;
const ARCHIVE: Content = Content::Archive("a ZIP archive");

pub(super) fn is_zip(head: &[u8]) -> bool {
    // An empty archive is only its end; a split one begins with a signature of its own.
    head.starts_with(LOCAL)
        || head.starts_with(END)
        || head.starts_with(b"PK\x07\x08PK")
        || head.starts_with(b"PK00PK")
}

/// By the headers of the first entries.
pub(super) fn identify(head: &[u8]) -> Content {
    by_names(head, local_names(head))
}

/// By all entries, if their directory can be read.
pub(super) fn of_source(source: &mut (impl Read + Seek), head: &[u8]) -> io::Result<Content> {
    let directory = directory(source)?.unwrap_or_default();
    let names = central_names(&directory);
    Ok(if names.is_empty() { identify(head) } else { by_names(head, names) })
}

/// Whether the record is missing that every ZIP file ends with.
pub(super) fn is_cut_off(source: &mut (impl Read + Seek)) -> io::Result<bool> {
    Ok(end(source)?.is_none())
}

fn by_names(head: &[u8], names: Vec<String>) -> Content {
    if let Some(content) = by_media_type(head) {
        return content;
    }
    let has = |name: &str| names.iter().any(|own| own == name);
    let is_in = |folder: &str| names.iter().any(|own| own.starts_with(folder));
    match () {
        () if has("xl/workbook.bin") => Content::Xlsb,
        () if has("xl/workbook.xml") => Content::Xlsx,
        () if is_in("word/") => Content::Document("a Word document (.docx)"),
        () if is_in("ppt/") => Content::Document("a PowerPoint presentation (.pptx)"),
        () if is_in("visio/") => Content::Document("a Visio drawing (.vsdx)"),
        () if has("index/document.iwa") || is_in("index/tables/") => {
            Content::Data("a Numbers, Pages or Keynote document")
        }
        // The first bytes may not reach the part that says more.
        () if is_in("xl/") || is_in("docprops/") || is_in("_rels/") || has("[content_types].xml") => {
            Content::Office(OfficeContainer::Zip)
        }
        () => ARCHIVE,
    }
}

/// OpenDocument and others: the first entry is `mimetype`, not compressed.
fn by_media_type(head: &[u8]) -> Option<Content> {
    let (name, rest) = local_entry(head)?;
    let media_type = rest.strip_prefix(b"application/").filter(|_| name == "mimetype")?;
    Some(if media_type.starts_with(b"vnd.oasis.opendocument.spreadsheet") {
        Content::Data("an OpenDocument spreadsheet (.ods)")
    } else if media_type.starts_with(b"vnd.oasis.opendocument.") {
        Content::Document("an OpenDocument file")
    } else if media_type.starts_with(b"epub+zip") {
        Content::Document("an EPUB book")
    } else {
        return None;
    })
}

/// The name of the entry that begins here, and its data.
fn local_entry(bytes: &[u8]) -> Option<(String, &[u8])> {
    let (name, extra) = (usize::from(u16_at(bytes, 26)?), usize::from(u16_at(bytes, 28)?));
    bytes.starts_with(LOCAL).then_some(())?;
    Some((normalized(bytes.get(30..30 + name)?), bytes.get(30 + name + extra..)?))
}

fn local_names(head: &[u8]) -> Vec<String> {
    let starts = head.windows(LOCAL.len()).enumerate().filter(|(_, window)| *window == LOCAL);
    starts.filter_map(|(at, _)| local_entry(head.get(at..)?)).map(|(name, _)| name).collect()
}

fn central_names(mut directory: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    while let Some((name, rest)) = central_entry(directory) {
        names.push(name);
        directory = rest;
    }
    names
}

fn central_entry(bytes: &[u8]) -> Option<(String, &[u8])> {
    let length = |at| u16_at(bytes, at).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    bytes.starts_with(CENTRAL).then_some(())?;
    Some((normalized(bytes.get(46..46 + name)?), bytes.get(46 + name + extra + comment..)?))
}

/// A name as it is compared: some programs write other cases and slashes.
fn normalized(name: &[u8]) -> String {
    String::from_utf8_lossy(name).replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The directory before the end; nothing if it is missing, too large or of ZIP64.
fn directory(source: &mut (impl Read + Seek)) -> io::Result<Option<Vec<u8>>> {
    let Some((at, record)) = end(source)? else { return Ok(None) };
    let Some(size) = u32_at(&record, 12).filter(|size| *size <= LARGEST_DIRECTORY) else { return Ok(None) };
    // Not where the record says: there may be other bytes before the archive.
    let Some(start) = at.checked_sub(u64::from(size)) else { return Ok(None) };
    source.seek(SeekFrom::Start(start))?;
    let mut directory = Vec::new();
    source.take(u64::from(size)).read_to_end(&mut directory)?;
    Ok(Some(directory))
}

/// The record at the end, and where it is.
fn end(source: &mut (impl Read + Seek)) -> io::Result<Option<(u64, Vec<u8>)>> {
    let length = source.seek(SeekFrom::End(0))?;
    let from = length.saturating_sub(LONGEST_END);
    source.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    source.take(LONGEST_END).read_to_end(&mut tail)?;
    let at = tail.windows(END_LENGTH).rposition(|window| window.starts_with(END));
    Ok(at.map(|at| (from + at as u64, tail.split_off(at))))
}
