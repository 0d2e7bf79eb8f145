//! Scratch.
use std::path::Path;
fn main() {
    for arg in std::env::args().skip(1) {
        let path = Path::new(&arg);
        let Some(format) = processmind::Format::from_path(path) else {
            println!("{arg}: no format");
            continue;
        };
        match processmind::eventlog::read(path, format) {
            Ok(r) => println!("{arg}: {} rows", r.rows),
            Err(e) => println!("{arg}: {e:?}"),
        }
    }
}
