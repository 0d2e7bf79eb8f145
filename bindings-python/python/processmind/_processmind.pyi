# Generated from core and bindings-python by `make generate`.

"""
The native half of the package; use `processmind`.
"""

from _typeshed import Incomplete, SupportsGetItem
from collections.abc import Awaitable, Iterable, Mapping as Mapping2
from datetime import datetime
from os import PathLike
from typing import Any, Final, SupportsFloat, SupportsIndex, final

__all__ = ["UNCHANGED", "VERSION", "AsyncClient", "CheckOptions", "Client", "ClientOptions", "Color", "Column", "Dataset", "DatasetSummary", "Datatable", "DatatableRef", "DatatableSummary", "EventLogColumn", "EventLogPeriod", "EventLogProblem", "EventLogReport", "EventLogSheet", "FailedUpload", "Feed", "Mapping", "Organization", "OrganizationStatistics", "OrganizationTenant", "OrganizationUser", "PresignedUrlOptions", "Process", "Progress", "PublishOptions", "PublishResult", "PublishStep", "SucceededUpload", "Tenant", "TenantStatistics", "TenantUser", "Unchanged", "UploadFilesResult", "UploadOptions", "UploadResult", "check_event_log", "list_html", "list_repr", "run_command"]

UNCHANGED: Final[Unchanged]
"""
As a value of `tree_parent_id`: the folder stays the one it is, where None is the root.
"""

VERSION: Final[str]
"""
The version of the package.
"""

@final
class AsyncClient:
    """
    A client whose calls are awaited.
    """
    def __new__(cls, /, options: ClientOptions) -> AsyncClient: ...
    def add_tenant_user(self, /, email: str, first_name: str | None, last_name: str | None, is_active_in_tenant: bool | None, is_admin_in_tenant: bool | None, is_developer_in_tenant: bool | None, id: str | None, send_invitation_email: bool | None, tenant_id: str | None) -> Awaitable[TenantUser]: ...
    @property
    def base_url(self, /) -> str: ...
    def close(self, /) -> None: ...
    def create_dataset(self, /, display_name: str, tree_parent_id: str | None, tree_node_type: str | None, tenant_id: str | None) -> Awaitable[Dataset]: ...
    def create_datatable(self, /, dataset_id: str, display_name: str, tenant_id: str | None) -> Awaitable[Datatable]: ...
    def create_organization_tenant(self, /, short_name: str, display_name: str | None, description: str | None, tenant_id: str | None) -> Awaitable[OrganizationTenant]: ...
    def create_process(self, /, display_name: str, tree_parent_id: str | None, tree_node_type: str | None, tenant_id: str | None) -> Awaitable[Process]: ...
    def create_process_mapping(self, /, process_id: str, datatable_id: str, display_name: str | None, color: str | Incomplete | None, show_by_default: bool | None, tenant_id: str | None) -> Awaitable[Mapping]: ...
    def delete_dataset(self, /, dataset_id: str, tenant_id: str | None) -> Awaitable[Any]: ...
    def delete_organization_tenant(self, /, target_tenant_id: str, tenant_id: str | None) -> Awaitable[Any]: ...
    def delete_process(self, /, process_id: str, tenant_id: str | None) -> Awaitable[Any]: ...
    def delete_process_mapping(self, /, process_id: str, mapping_id: str, tenant_id: str | None) -> Awaitable[Any]: ...
    def get_dataset(self, /, dataset_id: str, tenant_id: str | None) -> Awaitable[Dataset]: ...
    def get_datasets(self, /, tenant_id: str | None) -> Awaitable[list[DatasetSummary]]: ...
    def get_datatable(self, /, datatable_id: str, tenant_id: str | None) -> Awaitable[Datatable]: ...
    def get_datatables(self, /, tenant_id: str | None) -> Awaitable[list[DatatableSummary]]: ...
    def get_organization(self, /, tenant_id: str | None) -> Awaitable[Organization]: ...
    def get_organization_statistics(self, /, tenant_id: str | None) -> Awaitable[OrganizationStatistics]: ...
    def get_organization_tenants(self, /, tenant_id: str | None) -> Awaitable[list[OrganizationTenant]]: ...
    def get_organization_users(self, /, tenant_id: str | None) -> Awaitable[list[OrganizationUser]]: ...
    def get_presigned_upload_url(self, /, datatable_id: str, options: PresignedUrlOptions, file: object | None, tenant_id: str | None) -> Awaitable[str]: ...
    def get_process(self, /, process_id: str, tenant_id: str | None) -> Awaitable[Process]: ...
    def get_process_mappings(self, /, process_id: str, tenant_id: str | None) -> Awaitable[list[Mapping]]: ...
    def get_processes(self, /, tenant_id: str | None) -> Awaitable[list[Process]]: ...
    def get_tenant(self, /, tenant_id: str | None) -> Awaitable[Tenant]: ...
    def get_tenant_statistics(self, /, tenant_id: str | None) -> Awaitable[TenantStatistics]: ...
    def get_tenant_users(self, /, tenant_id: str | None) -> Awaitable[list[TenantUser]]: ...
    @property
    def options(self, /) -> ClientOptions:
        """
        What it was made with, and what the environment added, except for a key from there.
        """
    def publish(self, /, file: object | None, options: PublishOptions, bpmn: str | PathLike[str] | None, on_progress: Any | None, tenant_id: str | None) -> Awaitable[PublishResult]: ...
    @property
    def redacted_api_key(self, /) -> str:
        """
        The key as it may be shown.
        """
    def remove_organization_user(self, /, user_id: str, tenant_id: str | None) -> Awaitable[Any]: ...
    def remove_tenant_user(self, /, user_id: str, tenant_id: str | None) -> Awaitable[Any]: ...
    def request(self, /, method: str, path: str, query: Mapping2[str, str] | None, body: object | None) -> Awaitable[Any]: ...
    @property
    def tenant_id(self, /) -> str: ...
    def update_organization_user(self, /, user_id: str, is_active_in_organization: bool | None, is_admin_in_organization: bool | None, tenant_id: str | None) -> Awaitable[Any]: ...
    def update_process(self, /, process_id: str, display_name: str | None, tree_parent_id: Unchanged | str | None, tenant_id: str | None) -> Awaitable[Any]: ...
    def update_process_mapping(self, /, process_id: str, mapping_id: str, display_name: str | None, color: str | Incomplete | None, show_by_default: bool | None, tenant_id: str | None) -> Awaitable[Any]: ...
    def update_tenant(self, /, display_name: str, tenant_id: str | None) -> Awaitable[Tenant]: ...
    def update_tenant_user(self, /, user_id: str, is_active_in_tenant: bool | None, is_admin_in_tenant: bool | None, is_developer_in_tenant: bool | None, tenant_id: str | None) -> Awaitable[Any]: ...
    def upload_bpmn(self, /, process_id: str, bpmn_xml: str, tenant_id: str | None) -> Awaitable[Any]: ...
    def upload_bpmn_file(self, /, process_id: str, file_path: str | PathLike[str], tenant_id: str | None) -> Awaitable[Any]: ...
    def upload_dataframe(self, /, frame: object, datatable_id: str | None, columns: dict[str, str], options: UploadOptions, on_progress: Any | None, tenant_id: str | None) -> Awaitable[UploadResult]: ...
    def upload_file(self, /, file: object, datatable_id: str | None, options: UploadOptions, on_progress: Any | None, tenant_id: str | None) -> Awaitable[UploadResult]: ...
    def upload_files(self, /, items: Iterable[object], concurrency: SupportsIndex | None, on_progress: Any | None, tenant_id: str | None) -> Awaitable[UploadFilesResult]: ...

@final
class CheckOptions:
    """
    How an event log is checked.
    """
    def __new__(cls, /, *, file_name: str | None = None, sheet: str | None = None, case: str | None = None, activity: str | None = None, timestamp: str | None = None, resource: str | None = None) -> CheckOptions: ...
    @property
    def activity(self, /) -> str | None:
        """
        The heading of the column that holds the activity. Default: guessed.
        """
    @property
    def case(self, /) -> str | None:
        """
        The heading of the column that holds the case ID. Default: guessed.
        """
    @property
    def file_name(self, /) -> str | None:
        """
        The name whose suffix tells the format; the file's own without. Bytes without a name tell it themselves.
        """
    @property
    def resource(self, /) -> str | None:
        """
        The heading of the column that holds the resource: who did it. Default: guessed.
        """
    @property
    def sheet(self, /) -> str | None:
        """
        The name of the sheet to read of a workbook. Default: the one that looks like an event log.
        """
    @property
    def timestamp(self, /) -> str | None:
        """
        The heading of the column that holds the timestamp. Default: guessed.
        """

@final
class Client:
    """
    A client whose calls wait.
    """
    def __new__(cls, /, options: ClientOptions) -> Client: ...
    def add_tenant_user(self, /, email: str, first_name: str | None, last_name: str | None, is_active_in_tenant: bool | None, is_admin_in_tenant: bool | None, is_developer_in_tenant: bool | None, id: str | None, send_invitation_email: bool | None, tenant_id: str | None) -> TenantUser: ...
    @property
    def base_url(self, /) -> str: ...
    def close(self, /) -> None: ...
    def create_dataset(self, /, display_name: str, tree_parent_id: str | None, tree_node_type: str | None, tenant_id: str | None) -> Dataset: ...
    def create_datatable(self, /, dataset_id: str, display_name: str, tenant_id: str | None) -> Datatable: ...
    def create_organization_tenant(self, /, short_name: str, display_name: str | None, description: str | None, tenant_id: str | None) -> OrganizationTenant: ...
    def create_process(self, /, display_name: str, tree_parent_id: str | None, tree_node_type: str | None, tenant_id: str | None) -> Process: ...
    def create_process_mapping(self, /, process_id: str, datatable_id: str, display_name: str | None, color: str | Incomplete | None, show_by_default: bool | None, tenant_id: str | None) -> Mapping: ...
    def delete_dataset(self, /, dataset_id: str, tenant_id: str | None) -> Any: ...
    def delete_organization_tenant(self, /, target_tenant_id: str, tenant_id: str | None) -> Any: ...
    def delete_process(self, /, process_id: str, tenant_id: str | None) -> Any: ...
    def delete_process_mapping(self, /, process_id: str, mapping_id: str, tenant_id: str | None) -> Any: ...
    def get_dataset(self, /, dataset_id: str, tenant_id: str | None) -> Dataset: ...
    def get_datasets(self, /, tenant_id: str | None) -> list[DatasetSummary]: ...
    def get_datatable(self, /, datatable_id: str, tenant_id: str | None) -> Datatable: ...
    def get_datatables(self, /, tenant_id: str | None) -> list[DatatableSummary]: ...
    def get_organization(self, /, tenant_id: str | None) -> Organization: ...
    def get_organization_statistics(self, /, tenant_id: str | None) -> OrganizationStatistics: ...
    def get_organization_tenants(self, /, tenant_id: str | None) -> list[OrganizationTenant]: ...
    def get_organization_users(self, /, tenant_id: str | None) -> list[OrganizationUser]: ...
    def get_presigned_upload_url(self, /, datatable_id: str, options: PresignedUrlOptions, file: object | None, tenant_id: str | None) -> str: ...
    def get_process(self, /, process_id: str, tenant_id: str | None) -> Process: ...
    def get_process_mappings(self, /, process_id: str, tenant_id: str | None) -> list[Mapping]: ...
    def get_processes(self, /, tenant_id: str | None) -> list[Process]: ...
    def get_tenant(self, /, tenant_id: str | None) -> Tenant: ...
    def get_tenant_statistics(self, /, tenant_id: str | None) -> TenantStatistics: ...
    def get_tenant_users(self, /, tenant_id: str | None) -> list[TenantUser]: ...
    @property
    def options(self, /) -> ClientOptions:
        """
        What it was made with, and what the environment added, except for a key from there.
        """
    def publish(self, /, file: object | None, options: PublishOptions, bpmn: str | PathLike[str] | None, on_progress: Any | None, tenant_id: str | None) -> PublishResult: ...
    @property
    def redacted_api_key(self, /) -> str:
        """
        The key as it may be shown.
        """
    def remove_organization_user(self, /, user_id: str, tenant_id: str | None) -> Any: ...
    def remove_tenant_user(self, /, user_id: str, tenant_id: str | None) -> Any: ...
    def request(self, /, method: str, path: str, query: Mapping2[str, str] | None, body: object | None) -> Any: ...
    @property
    def tenant_id(self, /) -> str: ...
    def update_organization_user(self, /, user_id: str, is_active_in_organization: bool | None, is_admin_in_organization: bool | None, tenant_id: str | None) -> Any: ...
    def update_process(self, /, process_id: str, display_name: str | None, tree_parent_id: Unchanged | str | None, tenant_id: str | None) -> Any: ...
    def update_process_mapping(self, /, process_id: str, mapping_id: str, display_name: str | None, color: str | Incomplete | None, show_by_default: bool | None, tenant_id: str | None) -> Any: ...
    def update_tenant(self, /, display_name: str, tenant_id: str | None) -> Tenant: ...
    def update_tenant_user(self, /, user_id: str, is_active_in_tenant: bool | None, is_admin_in_tenant: bool | None, is_developer_in_tenant: bool | None, tenant_id: str | None) -> Any: ...
    def upload_bpmn(self, /, process_id: str, bpmn_xml: str, tenant_id: str | None) -> Any: ...
    def upload_bpmn_file(self, /, process_id: str, file_path: str | PathLike[str], tenant_id: str | None) -> Any: ...
    def upload_dataframe(self, /, frame: object, datatable_id: str | None, columns: dict[str, str], options: UploadOptions, on_progress: Any | None, tenant_id: str | None) -> UploadResult: ...
    def upload_file(self, /, file: object, datatable_id: str | None, options: UploadOptions, on_progress: Any | None, tenant_id: str | None) -> UploadResult: ...
    def upload_files(self, /, items: Iterable[object], concurrency: SupportsIndex | None, on_progress: Any | None, tenant_id: str | None) -> UploadFilesResult: ...

@final
class ClientOptions:
    """
    The client's options. An argument goes over its environment variable, and that over the default.
    """
    def __new__(cls, /, *, api_key: str | None = None, tenant_id: str | None = None, base_url: str | None = None, timeout: SupportsFloat | SupportsIndex | None = None, max_retries: SupportsIndex | None = None, max_connections: SupportsIndex | None = None, extra_headers: dict[str, str] | None = None, proxy: str | None = None, ca_bundle: str | None = None) -> ClientOptions: ...
    @property
    def api_key(self, /) -> str | None:
        """
        The API key. Without it `PROCESSMIND_API_KEY` is used.
        """
    @property
    def base_url(self, /) -> str | None:
        """
        Where the API is. Without it `PROCESSMIND_BASE_URL` is used, then `https://api.processmind.com`.
        """
    @property
    def ca_bundle(self, /) -> str | None:
        """
        The path of a PEM file whose certificates are trusted beside the system's and those that
        `SSL_CERT_FILE` names: the root of a proxy that re-signs TLS, or a server's self-signed certificate. Without
        it `NODE_EXTRA_CA_CERTS` is used in Node.js, and `REQUESTS_CA_BUNDLE`, then `CURL_CA_BUNDLE` in Python.
        """
    @property
    def extra_headers(self, /) -> dict[str, str] | None:
        """
        Headers to send with every API call, beside the SDK's own; storage never gets them.
        """
    @property
    def max_connections(self, /) -> int | None:
        """
        How many connections and how many files of uploads may be open at the same time (100). Further calls wait
        in the order in which they were made. All clients of the process with the same number share it.
        """
    @property
    def max_retries(self, /) -> int | None:
        """
        How often a call is tried again after a failure that may pass (3; 5 for the bytes of an upload).
        """
    @property
    def proxy(self, /) -> str | None:
        """
        The proxy that all connections go through: `http://`, `https://`, `socks5://` or `socks5h://`, with a
        user and a password where it wants them. Without it `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` are
        used; an empty text is no proxy at all. What is on loopback is always reached directly.
        """
    @property
    def tenant_id(self, /) -> str | None:
        """
        The tenant's id. Without it `PROCESSMIND_TENANT_ID` is used.
        """
    @property
    def timeout(self, /) -> float | None:
        """
        How long one attempt of an API call may take, in seconds (60). Uploads have no limit of their own.
        """

@final
class Color:
    """
    The colour a mapping is drawn in.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Color: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The colour's id, `data-1` to `data-8`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class Column:
    """
    A column of a datatable.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Column: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def name(self, /) -> str:
        """
        The heading.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def type(self, /) -> str | None:
        """
        What its values are, such as `string` or `datetime`.
        """

@final
class Dataset:
    """
    A dataset with the datatables it holds.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Dataset: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When it was made; in UTC if it names no offset.
        """
    @property
    def datatables(self, /) -> list[DatatableRef] | None:
        """
        The datatables it holds.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The dataset's id.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class DatasetSummary:
    """
    A dataset as the list of datasets shows it.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> DatasetSummary: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When it was made; in UTC if it names no offset.
        """
    @property
    def datatable_count(self, /) -> int | None:
        """
        How many datatables it holds.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The dataset's id.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class Datatable:
    """
    A datatable with its columns.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Datatable: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def columns(self, /) -> list[Column] | None:
        """
        Its columns, in the order of the file.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When it was made; in UTC if it names no offset.
        """
    @property
    def dataset_id(self, /) -> str | None:
        """
        The id of the dataset it is in.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The datatable's id.
        """
    @property
    def row_count(self, /) -> int | None:
        """
        How many rows it has.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class DatatableRef:
    """
    A datatable as its dataset shows it.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> DatatableRef: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The datatable's id.
        """
    @property
    def row_count(self, /) -> int | None:
        """
        How many rows it has.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class DatatableSummary:
    """
    A datatable as the list of datatables shows it.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> DatatableSummary: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When it was made; in UTC if it names no offset.
        """
    @property
    def dataset_id(self, /) -> str | None:
        """
        The id of the dataset it is in.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The datatable's id.
        """
    @property
    def row_count(self, /) -> int | None:
        """
        How many rows it has.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class EventLogColumn:
    """
    One column of an event log.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> EventLogColumn: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def confidence(self, /) -> float | None:
        """
        How sure the role is, from 0 to 1: 1 if it was stated or the format states it, below 0.5 if it is a guess.
        """
    @property
    def distinct(self, /) -> int:
        """
        How many different values there are; an estimate where there are more than 512.
        """
    @property
    def filled(self, /) -> int:
        """
        How many rows have a value.
        """
    @property
    def first(self, /) -> str | None:
        """
        The first date of a column of dates, in ISO 8601; in UTC where the dates have offsets.
        """
    @property
    def last(self, /) -> str | None:
        """
        The last date of a column of dates.
        """
    @property
    def name(self, /) -> str:
        """
        The heading; in XES the key of the attribute, with `case:` before those of a trace.
        """
    @property
    def notation(self, /) -> str | None:
        """
        How a column of dates is written, such as `ISO 8601` or `day first`.
        """
    @property
    def role(self, /) -> str | None:
        """
        What the column seems to be: `case`, `activity`, `timestamp`, `resource`, or nothing.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def type(self, /) -> str:
        """
        `string`, `datetime`, `integer`, `number` or `boolean`: the narrowest that fits every value.
        """

@final
class EventLogPeriod:
    """
    The events of one period.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> EventLogPeriod: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def events(self, /) -> int:
        """
        How many events there are from here to the next period.
        """
    @property
    def start(self, /) -> str:
        """
        The start: an hour `2024-01-31T09`, a day `2024-01-31`, a month `2024-01`, or one or more years `2024`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class EventLogProblem:
    """
    Something that is wrong with an event log, or likely is.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> EventLogProblem: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def code(self, /) -> str:
        """
        The stable code, such as `RAGGED_ROW`.
        """
    @property
    def column(self, /) -> str | None:
        """
        The heading of the column.
        """
    @property
    def count(self, /) -> int:
        """
        How many places there are.
        """
    @property
    def example(self, /) -> str | None:
        """
        The value, or the beginning of the line.
        """
    @property
    def hint(self, /) -> str:
        """
        What to do about it.
        """
    @property
    def message(self, /) -> str:
        """
        What is wrong.
        """
    @property
    def row(self, /) -> int | None:
        """
        The first place: the line as an editor numbers it, the header being 1; in a workbook the row.
        """
    @property
    def rows(self, /) -> list[int]:
        """
        The first ten places.
        """
    @property
    def severity(self, /) -> str:
        """
        `error` where the log will not come out as it is meant, else `warning`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class EventLogReport:
    """
    What an event log holds, and what is wrong with it.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> EventLogReport: ...
    def _repr_html_(self, /) -> str:
        """
        The report as a table with a small picture, for notebooks.
        """
    @property
    def cases(self, /) -> int | None:
        """
        How many cases there are, where a column can be the case id.
        """
    @property
    def cases_estimated(self, /) -> bool:
        """
        The cases were too many to count, and are an estimate.
        """
    @property
    def columns(self, /) -> list[EventLogColumn]:
        """
        The columns, in the order of the file.
        """
    @property
    def delimiter(self, /) -> str | None:
        """
        What is between the values of a text with more than one column.
        """
    @property
    def encoding(self, /) -> str | None:
        """
        The encoding of a text, by its WHATWG name, such as `UTF-8`.
        """
    @property
    def events_over_time(self, /) -> list[EventLogPeriod]:
        """
        The events over time, from the first period to the last.
        """
    @property
    def file_name(self, /) -> str | None:
        """
        The name of the file.
        """
    @property
    def format(self, /) -> str:
        """
        `csv`, `tsv`, `txt`, `xlsx`, `xlsb`, `xls` or `xes`.
        """
    @property
    def header_row(self, /) -> int | None:
        """
        The row of the headings: the line as an editor numbers it, in a workbook the row; none in XES.
        """
    @property
    def ok(self, /) -> bool:
        """
        No problem is an error.
        """
    @property
    def problems(self, /) -> list[EventLogProblem]:
        """
        What is wrong, errors and warnings.
        """
    @property
    def rows(self, /) -> int:
        """
        Rows of data, the header not counted; in XES the events.
        """
    @property
    def sheet(self, /) -> str | None:
        """
        The sheet of a workbook that was read.
        """
    @property
    def sheets(self, /) -> list[EventLogSheet]:
        """
        All sheets of a workbook.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class EventLogSheet:
    """
    A sheet of a workbook.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> EventLogSheet: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def hidden(self, /) -> bool:
        """
        Whether Excel hides it.
        """
    @property
    def name(self, /) -> str:
        """
        The name.
        """
    @property
    def read(self, /) -> bool:
        """
        Whether this is the sheet that was read.
        """
    @property
    def rows(self, /) -> int:
        """
        Rows of data, the headings not counted.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class FailedUpload:
    """
    One of many uploads that failed.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, index: SupportsIndex, file_name: str | None, error: Exception) -> FailedUpload: ...
    def __reduce__(self, /) -> tuple[Any, Any]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def error(self, /) -> Exception:
        """
        Why it failed.
        """
    @property
    def file_name(self, /) -> str | None:
        """
        The name it would have been stored under; bytes may have none.
        """
    @property
    def index(self, /) -> int:
        """
        Its place among the items, from 0.
        """

@final
class Feed:
    """
    Between the task that reads and the upload that sends.
    """
    def __new__(cls, /, file: Any) -> Feed: ...
    def fail(self, error: Any, /) -> None:
        """
        Ends the upload with what was raised.
        """
    @property
    def file(self, /) -> Any:
        """
        What is read.
        """
    def give(self, chunk: Any | None, /) -> None:
        """
        Fulfils the wish: with bytes, or with nothing at the end.
        """
    def wished(self, /) -> Awaitable[bool]:
        """
        Waits until the upload wishes for a chunk; false where it wishes for none any more.
        """

@final
class Mapping:
    """
    A datatable's events laid over a process's BPMN model.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Mapping: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def color(self, /) -> Color | None:
        """
        The colour it is drawn in.
        """
    @property
    def data_table_id(self, /) -> str | None:
        """
        The id of the datatable that is mapped.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The mapping's id.
        """
    @property
    def show_by_default(self, /) -> bool | None:
        """
        Whether the model shows it without being asked.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class Organization:
    """
    An organization: it holds tenants and users.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Organization: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When it was made; in UTC if it names no offset.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The organization's id.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class OrganizationStatistics:
    """
    How much an organization holds.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> OrganizationStatistics: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def tenant_count(self, /) -> int | None:
        """
        Tenants.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def total_dataset_count(self, /) -> int | None:
        """
        Datasets in all tenants.
        """
    @property
    def total_process_count(self, /) -> int | None:
        """
        Processes in all tenants.
        """
    @property
    def total_storage_used_bytes(self, /) -> int | None:
        """
        Bytes stored in all tenants.
        """
    @property
    def total_user_count(self, /) -> int | None:
        """
        Users in all tenants.
        """

@final
class OrganizationTenant:
    """
    A tenant as its organization shows it.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> OrganizationTenant: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When it was made; in UTC if it names no offset.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The tenant's id.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class OrganizationUser:
    """
    A user of an organization.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> OrganizationUser: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When the user was made; in UTC if it names no offset.
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address the user signs in with.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def first_name(self, /) -> str | None:
        """
        The first name.
        """
    @property
    def id(self, /) -> str:
        """
        The user's id.
        """
    @property
    def is_active_in_organization(self, /) -> bool | None:
        """
        Whether the user may enter the organization.
        """
    @property
    def is_admin_in_organization(self, /) -> bool | None:
        """
        Whether the user administers the organization.
        """
    @property
    def last_login_at(self, /) -> datetime | None:
        """
        When the user last signed in, in UTC if it names no offset; none before the first time.
        """
    @property
    def last_name(self, /) -> str | None:
        """
        The last name.
        """
    @property
    def organization_id(self, /) -> str | None:
        """
        The id of the organization.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class PresignedUrlOptions:
    """
    What a presigned URL is asked for with. A file given beside it provides its name, size and date.
    """
    def __new__(cls, /, *, dataset_id: str | None = None, file_name: str | None = None, file_size: SupportsIndex | None = None, file_last_modified: SupportsIndex | None = None, valid_for_seconds: SupportsIndex | None = None) -> PresignedUrlOptions: ...
    @property
    def dataset_id(self, /) -> str | None:
        """
        The dataset that the datatable is in; read from the datatable without.
        """
    @property
    def file_last_modified(self, /) -> int | None:
        """
        When the file was last changed, in milliseconds since 1970.
        """
    @property
    def file_name(self, /) -> str | None:
        """
        The file's name.
        """
    @property
    def file_size(self, /) -> int | None:
        """
        The file's exact size in bytes.
        """
    @property
    def valid_for_seconds(self, /) -> int | None:
        """
        How long the URL is valid, in seconds (3600).
        """

@final
class Process:
    """
    A process, or a folder of processes.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Process: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When it was made; in UTC if it names no offset.
        """
    @property
    def designer_model_id(self, /) -> str | None:
        """
        The id of its model in the designer.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The process's id.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def tree_node_type(self, /) -> str | None:
        """
        `Process`, or `TreeGroup` for a folder.
        """
    @property
    def tree_parent_id(self, /) -> str | None:
        """
        The id of the folder it is in; none at the root.
        """
    @property
    def updated_at(self, /) -> datetime | None:
        """
        When it was last changed; in UTC if it names no offset.
        """

@final
class Progress:
    """
    How far an upload is.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Progress: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def attempt(self, /) -> int:
        """
        The attempt, from 1.
        """
    @property
    def file_name(self, /) -> str:
        """
        The name that the file is stored under.
        """
    @property
    def phase(self, /) -> str:
        """
        `preparing`, `sending`, `verifying`, then `done`, which comes only after storage confirmed the file.
        """
    @property
    def sent(self, /) -> int:
        """
        Bytes sent in this attempt; it starts again with every attempt.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def total(self, /) -> int:
        """
        Bytes in all.
        """

@final
class PublishOptions:
    """
    What is to be in place; any part may be left out.
    """
    def __new__(cls, /, *, process: str | None = None, folder: str | None = None, bpmn: str | None = None, dataset: str | None = None, datatable: str | None = None, file_name: str | None = None, check: str | None = None, keep_data: bool | None = None, dry_run: bool | None = None) -> PublishOptions: ...
    @property
    def bpmn(self, /) -> str | None:
        """
        The process's BPMN 2.0 model: the path of its file, or its XML. It replaces the one that is there.
        """
    @property
    def check(self, /) -> str | None:
        """
        Checks the event log first, also in a dry run: `warn` reports its errors as warnings, `error` refuses a log
        with errors before anything is created or sent, `off` does not check. Default: `off`.
        """
    @property
    def dataset(self, /) -> str | None:
        """
        The dataset: its name, or its id. It is created where there is none of this name.
        """
    @property
    def datatable(self, /) -> str | None:
        """
        The datatable: its name, or its id. It is created in `dataset` where there is none of this name, and
        mapped to `process`.
        """
    @property
    def dry_run(self, /) -> bool | None:
        """
        Says what would be done, and does nothing (false).
        """
    @property
    def file_name(self, /) -> str | None:
        """
        The name the file is stored under, whose suffix tells the format; the file's own without.
        """
    @property
    def folder(self, /) -> str | None:
        """
        The folder of the process, such as 'Finance/Orders', created where it is not there. Without it the
        process may be in any folder, and a new one is put at the root.
        """
    @property
    def keep_data(self, /) -> bool | None:
        """
        Sends the file only to a datatable that has no rows (false: it is sent every time).
        """
    @property
    def process(self, /) -> str | None:
        """
        The process: its name, or its id. It is created where there is none of this name.
        """

@final
class PublishResult:
    """
    What was brought into place, step by step.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> PublishResult: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def dataset_id(self, /) -> str | None:
        """
        The id of the dataset.
        """
    @property
    def datatable_id(self, /) -> str | None:
        """
        The id of the datatable.
        """
    @property
    def dry_run(self, /) -> bool:
        """
        Whether it was only said, and nothing done.
        """
    @property
    def mapping_id(self, /) -> str | None:
        """
        The id of the mapping of the datatable to the process.
        """
    @property
    def process_id(self, /) -> str | None:
        """
        The id of the process.
        """
    @property
    def steps(self, /) -> list[PublishStep]:
        """
        The steps, in their order.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def upload(self, /) -> UploadResult | None:
        """
        Proof of the upload, where there was one.
        """
    @property
    def warnings(self, /) -> list[str]:
        """
        What is likely wrong with the model, and the errors of the event log, if it was checked; also in a dry run.
        """

@final
class PublishStep:
    """
    One thing that was brought into place.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> PublishStep: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def action(self, /) -> str:
        """
        `found`, `created`, `uploaded`, or, of data, `kept`.
        """
    @property
    def id(self, /) -> str | None:
        """
        Its id; none before it is created. A model and data have none.
        """
    @property
    def kind(self, /) -> str:
        """
        `folder`, `process`, `bpmn`, `dataset`, `datatable`, `data` or `mapping`.
        """
    @property
    def name(self, /) -> str:
        """
        Its name; of a model and of data, where they went.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class SucceededUpload:
    """
    One of many uploads that is stored.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, index: SupportsIndex, result: UploadResult) -> SucceededUpload: ...
    def __reduce__(self, /) -> tuple[Any, Any]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def index(self, /) -> int:
        """
        Its place among the items, from 0.
        """
    @property
    def result(self, /) -> UploadResult:
        """
        The proof of it, with the name it is stored under.
        """

@final
class Tenant:
    """
    A tenant: the workspace that holds processes, datasets and users.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> Tenant: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When the tenant was made; in UTC if it names no offset.
        """
    @property
    def display_name(self, /) -> str | None:
        """
        The name people see.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def id(self, /) -> str:
        """
        The tenant's id.
        """
    @property
    def plan(self, /) -> str | None:
        """
        The plan it is on, such as `professional`.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class TenantStatistics:
    """
    How much a tenant holds.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> TenantStatistics: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def dataset_count(self, /) -> int | None:
        """
        Datasets.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def process_count(self, /) -> int | None:
        """
        Processes.
        """
    @property
    def storage_used_bytes(self, /) -> int | None:
        """
        Bytes stored.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def user_count(self, /) -> int | None:
        """
        Users.
        """

@final
class TenantUser:
    """
    A user of a tenant.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> TenantUser: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def created_at(self, /) -> datetime | None:
        """
        When the user was made; in UTC if it names no offset.
        """
    @property
    def email(self, /) -> str | None:
        """
        The e-mail address the user signs in with.
        """
    @property
    def extra(self, /) -> dict[str, Any]:
        """
        The fields that this version of the SDK does not know, as the server sent them, and the dates that it
        can't read.
        """
    @property
    def first_name(self, /) -> str | None:
        """
        The first name.
        """
    @property
    def id(self, /) -> str:
        """
        The user's id.
        """
    @property
    def is_active_in_organization(self, /) -> bool | None:
        """
        Whether the user may enter the organization.
        """
    @property
    def is_active_in_tenant(self, /) -> bool | None:
        """
        Whether the user may enter the tenant.
        """
    @property
    def is_admin_in_organization(self, /) -> bool | None:
        """
        Whether the user administers the organization.
        """
    @property
    def is_admin_in_tenant(self, /) -> bool | None:
        """
        Whether the user administers the tenant.
        """
    @property
    def is_developer_in_tenant(self, /) -> bool | None:
        """
        Whether the user may use the tenant's API.
        """
    @property
    def last_login_at(self, /) -> datetime | None:
        """
        When the user last signed in, in UTC if it names no offset; none before the first time.
        """
    @property
    def last_name(self, /) -> str | None:
        """
        The last name.
        """
    @property
    def organization_id(self, /) -> str | None:
        """
        The id of the organization.
        """
    @property
    def tenant_id(self, /) -> str | None:
        """
        The id of the tenant.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """

@final
class Unchanged:
    """
    The type of `UNCHANGED`, which stands for a value that stays as it is, where None takes it away.
    """
    def __reduce__(self, /) -> str:
        """
        The name of the only one that there is.
        """
    def __repr__(self, /) -> str: ...

@final
class UploadFilesResult:
    """
    What became of many uploads: every item is in one of the two lists, which are in the items' order.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __new__(cls, /, succeeded: SupportsGetItem[int, SucceededUpload], failed: SupportsGetItem[int, FailedUpload]) -> UploadFilesResult: ...
    def __reduce__(self, /) -> tuple[Any, Any]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def failed(self, /) -> list[FailedUpload]:
        """
        Those that are not.
        """
    @property
    def succeeded(self, /) -> list[SucceededUpload]:
        """
        Those that are stored.
        """

@final
class UploadOptions:
    """
    How a file is uploaded.
    """
    def __new__(cls, /, *, datatable: str | None = None, dataset_id: str | None = None, file_name: str | None = None, file_last_modified: SupportsIndex | None = None, content_type: str | None = None, valid_for_seconds: SupportsIndex | None = None, timeout: SupportsFloat | SupportsIndex | None = None, verify: bool | None = None, check: str | None = None, allow_empty: bool | None = None, allow_any_format: bool | None = None) -> UploadOptions: ...
    @property
    def allow_any_format(self, /) -> bool | None:
        """
        Sends a file whose suffix is none that ProcessMind documents, too (false).
        """
    @property
    def allow_empty(self, /) -> bool | None:
        """
        Sends an empty file, too (false).
        """
    @property
    def check(self, /) -> str | None:
        """
        Checks the event log first: `warn` reports its errors as warnings, `error` refuses a log with errors, `off`
        does not check. Default: `off`.
        """
    @property
    def content_type(self, /) -> str | None:
        """
        The media type it is sent with; by the suffix without. An empty text sends none.
        """
    @property
    def dataset_id(self, /) -> str | None:
        """
        The dataset that the datatable is in; read from the datatable without.
        """
    @property
    def datatable(self, /) -> str | None:
        """
        The datatable's name, in place of its id.
        """
    @property
    def file_last_modified(self, /) -> int | None:
        """
        When it was last changed, in milliseconds since 1970; the file's own date without, or now.
        """
    @property
    def file_name(self, /) -> str | None:
        """
        The name it is stored under, whose suffix tells the format; the file's own without.
        """
    @property
    def timeout(self, /) -> float | None:
        """
        How long one attempt may take, in seconds; no limit without.
        """
    @property
    def valid_for_seconds(self, /) -> int | None:
        """
        How long each presigned URL is valid, in seconds (3600).
        """
    @property
    def verify(self, /) -> bool | None:
        """
        Whether the stored bytes are proved by a checksum (true).
        """

@final
class UploadResult:
    """
    Proof of an upload.
    """
    _fields: Final[list[str]]
    """
    The names of the fields, in their order.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[str]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_json(json: str) -> UploadResult: ...
    def _repr_html_(self, /) -> str:
        """
        The object as a table, for notebooks.
        """
    @property
    def attempts(self, /) -> int:
        """
        How many attempts it took.
        """
    @property
    def bytes(self, /) -> int:
        """
        Bytes sent and stored.
        """
    @property
    def crc64nvme(self, /) -> str | None:
        """
        The CRC64-NVME of the bytes, in base64 as S3 states it.
        """
    @property
    def etag(self, /) -> str | None:
        """
        The stored object's ETag, without quotes.
        """
    @property
    def file_name(self, /) -> str:
        """
        The name it is stored under.
        """
    @property
    def md5(self, /) -> str | None:
        """
        The MD5 of the bytes in hex, where it had to be computed.
        """
    @property
    def request_id(self, /) -> str | None:
        """
        The id that storage gave the request.
        """
    @property
    def seconds(self, /) -> float:
        """
        How long it took in all, in seconds.
        """
    def to_dict(self, /) -> dict[str, Any]:
        """
        The object as the API writes it, with the fields that this version of the SDK does not know.
        """
    @property
    def verified(self, /) -> str | None:
        """
        What proved that storage holds the same bytes: `crc64nvme`, `md5`, or nothing.
        """
    @property
    def warnings(self, /) -> list[str]:
        """
        What is wrong with the event log that was sent, where it was checked.
        """

def check_event_log(file: object, options: CheckOptions) -> EventLogReport: ...

def list_html(list: Any) -> str | None:
    """
    A list as a table, for notebooks; None where its objects are not of one class of ours.
    """

def list_repr(list: Any) -> str:
    """
    The `repr` of a list: an object in each line, of many the first.
    """

def run_command(arguments: SupportsGetItem[int, str]) -> int:
    """
    Runs the command line, whose first argument is its own name; gives what to exit with.
    """
