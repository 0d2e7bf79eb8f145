"""The ProcessMind client: event logs and BPMN models in, with proof that every byte arrived.

Example::

    from processmind import Client

    with Client() as client:  # PROCESSMIND_API_KEY, PROCESSMIND_TENANT_ID
        process = client.create_process("Order to Cash")
        client.upload_bpmn_file(process.id, "order-to-cash.bpmn")
        dataset = client.create_dataset("Orders")
        datatable = client.create_datatable(dataset.id, "Orders 2025")
        upload = client.upload_file("orders.csv", datatable.id, progress=True)
        client.create_process_mapping(process.id, datatable.id)
"""

from . import exceptions
from ._processmind import (
    UNCHANGED,
    Color,
    Column,
    Dataset,
    DatasetSummary,
    Datatable,
    DatatableRef,
    DatatableSummary,
    EventLogColumn,
    EventLogPeriod,
    EventLogProblem,
    EventLogReport,
    EventLogSheet,
    FailedUpload,
    Mapping,
    Organization,
    OrganizationStatistics,
    OrganizationTenant,
    OrganizationUser,
    Process,
    Progress,
    PublishResult,
    PublishStep,
    SucceededUpload,
    Tenant,
    TenantStatistics,
    TenantUser,
    Unchanged,
    UploadFilesResult,
    UploadResult,
)
from ._processmind import VERSION as __version__
from .async_client import AsyncClient
from .client import Client
from .event_log import EventLogWarning, check_event_log
from .exceptions import *  # noqa: F403 - its `__all__` says what

__all__ = [
    "UNCHANGED",
    "AsyncClient",
    "Client",
    "Color",
    "Column",
    "Dataset",
    "DatasetSummary",
    "Datatable",
    "DatatableRef",
    "DatatableSummary",
    "EventLogColumn",
    "EventLogPeriod",
    "EventLogProblem",
    "EventLogReport",
    "EventLogSheet",
    "EventLogWarning",
    "FailedUpload",
    "Mapping",
    "Organization",
    "OrganizationStatistics",
    "OrganizationTenant",
    "OrganizationUser",
    "Process",
    "Progress",
    "PublishResult",
    "PublishStep",
    "SucceededUpload",
    "Tenant",
    "TenantStatistics",
    "TenantUser",
    "Unchanged",
    "UploadFilesResult",
    "UploadResult",
    "__version__",
    "check_event_log",
    "exceptions",
]
__all__ += exceptions.__all__
