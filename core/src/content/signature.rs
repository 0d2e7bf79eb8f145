//! Binary formats that their first bytes name.

use super::Content::{self, Archive, Compressed, Data, Document};

/// Signatures that no text begins with.
const BINARY: &[(&[u8], Content)] = &[
    (b"\x1f\x8b\x08", Compressed("a file compressed with gzip")),
    (b"\xfd7zXZ\0", Compressed("a file compressed with xz")),
    (b"\x28\xb5\x2f\xfd", Compressed("a file compressed with zstd")),
    (b"\x04\x22\x4d\x18", Compressed("a file compressed with LZ4")),
    (b"7z\xbc\xaf\x27\x1c", Archive("a 7z archive")),
    (b"Rar!\x1a\x07", Archive("a RAR archive")),
    (b"MSCF\0\0\0\0", Archive("a CAB archive")),
    (b"ARROW1\0\0", Data("an Arrow file (Feather)")),
    (b"Obj\x01", Data("an Avro file")),
    (b"SQLite format 3\0", Data("an SQLite database")),
    (b"\0\x01\0\0Standard Jet DB\0", Data("an Access database")),
    (b"\0\x01\0\0Standard ACE DB\0", Data("an Access database")),
    (b"\x09\x08\x10\0\0\x06\x05\0", Data("an Excel workbook that is not complete")),
    (b"\x09\x08\x08\0", Data("a workbook of Excel 95 or older")),
    (b"\x09\x04\x06\0", Data("a workbook of Excel 95 or older")),
    (b"\x09\x02\x06\0", Data("a workbook of Excel 95 or older")),
    (b"\x09\0\x04\0", Data("a workbook of Excel 95 or older")),
    (b"\x89PNG\r\n\x1a\n", Document("a PNG image")),
    (b"\xff\xd8\xff", Document("a JPEG image")),
    (b"II*\0", Document("a TIFF image")),
    (b"MM\0*", Document("a TIFF image")),
];

/// Signatures in letters, which may as well be the first heading of a table: they count before binary data only.
const LETTERS: &[(&[u8], Content)] = &[
    (b"PAR1", Data("a Parquet file")),
    (b"PARE", Data("an encrypted Parquet file")),
    (b"ORC", Data("an ORC file")),
    (b"FEA1", Data("a Feather file")),
    (b"GIF87a", Document("a GIF image")),
    (b"GIF89a", Document("a GIF image")),
    (b"RIFF", Document("a RIFF file, such as a WebP image")),
];

/// How much of the file has to look binary behind a signature in letters.
const BEHIND: usize = 64;
/// Where the header of a tar archive has its signature.
const TAR: usize = 257;

pub(super) fn identify(head: &[u8]) -> Option<Content> {
    let among = |signatures: &[(&[u8], Content)]| {
        signatures.iter().find(|(start, _)| head.starts_with(start)).map(|(_, content)| content.clone())
    };
    let is_bzip2 = head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY");
    let is_tar =
        head.get(TAR..).is_some_and(|rest| rest.starts_with(b"ustar\0") || rest.starts_with(b"ustar  \0"));
    among(BINARY)
        .or_else(|| is_bzip2.then_some(Compressed("a file compressed with bzip2")))
        .or_else(|| is_tar.then_some(Archive("a tar archive")))
        .or_else(|| among(LETTERS).filter(|_| looks_binary(head)))
}

fn looks_binary(head: &[u8]) -> bool {
    head.iter().take(BEHIND).any(|byte| matches!(byte, 0..=8 | 0x0e..=0x19 | 0x1c..=0x1f))
}
