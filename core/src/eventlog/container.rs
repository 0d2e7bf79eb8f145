//! Whether a file is of the format that its name says, before a reader tries: what it is instead is named.

use super::{Format, ReadError};
use crate::content::{Content, OfficeContainer};

/// Refuses a file of another format. What may be of this one, if damaged, is left to its reader.
pub(crate) fn check(content: &Content, format: Format) -> Result<(), ReadError> {
    match content {
        Content::Empty => Err(ReadError::Empty),
        Content::Protected => Err(ReadError::Malformed(
            "the workbook has a password, so nobody else can read it; save it without the password"
                .to_owned(),
        )),
        _ if may_be(content, format) => Ok(()),
        _ => Err(ReadError::Unsupported(format!("it is {content}{}", advice(content)))),
    }
}

/// The format of a file without a name. What is none of them is refused when it is read.
pub(crate) fn format_of(content: &Content) -> Format {
    match content {
        Content::Xlsx | Content::Office(OfficeContainer::Zip) => Format::Xlsx,
        Content::Xlsb => Format::Xlsb,
        Content::Xls | Content::Office(OfficeContainer::Ole) | Content::Protected => Format::Xls,
        Content::Xes | Content::Xml { .. } => Format::Xes,
        _ => Format::Csv,
    }
}

/// The reader's error for people: what is missing or damaged, not what tripped the parser.
pub(crate) fn explain(error: ReadError, content: &Content, is_cut_off: bool) -> ReadError {
    let malformed = |why: &str| ReadError::Malformed(why.to_owned());
    match error {
        ReadError::Malformed(_) if is_cut_off => {
            malformed("the workbook is not complete: its end is missing, as after a download that broke off")
        }
        ReadError::Malformed(_) if *content == Content::Binary => {
            malformed("the file is damaged or not what its name says: it is binary data in an unknown format")
        }
        error => error,
    }
}

fn may_be(content: &Content, format: Format) -> bool {
    let zip = Content::Office(OfficeContainer::Zip);
    let ole = Content::Office(OfficeContainer::Ole);
    match format {
        _ if *content == Content::Binary => true,
        Format::Csv | Format::Tsv | Format::Txt => matches!(content, Content::Text { .. }),
        Format::Xlsx => *content == Content::Xlsx || *content == zip,
        Format::Xlsb => *content == Content::Xlsb || *content == zip,
        Format::Xls => *content == Content::Xls || *content == ole,
        Format::Xes => {
            matches!(content, Content::Xes | Content::Xml { .. } | Content::Text { delimiter: None })
        }
    }
}

/// What to do with the file.
fn advice(content: &Content) -> &'static str {
    match content {
        Content::Text { delimiter: Some('\t') } => "; its name must end in .tsv",
        Content::Text { delimiter: Some(_) } => "; its name must end in .csv",
        Content::Text { delimiter: None } => "; its name must end in .csv, .tsv or .txt",
        Content::Xlsx => "; its name must end in .xlsx",
        Content::Xlsb => "; its name must end in .xlsb",
        Content::Xls => "; its name must end in .xls",
        Content::Xes => "; its name must end in .xes",
        Content::Html => {
            ", such as a sign-in page or a table exported as HTML; export the log as CSV, XLSX or XES"
        }
        Content::ExcelXml => "; open it in Excel and save it as .xlsx",
        Content::Compressed(_) => "; ProcessMind takes the unpacked file",
        Content::Archive(_) => "; ProcessMind takes the unpacked files",
        Content::Data(_) => "; save it as CSV or XLSX",
        _ => "; export the log as CSV, XLSX or XES",
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    use super::*;
    use crate::eventlog::{self, EventLogReport, Limits, Stated};

    const CSV: &[u8] = b"Case ID,Activity,Timestamp\n1,A,2024-01-01\n";
    const XES: &[u8] = b"<?xml version=\"1.0\"?><log xes.version=\"1.0\"><trace><event/></trace></log>";

    fn report(bytes: &[u8], format: Format) -> Result<EventLogReport, ReadError> {
        let limits = Limits { cases: 100, stop: &AtomicBool::new(false) };
        eventlog::report(Cursor::new(bytes), format, None, &Stated::default(), &limits)
    }

    fn contract(name: &str) -> Vec<u8> {
        std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/contract/eventlogs").join(name))
            .unwrap()
    }

    fn refusal(bytes: &[u8], format: Format) -> String {
        match report(bytes, format) {
            Err(ReadError::Unsupported(why)) => why,
            other => panic!("{format:?}: {other:?}"),
        }
    }

    #[test]
    fn check_wrong_container_names_it_and_what_to_do() {
        let wide: Vec<u8> = "Case\tActivity\n1\tA\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide = [b"\xff\xfe", &wide[..]].concat();
        let excel = b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>";
        let html = b"<html><body><table><tr><td>Case</td></tr></table></body></html>";
        let (xlsx, xlsb, xls) = (contract("events.xlsx"), contract("events.xlsb"), contract("events.xls"));
        for (bytes, formats, words) in [
            (CSV, &[Format::Xlsx, Format::Xlsb, Format::Xls, Format::Xes][..], ["comma-separated", ".csv"]),
            (&wide, &[Format::Xls, Format::Xlsx, Format::Xes], ["tab-separated", ".tsv"]),
            (XES, &[Format::Csv, Format::Tsv, Format::Txt, Format::Xlsx, Format::Xls], ["XES", ".xes"]),
            (html, &Format::ALL, ["web page", "export"]),
            (excel, &Format::ALL, ["Excel 2003", ".xlsx"]),
            (b"{\"log\": []}", &Format::ALL, ["JSON", "export"]),
            (b"PAR1\x15\x04\x15\x10", &Format::ALL, ["Parquet", "CSV"]),
            (b"\x1f\x8b\x08\0\0\0", &Format::ALL, ["gzip", "unpacked"]),
            (b"%PDF-1.4\n", &Format::ALL, ["PDF", "export"]),
            (b"\x89PNG\r\n\x1a\n\0", &Format::ALL, ["PNG", "export"]),
            (
                &xlsx,
                &[Format::Csv, Format::Txt, Format::Xls, Format::Xlsb, Format::Xes],
                ["workbook", ".xlsx"],
            ),
            (&xlsb, &[Format::Csv, Format::Xlsx, Format::Xls], ["workbook", ".xlsb"]),
            (&xls, &[Format::Csv, Format::Xlsx, Format::Xlsb, Format::Xes], ["workbook", ".xls"]),
        ] {
            for format in formats {
                let why = refusal(bytes, *format);
                assert!(words.iter().all(|word| why.contains(word)), "{format:?}: {why}");
            }
        }
    }

    #[test]
    fn check_right_container_is_read() {
        for (bytes, format) in [
            (CSV.to_vec(), Format::Csv),
            (CSV.to_vec(), Format::Txt),
            (b"<Case>,{Activity}\n<1>,{A}\n".to_vec(), Format::Csv),
            (b"PAR1,{}\n1,2\n".to_vec(), Format::Csv),
            (XES.to_vec(), Format::Xes),
            (contract("events.xlsx"), Format::Xlsx),
            (contract("events.xlsb"), Format::Xlsb),
            (contract("events.xls"), Format::Xls),
        ] {
            assert!(report(&bytes, format).is_ok(), "{format:?}");
        }
    }

    #[test]
    fn format_of_bytes_without_a_name_is_their_own() {
        for (bytes, format) in [
            (CSV.to_vec(), Format::Csv),
            (b"<Case>,{Activity}\n<1>,{A}\n".to_vec(), Format::Csv),
            (b"Case\tActivity\n1\tA\n".to_vec(), Format::Csv),
            (b"\n\n<log xes.version='1.0'>".to_vec(), Format::Xes),
            (b"<?xml version='1.0'?><orders/>".to_vec(), Format::Xes),
            (contract("events.xlsx"), Format::Xlsx),
            (contract("events.xlsb"), Format::Xlsb),
            (contract("events.xls"), Format::Xls),
        ] {
            assert_eq!(eventlog::format_of(Cursor::new(&bytes)).unwrap(), format, "{bytes:?}");
        }
    }

    #[test]
    fn explain_workbook_without_its_end_is_not_complete() {
        for (name, format) in
            [("events.xlsx", Format::Xlsx), ("events.xlsb", Format::Xlsb), ("events.xls", Format::Xls)]
        {
            let whole = contract(name);
            for length in (600..whole.len() - 600).step_by(whole.len() / 40) {
                let error = report(&whole[..length], format).unwrap_err();
                assert!(
                    matches!(&error, ReadError::Malformed(why) if why.contains("not complete")),
                    "{length}: {error}"
                );
            }
        }
    }

    #[test]
    fn explain_binary_data_is_damaged() {
        let bytes: Vec<u8> = (0..2000_u32).map(|n| (n * n / 7) as u8).collect();
        for format in [Format::Xlsx, Format::Xlsb, Format::Xls] {
            let error = report(&bytes, format).unwrap_err();
            assert!(matches!(&error, ReadError::Malformed(why) if why.contains("damaged")), "{error}");
            assert!(matches!(report(b"", format), Err(ReadError::Empty)));
        }
    }
}
