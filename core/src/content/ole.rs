//! OLE2 files: what Office wrote before 2007, and its encrypted documents since.

use std::io::{self, Read, Seek, SeekFrom};

use super::{Content, OfficeContainer, contains, u16_at, u32_at};

const SIGNATURE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
/// Sectors of the allocation table that the header lists: enough for 7 MB. A larger file lists the others elsewhere;
/// of its directory only the first sector is looked at.
const LISTED: usize = 109;
/// Sectors of a directory that are looked at.
const MOST_SECTORS: usize = 64;
const ENTRY: usize = 128;
/// Smaller streams are in a stream of their own.
const SMALLEST_STREAM: u32 = 4096;
/// The records of a workbook that say that it is encrypted, and that may come before that.
const ENCRYPTED: u16 = 0x2f;
const MOST_RECORDS: usize = 4;
/// An entry of the allocation table of a sector that is not used.
const FREE: u32 = u32::MAX;

const WORD: Content = Content::Document("a Word 97-2003 document (.doc)");
const POWERPOINT: Content = Content::Document("a PowerPoint 97-2003 presentation (.ppt)");
const OUTLOOK: Content = Content::Document("an Outlook message (.msg)");
const VISIO: Content = Content::Document("a Visio drawing (.vsd)");
const UNKNOWN: Content = Content::Office(OfficeContainer::Ole);

pub(super) fn is_ole(head: &[u8]) -> bool {
    head.starts_with(SIGNATURE)
}

/// By the names among the first bytes, where the directory may be.
pub(super) fn identify(bytes: &[u8]) -> Content {
    by_names(|name| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        contains(bytes, &wide)
    })
}

/// By the directory.
pub(super) fn of_source(source: &mut (impl Read + Seek), head: &[u8]) -> io::Result<Content> {
    let Some(mut file) = Compound::new(source, head) else { return Ok(UNKNOWN) };
    let directory = file.directory()?;
    let entries = top_level(&directory.chunks_exact(ENTRY).filter_map(Entry::parse).collect::<Vec<_>>());
    let content = by_names(|name| entries.iter().any(|entry| entry.name == name));
    if content == UNKNOWN {
        // The tree may be damaged, and the names are there.
        return Ok(identify(&directory));
    }
    let workbook = entries.iter().find(|entry| matches!(entry.name.as_str(), "Workbook" | "Book"));
    match workbook.filter(|_| content == Content::Xls) {
        Some(workbook) if file.is_encrypted(workbook)? => Ok(Content::Protected),
        _ => Ok(content),
    }
}

/// Whether sectors that are in use are beyond the end.
pub(super) fn is_cut_off(source: &mut (impl Read + Seek), head: &[u8]) -> io::Result<bool> {
    let length = source.seek(SeekFrom::End(0))?;
    let Some(mut file) = Compound::new(source, head) else { return Ok(true) };
    let last = file.last_sector()?;
    Ok(file.start_of(last.saturating_add(1)) > length)
}

fn by_names(has: impl Fn(&str) -> bool) -> Content {
    match () {
        () if has("Workbook") || has("Book") => Content::Xls,
        () if has("EncryptedPackage") => Content::Protected,
        () if has("WordDocument") => WORD,
        () if has("PowerPoint Document") => POWERPOINT,
        () if has("VisioDocument") => VISIO,
        () if has("__properties_version1.0") => OUTLOOK,
        () => UNKNOWN,
    }
}

/// A stream or a folder of streams, in a tree of its siblings.
#[derive(Clone)]
struct Entry {
    name: String,
    left: u32,
    right: u32,
    child: u32,
    start: u32,
    size: u32,
}

impl Entry {
    fn parse(bytes: &[u8]) -> Option<Self> {
        let length = usize::from(u16_at(bytes, 64)?).min(64).checked_sub(2)?;
        let units: Vec<u16> =
            bytes.get(..length)?.chunks_exact(2).filter_map(|unit| u16_at(unit, 0)).collect();
        Some(Self {
            name: String::from_utf16_lossy(&units),
            left: u32_at(bytes, 68)?,
            right: u32_at(bytes, 72)?,
            child: u32_at(bytes, 76)?,
            start: u32_at(bytes, 116)?,
            size: u32_at(bytes, 120)?,
        })
    }
}

/// The entries that are not inside another document.
fn top_level(entries: &[Entry]) -> Vec<Entry> {
    let (mut found, mut open) =
        (Vec::new(), entries.iter().map(|root| root.child).take(1).collect::<Vec<_>>());
    // A damaged tree may be a circle.
    while let Some(index) = open.pop().filter(|_| found.len() < entries.len()) {
        if let Some(entry) = entries.get(index as usize) {
            open.extend([entry.left, entry.right]);
            found.push(entry.clone());
        }
    }
    found
}

struct Compound<'a, S> {
    source: &'a mut S,
    head: &'a [u8],
    sector_size: usize,
}

impl<'a, S: Read + Seek> Compound<'a, S> {
    /// Nothing if the header is cut off or damaged.
    fn new(source: &'a mut S, head: &'a [u8]) -> Option<Self> {
        let shift = u16_at(head, 30).filter(|shift| matches!(shift, 9 | 12))?;
        head.get(..512)?;
        Some(Self { source, head, sector_size: 1 << shift })
    }

    /// Where a sector begins; the header takes the place of one.
    fn start_of(&self, sector: u32) -> u64 {
        (u64::from(sector) + 1) * self.sector_size as u64
    }

    /// A sector, which the end of the file may have cut.
    fn sector(&mut self, sector: u32) -> io::Result<Vec<u8>> {
        self.source.seek(SeekFrom::Start(self.start_of(sector)))?;
        let mut bytes = Vec::new();
        self.source.take(self.sector_size as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn directory(&mut self) -> io::Result<Vec<u8>> {
        let (mut directory, mut next) = (Vec::new(), u32_at(self.head, 48));
        for _ in 0..MOST_SECTORS {
            let Some(sector) = next else { break };
            directory.extend(self.sector(sector)?);
            next = self.after(sector)?;
        }
        Ok(directory)
    }

    /// The sector that follows in a stream; nothing at its end.
    fn after(&mut self, sector: u32) -> io::Result<Option<u32>> {
        let (table, index) = (sector as usize / self.per_sector(), sector as usize % self.per_sector());
        let Some(table) = self.tables().nth(table) else { return Ok(None) };
        let next = u32_at(&self.sector(table)?, index * 4);
        // The largest numbers are marks.
        Ok(next.filter(|next| *next < 0xffff_fff0))
    }

    /// The highest sector that is in use, as far as the header knows.
    fn last_sector(&mut self) -> io::Result<u32> {
        let tables: Vec<u32> = self.tables().collect();
        let mut last = tables.iter().copied().chain(u32_at(self.head, 48)).max().unwrap_or(0);
        for (index, table) in (0..).zip(tables) {
            let bytes = self.sector(table)?;
            let used = bytes.chunks_exact(4).rposition(|entry| u32_at(entry, 0) != Some(FREE));
            let first = index * self.per_sector();
            last = used.and_then(|used| u32::try_from(first + used).ok()).map_or(last, |used| last.max(used));
        }
        Ok(last)
    }

    /// How many sectors one sector of the allocation table is about.
    fn per_sector(&self) -> usize {
        self.sector_size / 4
    }

    /// The sectors of the allocation table.
    fn tables(&self) -> impl Iterator<Item = u32> {
        let listed = (0..LISTED).map_while(|index| u32_at(self.head, 76 + index * 4));
        listed.take_while(|sector| *sector != FREE).collect::<Vec<_>>().into_iter()
    }

    /// Whether one of the first records of a workbook says so.
    fn is_encrypted(&mut self, workbook: &Entry) -> io::Result<bool> {
        if workbook.size < SMALLEST_STREAM {
            return Ok(false);
        }
        let bytes = self.sector(workbook.start)?;
        let (mut rest, mut is_encrypted) = (bytes.as_slice(), false);
        for _ in 0..MOST_RECORDS {
            let (Some(id), Some(length)) = (u16_at(rest, 0), u16_at(rest, 2)) else { break };
            is_encrypted |= id == ENCRYPTED;
            rest = rest.get(4 + usize::from(length)..).unwrap_or_default();
        }
        Ok(is_encrypted)
    }
}
