//! Every kind of error: its stable code and its class in the languages that have classes.

/// Where the documentation is.
pub const DOCS: &str = "https://processmind.github.io/processmind-sdk";

/// What the tables of classes in other languages are made from.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct KindInfo {
    /// The kind.
    pub kind: ErrorKind,
    /// The stable code.
    pub code: &'static str,
    /// The class that stands for it in Python and in Node.
    pub class: &'static str,
    /// The class that one derives from.
    pub parent: &'static str,
    /// The builtin that the Python class derives from too.
    pub python_base: Option<&'static str>,
    /// What it means.
    pub doc: &'static str,
}

macro_rules! error_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $code:literal, $class:literal < $parent:literal $(+ $base:literal)?;)*) => {
        /// What went wrong, as a value that programs can decide on.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind {
            $($(#[doc = $doc])+ $kind,)*
        }

        impl ErrorKind {
            /// Every kind, parents before their children.
            pub const ALL: &'static [KindInfo] = &[
                $(KindInfo {
                    kind: ErrorKind::$kind,
                    code: $code,
                    class: $class,
                    parent: $parent,
                    python_base: error_kinds!(@base $($base)?),
                    doc: concat!($($doc, "\n"),+),
                },)*
            ];

            /// The stable code, such as `RATE_LIMITED`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$kind => $code,)* }
            }

            /// The name of the class that stands for this kind in Python and in Node.
            #[must_use]
            pub fn class(self) -> &'static str {
                match self { $(Self::$kind => $class,)* }
            }
        }
    };
    (@base) => { None };
    (@base $base:literal) => { Some($base) };
}

error_kinds! {
    /// An option of the client is missing or can't be used.
    Configuration = "INVALID_CONFIGURATION", "ConfigurationError" < "ProcessMindError" + "ValueError";
    /// An argument of a call can't be used; nothing was sent.
    InvalidArgument = "INVALID_ARGUMENT", "InvalidArgumentError" < "ProcessMindError" + "ValueError";
    /// The client was closed before the call.
    ClientClosed = "CLIENT_CLOSED", "ClientClosedError" < "ProcessMindError";
    /// ProcessMind answered with a status that is not a success.
    ApiStatus = "API_STATUS", "ApiStatusError" < "ProcessMindError";
    /// 400: ProcessMind could not read the request.
    BadRequest = "BAD_REQUEST", "BadRequestError" < "ApiStatusError" + "ValueError";
    /// 401: the API key is missing or wrong.
    Authentication = "AUTHENTICATION_FAILED", "AuthenticationError" < "ApiStatusError" + "PermissionError";
    /// 403: the API key is wrong, or may not do this.
    PermissionDenied = "PERMISSION_DENIED", "PermissionDeniedError" < "ApiStatusError" + "PermissionError";
    /// 404: there is no such object in this tenant.
    NotFound = "NOT_FOUND", "NotFoundError" < "ApiStatusError" + "LookupError";
    /// 409: the object's state does not allow it.
    Conflict = "CONFLICT", "ConflictError" < "ApiStatusError";
    /// 413: the request is too large.
    PayloadTooLarge = "PAYLOAD_TOO_LARGE", "PayloadTooLargeError" < "ApiStatusError";
    /// 422: ProcessMind refused a value.
    Validation = "VALIDATION_FAILED", "ValidationError" < "ApiStatusError" + "ValueError";
    /// 429: too many requests.
    RateLimit = "RATE_LIMITED", "RateLimitError" < "ApiStatusError";
    /// 5xx: ProcessMind failed.
    Server = "SERVER_ERROR", "ServerError" < "ApiStatusError";
    /// The status is a success, the body is not: it is not JSON, lacks the id of an object, or states a failure.
    ResponseDecode = "RESPONSE_DECODE_FAILED", "ResponseDecodeError" < "ProcessMindError" + "ValueError";
    /// No connection, or it broke.
    ConnectionFailed = "CONNECTION_FAILED", "ConnectionFailedError" < "ProcessMindError" + "ConnectionError";
    /// No answer in time.
    RequestTimeout = "REQUEST_TIMEOUT", "RequestTimeoutError" < "ConnectionFailedError" + "TimeoutError";
    /// A create was sent and its answer lost: the object may exist.
    AmbiguousResult = "AMBIGUOUS_RESULT", "AmbiguousResultError" < "ProcessMindError";
    /// The text is no BPMN 2.0 model; nothing was sent.
    InvalidBpmn = "INVALID_BPMN", "InvalidBpmnError" < "ProcessMindError" + "ValueError";
    /// The upload failed.
    Upload = "UPLOAD_FAILED", "UploadError" < "ProcessMindError";
    /// The file can't be read. In Python also the `OSError` it is, such as `FileNotFoundError`.
    Source = "SOURCE_UNREADABLE", "SourceError" < "UploadError";
    /// The file changed while it was sent; nothing was stored.
    SourceChanged = "SOURCE_CHANGED", "SourceChangedError" < "UploadError";
    /// The file is larger than one upload may be.
    FileTooLarge = "FILE_TOO_LARGE", "FileTooLargeError" < "UploadError" + "ValueError";
    /// The file is empty.
    EmptyFile = "EMPTY_FILE", "EmptyFileError" < "UploadError" + "ValueError";
    /// The file's suffix is none that ProcessMind reads.
    UnsupportedFormat = "UNSUPPORTED_FORMAT", "UnsupportedFormatError" < "UploadError" + "ValueError";
    /// The event log has errors in it, and was not to be sent with them.
    EventLog = "EVENT_LOG_INVALID", "EventLogError" < "UploadError" + "ValueError";
    /// The presigned URL expired, again and again.
    UploadUrlExpired = "UPLOAD_URL_EXPIRED", "UploadUrlExpiredError" < "UploadError";
    /// Storage holds other bytes than were sent.
    ChecksumMismatch = "CHECKSUM_MISMATCH", "ChecksumMismatchError" < "UploadError";
    /// A fault of this SDK.
    Internal = "INTERNAL", "InternalError" < "ProcessMindError" + "RuntimeError";
}

impl ErrorKind {
    /// The kind that an HTTP status of the API means.
    #[must_use]
    pub fn from_status(status: u16) -> Self {
        match status {
            400 => Self::BadRequest,
            401 => Self::Authentication,
            403 => Self::PermissionDenied,
            404 => Self::NotFound,
            409 => Self::Conflict,
            413 => Self::PayloadTooLarge,
            422 => Self::Validation,
            429 => Self::RateLimit,
            500..=599 => Self::Server,
            _ => Self::ApiStatus,
        }
    }

    /// The page that says what it means, where it comes from and what to do.
    #[must_use]
    pub fn docs_url(self) -> String {
        format!("{DOCS}/errors/{}.html", self.code())
    }
}
