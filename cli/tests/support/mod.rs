//! The command, run against an emulator.

use std::ffi::OsStr;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use processmind_tests::Stage;

/// The command for the emulator's tenant, with nothing from outside.
pub fn command(stage: &Stage) -> Command {
    let mut command = bare();
    command.env("PROCESSMIND_API_KEY", stage.emulator.api_key());
    command.env("PROCESSMIND_TENANT_ID", stage.emulator.tenant_id());
    command.env("PROCESSMIND_BASE_URL", stage.emulator.url());
    command
}

/// The command without an account.
pub fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_processmind"));
    command.env_clear();
    command
}

/// What became of a command.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Said {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The one document on stdout.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Runs a command to its end, off the runtime that the emulator lives on.
pub async fn run<A: AsRef<OsStr>>(mut command: Command, arguments: impl IntoIterator<Item = A>) -> Said {
    command.args(arguments).stdin(Stdio::null());
    tokio::task::spawn_blocking(move || Said::new(command.output().unwrap())).await.unwrap()
}

/// As [`run`], with this on stdin.
pub async fn run_with<A: AsRef<OsStr>>(
    mut command: Command,
    arguments: impl IntoIterator<Item = A>,
    stdin: &str,
) -> Said {
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let stdin = stdin.to_owned();
    let run = move || {
        let mut child = command.spawn().unwrap();
        // Who is refused does not read it.
        let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
        Said::new(child.wait_with_output().unwrap())
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}
