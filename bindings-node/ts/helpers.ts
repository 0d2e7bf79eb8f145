// The vendor's helpers: each call as a function of one object, with the account in it.

import type { Account } from './arguments.js';
import { Client } from './client.js';

/** A method of {@link Client} as a function that takes the account, too. */
export type Helper<Name extends keyof Client> = Client[Name] extends (args: infer Args) => infer Result
  ? (args: Account & Args) => Result
  : never;

async function connect({ apiKey, tenantId, apiUrl }: Account = {}): Promise<Client> {
  return new Client({ apiKey, tenantId, baseUrl: apiUrl });
}

/** Reads the tenant. See {@link Client.getTenant}. */
export const getTenant: Helper<'getTenant'> = async (args) => (await connect(args)).getTenant(args);

/** Renames the tenant. See {@link Client.updateTenant}. */
export const updateTenant: Helper<'updateTenant'> = async (args) => (await connect(args)).updateTenant(args);

/** Counts what the tenant holds. See {@link Client.getTenantStatistics}. */
export const getTenantStatistics: Helper<'getTenantStatistics'> = async (args) =>
  (await connect(args)).getTenantStatistics(args);

/** Lists the tenant's users. See {@link Client.getTenantUsers}. */
export const getTenantUsers: Helper<'getTenantUsers'> = async (args) => (await connect(args)).getTenantUsers(args);

/** Adds a user to the tenant. See {@link Client.addTenantUser}. */
export const addTenantUser: Helper<'addTenantUser'> = async (args) => (await connect(args)).addTenantUser(args);

/** Changes what a user may do in the tenant. See {@link Client.updateTenantUser}. */
export const updateTenantUser: Helper<'updateTenantUser'> = async (args) =>
  (await connect(args)).updateTenantUser(args);

/** Removes a user from the tenant. See {@link Client.removeTenantUser}. */
export const removeTenantUser: Helper<'removeTenantUser'> = async (args) =>
  (await connect(args)).removeTenantUser(args);

/** Lists the tenant's processes and their folders. See {@link Client.getProcesses}. */
export const getProcesses: Helper<'getProcesses'> = async (args) => (await connect(args)).getProcesses(args);

/** Creates a process, or a folder for processes. See {@link Client.createProcess}. */
export const createProcess: Helper<'createProcess'> = async (args) => (await connect(args)).createProcess(args);

/** Reads a process, or a folder. See {@link Client.getProcess}. */
export const getProcess: Helper<'getProcess'> = async (args) => (await connect(args)).getProcess(args);

/** Renames a process, or moves it to another folder. See {@link Client.updateProcess}. */
export const updateProcess: Helper<'updateProcess'> = async (args) => (await connect(args)).updateProcess(args);

/** Deletes a process with its model and its mappings. See {@link Client.deleteProcess}. */
export const deleteProcess: Helper<'deleteProcess'> = async (args) => (await connect(args)).deleteProcess(args);

/** Gives a process its BPMN 2.0 model. See {@link Client.uploadBpmn}. */
export const uploadBpmn: Helper<'uploadBpmn'> = async (args) => (await connect(args)).uploadBpmn(args);

/** Gives a process the BPMN 2.0 model of a file. See {@link Client.uploadBpmnFile}. */
export const uploadBpmnFile: Helper<'uploadBpmnFile'> = async (args) => (await connect(args)).uploadBpmnFile(args);

/** Lists the datatables that are mapped to a process. See {@link Client.getProcessMappings}. */
export const getProcessMappings: Helper<'getProcessMappings'> = async (args) =>
  (await connect(args)).getProcessMappings(args);

/** Maps a datatable to a process, which needs a BPMN model first. See {@link Client.createProcessMapping}. */
export const createProcessMapping: Helper<'createProcessMapping'> = async (args) =>
  (await connect(args)).createProcessMapping(args);

/** Changes how a mapping is shown. See {@link Client.updateProcessMapping}. */
export const updateProcessMapping: Helper<'updateProcessMapping'> = async (args) =>
  (await connect(args)).updateProcessMapping(args);

/** Takes a datatable off a process. See {@link Client.deleteProcessMapping}. */
export const deleteProcessMapping: Helper<'deleteProcessMapping'> = async (args) =>
  (await connect(args)).deleteProcessMapping(args);

/** Lists the tenant's datasets. See {@link Client.getDatasets}. */
export const getDatasets: Helper<'getDatasets'> = async (args) => (await connect(args)).getDatasets(args);

/** Creates a dataset, or a folder for datasets. See {@link Client.createDataset}. */
export const createDataset: Helper<'createDataset'> = async (args) => (await connect(args)).createDataset(args);

/** Reads a dataset with the datatables it holds. See {@link Client.getDataset}. */
export const getDataset: Helper<'getDataset'> = async (args) => (await connect(args)).getDataset(args);

/** Deletes a dataset with all its datatables and their data. See {@link Client.deleteDataset}. */
export const deleteDataset: Helper<'deleteDataset'> = async (args) => (await connect(args)).deleteDataset(args);

/** Lists the tenant's datatables. See {@link Client.getDatatables}. */
export const getDatatables: Helper<'getDatatables'> = async (args) => (await connect(args)).getDatatables(args);

/** Creates an empty datatable in a dataset. See {@link Client.createDatatable}. */
export const createDatatable: Helper<'createDatatable'> = async (args) => (await connect(args)).createDatatable(args);

/** Reads a datatable with its columns. See {@link Client.getDatatable}. */
export const getDatatable: Helper<'getDatatable'> = async (args) => (await connect(args)).getDatatable(args);

/** Asks for a URL to which a file may be put without a key. See {@link Client.getPresignedUploadUrl}. */
export const getPresignedUploadUrl: Helper<'getPresignedUploadUrl'> = async (args) =>
  (await connect(args)).getPresignedUploadUrl(args);

/**
 * Sends a file to a datatable and proves that its bytes are stored. See {@link Client.uploadFile}.
 *
 * @example
 * await uploadFile({ apiKey, tenantId, datatableId, file });
 */
export const uploadFile: Helper<'uploadFile'> = async (args) => (await connect(args)).uploadFile(args);

/** {@link uploadFile} by its other name. */
export const uploadFileToProcessMind: Helper<'uploadFileToProcessMind'> = uploadFile;

/** Reads the organization that the tenant belongs to. See {@link Client.getOrganization}. */
export const getOrganization: Helper<'getOrganization'> = async (args) => (await connect(args)).getOrganization(args);

/** Counts what the organization holds. See {@link Client.getOrganizationStatistics}. */
export const getOrganizationStatistics: Helper<'getOrganizationStatistics'> = async (args) =>
  (await connect(args)).getOrganizationStatistics(args);

/** Lists the organization's tenants. See {@link Client.getOrganizationTenants}. */
export const getOrganizationTenants: Helper<'getOrganizationTenants'> = async (args) =>
  (await connect(args)).getOrganizationTenants(args);

/** Creates a tenant in the organization. See {@link Client.createOrganizationTenant}. */
export const createOrganizationTenant: Helper<'createOrganizationTenant'> = async (args) =>
  (await connect(args)).createOrganizationTenant(args);

/** Deletes a tenant of the organization with all it holds. See {@link Client.deleteOrganizationTenant}. */
export const deleteOrganizationTenant: Helper<'deleteOrganizationTenant'> = async (args) =>
  (await connect(args)).deleteOrganizationTenant(args);

/** Lists the organization's users. See {@link Client.getOrganizationUsers}. */
export const getOrganizationUsers: Helper<'getOrganizationUsers'> = async (args) =>
  (await connect(args)).getOrganizationUsers(args);

/** Changes what a user may do in the organization. See {@link Client.updateOrganizationUser}. */
export const updateOrganizationUser: Helper<'updateOrganizationUser'> = async (args) =>
  (await connect(args)).updateOrganizationUser(args);

/** Removes a user from the organization. See {@link Client.removeOrganizationUser}. */
export const removeOrganizationUser: Helper<'removeOrganizationUser'> = async (args) =>
  (await connect(args)).removeOrganizationUser(args);
