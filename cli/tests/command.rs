//! The command as scripts and people meet it: stdout, stderr, exit codes, secrets, Ctrl-C.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

mod support;

use std::process::Stdio;

use processmind_tests::{BAD_LOG, BPMN, LOG, Stage, fault};
use serde_json::json;
use support::{bare, command, run, run_with};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn json_is_one_document_and_a_table_is_for_people() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let printed = run(command(&stage), ["get-datatables", "--json"]).await;
    assert_eq!(printed.json()[0]["id"], datatable.as_str());
    assert_eq!((printed.code, printed.stderr.as_str()), (0, ""));

    let table = run(command(&stage), ["get-datatables"]).await.stdout;
    let lines: Vec<_> = table.lines().collect();
    assert_eq!(lines.len(), 2, "{table}");
    assert!(lines[0].starts_with("ID ") && lines[0].contains("DISPLAY NAME"), "{table}");
    assert!(lines[1].starts_with(&datatable) && lines[1].contains("Orders 2025"), "{table}");

    let record = run(command(&stage), ["get-datatable", datatable.as_str()]).await.stdout;
    assert!(record.contains(&format!("ID            {datatable}\n")), "{record}");
    assert_eq!(run(command(&stage), ["get-processes"]).await.stdout, "");
    assert_eq!(run(command(&stage), ["get-processes", "--json"]).await.stdout, "[]\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pipe_gets_no_colours_and_no_bar() {
    let stage = Stage::new().await;
    stage.datatable().await;
    let log = stage.file("orders.csv", LOG);
    let upload = ["upload", log.to_str().unwrap(), "--datatable", "Orders 2025"];
    for arguments in [&upload[..], &["--help"], &["get-process"], &["get-process", "\u{1b}[31m"]] {
        let said = run(command(&stage), arguments).await;
        assert!(!format!("{}{}", said.stdout, said.stderr).contains('\u{1b}'), "{said:?}");
    }
    let named = stage.client.create_process("\u{1b}[2J\nProcess").await.unwrap();
    let said = run(command(&stage), ["get-process", named.id.as_str()]).await;
    assert!(said.stdout.contains("\u{fffd}[2J Process"), "{said:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_goes_to_a_datatable_by_name_from_disk_and_from_stdin() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let log = stage.file("orders.csv", LOG);
    let said =
        run(command(&stage), ["upload", log.to_str().unwrap(), "--datatable", "Orders 2025", "--json"]).await;
    assert_eq!(said.json()["verified"], "crc64nvme");
    let piped = ["upload", "-", "--file-name", "piped.csv", "--datatable-id", datatable.as_str()];
    let said = run_with(command(&stage), piped, LOG).await;
    assert!(said.code == 0 && said.stdout.contains("FILE NAME   piped.csv"), "{said:?}");
    assert_eq!(stage.uploads().await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_many_files_some_may_fail() {
    let stage = Stage::new().await;
    stage.datatable().await;
    let (good, empty) = (stage.file("good.csv", LOG), stage.file("empty.csv", ""));
    let files = [good.to_str().unwrap(), empty.to_str().unwrap()];
    let said =
        run(command(&stage), [&["upload", "--datatable", "Orders 2025", "--json"], &files[..]].concat())
            .await;
    assert_eq!(said.code, 8);
    let printed = said.json();
    assert_eq!(printed["succeeded"][0]["fileName"], "good.csv");
    assert_eq!(
        (&printed["failed"][0]["file"], &printed["failed"][0]["code"]),
        (&json!(files[1]), &json!("EMPTY_FILE"))
    );
    assert!(printed["failed"][0]["message"].as_str().unwrap().contains("`--allow-empty`"));
    let two = [&["upload", "--datatable", "Orders 2025"], &[files[0], files[0]][..]].concat();
    assert_eq!(run(command(&stage), two).await.code, 0);
    let named = [&["upload", "--datatable", "Orders 2025", "--file-name", "all.csv"], &files[..]].concat();
    let said = run(command(&stage), named).await;
    assert!(
        said.code == 2 && said.stderr.starts_with("`--file-name` is given for several files"),
        "{said:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_log_is_checked_without_an_account_and_what_is_wrong_is_in_the_exit_code() {
    let stage = Stage::new().await;
    let good = stage.file("orders.csv", LOG);
    let said = run(bare(), ["check", good.to_str().unwrap()]).await;
    assert!(
        said.code == 0 && said.stdout.starts_with("orders.csv: 3 rows") && said.stderr.is_empty(),
        "{said:?}"
    );
    let said = run_with(bare(), ["check", "-", "--json"], "CaseId,Activity,StartTime\n1,Order,soon\n").await;
    assert_eq!((said.code, &said.json()["ok"]), (5, &json!(false)));
    assert_eq!(said.json()["problems"][0]["code"], "UNREADABLE_TIMESTAMP");
    stage.datatable().await;
    let bad = stage.file("bad.csv", BAD_LOG);
    let upload = ["upload", bad.to_str().unwrap(), "--datatable", "Orders 2025", "--check", "error"];
    let said = run(command(&stage), upload).await;
    assert!(said.code == 5 && said.stderr.contains("`processmind check` tells all"), "{said:?}");
    assert!(said.stderr.contains("with `--check` as 'warn'"), "{said:?}");
    let publish = ["publish", bad.to_str().unwrap(), "--datatable", "Orders 2025", "--check"];
    let said = run(command(&stage), [&publish[..], &["error"]].concat()).await;
    assert!(said.code == 5 && said.stderr.starts_with("'bad.csv' has errors"), "{said:?}");
    let said = run(command(&stage), [&publish[..], &["warn", "--dry-run"]].concat()).await;
    assert!(said.code == 0 && said.stdout.contains("WARNINGS      bad.csv: line 3"), "{said:?}");
    assert!(stage.uploads().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_usage_says_what_is_right() {
    let stage = Stage::new().await;
    for (arguments, words) in [
        (&["get-process"][..], "<PROCESS_ID>"),
        (&["get-proces", "x"], "get-process"),
        (&["upload", "--api-key", "k", "a.csv"], "--api-key"),
        (&["upload", "a.csv"], "`--datatable-id` is missing.\nPass it, or `--datatable`"),
        (&["publish"], "`--process`"),
        (&["create-process", ""], "`<DISPLAY_NAME>` is empty"),
        (&["add-tenant-user", "a@b.c", "--is-active-in-tenant=maybe"], "maybe"),
        (&["request", "GET", "tenant"], "`<PATH>`"),
        (&["request", "POST", "/x", "--body", "{"], "`--body` is no JSON"),
        (&["update-process", "x", "--root", "--tree-parent-id", "y"], "--root"),
        (&["man", "nothing"], "'nothing'"),
        (&["get-tenant", "--base-url", "http://example.org"], "https://"),
    ] {
        let said = run(command(&stage), arguments).await;
        assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{arguments:?}: {said:?}");
        assert!(said.stderr.contains(words), "{words:?} is not in {said:?}");
    }
    assert!(stage.requests().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_exit_code_says_what_went_wrong() {
    let stage = Stage::new().await;
    let said = run(bare(), ["get-tenant", "--tenant-id", "t"]).await;
    assert_eq!((said.code, said.stderr.lines().next()), (3, Some("No API key is set.")));
    let mut nowhere = command(&stage);
    nowhere.env("PROCESSMIND_BASE_URL", "http://127.0.0.1:1");
    assert_eq!(run(nowhere, ["get-tenant", "--max-retries", "0"]).await.code, 7);
    let mut stranger = command(&stage);
    stranger.env("PROCESSMIND_API_KEY", "pm-nobodys-key");
    assert_eq!(run(stranger, ["get-tenant"]).await.code, 3);
    let missing = run(command(&stage), ["upload", "no-such-file.csv", "--datatable-id", "x"]).await;
    assert!(missing.code == 1 && missing.stderr.contains("'no-such-file.csv' can't be read"), "{missing:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_deletes_asks_first_and_never_where_nobody_can_answer() {
    let stage = Stage::new().await;
    let process = stage.client.create_process("P").await.unwrap().id;
    stage.take_requests().await;
    let said = run(command(&stage), ["delete-process", process.as_str()]).await;
    assert!(said.code == 2 && said.stderr.contains("Pass `--yes`"), "{said:?}");
    assert!(stage.take_requests().await.is_empty());
    let said = run(command(&stage), ["delete-process", process.as_str(), "--yes"]).await;
    assert_eq!(said.code, 0, "{said:?}");
    assert!(stage.client.get_processes().await.unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_goes_where_no_command_goes() {
    let stage = Stage::new().await;
    let path = format!("/tenant/{}/processes", stage.emulator.tenant_id());
    let body = stage.file("body.json", r#"{"displayName": "From a file"}"#);
    let at = format!("@{}", body.display());
    let bodies = [(r#"{"displayName": "P"}"#, ""), ("-", r#"{"displayName": "Piped"}"#), (at.as_str(), "")];
    for (body, stdin) in bodies {
        let request = ["request", "post", path.as_str(), "--body", body, "--json"];
        let said = run_with(command(&stage), request, stdin).await;
        assert!(said.json()["id"].is_string(), "{said:?}");
    }
    let listed = run(command(&stage), ["request", "GET", path.as_str(), "--query", "a=b & c"]).await;
    assert!(listed.stdout.contains("Piped") && listed.stdout.contains("From a file"), "{listed:?}");
    let sent = stage.requests().await;
    assert_eq!(sent.last().unwrap()["query"], "a=b+%26+c");
    let process = stage.client.get_processes().await.unwrap()[0].id.clone();
    let said = run_with(command(&stage), ["upload-bpmn", process.as_str(), "-"], BPMN).await;
    assert_eq!(said.code, 0, "{said:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn logs_are_on_stderr_and_nothing_shows_a_secret() {
    let stage = Stage::new().await;
    stage.datatable().await;
    let log = stage.file("orders.csv", LOG);
    let refusal = json!({ "kind": "status", "status": 503, "retry_after": "0" });
    stage.faults(json!([fault("/tenant", "GET", 1, refusal)])).await;
    let arguments = ["upload", log.to_str().unwrap(), "--datatable", "Orders 2025", "--json", "-v"];
    let said = run(command(&stage), arguments).await;
    assert_eq!((said.code, &said.json()["verified"]), (0, &json!("crc64nvme")));
    assert!(said.stderr.contains("DEBUG") && said.stderr.contains("trying again"), "{}", said.stderr);
    for secret in [stage.emulator.api_key(), "X-Amz-Signature", "X-Amz-Credential"] {
        assert!(!format!("{}{}", said.stdout, said.stderr).contains(secret), "{secret} is in {said:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn upload_bpmn_reference_to_nothing_is_a_warning_on_stderr() {
    let stage = Stage::new().await;
    let process = stage.client.create_process("Order to Cash").await.unwrap().id;
    let flow = "<sequenceFlow id='f' sourceRef='p' targetRef='gone'/></process>";
    let said = run_with(
        command(&stage),
        ["upload-bpmn", process.as_str(), "-"],
        BPMN.replace("</process>", flow).as_str(),
    )
    .await;
    assert_eq!((said.code, said.stderr.lines().count()), (0, 1), "{said:?}");
    assert!(said.stderr.starts_with("The BPMN model has sequence flows with an end missing: "), "{said:?}");
}

#[test]
fn completions_and_manual_pages_know_every_command() {
    let printed = |arguments: &[&str]| {
        let output = bare().args(arguments).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(printed(&["completions", shell]).contains("get-organization-statistics"), "{shell}");
    }
    assert!(printed(&["man"]).contains("get\\-organization\\-statistics"));
    assert!(printed(&["man", "upload"]).contains("\\-\\-datatable"));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ctrl_c_ends_an_upload_and_nothing_is_stored() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let log = stage.file("large.csv", format!("{LOG}{}", "\n".repeat(32 * 1024 * 1024)));
    stage
        .faults(json!([fault("/processmind-uploads", "PUT", 1, json!({ "kind": "stall", "at": "50%" }))]))
        .await;
    let mut upload = command(&stage);
    upload.args(["upload", log.to_str().unwrap(), "--datatable-id", datatable.as_str()]);
    let child = upload.args(["-v"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let is_presigned =
        |request: &serde_json::Value| request["path"].as_str().unwrap().ends_with("/presignedurl");
    while !stage.requests().await.iter().any(is_presigned) {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    assert!(output.stdout.is_empty());
    assert!(stage.uploads().await.is_empty());
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ctrl_c_ends_the_wait_for_a_pipe() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let mut upload = command(&stage);
    upload.args(["upload", "-", "--file-name", "orders.csv", "--datatable-id", datatable.as_str()]);
    let mut child = upload.stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    // More than a pipe holds: it is read once this is written.
    std::io::Write::write_all(&mut pipe, &[b'\n'; 256 * 1024]).unwrap();
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let output = tokio::task::spawn_blocking(move || child.wait_with_output().unwrap()).await.unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(130), &b""[..]));
    drop(pipe);
}
