//! The client: one short method for every call of core's.

use std::borrow::Cow;
use std::future::IntoFuture;
use std::sync::LazyLock;

use futures_util::TryFutureExt;
use napi::Env;
use napi::bindgen_prelude::{Either, Latin1String, Object, PromiseRaw};
use napi_derive::napi;
use processmind::model::{FromAnswer, exact_integers};
use processmind::{Call, ClientOptions, PublishResult, Transport, UpdateProcess, UploadResult};

use crate::convert::{Request, in_camel_case};
use crate::error::thrown;
use crate::many::Outcomes;

/// A promise of the server's own JSON text.
type Json<'env> = PromiseRaw<'env, Text>;
/// Mostly it is ASCII, which JavaScript takes as it is; other text it has to decode.
type Text = Either<Latin1String, String>;

/// `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE_INTEGER: i128 = (1 << 53) - 1;

/// A client of one tenant. Every method takes one object: the call's arguments, and its ticket.
#[napi]
#[derive(Debug)]
pub struct Client(processmind::Client);

#[napi]
impl Client {
    /// A client with these options; nothing is sent.
    #[napi(constructor, ts_args_type = "request: { args: ClientOptions }")]
    pub fn new(env: &Env, request: Object) -> napi::Result<Self> {
        let request = Request::new(env, request)?;
        let options: ClientOptions = request.options()?;
        request.refuse_unknown()?;
        let client = processmind::Client::with_transport(options, &TRANSPORT);
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

    /// `PUT /tenant/{tenantId}/processes/{processId}`
    #[napi(ts_args_type = "request: Request")]
    pub fn update_process<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let (display_name, tree_parent_id) =
            (request.optional_text("displayName")?, request.change("treeParentId")?);
        let (process_id, process) =
            (request.text("processId")?, UpdateProcess { display_name, tree_parent_id });
        Self::json(&request, self.0.update_process(process_id, process))
    }

    /// `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`
    #[napi(ts_args_type = "request: Request")]
    pub fn get_presigned_upload_url<'env>(
        &self,
        env: &'env Env,
        request: Object,
    ) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let call = self.0.get_presigned_upload_url(request.text("datatableId")?, request.options()?);
        let call = call.file(request.source()?).tenant_id(request.optional_text("tenantId")?);
        request.promise(async move { Ok(text(call.await?.expose().to_owned())) })
    }

    /// Sends a file to a datatable and proves that its bytes are stored.
    #[napi(ts_args_type = "request: Request")]
    pub fn upload_file<'env>(
        &self,
        env: &'env Env,
        request: Object,
    ) -> napi::Result<PromiseRaw<'env, UploadResult>> {
        let request = Request::new(env, request)?;
        let (datatable_id, source) = (request.optional_text("datatableId")?, request.required_source()?);
        let upload = self.0.upload_file(source, datatable_id.unwrap_or_default(), request.options()?);
        let upload = upload.tenant_id(request.optional_text("tenantId")?).on_progress(request.progress()?);
        request.promise(upload.into_future())
    }

    /// Sends many files to datatables. One that fails does not stop the others.
    #[napi(ts_args_type = "request: Request & { items: Array<UploadItem> }")]
    pub fn upload_files<'env>(
        &self,
        env: &'env Env,
        request: Object,
    ) -> napi::Result<PromiseRaw<'env, Outcomes>> {
        let request = Request::new(env, request)?;
        let uploads = self.0.upload_files(request.items()?, request.options()?);
        let uploads = uploads.on_progress(request.progress()?).into_future();
        request.promise(uploads.map_ok(Outcomes::from))
    }

    /// Brings a process, its model, its data and their mapping into place.
    #[napi(ts_args_type = "request: Request")]
    pub fn publish<'env>(
        &self,
        env: &'env Env,
        request: Object,
    ) -> napi::Result<PromiseRaw<'env, PublishResult>> {
        let request = Request::new(env, request)?;
        let publish = self.0.publish(request.options()?).tenant_id(request.optional_text("tenantId")?);
        let progress = request.progress()?;
        request.promise(match request.source()? {
            Some(source) => publish.file(source).on_progress(progress).into_future(),
            None => publish.into_future(),
        })
    }

    /// A request that there is no call for; `body` is JSON text.
    #[napi(ts_args_type = "request: Request")]
    pub fn request<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
        let request = Request::new(env, request)?;
        let (method, path) = (request.text("method")?, request.text("path")?);
        let (query, body) = (request.pairs("query")?, request.optional_text("body")?);
        request.promise(self.0.request_json(&method, path, query, body).json().map_ok(json_text))
    }

    /// The promise of a call, to the tenant that the caller names.
    fn json<'env, T: FromAnswer>(request: &Request<'env, '_>, call: Call<T>) -> napi::Result<Json<'env>> {
        let call = call.tenant_id(request.optional_text("tenantId")?);
        request.promise(call.json().map_ok(json_text))
    }
}

/// JSON that JavaScript reads without loss: an integer that is not one of its safe ones becomes a string.
fn json_text(json: String) -> Text {
    text(match exact_integers(json.as_bytes(), -MAX_SAFE_INTEGER, MAX_SAFE_INTEGER) {
        Cow::Borrowed(_) => json,
        Cow::Owned(exact) => String::from_utf8_lossy(&exact).into_owned(),
    })
}

fn text(text: String) -> Text {
    if text.is_ascii() { Either::A(text.into()) } else { Either::B(text) }
}

/// The calls that are arguments in and JSON out. An argument is a text, or all that core defines for the call.
macro_rules! calls {
    ($($(#[$doc:meta])* $call:ident($($argument:ident: $kind:ident),*);)*) => {
        #[napi]
        impl Client {
            $(
                $(#[$doc])*
                #[napi(ts_args_type = "request: Request")]
                pub fn $call<'env>(&self, env: &'env Env, request: Object) -> napi::Result<Json<'env>> {
                    let request = Request::new(env, request)?;
                    $(let $argument = argument!(request, $argument: $kind);)*
                    Self::json(&request, self.0.$call($($argument),*))
                }
            )*
        }
    };
}

macro_rules! argument {
    ($request:ident, $name:ident: Text) => {
        $request.text(&in_camel_case(stringify!($name)))?
    };
    ($request:ident, $name:ident: $options:ident) => {
        $request.options::<processmind::$options>()?
    };
}

calls! {
    /// `GET /tenant/{tenantId}`
    get_tenant();
    /// `PUT /tenant/{tenantId}`
    update_tenant(display_name: Text);
    /// `GET /tenant/{tenantId}/statistics`
    get_tenant_statistics();
    /// `GET /tenant/{tenantId}/users`
    get_tenant_users();
    /// `POST /tenant/{tenantId}/users`
    add_tenant_user(user: AddTenantUser);
    /// `PUT /tenant/{tenantId}/users`
    update_tenant_user(user: UpdateTenantUser);
    /// `DELETE /tenant/{tenantId}/users`
    remove_tenant_user(user_id: Text);
    /// `GET /tenant/{tenantId}/processes`
    get_processes();
    /// `POST /tenant/{tenantId}/processes`
    create_process(process: CreateProcess);
    /// `GET /tenant/{tenantId}/processes/{processId}`
    get_process(process_id: Text);
    /// `DELETE /tenant/{tenantId}/processes/{processId}`
    delete_process(process_id: Text);
    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
    upload_bpmn(process_id: Text, bpmn_xml: Text);
    /// `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
    upload_bpmn_file(process_id: Text, file_path: Text);
    /// `GET /tenant/{tenantId}/processes/{processId}/mappings`
    get_process_mappings(process_id: Text);
    /// `POST /tenant/{tenantId}/processes/{processId}/mappings`
    create_process_mapping(process_id: Text, mapping: CreateProcessMapping);
    /// `PUT /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`
    update_process_mapping(process_id: Text, mapping: UpdateProcessMapping);
    /// `DELETE /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`
    delete_process_mapping(process_id: Text, mapping_id: Text);
    /// `GET /tenant/{tenantId}/datasets`
    get_datasets();
    /// `POST /tenant/{tenantId}/datasets`
    create_dataset(dataset: CreateDataset);
    /// `GET /tenant/{tenantId}/datasets/{datasetId}`
    get_dataset(dataset_id: Text);
    /// `DELETE /tenant/{tenantId}/datasets/{datasetId}`
    delete_dataset(dataset_id: Text);
    /// `GET /tenant/{tenantId}/datatables`
    get_datatables();
    /// `POST /tenant/{tenantId}/datasets/{datasetId}/datatables`
    create_datatable(dataset_id: Text, display_name: Text);
    /// `GET /tenant/{tenantId}/datatable/{datatableId}`
    get_datatable(datatable_id: Text);
    /// `GET /tenant/{tenantId}/organization`
    get_organization();
    /// `GET /tenant/{tenantId}/organization/statistics`
    get_organization_statistics();
    /// `GET /tenant/{tenantId}/organization/tenants`
    get_organization_tenants();
    /// `POST /tenant/{tenantId}/organization/tenants`
    create_organization_tenant(tenant: CreateOrganizationTenant);
    /// `DELETE /tenant/{tenantId}/organization/tenants/{targetTenantId}`
    delete_organization_tenant(target_tenant_id: Text);
    /// `GET /tenant/{tenantId}/organization/users`
    get_organization_users();
    /// `PUT /tenant/{tenantId}/organization/users`
    update_organization_user(user: UpdateOrganizationUser);
    /// `DELETE /tenant/{tenantId}/organization/users`
    remove_organization_user(user_id: Text);
}

/// The connections of this process: clients share them, so a helper that makes a client for one call finds
/// the connection of the last.
static TRANSPORT: LazyLock<Transport> =
    LazyLock::new(|| Transport::new("node").ca_variables(&["NODE_EXTRA_CA_CERTS"]));
