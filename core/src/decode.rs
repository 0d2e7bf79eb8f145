//! Turns a successful response into what the call promises. Anything else is an error, whatever its status.

use std::borrow::Cow;

use serde_json::error::Category;

use crate::answer::Answer;
use crate::error::{self, Context, Error, ErrorKind, Result};
use crate::method::Method;
use crate::model::{FromAnswer, Unfit, exact_integers};

/// The answer as a `T`.
pub(crate) fn model<T: FromAnswer>(answer: &Answer, method: Method) -> Result<T> {
    let read = |json: &[u8]| T::read(&exact_integers(json, i128::from(i64::MIN), i128::from(u64::MAX)));
    match decoded::<T, T>(answer, method, read)? {
        Some(model) => Ok(model),
        None => Ok(nothing::<T>(answer, method)?.1),
    }
}

/// The answer's JSON as the server wrote it, checked to be a `T`.
pub(crate) fn json<T: FromAnswer>(answer: Answer, method: Method) -> Result<String> {
    if decoded::<T, ()>(&answer, method, T::check)?.is_none() {
        return Ok(nothing::<T>(&answer, method)?.0.to_owned());
    }
    let redacted = match data::<T>(&answer) {
        Cow::Owned(redacted) => Some(redacted),
        Cow::Borrowed(_) => None,
    };
    let text = String::from_utf8(redacted.unwrap_or_else(|| answer.into_body().into()));
    Ok(text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

fn data<T: FromAnswer>(answer: &Answer) -> Cow<'_, [u8]> {
    if T::SECRET { Cow::Borrowed(answer.secret()) } else { answer.data() }
}

/// Refuses a failure in the place of a response that is not documented. Of others the promise itself is checked.
pub(crate) fn check_outcome<T: FromAnswer>(answer: &Answer, method: Method) -> Result<()> {
    let is_failure = T::nothing().is_some() && answer.states_failure();
    let flaw = Unfit::Incomplete("it states a failure");
    if is_failure { Err(undecodable::<T>(answer, method, &flaw)) } else { Ok(()) }
}

/// The body as it is read; none if it is no JSON at all after a change, which is a success.
fn decoded<T: FromAnswer, R>(
    answer: &Answer,
    method: Method,
    read: impl FnOnce(&[u8]) -> Result<R, Unfit>,
) -> Result<Option<R>> {
    let data = data::<T>(answer);
    read(&data).map(Some).or_else(|why| {
        let changes = matches!(method, Method::Put | Method::Delete) || answer.status() == 204;
        let begins_otherwise = !matches!(data.trim_ascii_start().first(), Some(b'<' | b'{' | b'['));
        let is_nothing = changes && begins_otherwise && answer.unread_coding().is_none();
        if is_nothing { Ok(None) } else { Err(undecodable::<T>(answer, method, &why)) }
    })
}

fn nothing<T: FromAnswer>(answer: &Answer, method: Method) -> Result<(&'static str, T)> {
    T::nothing().ok_or_else(|| undecodable::<T>(answer, method, &Unfit::Incomplete("it is empty")))
}

/// Names the place, and of the JSON only the reason that it gives: the body may hold what nobody should see.
fn undecodable<T: FromAnswer>(answer: &Answer, method: Method, why: &Unfit) -> Error {
    let text = answer.text();
    let is_page = error::looks_like_html(&text);
    let what = match (answer.unread_coding(), why) {
        (Some(coding), _) => format!("can't be read: its Content-Encoding is {coding}"),
        _ if is_page => "is a web page".to_owned(),
        (_, Unfit::Incomplete(flaw)) => format!("is not what was expected: {flaw}"),
        (_, Unfit::Json(cause)) => format!("is {}", misread(cause)),
    };
    let reason = match answer.reason() {
        Some(reason) if !is_page => format!(" Reason: {reason}."),
        _ => String::new(),
    };
    let hint = match method {
        _ if is_page => error::HTML_HINT,
        Method::Post => "It may have been created all the same: look before you create it again.",
        _ => "The request may have been carried out all the same.",
    };
    Error::new(ErrorKind::ResponseDecode, format!("{} {what}.{reason}", answer.title()))
        .with_hint(hint)
        .context(Context { body: body_of::<T>(answer, &text), ..answer.context.clone() })
}

fn misread(cause: &serde_json::Error) -> String {
    let what = match cause.classify() {
        Category::Eof => "cut short",
        Category::Data => "not the JSON that was expected",
        Category::Syntax | Category::Io => "no JSON",
    };
    format!("{what} (line {}, column {})", cause.line(), cause.column())
}

/// The body as an error keeps it; of what should have been a secret only what can't hold one.
fn body_of<T: FromAnswer>(answer: &Answer, text: &str) -> Option<String> {
    let holds_url = || text.contains("://") || text.contains(":\\/\\/");
    if T::SECRET && holds_url() { None } else { answer.excerpt() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Dataset, Process, TenantStatistics, Untyped};

    fn failure<T: FromAnswer + std::fmt::Debug>(method: Method, body: &'static str) -> Error {
        let answer = Answer::made(200, &[], body);
        let error = model::<T>(&answer, method).unwrap_err();
        assert_eq!(json::<T>(answer, method).unwrap_err().to_string(), error.to_string());
        assert_eq!(error.kind(), ErrorKind::ResponseDecode);
        error
    }

    #[test]
    fn what_has_no_id_is_no_object() {
        for body in [
            r#"{"errorMessage":"Task timed out after 3.00 seconds"}"#,
            r#"{"success":false,"error":"quota exceeded"}"#,
            r#"{"data":{"id":"p1"}}"#,
            r#"{"id":null,"displayName":"P"}"#,
            r#"{"id":" "}"#,
            r#"{"id":7}"#,
            "{}",
            "[]",
            "[{}]",
            "null",
            "true",
            "",
        ] {
            let error = failure::<Process>(Method::Post, body);
            assert!(error.hint().unwrap().contains("may have been created"), "{error}");
            assert_eq!(error.body(), Some(body));
        }
        let error = failure::<Process>(Method::Get, r#"{"errorMessage":"Task timed out"}"#);
        assert!(error.message().ends_with("expected: it has no `id`. Reason: Task timed out."), "{error}");
        assert!(!error.to_string().contains("created"), "{error}");
    }

    #[test]
    fn a_list_is_one_of_objects_with_ids() {
        for body in
            ["[{}]", r#"[{"id":"p"},{"id":""}]"#, "{}", r#"{"data":[]}"#, "null", "[null]", "[[]]", "[1]", ""]
        {
            failure::<Vec<Process>>(Method::Get, body);
        }
        let answer = Answer::made(200, &[], r#"[{"id":"p"}]"#);
        assert_eq!(model::<Vec<Process>>(&answer, Method::Get).unwrap().len(), 1);
    }

    #[test]
    fn what_is_in_an_object_has_its_id_too() {
        failure::<Dataset>(Method::Get, r#"{"id":"d","datatables":[{"displayName":"T"}]}"#);
        for body in [r#"{"id":"d"}"#, r#"{"id":"d","datatables":null}"#, r#"{"id":"d","datatables":[]}"#] {
            model::<Dataset>(&Answer::made(200, &[], body), Method::Get).unwrap();
        }
    }

    #[test]
    fn statistics_have_no_id_and_are_no_failure_either() {
        failure::<TenantStatistics>(Method::Get, r#"{"errorMessage":"Task timed out"}"#);
        failure::<TenantStatistics>(Method::Get, r#"{"data":{"userCount":1}}"#);
        for body in ["{}", r#"{"userCount":1,"later":2}"#, r#"{"userCount":null}"#] {
            model::<TenantStatistics>(&Answer::made(200, &[], body), Method::Get).unwrap();
        }
    }

    #[test]
    fn check_outcome_stated_failure_is_refused_with_its_reason() {
        let answer = Answer::made(200, &[], r#"{"success":false,"error":"quota exceeded"}"#);
        let error = check_outcome::<Untyped>(&answer, Method::Put).unwrap_err();
        assert!(error.message().ends_with("it states a failure. Reason: quota exceeded."), "{error}");
        assert!(error.hint().unwrap().contains("may have been carried out"), "{error}");
        check_outcome::<Untyped>(&Answer::made(200, &[], r#"{"success":true}"#), Method::Put).unwrap();
    }

    #[test]
    fn an_object_is_not_made_up_if_a_change_is_answered_with_nothing() {
        assert!(failure::<Process>(Method::Put, "").message().contains("it is empty"));
        assert_eq!(model::<Untyped>(&Answer::made(200, &[], ""), Method::Put).unwrap(), None);
    }

    #[test]
    fn a_body_that_can_not_be_read_names_its_coding() {
        let coded = Answer::made(200, &[("content-encoding", "br")], b"\x0b\x00\x80{}\x03");
        for method in [Method::Get, Method::Put, Method::Post] {
            let error = model::<Untyped>(&coded, method).unwrap_err();
            assert!(error.message().ends_with("can't be read: its Content-Encoding is 'br'."), "{error}");
            assert_eq!(error.body(), None);
        }
        let undone = Answer::made(200, &[("content-encoding", "br")], "{}");
        model::<Untyped>(&undone, Method::Get).unwrap();
    }
}
