//! PutObject, the one operation of this storage.

use std::sync::Arc;

use axum::http::StatusCode;
use base64::{Engine, engine::general_purpose::STANDARD};
use s3s::{
    S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result,
    dto::{ChecksumType, ETag, PutObjectInput, PutObjectOutput},
    s3_error,
};

use super::{
    hex, ingest,
    receive::{Received, receive},
};
use crate::{
    api::datatables,
    app::{App, BUCKET},
    control::faults::{Fault, Stage},
    model::{Upload, new_id, now},
    problem::Problem,
};

/// One PUT holds 5 GiB at most.
const SIZE_LIMIT: i64 = 5 << 30;

/// The bucket of uploads.
pub(super) struct Bucket(pub(super) Arc<App>);

#[async_trait::async_trait]
impl S3 for Bucket {
    async fn put_object(&self, req: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let (app, input) = (&self.0, req.input);
        let place = Place::parse(&input.bucket, &input.key)?;
        let length = stated_length(input.content_length)?;
        let body = input.body.ok_or_else(|| s3_error!(IncompleteBody))?;
        let fault = app.faults.take(&req.method, req.uri.path(), Stage::Storage);
        if let Some(Fault::StorageError { code }) = &fault {
            return Err(planned(code));
        }
        let received = receive(body, app.objects.clone(), matches!(fault, Some(Fault::Corrupt))).await?;
        if received.bytes != length {
            return Err(s3_error!(IncompleteBody));
        }
        if input.content_md5.is_some_and(|stated| stated != STANDARD.encode(received.md5)) {
            return Err(s3_error!(
                BadDigest,
                "The Content-MD5 you specified did not match what we received."
            ));
        }
        let output = PutObjectOutput {
            e_tag: Some(ETag::Strong(hex(&received.md5))),
            checksum_crc64nvme: Some(received.crc64nvme.clone()),
            checksum_type: Some(ChecksumType::from_static(ChecksumType::FULL_OBJECT)),
            ..PutObjectOutput::default()
        };
        let (app, content_type) = (Arc::clone(app), input.content_type);
        let stored = tokio::task::spawn_blocking(move || store(&app, place, received, content_type)).await;
        stored.map_err(|error| s3_error!(error, InternalError))??;
        Ok(S3Response::new(output))
    }
}

/// An error by its code alone, whose status s3s knows.
fn planned(code: &str) -> S3Error {
    let code = S3ErrorCode::from_bytes(code.as_bytes()).unwrap_or(S3ErrorCode::InternalError);
    S3Error::with_message(code, "This fault was planned.")
}

fn stated_length(length: Option<i64>) -> S3Result<u64> {
    let length = length
        .ok_or_else(|| s3_error!(MissingContentLength, "You must provide the Content-Length HTTP header."))?;
    if length > SIZE_LIMIT {
        return Err(s3_error!(EntityTooLarge, "Your proposed upload exceeds the maximum allowed size"));
    }
    u64::try_from(length).map_err(|error| s3_error!(error, InvalidArgument))
}

/// What an object's key says: `tenant/datatable/id/file name`.
struct Place {
    key: String,
    tenant_id: String,
    datatable_id: String,
    file_name: String,
}

impl Place {
    fn parse(bucket: &str, key: &str) -> S3Result<Self> {
        if bucket != BUCKET {
            return Err(s3_error!(NoSuchBucket, "The specified bucket does not exist"));
        }
        let mut parts = key.splitn(4, '/');
        let (Some(tenant_id), Some(datatable_id), Some(_), Some(file_name)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(s3_error!(AccessDenied, "Access Denied"));
        };
        Ok(Self {
            key: key.to_owned(),
            tenant_id: tenant_id.to_owned(),
            datatable_id: datatable_id.to_owned(),
            file_name: file_name.to_owned(),
        })
    }
}

/// Puts the object in its place, reads it, and then lets the state name it: at any moment every
/// object that is named is there, whole.
fn store(app: &App, place: Place, received: Received, content_type: Option<String>) -> S3Result<()> {
    let object = new_id();
    let path = app.objects.join(&object);
    received.file.persist(&path).map_err(|error| s3_error!(error.error, InternalError))?;
    let contents = ingest::read(&path, &place.file_name);
    let upload = Upload {
        key: place.key,
        object: object.clone(),
        datatable_id: place.datatable_id,
        file_name: place.file_name,
        content_type,
        bytes: received.bytes,
        md5: hex(&received.md5),
        crc64nvme: received.crc64nvme,
        row_count: contents.row_count,
        columns: contents.columns,
        unread: contents.unread,
        created_at: now(),
    };
    let replaced = app.store.change(&place.tenant_id, |space| {
        datatables::find(space, &upload.datatable_id)?;
        let replaced: Vec<String> =
            space.uploads.extract_if(.., |other| other.key == upload.key).map(|other| other.object).collect();
        space.uploads.push(upload);
        Ok(replaced)
    });
    let (unnamed, outcome) = match replaced {
        Ok(replaced) => (replaced, Ok(())),
        Err(problem) => (vec![object], Err(refuse(&problem))),
    };
    app.discard(unnamed);
    outcome
}

/// The URL may outlive the table it was made for.
fn refuse(problem: &Problem) -> S3Error {
    if problem.status() == StatusCode::NOT_FOUND {
        s3_error!(AccessDenied, "{}", problem.message())
    } else {
        s3_error!(InternalError, "{}", problem.message())
    }
}
