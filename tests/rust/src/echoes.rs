//! Answers that repeat what they were sent, and the hunt for it in what is shown.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

/// The answers of the API, or of storage, as faults for the emulator.
pub fn echoes(of: &str) -> Vec<Value> {
    let echoes: Value = serde_json::from_str(include_str!("../../contract/echoes.json")).unwrap();
    echoes[of].as_array().unwrap().clone()
}

/// The ways to write a secret, of the long ones a part.
fn notations(secret: &str) -> Vec<String> {
    let escaped = secret.bytes().take(8).map(|byte| format!("\\u{byte:04x}")).collect();
    let percent = secret.bytes().map(|byte| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    let mut all = vec![secret.to_owned(), percent.collect(), escaped];
    // Wherever it begins in what is encoded.
    for before in 0..3 {
        let encoded = STANDARD.encode([&vec![0; before], secret.as_bytes()].concat());
        all.push(encoded[4..20].to_owned());
    }
    all
}

/// Asserts that a text has a secret in none of its notations.
pub fn check_hidden(shown: &str, secret: &str) {
    for notation in notations(secret) {
        assert!(!shown.contains(&notation), "{notation} is in: {shown}");
    }
}
