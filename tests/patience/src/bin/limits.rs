//! The limits of seconds and minutes: what is given up then, and what is slow and passes.
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a check that can't go on has failed")]

use std::ops::RangeInclusive;
use std::time::{Duration, Instant};

use processmind::{Client, ClientBuilder, ErrorKind, Result, Source, UploadOptions, UploadResult};
use processmind_tests::assert_error;
use processmind_tests::server::{Server, presign};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::sleep;

#[tokio::main]
async fn main() {
    tokio::join!(
        timed("a handshake that is never answered is given up after 5 s, twice", 10..=14, handshake()),
        timed("an answer to a call is given up after 60 s", 60..=65, no_answer()),
        timed("a socket that accepts nothing is given up after 30 s", 30..=40, stall()),
        timed("an answer to an upload may take 120 s and no more", 120..=130, silence()),
        timed("16 KiB a second pass for 10 minutes", 590..=660, crawl()),
    );
}

/// Runs a check, which has to take so many seconds.
async fn timed(what: &str, seconds: RangeInclusive<u64>, check: impl Future<Output = ()>) {
    let start = Instant::now();
    check.await;
    let took = start.elapsed().as_secs();
    assert!(seconds.contains(&took), "{what}: it took {took} s");
    println!("{what}: {took} s");
}

fn client(base_url: String) -> ClientBuilder {
    Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(base_url).max_retries(0)
}

async fn silent() -> Server {
    Server::start(|mut stream, _| async move { stream.read_to_end(&mut Vec::new()).await.map(|_| ()) }).await
}

async fn handshake() {
    let server = silent().await;
    let client = client(server.https()).max_retries(1).build().unwrap();
    // Nothing can have been created: it is tried again.
    let error = client.create_process("Order to Cash").await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["No connection", "5 s"]);
    assert_eq!((error.attempts(), server.connections()), (2, 2));
}

async fn no_answer() {
    let server = silent().await;
    let error = client(server.http()).build().unwrap().get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::RequestTimeout, &["No answer came in time", "60 s"]);
}

async fn stall() {
    let stalled = upload(64 << 20, |stream| async move {
        std::future::pending::<()>().await;
        drop(stream);
    });
    assert_error(
        &stalled.await.unwrap_err(),
        ErrorKind::ConnectionFailed,
        &["stalled", "nothing could be sent for 30 s"],
    );
}

async fn silence() {
    let silent = upload(1 << 20, |mut stream| async move {
        stream.read_exact(&mut vec![0; 1 << 20]).await.unwrap();
        std::future::pending().await
    });
    assert_error(&silent.await.unwrap_err(), ErrorKind::RequestTimeout, &["no answer came within 120 s"]);
}

async fn crawl() {
    const SECONDS: usize = 600;
    let crawling = upload(SECONDS * 16 * 1024, |mut stream| async move {
        for _ in 0..SECONDS {
            stream.read_exact(&mut [0; 16 * 1024]).await.unwrap();
            sleep(Duration::from_secs(1)).await;
        }
        let stored = b"HTTP/1.1 200 OK\r\nETag: \"stored\"\r\nContent-Length: 0\r\n\r\n";
        stream.write_all(stored).await.unwrap();
    });
    assert_eq!(crawling.await.unwrap().attempts, 1);
}

/// Uploads to a storage that takes the body as it likes.
async fn upload<F>(size: usize, take: impl Fn(TcpStream) -> F + Copy + Send + 'static) -> Result<UploadResult>
where
    F: Future<Output = ()> + Send + 'static,
{
    let server = Server::start(move |mut stream, _| async move {
        presign(&mut stream).await?;
        take(stream).await;
        Ok(())
    })
    .await;
    let client = client(server.http()).build().unwrap();
    let options = UploadOptions {
        dataset_id: Some("d".into()),
        file_name: Some("a.csv".into()),
        ..UploadOptions::default()
    };
    client.upload_file(Source::bytes(vec![b'x'; size]), "t", options).await
}
