//! A server that takes uploads as fast as they come: what the clients of `make bench` are measured against.
//!
//! It answers the API's reads and storage's PUTs in two ways, by hand on a thread for each connection (`raw`) and by
//! hyper, each over HTTP and HTTPS. It counts every byte, and states the CRC64-NVME of what came, as storage does.

mod by_hand;
mod by_hyper;
mod pace;
mod routes;
mod tls;

use std::error::Error;
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use clap::Parser;
use serde_json::json;
use socket2::SockRef;

use pace::Pace;

/// Takes uploads, and prints where.
#[derive(Debug, Parser)]
struct Options {
    /// Where the certificate that HTTPS clients have to trust is written.
    #[arg(long)]
    certificate: PathBuf,
    /// A far network: how long a request and its answer travel, in milliseconds.
    #[arg(long, default_value_t = 0)]
    latency: u64,
    /// A thin network: how many megabits a second all connections share.
    #[arg(long)]
    bandwidth: Option<u64>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse();
    let pace = Arc::new(Pace::new(options.latency, options.bandwidth));
    let tls = Arc::new(tls::config(&options.certificate)?);

    let plain = listen(&pace)?;
    let secure = listen(&pace)?;
    let hyper_plain = listen(&pace)?;
    let hyper_secure = listen(&pace)?;
    let started = json!({
        "raw": { "http": url("http", &plain)?, "https": url("https", &secure)? },
        "hyper": { "http": url("http", &hyper_plain)?, "https": url("https", &hyper_secure)? },
    });
    say(&started.to_string())?;

    let handshake = tls.clone();
    accept(plain, "http", pace.clone(), Ok);
    accept(secure, "https", pace, move |stream| by_hand::secured(stream, handshake.clone()));
    by_hyper::run(hyper_plain, hyper_secure, tls)?;
    Ok(())
}

fn listen(pace: &Pace) -> std::io::Result<TcpListener> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    if let Some(window) = pace.window() {
        SockRef::from(&listener).set_recv_buffer_size(window)?;
    }
    Ok(listener)
}

fn url(scheme: &str, listener: &TcpListener) -> std::io::Result<String> {
    Ok(format!("{scheme}://localhost:{}", listener.local_addr()?.port()))
}

fn say(line: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{line}")
}

/// Serves every connection on a thread of its own.
fn accept<S, O>(listener: TcpListener, scheme: &'static str, pace: Arc<Pace>, open: O)
where
    S: std::io::Read + std::io::Write,
    O: Fn(TcpStream) -> std::io::Result<S> + Clone + Send + 'static,
{
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let (pace, open) = (pace.clone(), open.clone());
            thread::spawn(move || {
                pace.travel();
                routes::count_connection();
                let _ = stream.set_nodelay(true);
                // A client that leaves ends its thread, and nothing else.
                let _ = open(stream).and_then(|stream| by_hand::serve(stream, scheme, &pace));
            });
        }
    });
}
