"""The exceptions of ProcessMind: one class for every kind of error, all under `ProcessMindError`.

Generated from core/src/error/kind.rs and xtask/src/exceptions.py.in by `make generate`.
"""

from __future__ import annotations

__all__ = [
    "AmbiguousResultError",
    "ApiStatusError",
    "AuthenticationError",
    "BadRequestError",
    "ChecksumMismatchError",
    "ClientClosedError",
    "ConfigurationError",
    "ConflictError",
    "ConnectionFailedError",
    "EmptyFileError",
    "ErrorCause",
    "EventLogError",
    "FileTooLargeError",
    "InternalError",
    "InvalidArgumentError",
    "InvalidBpmnError",
    "NotFoundError",
    "PayloadTooLargeError",
    "PermissionDeniedError",
    "ProcessMindError",
    "RateLimitError",
    "RequestTimeoutError",
    "ResponseDecodeError",
    "ServerError",
    "SourceChangedError",
    "SourceError",
    "SourceIsADirectoryError",
    "SourceNotADirectoryError",
    "SourceNotFoundError",
    "SourceOSError",
    "SourcePermissionError",
    "UnsupportedFormatError",
    "UploadError",
    "UploadUrlExpiredError",
    "ValidationError",
]


class ErrorCause(Exception):
    """What an error came from, in the words of the layer below: the `__cause__` of a `ProcessMindError`."""


class ProcessMindError(Exception):
    """What failed, why, and what to do: the base of every error of this package.

    `str(error)` is the whole text: the message, then the hint. A traceback ends with the page about errors of its
    kind. Errors can be pickled.

    Attributes:
        code: The stable code of the kind of error, such as `NOT_FOUND`.
        message: What failed and why.
        hint: What to do about it.
        status: The HTTP status, where there was an answer.
        request_id: The id that the server gave the request, for its support.
        method: The HTTP method.
        url: The URL, without its query.
        body: The answer's body, its first 64 KiB.
        attempts: How often it was tried; 0 where nothing was sent.
        retry_after: How long the server asks to wait, in seconds.
    """

    code: str = "PROCESSMIND"
    message: str
    hint: str | None
    status: int | None
    request_id: str | None
    method: str | None
    url: str | None
    body: str | None
    attempts: int
    retry_after: float | None

    def __init__(
        self,
        message: str = "",
        *,
        code: str | None = None,
        hint: str | None = None,
        status: int | None = None,
        request_id: str | None = None,
        method: str | None = None,
        url: str | None = None,
        body: str | None = None,
        attempts: int = 0,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(message)
        self.code = code or type(self).code
        self.message = message
        self.hint = hint
        self.status = status
        self.request_id = request_id
        self.method = method
        self.url = url
        self.body = body
        self.attempts = attempts
        self.retry_after = retry_after
        self.add_note(self.docs_url)

    @property
    def docs_url(self) -> str:
        """The page about errors of this kind."""
        return f"https://processmind.github.io/processmind-sdk/errors/{self.code}.html"

    def __str__(self) -> str:
        return self.message if self.hint is None else f"{self.message}\n{self.hint}"

    def __reduce__(self) -> tuple[type[ProcessMindError], tuple[str], dict[str, object]]:
        state = dict(self.__dict__)
        if isinstance(self, OSError):
            state |= {"errno": self.errno, "strerror": self.strerror, "filename": self.filename}
        if self.__cause__ is not None:
            state["__cause__"] = self.__cause__
        return type(self), (self.message,), state


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
    """The status is a success, the body is not: it is not JSON, lacks the id of an object, or states a failure."""

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


class EventLogError(UploadError, ValueError):
    """The event log has errors in it, and was not to be sent with them."""

    code = "EVENT_LOG_INVALID"


class UploadUrlExpiredError(UploadError):
    """The presigned URL expired, again and again."""

    code = "UPLOAD_URL_EXPIRED"


class ChecksumMismatchError(UploadError):
    """Storage holds other bytes than were sent."""

    code = "CHECKSUM_MISMATCH"


class InternalError(ProcessMindError, RuntimeError):
    """A fault of this SDK."""

    code = "INTERNAL"


class SourceOSError(SourceError, OSError):
    """The file can't be read, for a reason that Python has no class for."""


class SourceNotFoundError(SourceError, FileNotFoundError):
    """The file is not there."""


class SourcePermissionError(SourceError, PermissionError):
    """The file may not be read."""


class SourceIsADirectoryError(SourceError, IsADirectoryError):
    """A directory is no file."""


class SourceNotADirectoryError(SourceError, NotADirectoryError):
    """A part of the path is no directory."""
