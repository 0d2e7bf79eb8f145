//! Runs a command and prints what it took as one line of JSON: its time, and its peak of memory.
//!
//! A process of its own, because a peak counts what the parent had in memory when it started the child: this one
//! has next to nothing.

use std::error::Error;
use std::io::{Read as _, Write as _};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use serde_json::json;
use wait4::Wait4 as _;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut command = std::env::args_os().skip(1);
    let program = command.next().ok_or("usage: measure PROGRAM [ARGUMENT…]")?;
    let started = Instant::now();
    let mut child = Command::new(program).args(command).stdout(Stdio::piped()).spawn()?;
    let mut said = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut said)?;
    }
    let used = child.wait4()?;
    let seconds = started.elapsed().as_secs_f64();
    let cpu_seconds = (used.rusage.utime + used.rusage.stime).as_secs_f64();
    let took = json!({
        "seconds": seconds, "cpu_seconds": cpu_seconds, "peak_bytes": used.rusage.maxrss, "said": said.trim(),
    });
    writeln!(std::io::stdout(), "{took}")?;
    Ok(if used.status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
