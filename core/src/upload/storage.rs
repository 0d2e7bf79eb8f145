//! What storage's answers mean: its errors come as XML, its proof as a checksum.

use crate::answer::Answer;
use crate::error::{self, Context, Error, ErrorKind};
use crate::retry::Failure;
use crate::transport::Broken;

/// Reads an answer that is not a success.
pub(crate) fn refusal(answer: Answer) -> Broken {
    let (code, message) = code_and_message(&answer.text());
    let said = match code.as_str() {
        "" => String::new(),
        code => format!(" {}: {}", error::quotable(code), error::quotable(&message)),
    };
    let status = answer.status();
    let (failure, kind) = match code.as_str() {
        "ExpiredToken" => (Failure::Broken, ErrorKind::UploadUrlExpired),
        "AccessDenied" if message.contains("expired") => (Failure::Broken, ErrorKind::UploadUrlExpired),
        "EntityTooLarge" => (Failure::Final, ErrorKind::FileTooLarge),
        // Storage's words for what passes, which the status does not show.
        "RequestTimeout" | "OperationAborted" => (Failure::Broken, ErrorKind::Upload),
        _ => (Failure::Status(status), ErrorKind::Upload),
    };
    // The rest of storage's answer may repeat the signature.
    let body = (!code.is_empty()).then(|| format!("{code}: {message}"));
    let error = Error::new(kind, format!("Storage refused the file ({status}{said})."))
        .with_hint(hint(kind, &code))
        .context(Context { body, ..answer.context });
    Broken { failure, error }
}

fn hint(kind: ErrorKind, code: &str) -> &'static str {
    match code {
        _ if kind == ErrorKind::UploadUrlExpired => {
            "Raise `valid_for_seconds` where it is set; if it is not, ProcessMind's clock is off: tell its support."
        }
        "SignatureDoesNotMatch" => {
            "The request is not the one that was signed: leave `content_type` out, or pass an empty text, which sends none."
        }
        "RequestTimeTooSkewed" => "The clocks of ProcessMind and of its storage differ: tell its support.",
        "EntityTooLarge" => "One upload holds at most 5 GiB: split the log, by month for example.",
        _ => "Try again; if it fails again, give the request id to ProcessMind's support.",
    }
}

/// The `Code` and the `Message` of an error document; empty where it is none.
fn code_and_message(body: &str) -> (String, String) {
    let Ok(document) = roxmltree::Document::parse(body) else { return Default::default() };
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
    use crate::retry;

    #[test]
    fn an_error_document_gives_its_code() {
        let body = "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>";
        assert_eq!(code_and_message(body), ("AccessDenied".into(), "Request has expired".into()));
        assert_eq!(code_and_message("<html>"), (String::new(), String::new()));
    }

    #[test]
    fn what_passes_is_told_from_what_does_not() {
        let document = |code, message| -> &'static str {
            format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>").leak()
        };
        let rows = [
            (400, "RequestTimeout", "", true, ErrorKind::Upload),
            (409, "OperationAborted", "", true, ErrorKind::Upload),
            (503, "SlowDown", "", true, ErrorKind::Upload),
            (403, "AccessDenied", "Request has expired", true, ErrorKind::UploadUrlExpired),
            (400, "ExpiredToken", "", true, ErrorKind::UploadUrlExpired),
            (403, "AccessDenied", "Access Denied", false, ErrorKind::Upload),
            (403, "SignatureDoesNotMatch", "", false, ErrorKind::Upload),
            (403, "RequestTimeTooSkewed", "", false, ErrorKind::Upload),
            (409, "Conflict", "", false, ErrorKind::Upload),
            (400, "BadDigest", "", false, ErrorKind::Upload),
            (400, "EntityTooLarge", "", false, ErrorKind::FileTooLarge),
        ];
        for (status, code, message, passes, kind) in rows {
            let Broken { failure, error } = refusal(Answer::made(status, &[], document(code, message)));
            assert_eq!((retry::may_pass(failure), error.kind()), (passes, kind), "{code}");
        }
    }

    #[test]
    fn a_code_of_many_lines_makes_no_more_lines_of_the_text() {
        let body = "<Error><Code>Access\r\r\r\r\n\nDenied</Code><Message>No.\n\n\nNo.</Message></Error>";
        let error = refusal(Answer::made(403, &[], body)).error;
        assert_eq!(error.to_string().lines().count(), 2, "{error}");
    }

    #[test]
    fn a_signature_that_storage_repeats_is_not_kept() {
        let body = "<Error><Code>SignatureDoesNotMatch</Code><Message>No.</Message>\
                    <SignatureProvided>canary</SignatureProvided></Error>";
        let error = refusal(Answer::made(403, &[], body)).error;
        assert_eq!(error.body(), Some("SignatureDoesNotMatch: No."));
        let page = refusal(Answer::made(403, &[], "<html>canary")).error;
        assert!(!format!("{page:?}{page}{:?}", page.body()).contains("canary"));
    }
}
