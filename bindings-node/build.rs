//! Lets the linker leave Node's own symbols open: Node brings them.

fn main() {
    napi_build::setup();
}
