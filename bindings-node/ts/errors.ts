// The errors of ProcessMind: one class for every kind, all under `ProcessMindError`.
// Generated from core/src/error/kind.rs by `make generate`.

/** What is known of an error. */
export interface ErrorDetails {
  /** What failed, why, and what to do. */
  message: string;
  /** What to do, alone. */
  hint?: string | undefined;
  /** The HTTP status, where there was an answer. */
  status?: number | undefined;
  /** The id the server gave the request, for its support. */
  requestId?: string | undefined;
  /** The HTTP method. */
  method?: string | undefined;
  /** The URL; a presigned one without its query. */
  url?: string | undefined;
  /** The answer's body, its first 64 KiB. */
  body?: string | undefined;
  /** How often it was tried; 0 where nothing was sent. */
  attempts?: number | undefined;
  /** How many seconds the server asks to wait. */
  retryAfter?: number | undefined;
  /** What it comes from. */
  cause?: unknown;
}

/** What failed, why, and what to do. The API key and a presigned URL's signature are in no part of it. */
export class ProcessMindError extends Error {
  /** The stable code of its kind, such as `NOT_FOUND`. */
  readonly code: string = 'PROCESSMIND';
  /** What to do about it; the message ends with it. */
  declare readonly hint?: string;
  /** The HTTP status, where there was an answer. */
  declare readonly status?: number;
  /** The id the server gave the request, for its support. */
  declare readonly requestId?: string;
  /** The HTTP method. */
  declare readonly method?: string;
  /** The URL; a presigned one without its query. */
  declare readonly url?: string;
  /** The answer's body, its first 64 KiB. */
  declare readonly body?: string;
  /** How often it was tried; 0 where nothing was sent. */
  declare readonly attempts: number;
  /** How many seconds the server asks to wait. */
  declare readonly retryAfter?: number;

  /** Errors are made by the SDK; make one to test your own code. */
  constructor({ message, cause, ...fields }: ErrorDetails) {
    super(message, cause === undefined ? undefined : { cause });
    const known = Object.entries(fields).filter(([, value]) => value !== undefined);
    Object.assign(this, { attempts: 0 }, Object.fromEntries(known));
  }

  /** The page about errors of this kind. */
  get docsUrl(): string {
    return `https://processmind.github.io/processmind-sdk/errors/${this.code}.html`;
  }

  /** What a log keeps of it. */
  toJSON(): Record<string, unknown> {
    return Object.assign({ name: this.name, message: this.message } as Record<string, unknown>, this);
  }

  static {
    ProcessMindError.prototype.name = 'ProcessMindError';
  }
}

/** An option of the client is missing or can't be used. Code: `INVALID_CONFIGURATION`. */
export class ConfigurationError extends ProcessMindError {
  override readonly code: string = 'INVALID_CONFIGURATION';
  static {
    ConfigurationError.prototype.name = 'ConfigurationError';
  }
}

/** An argument of a call can't be used; nothing was sent. Code: `INVALID_ARGUMENT`. */
export class InvalidArgumentError extends ProcessMindError {
  override readonly code: string = 'INVALID_ARGUMENT';
  static {
    InvalidArgumentError.prototype.name = 'InvalidArgumentError';
  }
}

/** The client was closed before the call. Code: `CLIENT_CLOSED`. */
export class ClientClosedError extends ProcessMindError {
  override readonly code: string = 'CLIENT_CLOSED';
  static {
    ClientClosedError.prototype.name = 'ClientClosedError';
  }
}

/** ProcessMind answered with a status that is not a success. Code: `API_STATUS`. */
export class ApiStatusError extends ProcessMindError {
  override readonly code: string = 'API_STATUS';
  static {
    ApiStatusError.prototype.name = 'ApiStatusError';
  }
}

/** 400: ProcessMind could not read the request. Code: `BAD_REQUEST`. */
export class BadRequestError extends ApiStatusError {
  override readonly code: string = 'BAD_REQUEST';
  static {
    BadRequestError.prototype.name = 'BadRequestError';
  }
}

/** 401: the API key is missing or wrong. Code: `AUTHENTICATION_FAILED`. */
export class AuthenticationError extends ApiStatusError {
  override readonly code: string = 'AUTHENTICATION_FAILED';
  static {
    AuthenticationError.prototype.name = 'AuthenticationError';
  }
}

/** 403: the API key is wrong, or may not do this. Code: `PERMISSION_DENIED`. */
export class PermissionDeniedError extends ApiStatusError {
  override readonly code: string = 'PERMISSION_DENIED';
  static {
    PermissionDeniedError.prototype.name = 'PermissionDeniedError';
  }
}

/** 404: there is no such object in this tenant. Code: `NOT_FOUND`. */
export class NotFoundError extends ApiStatusError {
  override readonly code: string = 'NOT_FOUND';
  static {
    NotFoundError.prototype.name = 'NotFoundError';
  }
}

/** 409: the object's state does not allow it. Code: `CONFLICT`. */
export class ConflictError extends ApiStatusError {
  override readonly code: string = 'CONFLICT';
  static {
    ConflictError.prototype.name = 'ConflictError';
  }
}

/** 413: the request is too large. Code: `PAYLOAD_TOO_LARGE`. */
export class PayloadTooLargeError extends ApiStatusError {
  override readonly code: string = 'PAYLOAD_TOO_LARGE';
  static {
    PayloadTooLargeError.prototype.name = 'PayloadTooLargeError';
  }
}

/** 422: ProcessMind refused a value. Code: `VALIDATION_FAILED`. */
export class ValidationError extends ApiStatusError {
  override readonly code: string = 'VALIDATION_FAILED';
  static {
    ValidationError.prototype.name = 'ValidationError';
  }
}

/** 429: too many requests. Code: `RATE_LIMITED`. */
export class RateLimitError extends ApiStatusError {
  override readonly code: string = 'RATE_LIMITED';
  static {
    RateLimitError.prototype.name = 'RateLimitError';
  }
}

/** 5xx: ProcessMind failed. Code: `SERVER_ERROR`. */
export class ServerError extends ApiStatusError {
  override readonly code: string = 'SERVER_ERROR';
  static {
    ServerError.prototype.name = 'ServerError';
  }
}

/** The status is a success, the body is not: it is not JSON, lacks the id of an object, or states a failure. Code: `RESPONSE_DECODE_FAILED`. */
export class ResponseDecodeError extends ProcessMindError {
  override readonly code: string = 'RESPONSE_DECODE_FAILED';
  static {
    ResponseDecodeError.prototype.name = 'ResponseDecodeError';
  }
}

/** No connection, or it broke. Code: `CONNECTION_FAILED`. */
export class ConnectionFailedError extends ProcessMindError {
  override readonly code: string = 'CONNECTION_FAILED';
  static {
    ConnectionFailedError.prototype.name = 'ConnectionFailedError';
  }
}

/** No answer in time. Code: `REQUEST_TIMEOUT`. */
export class RequestTimeoutError extends ConnectionFailedError {
  override readonly code: string = 'REQUEST_TIMEOUT';
  static {
    RequestTimeoutError.prototype.name = 'RequestTimeoutError';
  }
}

/** A create was sent and its answer lost: the object may exist. Code: `AMBIGUOUS_RESULT`. */
export class AmbiguousResultError extends ProcessMindError {
  override readonly code: string = 'AMBIGUOUS_RESULT';
  static {
    AmbiguousResultError.prototype.name = 'AmbiguousResultError';
  }
}

/** The text is no BPMN 2.0 model; nothing was sent. Code: `INVALID_BPMN`. */
export class InvalidBpmnError extends ProcessMindError {
  override readonly code: string = 'INVALID_BPMN';
  static {
    InvalidBpmnError.prototype.name = 'InvalidBpmnError';
  }
}

/** The upload failed. Code: `UPLOAD_FAILED`. */
export class UploadError extends ProcessMindError {
  override readonly code: string = 'UPLOAD_FAILED';
  static {
    UploadError.prototype.name = 'UploadError';
  }
}

/** The file can't be read. In Python also the `OSError` it is, such as `FileNotFoundError`. Code: `SOURCE_UNREADABLE`. */
export class SourceError extends UploadError {
  override readonly code: string = 'SOURCE_UNREADABLE';
  static {
    SourceError.prototype.name = 'SourceError';
  }
}

/** The file changed while it was sent; nothing was stored. Code: `SOURCE_CHANGED`. */
export class SourceChangedError extends UploadError {
  override readonly code: string = 'SOURCE_CHANGED';
  static {
    SourceChangedError.prototype.name = 'SourceChangedError';
  }
}

/** The file is larger than one upload may be. Code: `FILE_TOO_LARGE`. */
export class FileTooLargeError extends UploadError {
  override readonly code: string = 'FILE_TOO_LARGE';
  static {
    FileTooLargeError.prototype.name = 'FileTooLargeError';
  }
}

/** The file is empty. Code: `EMPTY_FILE`. */
export class EmptyFileError extends UploadError {
  override readonly code: string = 'EMPTY_FILE';
  static {
    EmptyFileError.prototype.name = 'EmptyFileError';
  }
}

/** The file's suffix is none that ProcessMind reads. Code: `UNSUPPORTED_FORMAT`. */
export class UnsupportedFormatError extends UploadError {
  override readonly code: string = 'UNSUPPORTED_FORMAT';
  static {
    UnsupportedFormatError.prototype.name = 'UnsupportedFormatError';
  }
}

/** The event log has errors in it, and was not to be sent with them. Code: `EVENT_LOG_INVALID`. */
export class EventLogError extends UploadError {
  override readonly code: string = 'EVENT_LOG_INVALID';
  static {
    EventLogError.prototype.name = 'EventLogError';
  }
}

/** The presigned URL expired, again and again. Code: `UPLOAD_URL_EXPIRED`. */
export class UploadUrlExpiredError extends UploadError {
  override readonly code: string = 'UPLOAD_URL_EXPIRED';
  static {
    UploadUrlExpiredError.prototype.name = 'UploadUrlExpiredError';
  }
}

/** Storage holds other bytes than were sent. Code: `CHECKSUM_MISMATCH`. */
export class ChecksumMismatchError extends UploadError {
  override readonly code: string = 'CHECKSUM_MISMATCH';
  static {
    ChecksumMismatchError.prototype.name = 'ChecksumMismatchError';
  }
}

/** A fault of this SDK. Code: `INTERNAL`. */
export class InternalError extends ProcessMindError {
  override readonly code: string = 'INTERNAL';
  static {
    InternalError.prototype.name = 'InternalError';
  }
}
