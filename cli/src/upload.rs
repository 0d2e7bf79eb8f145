//! The commands that send files.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use processmind::{
    Client, Error, FailedUpload, PresignedUrlOptions, PublishOptions, PublishResult, Result, Source, Spool,
    UploadFilesOptions, UploadItem, UploadOptions, UploadResult,
};
use serde::Serialize;

use crate::arguments::{DescribedFile, UploadTarget};
use crate::progress::Bar;

/// How much of stdin is read at once.
const CHUNK: usize = 256 * 1024;

/// What became of many files.
#[derive(Debug, Serialize)]
pub struct Many {
    pub succeeded: Vec<UploadResult>,
    pub failed: Vec<Failed>,
}

/// A file that is not stored, and why.
#[derive(Debug, Serialize)]
pub struct Failed {
    pub file: String,
    pub code: &'static str,
    pub message: String,
}

pub async fn one(client: &Client, target: UploadTarget, options: UploadOptions) -> Result<UploadResult> {
    let UploadTarget { files, datatable_id, .. } = target;
    let file = files.into_iter().next().unwrap_or_default();
    let upload = client.upload_file(source(file), datatable_id.unwrap_or_default(), options);
    let bar = Bar::new();
    let outcome = upload.on_progress(bar.listener()).await;
    bar.clear();
    outcome
}

/// Sends many files to one datatable; one that fails does not stop the others.
pub async fn many(client: &Client, target: UploadTarget, options: UploadOptions) -> Result<Many> {
    if options.file_name.is_some() {
        let message = "`file_name` is given for several files.";
        return Err(Error::invalid_argument(
            message,
            "Send them one by one, or leave it out; nothing was sent.",
        ));
    }
    let UploadTarget { files, datatable_id, concurrency } = target;
    let datatable_id = datatable_id.unwrap_or_default();
    let item = |file: &PathBuf| {
        let item = UploadItem::new(source(file.clone()), datatable_id.clone());
        UploadItem { options: options.clone(), ..item }
    };
    let items: Vec<_> = files.iter().map(item).collect();
    let how = UploadFilesOptions { concurrency };
    let bar = Bar::new();
    let outcome = client.upload_files(items, how).on_progress(bar.listener()).await;
    bar.clear();
    let all = outcome?;
    let failed = |failed: FailedUpload| Failed {
        file: files.get(failed.index).map(|file| file.display().to_string()).unwrap_or_default(),
        code: failed.error.code(),
        message: failed.error.to_string(),
    };
    let succeeded = all.succeeded.into_iter().map(|succeeded| succeeded.result);
    Ok(Many { succeeded: succeeded.collect(), failed: all.failed.into_iter().map(failed).collect() })
}

pub async fn publish(
    client: &Client,
    file: Option<PathBuf>,
    options: PublishOptions,
) -> Result<PublishResult> {
    let bar = Bar::new();
    let publish = client.publish(options);
    let publish = match file {
        Some(file) => publish.file(source(file)).on_progress(bar.listener()),
        None => publish,
    };
    let outcome = publish.await;
    bar.clear();
    outcome
}

pub async fn presigned_url(
    client: &Client,
    datatable_id: String,
    file: DescribedFile,
    options: PresignedUrlOptions,
) -> Result<String> {
    let call = client.get_presigned_upload_url(datatable_id, options).file(file.file.map(Source::path));
    Ok(call.await?.expose().to_owned())
}

/// The text of an argument that may be `-`, for what stands on stdin.
pub async fn text_of(argument: String) -> Result<String> {
    if argument != "-" {
        return Ok(argument);
    }
    waiting(|| io::read_to_string(io::stdin().lock()).map_err(unread)).await?
}

/// Does what waits for people or pipes beside the runtime, so that Ctrl-C is heard meanwhile.
pub async fn waiting<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)
}

/// A file, or what is read from stdin for `-`.
pub fn source(file: PathBuf) -> Source {
    if file != Path::new("-") {
        return Source::path(file);
    }
    Source::later(async { waiting(spooled_stdin).await? })
}

fn spooled_stdin() -> Result<Source> {
    let (mut stdin, mut spool, mut chunk) = (io::stdin().lock(), Spool::new(), vec![0; CHUNK]);
    loop {
        match stdin.read(&mut chunk).map_err(unread)? {
            0 => return Ok(spool.finish()),
            read => spool.write(chunk.get(..read).unwrap_or_default())?,
        }
    }
}

fn unread(cause: io::Error) -> Error {
    Error::invalid_argument(
        format!("Stdin can't be read: {cause}."),
        "Pass UTF-8 text there, or name a file.",
    )
}
