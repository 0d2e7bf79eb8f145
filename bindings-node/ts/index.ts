/**
 * The ProcessMind client: event logs and BPMN models in, with proof that every byte arrived.
 *
 * @packageDocumentation
 */

export type * from './arguments.js';
export { checkEventLog } from './check.js';
export { Client } from './client.js';
export * from './errors.js';
export * from './helpers.js';
export type { FailedUpload, UploadFilesResult } from './many.js';
export type {
  AddTenantUser,
  CheckOptions,
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
  EventLogColumn,
  EventLogPeriod,
  EventLogProblem,
  EventLogReport,
  EventLogSheet,
  LogLine,
  Mapping,
  Organization,
  OrganizationStatistics,
  OrganizationTenant,
  OrganizationUser,
  PresignedUrlOptions,
  Process,
  Progress,
  PublishOptions,
  PublishResult,
  PublishStep,
  SucceededUpload,
  Tenant,
  TenantStatistics,
  TenantUser,
  UpdateOrganizationUser,
  UpdateProcess,
  UpdateProcessMapping,
  UpdateTenantUser,
  UploadFilesOptions,
  UploadOptions,
  UploadResult,
} from './native.js';
export type { LogListener } from './reports.js';
export type { FileInput, WebStream } from './source.js';
