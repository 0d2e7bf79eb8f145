//! The reason in an error's body, wherever the server, its framework or the gateway in front of it puts it.

use serde_json::{Map, Value};

use crate::error;

/// Where a reason may be, the best first; capital letters do not matter.
const NAMES: [&str; 10] = [
    "message",
    "errorMessage", // a Lambda that failed
    "error_description",
    "detail",
    "details",
    "error",
    "errors",
    "title",
    "msg",
    "reason",
];
/// How deep a reason may be.
const DEEPEST: usize = 5;
/// How many of a list are shown.
const MOST: usize = 3;

/// The reason as an error quotes it; none if the body gives none.
pub(super) fn of(body: &str) -> Option<String> {
    let reason = match serde_json::from_str::<Value>(body) {
        Ok(json) => within(&json, DEEPEST),
        Err(_) => plain(body).map(ToOwned::to_owned),
    };
    reason.map(|reason| error::quotable(&reason)).filter(|reason| !reason.is_empty())
}

fn within(json: &Value, depth: usize) -> Option<String> {
    match json {
        _ if depth == 0 => None,
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Array(all) => joined(all.iter().filter_map(|one| of_one(one, depth - 1))),
        Value::Object(fields) => NAMES.iter().find_map(|name| named(fields, name, depth - 1)),
        _ => None,
    }
}

/// What is under a name. The errors of a form are a map from its fields to what is wrong with them.
fn named(fields: &Map<String, Value>, name: &str, depth: usize) -> Option<String> {
    let (_, value) = fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name))?;
    let of_form = || match value.as_object().filter(|_| name == "errors") {
        Some(form) => {
            joined(form.iter().filter_map(|(field, why)| Some(format!("{field}: {}", within(why, depth)?))))
        }
        None => None,
    };
    within(value, depth).or_else(of_form)
}

/// One of a list of errors, with the field that it is about.
fn of_one(error: &Value, depth: usize) -> Option<String> {
    let reason = within(error, depth)?;
    let place = error.get("loc").or_else(|| error.get("field")).or_else(|| error.get("path"));
    let place = match place {
        Some(Value::Array(steps)) => steps.iter().map(text_of).collect::<Vec<_>>().join("."),
        Some(place) => text_of(place),
        None => String::new(),
    };
    Some(if place.is_empty() { reason } else { format!("{place}: {reason}") })
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned)
}

fn joined(reasons: impl Iterator<Item = String>) -> Option<String> {
    let reasons: Vec<_> = reasons.take(MOST).map(|reason| reason.trim_end_matches('.').to_owned()).collect();
    (!reasons.is_empty()).then(|| reasons.join("; "))
}

/// The text of a body that is just that: no page, no document, nothing binary.
fn plain(body: &str) -> Option<&str> {
    let text = body.trim();
    let is_text = !text.starts_with(['<', '{', '[', '"'])
        && !text
            .contains(|c: char| c == char::REPLACEMENT_CHARACTER || (c.is_control() && !c.is_whitespace()));
    (is_text && !text.is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_found_wherever_it_is() {
        let rows = [
            (r#"{"message":"No."}"#, "No"),
            (r#"{"Message":"User is not authorized"}"#, "User is not authorized"),
            (r#"{"detail":"No."}"#, "No"),
            (
                r#"{"detail":[{"loc":["body","name"],"msg":"field required","type":"x"}]}"#,
                "body.name: field required",
            ),
            (r#"{"error":"No."}"#, "No"),
            (r#"{"error":"invalid_grant","error_description":"Bad key"}"#, "Bad key"),
            (r#"{"error":{"code":7,"message":"No."}}"#, "No"),
            (r#"{"error":{"errors":[{"message":"a"},{"message":"b"}]}}"#, "a; b"),
            (r#"{"errors":["a.","b","c","d"]}"#, "a; b; c"),
            (r#"{"errors":[{"field":"name","message":"is empty"}]}"#, "name: is empty"),
            (r#"{"errors":[{"title":"No","detail":"Name is taken"}]}"#, "Name is taken"),
            (
                r#"{"title":"Invalid","status":400,"errors":{"Name":["is empty","is short"]}}"#,
                "Name: is empty; is short",
            ),
            (r#"{"type":"about:blank","title":"Forbidden","status":403}"#, "Forbidden"),
            (r#"{"errorMessage":"Task timed out after 3.00 seconds"}"#, "Task timed out after 3.00 seconds"),
            (r#"{"message":null,"error":true,"detail":" ","title":"T"}"#, "T"),
            (r#"["No."]"#, "No"),
            (r#""No.""#, "No"),
            ("no healthy upstream\n", "no healthy upstream"),
            ("upstream: `x`\nmore", "upstream: 'x'"),
        ];
        for (body, reason) in rows {
            assert_eq!(of(body).as_deref(), Some(reason), "{body}");
        }
    }

    #[test]
    fn what_gives_no_reason_gives_none() {
        for body in [
            "",
            " ",
            "{}",
            "[]",
            "null",
            "7",
            "<html>No</html>",
            "{\"message\": \"cut",
            "\u{fffd}\u{1}",
            r#"{"id":"p"}"#,
        ] {
            assert_eq!(of(body), None, "{body}");
        }
        let deep = format!("{}\"x\"{}", "[".repeat(50), "]".repeat(50));
        assert_eq!(of(&deep), None);
    }
}
