//! What storage's answers mean: its errors come as XML, its proof as a checksum.

use crate::error::{Error, ErrorKind};
use crate::retry::Failure;
use crate::transport::{Answer, Broken};

/// What a refused PUT means for the next attempt.
#[derive(Debug)]
pub(crate) enum Refused {
    /// The presigned URL is too old.
    Expired(Error),
    /// Anything else.
    Other(Broken),
}

impl From<Error> for Refused {
    /// An error that no other attempt could change.
    fn from(error: Error) -> Self {
        Self::Other(Broken { failure: Failure::Final, error })
    }
}

/// Reads an answer that is not a success.
pub(crate) fn refusal(answer: Answer) -> Refused {
    let text = answer.text();
    let (code, message) = code_and_message(&text);
    let said =
        if code.is_empty() { String::new() } else { format!(" {code}: {}", message.trim_end_matches('.')) };
    let status = answer.status();
    let kind = if code == "EntityTooLarge" { ErrorKind::FileTooLarge } else { ErrorKind::Upload };
    let error = Error::new(kind, format!("Storage refused the file ({status}{said})."))
        .hint(hint(&code))
        .context(answer.context);
    match code.as_str() {
        "ExpiredToken" => Refused::Expired(error),
        "AccessDenied" if message.contains("expired") => Refused::Expired(error),
        // Storage's words for what passes, which the status does not show.
        "RequestTimeout" | "OperationAborted" => {
            Refused::Other(Broken { failure: Failure::Status(503), error })
        }
        _ => Refused::Other(Broken { failure: Failure::Status(status), error }),
    }
}

fn hint(code: &str) -> &'static str {
    match code {
        "SignatureDoesNotMatch" => {
            "The request is not the one that was signed: leave `content_type` out, or pass an empty text, which sends none."
        }
        "RequestTimeTooSkewed" => "The clocks differ: set this computer's clock.",
        "EntityTooLarge" => "One upload holds at most 5 GiB: split the log, by month for example.",
        _ => "Try again; if it fails again, give the request id to ProcessMind's support.",
    }
}

/// The `Code` and the `Message` of an error document; empty where it is none.
fn code_and_message(body: &str) -> (String, String) {
    let Ok(document) = roxmltree::Document::parse(body) else {
        return (String::new(), String::new());
    };
    let text = |name: &str| {
        let node = document.root_element().children().find(|child| child.tag_name().name() == name);
        node.and_then(|node| node.text()).unwrap_or_default().trim().to_owned()
    };
    (text("Code"), text("Message"))
}

/// The MD5 that an ETag states: 32 hex digits, unless the object is encrypted with a key of the bucket's own.
pub(crate) fn md5_of(answer: &Answer) -> Option<String> {
    let encrypted =
        answer.header("x-amz-server-side-encryption").is_some_and(|how| how.starts_with("aws:kms"))
            || answer.header("x-amz-server-side-encryption-customer-algorithm").is_some();
    let etag = etag_of(answer)?;
    let is_md5 = etag.len() == 32 && etag.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_md5 && !encrypted).then(|| etag.to_ascii_lowercase())
}

/// The ETag without its quotes.
pub(crate) fn etag_of(answer: &Answer) -> Option<String> {
    answer.header("etag").map(|etag| etag.trim_matches('"').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_document_gives_its_code() {
        let body = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
        assert_eq!(code_and_message(body), ("AccessDenied".into(), "Request has expired".into()));
        assert_eq!(code_and_message("<html>"), (String::new(), String::new()));
    }
}
