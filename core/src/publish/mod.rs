//! Publishing: a process, its model, its data and their mapping, brought into place by their names.
//!
//! What there is is looked up before anything is changed, so that a name of many changes nothing. Then the
//! steps are taken in order; what they find they use, so a second run creates nothing.

mod check;
mod plan;
mod step;

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use crate::api::CreateProcess;
use crate::call::Call;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::model::{FromAnswer, options, report};
use crate::progress::{Listener, Progress};
use crate::upload::{Prepared, Source, Upload, UploadOptions, UploadResult};
use plan::Plan;
use step::{Action, Ids, Kind, Step};

/// What `tree_node_type` says of a folder.
const FOLDER: &str = "TreeGroup";

options! {
    /// What is to be in place; any part may be left out.
    #[derive(Debug)]
    PublishOptions {
        /// The process: its name, or its id. It is created where there is none of this name.
        process: String,
        /// The folder of the process, such as 'Finance/Orders', created where it is not there. Without it the
        /// process may be in any folder, and a new one is put at the root.
        folder: String,
        /// The process's BPMN 2.0 model: the path of its file, or its XML. It replaces the one that is there.
        bpmn: String,
        /// The dataset: its name, or its id. It is created where there is none of this name.
        dataset: String,
        /// The datatable: its name, or its id. It is created in `dataset` where there is none of this name, and
        /// mapped to `process`.
        datatable: String,
        /// The name the file is stored under, whose suffix tells the format; the file's own without.
        file_name: String,
        /// Checks the event log first, also in a dry run: `warn` reports its errors as warnings, `error` refuses a log
        /// with errors before anything is created or sent, `off` does not check. Default: `off`.
        check: String,
        /// Sends the file only to a datatable that has no rows (false: it is sent every time).
        keep_data: bool,
        /// Says what would be done, and does nothing (false).
        dry_run: bool,
    }
}

report! {
    /// One thing that was brought into place.
    PublishStep {
        /// `folder`, `process`, `bpmn`, `dataset`, `datatable`, `data` or `mapping`.
        kind: String,
        /// Its name; of a model and of data, where they went.
        name: String,
        /// `found`, `created`, `uploaded`, or, of data, `kept`.
        action: String,
        /// Its id; none before it is created. A model and data have none.
        id: Option<String>,
    }
}

report! {
    /// What was brought into place, step by step.
    PublishResult {
        /// Whether it was only said, and nothing done.
        dry_run: bool,
        /// The steps, in their order.
        steps: Vec<PublishStep>,
        /// The id of the process.
        process_id: Option<String>,
        /// The id of the dataset.
        dataset_id: Option<String>,
        /// The id of the datatable.
        datatable_id: Option<String>,
        /// The id of the mapping of the datatable to the process.
        mapping_id: Option<String>,
        /// Proof of the upload, where there was one.
        upload: Option<UploadResult>,
        /// What is likely wrong with the model, and the errors of the event log, if it was checked; also in a dry run.
        #[serde(default)]
        warnings: Vec<String>,
    }
}

/// What is brought into place when it is awaited.
#[derive(Debug)]
#[must_use = "nothing is published before it is awaited"]
pub struct Publish {
    client: Client,
    options: PublishOptions,
    upload: Option<Upload>,
    listener: Listener,
    tenant_id: Option<String>,
}

impl Client {
    /// Brings a process, its BPMN model, a dataset, a datatable, its data and their mapping into place.
    ///
    /// What there is of these names is used, the rest is created, so that a second run creates nothing. The
    /// model and the file are checked before anything is sent, and sent every time; with the option `check` the event
    /// log in the file, too. A name that more than one
    /// object has is refused with `InvalidArgument`, which lists their ids: an id may stand in place of every
    /// name. Where a step fails, the error says what was done before.
    ///
    /// Any part may be left out: only a `process` and its `bpmn`, or only a `datatable` and its file.
    pub fn publish(&self, options: PublishOptions) -> Publish {
        let (client, listener) = (self.clone(), Listener::default());
        Publish { client, options, upload: None, listener, tenant_id: None }
    }
}

impl Publish {
    /// The file that goes to the datatable.
    pub fn file(mut self, file: impl Into<Source>) -> Self {
        let PublishOptions { file_name, check, .. } = self.options.clone();
        let options = UploadOptions { file_name, check, ..UploadOptions::default() };
        self.upload = Some(self.client.upload_file(file, "", options));
        self
    }

    /// Tells how far the upload of the file is, at most ten times a second.
    pub fn on_progress(mut self, callback: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        self.listener = Listener::new(callback);
        self
    }

    /// Publishes in another tenant than the client's.
    pub fn tenant_id(mut self, tenant_id: impl Into<Option<String>>) -> Self {
        self.tenant_id = tenant_id.into();
        self
    }

    async fn run(mut self) -> Result<PublishResult> {
        check::options(&self.options, self.upload.is_some())?;
        let model = check::model(self.options.bpmn.clone()).await?;
        let dry_run = self.options.dry_run.unwrap_or(false);
        let data = self.prepare(dry_run).await?;
        let (model, mut warnings) = model.map(|model| (model.xml, model.warnings)).unzip();
        let of_log = data.as_ref().map(|data| data.warnings.clone());
        warnings.get_or_insert_default().extend(of_log.unwrap_or_default());
        let Plan { mut steps, mut ids } = Plan::new(&self).await?;
        let upload = match dry_run {
            true => None,
            false => self.take_all(&mut steps, &mut ids, model, data).await?,
        };
        Ok(PublishResult {
            dry_run,
            steps: steps.into_iter().map(PublishStep::from).collect(),
            process_id: ids.process,
            dataset_id: ids.dataset,
            datatable_id: ids.datatable,
            mapping_id: ids.mapping,
            upload,
            warnings: warnings.unwrap_or_default(),
        })
    }

    /// Checks the file, before anything else is looked up. A dry run has no progress.
    async fn prepare(&mut self, dry_run: bool) -> Result<Option<Prepared>> {
        let Some(upload) = self.upload.take() else { return Ok(None) };
        let upload = upload.tenant_id(self.tenant_id.clone());
        let listener = if dry_run { Listener::default() } else { self.listener.clone() };
        self.upload.insert(upload.listener(listener)).prepare().await.map(Some)
    }

    async fn take_all(
        mut self,
        steps: &mut [Step],
        ids: &mut Ids,
        mut model: Option<String>,
        mut data: Option<Prepared>,
    ) -> Result<Option<UploadResult>> {
        let (mut result, mut done) = (None, Vec::new());
        for step in steps {
            let taken = match (step.kind, step.action) {
                (Kind::Bpmn, _) => self.send_model(model.take().unwrap_or_default(), ids).await,
                (Kind::Data, Action::Uploaded) => {
                    self.send_data(ids, data.take()).await.map(|proof| result = proof)
                }
                (_, Action::Created) => self.create(step, ids).await,
                _ => {
                    step.uses(ids);
                    Ok(())
                }
            };
            taken.map_err(|error| after(error, &done))?;
            done.extend(step.told());
        }
        Ok(result)
    }

    async fn create(&self, step: &mut Step, ids: &mut Ids) -> Result<()> {
        let (client, name) = (&self.client, step.name.clone());
        let id = match step.kind {
            Kind::Folder => self.create_process(name, ids, Some(FOLDER)).await?,
            Kind::Process => self.create_process(name, ids, None).await?,
            Kind::Dataset => self.call(client.create_dataset(name)).await?.id,
            Kind::Datatable => self.call(client.create_datatable(known(&ids.dataset), name)).await?.id,
            _ => {
                let (process, datatable) = (known(&ids.process), known(&ids.datatable));
                self.call(client.create_process_mapping(process, datatable)).await?.id
            }
        };
        step.id = Some(id);
        step.uses(ids);
        Ok(())
    }

    async fn create_process(&self, name: String, ids: &Ids, node_type: Option<&str>) -> Result<String> {
        let process = CreateProcess {
            display_name: name,
            tree_parent_id: ids.folder.clone(),
            tree_node_type: node_type.map(ToOwned::to_owned),
        };
        Ok(self.call(self.client.create_process(process)).await?.id)
    }

    async fn send_model(&self, model: String, ids: &Ids) -> Result<()> {
        self.call(self.client.put_checked_bpmn(known(&ids.process), model)).await.map(drop)
    }

    async fn send_data(&mut self, ids: &Ids, data: Option<Prepared>) -> Result<Option<UploadResult>> {
        let (Some(upload), Some(data)) = (self.upload.take(), data) else { return Ok(None) };
        upload.to(known(&ids.datatable), ids.dataset.clone()).send(data).await.map(Some)
    }

    /// A call in the tenant that is published in.
    fn call<T: FromAnswer>(&self, call: Call<T>) -> Call<T> {
        call.tenant_id(self.tenant_id.clone())
    }
}

impl IntoFuture for Publish {
    type Output = Result<PublishResult>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

/// An id that an earlier step has found or created.
fn known(id: &Option<String>) -> &str {
    id.as_deref().unwrap_or_default()
}

/// The error of a step, with what was done before it.
fn after(error: Error, done: &[String]) -> Error {
    if done.is_empty() {
        return error;
    }
    error.also(format!("Done before: {}. Another run goes on from there.", done.join(", ")))
}
