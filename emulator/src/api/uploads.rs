use std::sync::Arc;

use axum::{
    Json,
    extract::State,
    http::{Method, Uri},
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    Answer, datatables,
    extract::{Path, Query},
    paths::DatatablePath,
};
use crate::{
    app::{App, BUCKET},
    control::faults::{Fault, Stage},
    model::new_id,
    presign::{LONGEST_VALIDITY, Signer},
    problem::Problem,
};

/// S3 takes keys of 1,024 bytes, of which ids take a part.
const LONGEST_NAME: usize = 255;

pub(super) fn router() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::default().routes(routes!(get_presigned_upload_url))
}

#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Announced {
    /// The dataset of the datatable.
    datasetid: String,
    /// Plain name of the file; 255 bytes in UTF-8 at most.
    #[param(min_length = 1, max_length = 255, pattern = r"^[^/\x00-\x1f\x7f-\x9f]+$")]
    filename: String,
    /// Its size in bytes.
    #[expect(dead_code, reason = "asked for and checked by its type; S3 does not sign a length")]
    filesize: u64,
    /// When it was last modified, in whole milliseconds since 1970.
    #[expect(dead_code, reason = "asked for and checked by its type; nothing shows it again")]
    filelastmodified: i64,
    /// How long the URL is to be valid; seven days at most.
    #[serde(default = "one_hour")]
    #[param(minimum = 1, maximum = 604_800, default = 3_600)]
    validforseconds: u32,
}

fn one_hour() -> u32 {
    3_600
}

/// Where to PUT the file.
#[derive(Debug, Serialize, ToSchema)]
struct PresignedUrl {
    #[serde(rename = "PreSignedUploadUrl")]
    url: String,
}

/// Gives a URL to which one file can be PUT without a key.
#[utoipa::path(get, path = "/tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl",
    params(DatatablePath, Announced), responses((status = 200, body = PresignedUrl)))]
async fn get_presigned_upload_url(
    State(app): State<Arc<App>>,
    Path(DatatablePath { tenant_id, datatable_id }): Path<DatatablePath>,
    query: Result<Query<Announced>, Problem>,
    method: Method,
    uri: Uri,
) -> Answer<PresignedUrl> {
    let dataset_id =
        app.store.read(&tenant_id, |space| Ok(datatables::find(space, &datatable_id)?.dataset_id.clone()))?;
    let Query(announced) = query?;
    check(&announced, &dataset_id)?;
    let key = format!("/{BUCKET}/{tenant_id}/{datatable_id}/{}/{}", new_id(), announced.filename);
    let fault = app.faults.take(&method, uri.path(), Stage::Presign);
    let url = presign(&app, fault, &key, announced.validforseconds)?;
    Ok(Json(PresignedUrl { url }))
}

fn presign(app: &App, fault: Option<Fault>, key: &str, valid_for: u32) -> Result<String, Problem> {
    let ahead = match fault {
        Some(Fault::Expire) => -i64::from(valid_for) - 1,
        Some(Fault::Skew { seconds }) => seconds,
        _ => 0,
    };
    let at = Timestamp::now().checked_add(SignedDuration::from_secs(ahead));
    let at = at.map_err(|error| Problem::internal(format!("no clock is so far off: {error}")))?;
    let stranger = Signer { secret_key: new_id(), ..app.signer.clone() };
    let signer = if matches!(fault, Some(Fault::Forge)) { &stranger } else { &app.signer };
    Ok(signer.put_url(&app.storage_host, key, at, valid_for))
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
