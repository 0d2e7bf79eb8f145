//! The command: its first line, its end, its flags, and a kill in the middle of an upload.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by it")]

mod support;

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use support::{Api, LOG, eventually, id, objects, raw_put};

/// Killed when the test ends.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_processmind-emulator"))
}

fn run(arguments: &[&str]) -> (Process, Api) {
    let mut child = command().args(["--port", "0"]).args(arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let started: Value = serde_json::from_str(&line).unwrap();
    let word = |name: &str| started[name].as_str().unwrap();
    let api = Api::new(word("url"), word("api_key"), word("tenant_id"));
    (Process(child), api)
}

fn keep_in(directory: &Path) -> [&str; 2] {
    ["--data-dir", directory.to_str().unwrap()]
}

#[tokio::test]
async fn the_first_line_says_where_it_is() {
    let (_process, api) = run(&["--api-key", "abc"]);
    assert_eq!(api.key, "abc");
    assert_eq!(api.get(&api.path("")).await["id"], api.tenant);
}

/// The best of five: another process may be in the way of one.
#[test]
fn it_serves_within_200_ms() {
    let starts = (0..5).map(|_| {
        let begun = Instant::now();
        let (_process, _api) = run(&[]);
        begun.elapsed()
    });
    assert!(starts.min().unwrap() <= Duration::from_millis(200));
}

#[tokio::test]
async fn it_ends_when_it_is_told() {
    for signal in ["-TERM", "-INT"] {
        let (mut process, api) = run(&[]);
        api.get(&api.path("")).await;
        let begun = Instant::now();
        Command::new("kill").args([signal, &process.0.id().to_string()]).status().unwrap();
        assert!(process.0.wait().unwrap().success());
        assert!(begun.elapsed() < Duration::from_secs(2));
    }
}

#[tokio::test]
async fn it_ends_with_the_one_that_started_it_where_that_is_asked_for() {
    let mut command = command();
    command.args(["--port", "0", "--until-stdin-ends"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut process = Process(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(process.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(process.0.try_wait().unwrap().is_none());
    drop(process.0.stdin.take());
    assert!(process.0.wait().unwrap().success());
}

#[test]
fn a_port_in_use_is_one_clear_line() {
    let (_process, api) = run(&[]);
    let port = api.url.rsplit_once(':').unwrap().1;
    let output = command().args(["--port", port]).output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(error.lines().count(), 1, "{error}");
    assert!(error.contains(&format!("127.0.0.1:{port}")) && error.contains("in use"), "{error}");
    assert!(output.stdout.is_empty());
}

#[tokio::test]
async fn a_kill_in_the_middle_of_an_upload_loses_only_that_upload() {
    let directory = tempfile::tempdir().unwrap();
    let (process, before) = run(&keep_in(directory.path()));
    let table = before.table().await;
    before.upload(&table, "log.csv", LOG).await;
    let made = before.post("/organization/tenants", json!({"shortName": "team"})).await;
    let team = before.through(&id(&made));
    team.post("/users", json!({"email": "ann@example.com"})).await;
    team.process().await;
    let paths = ["/users", "/processes", "/organization/tenants", "/organization/users"];
    let mut kept = Vec::new();
    for path in paths {
        kept.push(team.get(&team.path(path)).await);
    }
    let url = before.presigned(&table, "more.csv").await;
    let _stream = raw_put(&url, "content-length: 1000000\r\n", &[b'x'; 100_000]).await;
    eventually("a part arrives", || objects(directory.path()).len() == 2).await;
    drop(process);

    let (_process, after) = run(&keep_in(directory.path()));
    assert_eq!((&after.key, &after.tenant), (&before.key, &before.tenant));
    assert_eq!(objects(directory.path()).len(), 1);
    assert_eq!(after.datatable(&table).await["rowCount"], 2);
    after.upload(&table, "more.csv", LOG).await;
    let team = after.through(&team.tenant);
    for (path, kept) in paths.into_iter().zip(kept) {
        assert_eq!(team.get(&team.path(path)).await, kept, "{path}");
    }
}
