"""Models, errors and clients as values: frozen, equal, shown, pickled; and no secret in any of it."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import processmind
import pytest
from processmind import AsyncClient, Client, Datatable, Progress, UploadResult, exceptions
from support import Emulator

CANARY = "canary-api-key-0123456789abcdef"


def test_a_model_is_frozen_equal_and_pickled(client: Client, datatable: Datatable, log: Path) -> None:
    upload = client.upload_file(log, datatable.id)
    table = client.get_datatable(datatable.id)
    for value in (upload, table, client.get_tenant(), (table.columns or [])[0]):
        assert pickle.loads(pickle.dumps(value)) == value
        assert copy.deepcopy(value) == value
        assert type(value).__name__ in repr(value)
        with pytest.raises(AttributeError):
            value.id = "other"  # type: ignore[union-attr,misc] # the mistake under test
    assert table != client.get_datatable(client.create_datatable(table.dataset_id or "", "U").id)
    assert repr(table).startswith(f"Datatable(id={table.id!r}, display_name='Orders 2025', ")


def test_what_the_sdk_does_not_know_is_kept(client: Client, emulator: Emulator) -> None:
    body = (
        '{"id": "t", "displayName": null, "createdAt": "soon", "plan": "x",'
        ' "zone": {"a": [1, 2.5, true, null]}, "big": 18446744073709551615}'
    )
    emulator.plan("/tenant", "status", status=200, body=body)
    tenant = client.get_tenant()
    assert (tenant.id, tenant.display_name, tenant.created_at, tenant.plan) == ("t", None, None, "x")
    assert tenant.extra == {"zone": {"a": [1, 2.5, True, None]}, "big": 18446744073709551615, "createdAt": "soon"}
    assert tenant.to_dict() == json.loads(body)
    assert "'createdAt': 'soon'" in repr(tenant)
    assert tenant.to_dict()["zone"] == tenant.extra["zone"]
    assert pickle.loads(pickle.dumps(tenant)) == tenant


@pytest.mark.parametrize(("body", "answer"), [("", None), ("OK", None), ('{"success": true}', {"success": True})])
def test_an_undocumented_answer_comes_as_it_is(client: Client, emulator: Emulator, body: str, answer: object) -> None:
    from support import BPMN

    emulator.plan("/tenant", "status", status=200, body=body)
    assert client.upload_bpmn("p", BPMN) == answer


def test_a_client_is_pickled_as_it_was_configured(
    emulator: Emulator, monkeypatch: pytest.MonkeyPatch, kind: type[Client] | type[AsyncClient]
) -> None:
    monkeypatch.setenv("PROCESSMIND_TENANT_ID", emulator.tenant_id)
    client = kind(emulator.api_key, base_url=emulator.url, timeout=7.5, max_retries=1)
    monkeypatch.delenv("PROCESSMIND_TENANT_ID")
    twin = pickle.loads(pickle.dumps(client))
    assert type(twin) is kind
    assert twin.__getstate__() == client.__getstate__()
    assert twin.tenant_id == emulator.tenant_id
    assert twin.__getstate__()["timeout"] == 7.5
    assert emulator.requests() == []


def test_a_pickle_holds_every_option(kind: type[Client] | type[AsyncClient]) -> None:
    from processmind._processmind import ClientOptions

    state = kind("k" * 12, "t").__getstate__()
    assert set(state) == {name for name in dir(ClientOptions) if not name.startswith("_")}


def test_a_client_shows_what_may_be_shown(kind: type[Client] | type[AsyncClient]) -> None:
    client = kind(CANARY, "t")
    shown = f"{kind.__name__}(base_url='https://api.processmind.com/', tenant_id='t', api_key='****cdef')"
    assert repr(client) == str(client) == shown


@pytest.fixture(params=[Client, AsyncClient])
def kind(request: pytest.FixtureRequest) -> type[Client] | type[AsyncClient]:
    kind: type[Client] | type[AsyncClient] = request.param
    return kind


def test_an_error_is_pickled_with_its_fields_and_causes(client: Client, tmp_path: Path) -> None:
    calls: list[Callable[[], object]] = [
        lambda: client.get_dataset("nope"),
        lambda: client.upload_file(tmp_path / "missing.csv", "t"),
    ]
    for call in calls:
        with pytest.raises(processmind.ProcessMindError) as caught:
            call()
        twin = pickle.loads(pickle.dumps(caught.value))
        assert type(twin) is type(caught.value)
        assert (str(twin), vars(twin)) == (str(caught.value), vars(caught.value))
        assert repr(twin.__cause__) == repr(caught.value.__cause__)
        for name in ("errno", "strerror", "filename"):
            assert getattr(twin, name, None) == getattr(caught.value, name, None)


@pytest.mark.parametrize("name", [name for name in exceptions.__all__ if name != "ErrorCause"])
def test_every_class_of_errors_can_be_made_caught_and_pickled(name: str) -> None:
    kind: type[processmind.ProcessMindError] = getattr(processmind, name)
    error = kind("It failed.", hint="Try again.", status=418, retry_after=1.5)
    assert isinstance(error, processmind.ProcessMindError)
    assert str(error) == "It failed.\nTry again."
    assert error.code == kind.code
    twin = pickle.loads(pickle.dumps(error))
    assert (type(twin), vars(twin)) == (kind, vars(error))


def test_codes_tell_the_classes_apart() -> None:
    kinds = [getattr(exceptions, name) for name in exceptions.__all__ if name != "ErrorCause"]
    # A `SourceError` that is an `OSError` too has the code of the one that is none.
    kinds = [kind for kind in kinds if not issubclass(kind, processmind.SourceError) or kind is processmind.SourceError]
    assert len({kind.code for kind in kinds}) == len(kinds)


@pytest.mark.parametrize(
    ("kind", "json"),
    [
        (Progress, '{"fileName": "a.csv", "phase": "sending", "sent": 1, "total": 2, "attempt": 1}'),
        (UploadResult, '{"fileName": "a.csv", "bytes": 1, "attempts": 1, "seconds": 0.5}'),
    ],
)
def test_reports_are_values_too(kind: Any, json: str) -> None:
    value = kind._from_json(json)
    assert pickle.loads(pickle.dumps(value)) == value
    assert value.to_dict()
