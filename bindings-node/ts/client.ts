// The client: the methods of the native part, with types, documentation and manners.
/// <reference lib="esnext.disposable" preserve="true" />

import type {
  CallOptions,
  CreateDatasetArguments,
  CreateDatatableArguments,
  CreateProcessArguments,
  CreateProcessMappingArguments,
  DatasetArguments,
  DatatableArguments,
  PresignedUploadUrlArguments,
  ProcessArguments,
  UploadBpmnArguments,
  UploadBpmnFileArguments,
  UploadFileArguments,
} from './arguments.js';
import { json, run } from './call.js';
import { errorFrom } from './failure.js';
import { native } from './load.js';
import type {
  ClientOptions,
  Dataset,
  DatasetSummary,
  Datatable,
  DatatableSummary,
  Mapping,
  Client as NativeClient,
  Process,
  Tenant,
  UploadResult,
} from './native.js';
import { reporter } from './progress.js';
import { defined, describedSource, openSource, presignFacts, uploadFacts } from './source.js';

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

  /**
   * Takes the options, then the environment's for what they leave out: `PROCESSMIND_API_KEY`,
   * `PROCESSMIND_TENANT_ID`, `PROCESSMIND_BASE_URL`.
   *
   * @throws {@link ConfigurationError} where the key or the tenant is missing, or a value can't be used.
   */
  constructor(options: ClientOptions = {}) {
    try {
      this.#native = new native.Client({ args: options });
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

  /** Closes the client: `using client = new Client()`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Reads the tenant. `GET /tenant/{tenantId}`
   *
   * @returns the tenant.
   */
  getTenant(args: CallOptions = {}): Promise<Tenant> {
    return json(args, (ticket) => this.#native.getTenant({ args, ticket }));
  }

  /**
   * Lists the tenant's processes and their folders. `GET /tenant/{tenantId}/processes`
   *
   * @returns all of them.
   */
  getProcesses(args: CallOptions = {}): Promise<Process[]> {
    return json(args, (ticket) => this.#native.getProcesses({ args, ticket }));
  }

  /**
   * Creates a process, or a folder for processes. `POST /tenant/{tenantId}/processes`
   *
   * @returns the process with its id.
   * @throws {@link AmbiguousResultError} where the answer was lost: it may exist.
   */
  createProcess(args: CreateProcessArguments): Promise<Process> {
    return json(args, (ticket) => this.#native.createProcess({ args, ticket }));
  }

  /**
   * Gives a process its BPMN 2.0 model, replacing the one it has.
   * `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
   *
   * @returns the server's answer, which is not documented.
   * @throws {@link InvalidBpmnError} where the text is no BPMN 2.0; nothing was sent.
   */
  uploadBpmn(args: UploadBpmnArguments): Promise<unknown> {
    return json(args, (ticket) => this.#native.uploadBpmn({ args, ticket }));
  }

  /**
   * Gives a process the BPMN 2.0 model of a file, in the encoding that the file declares.
   * `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
   *
   * @returns the server's answer, which is not documented.
   * @throws {@link SourceError} where the file can't be read, {@link InvalidBpmnError} where it is no BPMN 2.0;
   * nothing was sent.
   */
  uploadBpmnFile(args: UploadBpmnFileArguments): Promise<unknown> {
    return json(args, (ticket) => this.#native.uploadBpmnFile({ args, ticket }));
  }

  /**
   * Lists the datatables that are mapped to a process. `GET /tenant/{tenantId}/processes/{processId}/mappings`
   *
   * @returns all of them.
   */
  getProcessMappings(args: ProcessArguments): Promise<Mapping[]> {
    return json(args, (ticket) => this.#native.getProcessMappings({ args, ticket }));
  }

  /**
   * Maps a datatable to a process, which needs a BPMN model first.
   * `POST /tenant/{tenantId}/processes/{processId}/mappings`
   *
   * @returns the mapping.
   * @throws {@link ConflictError} where the process has no model yet, {@link AmbiguousResultError} where the
   * answer was lost: it may exist.
   */
  createProcessMapping(args: CreateProcessMappingArguments): Promise<Mapping> {
    const color = typeof args?.color === 'object' ? args.color?.id : args?.color;
    return json(args, (ticket) => this.#native.createProcessMapping({ args: { ...args, color }, ticket }));
  }

  /**
   * Lists the tenant's datasets. `GET /tenant/{tenantId}/datasets`
   *
   * @returns all of them.
   */
  getDatasets(args: CallOptions = {}): Promise<DatasetSummary[]> {
    return json(args, (ticket) => this.#native.getDatasets({ args, ticket }));
  }

  /**
   * Creates a dataset, or a folder for datasets. `POST /tenant/{tenantId}/datasets`
   *
   * @returns the dataset with its id.
   * @throws {@link AmbiguousResultError} where the answer was lost: it may exist.
   */
  createDataset(args: CreateDatasetArguments): Promise<Dataset> {
    return json(args, (ticket) => this.#native.createDataset({ args, ticket }));
  }

  /**
   * Reads a dataset with the datatables it holds. `GET /tenant/{tenantId}/datasets/{datasetId}`
   *
   * @returns the dataset.
   */
  getDataset(args: DatasetArguments): Promise<Dataset> {
    return json(args, (ticket) => this.#native.getDataset({ args, ticket }));
  }

  /**
   * Lists the tenant's datatables. `GET /tenant/{tenantId}/datatables`
   *
   * @returns all of them.
   */
  getDatatables(args: CallOptions = {}): Promise<DatatableSummary[]> {
    return json(args, (ticket) => this.#native.getDatatables({ args, ticket }));
  }

  /**
   * Creates an empty datatable in a dataset. `POST /tenant/{tenantId}/datasets/{datasetId}/datatables`
   *
   * @returns the datatable with its id.
   * @throws {@link AmbiguousResultError} where the answer was lost: it may exist.
   */
  createDatatable(args: CreateDatatableArguments): Promise<Datatable> {
    return json(args, (ticket) => this.#native.createDatatable({ args, ticket }));
  }

  /**
   * Reads a datatable with its columns. `GET /tenant/{tenantId}/datatable/{datatableId}`
   *
   * @returns the datatable; after an upload its `rowCount` and `columns` tell what ProcessMind made of the file.
   */
  getDatatable(args: DatatableArguments): Promise<Datatable> {
    return json(args, (ticket) => this.#native.getDatatable({ args, ticket }));
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
   */
  getPresignedUploadUrl(args: PresignedUploadUrlArguments): Promise<string> {
    return run(args?.signal, async (ticket) => {
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
   * {@link UnsupportedFormatError}. Later: {@link SourceChangedError}, {@link UploadUrlExpiredError},
   * {@link ChecksumMismatchError}, {@link UploadError}.
   *
   * @example
   * await client.uploadFile({ datatableId, filePath: 'orders.csv', onProgress: ({ sent, total }) => show(sent / total) });
   */
  uploadFile(args: UploadFileArguments): Promise<UploadResult> {
    return run(args?.signal, async (ticket, stop) => {
      const wake = reporter(args?.onProgress, ticket, stop);
      const source = await openSource({ ...args }, ticket);
      const facts = { ...uploadFacts(args?.file), ...defined({ ...args }) };
      const result = await this.#native.uploadFile({ args: facts, ticket, source, wake });
      wake?.();
      return result;
    });
  }

  /** {@link Client.uploadFile} by its other name. */
  uploadFileToProcessMind(args: UploadFileArguments): Promise<UploadResult> {
    return this.uploadFile(args);
  }
}
