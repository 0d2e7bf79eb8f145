//! The formats in which ProcessMind takes an event log.

use std::path::Path;

/// A format in which ProcessMind takes an event log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated values; other delimiters are found out.
    Csv,
    /// Tab-separated values; other delimiters are found out.
    Tsv,
    /// Delimited text with any delimiter.
    Txt,
    /// Excel workbook.
    Xlsx,
    /// Excel binary workbook.
    Xlsb,
    /// Excel 97-2003 workbook.
    Xls,
    /// IEEE 1849 event stream.
    Xes,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 7] =
        [Self::Csv, Self::Tsv, Self::Txt, Self::Xlsx, Self::Xlsb, Self::Xls, Self::Xes];

    /// The format that the file name's suffix stands for, in any case of letters.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let suffix = path.extension()?.to_str()?;
        Self::ALL.into_iter().find(|format| format.suffix().eq_ignore_ascii_case(suffix))
    }

    /// The suffix, without a dot.
    #[must_use]
    pub fn suffix(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Txt => "txt",
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Xes => "xes",
        }
    }

    /// Whether what is in this format may bear a name of the other.
    pub(crate) fn may_be_called(self, other: Self) -> bool {
        let is_text = |format| matches!(format, Self::Csv | Self::Tsv | Self::Txt);
        self == other || (is_text(self) && is_text(other))
    }

    /// The media type that a file of this format is sent with.
    #[must_use]
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Tsv => "text/tab-separated-values",
            Self::Txt => "text/plain",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Xlsb => "application/vnd.ms-excel.sheet.binary.macroenabled.12",
            Self::Xls => "application/vnd.ms-excel",
            Self::Xes => "application/xml",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suffixes_are_read_in_any_case() {
        assert_eq!(Format::from_path(Path::new("a.b.CSV")), Some(Format::Csv));
        assert_eq!(Format::from_path(Path::new("log.Xes")), Some(Format::Xes));
        assert_eq!(Format::from_path(Path::new("log.csv.gz")), None);
        assert_eq!(Format::from_path(Path::new("csv")), None);
    }
}
