//! The check of a BPMN model: what passes is a model, and comes back as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(model) = processmind::fuzzing::bpmn(bytes) {
        assert!(model.contains("definitions") && model.contains("process"));
    }
});
