//! Whether a file is of the format that its name says, before a reader tries: what it is instead is named.

use super::{Format, ReadError};
use crate::content::{Content, OfficeContainer};

/// Refuses a file of another format. What may be of this one, if damaged, is left to its reader.
pub(crate) fn check(content: &Content, format: Format) -> Result<(), ReadError> {
    match content {
        Content::Empty => Err(ReadError::Empty),
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
        Content::Protected => "; save it without the password",
        Content::Compressed(_) => "; ProcessMind takes the unpacked file",
        Content::Archive(_) => "; ProcessMind takes the unpacked files",
        Content::Data(_) => "; save it as CSV or XLSX",
        _ => "; export the log as CSV, XLSX or XES",
    }
}
