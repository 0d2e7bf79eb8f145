//! The emulator as a command: one line of JSON says where it is, then it serves until it is told to stop.

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Parser, ValueEnum, builder::NonEmptyStringValueParser};
use processmind_emulator::{Emulator, Options, StartError, UploadMode};
use serde_json::json;

/// ProcessMind on loopback: the API and a real S3 front, for tests and trials without an account.
#[derive(Debug, Parser)]
#[command(version)]
struct Arguments {
    /// Port of the API; 0 takes any that is free.
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Name or address to listen on.
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Key to ask for [default: the kept one, or a new one].
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    api_key: Option<String>,
    /// Where to keep state and uploaded files [default: nowhere, they end with the emulator].
    #[arg(long)]
    data_dir: Option<PathBuf>,
    /// What an upload does to the rows that were there.
    #[arg(long, value_enum, default_value_t = Mode::Replace)]
    upload_mode: Mode,
    /// Stop when standard input ends, as it does when the program that holds its other end is gone.
    #[arg(long)]
    until_stdin_ends: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Mode {
    /// The new rows stand in place of the old ones.
    Replace,
    /// The new rows are added.
    Append,
}

impl From<Arguments> for Options {
    fn from(arguments: Arguments) -> Self {
        Self {
            host: arguments.host,
            port: arguments.port,
            api_key: arguments.api_key,
            data_dir: arguments.data_dir,
            upload_mode: match arguments.upload_mode {
                Mode::Replace => UploadMode::Replace,
                Mode::Append => UploadMode::Append,
            },
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let until_stdin_ends = arguments.until_stdin_ends;
    let options = Options::from(arguments);
    let outcome = tokio::runtime::Runtime::new().map_err(Failure::Io).and_then(|runtime| {
        let outcome = runtime.block_on(run(options, until_stdin_ends));
        // A file that is just being read must not hold up the end.
        runtime.shutdown_background();
        outcome
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let text = match failure {
                Failure::Start(error) => error.to_string(),
                Failure::Io(error) => error.to_string(),
            };
            // Without a stderr the exit code has to do.
            let _ = writeln!(io::stderr(), "processmind-emulator: {text}");
            ExitCode::FAILURE
        }
    }
}

enum Failure {
    Start(StartError),
    Io(io::Error),
}

async fn run(options: Options, until_stdin_ends: bool) -> Result<(), Failure> {
    // Listens for signals before anyone can know that there is something to stop.
    let stop = stop_signal().map_err(Failure::Io)?;
    let emulator = Emulator::start(options).await.map_err(Failure::Start)?;
    announce(&emulator).map_err(Failure::Io)?;
    tokio::select! {
        () = stop => {}
        () = stdin_end(), if until_stdin_ends => {}
    }
    emulator.shutdown().await;
    Ok(())
}

fn announce(emulator: &Emulator) -> io::Result<()> {
    let line = json!({
        "url": emulator.url(),
        "api_key": emulator.api_key(),
        "tenant_id": emulator.tenant_id(),
    });
    let mut stdout = io::stdout().lock();
    writeln!(stdout, "{line}")?;
    stdout.flush()
}

async fn stdin_end() {
    // A read error, too, means that nobody is there.
    let _ = tokio::task::spawn_blocking(|| io::copy(&mut io::stdin().lock(), &mut io::sink())).await;
}

#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // Where Ctrl-C cannot be heard, only the end of the process stops the emulator.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
