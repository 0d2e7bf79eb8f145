use std::sync::Arc;

use axum::{
    Json, Router,
    extract::State,
    http::{Method, Uri},
    routing::get,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    Answer, datatables,
    extract::{Path, Query},
};
use crate::{
    app::{App, BUCKET},
    control::faults::Fault,
    model::new_id,
    problem::Problem,
};

/// Signatures are valid for seven days at most.
const LONGEST_VALIDITY: u32 = 604_800;

/// S3 takes keys of 1,024 bytes, of which ids take a part.
const LONGEST_NAME: usize = 255;

pub(super) fn router() -> Router<Arc<App>> {
    Router::new()
        .route("/tenant/{tenant_id}/datatable/{datatable_id}/uploads/presignedurl", get(get_presigned_url))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Announced {
    datasetid: String,
    filename: String,
    #[expect(dead_code, reason = "asked for and checked by its type; S3 does not sign a length")]
    filesize: u64,
    #[expect(dead_code, reason = "asked for and checked by its type; nothing shows it again")]
    filelastmodified: i64,
    #[serde(default = "one_hour")]
    validforseconds: u32,
}

fn one_hour() -> u32 {
    3_600
}

#[derive(Debug, Serialize)]
struct PresignedUrl {
    #[serde(rename = "PreSignedUploadUrl")]
    url: String,
}

async fn get_presigned_url(
    State(app): State<Arc<App>>,
    Path((tenant_id, datatable_id)): Path<(String, String)>,
    query: Result<Query<Announced>, Problem>,
    method: Method,
    uri: Uri,
) -> Answer<PresignedUrl> {
    let dataset_id =
        app.store.read(&tenant_id, |space| Ok(datatables::find(space, &datatable_id)?.dataset_id.clone()))?;
    let Query(announced) = query?;
    check(&announced, &dataset_id)?;
    let key = format!("/{BUCKET}/{tenant_id}/{datatable_id}/{}/{}", new_id(), announced.filename);
    let at = if app.faults.take(&method, uri.path(), Fault::is_expire).is_some() {
        Timestamp::now() - SignedDuration::from_secs(i64::from(announced.validforseconds) + 1)
    } else {
        Timestamp::now()
    };
    let url = app.signer.put_url(&app.storage_host, &key, at, announced.validforseconds);
    Ok(Json(PresignedUrl { url }))
}

fn check(announced: &Announced, dataset_id: &str) -> Result<(), Problem> {
    if announced.datasetid != dataset_id {
        return Err(Problem::bad_field("datasetid", "is not the dataset of this datatable"));
    }
    let name = announced.filename.as_str();
    let is_name = !matches!(name, "" | "." | "..") && !name.contains(|c: char| c == '/' || c.is_control());
    if !is_name || name.len() > LONGEST_NAME {
        return Err(Problem::bad_field("filename", "must be the plain name of a file, 255 bytes at most"));
    }
    if !(1..=LONGEST_VALIDITY).contains(&announced.validforseconds) {
        return Err(Problem::bad_field("validforseconds", "must be 1 to 604800, which is 7 days"));
    }
    Ok(())
}
