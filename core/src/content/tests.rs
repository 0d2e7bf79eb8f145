use std::io::{Cursor, Write as _};
use std::path::Path;

use proptest::prelude::*;

use super::*;

fn name_of(bytes: impl AsRef<[u8]>) -> String {
    identify(bytes.as_ref()).to_string()
}

/// What it is by its directory; by its first bytes it must not be anything else that is known.
fn name_of_source(bytes: &[u8]) -> String {
    let mut source = Cursor::new(bytes);
    let content = of_source(&mut source).unwrap();
    assert_eq!(source.position(), 0);
    content.to_string()
}

fn text(delimiter: impl Into<Option<char>>) -> Content {
    Content::Text { delimiter: delimiter.into() }
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn all_encodings(text: &str) -> Vec<Vec<u8>> {
    vec![
        text.as_bytes().to_vec(),
        [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        utf16(text, u16::to_le_bytes),
        utf16(text, u16::to_be_bytes),
        [b"\xff\xfe".to_vec(), utf16(text, u16::to_le_bytes)].concat(),
        [b"\xfe\xff".to_vec(), utf16(text, u16::to_be_bytes)].concat(),
    ]
}

#[test]
fn identify_signature_names_the_format() {
    let mut tar = vec![0; 512];
    tar[..10].copy_from_slice(b"orders.csv");
    tar[257..263].copy_from_slice(b"ustar\0");
    for (bytes, name) in [
        (&b"\x1f\x8b\x08\0\0\0\0\0"[..], "a file compressed with gzip"),
        (b"BZh91AY&SY\x12\x34", "a file compressed with bzip2"),
        (b"\xfd7zXZ\0\0\x04", "a file compressed with xz"),
        (b"\x28\xb5\x2f\xfd\x04\x58", "a file compressed with zstd"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "a 7z archive"),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        (&tar, "a tar archive"),
        (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "a ZIP archive"),
        (b"PAR1\x15\x04\x15\x10\x15\x14", "a Parquet file"),
        (b"ARROW1\0\0\xff\xff\xff\xff", "an Arrow file (Feather)"),
        (b"Obj\x01\x04\x14avro.codec", "an Avro file"),
        (b"ORC\x0a\x0b\x0a\x03\0\0", "an ORC file"),
        (b"SQLite format 3\0\x10\0", "an SQLite database"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document"),
        (b"{\\rtf1\\ansi Log}", "a document in Rich Text Format (RTF)"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", "a JPEG image"),
        (b"GIF89a\x01\0\x01\0\x80\0\0", "a GIF image"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x",
            "an e-mail or a web page archive (MHTML)",
        ),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", "binary data in an unknown format"),
        (b"", "an empty file"),
        (b"\xef\xbb\xbf", "an empty file"),
    ] {
        assert_eq!(name_of(bytes), name, "{bytes:?}");
        assert_eq!(name_of_source(bytes), name, "{bytes:?}");
    }
}

#[test]
fn identify_table_that_begins_like_another_format_is_text() {
    for table in [
        "PAR1,PAR2\n1,2\n",
        "ORC,Case\n1,2\n",
        "GIF89a,Case\n1,2\n",
        "BZh9,Case\n1,2\n",
        "PK,Name\n1,2\n",
        "RIFF,Case\n1,2\n",
        "%PDF-1.4,Case\n1,2\n",
        "{id},Case\n1,2\n",
        "{\"id\":1},Case\n1,2\n",
        "[Case ID],[Activity]\n1,2\n",
        "[1],[2]\n[1],[2]\n",
        "{},Case\n1,2\n",
        "<Case ID>,<Activity>\n1,2\n",
        "<Case>,<Activity>\n1,2\n",
        "<html>,Case\n1,2\n",
        "<!DOCTYPE html>,Case\n1,2\n",
        "<?xml?>,Case\n1,2\n",
        "<!-- a comment -->,Case\n1,2\n",
        "<b>Case</b>,Activity\n1,2\n",
        "<div>Case</div>,Activity\n<div>1</div>,2\n",
        "<a><b>,Activity\n1,2\n",
        "<a><b>Case</b>,Activity\n1,2\n3,4\n",
        "<a/>,Case\n1,2\n",
        "< 5,Case\n1,2\n",
        "<1 day,Case\n1,2\n",
        "<,Case\n1,2\n",
        "MIME-Version: 1.0,Case\n1,2\n",
        "Case: ID,Note\n1,2\n",
    ] {
        for bytes in all_encodings(table) {
            assert_eq!(identify(&bytes), text(','), "{table}");
        }
    }
    assert_eq!(identify(b"<DATE>\t<TIME>\t<OPEN>\n2024.01.02\t00:00\t1.1\n"), text('\t'));
    assert_eq!(identify(b"<TICKER>|<PER>\nX|1\n"), text('|'));
}

#[test]
fn identify_text_names_its_delimiter() {
    for (table, delimiter) in [
        ("Case ID,Activity,Timestamp\n1,A,2024-01-01\n", Some(',')),
        ("Case ID;Activity\n1;A, then B\n2;C\n", Some(';')),
        ("Case ID\tActivity\r\n1\tA\r\n", Some('\t')),
        ("Case|Activity\n1|A\n", Some('|')),
        ("\"a,b\";c\n\"1,2\";3\n", Some(';')),
        ("\n\nCase,Activity\n", Some(',')),
        ("Case\n1\n2\n", None),
        ("A note, and more text.\nNo table at all.\nNothing.\n", None),
        ("  \n", None),
    ] {
        assert_eq!(identify(table.as_bytes()), text(delimiter), "{table}");
    }
    assert_eq!(identify(b"Vorg\xe4nge;Gr\xf6\xdfe\n1;2\n"), text(';'));
    assert_eq!(identify("工作;名\n1;订单\n".as_bytes()), text(';'));
    assert_eq!(identify(&utf16("Номер;Действие\n1;Начало\n", u16::to_le_bytes)), text(';'));
    assert_eq!(identify(b"case,activity\n1,A\n2,B\0\n3,C\n4,Dddddddddd\n"), text(','), "a damaged byte");
}

#[test]
fn identify_markup_names_what_it_is() {
    let bpmn = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    let office = "urn:schemas-microsoft-com:office:spreadsheet";
    for (markup, name) in [
        ("<!DOCTYPE html>\n<html><body>Sign in</body></html>", "a web page (HTML)"),
        (
            "<!doctype HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">\n<HTML>",
            "a web page (HTML)",
        ),
        ("<HTML><HEAD><TITLE>Sign in, please</TITLE></HEAD>\n<BODY>a, b</BODY></HTML>", "a web page (HTML)"),
        ("<html>Session expired</html>", "a web page (HTML)"),
        ("\r\n\r\n<!-- saved from a, b -->\n<html lang=en>\n<body>", "a web page (HTML)"),
        ("<table border=1>\n<tr><td>Case</td><td>Activity</td></tr>", "a web page (HTML)"),
        ("<html>\t<head>\n\t<title>x</title>", "a web page (HTML)"),
        (
            "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n<table><tr><td>1</td></tr></table>",
            "a web page (HTML)",
        ),
        (
            "<?xml version=\"1.0\"?>\n<!DOCTYPE html PUBLIC \"a\" \"b\"><html xmlns=\"http://www.w3.org/1999/xhtml\">",
            "a web page (HTML)",
        ),
        ("<div>\n<p>You have been signed out, please sign in.</p>\n</div>", "a web page (HTML)"),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- a, b -->\n<log xes.version=\"1.0\">\n<trace>",
            "an XES event log",
        ),
        ("<log><trace><string key=\"concept:name\" value=\"a,b\"/></trace></log>", "an XES event log"),
        ("\n<?xml version=\"1.0\"?><log xmlns=\"http://www.xes-standard.org/\">", "an XES event log"),
        ("<!DOCTYPE log [<!ENTITY a \"b > c\">]><log xes.version=\"2.0\"><trace/></log>", "an XES event log"),
        ("<?xml version=\"1.0\"?><log><logentry revision=\"1\"/></log>", "an XML file with the root <log>"),
        (&format!("<?xml version=\"1.0\"?><bpmn:definitions xmlns:bpmn=\"{bpmn}\">"), "a BPMN 2.0 model"),
        (&format!("<definitions xmlns='{bpmn}'>"), "a BPMN 2.0 model"),
        ("<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\">", "a DMN model"),
        ("<Package xmlns=\"http://www.wfmc.org/2009/XPDL2.2\">", "an XPDL model"),
        (
            "<?xml version=\"1.0\"?><!DOCTYPE AML SYSTEM \"ARIS-Export.dtd\"><AML><Model/></AML>",
            "an ARIS export (AML)",
        ),
        (
            &format!(
                "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"{office}\">"
            ),
            "a workbook in the XML format of Excel 2003",
        ),
        (
            &format!("<ss:Workbook xmlns:ss=\"{office}\"><ss:Worksheet/></ss:Workbook>"),
            "a workbook in the XML format of Excel 2003",
        ),
        (
            "<?xml version=\"1.0\"?>\n<orders>\n\t<order id=\"1\">a, b</order>\n",
            "an XML file with the root <orders>",
        ),
        (
            "<orders>\n  <order>a, b</order>\n  <order>c, d</order>\n</orders>\n",
            "an XML file with the root <orders>",
        ),
        ("<orders><order>a, b</order></orders>", "an XML file with the root <orders>"),
        ("<?xml version=\"1.0\"?><table><row>a</row></table>", "an XML file with the root <table>"),
        ("<?xml version=\"1.0\"?>\t<orders>", "an XML file with the root <orders>"),
        ("<?xml version=\"1.0\"?><!-- a comment without an end", "an XML file"),
    ] {
        for bytes in all_encodings(markup) {
            assert_eq!(name_of(&bytes), name, "{markup}");
        }
    }
}

#[test]
fn identify_json_is_json_to_where_it_is_cut_off() {
    let long = format!("[{}", "{\"case\": \"1, 2\", \"activity\": [1, null, true]},\n".repeat(500));
    for json in
        ["{}", "[]", "{\"log\": []}", " \n[1, 2]\n", "{\"a\":1}\n{\"a\":2}\n", &long[..HEAD], &long[..77]]
    {
        assert_eq!(identify(json.as_bytes()), Content::Json, "{json}");
    }
    for other in ["{a: 1}", "[1] [2]", "[a]", "{\"a\" 1}", "{}}", "{'a': 1}"] {
        assert_eq!(identify(other.as_bytes()), text(None), "{other}");
    }
}

fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, data) in entries {
        let stored =
            ::zip::write::SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
        archive.start_file(*name, stored).unwrap();
        archive.write_all(data).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn of_source_zip_is_told_by_its_entries() {
    let (types, far) =
        (("[Content_Types].xml", &b"<Types/>"[..]), ("docProps/thumbnail.jpeg", &[7; 2 * HEAD][..]));
    for (entries, name) in [
        (vec![types, far, ("xl/workbook.xml", b"")], "an Excel workbook (.xlsx)"),
        (vec![types, far, ("xl/workbook.bin", b"")], "a binary Excel workbook (.xlsb)"),
        (vec![("XL\\Workbook.xml", b"")], "an Excel workbook (.xlsx)"),
        (vec![types, ("_rels/.rels", b""), ("workbook.xml", b"")], "an Office document"),
        (
            vec![types, ("word/document.xml", b""), ("word/embeddings/book.xlsx", b"")],
            "a Word document (.docx)",
        ),
        (
            vec![("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"), far],
            "an OpenDocument spreadsheet (.ods)",
        ),
        (vec![("orders.csv", b"Case,Activity\n")], "a ZIP archive"),
    ] {
        let bytes = archive(&entries);
        assert_eq!(name_of_source(&bytes), name, "{entries:?}");
        assert_eq!(
            name_of_source(&[b"#!/bin/sh\n", &bytes[..]].concat()),
            "binary data in an unknown format"
        );
        assert!(!is_cut_off(&mut Cursor::new(&bytes)).unwrap());
        assert!(is_cut_off(&mut Cursor::new(&bytes[..bytes.len() - 25])).unwrap());
    }
    let whole = archive(&[types, far, ("xl/workbook.xml", b"")]);
    assert_eq!(name_of(&whole[..HEAD]), "an Office document", "the first bytes do not say more");
}

/// An OLE2 file with these streams, of which the last one has data.
fn compound(streams: &[&str], data: &[u8]) -> Vec<u8> {
    let mut header = vec![0; 512];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[30..32].copy_from_slice(&9_u16.to_le_bytes());
    header[76..].fill(0xff);
    let table = u32::try_from(data.len().div_ceil(512)).unwrap();
    header[48..52].copy_from_slice(&(table + 1).to_le_bytes());
    header[76..80].copy_from_slice(&table.to_le_bytes());
    let mut data = data.to_vec();
    data.resize(data.len().next_multiple_of(512), 0);
    let ends = [0xffff_fffe; 3].into_iter().skip(usize::from(table == 0));
    let mut chain: Vec<u8> = (1..table).chain(ends).flat_map(u32::to_le_bytes).collect();
    chain.resize(512, 0xff);
    let mut directory = Vec::new();
    for (index, name) in (0_u32..).zip([&"Root Entry"].into_iter().chain(streams)) {
        let mut entry: Vec<u8> = utf16(name, u16::to_le_bytes);
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(128, 0);
        entry[64..66].copy_from_slice(&length.to_le_bytes());
        entry[68..80].fill(0xff);
        let next = if index == 0 { 76 } else { 72 };
        entry[next..next + 4].copy_from_slice(&(index + 1).to_le_bytes());
        entry[120..124].copy_from_slice(&u32::try_from(data.len()).unwrap().to_le_bytes());
        directory.extend(entry);
    }
    directory.resize(512, 0);
    [header, data, chain, directory].concat()
}

#[test]
fn of_source_ole_is_told_by_its_directory() {
    let encrypted = |records: &[u8]| [records, &[0; 8192]].concat();
    for (bytes, name) in [
        (compound(&["Workbook"], &[]), "an Excel 97-2003 workbook (.xls)"),
        (
            compound(&["Book"], &encrypted(b"\x09\x08\x02\0\0\0\x42\0\0\0")),
            "an Excel 97-2003 workbook (.xls)",
        ),
        (
            compound(&["Workbook"], &encrypted(b"\x09\x08\x02\0\0\0\x2f\0\x02\0\0\0")),
            "an Office document that is protected with a password",
        ),
        (compound(&["EncryptedPackage"], &[]), "an Office document that is protected with a password"),
        (compound(&["1Table", "WordDocument"], &encrypted(b"")), "a Word 97-2003 document (.doc)"),
        (compound(&["PowerPoint Document"], &[]), "a PowerPoint 97-2003 presentation (.ppt)"),
        (compound(&["Contents"], &[]), "an Office 97-2003 document"),
    ] {
        assert_eq!(name_of_source(&bytes), name);
        assert!(!is_cut_off(&mut Cursor::new(&bytes)).unwrap(), "{name}");
        assert!(is_cut_off(&mut Cursor::new(&bytes[..bytes.len() - 512])).unwrap(), "{name}");
        assert!(is_cut_off(&mut Cursor::new(&bytes[..100])).unwrap(), "{name}");
    }
}

#[test]
fn of_source_file_of_each_format_is_what_its_name_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/contract/eventlogs");
    for (file, content) in [
        ("events.xlsx", Content::Xlsx),
        ("events.xlsb", Content::Xlsb),
        ("events.xls", Content::Xls),
        ("events.xes", Content::Xes),
        ("clean.csv", text(',')),
        ("utf-16.tsv", text('\t')),
        ("utf-16-without-mark.csv", text(',')),
    ] {
        let mut file = std::fs::File::open(folder.join(file)).unwrap();
        assert_eq!(of_source(&mut file).unwrap(), content, "{file:?}");
        assert!(!is_cut_off(&mut file).unwrap(), "{file:?}");
    }
}

/// How other formats begin.
const STARTS: &[&str] = &[
    "",
    "1",
    "<",
    "<html>",
    "<table>",
    "<b>",
    "<b>x</b>",
    "<div>x</div>",
    "<a/>",
    "</b>",
    "<a b='c'>",
    "<?xml?>",
    "<!-- x -->",
    "<!DOCTYPE html>",
    "{",
    "{}",
    "{\"a\":1}",
    "[",
    "[1]",
    "[]",
    "PK",
    "%PDF-1.4",
    "PAR1",
    "GIF89a",
    "ORC",
    "BZh9",
    "{\\rtf1x",
    "MIME-Version: 1",
    "Größe",
    "数",
    "-",
    "Obj",
];

/// How binary formats and markup begin.
const SIGNATURES: &[&[u8]] = &[
    b"",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<",
    b"<?xml",
    b"<!DOCTYPE x [",
    b"{",
    b"\xff\xfe<\0",
    b"\xfe\xff",
    b"<log xes='",
];

fn cell() -> impl Strategy<Value = String> {
    (proptest::sample::select(STARTS), "[ -~äéя]{0,8}")
        .prop_map(|(start, rest)| format!("{start}{}", rest.replace('/', "")))
}

/// A table with these delimiters, its values in quotes where they have to be.
fn table(delimiter: char) -> impl Strategy<Value = String> {
    (2..6_usize).prop_flat_map(move |columns| {
        let row = proptest::collection::vec(cell(), columns).prop_map(move |cells| {
            let quoted = |cell: String| match cell.contains(['"', '\n', delimiter]) {
                true => format!("\"{}\"", cell.replace('"', "\"\"")),
                false => cell,
            };
            cells.into_iter().map(quoted).collect::<Vec<_>>().join(&delimiter.to_string())
        });
        proptest::collection::vec(row, 2..30).prop_map(|rows| rows.join("\n") + "\n")
    })
}

proptest! {
    #[test]
    fn identify_any_table_is_text(
        table in prop_oneof![table(','), table(';'), table('|')],
        way in 0..6_usize,
    ) {
        let bytes = all_encodings(&table).swap_remove(way);
        prop_assert!(matches!(identify(&bytes), Content::Text { .. }), "{}: {table}", name_of(&bytes));
    }

    #[test]
    fn identify_any_bytes_is_an_answer(
        start in proptest::sample::select(SIGNATURES),
        rest in prop_oneof![proptest::collection::vec(any::<u8>(), 0..900), "[<>/!?a-c='\" \\-\\[\\]]{0,300}".prop_map(String::into_bytes)],
    ) {
        let bytes = [start, &rest[..]].concat();
        let content = identify(&bytes);
        let mut source = Cursor::new(&bytes);
        prop_assert!(!content.to_string().is_empty());
        of_source(&mut source).unwrap();
        is_cut_off(&mut source).unwrap();
    }

    #[test]
    fn of_source_damaged_file_is_an_answer(
        at in 0..2600_usize, byte in any::<u8>(), length in 0..2600_usize,
    ) {
        let zip = archive(&[("[Content_Types].xml", b"x"), ("xl/workbook.xml", &[1; 900])]);
        for mut bytes in [zip, compound(&["Workbook", "x"], &[1; 900])] {
            if let Some(own) = bytes.get_mut(at) {
                *own = byte;
            }
            bytes.truncate(length.max(8));
            let mut source = Cursor::new(&bytes);
            of_source(&mut source).unwrap();
            is_cut_off(&mut source).unwrap();
        }
    }
}
