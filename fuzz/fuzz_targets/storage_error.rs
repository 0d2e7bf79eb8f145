//! Storage's refusals: whatever it says, the error is short, and repeats no signature.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, &str)| {
    let (status, body) = input;
    let signed = format!("<Error><Code>A</Code><SignatureProvided>canary</SignatureProvided>{body}</Error>");
    for body in [body, &signed] {
        let error = processmind::fuzzing::storage_error(status, body.to_owned());
        let text = error.to_string();
        assert!(text.lines().count() <= 4, "{text}");
        assert!(body.matches("canary").count() != 1 || !format!("{text} {error:?} {:?}", error.body()).contains("canary"));
    }
});
