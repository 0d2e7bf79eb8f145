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
  AddTenantUser,
  ClientOptions,
  Color,
  Column,
  CreateDataset,
  CreateOrganizationTenant,
  CreateProcess,
  CreateProcessMapping,
  Dataset,
  DatasetSummary,
  Datatable,
  DatatableRef,
  DatatableSummary,
  Mapping,
  Organization,
  OrganizationStatistics,
  OrganizationTenant,
  OrganizationUser,
  PresignedUrlOptions,
  Process,
  Progress,
  Tenant,
  TenantStatistics,
  TenantUser,
  UpdateOrganizationUser,
  UpdateProcess,
  UpdateProcessMapping,
  UpdateTenantUser,
  UploadOptions,
  UploadResult,
} from './native.js';
export type { FileInput } from './source.js';
