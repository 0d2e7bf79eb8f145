"""The exceptions of ProcessMind: one class for every kind of error, all under `ProcessMindError`.

Generated from core/src/error/kind.rs by `make generate`.
"""

from __future__ import annotations


class ProcessMindError(Exception):
    """What failed, why, and what to do."""

    code = "PROCESSMIND"




class ConfigurationError(ProcessMindError, ValueError):
    """An option of the client is missing or can't be used."""

    code = "INVALID_CONFIGURATION"


class InvalidArgumentError(ProcessMindError, ValueError):
    """An argument of a call can't be used; nothing was sent."""

    code = "INVALID_ARGUMENT"


class ClientClosedError(ProcessMindError):
    """The client was closed before the call."""

    code = "CLIENT_CLOSED"


class ApiStatusError(ProcessMindError):
    """ProcessMind answered with a status that is not a success."""

    code = "API_STATUS"


class BadRequestError(ApiStatusError, ValueError):
    """400: ProcessMind could not read the request."""

    code = "BAD_REQUEST"


class AuthenticationError(ApiStatusError, PermissionError):
    """401: the API key is missing or wrong."""

    code = "AUTHENTICATION_FAILED"


class PermissionDeniedError(ApiStatusError, PermissionError):
    """403: the API key is wrong, or may not do this."""

    code = "PERMISSION_DENIED"


class NotFoundError(ApiStatusError, LookupError):
    """404: there is no such object in this tenant."""

    code = "NOT_FOUND"


class ConflictError(ApiStatusError):
    """409: the object's state does not allow it."""

    code = "CONFLICT"


class PayloadTooLargeError(ApiStatusError):
    """413: the request is too large."""

    code = "PAYLOAD_TOO_LARGE"


class ValidationError(ApiStatusError, ValueError):
    """422: ProcessMind refused a value."""

    code = "VALIDATION_FAILED"


class RateLimitError(ApiStatusError):
    """429: too many requests."""

    code = "RATE_LIMITED"


class ServerError(ApiStatusError):
    """5xx: ProcessMind failed."""

    code = "SERVER_ERROR"


class ResponseDecodeError(ProcessMindError, ValueError):
    """The answer is no JSON, or not the JSON that was expected."""

    code = "RESPONSE_DECODE_FAILED"


class ConnectionFailedError(ProcessMindError, ConnectionError):
    """No connection, or it broke."""

    code = "CONNECTION_FAILED"


class RequestTimeoutError(ConnectionFailedError, TimeoutError):
    """No answer in time."""

    code = "REQUEST_TIMEOUT"


class AmbiguousResultError(ProcessMindError):
    """A create was sent and its answer lost: the object may exist."""

    code = "AMBIGUOUS_RESULT"


class InvalidBpmnError(ProcessMindError, ValueError):
    """The text is no BPMN 2.0 model; nothing was sent."""

    code = "INVALID_BPMN"


class UploadError(ProcessMindError):
    """The upload failed."""

    code = "UPLOAD_FAILED"


class SourceError(UploadError):
    """The file can't be read. In Python also the `OSError` it is, such as `FileNotFoundError`."""

    code = "SOURCE_UNREADABLE"


class SourceChangedError(UploadError):
    """The file changed while it was sent; nothing was stored."""

    code = "SOURCE_CHANGED"


class FileTooLargeError(UploadError, ValueError):
    """The file is larger than one upload may be."""

    code = "FILE_TOO_LARGE"


class EmptyFileError(UploadError, ValueError):
    """The file is empty."""

    code = "EMPTY_FILE"


class UnsupportedFormatError(UploadError, ValueError):
    """The file's suffix is none that ProcessMind reads."""

    code = "UNSUPPORTED_FORMAT"


class UploadUrlExpiredError(UploadError):
    """The presigned URL expired, again and again."""

    code = "UPLOAD_URL_EXPIRED"


class ChecksumMismatchError(UploadError):
    """Storage holds other bytes than were sent."""

    code = "CHECKSUM_MISMATCH"


class InternalError(ProcessMindError, RuntimeError):
    """A fault of this SDK."""

    code = "INTERNAL"
