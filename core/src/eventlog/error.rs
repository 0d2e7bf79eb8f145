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
    /// A column that the caller states is not in the file.
    UnknownColumn {
        /// The role that it was stated for.
        role: &'static str,
        /// The heading that was stated.
        name: String,
        /// The headings that there are.
        columns: Vec<String>,
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
            Self::UnknownColumn { name, .. } => write!(f, "there is no column '{name}'"),
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
