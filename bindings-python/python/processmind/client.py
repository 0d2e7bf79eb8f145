"""The client whose calls wait. `async_client.py` is generated from this file by `make generate`."""

from __future__ import annotations

from . import _processmind
from ._processmind import UNCHANGED
from .progress import Reporting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any, Literal, Self

    from ._processmind import (
        Dataset,
        DatasetSummary,
        Datatable,
        DatatableSummary,
        Mapping,
        Organization,
        OrganizationStatistics,
        OrganizationTenant,
        OrganizationUser,
        Process,
        PublishResult,
        Tenant,
        TenantStatistics,
        TenantUser,
        Unchanged,
        UploadFilesResult,
        UploadResult,
    )
    from ._types import ColorLike, Columns, DataFrame, File, Listener, Path, PathOrBytes, Query, UploadItem


class Client:
    """A client of one ProcessMind tenant, whose calls wait for the answer.

    Example::

        with Client() as client:
            for process in client.get_processes():
                print(process.display_name)

    Making one touches no network. It may be used by many threads at once, in a notebook, and after a fork.
    Ctrl-C ends a call that waits. It can be pickled. A pickle holds the API key only if you passed it as an
    argument; a key from the environment is read again, from the environment of the process that loads the pickle.
    The logger `processmind` is told of every request at DEBUG, and of every further attempt at WARNING.

    Args:
        api_key: The API key. Without it `PROCESSMIND_API_KEY` is used.
        tenant_id: The tenant's id. Without it `PROCESSMIND_TENANT_ID` is used.
        base_url: Where the API is. Without it `PROCESSMIND_BASE_URL` is used, then `https://api.processmind.com`.
        timeout: How long one attempt of an API call may take, in seconds (60). Uploads have no limit of
            their own.
        max_retries: How often a call is tried again after a failure that may pass (3; 5 for the bytes of an
            upload).
        max_connections: How many connections and how many files of uploads may be open at the same time (100).
            Further calls wait in the order in which they were made. All clients of the process with the same
            number share it.
        extra_headers: Headers to send with every API call, beside the SDK's own; storage never gets them.
        proxy: The proxy that all connections go through: `http://`, `https://`, `socks5://` or `socks5h://`,
            with a user and a password where it wants them. Without it `HTTPS_PROXY`, `ALL_PROXY` and
            `NO_PROXY` are used; an empty text is no proxy at all. What is on loopback is always reached
            directly.
        ca_bundle: The path of a PEM file whose certificates are trusted beside the system's and those that
            `SSL_CERT_FILE` names: the root of a proxy that re-signs TLS, or a server's self-signed certificate.
            Without it `NODE_EXTRA_CA_CERTS` is used in Node.js, and `REQUESTS_CA_BUNDLE`, then
            `CURL_CA_BUNDLE` in Python.

    Raises:
        ConfigurationError: The key or the tenant is missing, or a value can't be used.

    Every call takes `tenant_id`, for another tenant than the client's, and may raise `AuthenticationError`
    or `PermissionDeniedError` (a wrong key), `NotFoundError` (an unknown id), `RateLimitError`,
    `ServerError`, `ConnectionFailedError`, `RequestTimeoutError`, `ResponseDecodeError`, and
    `InvalidArgumentError` or `ClientClosedError` before anything is sent; all are `ProcessMindError`.
    """

    def __init__(
        self,
        api_key: str | None = None,
        tenant_id: str | None = None,
        *,
        base_url: str | None = None,
        timeout: float | None = None,
        max_retries: int | None = None,
        max_connections: int | None = None,
        extra_headers: dict[str, str] | None = None,
        proxy: str | None = None,
        ca_bundle: str | None = None,
    ) -> None:
        try:
            options = _processmind.ClientOptions(
                api_key=api_key,
                tenant_id=tenant_id,
                base_url=base_url,
                timeout=timeout,
                max_retries=max_retries,
                max_connections=max_connections,
                extra_headers=extra_headers,
                proxy=proxy,
                ca_bundle=ca_bundle,
            )
        finally:
            # What shows the variables of a traceback must not show these.
            del api_key, extra_headers, proxy
        self._native = _processmind.Client(options)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._native.close()

    def __repr__(self) -> str:
        native: _processmind.Client | None = getattr(self, "_native", None)
        if native is None:
            # What shows a traceback of `__init__` asks, too.
            return f"{type(self).__name__}()"
        shown = f"{native.base_url!r}, tenant_id={native.tenant_id!r}, api_key={native.redacted_api_key!r}"
        return f"{type(self).__name__}(base_url={shown})"

    def __getstate__(self) -> dict[str, Any]:
        options = self._native.options
        return {
            "api_key": options.api_key,
            "tenant_id": options.tenant_id,
            "base_url": options.base_url,
            "timeout": options.timeout,
            "max_retries": options.max_retries,
            "max_connections": options.max_connections,
            "extra_headers": options.extra_headers,
            "proxy": options.proxy,
            "ca_bundle": options.ca_bundle,
        }

    def __setstate__(self, state: dict[str, Any]) -> None:
        try:
            options = _processmind.ClientOptions(**state)
        finally:
            del state
        self._native = _processmind.Client(options)

    @property
    def base_url(self) -> str:
        """Where the API is."""
        return self._native.base_url

    @property
    def tenant_id(self) -> str:
        """The tenant of calls that name no other."""
        return self._native.tenant_id

    def close(self) -> None:
        """Refuses every later call of this client, with `ClientClosedError`."""
        self._native.close()

    def get_tenant(self, *, tenant_id: str | None = None) -> Tenant:
        """Reads the tenant.

        `GET /tenant/{tenantId}`
        https://processmind.com/resources/docs/api/api-reference-tenants
        """
        return self._native.get_tenant(tenant_id)

    def update_tenant(self, display_name: str, *, tenant_id: str | None = None) -> Tenant:
        """Renames the tenant.

        `PUT /tenant/{tenantId}`
        https://processmind.com/resources/docs/api/api-reference-tenants

        Args:
            display_name: The name people will see.
            tenant_id: Another tenant than the client's.
        """
        return self._native.update_tenant(display_name, tenant_id)

    def get_tenant_statistics(self, *, tenant_id: str | None = None) -> TenantStatistics:
        """Counts what the tenant holds: processes, datasets, users, and bytes stored.

        `GET /tenant/{tenantId}/statistics`
        https://processmind.com/resources/docs/api/api-reference-tenants
        """
        return self._native.get_tenant_statistics(tenant_id)

    def get_tenant_users(self, *, tenant_id: str | None = None) -> list[TenantUser]:
        """Lists the tenant's users.

        `GET /tenant/{tenantId}/users`
        https://processmind.com/resources/docs/api/api-reference-tenants
        """
        return self._native.get_tenant_users(tenant_id)

    def add_tenant_user(
        self,
        email: str,
        *,
        first_name: str | None = None,
        last_name: str | None = None,
        is_active_in_tenant: bool | None = None,
        is_admin_in_tenant: bool | None = None,
        is_developer_in_tenant: bool | None = None,
        id: str | None = None,  # noqa: A002 - the API's own name
        send_invitation_email: bool | None = None,
        tenant_id: str | None = None,
    ) -> TenantUser:
        """Adds a user to the tenant.

        `POST /tenant/{tenantId}/users`
        https://processmind.com/resources/docs/api/api-reference-tenants

        Args:
            email: The e-mail address the user signs in with.
            first_name: The first name.
            last_name: The last name.
            is_active_in_tenant: Whether the user may enter the tenant (true).
            is_admin_in_tenant: Whether the user administers the tenant (false).
            is_developer_in_tenant: Whether the user may use the tenant's API (false).
            id: The id of a user who exists already; sent only where it is given.
            send_invitation_email: Whether an invitation is sent by e-mail; sent only where it is given.
            tenant_id: Another tenant than the client's.

        Raises:
            AmbiguousResultError: The answer was lost: the user may have been added.
        """
        return self._native.add_tenant_user(
            email,
            first_name,
            last_name,
            is_active_in_tenant,
            is_admin_in_tenant,
            is_developer_in_tenant,
            id,
            send_invitation_email,
            tenant_id,
        )

    def update_tenant_user(
        self,
        user_id: str,
        *,
        is_active_in_tenant: bool | None = None,
        is_admin_in_tenant: bool | None = None,
        is_developer_in_tenant: bool | None = None,
        tenant_id: str | None = None,
    ) -> Any:
        """Changes what a user may do in the tenant; what is left out stays as it is.

        `PUT /tenant/{tenantId}/users`
        https://processmind.com/resources/docs/api/api-reference-tenants

        Args:
            user_id: The user's id.
            is_active_in_tenant: Whether the user may enter the tenant.
            is_admin_in_tenant: Whether the user administers the tenant.
            is_developer_in_tenant: Whether the user may use the tenant's API.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.

        Raises:
            InvalidArgumentError: There is nothing to change; nothing was sent.
        """
        return self._native.update_tenant_user(
            user_id, is_active_in_tenant, is_admin_in_tenant, is_developer_in_tenant, tenant_id
        )

    def remove_tenant_user(self, user_id: str, *, tenant_id: str | None = None) -> Any:
        """Removes a user from the tenant.

        `DELETE /tenant/{tenantId}/users`
        https://processmind.com/resources/docs/api/api-reference-tenants

        Args:
            user_id: The user's id.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.
        """
        return self._native.remove_tenant_user(user_id, tenant_id)

    def get_processes(self, *, tenant_id: str | None = None) -> list[Process]:
        """Lists the tenant's processes and their folders.

        `GET /tenant/{tenantId}/processes`
        https://processmind.com/resources/docs/api/api-reference-processes
        """
        return self._native.get_processes(tenant_id)

    def create_process(
        self,
        display_name: str,
        *,
        tree_parent_id: str | None = None,
        tree_node_type: str | None = None,
        tenant_id: str | None = None,
    ) -> Process:
        """Creates a process, or a folder for processes.

        `POST /tenant/{tenantId}/processes`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            display_name: The name people will see.
            tree_parent_id: The id of the folder to put it in; the root without.
            tree_node_type: `Process` (the default), or `TreeGroup` for a folder.
            tenant_id: Another tenant than the client's.

        Raises:
            AmbiguousResultError: The answer was lost: the process may exist.
        """
        return self._native.create_process(display_name, tree_parent_id, tree_node_type, tenant_id)

    def get_process(self, process_id: str, *, tenant_id: str | None = None) -> Process:
        """Reads a process.

        `GET /tenant/{tenantId}/processes/{processId}`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            tenant_id: Another tenant than the client's.
        """
        return self._native.get_process(process_id, tenant_id)

    def update_process(
        self,
        process_id: str,
        *,
        display_name: str | None = None,
        tree_parent_id: str | Unchanged | None = UNCHANGED,
        tenant_id: str | None = None,
    ) -> Any:
        """Renames a process, or moves it to another folder; what is left out stays as it is.

        `PUT /tenant/{tenantId}/processes/{processId}`
        https://processmind.com/resources/docs/api/api-reference-processes

        Example::

            client.update_process(process.id, display_name="Order to Cash, 2025")
            client.update_process(process.id, tree_parent_id=None)  # to the root

        Args:
            process_id: The process's id.
            display_name: The name people will see.
            tree_parent_id: The id of the folder to move it to. None moves it to the root; `UNCHANGED`, and nothing,
                leave it where it is.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.

        Raises:
            InvalidArgumentError: There is nothing to change; nothing was sent.
        """
        return self._native.update_process(process_id, display_name, tree_parent_id, tenant_id)

    def delete_process(self, process_id: str, *, tenant_id: str | None = None) -> Any:
        """Deletes a process with its model and its mappings. This can't be undone.

        `DELETE /tenant/{tenantId}/processes/{processId}`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.
        """
        return self._native.delete_process(process_id, tenant_id)

    def upload_bpmn(self, process_id: str, bpmn_xml: str, *, tenant_id: str | None = None) -> Any:
        """Gives a process its BPMN 2.0 model, replacing the one it has.

        `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            bpmn_xml: The model as text.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.

        Raises:
            InvalidBpmnError: The text is no BPMN 2.0 model; nothing was sent.
        """
        return self._native.upload_bpmn(process_id, bpmn_xml, tenant_id)

    def upload_bpmn_file(self, process_id: str, file_path: Path, *, tenant_id: str | None = None) -> Any:
        """Gives a process the BPMN 2.0 model of a file, in the encoding that the file declares.

        `PUT /tenant/{tenantId}/processes/{processId}/bpmn`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            file_path: The file.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.

        Raises:
            SourceError: The file can't be read; also the `OSError` it is, such as `FileNotFoundError`.
            InvalidBpmnError: It is no BPMN 2.0 model; nothing was sent.
        """
        return self._native.upload_bpmn_file(process_id, file_path, tenant_id)

    def get_process_mappings(self, process_id: str, *, tenant_id: str | None = None) -> list[Mapping]:
        """Lists the datatables that are mapped to a process.

        `GET /tenant/{tenantId}/processes/{processId}/mappings`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            tenant_id: Another tenant than the client's.
        """
        return self._native.get_process_mappings(process_id, tenant_id)

    def create_process_mapping(
        self,
        process_id: str,
        datatable_id: str,
        *,
        display_name: str | None = None,
        color: ColorLike | None = None,
        show_by_default: bool | None = None,
        tenant_id: str | None = None,
    ) -> Mapping:
        """Maps a datatable to a process, which needs a BPMN model first.

        `POST /tenant/{tenantId}/processes/{processId}/mappings`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            datatable_id: The datatable's id.
            display_name: The name people will see; the datatable's without.
            color: The colour it is drawn in: `data-1` (the default) to `data-8`, or `{"id": "data-1"}`.
            show_by_default: Whether the model shows it without being asked (true).
            tenant_id: Another tenant than the client's.

        Raises:
            ConflictError: The process has no BPMN model yet.
            AmbiguousResultError: The answer was lost: the mapping may exist.
        """
        return self._native.create_process_mapping(
            process_id, datatable_id, display_name, color, show_by_default, tenant_id
        )

    def update_process_mapping(
        self,
        process_id: str,
        mapping_id: str,
        *,
        display_name: str | None = None,
        color: ColorLike | None = None,
        show_by_default: bool | None = None,
        tenant_id: str | None = None,
    ) -> Any:
        """Changes how a mapping is shown; what is left out stays as it is.

        `PUT /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            mapping_id: The mapping's id.
            display_name: The name people will see.
            color: The colour it is drawn in: `data-1` to `data-8`, or `{"id": "data-1"}`.
            show_by_default: Whether the model shows it without being asked.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.

        Raises:
            InvalidArgumentError: There is nothing to change; nothing was sent.
        """
        return self._native.update_process_mapping(
            process_id, mapping_id, display_name, color, show_by_default, tenant_id
        )

    def delete_process_mapping(self, process_id: str, mapping_id: str, *, tenant_id: str | None = None) -> Any:
        """Takes a datatable off a process; the datatable and its data stay.

        `DELETE /tenant/{tenantId}/processes/{processId}/mappings/{mappingId}`
        https://processmind.com/resources/docs/api/api-reference-processes

        Args:
            process_id: The process's id.
            mapping_id: The mapping's id.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.
        """
        return self._native.delete_process_mapping(process_id, mapping_id, tenant_id)

    def get_datasets(self, *, tenant_id: str | None = None) -> list[DatasetSummary]:
        """Lists the tenant's datasets.

        `GET /tenant/{tenantId}/datasets`
        https://processmind.com/resources/docs/api/api-reference-data
        """
        return self._native.get_datasets(tenant_id)

    def create_dataset(
        self,
        display_name: str,
        *,
        tree_parent_id: str | None = None,
        tree_node_type: str | None = None,
        tenant_id: str | None = None,
    ) -> Dataset:
        """Creates a dataset, or a folder for datasets.

        `POST /tenant/{tenantId}/datasets`
        https://processmind.com/resources/docs/api/api-reference-data

        Args:
            display_name: The name people will see.
            tree_parent_id: The id of the folder to put it in; the root without.
            tree_node_type: `Dataset` (the default), or `TreeGroup` for a folder.
            tenant_id: Another tenant than the client's.

        Raises:
            AmbiguousResultError: The answer was lost: the dataset may exist.
        """
        return self._native.create_dataset(display_name, tree_parent_id, tree_node_type, tenant_id)

    def get_dataset(self, dataset_id: str, *, tenant_id: str | None = None) -> Dataset:
        """Reads a dataset with the datatables it holds.

        `GET /tenant/{tenantId}/datasets/{datasetId}`
        https://processmind.com/resources/docs/api/api-reference-data

        Args:
            dataset_id: The dataset's id.
            tenant_id: Another tenant than the client's.
        """
        return self._native.get_dataset(dataset_id, tenant_id)

    def delete_dataset(self, dataset_id: str, *, tenant_id: str | None = None) -> Any:
        """Deletes a dataset with all its datatables and their data. This can't be undone.

        `DELETE /tenant/{tenantId}/datasets/{datasetId}`
        https://processmind.com/resources/docs/api/api-reference-data

        Args:
            dataset_id: The dataset's id.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers: `{"success": True}`, or None where it answers nothing.
        """
        return self._native.delete_dataset(dataset_id, tenant_id)

    def get_datatables(self, *, tenant_id: str | None = None) -> list[DatatableSummary]:
        """Lists the tenant's datatables.

        `GET /tenant/{tenantId}/datatables`
        https://processmind.com/resources/docs/api/api-reference-data
        """
        return self._native.get_datatables(tenant_id)

    def create_datatable(self, dataset_id: str, display_name: str, *, tenant_id: str | None = None) -> Datatable:
        """Creates an empty datatable in a dataset.

        `POST /tenant/{tenantId}/datasets/{datasetId}/datatables`
        https://processmind.com/resources/docs/api/api-reference-data

        Args:
            dataset_id: The dataset's id.
            display_name: The name people will see.
            tenant_id: Another tenant than the client's.

        Raises:
            AmbiguousResultError: The answer was lost: the datatable may exist.
        """
        return self._native.create_datatable(dataset_id, display_name, tenant_id)

    def get_datatable(self, datatable_id: str, *, tenant_id: str | None = None) -> Datatable:
        """Reads a datatable with its columns.

        `GET /tenant/{tenantId}/datatable/{datatableId}`
        https://processmind.com/resources/docs/api/api-reference-data

        After an upload `row_count` and `columns` tell what ProcessMind made of the file.

        Args:
            datatable_id: The datatable's id.
            tenant_id: Another tenant than the client's.
        """
        return self._native.get_datatable(datatable_id, tenant_id)

    def get_presigned_upload_url(
        self,
        datatable_id: str,
        *,
        file: PathOrBytes | None = None,
        dataset_id: str | None = None,
        file_name: str | None = None,
        file_size: int | None = None,
        file_last_modified: int | None = None,
        valid_for_seconds: int | None = None,
        tenant_id: str | None = None,
    ) -> str:
        """Asks for a URL to which a file may be put without a key. Treat it as a password.

        `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`
        https://processmind.com/resources/docs/api/api-reference-data

        Args:
            datatable_id: The datatable's id.
            file: The path or the bytes of the file, which provides name, size and date.
            dataset_id: The dataset that the datatable is in; read from the datatable without.
            file_name: The file's name.
            file_size: The file's exact size in bytes.
            file_last_modified: When the file was last changed, in milliseconds since 1970.
            valid_for_seconds: How long the URL is valid, in seconds (3600).
            tenant_id: Another tenant than the client's.

        Raises:
            SourceError: The file can't be read; also the `OSError` it is, such as `FileNotFoundError`.
            InvalidArgumentError: The name, the size or the date is missing.
        """
        options = _processmind.PresignedUrlOptions(
            dataset_id=dataset_id,
            file_name=file_name,
            file_size=file_size,
            file_last_modified=file_last_modified,
            valid_for_seconds=valid_for_seconds,
        )
        return self._native.get_presigned_upload_url(datatable_id, options, file, tenant_id)

    def upload_file(
        self,
        file: File,
        datatable_id: str | None = None,
        *,
        datatable: str | None = None,
        dataset_id: str | None = None,
        file_name: str | None = None,
        file_last_modified: int | None = None,
        content_type: str | None = None,
        valid_for_seconds: int | None = None,
        timeout: float | None = None,
        verify: bool | None = None,
        check: Literal["warn", "error", "off"] | None = None,
        allow_empty: bool | None = None,
        allow_any_format: bool | None = None,
        progress: bool = False,
        on_progress: Listener | None = None,
        tenant_id: str | None = None,
    ) -> UploadResult:
        """Sends a file to a datatable and proves that its bytes are stored.

        `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL
        https://processmind.com/resources/docs/api/api-reference-data

        A failure that may pass is tried again, with a fresh presigned URL.

        Args:
            file: A path, bytes, a binary file object or an iterable of bytes; for `AsyncClient` also one that has
                to be awaited. A file object is read from where it stands and never closed. What is no path is
                read before it is sent, and kept in a temporary file where it is more than 8 MiB.
            datatable_id: The datatable's id.
            datatable: The datatable's name, in place of its id.
            dataset_id: The dataset that the datatable is in; read from the datatable without.
            file_name: The name it is stored under, whose suffix tells the format; the file's own without.
            file_last_modified: When it was last changed, in milliseconds since 1970; the file's own date
                without, or now.
            content_type: The media type it is sent with; by the suffix without. An empty text sends none.
            valid_for_seconds: How long each presigned URL is valid, in seconds (3600).
            timeout: How long one attempt may take, in seconds; no limit without.
            verify: Whether the stored bytes are proved by a checksum (true).
            check: Checks the event log first: `warn` reports its errors as warnings, `error` refuses a log with
                errors, `off` does not check. Default: `off`.
            allow_empty: Sends an empty file, too (false).
            allow_any_format: Sends a file whose suffix is none that ProcessMind documents, too (false).
            progress: Shows a progress bar on stderr, unless `PROCESSMIND_PROGRESS` is 0.
            on_progress: A plain function, called with how far it is at most ten times a second. What it raises ends
                the upload.
            tenant_id: Another tenant than the client's.

        Returns:
            What was stored, and what proved it.

        Raises:
            SourceError: The file can't be read; also the `OSError` it is, such as `FileNotFoundError`.
            EmptyFileError: The file is empty.
            FileTooLargeError: The file is larger than 5 GiB.
            UnsupportedFormatError: The suffix is none that ProcessMind reads.
            EventLogError: The log has errors, and `check` is `error`.
            SourceChangedError: The file changed while it was sent; nothing was stored.
            UploadUrlExpiredError: The presigned URL expired, again and again.
            ChecksumMismatchError: Storage holds other bytes than were sent.
            UploadError: Storage refused the file.
        """
        options = _processmind.UploadOptions(
            datatable=datatable,
            dataset_id=dataset_id,
            file_name=file_name,
            file_last_modified=file_last_modified,
            content_type=content_type,
            valid_for_seconds=valid_for_seconds,
            timeout=timeout,
            verify=verify,
            check=check,
            allow_empty=allow_empty,
            allow_any_format=allow_any_format,
        )
        with Reporting(progress, on_progress) as listener:
            return self._native.upload_file(file, datatable_id, options, listener, tenant_id)

    upload_file_to_processmind = upload_file

    def upload_files(
        self,
        items: Iterable[UploadItem],
        *,
        concurrency: int | None = None,
        progress: bool = False,
        on_progress: Listener | None = None,
        tenant_id: str | None = None,
    ) -> UploadFilesResult:
        """Sends many files, several at the same time. One that fails does not stop the others.

        `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL, for each
        https://processmind.com/resources/docs/api/api-reference-data

        Example::

            months = ["2025-01.csv", "2025-02.csv"]
            uploads = client.upload_files({"file": month, "datatable_id": datatable.id} for month in months)
            for upload in uploads.failed:
                print(months[upload.index], upload.error)

        Args:
            items: Dicts of the arguments of `upload_file`: `file`, `datatable_id` or `datatable`, and what else is
                wanted, but for `progress` and `on_progress`.
            concurrency: How many are sent at the same time (4).
            progress: Shows progress bars on stderr, unless `PROCESSMIND_PROGRESS` is 0.
            on_progress: As for `upload_file`; the event's `file_name` tells the files apart.
            tenant_id: Another tenant than the client's, for items that name none.

        Returns:
            `succeeded` and `failed`: every item is in one of the two, with its `index`, in the items' order. What
            fails because of an item is in `failed` and is not raised, be it an item that can't be used.

        Raises:
            InvalidArgumentError: `items` is no list of items, or `concurrency` is less than 1.
        """
        with Reporting(progress, on_progress) as listener:
            return self._native.upload_files(items, concurrency, listener, tenant_id)

    def publish(
        self,
        *,
        process: str | None = None,
        folder: str | None = None,
        bpmn: Path | None = None,
        dataset: str | None = None,
        datatable: str | None = None,
        file: File | None = None,
        file_name: str | None = None,
        check: Literal["warn", "error", "off"] | None = None,
        keep_data: bool | None = None,
        dry_run: bool | None = None,
        progress: bool = False,
        on_progress: Listener | None = None,
        tenant_id: str | None = None,
    ) -> PublishResult:
        """Brings a process, its BPMN model, a dataset, a datatable, its data and their mapping into place.

        Example::

            done = client.publish(
                process="Order to Cash",
                folder="Finance/Orders",
                bpmn="order-to-cash.bpmn",
                dataset="Sales",
                datatable="Orders 2025",
                file="orders.csv",
            )
            for step in done.steps:
                print(step.kind, step.name, step.action)

        What there is of these names is used, the rest is created, so that a second run creates nothing. The
        model and the file are checked before anything is sent, and sent every time; with `check` the event log in the
        file, too. Any part may be left out. Where a step fails, the error says what was done before.

        Args:
            process: The process: its name, or its id. It is created where there is none of this name.
            folder: The folder of the process, such as 'Finance/Orders', created where it is not there. Without it
                the process may be in any folder, and a new one is put at the root.
            bpmn: The process's BPMN 2.0 model: the path of its file, or its XML. It replaces the one that is there.
            dataset: The dataset: its name, or its id. It is created where there is none of this name.
            datatable: The datatable: its name, or its id. It is created in `dataset` where there is none of this
                name, and mapped to `process`.
            file: The data: a path, bytes, or a binary file object.
            file_name: The name the file is stored under, whose suffix tells the format; the file's own without.
            check: Checks the event log first, also in a dry run: `warn` reports its errors as warnings, `error` refuses
                a log with errors before anything is created or sent, `off` does not check. Default: `off`.
            keep_data: Sends the file only to a datatable that has no rows (false: it is sent every time).
            dry_run: Says what would be done, and does nothing (false).
            progress: Shows a progress bar of the upload on stderr, unless `PROCESSMIND_PROGRESS` is 0.
            on_progress: A plain function, called with how far the upload is at most ten times a second. What it
                raises ends the upload.
            tenant_id: Another tenant than the client's.

        Returns:
            The steps, the ids, what proved the upload, and the errors of the log as `warnings`, if it was checked.

        Raises:
            InvalidArgumentError: A name is that of more than one object: their ids are listed, and an id may stand
                in place of every name. Or parts are missing.
            InvalidBpmnError: The model is no BPMN 2.0.
            EventLogError: The log has errors, and `check` is `error`.
            SourceError: The file or the model can't be read.
            AmbiguousResultError: The answer to a create was lost: another run finds what there is.
        """
        options = _processmind.PublishOptions(
            process=process,
            folder=folder,
            dataset=dataset,
            datatable=datatable,
            file_name=file_name,
            check=check,
            keep_data=keep_data,
            dry_run=dry_run,
        )
        with Reporting(progress, on_progress) as listener:
            return self._native.publish(file, options, bpmn, listener, tenant_id)

    def upload_dataframe(
        self,
        frame: DataFrame,
        datatable_id: str | None = None,
        *,
        datatable: str | None = None,
        columns: Columns | None = None,
        dataset_id: str | None = None,
        file_name: str | None = None,
        file_last_modified: int | None = None,
        content_type: str | None = None,
        valid_for_seconds: int | None = None,
        timeout: float | None = None,
        verify: bool | None = None,
        check: Literal["warn", "error", "off"] | None = None,
        progress: bool = False,
        on_progress: Listener | None = None,
        tenant_id: str | None = None,
    ) -> UploadResult:
        """Sends a data frame to a datatable as CSV, and proves that its bytes are stored.

        `GET /tenant/{tenantId}/datatable/{datatableId}/uploads/presignedurl`, then a `PUT` to the URL
        https://processmind.com/resources/docs/api/api-reference-data

        Example::

            import pandas

            frame = pandas.read_csv("orders.csv")
            client.upload_dataframe(frame, datatable="Orders 2025", columns={"StartTime": "Start"})

        It is read batch by batch into a temporary file, which takes as much disk as the CSV has bytes, and never as
        a whole into memory. Null and NaN become nothing, an empty text `""`; timestamps are ISO 8601, with `Z` or the
        offset of their zone and as many digits as their unit; floats are the shortest text that is read as the same
        number. An index without a name is left out. `check` reads that file: the headings are line 1.

        Args:
            frame: A data frame of pandas, Polars or PyArrow, a DuckDB relation, or whatever else has
                `__arrow_c_stream__`; a `RecordBatchReader` may be larger than memory.
            datatable_id: The datatable's id.
            datatable: The datatable's name, in place of its id.
            columns: Other headings for columns, by their names.
            dataset_id: The dataset that the datatable is in; read from the datatable without.
            file_name: The name it is stored under; `dataframe.csv` without.
            file_last_modified: When it was last changed, in milliseconds since 1970; now without.
            content_type: The media type it is sent with; by the suffix without. An empty text sends none.
            valid_for_seconds: How long each presigned URL is valid, in seconds (3600).
            timeout: How long one attempt may take, in seconds; no limit without.
            verify: Whether the stored bytes are proved by a checksum (true).
            check: Checks the event log first: `warn` reports its errors as warnings, `error` refuses a log with
                errors, `off` does not check. Default: `off`.
            progress: Shows a progress bar on stderr, unless `PROCESSMIND_PROGRESS` is 0.
            on_progress: A plain function, called with how far it is at most ten times a second. What it raises ends
                the upload.
            tenant_id: Another tenant than the client's.

        Returns:
            What was stored, and what proved it.

        Raises:
            InvalidArgumentError: It is no table, or a column has no place in CSV: nested and binary types, headings
                that are empty or there twice. The text names the column; nothing was sent.
            EventLogError: The log has errors, and `check` is `error`.
            EmptyFileError: It has no rows; a reader gives them only once.
            SourceError: It can't be read, or the temporary file can't be written.
            FileTooLargeError: The CSV is larger than 5 GiB.
            UploadError: Storage refused it; see `upload_file` for what else an upload may raise.
        """
        options = _processmind.UploadOptions(
            datatable=datatable,
            dataset_id=dataset_id,
            file_name=file_name,
            file_last_modified=file_last_modified,
            content_type=content_type,
            valid_for_seconds=valid_for_seconds,
            timeout=timeout,
            verify=verify,
            check=check,
        )
        headings = dict(columns or {})
        with Reporting(progress, on_progress) as listener:
            return self._native.upload_dataframe(frame, datatable_id, headings, options, listener, tenant_id)

    def get_organization(self, *, tenant_id: str | None = None) -> Organization:
        """Reads the organization that the tenant belongs to.

        `GET /tenant/{tenantId}/organization`
        https://processmind.com/resources/docs/api/api-reference-organizations
        """
        return self._native.get_organization(tenant_id)

    def get_organization_statistics(self, *, tenant_id: str | None = None) -> OrganizationStatistics:
        """Counts what the organization holds: tenants, processes, datasets, users, and bytes stored.

        `GET /tenant/{tenantId}/organization/statistics`
        https://processmind.com/resources/docs/api/api-reference-organizations
        """
        return self._native.get_organization_statistics(tenant_id)

    def get_organization_tenants(self, *, tenant_id: str | None = None) -> list[OrganizationTenant]:
        """Lists the organization's tenants.

        `GET /tenant/{tenantId}/organization/tenants`
        https://processmind.com/resources/docs/api/api-reference-organizations
        """
        return self._native.get_organization_tenants(tenant_id)

    def create_organization_tenant(
        self,
        short_name: str,
        *,
        display_name: str | None = None,
        description: str | None = None,
        tenant_id: str | None = None,
    ) -> OrganizationTenant:
        """Creates a tenant in the organization.

        `POST /tenant/{tenantId}/organization/tenants`
        https://processmind.com/resources/docs/api/api-reference-organizations

        Args:
            short_name: Its name in addresses: lowercase letters, digits and hyphens.
            display_name: The name people will see.
            description: What it is for.
            tenant_id: Another tenant than the client's, in whose organization it is created.

        Raises:
            ConflictError: There is a tenant of that short name.
            AmbiguousResultError: The answer was lost: the tenant may exist.
        """
        return self._native.create_organization_tenant(short_name, display_name, description, tenant_id)

    def delete_organization_tenant(self, target_tenant_id: str, *, tenant_id: str | None = None) -> Any:
        """Deletes a tenant of the organization with all it holds. This can't be undone.

        `DELETE /tenant/{tenantId}/organization/tenants/{targetTenantId}`
        https://processmind.com/resources/docs/api/api-reference-organizations

        Args:
            target_tenant_id: The id of the tenant to delete.
            tenant_id: Another tenant than the client's, in whose organization it is.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.
        """
        return self._native.delete_organization_tenant(target_tenant_id, tenant_id)

    def get_organization_users(self, *, tenant_id: str | None = None) -> list[OrganizationUser]:
        """Lists the organization's users.

        `GET /tenant/{tenantId}/organization/users`
        https://processmind.com/resources/docs/api/api-reference-organizations
        """
        return self._native.get_organization_users(tenant_id)

    def update_organization_user(
        self,
        user_id: str,
        *,
        is_active_in_organization: bool | None = None,
        is_admin_in_organization: bool | None = None,
        tenant_id: str | None = None,
    ) -> Any:
        """Changes what a user may do in the organization; what is left out stays as it is.

        `PUT /tenant/{tenantId}/organization/users`
        https://processmind.com/resources/docs/api/api-reference-organizations

        Args:
            user_id: The user's id.
            is_active_in_organization: Whether the user may enter the organization.
            is_admin_in_organization: Whether the user administers the organization.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.

        Raises:
            InvalidArgumentError: There is nothing to change; nothing was sent.
        """
        return self._native.update_organization_user(
            user_id, is_active_in_organization, is_admin_in_organization, tenant_id
        )

    def remove_organization_user(self, user_id: str, *, tenant_id: str | None = None) -> Any:
        """Removes a user from the organization.

        `DELETE /tenant/{tenantId}/organization/users`
        https://processmind.com/resources/docs/api/api-reference-organizations

        Args:
            user_id: The user's id.
            tenant_id: Another tenant than the client's.

        Returns:
            What ProcessMind answers, which it does not document; None where it answers nothing.
        """
        return self._native.remove_organization_user(user_id, tenant_id)

    def request(self, method: str, path: str, *, query: Query | None = None, body: object = None) -> Any:
        """Sends a request that this SDK has no call for, with the same key, retries and errors.

        A POST or a PATCH is sent again only where the first try was certainly not processed.

        Example::

            answer = client.request("GET", f"/tenant/{client.tenant_id}/processes")

        Args:
            method: GET, POST, PUT, PATCH or DELETE.
            path: What follows the base URL, from its first `/`. It is sent as it is, so ids in it have to be
                percent-encoded: `urllib.parse.quote(id, safe="")`.
            query: What to ask for in the URL, names to values.
            body: What to send as JSON: anything that `json.dumps` takes. None sends no body.

        Returns:
            The JSON that the server sent; None where it sent none.

        Raises:
            InvalidArgumentError: The method, the path or the body can't be sent; nothing was sent.
            AmbiguousResultError: The answer to a POST or a PATCH was lost: it may have been carried out.
        """
        return self._native.request(method, path, query, body)
