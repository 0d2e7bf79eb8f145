//! The client: one short method for every call of core's.

use std::future::IntoFuture;
use std::sync::OnceLock;

use napi::Env;
use napi::bindgen_prelude::{Object, PromiseRaw};
use napi_derive::napi;
use processmind::model::FromAnswer;
use processmind::{Call, ClientOptions, Transport, UploadResult};

use crate::convert::Request;
use crate::error::thrown;

/// A promise of the server's own JSON text.
type Json<'env> = PromiseRaw<'env, String>;

/// A client of one tenant. Every method takes one object: the call's arguments, and its ticket.
#[napi]
#[derive(Debug)]
pub struct Client(processmind::Client);

#[napi]
impl Client {
    /// A client with these options; nothing is sent.
    #[napi(constructor, ts_args_type = "request: { args: ClientOptions }")]
    pub fn new(env: &Env, request: Object) -> napi::Result<Self> {
        let options: ClientOptions = Request::new(env, request)?.options()?;
        let client =
            transport().and_then(|transport| processmind::Client::with_transport(options, transport));
        client.map(Self).map_err(|error| thrown(env, error))
    }

    /// Refuses every later call.
    #[napi]
    pub fn close(&self) {
        self.0.close();
    }

    /// The tenant of calls that name no other.
    #[napi(getter)]
    pub fn tenant_id(&self) -> String {
        self.0.tenant_id().to_owned()
    }

    /// Where the API is.
    #[napi(getter)]
    pub fn base_url(&self) -> String {
        self.0.base_url().to_owned()
    }

    /// `GET /tenant/{tenantId}`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_tenant<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        self.json(&Request::new(env, request)?, |client| client.get_tenant())
    }

    /// `GET /tenant/{tenantId}/processes`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_processes<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        self.json(&Request::new(env, request)?, |client| client.get_processes())
    }

    /// `POST /tenant/{tenantId}/processes`
    #[napi(ts_args_type = "request: Request")]
    pub fn create_process<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let process: processmind::CreateProcess = request.options()?;
        self.json(&request, |client| client.create_process(process))
    }

    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
    #[napi(ts_args_type = "request: Request")]
    pub fn upload_bpmn<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let (process_id, bpmn_xml) = (request.text("processId")?, request.text("bpmnXml")?);
        self.json(&request, |client| client.upload_bpmn(process_id, bpmn_xml))
    }

    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
    #[napi(ts_args_type = "request: Request")]
    pub fn upload_bpmn_file<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let (process_id, file_path) = (request.text("processId")?, request.text("filePath")?);
        self.json(&request, |client| client.upload_bpmn_file(process_id, file_path))
    }

    /// `GET /tenant/{tenantId}/processes/{processId}/mappings`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_process_mappings<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let process_id = request.text("processId")?;
        self.json(&request, |client| client.get_process_mappings(process_id))
    }

    /// `POST /tenant/{tenantId}/processes/{processId}/mappings`
    #[napi(ts_args_type = "request: Request")]
    pub fn create_process_mapping<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let (process_id, mapping) = (
            request.text("processId")?,
            request.options::<processmind::CreateProcessMapping>()?,
        );
        self.json(&request, |client| {
            client.create_process_mapping(process_id, mapping)
        })
    }

    /// `GET /tenant/{tenantId}/datasets`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_datasets<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        self.json(&Request::new(env, request)?, |client| client.get_datasets())
    }

    /// `POST /tenant/{tenantId}/datasets`
    #[napi(ts_args_type = "request: Request")]
    pub fn create_dataset<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let dataset: processmind::CreateDataset = request.options()?;
        self.json(&request, |client| client.create_dataset(dataset))
    }

    /// `GET /tenant/{tenantId}/datasets/{datasetId}`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_dataset<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let dataset_id = request.text("datasetId")?;
        self.json(&request, |client| client.get_dataset(dataset_id))
    }

    /// `GET /tenant/{tenantId}/datatables`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_datatables<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        self.json(&Request::new(env, request)?, |client| client.get_datatables())
    }

    /// `POST /tenant/{tenantId}/datasets/{datasetId}/datatables`
    #[napi(ts_args_type = "request: Request")]
    pub fn create_datatable<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let (dataset_id, display_name) = (request.text("datasetId")?, request.text("displayName")?);
        self.json(&request, |client| {
            client.create_datatable(dataset_id, display_name)
        })
    }

    /// `GET /tenant/{tenantId}/datatable/{datatableId}`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_datatable<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let datatable_id = request.text("datatableId")?;
        self.json(&request, |client| client.get_datatable(datatable_id))
    }

    /// `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_presigned_upload_url<'env>(
        &self,
        env: &'env Env,
        request: Object,
    ) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let call = self
            .0
            .get_presigned_upload_url(request.text("datatableId")?, request.options()?);
        let call = call
            .file(request.source()?)
            .tenant_id(request.optional_text("tenantId")?);
        request.promise(async move { Ok(call.await?.expose().to_owned()) })
    }

    /// Sends a file to a datatable and proves that its bytes are stored.
    #[napi(ts_args_type = "request: Request")]
    pub fn upload_file<'env>(
        &self,
        env: &'env Env,
        request: Object,
    ) -> napi::Result<PromiseRaw<'env, UploadResult>> {
        let request = Request::new(env, request)?;
        let (datatable_id, source) = (request.text("datatableId")?, request.required_source()?);
        let upload = self.0.upload_file(source, datatable_id, request.options()?);
        let upload = upload
            .tenant_id(request.optional_text("tenantId")?)
            .on_progress(request.progress()?);
        request.promise(upload.into_future())
    }

    /// The promise of a call. It is made off JavaScript's thread: making it may read a file.
    fn json<'env, T: FromAnswer>(
        &self,
        request: &Request<'env, '_>,
        call: impl FnOnce(&processmind::Client) -> Call<T> + Send + 'static,
    ) -> napi::Result<Json<'env>> {
        let (client, tenant_id) = (self.0.clone(), request.optional_text("tenantId")?);
        request.promise(async move { call(&client).tenant_id(tenant_id).json().await })
    }
}

/// The connections of this process: clients share them, so a helper that makes a client for one call finds
/// the connection of the last.
fn transport() -> processmind::Result<Transport> {
    static SHARED: OnceLock<Transport> = OnceLock::new();
    if let Some(shared) = SHARED.get() {
        return Ok(shared.clone());
    }
    let transport = Transport::new("node")?;
    Ok(SHARED.get_or_init(|| transport).clone())
}
