//! An upload that is over: its connection is closed and its thread gone, though storage reads nothing.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::future::IntoFuture;
use std::io;
use std::time::Duration;

use processmind::{Client, ErrorKind, Source, Upload, UploadOptions};
use processmind_tests::assert_error;
use processmind_tests::server::{Server, presign};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{sleep, timeout};

/// Far more than the systems of both sides keep for each other.
const SIZE: usize = 64 << 20;

/// A storage that says this to the head of a PUT and reads nothing of its body; and the connections it has.
async fn deaf_storage(says: &'static str) -> (Server, UnboundedReceiver<TcpStream>) {
    let (sender, puts) = unbounded_channel();
    let server = Server::start(move |mut stream, _| {
        let sender = sender.clone();
        async move {
            presign(&mut stream).await?;
            stream.write_all(says.as_bytes()).await?;
            sender.send(stream).map_err(io::Error::other)
        }
    })
    .await;
    (server, puts)
}

fn upload(server: &Server) -> Upload {
    let client = Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(server.http());
    let options = UploadOptions {
        dataset_id: Some("d".into()),
        file_name: Some("a.csv".into()),
        ..UploadOptions::default()
    };
    let client = client.max_retries(0).build().unwrap();
    client.upload_file(Source::bytes(vec![b'x'; SIZE]), "t", options)
}

async fn check_nothing_is_left(put: &TcpStream) {
    let nothing = async {
        while put.take_error().unwrap().is_none_or(|error| error.kind() != io::ErrorKind::ConnectionReset) {
            sleep(Duration::from_millis(1)).await;
        }
        while is_reading() {
            sleep(Duration::from_millis(1)).await;
        }
    };
    timeout(Duration::from_secs(5), nothing).await.unwrap();
}

/// Whether a thread reads for an upload.
#[cfg(target_os = "linux")]
fn is_reading() -> bool {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    // One that ends meanwhile has no name any more.
    let mut names = tasks.filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).ok());
    // The system cuts names off.
    names.any(|name| "processmind-read".starts_with(name.trim_end()))
}

#[cfg(not(target_os = "linux"))]
fn is_reading() -> bool {
    false
}

#[tokio::test]
async fn one_that_is_dropped() {
    let (server, mut puts) = deaf_storage("").await;
    let mut upload = upload(&server).into_future();
    let put = tokio::select! {
        result = &mut upload => panic!("{result:?}"),
        put = puts.recv() => put.unwrap(),
    };
    // Until nothing more goes into the connection.
    timeout(Duration::from_millis(200), &mut upload).await.unwrap_err();
    drop(upload);
    check_nothing_is_left(&put).await;
}

#[tokio::test]
async fn one_that_is_answered_before_all_was_read() {
    let (server, mut puts) = deaf_storage("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").await;
    let error = upload(&server).await.unwrap_err();
    assert_error(&error, ErrorKind::Upload, &["403"]);
    check_nothing_is_left(&puts.recv().await.unwrap()).await;
}
