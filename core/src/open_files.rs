//! The system's limit on open files and connections, which a program shares among all that it does.

use std::error::Error;
use std::io;

/// What to do if it is reached.
pub(crate) const HINT: &str = "Raise the limit on open files (`ulimit -n`), close files that are not in use, or lower `max_connections`.";

/// The numbers of "too many open files", of the process and of the whole system.
#[cfg(unix)]
const NUMBERS: [i32; 2] = [24, 23]; // EMFILE, ENFILE
#[cfg(windows)]
const NUMBERS: [i32; 2] = [4, 10024]; // ERROR_TOO_MANY_OPEN_FILES, WSAEMFILE
#[cfg(not(any(unix, windows)))]
const NUMBERS: [i32; 0] = [];

/// Whether an error says that no more can be opened. Others close what they have: it may work in a moment.
pub(crate) fn are_too_many(error: &io::Error) -> bool {
    error.raw_os_error().is_some_and(|number| NUMBERS.contains(&number))
}

/// Whether one of an error's causes says so.
pub(crate) fn were_too_many(error: &(dyn Error + 'static)) -> bool {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.downcast_ref().is_some_and(are_too_many) {
            return true;
        }
        next = error.source();
    }
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_is_reached_is_known_by_its_number() {
        assert!(
            are_too_many(&io::Error::from_raw_os_error(24))
                && !are_too_many(&io::Error::from_raw_os_error(2))
        );
        assert!(!are_too_many(&io::Error::other("too many open files")));
    }
}
