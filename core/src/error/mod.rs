//! One error type: a kind with a stable code, what happened, and what to do about it.

mod hint;
mod kind;

pub use kind::{DOCS, ErrorKind, KindInfo};

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::open_files;
pub(crate) use hint::{HTML as HTML_HINT, for_status as hint_for_status, is_redirect, looks_like_html};

/// The result of everything that can fail here.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// How much of an answer's body an error keeps.
pub(crate) const BODY_LIMIT: usize = 64 * 1024;

/// What failed, why, and what to do.
///
/// `Display` gives the whole text: the message, then the hint. The API key and the query of a presigned
/// URL are in none of its parts.
pub struct Error(Box<Parts>);

struct Parts {
    kind: ErrorKind,
    message: String,
    hint: Option<String>,
    context: Context,
    path: Option<PathBuf>,
    may_pass: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// What is known of the request that failed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Context {
    pub status: Option<u16>,
    pub request_id: Option<String>,
    pub method: Option<&'static str>,
    pub url: Option<String>,
    pub body: Option<String>,
    pub attempts: u32,
    pub retry_after: Option<Duration>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let (message, context) = (one_line(message.into()), Context::default());
        let parts = Parts { kind, message, hint: None, context, path: None, may_pass: false, source: None };
        Self(Box::new(parts))
    }

    /// A file that can't be opened.
    pub(crate) fn unreadable(path: &Path, cause: io::Error) -> Self {
        let hint = match cause.kind() {
            io::ErrorKind::NotFound => "Check the path; a relative one starts at the working directory.",
            io::ErrorKind::PermissionDenied => "Check who may read the file.",
            _ if open_files::are_too_many(&cause) => open_files::HINT,
            _ => "Check the path and the disk.",
        };
        let message = format!("'{}' can't be read: {cause}.", quotable(&path.to_string_lossy()));
        let mut error = Self::new(ErrorKind::Source, message).with_hint(hint).caused_by(cause);
        error.0.path = Some(path.to_owned());
        error
    }

    /// A path to what is no file.
    pub(crate) fn not_a_file(path: &Path, metadata: &Metadata) -> Self {
        if metadata.is_dir() {
            // Reading it fails with the system's own words and number.
            let cause = std::fs::read(path).err().unwrap_or_else(|| io::ErrorKind::IsADirectory.into());
            return Self::unreadable(path, cause).with_hint("Name one file; a folder can't be uploaded.");
        }
        Self::new(ErrorKind::Source, format!("'{}' is no regular file.", path.display()))
            .with_hint("Copy it to a file first: its size has to be known before it is sent.")
    }

    /// A stream that fails while it is read.
    pub fn unread(cause: impl StdError + Send + Sync + 'static) -> Self {
        Self::new(ErrorKind::Source, format!("The stream can't be read: {cause}."))
            .with_hint("Check where it comes from; nothing was sent.")
            .caused_by(cause)
    }

    /// An argument that a binding can't hand on; nothing was sent.
    pub fn invalid_argument(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::new(ErrorKind::InvalidArgument, message).with_hint(hint)
    }

    /// A fault of the SDK itself.
    pub fn internal(why: impl fmt::Display) -> Self {
        Self::new(ErrorKind::Internal, format!("The SDK failed inside: {why}."))
            .with_hint("This is a fault of the SDK: please report it with this text.")
    }

    /// What a panic becomes at the border to another language, which no panic may cross.
    #[must_use]
    pub fn from_panic(payload: &(dyn Any + Send)) -> Self {
        let said = payload.downcast_ref::<&str>().copied();
        Self::internal(
            said.or_else(|| payload.downcast_ref::<String>().map(String::as_str))
                .unwrap_or("no reason given"),
        )
    }

    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.0.hint = Some(one_line(hint.into()));
        self
    }

    /// Adds a line of advice.
    pub(crate) fn also(mut self, advice: String) -> Self {
        let lines = self.0.hint.into_iter().chain([one_line(advice)]);
        self.0.hint = Some(lines.collect::<Vec<_>>().join("\n"));
        self
    }

    pub(crate) fn maybe_hint(self, hint: Option<String>) -> Self {
        match hint {
            Some(hint) => self.with_hint(hint),
            None => self,
        }
    }

    pub(crate) fn context(mut self, context: Context) -> Self {
        self.0.context = context;
        self
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// Whether what failed might work at another time.
    pub(crate) fn passing(mut self, may_pass: bool) -> Self {
        self.0.may_pass = may_pass;
        self
    }

    pub(crate) fn may_pass(&self) -> bool {
        self.0.may_pass
    }

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.context.attempts = attempts;
        self
    }

    pub(crate) fn context_of_request(&self) -> Context {
        self.0.context.clone()
    }

    /// What went wrong, as a value.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The kind's stable code, such as `NOT_FOUND`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.0.kind.code()
    }

    /// The page about errors of this kind.
    #[must_use]
    pub fn docs_url(&self) -> String {
        self.0.kind.docs_url()
    }

    /// What failed and why, without the hint.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.0.hint.as_deref()
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.context.status
    }

    /// The id the server gave the request, for its support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.context.request_id.as_deref()
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        self.0.context.method
    }

    /// The URL; a presigned one without its query.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.0.context.url.as_deref()
    }

    /// The answer's body, its first 64 KiB.
    #[must_use]
    pub fn body(&self) -> Option<&str> {
        self.0.context.body.as_deref()
    }

    /// How often it was tried; 0 where nothing was sent.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.context.attempts
    }

    /// How long the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.context.retry_after
    }

    /// The path of the file that can't be read, as it was given.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_deref()
    }

    /// The operating system's error number, where a file or a socket failed.
    #[must_use]
    pub fn os_error(&self) -> Option<i32> {
        causes_of(self).find_map(|cause| cause.downcast_ref::<io::Error>()?.raw_os_error())
    }

    /// What kind of failure of a file or a socket it was, where it was one.
    #[must_use]
    pub fn io_kind(&self) -> Option<io::ErrorKind> {
        causes_of(self).find_map(|cause| Some(cause.downcast_ref::<io::Error>()?.kind()))
    }

    /// The texts of the causes, nearest first.
    #[must_use]
    pub fn causes(&self) -> Vec<String> {
        causes_of(self).map(ToString::to_string).collect()
    }
}

/// A text in one line that a terminal shows and does not obey: what others have named may be in it.
fn one_line(text: String) -> String {
    if !text.contains(char::is_control) {
        return text;
    }
    let shown = |c| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => char::REPLACEMENT_CHARACTER,
        c => c,
    };
    text.chars().map(shown).collect()
}

/// A server's words for an error text: the first line, not too long, and no backticks, which mark our own names.
pub(crate) fn quotable(text: &str) -> String {
    const LONGEST: usize = 300;
    let line = text.trim().lines().next().unwrap_or_default().trim_end_matches('.').replace('`', "'");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// The causes of an error, nearest first.
pub(crate) fn causes_of<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    let mut next = error.source();
    std::iter::from_fn(move || {
        let cause = next?;
        next = cause.source();
        Some(cause)
    })
}

/// Writes the names of calls and arguments in a text, which stand in backticks, as JavaScript writes them.
#[must_use]
pub fn in_camel_case(text: &str) -> String {
    let camel = |name: &str| {
        let mut parts = name.split('_');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |name, part| {
            let mut letters = part.chars();
            letters.next().map_or(name.clone(), |initial| {
                format!("{name}{}{}", initial.to_ascii_uppercase(), letters.as_str())
            })
        })
    };
    let quoted = |(at, part): (usize, &str)| if at % 2 == 1 { camel(part) } else { part.to_owned() };
    text.split('`').enumerate().map(quoted).collect::<Vec<_>>().join("`")
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)?;
        match &self.0.hint {
            Some(hint) => write!(f, "\n{hint}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Parts { kind, message, hint, context, path, source, may_pass: _ } = &*self.0;
        f.debug_struct("Error")
            .field("kind", kind)
            .field("message", message)
            .field("hint", hint)
            .field("status", &context.status)
            .field("request_id", &context.request_id)
            .field("method", &context.method)
            .field("url", &context.url)
            .field("attempts", &context.attempts)
            .field("retry_after", &context.retry_after)
            .field("path", path)
            .field("source", source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_says_why() {
        let text = |payload: Box<dyn Any + Send>| Error::from_panic(&*payload).message().to_owned();
        assert_eq!(text(Box::new("split")), "The SDK failed inside: split.");
        assert_eq!(text(Box::new("split".to_owned())), "The SDK failed inside: split.");
        assert_eq!(text(Box::new(7)), "The SDK failed inside: no reason given.");
    }

    #[test]
    fn a_servers_words_are_one_short_line_without_backticks() {
        assert_eq!(quotable("No `x`.\nTry\nagain."), "No 'x'");
        assert_eq!(quotable(&"é".repeat(1000)).chars().count(), 301);
        assert_eq!(quotable(""), "");
    }

    #[test]
    fn what_others_have_named_adds_no_line_and_commands_no_terminal() {
        let error = Error::new(ErrorKind::NotFound, "No 'a\nb\u{1b}[31m'.").with_hint("Nearest: 'c\r\nd'.");
        let error = error.also("Done before:\tall.".to_owned());
        assert_eq!(error.to_string(), "No 'a b\u{fffd}[31m'.\nNearest: 'c  d'.\nDone before: all.");
    }

    #[test]
    fn names_in_backticks_follow_the_language() {
        assert_eq!(
            in_camel_case("Pass `api_key` for 'my_file', or `timeout`."),
            "Pass `apiKey` for 'my_file', or `timeout`."
        );
    }
}
