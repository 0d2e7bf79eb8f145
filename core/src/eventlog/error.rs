//! Why a file is no readable event log.

use std::{error::Error, fmt, io};

/// Why a file is no readable event log.
#[derive(Debug)]
pub enum ReadError {
    /// The file cannot be read.
    Io(io::Error),
    /// The file has no header.
    Empty,
    /// The file is not of its format; the text says why.
    Malformed(String),
    /// The file goes beyond a limit; the text names it.
    TooLarge(String),
    /// The file is of a format that is not read; the text says which, and what to do.
    Unsupported(String),
    /// The file has no column with the heading that the caller states.
    UnknownColumn {
        /// What the column is stated to be: `case`, `activity`, `timestamp` or `resource`.
        role: &'static str,
        /// The heading that is stated.
        name: String,
        /// The headings that the file has.
        columns: Vec<String>,
    },
    /// The workbook has no sheet of the name that the caller states.
    UnknownSheet {
        /// The name that is stated.
        name: String,
        /// The sheets that the workbook has.
        sheets: Vec<String>,
    },
    /// Whoever asked does not want to know any more.
    Stopped,
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "the file cannot be read: {error}"),
            Self::Empty => f.write_str("the file is empty: it has no header"),
            Self::Malformed(reason) | Self::TooLarge(reason) | Self::Unsupported(reason) => {
                f.write_str(reason)
            }
            Self::UnknownColumn { role, name, .. } => {
                write!(f, "the file has no column '{name}', which is stated to be the {role}")
            }
            Self::UnknownSheet { name, .. } => write!(f, "the workbook has no sheet '{name}'"),
            Self::Stopped => f.write_str("the check was stopped"),
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for ReadError {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}
