/**
 * The ProcessMind client: event logs and BPMN models in, with proof that every byte arrived.
 *
 * @packageDocumentation
 */

export type * from './arguments.js';
export { Client } from './client.js';
export * from './errors.js';
export * from './helpers.js';
export type {
  ClientOptions,
  Color,
  Column,
  CreateDataset,
  CreateProcess,
  CreateProcessMapping,
  Dataset,
  DatasetSummary,
  Datatable,
  DatatableRef,
  DatatableSummary,
  Mapping,
  PresignedUrlOptions,
  Process,
  Progress,
  Tenant,
  UploadOptions,
  UploadResult,
} from './native.js';
export type { FileInput } from './source.js';
