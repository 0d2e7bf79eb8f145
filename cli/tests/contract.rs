//! The contract cases that every language runs, by the command line: what is sent, what is printed, and the exit code.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use processmind_tests::contract::{
    assert_report, assert_request, cases, check_scenes, file_of, log_of, placed, plan_answer,
};
use processmind_tests::{BAD_LOG, BPMN, LOG, Stage};
use serde_json::{Value, json};
use support::{Said, bare, command, run, run_with};

/// What the command line has beside the helpers.
const OWN: [&str; 6] = ["check", "check-event-log", "completions", "help", "man", "request"];
/// The helpers that are one command here.
const UPLOADS: [&str; 3] = ["upload", "upload-file", "upload-file-to-process-mind"];

#[test]
fn every_helper_is_a_command_and_every_command_a_helper() {
    let root = processmind_cli::command();
    let names = root.get_subcommands().flat_map(clap::Command::get_name_and_visible_aliases);
    let commands: BTreeSet<_> = names.filter(|name| !OWN.contains(name)).collect();
    let mut helpers: BTreeSet<_> =
        cases().iter().map(|case| kebab(case["helper"].as_str().unwrap())).collect();
    helpers.extend(["publish".to_owned(), "upload".to_owned()]);
    helpers.remove(UPLOADS[2]);
    assert_eq!(commands, helpers.iter().map(String::as_str).collect());
}

/// A process for every answer takes its time: the pages of cases have an emulator each, and run side by side.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_case_holds() {
    let mut pages: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for case in cases() {
        pages.entry(case["page"].to_string()).or_default().push(case);
    }
    let pages: Vec<_> = pages.into_values().map(|cases| tokio::spawn(page_holds(cases))).collect();
    for page in pages {
        page.await.unwrap();
    }
}

async fn page_holds(cases: Vec<Value>) {
    let stage = Stage::new().await;
    for case in cases {
        if case["requests"].is_array() {
            uploaded(&stage, case).await;
            continue;
        }
        let Some(answers) = case["answers"].as_array() else {
            refused(&call(&stage, &case).await, &case["error"], &case);
            assert!(stage.take_requests().await.is_empty(), "{case}");
            continue;
        };
        for answer in answers {
            answered(&stage, &case, answer).await;
        }
    }
}

/// A call that goes out, and one answer to it.
async fn answered(stage: &Stage, case: &Value, answer: &Value) {
    plan_answer(stage, answer).await;
    let said = call(stage, case).await;
    let requests = stage.take_requests().await;
    assert_sent(requests.first().unwrap_or_else(|| panic!("{said:?} {case}")), &case["request"], case);
    match answer.get("error") {
        Some(error) => refused(&said, error, case),
        None => {
            assert_eq!((said.code, said.stderr.as_str()), (0, ""), "{said:?} {case}");
            assert_eq!(said.json(), answer["result"], "{case} {answer}");
        }
    }
}

/// An upload to a datatable of its own, and all that it sends.
async fn uploaded(stage: &Stage, case: Value) {
    let case = placed(stage, &case).await;
    let said = call(stage, &case).await;
    match case.get("error") {
        Some(error) => refused(&said, error, &case),
        None => {
            let printed = said.json();
            for (name, value) in case["result"].as_object().unwrap() {
                assert_eq!(&printed[name], value, "{name} in {case}");
            }
        }
    }
    let (sent, wanted) = (stage.take_requests().await, case["requests"].as_array().unwrap());
    assert_eq!(sent.len(), wanted.len(), "{sent:?} {case}");
    for (sent, wanted) in sent.iter().zip(wanted).filter(|(_, wanted)| wanted["path"].is_string()) {
        assert_sent(sent, wanted, &case);
    }
}

fn assert_sent(sent: &Value, wanted: &Value, case: &Value) {
    assert_request(sent, wanted, case);
    assert!(sent["headers"]["user-agent"].as_str().unwrap().starts_with("processmind-cli/"));
}

/// An error is on stderr alone, in the command line's words, and in the exit code.
fn refused(said: &Said, error: &Value, case: &Value) {
    assert_eq!(
        (said.code, said.stdout.as_str()),
        (code_of(error["class"].as_str().unwrap()), ""),
        "{said:?} {case}"
    );
    for words in error["text"].as_array().unwrap() {
        assert!(
            said.stderr.contains(&in_kebab_case(words.as_str().unwrap(), case)),
            "{words} is not in {said:?}"
        );
    }
    assert!(said.stderr.lines().count() <= 4, "{}", said.stderr);
}

fn code_of(class: &str) -> i32 {
    match class {
        "InvalidArgumentError" | "ConfigurationError" => 2,
        "AuthenticationError" | "PermissionDeniedError" => 3,
        "NotFoundError" => 4,
        "BadRequestError" | "ConflictError" | "PayloadTooLargeError" | "ValidationError" => 5,
        "EventLogError" | "InvalidBpmnError" | "EmptyFileError" | "FileTooLargeError" => 5,
        "UnsupportedFormatError" => 5,
        "RateLimitError" => 6,
        _ => 1,
    }
}

/// Runs the command of a case. Its arguments are those that the command says it takes: all are used, or it fails.
async fn call(stage: &Stage, case: &Value) -> Said {
    let mut arguments = case["arguments"].as_object().unwrap().clone();
    let name = kebab(case["helper"].as_str().unwrap());
    let tenant = arguments.remove("tenantId");
    let tenant = tenant.as_ref().and_then(Value::as_str).unwrap_or("tenant-123");
    let mut line =
        vec![name.clone(), format!("--tenant-id={tenant}"), "--max-retries=0".into(), "--json".into()];
    let (path, stdin) = file_of(stage, case);
    // What has no path stands on stdin.
    let file = path.or_else(|| stdin.as_ref().map(|_| "-".to_owned()));
    let root = processmind_cli::command();
    let command_of_case = root.find_subcommand(&name).unwrap();
    if command_of_case.get_arguments().any(|argument| argument.get_id() == "yes") {
        line.push("--yes".into());
    }
    if name == "update-process" && arguments.get("treeParentId").is_some_and(Value::is_null) {
        line.push("--root".into());
    }
    let mut standing = Vec::new();
    for argument in command_of_case.get_arguments() {
        let id = argument.get_id().as_str();
        let given = match id {
            "files" => file.clone().map(Value::from),
            "file_path" => file.clone().map(Value::from).or_else(|| arguments.remove("filePath")),
            "upload_timeout" => arguments.remove("timeout"),
            _ => arguments.remove(&camel(id)),
        };
        let Some(given) = given.filter(|given| !given.is_null()) else { continue };
        let text =
            given["id"].as_str().or(given.as_str()).map_or_else(|| given.to_string(), ToOwned::to_owned);
        match argument.get_long() {
            Some(long) => line.push(format!("--{long}={text}")),
            None => standing.push(text),
        }
    }
    arguments.retain(|_, value| !value.is_null());
    assert!(arguments.is_empty(), "`{name}` does not take {arguments:?}");
    line.push("--".into());
    line.extend(standing);
    match stdin {
        Some(stdin) => run_with(command(stage), line, &stdin).await,
        None => run(command(stage), line).await,
    }
}

fn kebab(name: &str) -> String {
    let mut kebab = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() {
            kebab.push('-');
        }
        kebab.extend(letter.to_lowercase());
    }
    kebab
}

fn camel(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap().to_owned();
    words.fold(first, |name, word| format!("{name}{}{}", word[..1].to_uppercase(), &word[1..]))
}

/// The names in backticks as the command line has them.
fn in_kebab_case(text: &str, case: &Value) -> String {
    let name = kebab(case["helper"].as_str().unwrap());
    let root = processmind_cli::command();
    let command = root.find_subcommand(name).unwrap();
    let named = |(at, part): (usize, &str)| match at % 2 {
        1 if command.get_positionals().any(|argument| camel(argument.get_id().as_str()) == part) => {
            format!("<{}>", kebab(part).replace('-', "_").to_uppercase())
        }
        1 => format!("--{}", kebab(part)),
        _ => part.to_owned(),
    };
    text.split('`').enumerate().map(named).collect::<Vec<_>>().join("`")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_scenes_of_publishing_play() {
    let stage = Stage::new().await;
    let files = [("model.bpmn", BPMN), ("orders.csv", LOG), ("bad.csv", BAD_LOG)]
        .map(|(name, content)| (name, stage.file(name, content)));
    let scenes: Vec<Value> = serde_json::from_str(include_str!("../../tests/contract/publish.json")).unwrap();
    for scene in scenes {
        let mut line = vec!["publish".to_owned(), "--json".to_owned()];
        for (name, value) in scene["arguments"].as_object().unwrap() {
            let text = value.as_str().map_or_else(|| value.to_string(), ToOwned::to_owned);
            let path = files.iter().find(|(name, _)| *name == text).map(|(_, path)| path.to_str().unwrap());
            let text = path.map_or(text, ToOwned::to_owned);
            line.push(if name == "file" { text } else { format!("--{}={text}", kebab(name)) });
        }
        let said = run(command(&stage), line).await;
        if let Some(error) = scene.get("error") {
            assert_eq!(said.code, code_of(error["class"].as_str().unwrap()), "{said:?}");
            for words in error["text"].as_array().unwrap() {
                let words = in_kebab_case(words.as_str().unwrap(), &json!({ "helper": "publish" }));
                assert!(said.stderr.contains(&words), "{words} is not in {said:?}");
            }
            continue;
        }
        let printed = said.json();
        let text = |step: &Value, name: &str| step[name].as_str().unwrap().to_owned();
        let told =
            |step: &Value| format!("{} {} {}", text(step, "kind"), text(step, "name"), text(step, "action"));
        let steps: Vec<_> = printed["steps"].as_array().unwrap().iter().map(told).collect();
        assert_eq!(json!(steps), scene["steps"], "{}", scene["name"]);
        let warnings = [&scene["warnings"], &printed["warnings"]].map(|list| list.as_array().cloned());
        let [wanted, told] = warnings.map(Option::unwrap_or_default);
        assert_eq!(told.len(), wanted.len(), "{printed}");
        for (told, wanted) in told.iter().zip(&wanted) {
            assert!(told.as_str().unwrap().starts_with(wanted.as_str().unwrap()), "{printed}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_scenes_of_checking_play() {
    let stage = Stage::new().await;
    for scene in check_scenes().iter().filter(|scene| scene["file"].is_object()) {
        let path = stage.file(scene["file"]["name"].as_str().unwrap(), log_of(scene));
        let mut line = vec!["check".to_owned(), path.to_str().unwrap().to_owned(), "--json".to_owned()];
        for (name, value) in scene["arguments"].as_object().unwrap() {
            line.push(format!("--{}={}", kebab(name), value.as_str().unwrap()));
        }
        let said = run(bare(), line).await;
        if let Some(error) = scene.get("error") {
            refused(&said, error, &json!({ "helper": "check" }));
            continue;
        }
        assert_report(&said.json(), scene);
    }
}
