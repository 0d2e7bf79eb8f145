//! The API's answers: what can be read can be written, and reads as the same again.
#![no_main]

use std::fmt::Debug;

use libfuzzer_sys::fuzz_target;
use processmind::model::*;
use serde::{Serialize, de::DeserializeOwned};

fn round_trip<T: Serialize + DeserializeOwned + PartialEq + Debug>(json: &[u8]) {
    let Ok(model) = serde_json::from_slice::<T>(json) else { return };
    let written = serde_json::to_string(&model).expect("what was read can be written");
    assert_eq!(model, serde_json::from_str(&written).expect("what was written can be read"), "{written}");
}

fuzz_target!(|json: &[u8]| {
    round_trip::<Dataset>(json);
    round_trip::<Datatable>(json);
    round_trip::<Mapping>(json);
    round_trip::<OrganizationUser>(json);
    round_trip::<Process>(json);
    round_trip::<Tenant>(json);
    round_trip::<TenantStatistics>(json);
    round_trip::<Vec<TenantUser>>(json);
});
