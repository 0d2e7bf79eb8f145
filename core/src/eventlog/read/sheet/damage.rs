//! Why a workbook can't be read, in words that a person knows.

use std::error::Error;
use std::io;

use calamine::{XlsError, XlsbError, XlsxError};

use crate::eventlog::ReadError;

/// What a parser of workbooks says.
pub(super) trait Damage: Error + 'static {
    fn is_password(&self) -> bool;
}

impl Damage for XlsxError {
    fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

impl Damage for XlsbError {
    fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

impl Damage for XlsError {
    fn is_password(&self) -> bool {
        matches!(self, Self::Password)
    }
}

pub(super) fn unreadable(error: impl Damage) -> ReadError {
    if error.is_password() {
        return ReadError::Malformed("the workbook has a password: save it without one".to_owned());
    }
    // The disk or the share may be to blame.
    let mut cause: Option<&(dyn Error + 'static)> = Some(&error);
    while let Some(error) = cause {
        if let Some(io) = error.downcast_ref::<io::Error>()
            && io.raw_os_error().is_some()
        {
            return ReadError::Io(io::Error::new(io.kind(), io.to_string()));
        }
        cause = error.source();
    }
    damaged()
}

pub(super) fn damaged() -> ReadError {
    ReadError::Malformed("the workbook is cut off or damaged".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_system_is_to_blame_for_its_errors() {
        let system = io::Error::from_raw_os_error(5);
        assert!(matches!(unreadable(XlsxError::Io(system)), ReadError::Io(_)));
        let cut = io::Error::from(io::ErrorKind::UnexpectedEof);
        assert_eq!(unreadable(XlsbError::Io(cut)).to_string(), "the workbook is cut off or damaged");
        assert_eq!(unreadable(XlsError::EoStream("sst")).to_string(), "the workbook is cut off or damaged");
        for locked in [unreadable(XlsxError::Password), unreadable(XlsError::Password)] {
            assert!(locked.to_string().contains("password"));
        }
    }
}
