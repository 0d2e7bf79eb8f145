//! The upload: facts → presign → put → verify, and again with a fresh URL after every failure.

mod body;
mod check;
mod many;
mod plan;
mod presign;
mod source;
mod storage;
mod verify;

use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Instant;

pub use many::{
    FailedUpload, SucceededUpload, UploadFiles, UploadFilesOptions, UploadFilesResult, UploadItem,
};
pub use presign::{PresignedUrlCall, PresignedUrlOptions};
pub use source::{Source, Spool};
#[cfg(fuzzing)]
pub(crate) use {presign::parse as presigned_url, storage::refusal as storage_refusal};

use crate::attempts::Attempts;
use crate::client::Client;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{options, report};
use crate::progress::{Listener, Phase, Progress, Reporter, count};
use crate::retry::{self, Failure, Safety};
use crate::transport::{Broken, Permit, Put};
pub(crate) use body::UploadBody;
use plan::Plan;
use presign::Target;
use verify::Proof;

/// How many expired URLs are no accident any more.
const MOST_EXPIRIES: u32 = 3;

options! {
    /// How a file is uploaded.
    #[derive(Debug)]
    UploadOptions {
        /// The datatable's name, in place of its id.
        datatable: String,
        /// The dataset that the datatable is in; read from the datatable without.
        dataset_id: String,
        /// The name it is stored under, whose suffix tells the format; the file's own without.
        file_name: String,
        /// When it was last changed, in milliseconds since 1970; the file's own date without, or now.
        file_last_modified: i64,
        /// The media type it is sent with; by the suffix without. An empty text sends none.
        content_type: String,
        /// How long each presigned URL is valid, in seconds (3600).
        valid_for_seconds: i64,
        /// How long one attempt may take, in seconds; no limit without.
        #[cfg_attr(feature = "cli", arg(id = "upload_timeout", value_name = "SECONDS"))]
        timeout: f64,
        /// Whether the stored bytes are proved by a checksum (true).
        verify: bool,
        /// Checks the event log first: `warn` reports its errors as warnings, `error` refuses a log with errors, `off`
        /// does not check. Default: `off`.
        check: String,
        /// Sends an empty file, too (false).
        allow_empty: bool,
        /// Sends a file whose suffix is none that ProcessMind documents, too (false).
        allow_any_format: bool,
    }
}

report! {
    /// Proof of an upload.
    UploadResult {
        /// The name it is stored under.
        file_name: String,
        /// Bytes sent and stored.
        bytes: i64,
        /// The CRC64-NVME of the bytes, in base64 as S3 states it.
        #[cfg_attr(feature = "node", napi(js_name = "crc64nvme"))]
        crc64nvme: Option<String>,
        /// The MD5 of the bytes in hex, where it had to be computed.
        md5: Option<String>,
        /// The stored object's ETag, without quotes.
        etag: Option<String>,
        /// What proved that storage holds the same bytes: `crc64nvme`, `md5`, or nothing.
        verified: Option<String>,
        /// How many attempts it took.
        attempts: u32,
        /// How long it took in all, in seconds.
        seconds: f64,
        /// The id that storage gave the request.
        request_id: Option<String>,
        /// What is wrong with the event log that was sent, where it was checked.
        #[serde(default)]
        warnings: Vec<String>,
    }
}

/// An upload, started when it is awaited. Dropping it ends it, and nothing is stored.
#[derive(Debug)]
#[must_use = "an upload starts when it is awaited"]
pub struct Upload {
    target: Target,
    source: Source,
    options: UploadOptions,
    listener: Listener,
}

/// What is known of an upload before anything is sent.
#[derive(Debug)]
pub(crate) struct Prepared {
    plan: Plan,
    reporter: Reporter,
    /// The errors of the event log, if it was checked and may be sent with them.
    pub warnings: Vec<String>,
    /// Held for as long as the source may be open.
    permit: Permit,
}

impl Client {
    /// Sends a file to a datatable and proves that its bytes are stored.
    /// `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL.
    ///
    /// Reference: <https://processmind.com/resources/docs/api/api-reference-data>
    ///
    /// The source is read as a stream, whatever its size, and never changed. A failure that may pass is tried
    /// again with a fresh presigned URL. Errors before anything is sent: `Source`, `EmptyFile`,
    /// `FileTooLarge` (5 GiB), `UnsupportedFormat`, `EventLog`, `InvalidArgument`. Later: those of every call,
    /// `SourceChanged`, `UploadUrlExpired`, `ChecksumMismatch`, `Upload`.
    pub fn upload_file(
        &self,
        source: impl Into<Source>,
        datatable_id: impl Into<String>,
        options: UploadOptions,
    ) -> Upload {
        let target = Target { client: self.clone(), datatable_id: datatable_id.into(), tenant_id: None };
        Upload { target, source: source.into(), options, listener: Listener::default() }
    }

    /// [`Client::upload_file`] by the other name that ProcessMind documents.
    pub fn upload_file_to_processmind(
        &self,
        source: impl Into<Source>,
        datatable_id: impl Into<String>,
        options: UploadOptions,
    ) -> Upload {
        self.upload_file(source, datatable_id, options)
    }
}

impl Upload {
    /// Tells how far it is, at most ten times a second; `done` comes after storage confirmed the file.
    pub fn on_progress(self, callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.listener(Listener::new(callback))
    }

    pub(crate) fn listener(self, listener: Listener) -> Self {
        Self { listener, ..self }
    }

    /// Uploads to a datatable of another tenant than the client's.
    pub fn tenant_id(mut self, tenant_id: impl Into<Option<String>>) -> Self {
        self.target.tenant_id = tenant_id.into();
        self
    }

    /// Sends it to this datatable.
    pub(crate) fn to(mut self, datatable_id: impl Into<String>, dataset_id: Option<String>) -> Self {
        self.target.datatable_id = datatable_id.into();
        self.options.dataset_id = dataset_id;
        self
    }

    /// Makes the source, and checks it and the options before anything is sent.
    pub(crate) async fn prepare(&mut self) -> Result<Prepared> {
        let permit = self.permit().await;
        let plan = self.plan().await?;
        self.check(plan, permit).await
    }

    async fn permit(&self) -> Permit {
        self.target.client.connections().source().await
    }

    async fn plan(&mut self) -> Result<Plan> {
        self.target.client.check_open()?;
        if self.source.is_later() {
            plan::check(&self.options, self.source.file_name())?;
        }
        self.source = self.source.clone().made().await?;
        let max_retries = self.target.client.config().max_retries;
        Plan::new(&self.options, plan::facts(&self.source, max_retries).await?)
    }

    async fn check(&self, plan: Plan, permit: Permit) -> Result<Prepared> {
        let reporter = Reporter::new(self.listener.clone(), plan.file.name.clone());
        reporter.report(Phase::Preparing, 0, plan.facts.size, 1);
        let warnings = check::warnings(plan.check, &self.source, &plan.file.name).await?;
        Ok(Prepared { plan, reporter, warnings, permit })
    }

    async fn run(mut self) -> Result<UploadResult> {
        let permit = self.permit().await;
        let started = Instant::now();
        // Why it can't be had says more than what is missing beside it.
        if self.source.is_failed() {
            self.source = self.source.made().await?;
        }
        let name = self.target.name(self.options.datatable.as_deref())?;
        let mut plan = self.plan().await?;
        if let Some(name) = name {
            self.target.find(&name, &mut plan.file).await?;
        }
        let prepared = self.check(plan, permit).await?;
        let result = self.send(prepared).await?;
        Ok(UploadResult { seconds: started.elapsed().as_secs_f64(), ..result })
    }

    /// Sends what was prepared.
    pub(crate) async fn send(self, prepared: Prepared) -> Result<UploadResult> {
        let started = Instant::now();
        let Prepared { mut plan, reporter, warnings, permit: _permit } = prepared;
        if plan.file.dataset_id.is_none() {
            plan.file.dataset_id = Some(self.dataset_id().await?);
        }
        let result = self.attempts(&plan, &reporter).await?;
        reporter.report(Phase::Done, plan.facts.size, plan.facts.size, result.attempts);
        Ok(UploadResult { seconds: started.elapsed().as_secs_f64(), warnings, ..result })
    }

    async fn dataset_id(&self) -> Result<String> {
        match &self.options.dataset_id {
            Some(dataset_id) => Ok(dataset_id.clone()),
            None => self.target.dataset_id().await,
        }
    }

    async fn attempts(&self, plan: &Plan, reporter: &Reporter) -> Result<UploadResult> {
        let max_retries = self.target.client.config().max_retries.unwrap_or(retry::STORAGE_RETRIES);
        let mut attempts = Attempts::new(Safety::Idempotent, max_retries);
        let mut expiries = 0;
        loop {
            let broken = match self.attempt(plan, reporter, attempts.begin()).await {
                Ok(result) => return Ok(result),
                Err(broken) => broken,
            };
            expiries += u32::from(broken.error.kind() == ErrorKind::UploadUrlExpired);
            if expiries == MOST_EXPIRIES {
                return Err(broken.error);
            }
            attempts.after(broken).await?;
        }
    }

    /// One attempt, with a URL of its own.
    async fn attempt(&self, plan: &Plan, reporter: &Reporter, attempt: u32) -> Result<UploadResult, Broken> {
        let url = self.target.presign_for_now(&plan.file).await.map_err(unreachable)?;
        let (body, outcome) = UploadBody::start(&self.source, &plan.facts, reporter.clone(), attempt)
            .map_err(|cause| Error::internal("no thread could be started").caused_by(cause))?;
        let (content_type, size, timeout) = (plan.content_type.clone(), plan.facts.size, plan.timeout);
        let put = Put { url: &url, content_type, size, timeout, body, attempt };
        let client = &self.target.client;
        let answer = match client.connections().put(put, client.config()).await {
            Ok(answer) if answer.is_success() => answer,
            Ok(answer) => return Err(storage::refusal(answer)),
            Err(broken) => {
                let of_source = outcome.take_error().map(|error| error.after(attempt).into());
                return Err(of_source.unwrap_or(broken));
            }
        };
        reporter.report(Phase::Verifying, size, size, attempt);
        let crc64nvme = outcome.crc64nvme();
        let proof = match plan.verify {
            true => verify::verify(&answer, crc64nvme.as_deref(), &self.source).await?,
            false => Proof::default(),
        };
        Ok(UploadResult {
            file_name: plan.file.name.clone(),
            bytes: count(size),
            crc64nvme,
            md5: proof.md5,
            etag: storage::etag_of(&answer),
            verified: proof.by.map(ToOwned::to_owned),
            attempts: attempt,
            seconds: 0.0,
            request_id: answer.context.request_id,
            warnings: Vec::new(),
        })
    }
}

impl IntoFuture for Upload {
    type Output = Result<UploadResult>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// A failure to get a URL. While the line is down it is one of the upload, which has more patience than a call.
fn unreachable(error: Error) -> Broken {
    Broken { failure: if error.may_pass() { Failure::Broken } else { Failure::Final }, error }
}
