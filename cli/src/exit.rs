//! What the command ends with.

use processmind::ErrorKind;

/// All went well.
pub const OK: u8 = 0;
/// It failed for another reason than those below.
pub const OTHER: u8 = 1;
/// The command line, or an option in it, can't be used.
pub const USAGE: u8 = 2;
/// The API key is missing or wrong, or may not do this.
pub const PERMISSION: u8 = 3;
/// There is no such object.
pub const NOT_FOUND: u8 = 4;
/// ProcessMind, or a check before, refused what was given.
pub const INVALID: u8 = 5;
/// Too many requests.
pub const RATE_LIMITED: u8 = 6;
/// No connection, or it broke.
pub const NETWORK: u8 = 7;
/// Of many, some failed.
pub const PARTIAL: u8 = 8;
/// Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// What an error ends the command with.
pub fn code_of(kind: ErrorKind) -> u8 {
    use ErrorKind as Kind;
    match kind {
        Kind::Configuration | Kind::InvalidArgument => USAGE,
        Kind::Authentication | Kind::PermissionDenied => PERMISSION,
        Kind::NotFound => NOT_FOUND,
        Kind::BadRequest | Kind::Conflict | Kind::PayloadTooLarge | Kind::Validation => INVALID,
        Kind::EventLog
        | Kind::InvalidBpmn
        | Kind::FileTooLarge
        | Kind::EmptyFile
        | Kind::UnsupportedFormat => INVALID,
        Kind::RateLimit => RATE_LIMITED,
        Kind::ConnectionFailed | Kind::RequestTimeout => NETWORK,
        _ => OTHER,
    }
}
