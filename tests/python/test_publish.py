"""Publishing, by the scenes that every language plays, and what Python adds: file objects, paths, progress."""

from __future__ import annotations

import io
import json
import warnings
from pathlib import Path
from typing import Any

import processmind
import pytest
from processmind import Client, Datatable, EventLogError, NotFoundError, Progress, PublishResult
from support import BAD_CSV, BPMN, CSV, ROOT, Emulator, MakeClient, in_snake_case, snake_case

SCENES: list[dict[str, Any]] = json.loads((ROOT / "tests/contract/publish.json").read_text("utf-8"))


@pytest.fixture
def tenant(make_client: MakeClient, emulator: Emulator) -> Client:
    """A client of a tenant in which there is nothing."""
    account = {"api_key": emulator.api_key, "base_url": emulator.url}
    owner = make_client(tenant_id=emulator.tenant_id, **account)
    name = f"tenant-{len(owner.get_organization_tenants())}"
    return make_client(tenant_id=owner.create_organization_tenant(name).id, **account)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model.bpmn").write_text(BPMN)
    (tmp_path / "orders.csv").write_bytes(CSV)
    (tmp_path / "bad.csv").write_bytes(BAD_CSV)
    monkeypatch.chdir(tmp_path)


def steps(result: PublishResult) -> list[str]:
    return [f"{step.kind} {step.name} {step.action}" for step in result.steps]


def test_the_scenes_play(tenant: Client) -> None:
    for scene in SCENES:
        arguments = {snake_case(name): value for name, value in scene["arguments"].items()}
        if "steps" in scene:
            with warnings.catch_warnings(record=True) as caught_warnings:
                warnings.simplefilter("always")
                result = tenant.publish(**arguments)
            assert steps(result) == scene["steps"], scene["name"]
            check_warnings(result, [str(warning.message) for warning in caught_warnings], scene.get("warnings", []))
            continue
        with pytest.raises(getattr(processmind, scene["error"]["class"])) as caught:
            tenant.publish(**arguments)
        assert caught.value.code == scene["error"]["code"]
        for words in scene["error"]["text"]:
            assert in_snake_case(words) in str(caught.value), scene["name"]


def check_warnings(result: PublishResult, told: list[str], expected: list[str]) -> None:
    assert told == result.warnings
    assert len(told) == len(expected)
    assert all(text.startswith(words) for text, words in zip(told, expected, strict=True)), told
    if result.upload is not None:
        assert result.upload.warnings == result.warnings


def test_a_refused_log_costs_no_request(tenant: Client, emulator: Emulator) -> None:
    emulator.reset()
    with pytest.raises(EventLogError):
        tenant.publish(
            process="P", dataset="D", datatable="T", file=io.BytesIO(BAD_CSV), file_name="a.csv", check="error"
        )
    assert emulator.requests() == []


def test_a_model_is_a_path_or_its_text_and_data_what_an_upload_takes(tenant: Client) -> None:
    told: list[Progress] = []
    pairs: list[tuple[Path | str, io.BytesIO | bytes]] = [(Path("model.bpmn"), io.BytesIO(CSV)), (BPMN, CSV)]
    for number, (model, file) in enumerate(pairs):
        result = tenant.publish(
            process="P",
            bpmn=model,
            dataset="D",
            datatable=f"T{number}",
            file=file,
            file_name="orders.csv",
            on_progress=told.append,
        )
        assert result.upload is not None
        assert (result.upload.bytes, result.upload.verified) == (len(CSV), "crc64nvme")
        assert tenant.get_datatable(result.datatable_id or "").row_count == 3
    assert [progress.phase for progress in told].count("done") == 2
    with open("orders.csv", "rb") as opened:
        assert tenant.publish(datatable="T0", file=opened).upload is not None


def test_a_file_finds_its_datatable_by_name(client: Client, datatable: Datatable, log: Path) -> None:
    name = f"Orders of {datatable.id}"
    named = client.create_datatable(datatable.dataset_id or "", name)
    client.upload_file(log, datatable=name)
    assert client.get_datatable(named.id).row_count == 3
    with pytest.raises(NotFoundError, match="There is no datatable"):
        client.upload_file(log, datatable="nowhere to be found")
