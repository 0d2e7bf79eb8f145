//! A thousand uploads at once, where a process may have 256 files open; and what stays open after it.
#![cfg(unix)]
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::future::IntoFuture;
use std::process::Command;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use processmind::{Client, ClientOptions, ErrorKind, Transport, UploadOptions};
use processmind_tests::{LOG, Stage, assert_error};

const FILES: usize = 1000;
const CHILD: &str = "PROCESSMIND_TEST_THOUSAND";

fn descriptors() -> usize {
    std::fs::read_dir("/dev/fd").unwrap().count()
}

/// Waits until no more is open than was.
async fn settled(before: usize, limit: Duration) -> bool {
    let started = Instant::now();
    while descriptors() > before {
        if started.elapsed() > limit {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    true
}

/// This program again, for one test, allowed to open so many files.
async fn limited(test: &str, limit: usize, stage: &Stage, argument: String) {
    let mut child = Command::new("sh");
    child.arg("-c").arg(format!("ulimit -n {limit} && exec \"$0\" --exact {test} --nocapture"));
    child.arg(std::env::current_exe().unwrap()).env(CHILD, argument);
    child.env("PROCESSMIND_API_KEY", stage.emulator.api_key());
    child.env("PROCESSMIND_TENANT_ID", stage.emulator.tenant_id());
    child.env("PROCESSMIND_BASE_URL", stage.emulator.url());
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_uploads_arrive_though_256_files_may_be_open() {
    if let Ok(argument) = std::env::var(CHILD) {
        let (datatable, folder) = argument.split_once(' ').unwrap();
        let client = Client::from_env().unwrap();
        client.get_tenant().await.unwrap();
        client.close();
        client.closed().await;
        let before = descriptors();
        let client = Client::from_env().unwrap();
        let uploads = (0..FILES).map(|number| {
            let path = format!("{folder}/log-{number}.csv");
            client.upload_file(path, datatable, UploadOptions::default()).into_future()
        });
        let failed: Vec<_> = join_all(uploads).await.into_iter().filter_map(Result::err).collect();
        assert!(failed.is_empty(), "{} failed: {}", failed.len(), failed.first().unwrap());
        assert!(descriptors() <= before + 40, "{} stay open", descriptors() - before);
        client.close();
        assert!(settled(before, Duration::from_secs(5)).await, "{} stay open", descriptors() - before);
        return;
    }
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let folder = tempfile::tempdir().unwrap();
    for number in 0..FILES {
        std::fs::write(folder.path().join(format!("log-{number}.csv")), LOG).unwrap();
    }
    let argument = format!("{datatable} {}", folder.path().display());
    limited("a_thousand_uploads_arrive_though_256_files_may_be_open", 256, &stage, argument).await;
    assert_eq!(stage.uploads().await.len(), FILES);
}

#[tokio::test(flavor = "multi_thread")]
async fn too_many_open_files_pass_and_the_hint_is_about_the_limit() {
    if let Ok(argument) = std::env::var(CHILD) {
        let (datatable, path) = argument.split_once(' ').unwrap();
        let client = Client::builder().max_retries(1).build().unwrap();
        let mut others = Vec::new();
        while let Ok(file) = std::fs::File::open(path) {
            others.push(file);
        }
        let upload = || client.upload_file(path, datatable, UploadOptions::default());
        let error = upload().await.unwrap_err();
        assert_error(&error, ErrorKind::Source, &["open files", "`ulimit -n`", "`max_connections`"]);
        let error = client.get_tenant().await.unwrap_err();
        assert_error(&error, ErrorKind::ConnectionFailed, &["open files", "`ulimit -n`"]);
        assert_eq!(error.attempts(), 2);
        // Enough for one connection, and not for the file and storage.
        others.pop();
        let error = upload().await.unwrap_err();
        assert_error(&error, error.kind(), &["Too many open files", "`ulimit -n`"]);
        assert_eq!(error.attempts(), 2);
        let client = Client::from_env().unwrap();
        let freed = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            others.clear();
        };
        let (uploaded, ()) =
            tokio::join!(client.upload_file(path, datatable, UploadOptions::default()).into_future(), freed);
        uploaded.unwrap();
        return;
    }
    let stage = Stage::new().await;
    let argument = format!("{} {}", stage.datatable().await, stage.file("log.csv", LOG).display());
    limited("too_many_open_files_pass_and_the_hint_is_about_the_limit", 64, &stage, argument).await;
}

#[tokio::test]
async fn one_connection_is_enough_for_all_that_a_client_does() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let options = |limit| {
        Client::builder()
            .api_key(stage.emulator.api_key())
            .tenant_id(stage.emulator.tenant_id())
            .base_url(stage.emulator.url())
            .max_connections(limit)
    };
    let client = options(1).build().unwrap();
    let path = stage.file("log.csv", LOG);
    let uploads =
        (0..5).map(|_| client.upload_file(&path, &datatable, UploadOptions::default()).into_future());
    let calls = (0..5).map(|_| client.get_tenant().into_future());
    let (uploads, calls) = tokio::join!(join_all(uploads), join_all(calls));
    assert!(uploads.iter().all(Result::is_ok) && calls.iter().all(Result::is_ok));
    let error = options(0).build().unwrap_err();
    assert_error(&error, ErrorKind::Configuration, &["`max_connections` must be at least 1 (got 0)", "100"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_is_closed_leaves_the_connections_of_others() {
    let stage = Stage::new().await;
    let transport = Transport::new("rust");
    let client = || {
        let emulator = &stage.emulator;
        let mut options = ClientOptions::default();
        (options.api_key, options.tenant_id, options.base_url) =
            (Some(emulator.api_key().into()), Some(emulator.tenant_id().into()), Some(emulator.url().into()));
        Client::with_transport(options, &transport).unwrap()
    };
    let (one, other) = (client(), client());
    one.get_tenant().await.unwrap();
    one.close();
    one.close();
    assert!(transport.is_connected());
    other.close();
    tokio::time::timeout(Duration::from_secs(5), transport.disconnected()).await.unwrap();
    // A helper makes one for each call: what it leaves is for the next.
    client().get_tenant().await.unwrap();
    assert!(transport.is_connected());
}
