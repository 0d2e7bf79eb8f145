//! Publishing: everything comes into place by its name, one time.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that can't go on has failed"
)]

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use processmind::{CreateProcess, ErrorKind, Progress, PublishOptions, PublishResult, UploadOptions};
use processmind_tests::{BAD_LOG, BPMN, LOG, Stage, assert_error, fault, in_snake_case};
use serde_json::{Value, json};

fn everything() -> PublishOptions {
    PublishOptions {
        process: Some("Order to Cash".into()),
        folder: Some("Finance/Orders".into()),
        bpmn: Some(BPMN.into()),
        dataset: Some("Sales".into()),
        datatable: Some("Orders 2025".into()),
        ..PublishOptions::default()
    }
}

fn steps(result: &PublishResult) -> Vec<String> {
    let told = |step: &processmind::PublishStep| format!("{} {} {}", step.kind, step.name, step.action);
    result.steps.iter().map(told).collect()
}

fn log(stage: &Stage) -> PathBuf {
    stage.file("orders.csv", LOG)
}

#[tokio::test]
async fn the_scenes_play() {
    let stage = Stage::new().await;
    let files = [("model.bpmn", BPMN), ("orders.csv", LOG), ("bad.csv", BAD_LOG)]
        .map(|(name, content)| (name, stage.file(name, content)));
    // A model may be given as its text.
    let path = |name: &str| {
        files.iter().find(|(known, _)| *known == name).map_or(name.into(), |(_, path)| path.clone())
    };
    let scenes: Vec<Value> = serde_json::from_str(include_str!("../../contract/publish.json")).unwrap();
    for scene in scenes {
        let text = |name: &str| scene["arguments"][name].as_str().map(ToOwned::to_owned);
        let publish = stage.client.publish(PublishOptions {
            process: text("process"),
            folder: text("folder"),
            bpmn: text("bpmn").map(|name| path(&name).to_str().unwrap().to_owned()),
            dataset: text("dataset"),
            datatable: text("datatable"),
            check: text("check"),
            file_name: None,
            keep_data: scene["arguments"]["keepData"].as_bool(),
            dry_run: scene["arguments"]["dryRun"].as_bool(),
        });
        let publish = match text("file") {
            Some(name) => publish.file(path(&name)),
            None => publish,
        };
        match publish.await {
            Ok(result) => {
                assert_eq!(json!(steps(&result)), scene["steps"], "{}", scene["name"]);
                let wanted = scene["warnings"].as_array().cloned().unwrap_or_default();
                assert_eq!(result.warnings.len(), wanted.len(), "{:?}", result.warnings);
                for (told, wanted) in result.warnings.iter().zip(&wanted) {
                    assert!(told.starts_with(wanted.as_str().unwrap()), "{told}");
                }
            }
            Err(error) => {
                assert_eq!(error.kind().class(), scene["error"]["class"], "{error}");
                for words in scene["error"]["text"].as_array().unwrap() {
                    assert!(error.to_string().contains(&in_snake_case(words.as_str().unwrap())), "{error}");
                }
            }
        }
    }
}

#[tokio::test]
async fn progress_is_told_wherever_it_is_asked_for() {
    let stage = Stage::new().await;
    for asked_first in [true, false] {
        let phases = Arc::new(Mutex::new(Vec::new()));
        let told = phases.clone();
        let listener = move |progress: Progress| told.lock().unwrap().push(progress.phase);
        let publish = stage.client.publish(everything());
        let publish = match asked_first {
            true => publish.on_progress(listener).file(log(&stage)),
            false => publish.file(log(&stage)).on_progress(listener),
        };
        publish.await.unwrap();
        assert_eq!(phases.lock().unwrap().last().map(String::as_str), Some("done"), "{asked_first}");
    }
}

#[tokio::test]
async fn everything_comes_into_place_and_a_second_run_creates_nothing() {
    let stage = Stage::new().await;
    let first = stage.client.publish(everything()).file(log(&stage)).await.unwrap();
    assert_eq!(
        steps(&first),
        [
            "folder Finance created",
            "folder Orders created",
            "process Order to Cash created",
            "bpmn Order to Cash uploaded",
            "dataset Sales created",
            "datatable Orders 2025 created",
            "data Orders 2025 uploaded",
            "mapping Orders 2025 created",
        ]
    );
    assert_eq!(first.upload.as_ref().unwrap().verified.as_deref(), Some("crc64nvme"));
    let datatable = stage.client.get_datatable(first.datatable_id.as_ref().unwrap()).await.unwrap();
    assert_eq!((datatable.row_count, datatable.dataset_id), (Some(3), first.dataset_id.clone()));
    let nodes = stage.client.get_processes().await.unwrap();
    let process = nodes.iter().find(|node| Some(&node.id) == first.process_id.as_ref()).unwrap();
    assert_eq!(process.tree_parent_id, first.steps[1].id);
    assert_eq!(nodes[1].tree_parent_id, first.steps[0].id);

    stage.take_requests().await;
    let second = stage.client.publish(everything()).file(log(&stage)).await.unwrap();
    assert_eq!(
        (&second.process_id, &second.dataset_id, &second.datatable_id, &second.mapping_id),
        (&first.process_id, &first.dataset_id, &first.datatable_id, &first.mapping_id)
    );
    let changed: Vec<_> = second.steps.iter().filter(|step| step.action != "found").collect();
    assert!(changed.iter().all(|step| step.action == "uploaded") && changed.len() == 2, "{changed:?}");
    assert!(stage.take_requests().await.iter().all(|request| request["method"] != "POST"));
}

#[tokio::test]
async fn a_dry_run_says_the_steps_and_takes_none() {
    let stage = Stage::new().await;
    let options = || PublishOptions { dry_run: Some(true), ..everything() };
    let planned = stage.client.publish(options()).file(log(&stage)).await.unwrap();
    assert!(planned.dry_run && planned.upload.is_none() && planned.process_id.is_none());
    assert!(stage.requests().await.iter().all(|request| request["method"] == "GET"));
    let real = stage.client.publish(everything()).file(log(&stage)).await.unwrap();
    assert_eq!(steps(&planned), steps(&real));
    let planned = stage.client.publish(options()).file(log(&stage)).await.unwrap();
    assert_eq!(planned.mapping_id, real.mapping_id);
}

#[tokio::test]
async fn a_refused_log_costs_no_request_and_creates_nothing() {
    let stage = Stage::new().await;
    for dry_run in [None, Some(true)] {
        let options = PublishOptions { check: Some("error".into()), dry_run, ..everything() };
        let error = stage.client.publish(options).file(stage.file("bad.csv", BAD_LOG)).await.unwrap_err();
        assert_error(&error, ErrorKind::EventLog, &["'bad.csv' has errors", "line 3", "Nothing was sent"]);
    }
    assert!(stage.requests().await.is_empty());
}

#[tokio::test]
async fn a_file_that_changes_after_its_check_is_not_sent() {
    let stage = Stage::new().await;
    let file = stage.file("orders.csv", LOG);
    let (path, changed) = (file.clone(), Mutex::new(false));
    // It is told of before the first thing is created.
    let change = move |progress: Progress| {
        if progress.phase == "preparing" && !std::mem::replace(&mut *changed.lock().unwrap(), true) {
            std::fs::write(&path, BAD_LOG).unwrap();
        }
    };
    let options = PublishOptions { check: Some("warn".into()), ..everything() };
    let error = stage.client.publish(options).file(file).on_progress(change).await.unwrap_err();
    assert_error(&error, ErrorKind::SourceChanged, &["nothing was stored", "Done before"]);
    assert!(stage.uploads().await.is_empty());
}

#[tokio::test]
async fn any_part_may_be_left_out() {
    let stage = Stage::new().await;
    let model =
        PublishOptions { process: Some("P".into()), bpmn: Some(BPMN.into()), ..PublishOptions::default() };
    assert_eq!(steps(&stage.client.publish(model).await.unwrap()), ["process P created", "bpmn P uploaded"]);
    let datatable = stage.datatable().await;
    let data = PublishOptions { datatable: Some("Orders 2025".into()), ..PublishOptions::default() };
    let result = stage.client.publish(data).file(log(&stage)).await.unwrap();
    assert_eq!(steps(&result), ["datatable Orders 2025 found", "data Orders 2025 uploaded"]);
    assert_eq!(result.datatable_id, Some(datatable));
    assert!(result.dataset_id.is_some());
}

#[tokio::test]
async fn data_is_kept_where_that_is_asked_for() {
    let stage = Stage::new().await;
    let options = || PublishOptions { keep_data: Some(true), ..everything() };
    let first = stage.client.publish(options()).file(log(&stage)).await.unwrap();
    let second = stage.client.publish(options()).file(log(&stage)).await.unwrap();
    assert_eq!((first.steps[6].action.as_str(), second.steps[6].action.as_str()), ("uploaded", "kept"));
    assert_eq!(stage.uploads().await.len(), 1);
}

#[tokio::test]
async fn a_name_of_many_is_refused_with_their_ids_and_an_id_stands_for_a_name() {
    let stage = Stage::new().await;
    let [one, other] =
        [stage.client.create_process("P").await.unwrap(), stage.client.create_process("P").await.unwrap()];
    stage.take_requests().await;
    let named = |name: &str| PublishOptions {
        process: Some(name.to_owned()),
        bpmn: Some(BPMN.into()),
        ..PublishOptions::default()
    };
    let error = stage.client.publish(named("P")).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["more than one process", &one.id, &other.id]);
    assert!(stage.take_requests().await.iter().all(|request| request["method"] == "GET"));
    let result = stage.client.publish(named(&other.id)).await.unwrap();
    assert_eq!(result.process_id, Some(other.id));
}

#[tokio::test]
async fn a_folder_tells_two_of_the_same_name_apart() {
    let stage = Stage::new().await;
    stage.client.create_process("Order to Cash").await.unwrap();
    let first = stage.client.publish(everything()).await.unwrap();
    assert_eq!(first.steps[2].action, "created");
    let second = stage.client.publish(everything()).await.unwrap();
    assert_eq!((second.steps[2].action.as_str(), second.process_id), ("found", first.process_id));
    // A process of a folder's name is no folder.
    let inside = CreateProcess::from("Finance");
    stage.client.create_process(inside).await.unwrap();
    assert_eq!(stage.client.publish(everything()).await.unwrap().steps[0].id, first.steps[0].id);
}

#[tokio::test]
async fn a_failure_says_what_was_done_and_another_run_goes_on() {
    let stage = Stage::new().await;
    let refusal = json!({ "kind": "status", "status": 403, "body": "{\"message\": \"No.\"}" });
    let path = format!("/tenant/{}/datasets", stage.client.tenant_id());
    stage.faults(json!([fault(&path, "POST", 1, refusal)])).await;
    let error = stage.client.publish(everything()).file(log(&stage)).await.unwrap_err();
    let done =
        ["Done before: folder 'Finance' (created, id '", "bpmn 'Order to Cash' (uploaded)", "Another run"];
    assert_error(&error, ErrorKind::PermissionDenied, &done);
    let again = stage.client.publish(everything()).file(log(&stage)).await.unwrap();
    let created: Vec<_> = again.steps.iter().filter(|step| step.action == "created").collect();
    assert_eq!(
        created.iter().map(|step| step.kind.as_str()).collect::<Vec<_>>(),
        ["dataset", "datatable", "mapping"]
    );
}

#[tokio::test]
async fn what_can_t_work_is_refused_before_anything_is_sent() {
    let stage = Stage::new().await;
    let only = |change: fn(&mut PublishOptions)| {
        let mut options = PublishOptions::default();
        change(&mut options);
        options
    };
    let refused = [
        (only(|_| ()), "nothing to publish"),
        (only(|options| options.process = Some(" ".into())), "`process` is empty"),
        (only(|options| options.bpmn = Some(BPMN.into())), "`bpmn` is given without `process`"),
        (only(|options| options.folder = Some("A".into())), "`folder` is given without `process`"),
        (PublishOptions { folder: Some("A//B".into()), ..everything() }, "'A//B'"),
        (PublishOptions { folder: Some("/".into()), ..everything() }, "'/'"),
    ];
    for (options, words) in refused {
        let error = stage.client.publish(options).await.unwrap_err();
        assert_error(&error, ErrorKind::InvalidArgument, &[words, "nothing was sent"]);
    }
    let error = stage.client.publish(PublishOptions::default()).file(log(&stage)).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["`file` is given without `datatable`"]);
    let model = PublishOptions { bpmn: Some("no-such.bpmn".into()), ..everything() };
    let error = stage.client.publish(model).await.unwrap_err();
    assert_error(&error, ErrorKind::Source, &["no-such.bpmn"]);
    let error = stage.client.publish(everything()).file(stage.file("empty.csv", "")).await.unwrap_err();
    assert_error(&error, ErrorKind::EmptyFile, &["empty.csv"]);
    assert!(stage.requests().await.is_empty());

    let data = PublishOptions { datatable: Some("Nowhere".into()), ..PublishOptions::default() };
    let error = stage.client.publish(data).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["'Nowhere'", "Pass `dataset`, too"]);
}

#[tokio::test]
async fn a_file_finds_its_datatable_by_name() {
    let stage = Stage::new().await;
    let datatable = stage.datatable().await;
    let to = |name: &str| UploadOptions { datatable: Some(name.to_owned()), ..UploadOptions::default() };
    let client = &stage.client;
    client.upload_file(log(&stage), "", to("Orders 2025")).await.unwrap();
    assert_eq!(stage.uploads().await[0]["datatableId"], datatable.as_str());
    let error = client.upload_file(log(&stage), "", to("Orders 2024")).await.unwrap_err();
    assert_error(&error, ErrorKind::NotFound, &["'Orders 2024'", "'Orders 2025' (id '"]);
    let error = client.upload_file(log(&stage), &datatable, to("Orders 2025")).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["Both `datatable_id` and `datatable`"]);

    let dataset = client.create_dataset("Archive").await.unwrap();
    let second = client.create_datatable(&dataset.id, "Orders 2025").await.unwrap();
    let error = client.upload_file(log(&stage), "", to("Orders 2025")).await.unwrap_err();
    assert_error(&error, ErrorKind::InvalidArgument, &["more than one datatable", &datatable, &second.id]);
    let inside = UploadOptions { dataset_id: Some(dataset.id), ..to("Orders 2025") };
    client.upload_file(log(&stage), "", inside).await.unwrap();
    assert_eq!(stage.uploads().await[1]["datatableId"], second.id.as_str());
}
