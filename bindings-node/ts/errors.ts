// The errors of ProcessMind: one class for every kind, all under `ProcessMindError`.
// Generated from core/src/error/kind.rs by `make generate`.

/** What failed, why, and what to do. */
export class ProcessMindError extends Error {}

/** An option of the client is missing or can't be used. Code: `INVALID_CONFIGURATION`. */
export class ConfigurationError extends ProcessMindError {}

/** An argument of a call can't be used; nothing was sent. Code: `INVALID_ARGUMENT`. */
export class InvalidArgumentError extends ProcessMindError {}

/** The client was closed before the call. Code: `CLIENT_CLOSED`. */
export class ClientClosedError extends ProcessMindError {}

/** ProcessMind answered with a status that is not a success. Code: `API_STATUS`. */
export class ApiStatusError extends ProcessMindError {}

/** 400: ProcessMind could not read the request. Code: `BAD_REQUEST`. */
export class BadRequestError extends ApiStatusError {}

/** 401: the API key is missing or wrong. Code: `AUTHENTICATION_FAILED`. */
export class AuthenticationError extends ApiStatusError {}

/** 403: the API key is wrong, or may not do this. Code: `PERMISSION_DENIED`. */
export class PermissionDeniedError extends ApiStatusError {}

/** 404: there is no such object in this tenant. Code: `NOT_FOUND`. */
export class NotFoundError extends ApiStatusError {}

/** 409: the object's state does not allow it. Code: `CONFLICT`. */
export class ConflictError extends ApiStatusError {}

/** 413: the request is too large. Code: `PAYLOAD_TOO_LARGE`. */
export class PayloadTooLargeError extends ApiStatusError {}

/** 422: ProcessMind refused a value. Code: `VALIDATION_FAILED`. */
export class ValidationError extends ApiStatusError {}

/** 429: too many requests. Code: `RATE_LIMITED`. */
export class RateLimitError extends ApiStatusError {}

/** 5xx: ProcessMind failed. Code: `SERVER_ERROR`. */
export class ServerError extends ApiStatusError {}

/** The answer is no JSON, or not the JSON that was expected. Code: `RESPONSE_DECODE_FAILED`. */
export class ResponseDecodeError extends ProcessMindError {}

/** No connection, or it broke. Code: `CONNECTION_FAILED`. */
export class ConnectionFailedError extends ProcessMindError {}

/** No answer in time. Code: `REQUEST_TIMEOUT`. */
export class RequestTimeoutError extends ConnectionFailedError {}

/** A create was sent and its answer lost: the object may exist. Code: `AMBIGUOUS_RESULT`. */
export class AmbiguousResultError extends ProcessMindError {}

/** The text is no BPMN 2.0 model; nothing was sent. Code: `INVALID_BPMN`. */
export class InvalidBpmnError extends ProcessMindError {}

/** The upload failed. Code: `UPLOAD_FAILED`. */
export class UploadError extends ProcessMindError {}

/** The file can't be read. In Python also the `OSError` it is, such as `FileNotFoundError`. Code: `SOURCE_UNREADABLE`. */
export class SourceError extends UploadError {}

/** The file changed while it was sent; nothing was stored. Code: `SOURCE_CHANGED`. */
export class SourceChangedError extends UploadError {}

/** The file is larger than one upload may be. Code: `FILE_TOO_LARGE`. */
export class FileTooLargeError extends UploadError {}

/** The file is empty. Code: `EMPTY_FILE`. */
export class EmptyFileError extends UploadError {}

/** The file's suffix is none that ProcessMind reads. Code: `UNSUPPORTED_FORMAT`. */
export class UnsupportedFormatError extends UploadError {}

/** The presigned URL expired, again and again. Code: `UPLOAD_URL_EXPIRED`. */
export class UploadUrlExpiredError extends UploadError {}

/** Storage holds other bytes than were sent. Code: `CHECKSUM_MISMATCH`. */
export class ChecksumMismatchError extends UploadError {}

/** A fault of this SDK. Code: `INTERNAL`. */
export class InternalError extends ProcessMindError {}
