// The client: the methods of the native part, with types, documentation and manners.
/// <reference lib="esnext.disposable" preserve="true" />

import type {
  AddTenantUserArguments,
  CallOptions,
  ClientOptions,
  CreateDatasetArguments,
  CreateDatatableArguments,
  CreateOrganizationTenantArguments,
  CreateProcessArguments,
  CreateProcessMappingArguments,
  DataframeSource,
  DatasetArguments,
  DatatableArguments,
  MappingArguments,
  PresignedUploadUrlArguments,
  ProcessArguments,
  PublishArguments,
  RequestArguments,
  TargetTenantArguments,
  UpdateOrganizationUserArguments,
  UpdateProcessArguments,
  UpdateProcessMappingArguments,
  UpdateTenantArguments,
  UpdateTenantUserArguments,
  UploadBpmnArguments,
  UploadBpmnFileArguments,
  UploadDataframeArguments,
  UploadFileArguments,
  UploadFilesArguments,
  UserArguments,
} from './arguments.js';
import { type Attended, type Running, run } from './call.js';
import { errorFrom } from './failure.js';
import { native } from './load.js';
import { gather, takeItems, type UploadFilesResult } from './many.js';
import type {
  Color,
  Dataset,
  DatasetSummary,
  Datatable,
  DatatableSummary,
  Mapping,
  Client as NativeClient,
  Organization,
  OrganizationStatistics,
  OrganizationTenant,
  OrganizationUser,
  Process,
  PublishResult,
  Tenant,
  TenantStatistics,
  TenantUser,
  Ticket,
  UploadResult,
} from './native.js';
import { checkListener, type LogListener, warned } from './reports.js';
import { rawRequest } from './request.js';
import { defined, describedSource, openSource, presignFacts, sourceLater, uploadFacts } from './source.js';
import { tableSource } from './table.js';

/**
 * A client of one ProcessMind tenant. Clients share their connections; making one sends nothing.
 *
 * Every call may reject with {@link AuthenticationError} or {@link PermissionDeniedError} for a wrong key,
 * {@link NotFoundError} for an unknown id, {@link InvalidArgumentError} for an argument that can't be used (then
 * nothing was sent), {@link RateLimitError}, {@link ServerError}, {@link ConnectionFailedError},
 * {@link RequestTimeoutError}, {@link ResponseDecodeError} or {@link ClientClosedError}, all of them
 * {@link ProcessMindError}s. A call that may pass is tried again before.
 *
 * @example
 * const client = new Client({ apiKey, tenantId });
 * const { id } = await client.createProcess({ displayName: 'Order to Cash' });
 */
export class Client {
  readonly #native: NativeClient;
  readonly #onLog: LogListener | undefined;

  /**
   * Takes the options, then the environment's for what they leave out: `PROCESSMIND_API_KEY`,
   * `PROCESSMIND_TENANT_ID`, `PROCESSMIND_BASE_URL`.
   *
   * @throws {@link ConfigurationError} where the key or the tenant is missing, or a value can't be used.
   *
   * @example
   * const patient = new Client({ timeout: 300, maxRetries: 10, extraHeaders: { 'x-run': 'nightly' } });
   */
  constructor(options: ClientOptions = {}) {
    const onLog = options?.onLog;
    checkListener('onLog', onLog);
    this.#onLog = onLog;
    try {
      this.#native = new native.Client({ args: onLog ? { ...options, onLog: undefined } : options });
    } catch (error) {
      throw errorFrom(error);
    }
  }

  /** The tenant of calls that name no other. */
  get tenantId(): string {
    return this.#native.tenantId;
  }

  /** Where the API is. */
  get baseUrl(): string {
    return this.#native.baseUrl;
  }

  /** Refuses every later call with {@link ClientClosedError}; calls on their way go on. */
  close(): void {
    this.#native.close();
  }

  /**
   * Closes the client at the end of its block.
   *
   * @example
   * using client = new Client();
   * console.log(await client.getTenant());
   */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Reads the tenant. `GET /tenant/{tenantId}`
   *
   * @returns the tenant.
   * @see https://processmind.com/resources/docs/api/api-reference-tenants
   */
  getTenant(args: CallOptions = {}): Promise<Tenant> {
    return this.#json(args, (ticket) => this.#native.getTenant({ args, ticket }));
  }

  /**
   * Renames the tenant. `PUT /tenant/{tenantId}`
   *
   * @returns the tenant.
   * @see https://processmind.com/resources/docs/api/api-reference-tenants
   */
  updateTenant(args: UpdateTenantArguments): Promise<Tenant> {
    return this.#json(args, (ticket) => this.#native.updateTenant({ args, ticket }));
  }

  /**
   * Counts what the tenant holds. `GET /tenant/{tenantId}/statistics`
   *
   * @returns how many processes, datasets and users, and how many bytes.
   * @see https://processmind.com/resources/docs/api/api-reference-tenants
   */
  getTenantStatistics(args: CallOptions = {}): Promise<TenantStatistics> {
    return this.#json(args, (ticket) => this.#native.getTenantStatistics({ args, ticket }));
  }

  /**
   * Lists the tenant's users. `GET /tenant/{tenantId}/users`
   *
   * @returns all of them.
   * @see https://processmind.com/resources/docs/api/api-reference-tenants
   */
  getTenantUsers(args: CallOptions = {}): Promise<TenantUser[]> {
    return this.#json(args, (ticket) => this.#native.getTenantUsers({ args, ticket }));
  }

  /**
   * Adds a user to the tenant; the e-mail address alone will do. `POST /tenant/{tenantId}/users`
   *
   * @returns the user, at least its id.
   * @throws {@link AmbiguousResultError} where the answer was lost: the user may have been added.
   * @see https://processmind.com/resources/docs/api/api-reference-tenants
   *
   * @example
   * const user = await client.addTenantUser({ email: 'ada@example.org', firstName: 'Ada' });
   * await client.updateTenantUser({ userId: user.id, isDeveloperInTenant: true });
   */
  addTenantUser(args: AddTenantUserArguments): Promise<TenantUser> {
    return this.#json(args, (ticket) => this.#native.addTenantUser({ args, ticket }));
  }

  /**
   * Changes what a user may do in the tenant; what is left out stays as it is. `PUT /tenant/{tenantId}/users`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @throws {@link InvalidArgumentError} where there is nothing to change.
   * @see https://processmind.com/resources/docs/api/api-reference-tenants
   */
  updateTenantUser(args: UpdateTenantUserArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.updateTenantUser({ args, ticket }));
  }

  /**
   * Removes a user from the tenant. `DELETE /tenant/{tenantId}/users`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @see https://processmind.com/resources/docs/api/api-reference-tenants
   */
  removeTenantUser(args: UserArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.removeTenantUser({ args, ticket }));
  }

  /**
   * Lists the tenant's processes and their folders. `GET /tenant/{tenantId}/processes`
   *
   * @returns all of them.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  getProcesses(args: CallOptions = {}): Promise<Process[]> {
    return this.#json(args, (ticket) => this.#native.getProcesses({ args, ticket }));
  }

  /**
   * Creates a process, or a folder for processes. `POST /tenant/{tenantId}/processes`
   *
   * @returns the process with its id.
   * @throws {@link AmbiguousResultError} where the answer was lost: it may exist.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   *
   * @example
   * const folder = await client.createProcess({ displayName: 'Finance', treeNodeType: 'TreeGroup' });
   * await client.createProcess({ displayName: 'Order to Cash', treeParentId: folder.id });
   */
  createProcess(args: CreateProcessArguments): Promise<Process> {
    return this.#json(args, (ticket) => this.#native.createProcess({ args, ticket }));
  }

  /**
   * Reads a process, or a folder. `GET /tenant/{tenantId}/processes/{processId}`
   *
   * @returns the process.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  getProcess(args: ProcessArguments): Promise<Process> {
    return this.#json(args, (ticket) => this.#native.getProcess({ args, ticket }));
  }

  /**
   * Renames a process, or moves it to another folder; what is left out stays as it is.
   * `PUT /tenant/{tenantId}/processes/{processId}`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @throws {@link InvalidArgumentError} where there is nothing to change.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   *
   * @example
   * await client.updateProcess({ processId, displayName: 'O2C' }); // it stays in its folder
   * await client.updateProcess({ processId, treeParentId: null }); // it moves to the root
   */
  updateProcess(args: UpdateProcessArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.updateProcess({ args, ticket }));
  }

  /**
   * Deletes a process with its model and its mappings. This can't be undone.
   * `DELETE /tenant/{tenantId}/processes/{processId}`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  deleteProcess(args: ProcessArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.deleteProcess({ args, ticket }));
  }

  /**
   * Gives a process its BPMN 2.0 model, replacing the one it has.
   * `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @throws {@link InvalidBpmnError} where the text is no BPMN 2.0; nothing was sent.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  uploadBpmn(args: UploadBpmnArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.uploadBpmn({ args, ticket }));
  }

  /**
   * Gives a process the BPMN 2.0 model of a file, in the encoding that the file declares.
   * `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @throws {@link SourceError} where the file can't be read, {@link InvalidBpmnError} where it is no BPMN 2.0;
   * nothing was sent.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  uploadBpmnFile(args: UploadBpmnFileArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.uploadBpmnFile({ args, ticket }));
  }

  /**
   * Lists the datatables that are mapped to a process. `GET /tenant/{tenantId}/processes/{processId}/mappings`
   *
   * @returns all of them.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  getProcessMappings(args: ProcessArguments): Promise<Mapping[]> {
    return this.#json(args, (ticket) => this.#native.getProcessMappings({ args, ticket }));
  }

  /**
   * Maps a datatable to a process, which needs a BPMN model first.
   * `POST /tenant/{tenantId}/processes/{processId}/mappings`
   *
   * @returns the mapping.
   * @throws {@link ConflictError} where the process has no model yet, {@link AmbiguousResultError} where the
   * answer was lost: it may exist.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   *
   * @example
   * await client.uploadBpmnFile({ processId, filePath: 'order-to-cash.bpmn' });
   * await client.createProcessMapping({ processId, dataTableId: datatableId, color: 'data-3' });
   */
  createProcessMapping(args: CreateProcessMappingArguments): Promise<Mapping> {
    return this.#json(args, (ticket) => this.#native.createProcessMapping({ args: bareColor(args), ticket }));
  }

  /**
   * Changes how a mapping is shown; what is left out stays as it is.
   * `PUT /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @throws {@link InvalidArgumentError} where there is nothing to change.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  updateProcessMapping(args: UpdateProcessMappingArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.updateProcessMapping({ args: bareColor(args), ticket }));
  }

  /**
   * Takes a datatable off a process; its data stays.
   * `DELETE /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @see https://processmind.com/resources/docs/api/api-reference-processes
   */
  deleteProcessMapping(args: MappingArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.deleteProcessMapping({ args, ticket }));
  }

  /**
   * Lists the tenant's datasets. `GET /tenant/{tenantId}/datasets`
   *
   * @returns all of them.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   */
  getDatasets(args: CallOptions = {}): Promise<DatasetSummary[]> {
    return this.#json(args, (ticket) => this.#native.getDatasets({ args, ticket }));
  }

  /**
   * Creates a dataset, or a folder for datasets. `POST /tenant/{tenantId}/datasets`
   *
   * @returns the dataset with its id.
   * @throws {@link AmbiguousResultError} where the answer was lost: it may exist.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   */
  createDataset(args: CreateDatasetArguments): Promise<Dataset> {
    return this.#json(args, (ticket) => this.#native.createDataset({ args, ticket }));
  }

  /**
   * Reads a dataset with the datatables it holds. `GET /tenant/{tenantId}/datasets/{datasetId}`
   *
   * @returns the dataset.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   */
  getDataset(args: DatasetArguments): Promise<Dataset> {
    return this.#json(args, (ticket) => this.#native.getDataset({ args, ticket }));
  }

  /**
   * Deletes a dataset with all its datatables and their data. This can't be undone.
   * `DELETE /tenant/{tenantId}/datasets/{datasetId}`
   *
   * @returns the server's answer; null where there is none.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   */
  deleteDataset(args: DatasetArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.deleteDataset({ args, ticket }));
  }

  /**
   * Lists the tenant's datatables. `GET /tenant/{tenantId}/datatables`
   *
   * @returns all of them.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   */
  getDatatables(args: CallOptions = {}): Promise<DatatableSummary[]> {
    return this.#json(args, (ticket) => this.#native.getDatatables({ args, ticket }));
  }

  /**
   * Creates an empty datatable in a dataset. `POST /tenant/{tenantId}/datasets/{datasetId}/datatables`
   *
   * @returns the datatable with its id.
   * @throws {@link AmbiguousResultError} where the answer was lost: it may exist.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   */
  createDatatable(args: CreateDatatableArguments): Promise<Datatable> {
    return this.#json(args, (ticket) => this.#native.createDatatable({ args, ticket }));
  }

  /**
   * Reads a datatable with its columns. `GET /tenant/{tenantId}/datatable/{datatableId}`
   *
   * @returns the datatable; after an upload its `rowCount` and `columns` tell what ProcessMind made of the file.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   */
  getDatatable(args: DatatableArguments): Promise<Datatable> {
    return this.#json(args, (ticket) => this.#native.getDatatable({ args, ticket }));
  }

  /**
   * Asks for a URL to which a file may be put without a key.
   * `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`
   *
   * The API wants the file's name, size in bytes and date: pass the file, or all three.
   *
   * @returns the URL. Whoever holds it can upload: treat it as a password until it expires.
   * @throws {@link InvalidArgumentError} that names what is missing, {@link SourceError} where the file can't be
   * read.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   *
   * @example
   * const url = await client.getPresignedUploadUrl({ datatableId, file, validForSeconds: 600 });
   * await fetch(url, { method: 'PUT', body: file });
   */
  getPresignedUploadUrl(args: PresignedUploadUrlArguments): Promise<string> {
    return this.#run(args, async ({ ticket }) => {
      const source = describedSource({ ...args });
      const facts = { ...presignFacts(args?.file), ...defined({ ...args }) };
      return this.#native.getPresignedUploadUrl({ args: facts, ticket, source });
    });
  }

  /**
   * Sends a file to a datatable and proves that its bytes are stored.
   * `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL
   *
   * It is sent as a stream, whatever its size, again with a fresh URL after a failure that may pass.
   *
   * @returns what was sent, and what proved that it arrived.
   * @throws Before anything is sent: {@link SourceError}, {@link EmptyFileError}, {@link FileTooLargeError} (5 GiB),
   * {@link UnsupportedFormatError}, {@link EventLogError} where `check` is `error`. Later: {@link SourceChangedError},
   * {@link UploadUrlExpiredError}, {@link ChecksumMismatchError}, {@link UploadError}.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   *
   * @example
   * await client.uploadFile({ datatableId, filePath: 'orders.csv', onProgress: ({ sent, total }) => show(sent / total) });
   */
  uploadFile(args: UploadFileArguments): Promise<UploadResult> {
    return this.#run(args, async (running) => {
      const { ticket } = running;
      let unopened: unknown;
      const source = sourceLater({ ...args }, running, (error) => {
        unopened = error;
      });
      const facts = { ...uploadFacts(args?.file), ...defined({ ...args }) };
      const uploading = this.#native.uploadFile({ args: facts, ticket, source });
      const result = await uploading.catch((error: unknown) => {
        throw unopened ?? error;
      });
      return warned(result);
    });
  }

  /**
   * Sends many files to datatables, several at the same time. One that fails does not stop the others.
   * `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL, for each
   *
   * @returns which are stored, with the proof of each, and which are not, with the error of each.
   * @throws {@link InvalidArgumentError} for `concurrency`, {@link ClientClosedError}; an item's errors are in the result.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   *
   * @example
   * const items = [{ datatableId, filePath: 'orders.csv' }, { datatableId, file }];
   * const { succeeded, failed } = await client.uploadFiles({ items, concurrency: 2 });
   * console.log(succeeded.length, 'are stored');
   * for (const { index, error } of failed) console.error(items[index], error.message);
   */
  uploadFiles(args: UploadFilesArguments): Promise<UploadFilesResult> {
    return this.#run(args, async (running) => {
      const { items, ...own } = { ...args };
      const taken = takeItems(items, own.tenantId, running);
      const outcomes = await this.#native.uploadFiles({ args: own, items: taken.ready, ticket: running.ticket });
      const uploads = gather(taken, outcomes);
      for (const { result } of uploads.succeeded) {
        warned(result);
      }
      return uploads;
    });
  }

  /** {@link Client.uploadFile} by its other name. */
  uploadFileToProcessMind(args: UploadFileArguments): Promise<UploadResult> {
    return this.uploadFile(args);
  }

  /**
   * Sends a table to a datatable as CSV, and proves that its bytes are stored.
   * `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL
   *
   * The rows are taken some at a time into a temporary file, never as a whole into memory. Null, `undefined` and NaN
   * become nothing, an empty text `""`, a `Date` ISO 8601 with `Z`. It is stored as `dataframe.csv` where no
   * `fileName` is given. The datatable is told by its id, or by its name: `datatable: 'Orders 2025'`. `check` reads the
   * CSV before it is sent: the headings are line 1.
   *
   * @returns what was stored, and what proved it.
   * @throws {@link InvalidArgumentError} where it is no table, or a column has no place in CSV: objects, lists, binary
   * types, headings that are empty or there twice. The text names the column; nothing was sent.
   * @throws {@link EventLogError} if the log has errors, and `check` is `error`.
   * @throws {@link EmptyFileError} where it has no rows.
   * @throws {@link SourceError} where the rows can't be read; {@link Client.uploadFile} names what else an upload may
   * throw.
   * @see https://processmind.com/resources/docs/api/api-reference-data
   *
   * @example
   * const rows = [{ CaseId: 'order-1', Activity: 'Receive order', StartTime: new Date() }];
   * await client.uploadDataframe({ datatableId, rows });
   */
  uploadDataframe(args: UploadDataframeArguments): Promise<UploadResult> {
    return this.#run(args, async ({ ticket }) => {
      const { rows, arrow, columns, ...options } = { ...args };
      const source = await tableSource({ rows, arrow, columns } as DataframeSource, ticket);
      return warned(await this.#native.uploadFile({ args: options, ticket, source }));
    });
  }

  /**
   * Brings a process, its BPMN model, a dataset, a datatable, its data and their mapping into place.
   *
   * What there is of these names is used, the rest is created, so that a second run creates nothing. The model and
   * the file are checked before anything is sent, and sent every time; with `check` the event log in the file, too. Any
   * part may be left out. Where a step fails, the error says what was done before.
   *
   * @returns the steps, the ids, what proved the upload, and the errors of the log as `warnings`, if it was checked.
   * @throws {@link InvalidArgumentError} where a name is that of more than one object: their ids are listed, and an
   * id may stand in place of every name. {@link InvalidBpmnError}, {@link SourceError} and, if `check` is `error`,
   * {@link EventLogError} before anything is sent,
   * {@link AmbiguousResultError} where the answer to a create was lost: another run finds what there is.
   *
   * @example
   * const names = { process: 'Order to Cash', folder: 'Finance/Orders', dataset: 'Finance', datatable: 'Orders 2025' };
   * const done = await client.publish({ ...names, bpmn: 'order-to-cash.bpmn', filePath: 'orders.csv' });
   * for (const { kind, name, action } of done.steps) console.log(kind, name, action);
   */
  publish(args: PublishArguments): Promise<PublishResult> {
    return this.#run(args, async (running) => {
      const { ticket } = running;
      const hasFile = args?.file !== undefined || args?.filePath !== undefined;
      const source = hasFile ? await openSource({ ...args }, running) : undefined;
      const { fileName } = uploadFacts(args?.file);
      const own = { ...defined({ fileName }), ...defined({ ...args }) };
      return warned(await this.#native.publish({ args: own, ticket, source }));
    });
  }

  /**
   * Reads the organization that the tenant belongs to. `GET /tenant/{tenantId}/organization`
   *
   * @returns the organization.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   */
  getOrganization(args: CallOptions = {}): Promise<Organization> {
    return this.#json(args, (ticket) => this.#native.getOrganization({ args, ticket }));
  }

  /**
   * Counts what the organization holds. `GET /tenant/{tenantId}/organization/statistics`
   *
   * @returns how many tenants, and the sums over all of them, storage in bytes.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   */
  getOrganizationStatistics(args: CallOptions = {}): Promise<OrganizationStatistics> {
    return this.#json(args, (ticket) => this.#native.getOrganizationStatistics({ args, ticket }));
  }

  /**
   * Lists the organization's tenants. `GET /tenant/{tenantId}/organization/tenants`
   *
   * @returns all of them.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   */
  getOrganizationTenants(args: CallOptions = {}): Promise<OrganizationTenant[]> {
    return this.#json(args, (ticket) => this.#native.getOrganizationTenants({ args, ticket }));
  }

  /**
   * Creates a tenant in the organization; its short name alone will do.
   * `POST /tenant/{tenantId}/organization/tenants`
   *
   * @returns the tenant.
   * @throws {@link ConflictError} where the short name is taken, {@link AmbiguousResultError} where the answer was
   * lost: it may exist.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   *
   * @example
   * await client.createOrganizationTenant({ shortName: 'acme-north', displayName: 'Acme North' });
   */
  createOrganizationTenant(args: CreateOrganizationTenantArguments): Promise<OrganizationTenant> {
    return this.#json(args, (ticket) => this.#native.createOrganizationTenant({ args, ticket }));
  }

  /**
   * Deletes a tenant of the organization with all it holds. This can't be undone.
   * `DELETE /tenant/{tenantId}/organization/tenants/{targetTenantId}`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   */
  deleteOrganizationTenant(args: TargetTenantArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.deleteOrganizationTenant({ args, ticket }));
  }

  /**
   * Lists the organization's users. `GET /tenant/{tenantId}/organization/users`
   *
   * @returns all of them.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   */
  getOrganizationUsers(args: CallOptions = {}): Promise<OrganizationUser[]> {
    return this.#json(args, (ticket) => this.#native.getOrganizationUsers({ args, ticket }));
  }

  /**
   * Changes what a user may do in the organization; what is left out stays as it is.
   * `PUT /tenant/{tenantId}/organization/users`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @throws {@link InvalidArgumentError} where there is nothing to change.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   */
  updateOrganizationUser(args: UpdateOrganizationUserArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.updateOrganizationUser({ args, ticket }));
  }

  /**
   * Removes a user from the organization. `DELETE /tenant/{tenantId}/organization/users`
   *
   * @returns the server's answer, which is not documented; null where there is none.
   * @see https://processmind.com/resources/docs/api/api-reference-organizations
   */
  removeOrganizationUser(args: UserArguments): Promise<unknown> {
    return this.#json(args, (ticket) => this.#native.removeOrganizationUser({ args, ticket }));
  }

  /**
   * Sends a request that the SDK has no call for, with the same key, retries, errors and secrecy.
   *
   * @returns the JSON that the server sent; null where there is none.
   * @throws {@link InvalidArgumentError} for a path that leads elsewhere, or a body that is no JSON.
   *
   * @example
   * const path = `/tenant/${encodeURIComponent(client.tenantId)}/processes`;
   * const process = await client.request({ method: 'POST', path, body: { displayName: 'Order to Cash' } });
   */
  async request(args: RequestArguments): Promise<unknown> {
    const raw = rawRequest(args);
    return this.#json(args, (ticket) => this.#native.request({ args: raw, ticket }));
  }

  /** Runs a call whose answer is JSON. */
  #json<T>(args: Attended | undefined, call: (ticket: Ticket) => Promise<string>): Promise<T> {
    return this.#run({ signal: args?.signal }, async ({ ticket }) => JSON.parse(await call(ticket)) as T);
  }

  #run<T>(attended: Attended | undefined, call: (running: Running) => Promise<T>): Promise<T> {
    return run({ signal: attended?.signal, onProgress: attended?.onProgress, onLog: this.#onLog }, call);
  }
}

/** The same arguments with the colour's id alone. */
function bareColor(args: { color?: string | Color }): object {
  const color = typeof args?.color === 'object' ? args.color?.id : args?.color;
  return { ...args, color };
}
