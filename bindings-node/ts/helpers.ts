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

/** Lists the tenant's processes and their folders. See {@link Client.getProcesses}. */
export const getProcesses: Helper<'getProcesses'> = async (args) => (await connect(args)).getProcesses(args);

/** Creates a process, or a folder for processes. See {@link Client.createProcess}. */
export const createProcess: Helper<'createProcess'> = async (args) => (await connect(args)).createProcess(args);

/** Gives a process its BPMN 2.0 model. See {@link Client.uploadBpmn}. */
export const uploadBpmn: Helper<'uploadBpmn'> = async (args) => (await connect(args)).uploadBpmn(args);

/** Gives a process the BPMN 2.0 model of a file. See {@link Client.uploadBpmnFile}. */
export const uploadBpmnFile: Helper<'uploadBpmnFile'> = async (args) => (await connect(args)).uploadBpmnFile(args);

/** Lists the datatables that are mapped to a process. See {@link Client.getProcessMappings}. */
export const getProcessMappings: Helper<'getProcessMappings'> = async (args) => (await connect(args)).getProcessMappings(args);

/** Maps a datatable to a process, which needs a BPMN model first. See {@link Client.createProcessMapping}. */
export const createProcessMapping: Helper<'createProcessMapping'> = async (args) => (await connect(args)).createProcessMapping(args);

/** Lists the tenant's datasets. See {@link Client.getDatasets}. */
export const getDatasets: Helper<'getDatasets'> = async (args) => (await connect(args)).getDatasets(args);

/** Creates a dataset, or a folder for datasets. See {@link Client.createDataset}. */
export const createDataset: Helper<'createDataset'> = async (args) => (await connect(args)).createDataset(args);

/** Reads a dataset with the datatables it holds. See {@link Client.getDataset}. */
export const getDataset: Helper<'getDataset'> = async (args) => (await connect(args)).getDataset(args);

/** Lists the tenant's datatables. See {@link Client.getDatatables}. */
export const getDatatables: Helper<'getDatatables'> = async (args) => (await connect(args)).getDatatables(args);

/** Creates an empty datatable in a dataset. See {@link Client.createDatatable}. */
export const createDatatable: Helper<'createDatatable'> = async (args) => (await connect(args)).createDatatable(args);

/** Reads a datatable with its columns. See {@link Client.getDatatable}. */
export const getDatatable: Helper<'getDatatable'> = async (args) => (await connect(args)).getDatatable(args);

/** Asks for a URL to which a file may be put without a key. See {@link Client.getPresignedUploadUrl}. */
export const getPresignedUploadUrl: Helper<'getPresignedUploadUrl'> = async (args) => (await connect(args)).getPresignedUploadUrl(args);

/** Sends a file to a datatable and proves that its bytes are stored. See {@link Client.uploadFile}. */
export const uploadFile: Helper<'uploadFile'> = async (args) => (await connect(args)).uploadFile(args);

/** {@link uploadFile} by its other name. */
export const uploadFileToProcessMind: Helper<'uploadFileToProcessMind'> = uploadFile;
