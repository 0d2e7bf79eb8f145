//! Why a document is refused, and where.

use std::fmt::Display;

use crate::eventlog::ReadError;

/// Why a document is refused.
#[derive(Debug)]
pub(super) enum Fault {
    /// The markup that was read last is wrong, at this offset from its start.
    Markup { reason: String, offset: usize },
    /// The text is wrong at the place up to which it was read.
    Text(String),
    /// Something that has no place.
    Read(ReadError),
}

impl Fault {
    pub fn ill_formed(reason: impl Display, offset: usize) -> Self {
        Self::markup(not_well_formed(reason), offset)
    }

    pub fn markup(reason: impl Into<String>, offset: usize) -> Self {
        Self::Markup { reason: reason.into(), offset }
    }

    /// The same, in markup that starts so many bytes earlier.
    pub fn shifted(self, by: usize) -> Self {
        match self {
            Self::Markup { reason, offset } => Self::Markup { reason, offset: offset + by },
            other => other,
        }
    }
}

impl From<ReadError> for Fault {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

pub(super) fn not_well_formed(reason: impl Display) -> String {
    format!("the file is not well-formed XML: {reason}")
}
