//! Many uploads at once, none of which stops another.

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use futures_util::{StreamExt, stream};

use super::presign::Target;
use super::{Source, Upload, UploadOptions, UploadResult};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::model::options;
use crate::progress::{Listener, Progress};

const CONCURRENCY: usize = 4;

options! {
    /// How many files are uploaded.
    #[derive(Debug)]
    UploadFilesOptions {
        /// How many are sent at the same time (4).
        concurrency: i64,
    }
}

/// One of many uploads: what [`Client::upload_file`] takes.
#[derive(Clone, Debug)]
pub struct UploadItem {
    /// The file.
    pub source: Source,
    /// The datatable it goes to; empty where the options name it.
    pub datatable_id: String,
    /// How it is uploaded.
    pub options: UploadOptions,
    /// Another tenant than the client's.
    pub tenant_id: Option<String>,
}

impl UploadItem {
    /// A file and the datatable it goes to, with the default options.
    pub fn new(source: impl Into<Source>, datatable_id: impl Into<String>) -> Self {
        let (source, datatable_id) = (source.into(), datatable_id.into());
        Self { source, datatable_id, options: UploadOptions::default(), tenant_id: None }
    }
}

/// What became of many uploads. Every item is in one of the two lists, which are in the items' order.
#[derive(Debug)]
#[non_exhaustive]
pub struct UploadFilesResult {
    /// Those that are stored.
    pub succeeded: Vec<SucceededUpload>,
    /// Those that are not.
    pub failed: Vec<FailedUpload>,
}

/// One of many uploads that is stored.
#[derive(Debug)]
#[non_exhaustive]
pub struct SucceededUpload {
    /// Its place among the items, from 0.
    pub index: usize,
    /// The proof of it, with the name it is stored under.
    pub result: UploadResult,
}

/// One of many uploads that failed.
#[derive(Debug)]
#[non_exhaustive]
pub struct FailedUpload {
    /// Its place among the items, from 0.
    pub index: usize,
    /// The name it would have been stored under; bytes may have none.
    pub file_name: Option<String>,
    /// Why it failed.
    pub error: Error,
}

/// Many uploads, started when they are awaited. Dropping them ends those that are on their way.
#[derive(Debug)]
#[must_use = "uploads start when they are awaited"]
pub struct UploadFiles {
    client: Client,
    items: Vec<UploadItem>,
    options: UploadFilesOptions,
    listener: Listener,
}

impl Client {
    /// Sends many files, several at the same time. One that fails does not stop the others. For each
    /// `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    ///
    /// The only errors of the whole are `InvalidArgument` for `concurrency` and `ClientClosed`, before
    /// anything is sent; those of each upload, as [`Client::upload_file`] has them, are in the result.
    pub fn upload_files(
        &self,
        items: impl IntoIterator<Item = UploadItem>,
        options: UploadFilesOptions,
    ) -> UploadFiles {
        let items = items.into_iter().collect();
        UploadFiles { client: self.clone(), items, options, listener: Listener::default() }
    }
}

impl UploadFiles {
    /// Tells how far each upload is, as [`Upload::on_progress`] does; the `file_name` tells them apart.
    pub fn on_progress(mut self, callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.listener = Listener::new(callback);
        self
    }

    async fn run(self) -> Result<UploadFilesResult> {
        let concurrency = concurrency(self.options.concurrency)?;
        self.client.check_open()?;
        let uploads = self.items.into_iter().enumerate().map(|(index, item)| {
            let file_name = item.options.file_name.clone().or_else(|| item.source.file_name());
            let upload = upload(&self.client, &self.listener, item).into_future();
            async move {
                let outcome = upload.await;
                (index, outcome.map_err(|error| FailedUpload { index, file_name, error }))
            }
        });
        let mut outcomes: Vec<_> = stream::iter(uploads).buffer_unordered(concurrency).collect().await;
        outcomes.sort_unstable_by_key(|(index, _)| *index);
        let mut all = UploadFilesResult { succeeded: Vec::new(), failed: Vec::new() };
        for (index, outcome) in outcomes {
            match outcome {
                Ok(result) => all.succeeded.push(SucceededUpload { index, result }),
                Err(failed) => all.failed.push(failed),
            }
        }
        Ok(all)
    }
}

impl IntoFuture for UploadFiles {
    type Output = Result<UploadFilesResult>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

fn upload(client: &Client, listener: &Listener, item: UploadItem) -> Upload {
    let UploadItem { source, datatable_id, options, tenant_id } = item;
    let target = Target { client: client.clone(), datatable_id, tenant_id };
    Upload { target, source, options, listener: listener.clone() }
}

fn concurrency(given: Option<i64>) -> Result<usize> {
    let Some(given) = given else { return Ok(CONCURRENCY) };
    usize::try_from(given).ok().filter(|count| *count > 0).ok_or_else(|| {
        let message = format!("`concurrency` is {given}; it is how many files are sent at the same time.");
        Error::invalid_argument(message, format!("Leave it out for {CONCURRENCY}; nothing was sent."))
    })
}
