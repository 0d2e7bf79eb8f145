// The vendor's helpers: each call as a function of one object, with the account in it.

import type { Account } from './arguments.js';
import { Client } from './client.js';

/** A method of {@link Client} as a function that takes the account, too. */
export type Helper<Name extends keyof Client> = Client[Name] extends (args: infer Args) => infer Result
  ? (args: Account & Args) => Result
  : never;

/** Makes a call on a client of the account; its arguments are the helper's without the key and the URL. */
async function on<Args, T>(args: Account & Args, call: (client: Client, own: Args) => Promise<T>): Promise<T> {
  const { apiKey, apiUrl, onLog, ...own } = args ?? {};
  const client = new Client({ apiKey, tenantId: own.tenantId, baseUrl: apiUrl, onLog });
  return call(client, own as Args);
}

/** Reads the tenant. See {@link Client.getTenant}. */
export const getTenant: Helper<'getTenant'> = (args) => on(args, (client, own) => client.getTenant(own));

/** Renames the tenant. See {@link Client.updateTenant}. */
export const updateTenant: Helper<'updateTenant'> = (args) => on(args, (client, own) => client.updateTenant(own));

/** Counts what the tenant holds. See {@link Client.getTenantStatistics}. */
export const getTenantStatistics: Helper<'getTenantStatistics'> = (args) =>
  on(args, (client, own) => client.getTenantStatistics(own));

/** Lists the tenant's users. See {@link Client.getTenantUsers}. */
export const getTenantUsers: Helper<'getTenantUsers'> = (args) => on(args, (client, own) => client.getTenantUsers(own));

/** Adds a user to the tenant. See {@link Client.addTenantUser}. */
export const addTenantUser: Helper<'addTenantUser'> = (args) => on(args, (client, own) => client.addTenantUser(own));

/** Changes what a user may do in the tenant. See {@link Client.updateTenantUser}. */
export const updateTenantUser: Helper<'updateTenantUser'> = (args) =>
  on(args, (client, own) => client.updateTenantUser(own));

/** Removes a user from the tenant. See {@link Client.removeTenantUser}. */
export const removeTenantUser: Helper<'removeTenantUser'> = (args) =>
  on(args, (client, own) => client.removeTenantUser(own));

/** Lists the tenant's processes and their folders. See {@link Client.getProcesses}. */
export const getProcesses: Helper<'getProcesses'> = (args) => on(args, (client, own) => client.getProcesses(own));

/** Creates a process, or a folder for processes. See {@link Client.createProcess}. */
export const createProcess: Helper<'createProcess'> = (args) => on(args, (client, own) => client.createProcess(own));

/** Reads a process, or a folder. See {@link Client.getProcess}. */
export const getProcess: Helper<'getProcess'> = (args) => on(args, (client, own) => client.getProcess(own));

/** Renames a process, or moves it to another folder. See {@link Client.updateProcess}. */
export const updateProcess: Helper<'updateProcess'> = (args) => on(args, (client, own) => client.updateProcess(own));

/** Deletes a process with its model and its mappings. See {@link Client.deleteProcess}. */
export const deleteProcess: Helper<'deleteProcess'> = (args) => on(args, (client, own) => client.deleteProcess(own));

/** Gives a process its BPMN 2.0 model. See {@link Client.uploadBpmn}. */
export const uploadBpmn: Helper<'uploadBpmn'> = (args) => on(args, (client, own) => client.uploadBpmn(own));

/** Gives a process the BPMN 2.0 model of a file. See {@link Client.uploadBpmnFile}. */
export const uploadBpmnFile: Helper<'uploadBpmnFile'> = (args) => on(args, (client, own) => client.uploadBpmnFile(own));

/** Lists the datatables that are mapped to a process. See {@link Client.getProcessMappings}. */
export const getProcessMappings: Helper<'getProcessMappings'> = (args) =>
  on(args, (client, own) => client.getProcessMappings(own));

/** Maps a datatable to a process, which needs a BPMN model first. See {@link Client.createProcessMapping}. */
export const createProcessMapping: Helper<'createProcessMapping'> = (args) =>
  on(args, (client, own) => client.createProcessMapping(own));

/** Changes how a mapping is shown. See {@link Client.updateProcessMapping}. */
export const updateProcessMapping: Helper<'updateProcessMapping'> = (args) =>
  on(args, (client, own) => client.updateProcessMapping(own));

/** Takes a datatable off a process. See {@link Client.deleteProcessMapping}. */
export const deleteProcessMapping: Helper<'deleteProcessMapping'> = (args) =>
  on(args, (client, own) => client.deleteProcessMapping(own));

/** Lists the tenant's datasets. See {@link Client.getDatasets}. */
export const getDatasets: Helper<'getDatasets'> = (args) => on(args, (client, own) => client.getDatasets(own));

/** Creates a dataset, or a folder for datasets. See {@link Client.createDataset}. */
export const createDataset: Helper<'createDataset'> = (args) => on(args, (client, own) => client.createDataset(own));

/** Reads a dataset with the datatables it holds. See {@link Client.getDataset}. */
export const getDataset: Helper<'getDataset'> = (args) => on(args, (client, own) => client.getDataset(own));

/** Deletes a dataset with all its datatables and their data. See {@link Client.deleteDataset}. */
export const deleteDataset: Helper<'deleteDataset'> = (args) => on(args, (client, own) => client.deleteDataset(own));

/** Lists the tenant's datatables. See {@link Client.getDatatables}. */
export const getDatatables: Helper<'getDatatables'> = (args) => on(args, (client, own) => client.getDatatables(own));

/** Creates an empty datatable in a dataset. See {@link Client.createDatatable}. */
export const createDatatable: Helper<'createDatatable'> = (args) =>
  on(args, (client, own) => client.createDatatable(own));

/** Reads a datatable with its columns. See {@link Client.getDatatable}. */
export const getDatatable: Helper<'getDatatable'> = (args) => on(args, (client, own) => client.getDatatable(own));

/** Asks for a URL to which a file may be put without a key. See {@link Client.getPresignedUploadUrl}. */
export const getPresignedUploadUrl: Helper<'getPresignedUploadUrl'> = (args) =>
  on(args, (client, own) => client.getPresignedUploadUrl(own));

/**
 * Sends a file to a datatable and proves that its bytes are stored. See {@link Client.uploadFile}.
 *
 * @example
 * await uploadFile({ apiKey, tenantId, datatableId, file });
 */
export const uploadFile: Helper<'uploadFile'> = (args) => on(args, (client, own) => client.uploadFile(own));

/** {@link uploadFile} by its other name. */
export const uploadFileToProcessMind: Helper<'uploadFileToProcessMind'> = uploadFile;

/** Sends many files to datatables; one that fails does not stop the others. See {@link Client.uploadFiles}. */
export const uploadFiles: Helper<'uploadFiles'> = (args) => on(args, (client, own) => client.uploadFiles(own));

/** Sends a table to a datatable as CSV. See {@link Client.uploadDataframe}. */
export const uploadDataframe: Helper<'uploadDataframe'> = (args) =>
  on(args, (client, own) => client.uploadDataframe(own));

/** Brings a process, its model, its data and their mapping into place. See {@link Client.publish}. */
export const publish: Helper<'publish'> = (args) => on(args, (client, own) => client.publish(own));

/** Reads the organization that the tenant belongs to. See {@link Client.getOrganization}. */
export const getOrganization: Helper<'getOrganization'> = (args) =>
  on(args, (client, own) => client.getOrganization(own));

/** Counts what the organization holds. See {@link Client.getOrganizationStatistics}. */
export const getOrganizationStatistics: Helper<'getOrganizationStatistics'> = (args) =>
  on(args, (client, own) => client.getOrganizationStatistics(own));

/** Lists the organization's tenants. See {@link Client.getOrganizationTenants}. */
export const getOrganizationTenants: Helper<'getOrganizationTenants'> = (args) =>
  on(args, (client, own) => client.getOrganizationTenants(own));

/** Creates a tenant in the organization. See {@link Client.createOrganizationTenant}. */
export const createOrganizationTenant: Helper<'createOrganizationTenant'> = (args) =>
  on(args, (client, own) => client.createOrganizationTenant(own));

/** Deletes a tenant of the organization with all it holds. See {@link Client.deleteOrganizationTenant}. */
export const deleteOrganizationTenant: Helper<'deleteOrganizationTenant'> = (args) =>
  on(args, (client, own) => client.deleteOrganizationTenant(own));

/** Lists the organization's users. See {@link Client.getOrganizationUsers}. */
export const getOrganizationUsers: Helper<'getOrganizationUsers'> = (args) =>
  on(args, (client, own) => client.getOrganizationUsers(own));

/** Changes what a user may do in the organization. See {@link Client.updateOrganizationUser}. */
export const updateOrganizationUser: Helper<'updateOrganizationUser'> = (args) =>
  on(args, (client, own) => client.updateOrganizationUser(own));

/** Removes a user from the organization. See {@link Client.removeOrganizationUser}. */
export const removeOrganizationUser: Helper<'removeOrganizationUser'> = (args) =>
  on(args, (client, own) => client.removeOrganizationUser(own));
