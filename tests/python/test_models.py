"""Every model: read, kept whole, compared and pickled."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime, timedelta
from typing import Any

import processmind
import pytest
from processmind import _processmind
from support import snake_case

USER = {
    "id": "user-1",
    "email": "ada@example.org",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "createdAt": "2024-01-15T10:30:00Z",
    "lastLoginAt": "2024-02-15T10:30:00.25Z",
    "organizationId": "organization-1",
    "isActiveInOrganization": True,
    "isAdminInOrganization": False,
}
NAMED = {"id": "id-1", "displayName": "Orders 2024", "createdAt": "2024-01-15T10:30:00Z"}
COLUMN = {"name": "case_id", "type": "string"}
TABLE = NAMED | {"datasetId": "dataset-1", "rowCount": 15000}
EXAMPLES: dict[str, dict[str, Any]] = {
    "Color": {"id": "data-3"},
    "Column": COLUMN,
    "Dataset": NAMED | {"datatables": [{"id": "table-1", "displayName": "Orders", "rowCount": 15000}]},
    "DatasetSummary": NAMED | {"datatableCount": 3},
    "Datatable": TABLE | {"columns": [COLUMN, {"name": "timestamp", "type": "datetime"}]},
    "DatatableRef": {"id": "table-1", "displayName": "Orders", "rowCount": 15000},
    "DatatableSummary": TABLE,
    "Mapping": {
        "id": "mapping-1",
        "dataTableId": "table-1",
        "displayName": "Orders",
        "color": {"id": "data-3"},
        "showByDefault": True,
    },
    "Organization": NAMED,
    "OrganizationStatistics": {
        "tenantCount": 5,
        "totalProcessCount": 42,
        "totalDatasetCount": 18,
        "totalUserCount": 25,
        "totalStorageUsedBytes": 5368709120,
    },
    "OrganizationTenant": NAMED,
    "OrganizationUser": USER,
    "Process": NAMED
    | {
        "treeNodeType": "AKindOfLater",
        "treeParentId": "folder-1",
        "designerModelId": "model-1",
        "updatedAt": "2024-02-15T10:30:00.25Z",
    },
    "Tenant": NAMED | {"plan": "professional"},
    "TenantStatistics": {"processCount": 15, "datasetCount": 8, "userCount": 5, "storageUsedBytes": 1073741824},
    "TenantUser": USER
    | {"tenantId": "tenant-1", "isActiveInTenant": True, "isAdminInTenant": False, "isDeveloperInTenant": True},
}
LATER = {"aFieldOfLater": {"deep": [1, 2.5, None, "é"]}}


def read(name: str, fields: dict[str, Any]) -> Any:
    return getattr(processmind, name)._from_json(json.dumps(fields))


def test_every_model_has_an_example() -> None:
    models = {name for name, kind in vars(_processmind).items() if hasattr(kind, "extra")}
    assert set(EXAMPLES) == models
    assert models | {"Progress", "UploadResult"} <= set(processmind.__all__)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_field_is_an_attribute_and_nothing_is_lost(name: str) -> None:
    fields = EXAMPLES[name]
    model = read(name, fields | LATER)
    attributes = {attribute for attribute in dir(model) if not attribute.startswith("_")} - {"extra", "to_dict"}
    assert attributes == {snake_case(field).replace("datatable_id", "data_table_id") for field in fields}
    assert all(getattr(model, attribute) is not None for attribute in attributes)
    assert model.extra == LATER
    assert model.to_dict() == fields | LATER


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_model_is_a_value(name: str) -> None:
    model = read(name, EXAMPLES[name] | LATER)
    assert pickle.loads(pickle.dumps(model)) == copy.copy(model) == copy.deepcopy(model) == model
    assert read(name, model.to_dict()) == model
    assert model != read(name, EXAMPLES[name])
    assert model != read(name, LATER)
    assert model != EXAMPLES[name] | LATER
    assert repr(model).startswith(f"{name}(")
    with pytest.raises(AttributeError):
        model.extra = {}


@pytest.mark.parametrize("name", EXAMPLES)
def test_any_field_may_be_missing_or_null(name: str) -> None:
    missing, null = read(name, {}), read(name, dict.fromkeys(EXAMPLES[name]))
    assert missing == null
    assert missing.extra == {}
    assert all(value in (None, "") for value in missing.to_dict().values())
    assert pickle.loads(pickle.dumps(missing)) == missing


MAY = datetime(2024, 5, 1, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2024-05-01T10:00:00Z", MAY),
        ("2024-05-01T12:00:00+02:00", MAY),
        ("2024-05-01T10:00:00", MAY),
        ("2024-05-01 10:00:00", MAY),
        ("2024-05-01T10:00:00.1234567", MAY + timedelta(microseconds=123456)),
        ("2024-05-01", datetime(2024, 5, 1, tzinfo=UTC)),
        ("0001-01-01T00:00:00", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_date_is_a_moment_and_stays_as_it_was_written(written: str, moment: datetime) -> None:
    user = read("TenantUser", {"id": "u", "lastLoginAt": written})
    assert user.last_login_at == moment
    assert user.last_login_at.tzinfo is not None
    assert user.extra == {}
    assert user.to_dict()["lastLoginAt"] == written
    assert pickle.loads(pickle.dumps(user)) == user


@pytest.mark.parametrize(
    "written", ["Wed, 01 May 2024 10:00:00 GMT", "/Date(1714557600000)/", "0000-00-00", "", 1714557600000, [2024, 5]]
)
def test_a_date_that_can_not_be_read_is_not_lost(written: object) -> None:
    user = read("TenantUser", {"id": "u", "lastLoginAt": written, "createdAt": None})
    assert user.last_login_at is None
    assert user.extra == {"lastLoginAt": written}
    assert user.to_dict()["lastLoginAt"] == written
    assert f"extra={{'lastLoginAt': {written!r}}}" in repr(user)
    assert pickle.loads(pickle.dumps(user)) == user
    assert user != read("TenantUser", {"id": "u"})
