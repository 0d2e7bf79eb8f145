//! The helpers that are arguments in and JSON out, from one list: a line is a command, what it takes, and core's call.

use clap::Subcommand;
use processmind::model::Change;
use processmind::{
    AddTenantUser, Client, CreateDataset, CreateOrganizationTenant, CreateProcess, CreateProcessMapping,
    Result, UpdateOrganizationUser, UpdateProcess, UpdateProcessMapping, UpdateTenantUser,
};

use crate::arguments::{
    BpmnXml, DatasetId, DatatableId, DisplayName, FilePath, MappingId, ProcessChange, ProcessId,
    TargetTenantId, UserId,
};
use crate::upload::text_of;

macro_rules! calls {
    ($($(#[$doc:meta])* $name:ident($($argument:ident: $type:ty),*) |$client:ident| $call:expr;)*) => {
        /// A helper with its arguments.
        #[derive(Debug, Subcommand)]
        pub enum Call {
            $($(#[$doc])* $name { $(#[command(flatten)] $argument: $type,)* },)*
        }

        impl Call {
            /// The call with what `-` stands for.
            pub async fn with_stdin(mut self) -> Result<Self> {
                if let Self::UploadBpmn { model, .. } = &mut self {
                    model.bpmn_xml = text_of(std::mem::take(&mut model.bpmn_xml)).await?;
                }
                Ok(self)
            }

            /// Makes the call; gives the server's own JSON.
            pub async fn json(self, client: &Client) -> Result<String> {
                match self {
                    $(Self::$name { $($argument,)* } => { let $client = client; $call.json().await })*
                }
            }
        }
    };
}

calls! {
    /// Lists the tenant's processes and their folders.
    GetProcesses() |client| client.get_processes();
    /// Reads a process.
    GetProcess(process: ProcessId) |client| client.get_process(process.process_id);
    /// Creates a process, or a folder for processes.
    CreateProcess(process: CreateProcess) |client| client.create_process(process);
    /// Renames a process, or moves it to another folder.
    UpdateProcess(process: ProcessId, change: ProcessChange)
        |client| client.update_process(process.process_id, changed(change));
    /// Deletes a process with its model and its mappings. This can't be undone.
    DeleteProcess(process: ProcessId) |client| client.delete_process(process.process_id);
    /// Gives a process its BPMN 2.0 model, replacing the one it has.
    UploadBpmn(process: ProcessId, model: BpmnXml) |client| client.upload_bpmn(process.process_id, model.bpmn_xml);
    /// Gives a process the BPMN 2.0 model of a file, replacing the one it has.
    UploadBpmnFile(process: ProcessId, file: FilePath)
        |client| client.upload_bpmn_file(process.process_id, file.file_path);

    /// Lists the datatables that are mapped to a process.
    GetProcessMappings(process: ProcessId) |client| client.get_process_mappings(process.process_id);
    /// Maps a datatable to a process, which needs a BPMN model first.
    CreateProcessMapping(process: ProcessId, mapping: CreateProcessMapping)
        |client| client.create_process_mapping(process.process_id, mapping);
    /// Changes how a mapping is shown.
    UpdateProcessMapping(process: ProcessId, mapping: UpdateProcessMapping)
        |client| client.update_process_mapping(process.process_id, mapping);
    /// Takes a datatable off a process.
    DeleteProcessMapping(process: ProcessId, mapping: MappingId)
        |client| client.delete_process_mapping(process.process_id, mapping.mapping_id);

    /// Lists the tenant's datasets.
    GetDatasets() |client| client.get_datasets();
    /// Reads a dataset with the datatables it holds.
    GetDataset(dataset: DatasetId) |client| client.get_dataset(dataset.dataset_id);
    /// Creates a dataset, or a folder for datasets.
    CreateDataset(dataset: CreateDataset) |client| client.create_dataset(dataset);
    /// Deletes a dataset with all its datatables and their data. This can't be undone.
    DeleteDataset(dataset: DatasetId) |client| client.delete_dataset(dataset.dataset_id);

    /// Lists the tenant's datatables.
    GetDatatables() |client| client.get_datatables();
    /// Reads a datatable with its columns.
    GetDatatable(datatable: DatatableId) |client| client.get_datatable(datatable.datatable_id);
    /// Creates an empty datatable in a dataset.
    CreateDatatable(dataset: DatasetId, name: DisplayName)
        |client| client.create_datatable(dataset.dataset_id, name.display_name);

    /// Reads the tenant.
    GetTenant() |client| client.get_tenant();
    /// Renames the tenant.
    UpdateTenant(name: DisplayName) |client| client.update_tenant(name.display_name);
    /// Counts what the tenant holds.
    GetTenantStatistics() |client| client.get_tenant_statistics();
    /// Lists the tenant's users.
    GetTenantUsers() |client| client.get_tenant_users();
    /// Adds a user to the tenant.
    AddTenantUser(user: AddTenantUser) |client| client.add_tenant_user(user);
    /// Changes what a user may do in the tenant.
    UpdateTenantUser(user: UpdateTenantUser) |client| client.update_tenant_user(user);
    /// Removes a user from the tenant.
    RemoveTenantUser(user: UserId) |client| client.remove_tenant_user(user.user_id);

    /// Reads the organization that the tenant belongs to.
    GetOrganization() |client| client.get_organization();
    /// Counts what the organization holds.
    GetOrganizationStatistics() |client| client.get_organization_statistics();
    /// Lists the organization's tenants.
    GetOrganizationTenants() |client| client.get_organization_tenants();
    /// Creates a tenant in the organization.
    CreateOrganizationTenant(tenant: CreateOrganizationTenant) |client| client.create_organization_tenant(tenant);
    /// Deletes a tenant of the organization with all it holds. This can't be undone.
    DeleteOrganizationTenant(tenant: TargetTenantId)
        |client| client.delete_organization_tenant(tenant.target_tenant_id);
    /// Lists the organization's users.
    GetOrganizationUsers() |client| client.get_organization_users();
    /// Changes what a user may do in the organization.
    UpdateOrganizationUser(user: UpdateOrganizationUser) |client| client.update_organization_user(user);
    /// Removes a user from the organization.
    RemoveOrganizationUser(user: UserId) |client| client.remove_organization_user(user.user_id);
}

fn changed(change: ProcessChange) -> UpdateProcess {
    let ProcessChange { display_name, tree_parent_id, root } = change;
    let tree_parent_id = match tree_parent_id {
        Some(id) => Change::Set(id),
        None if root => Change::Clear,
        None => Change::Keep,
    };
    UpdateProcess { display_name, tree_parent_id }
}
