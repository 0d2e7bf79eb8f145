//! Storage: what S3 takes, and what it refuses in which words.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by it")]

mod support;

use base64::{Engine, engine::general_purpose::STANDARD};
use md5::{Digest, Md5};
use processmind_emulator::{Options, UploadMode};
use reqwest::{Response, StatusCode};
use serde_json::json;
use sha2::Sha256;
use support::{Api, LOG, Table, eventually, keep_in, objects, raw_answer, raw_put, start};

async fn code(response: Response) -> (u16, String) {
    let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
    assert!(text.contains("<Message>") && text.contains("<RequestId>"), "{text}");
    let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    (status, code.unwrap_or_else(|| panic!("{text}")).0.to_owned())
}

fn refusal(status: u16, code: &str) -> (u16, String) {
    (status, code.to_owned())
}

async fn ready(options: Options) -> (processmind_emulator::Emulator, Api, Table) {
    let (emulator, api) = start(options).await;
    let table = api.table().await;
    (emulator, api, table)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_good_upload() {
    let (_emulator, api, table) = ready(Options::default()).await;
    let name = "Ünï côde +&=?#%20 (1)~!*.csv";
    let url = api.presigned(&table, name).await;
    let md5 = Md5::digest(LOG);
    let request =
        api.http.put(&url).header("content-type", "text/csv").header("content-md5", STANDARD.encode(md5));
    let response = request.body(LOG).send().await.unwrap();
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(header("etag"), format!("\"{}\"", hex(&md5)));
    assert_eq!(header("x-amz-checksum-type"), "FULL_OBJECT");
    assert!(!header("x-amz-request-id").is_empty());
    let crc = header("x-amz-checksum-crc64nvme");

    let uploads = api.uploads().await;
    let upload = uploads.last().unwrap();
    assert_eq!(upload["fileName"], name);
    assert_eq!(upload["contentType"], "text/csv");
    assert_eq!(upload["bytes"], LOG.len());
    assert_eq!(upload["crc64nvme"], crc);
    assert_eq!(upload["md5"], hex(&md5));
    assert_eq!(upload["sha256"], hex(&Sha256::digest(LOG)));
    assert_eq!(std::fs::read_to_string(upload["path"].as_str().unwrap()).unwrap(), LOG);
}

/// The check value that the catalogue of CRCs gives for CRC-64/NVME.
#[tokio::test]
async fn the_checksum_is_crc64nvme() {
    let (_emulator, api, table) = ready(Options::default()).await;
    let url = api.presigned(&table, "a.csv").await;
    let response = api.put(&url, "123456789").await;
    let crc = STANDARD.encode(0xae8b_1486_0a79_9888_u64.to_be_bytes());
    assert_eq!(response.headers()["x-amz-checksum-crc64nvme"], crc);
}

#[tokio::test]
async fn a_changed_url_is_refused() {
    let (_emulator, api, table) = ready(Options::default()).await;
    let url = api.presigned(&table, "log.csv").await;
    let (head, signature) = url.rsplit_once('=').unwrap();
    let forged = format!("{head}={}", signature.chars().rev().collect::<String>());
    let longer = url.replace("X-Amz-Expires=3600", "X-Amz-Expires=7200");
    let elsewhere = url.replace("log.csv?", "other.csv?");
    for url in [&forged, &longer, &elsewhere] {
        assert_eq!(code(api.put(url, LOG).await).await, refusal(403, "SignatureDoesNotMatch"), "{url}");
    }
    let plain = url.split_once('?').unwrap().0;
    assert_eq!(code(api.put(plain, LOG).await).await, refusal(403, "AccessDenied"));
    let stranger = url.replace("X-Amz-Credential=AKIA", "X-Amz-Credential=BKIA");
    assert_eq!(code(api.put(&stranger, LOG).await).await, refusal(403, "InvalidAccessKeyId"));
    let got = api.http.get(&url).send().await.unwrap();
    assert_eq!(code(got).await, refusal(403, "SignatureDoesNotMatch"));
    assert!(api.uploads().await.is_empty());
}

/// As S3 does, which thereby repeats what is secret.
#[tokio::test]
async fn a_mismatch_is_explained() {
    let (_emulator, api, table) = ready(Options::default()).await;
    let url = api.presigned(&table, "a & b.csv").await.replace("X-Amz-Expires=3600", "X-Amz-Expires=7200");
    let text = api.put(&url, LOG).await.text().await.unwrap();
    let element = |name: &str| {
        let rest = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name}: {text}")).1;
        rest.split_once(&format!("</{name}>")).unwrap().0.replace("&amp;", "&")
    };
    let (head, signature) = url.rsplit_once("&X-Amz-Signature=").unwrap();
    let (host, target) = head.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let (path, query) = target.split_once('?').unwrap();
    let request = format!("PUT\n/{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
    assert_eq!(element("SignatureProvided"), signature);
    assert_eq!(element("CanonicalRequest"), request);
    assert!(query.contains(&format!("X-Amz-Credential={}%2F", element("AWSAccessKeyId"))));
    let to_sign = element("StringToSign");
    assert!(to_sign.starts_with("AWS4-HMAC-SHA256\n"), "{to_sign}");
    assert!(to_sign.ends_with(&format!("/s3/aws4_request\n{}", hex(&Sha256::digest(&request)))), "{to_sign}");
    for (name, text) in [("StringToSignBytes", &to_sign), ("CanonicalRequestBytes", &request)] {
        assert_eq!(element(name).replace(' ', ""), hex(text.as_bytes()));
    }
}

#[tokio::test]
async fn an_expired_url_is_refused() {
    let (_emulator, api, table) = ready(Options::default()).await;
    api.plan(json!([{"path": "/tenant/", "fault": {"kind": "expire"}}])).await;
    let expired = api.presigned(&table, "log.csv").await;
    let response = api.put(&expired, LOG).await;
    let text = response.text().await.unwrap();
    assert!(text.contains("AccessDenied") && text.contains("Request has expired"), "{text}");
    api.upload(&table, "log.csv", LOG).await;
}

#[tokio::test]
async fn headers_that_were_not_signed_are_refused() {
    let (_emulator, api, table) = ready(Options::default()).await;
    let url = api.presigned(&table, "log.csv").await;
    let request = api.http.put(&url).header("x-amz-meta-note", "hello").body(LOG);
    let text = request.send().await.unwrap().text().await.unwrap();
    assert!(
        text.contains("AccessDenied")
            && text.contains("headers present in the request which were not signed"),
        "{text}"
    );
}

#[tokio::test]
async fn a_wrong_digest_leaves_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let (_emulator, api, table) = ready(keep_in(directory.path())).await;
    let url = api.presigned(&table, "log.csv").await;
    let request = api.http.put(&url).header("content-md5", STANDARD.encode(Md5::digest("other"))).body(LOG);
    assert_eq!(code(request.send().await.unwrap()).await, refusal(400, "BadDigest"));
    assert!(api.uploads().await.is_empty());
    assert!(objects(directory.path()).is_empty());
}

#[tokio::test]
async fn lengths() {
    let (_emulator, api, table) = ready(Options::default()).await;
    let url = api.presigned(&table, "log.csv").await;
    let chunked = raw_put(&url, "transfer-encoding: chunked\r\n", b"3\r\nabc\r\n0\r\n\r\n").await;
    let answer = raw_answer(chunked).await;
    assert!(answer.starts_with("HTTP/1.1 411") && answer.contains("MissingContentLength"), "{answer}");
    let huge = raw_put(&url, &format!("content-length: {}\r\n", (5_u64 << 30) + 1), b"").await;
    let answer = raw_answer(huge).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("EntityTooLarge"), "{answer}");
}

#[tokio::test]
async fn a_cut_connection_leaves_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let (_emulator, api, table) = ready(keep_in(directory.path())).await;
    let url = api.presigned(&table, "log.csv").await;
    let stream = raw_put(&url, "content-length: 1000000\r\n", &[b'x'; 100_000]).await;
    eventually("a part arrives", || !objects(directory.path()).is_empty()).await;
    drop(stream);
    eventually("the part goes", || objects(directory.path()).is_empty()).await;
    assert!(api.uploads().await.is_empty());
    assert_eq!(api.datatable(&table).await["rowCount"], 0);
}

#[tokio::test]
async fn a_refusal_is_seen_by_a_client_that_is_still_sending() {
    let (_emulator, api, table) = ready(Options::default()).await;
    let url = api.presigned(&table, "log.csv").await.replace("X-Amz-Expires=3600", "X-Amz-Expires=7200");
    let response = api.put(&url, vec![b'x'; 32 << 20]).await;
    assert_eq!(code(response).await, refusal(403, "SignatureDoesNotMatch"));
}

#[tokio::test]
async fn an_unreadable_file_is_stored_but_not_read() {
    let (_emulator, api, table) = ready(Options::default()).await;
    for (name, body) in [("log.xlsx", "not a workbook"), ("log.json", "{}"), ("log.csv", "\n")] {
        api.upload(&table, name, body).await;
        let detail = api.datatable(&table).await;
        assert_eq!((&detail["rowCount"], &detail["columns"]), (&json!(0), &json!([])), "{name}");
        let uploads = api.uploads().await;
        assert!(uploads.last().unwrap()["unread"].is_string());
    }
}

/// Text asks for bytes, XES for what is buffered: the limit holds for both, in the same words.
#[tokio::test]
async fn a_record_without_an_end_is_not_read() {
    let (_emulator, api, table) = ready(Options::default()).await;
    for (name, head) in [("log.csv", "CaseId\n\""), ("log.xes", "<log><trace a='")] {
        let mut body = head.as_bytes().to_vec();
        body.resize(65 << 20, b'x');
        let url = api.presigned(&table, name).await;
        assert_eq!(api.put(&url, body).await.status(), StatusCode::OK);
        let unread = api.uploads().await.last().unwrap()["unread"].clone();
        assert!(unread.as_str().unwrap().contains("longer than 64 MiB"), "{name}: {unread}");
    }
}

const MORE: &str = "CaseId,Amount\nA7,9.5\n";

#[tokio::test]
async fn a_new_upload_replaces() {
    let (_emulator, api, table) = ready(Options::default()).await;
    api.upload(&table, "log.csv", LOG).await;
    api.upload(&table, "more.csv", MORE).await;
    let detail = api.datatable(&table).await;
    assert_eq!(detail["rowCount"], 1);
    assert_eq!(detail["columns"][1], json!({"name": "Amount", "type": "number"}));
}

#[tokio::test]
async fn a_new_upload_appends() {
    let options = Options { upload_mode: UploadMode::Append, ..Options::default() };
    let (_emulator, api, table) = ready(options).await;
    api.upload(&table, "log.csv", LOG).await;
    let url = api.presigned(&table, "more.csv").await;
    for _ in 0..2 {
        // The second PUT is the same object again, not a second one.
        assert_eq!(api.put(&url, MORE).await.status(), StatusCode::OK);
    }
    let detail = api.datatable(&table).await;
    assert_eq!(detail["rowCount"], 3);
    assert_eq!(detail["columns"][0], json!({"name": "CaseId", "type": "string"}));
    assert_eq!(detail["columns"].as_array().unwrap().len(), 4);
    assert_eq!(api.uploads().await.len(), 2);
}
