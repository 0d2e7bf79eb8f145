//! The runtime that the calls run on.

use std::sync::Once;

use napi::bindgen_prelude::create_custom_tokio_runtime;
use napi_derive::module_init;
use tokio::runtime::Builder;

/// One thread beside JavaScript's: a call mostly waits for the network, and where two threads share the work, each
/// wakes the other for every answer.
#[module_init]
fn init() {
    static ONCE: Once = Once::new();
    // The module is initialised anew in every worker.
    ONCE.call_once(|| {
        // Without it napi makes its own.
        if let Ok(runtime) = Builder::new_multi_thread().worker_threads(1).enable_all().build() {
            create_custom_tokio_runtime(runtime);
        }
    });
}
