//! A presigned URL, whatever the API gives: taken only where nobody can listen, and shown without its query.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let Ok(url) = processmind::fuzzing::presigned_url(text) else { return };
    assert_eq!(url.expose(), text);
    assert!(text.starts_with("https://") || text.starts_with("http://"));
    for shown in [url.redacted(), format!("{url}"), format!("{url:?}")] {
        let (_, end) = shown.split_once('?').unwrap_or_default();
        assert!(matches!(end, "" | "…") && !shown.contains('#'), "{shown}");
    }
});
