// What the calls take. What core defines comes from `native.d.ts`; here is what only JavaScript has.

import type {
  AddTenantUser,
  CheckOptions,
  Color,
  ClientOptions as CoreOptions,
  CreateDataset,
  CreateOrganizationTenant,
  CreateProcess,
  CreateProcessMapping,
  PresignedUrlOptions,
  Progress,
  PublishOptions,
  UpdateOrganizationUser,
  UpdateProcess,
  UpdateProcessMapping,
  UpdateTenantUser,
  UploadFilesOptions,
  UploadOptions,
} from './native.js';
import type { LogListener } from './reports.js';
import type { FileInput } from './source.js';

/** The client's options. An argument goes over its environment variable, and that over the default. */
export interface ClientOptions extends CoreOptions {
  /**
   * Hears every request and answer (`debug`) and every further attempt with its reason (`warn`), on this thread and
   * before the call's promise is settled. Without it nothing is logged.
   */
  onLog?: LogListener | undefined;
}

/** What every call takes besides its own arguments. */
export interface CallOptions {
  /** Another tenant than the client's. */
  tenantId?: string | undefined;
  /** Aborts the call: it rejects with the signal's reason, and its connection is closed. */
  signal?: AbortSignal | undefined;
}

/** Who calls: what a helper takes besides the arguments of the call. */
export interface Account {
  /** The API key. Without it `PROCESSMIND_API_KEY` is used. */
  apiKey?: string | undefined;
  /** The tenant's id. Without it `PROCESSMIND_TENANT_ID` is used. */
  tenantId?: string | undefined;
  /** Where the API is. Without it `PROCESSMIND_BASE_URL` is used, then `https://api.processmind.com`. */
  apiUrl?: string | undefined;
  /** Hears what the call does, as {@link ClientOptions.onLog}. */
  onLog?: LogListener | undefined;
}

/** Names a process. */
export interface ProcessArguments extends CallOptions {
  /** The process's id. */
  processId: string;
}

/** Names a dataset. */
export interface DatasetArguments extends CallOptions {
  /** The dataset's id. */
  datasetId: string;
}

/** Names a datatable. */
export interface DatatableArguments extends CallOptions {
  /** The datatable's id. */
  datatableId: string;
}

/** Names a user. */
export interface UserArguments extends CallOptions {
  /** The user's id. */
  userId: string;
}

/** Names a mapping. */
export interface MappingArguments extends ProcessArguments {
  /** The mapping's id. */
  mappingId: string;
}

/** Names a tenant of the organization. */
export interface TargetTenantArguments extends CallOptions {
  /** The id of the tenant to act on. */
  targetTenantId: string;
}

/** What {@link Client.updateTenant} takes. */
export interface UpdateTenantArguments extends CallOptions {
  /** The name people will see. */
  displayName: string;
}

/** What {@link Client.addTenantUser} takes. */
export interface AddTenantUserArguments extends CallOptions, AddTenantUser {}

/** What {@link Client.updateTenantUser} takes. */
export interface UpdateTenantUserArguments extends CallOptions, UpdateTenantUser {}

/** Where something new is put. */
interface Placed {
  /** The id of the folder to put it in; the root without, or with null. */
  treeParentId?: string | null;
}

/** What {@link Client.createProcess} takes. */
export interface CreateProcessArguments extends CallOptions, Omit<CreateProcess, 'treeParentId'>, Placed {}

/** What {@link Client.updateProcess} takes. */
export interface UpdateProcessArguments extends ProcessArguments, Partial<UpdateProcess> {}

/** What {@link Client.uploadBpmn} takes. */
export interface UploadBpmnArguments extends ProcessArguments {
  /** The model, as BPMN 2.0 XML. */
  bpmnXml: string;
}

/** What {@link Client.uploadBpmnFile} takes. */
export interface UploadBpmnFileArguments extends ProcessArguments {
  /** The path of a BPMN 2.0 file. */
  filePath: string;
}

/** What {@link Client.createProcessMapping} takes. */
export interface CreateProcessMappingArguments extends ProcessArguments, Omit<CreateProcessMapping, 'color'> {
  /** The colour it is drawn in: `data-1` (the default) to `data-8`, bare or as `{ id: 'data-1' }`. */
  color?: string | Color;
}

/** What {@link Client.updateProcessMapping} takes. */
export interface UpdateProcessMappingArguments extends ProcessArguments, Omit<UpdateProcessMapping, 'color'> {
  /** The colour it is drawn in: `data-1` to `data-8`, bare or as `{ id: 'data-1' }`. */
  color?: string | Color;
}

/** What {@link Client.createDataset} takes. */
export interface CreateDatasetArguments extends CallOptions, Omit<CreateDataset, 'treeParentId'>, Placed {}

/** What {@link Client.createDatatable} takes. */
export interface CreateDatatableArguments extends DatasetArguments {
  /** The name people will see. */
  displayName: string;
}

/** What {@link Client.getPresignedUploadUrl} takes: a file, or what the API wants to know of one. */
export interface PresignedUploadUrlArguments extends DatatableArguments, PresignedUrlOptions {
  /** A file of JavaScript's own; it provides size and date, a `File` its name, too. */
  file?: Blob | Uint8Array | ArrayBuffer;
  /** The path of a file; it provides name, size and date. */
  filePath?: string;
}

/** Who hears of an upload. */
export interface ProgressOptions {
  /**
   * Hears how far each upload is, at most ten times a second; `done` comes last, after storage confirmed the
   * file. What it throws aborts the call, which then rejects with that.
   */
  onProgress?: (progress: Progress) => void;
}

/** The datatable that {@link Client.uploadFile} sends a file to: by its id, or by its name. */
export type DatatableChoice =
  | {
      /** The datatable's id. */
      datatableId: string;
      datatable?: undefined;
    }
  | {
      /** The datatable's name, in place of its id. */
      datatable: string;
      datatableId?: undefined;
    };

/** How {@link Client.uploadFile} uploads a file. */
export type UploadFileOptions = CallOptions & Omit<UploadOptions, 'datatable'> & DatatableChoice & ProgressOptions;

/** What {@link Client.publish} takes. */
export interface PublishArguments extends CallOptions, PublishOptions, ProgressOptions {
  /** The data: bytes of JavaScript's own. Anything but a `File` needs a `fileName`. */
  file?: FileInput;
  /** The path of the data's file. It is read as a stream, whatever its size. */
  filePath?: string;
}

/** The file that {@link Client.uploadFile} sends: bytes of JavaScript's own, or a path. */
export type FileSource =
  | {
      /**
       * The bytes. A `File` brings its name, date and type; with anything else pass `fileName`. They are copied
       * first, to a temporary file where they are more than 8 MiB: for a file on disk pass `filePath`. Do so above
       * all where it has 4 GiB or more, which `fs.openAsBlob` takes for less.
       */
      file: FileInput;
      filePath?: undefined;
    }
  | {
      /** The path of a file. It is read as a stream, whatever its size. */
      filePath: string;
      file?: undefined;
    };

/** What {@link Client.uploadFile} takes. */
export type UploadFileArguments = UploadFileOptions & FileSource;

/** One of the uploads of {@link Client.uploadFiles}: what {@link Client.uploadFile} takes. */
export type UploadItemArguments = Omit<CallOptions, 'signal'> &
  Omit<UploadOptions, 'datatable'> &
  DatatableChoice &
  FileSource;

/** What {@link Client.uploadFiles} takes. */
export interface UploadFilesArguments extends CallOptions, UploadFilesOptions, ProgressOptions {
  /** The files and their datatables. */
  items: Iterable<UploadItemArguments>;
}

/** The table that {@link Client.uploadDataframe} sends and {@link checkEventLog} checks. */
export type DataframeSource =
  | {
      /**
       * The rows, as objects of texts, numbers, booleans, `bigint`s, `Date`s and nulls. The columns are those of the
       * first row; what a later one lacks is null.
       */
      rows: Iterable<object> | AsyncIterable<object>;
      arrow?: undefined;
    }
  | {
      /** An Arrow IPC stream or file without compression, as `tableToIPC` of apache-arrow gives it. */
      arrow: Uint8Array | ArrayBuffer;
      rows?: undefined;
    };

/** What {@link Client.uploadDataframe} takes. */
export type UploadDataframeArguments = UploadFileOptions &
  DataframeSource & {
    /** Other headings for columns, by their names. */
    columns?: Readonly<Record<string, string>>;
  };

/** What {@link Client.createOrganizationTenant} takes. */
export interface CreateOrganizationTenantArguments extends CallOptions, CreateOrganizationTenant {}

/** What {@link Client.updateOrganizationUser} takes. */
export interface UpdateOrganizationUserArguments extends CallOptions, UpdateOrganizationUser {}

/** What {@link checkEventLog} takes: a file, or a table. */
export type CheckEventLogArguments = CheckOptions &
  Pick<CallOptions, 'signal'> &
  (
    | (FileSource & { rows?: undefined; arrow?: undefined })
    | (DataframeSource & { file?: undefined; filePath?: undefined })
  );

/** What {@link Client.request} takes. */
export interface RequestArguments extends Pick<CallOptions, 'signal'> {
  /** The HTTP method. */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path below the base URL, from its first `/`; ids in it have to be percent-encoded. */
  path: string;
  /** What follows the path's `?`, without encoding; what is `undefined` is left out. */
  query?: URLSearchParams | Readonly<Record<string, string | number | boolean | undefined>>;
  /** What is sent as JSON; without it the request has no body. */
  body?: unknown;
}
