//! A failure that a body states, whatever the status: gateways, proxies and frameworks send some with status 200.

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;

/// The fields that state a failure. An object with an id is none, whatever else it holds.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Outcome {
    id: Option<IgnoredAny>,
    success: Value,
    error: Value,
    errors: Value,
    error_message: Value,
}

/// Whether a body is an object that states a failure.
pub(super) fn is_failure(body: &[u8]) -> bool {
    let is_object = body.trim_ascii_start().starts_with(b"{");
    let outcome = is_object.then(|| serde_json::from_slice::<Outcome>(body).unwrap_or_default());
    outcome.is_some_and(|Outcome { id, success, error, errors, error_message }| {
        id.is_none()
            && (success == Value::Bool(false) || [error, errors, error_message].iter().any(is_stated))
    })
}

/// Whether a value says anything. A number may be a count, or a code for "none".
fn is_stated(value: &Value) -> bool {
    match value {
        Value::Null | Value::Number(_) => false,
        Value::Bool(truth) => *truth,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(fields) => !fields.is_empty(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_failure_stated_failure_is_one() {
        for body in [
            r#"{"errorMessage":"Task timed out after 3.00 seconds"}"#,
            r#" {"success":false}"#,
            r#"{"id":null,"error":{"message":"No."}}"#,
            r#"{"error":true}"#,
            r#"{"errors":["a"]}"#,
        ] {
            assert!(is_failure(body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn is_failure_anything_else_is_not() {
        for body in [
            "",
            "done",
            "{}",
            "[false, null, \"error\"]",
            r#"{"id":"p","success":false}"#,
            r#"{"success":true,"error":null,"errors":[],"errorMessage":" "}"#,
            r#"{"errors":0,"error":false}"#,
            r#"{"message":"Process updated"}"#,
            r#"{"errorMessage":"cut"#,
        ] {
            assert!(!is_failure(body.as_bytes()), "{body}");
        }
    }
}
