//! What the API answers and takes, one struct each.
//!
//! A struct written with `model!` or `options!` is the only definition of its fields and of their
//! documentation: the same lines become the Rust struct, the Python class and the TypeScript interface.

mod answer;
mod change;
mod dataset;
mod datatable;
mod date_time;
mod define;
mod integer;
mod mapping;
mod organization;
mod process;
#[cfg(feature = "python")]
pub mod python;
#[cfg(feature = "python")]
pub mod show;
mod tenant;
mod user;

pub use answer::{FromAnswer, Unfit, Untyped};
pub use change::Change;
pub use dataset::{Dataset, DatasetSummary, DatatableRef};
pub use datatable::{Column, Datatable, DatatableSummary};
pub use date_time::DateTime;
pub use define::Extra;
#[cfg(feature = "node")]
pub use define::{Field, Fields};
pub(crate) use define::{options, params, report};
pub use integer::exact_integers;
pub use mapping::{Color, Mapping};
pub use organization::{Organization, OrganizationStatistics, OrganizationTenant};
pub use process::Process;
pub use tenant::{Tenant, TenantStatistics};
pub use user::{OrganizationUser, TenantUser};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::{NEGATIVE, NORMAL, POSITIVE, SUBNORMAL, ZERO};
    use proptest::prelude::*;
    use serde_json::json;

    proptest! {
        #[test]
        fn a_number_that_is_not_known_is_kept_to_its_last_digit(
            number in POSITIVE | NEGATIVE | NORMAL | SUBNORMAL | ZERO,
        ) {
            let answer = json!({ "score": number, "nested": [{ "score": number }] }).to_string();
            let model: Dataset = serde_json::from_str(&answer).unwrap();
            prop_assert_eq!(model.extra.0["score"].as_f64(), Some(number));
            let written = serde_json::to_string(&model).unwrap();
            prop_assert_eq!(serde_json::from_str::<Dataset>(&written).unwrap(), model);
        }
    }
}
