//! The native clients, blocking and awaited, from one list of calls.

use std::collections::HashMap;
use std::path::PathBuf;

use futures_util::future::BoxFuture;
use processmind::model::python::Json;
use processmind::model::{
    Dataset, DatasetSummary, Datatable, DatatableSummary, Mapping, Organization, OrganizationStatistics,
    OrganizationTenant, OrganizationUser, Process, Tenant, TenantStatistics, TenantUser, Untyped,
};
use processmind::{
    AddTenantUser, Call, Client as Core, ClientOptions, CreateDataset, CreateOrganizationTenant,
    CreateProcess, CreateProcessMapping, PresignedUrl, PresignedUrlOptions, PublishOptions, PublishResult,
    Result, UpdateOrganizationUser, UpdateProcess, UpdateProcessMapping, UpdateTenantUser,
    UploadFilesOptions, UploadOptions, UploadResult,
};
use pyo3::prelude::*;

use crate::convert::{Body, ColorId, Parent, Query};
use crate::frame::Frame;
use crate::input::{Input, PathOrBytes};
use crate::lists::Listed;
use crate::many::{Items, Uploaded};
use crate::process::Runs;
use crate::session::Session;
use crate::stream::Place;
use crate::wait::{self, Awaitable, Report};
use crate::warning::Warned;

type Text = Option<String>;
type Flag = Option<bool>;
type Columns = HashMap<String, String>;

/// Makes the two classes. A line is a call: its name, its arguments, what Python gets, the core's call, and what
/// turns the core's answer into Python's where that is not the same. Uploads tell how far they are.
macro_rules! calls {
    (
        uploads {
            $($upload:ident($($given:ident: $of:ty),*) -> $outcome:ty, |$py:ident, $tenant:ident| $start:expr;)*
        }
        $($name:ident($($argument:ident: $type:ty),*) -> $answer:ty, |$client:ident| $call:expr $(=> $convert:ident)?;)*
    ) => {
        /// A client whose calls wait.
        #[pyclass(frozen, module = "processmind._processmind")]
        pub(crate) struct Client(Session);

        /// A client whose calls are awaited.
        #[pyclass(frozen, module = "processmind._processmind")]
        pub(crate) struct AsyncClient(Session);

        class!(Client, Runs::Here, {
            $(fn $name(&self, py: Python<'_>, $($argument: $type,)* tenant_id: Text) -> PyResult<$answer> {
                wait::block(py, &self.0, move |$client| answered!($call.tenant_id(tenant_id) $(=> $convert)?))
            })*

            fn request(
                &self, py: Python<'_>, method: String, path: String, query: Option<Query>, body: Option<Body>,
            ) -> PyResult<Json> {
                wait::block(py, &self.0, move |client| answered!(request(&client, &method, path, query, body) => Json))
            }

            $(fn $upload(
                &self, $py: Python<'_>, $($given: $of,)* on_progress: Option<Py<PyAny>>, tenant_id: Text,
            ) -> PyResult<$outcome> {
                let $tenant = tenant_id;
                wait::block_upload($py, &self.0, on_progress, $start)
            })*
        });

        class!(AsyncClient, Runs::Beside, {
            $(fn $name<'py>(&self, py: Python<'py>, $($argument: $type,)* tenant_id: Text) -> PyResult<Awaitable<'py, $answer>> {
                wait::awaitable(py, &self.0, move |$client| answered!($call.tenant_id(tenant_id) $(=> $convert)?))
            })*

            fn request<'py>(
                &self, py: Python<'py>, method: String, path: String, query: Option<Query>, body: Option<Body>,
            ) -> PyResult<Awaitable<'py, Json>> {
                wait::awaitable(py, &self.0, move |client| answered!(request(&client, &method, path, query, body) => Json))
            }

            $(fn $upload<'py>(
                &self, $py: Python<'py>, $($given: $of,)* on_progress: Option<Py<PyAny>>, tenant_id: Text,
            ) -> PyResult<Awaitable<'py, $outcome>> {
                let $tenant = tenant_id;
                wait::awaitable_upload($py, &self.0, on_progress, $start)
            })*
        });
    };
}

/// A class with its calls and what both clients have.
macro_rules! class {
    ($class:ident, $runs:expr, { $($calls:item)* }) => {
        #[allow(clippy::too_many_arguments, reason = "a call has the arguments that it has")]
        #[pymethods]
        impl $class {
            #[new]
            fn new(py: Python<'_>, options: ClientOptions) -> PyResult<Self> {
                Ok(Self(Session::new(py, options, $runs)?))
            }

            /// What it was made with, and what the environment added, except for a key from there.
            #[getter]
            fn options(&self) -> ClientOptions {
                self.0.options()
            }

            #[getter]
            fn base_url(&self, py: Python<'_>) -> PyResult<String> {
                Ok(self.0.client(py, $runs)?.0.base_url().to_owned())
            }

            #[getter]
            fn tenant_id(&self, py: Python<'_>) -> PyResult<String> {
                Ok(self.0.client(py, $runs)?.0.tenant_id().to_owned())
            }

            /// The key as it may be shown.
            #[getter]
            fn redacted_api_key(&self, py: Python<'_>) -> PyResult<String> {
                Ok(self.0.client(py, $runs)?.0.redacted_api_key())
            }

            fn close(&self, py: Python<'_>) {
                self.0.close(py);
            }

            $($calls)*
        }
    };
}

/// A call, and what turns its answer into Python's. JSON comes as the text that it is.
macro_rules! answered {
    ($call:expr) => {
        wait::then($call, std::convert::identity)
    };
    ($call:expr => Json) => {
        wait::then($call.json(), Json)
    };
    ($call:expr => $convert:ident) => {
        wait::then($call, $convert)
    };
}

calls! {
    uploads {
        upload_file(file: Input, datatable_id: Text, options: UploadOptions) -> Warned<UploadResult>,
            |py, tenant_id| upload(py, file, options, datatable_id, tenant_id);
        upload_files(items: Items, concurrency: Option<i64>) -> Uploaded,
            |py, tenant_id| upload_all(items, concurrency, tenant_id);
        publish(file: Option<Input>, options: PublishOptions, bpmn: Option<PathBuf>) -> Warned<PublishResult>,
            |py, tenant_id| publish(py, file, options, bpmn, tenant_id);
        upload_dataframe(frame: Frame, datatable_id: Text, columns: Columns, options: UploadOptions) -> Warned<UploadResult>,
            |py, tenant_id| upload(py, Input::Frame(frame, columns), options, datatable_id, tenant_id);
    }

    get_tenant() -> Tenant, |client| client.get_tenant();
    update_tenant(display_name: String) -> Tenant, |client| client.update_tenant(display_name);
    get_tenant_statistics() -> TenantStatistics, |client| client.get_tenant_statistics();
    get_tenant_users() -> Listed<TenantUser>, |client| client.get_tenant_users() => Listed;
    add_tenant_user(
        email: String, first_name: Text, last_name: Text, is_active_in_tenant: Flag, is_admin_in_tenant: Flag,
        is_developer_in_tenant: Flag, id: Text, send_invitation_email: Flag
    ) -> TenantUser,
        |client| client.add_tenant_user(AddTenantUser {
            email, first_name, last_name, is_active_in_tenant, is_admin_in_tenant, is_developer_in_tenant, id,
            send_invitation_email,
        });
    update_tenant_user(
        user_id: String, is_active_in_tenant: Flag, is_admin_in_tenant: Flag, is_developer_in_tenant: Flag
    ) -> Json,
        |client| client.update_tenant_user(UpdateTenantUser {
            user_id, is_active_in_tenant, is_admin_in_tenant, is_developer_in_tenant,
        }) => Json;
    remove_tenant_user(user_id: String) -> Json, |client| client.remove_tenant_user(user_id) => Json;

    get_processes() -> Listed<Process>, |client| client.get_processes() => Listed;
    create_process(display_name: String, tree_parent_id: Text, tree_node_type: Text) -> Process,
        |client| client.create_process(CreateProcess { display_name, tree_parent_id, tree_node_type });
    get_process(process_id: String) -> Process, |client| client.get_process(process_id);
    update_process(process_id: String, display_name: Text, tree_parent_id: Parent) -> Json,
        |client| client.update_process(process_id, UpdateProcess { display_name, tree_parent_id: tree_parent_id.into() })
            => Json;
    delete_process(process_id: String) -> Json, |client| client.delete_process(process_id) => Json;
    upload_bpmn(process_id: String, bpmn_xml: String) -> Json,
        |client| client.upload_bpmn(process_id, bpmn_xml) => Json;
    upload_bpmn_file(process_id: String, file_path: PathBuf) -> Json,
        |client| client.upload_bpmn_file(process_id, file_path) => Json;

    get_process_mappings(process_id: String) -> Listed<Mapping>, |client| client.get_process_mappings(process_id) => Listed;
    create_process_mapping(
        process_id: String, datatable_id: String, display_name: Text, color: Option<ColorId>, show_by_default: Flag
    ) -> Mapping,
        |client| client.create_process_mapping(process_id, CreateProcessMapping {
            data_table_id: datatable_id, display_name, color: color.map(Into::into), show_by_default,
        });
    update_process_mapping(
        process_id: String, mapping_id: String, display_name: Text, color: Option<ColorId>, show_by_default: Flag
    ) -> Json,
        |client| client.update_process_mapping(process_id, UpdateProcessMapping {
            mapping_id, display_name, color: color.map(Into::into), show_by_default,
        }) => Json;
    delete_process_mapping(process_id: String, mapping_id: String) -> Json,
        |client| client.delete_process_mapping(process_id, mapping_id) => Json;

    get_datasets() -> Listed<DatasetSummary>, |client| client.get_datasets() => Listed;
    create_dataset(display_name: String, tree_parent_id: Text, tree_node_type: Text) -> Dataset,
        |client| client.create_dataset(CreateDataset { display_name, tree_parent_id, tree_node_type });
    get_dataset(dataset_id: String) -> Dataset, |client| client.get_dataset(dataset_id);
    delete_dataset(dataset_id: String) -> Json, |client| client.delete_dataset(dataset_id) => Json;

    get_datatables() -> Listed<DatatableSummary>, |client| client.get_datatables() => Listed;
    create_datatable(dataset_id: String, display_name: String) -> Datatable,
        |client| client.create_datatable(dataset_id, display_name);
    get_datatable(datatable_id: String) -> Datatable, |client| client.get_datatable(datatable_id);
    get_presigned_upload_url(datatable_id: String, options: PresignedUrlOptions, file: Option<PathOrBytes>) -> String,
        |client| client.get_presigned_upload_url(datatable_id, options).file(file.map(|file| file.0)) => exposed;

    get_organization() -> Organization, |client| client.get_organization();
    get_organization_statistics() -> OrganizationStatistics, |client| client.get_organization_statistics();
    get_organization_tenants() -> Listed<OrganizationTenant>, |client| client.get_organization_tenants() => Listed;
    create_organization_tenant(short_name: String, display_name: Text, description: Text) -> OrganizationTenant,
        |client| client.create_organization_tenant(CreateOrganizationTenant { short_name, display_name, description });
    delete_organization_tenant(target_tenant_id: String) -> Json,
        |client| client.delete_organization_tenant(target_tenant_id) => Json;
    get_organization_users() -> Listed<OrganizationUser>, |client| client.get_organization_users() => Listed;
    update_organization_user(user_id: String, is_active_in_organization: Flag, is_admin_in_organization: Flag) -> Json,
        |client| client.update_organization_user(UpdateOrganizationUser {
            user_id, is_active_in_organization, is_admin_in_organization,
        }) => Json;
    remove_organization_user(user_id: String) -> Json, |client| client.remove_organization_user(user_id) => Json;
}

fn exposed(url: PresignedUrl) -> String {
    url.expose().to_owned()
}

fn request(
    client: &Core,
    method: &str,
    path: String,
    query: Option<Query>,
    body: Option<Body>,
) -> Call<Untyped> {
    client.request_json(method, path, query.map(|query| query.0).unwrap_or_default(), body.map(|body| body.0))
}

fn upload(
    py: Python<'_>,
    file: Input,
    mut options: UploadOptions,
    datatable_id: Text,
    tenant_id: Text,
) -> impl FnOnce(Core, Place, Report) -> BoxFuture<'static, Result<Warned<UploadResult>>> + Send + 'static {
    options.file_name = options.file_name.or_else(|| file.file_name(py));
    move |client, place, report| {
        let upload = client.upload_file(file.source(place), datatable_id.unwrap_or_default(), options);
        Box::pin(wait::then(upload.tenant_id(tenant_id).on_progress(report), Warned))
    }
}

fn upload_all(
    items: Items,
    concurrency: Option<i64>,
    tenant_id: Text,
) -> impl FnOnce(Core, Place, Report) -> BoxFuture<'static, Result<Uploaded>> + Send + 'static {
    move |client, place, report| {
        let items = items.uploads(&place, tenant_id.as_deref());
        let uploads = client.upload_files(items, UploadFilesOptions { concurrency }).on_progress(report);
        Box::pin(wait::then(uploads, Uploaded))
    }
}

fn publish(
    py: Python<'_>,
    file: Option<Input>,
    mut options: PublishOptions,
    bpmn: Option<PathBuf>,
    tenant_id: Text,
) -> impl FnOnce(Core, Place, Report) -> BoxFuture<'static, Result<Warned<PublishResult>>> + Send + 'static {
    options.bpmn = bpmn.map(|bpmn| bpmn.to_string_lossy().into_owned());
    options.file_name = options.file_name.or_else(|| file.as_ref().and_then(|file| file.file_name(py)));
    move |client, place, report| {
        let publish = client.publish(options).tenant_id(tenant_id);
        let publish = match file {
            Some(file) => publish.file(file.source(place)).on_progress(report),
            None => publish,
        };
        Box::pin(wait::then(publish, Warned))
    }
}
