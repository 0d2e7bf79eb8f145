//! `Retry-After` and `Date`, whatever a server writes.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&[u8], Option<&[u8]>)| {
    let (value, date) = input;
    let _ = processmind::fuzzing::retry_after(value, date);
});
