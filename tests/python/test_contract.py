"""The contract cases that every language runs: what a call puts on the wire, and what the caller gets."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl

import processmind
import pytest
from processmind import Client, _processmind
from support import ROOT, Emulator, MakeClient, in_snake_case, snake_case

CASES: list[dict[str, Any]] = json.loads((ROOT / "tests/contract/cases.json").read_text("utf-8"))
MODELS = tuple(kind for kind in vars(_processmind).values() if hasattr(kind, "to_dict"))


@pytest.fixture
def client(make_client: MakeClient, emulator: Emulator) -> Client:
    return make_client(api_key=emulator.api_key, tenant_id="tenant-123", base_url=emulator.url, max_retries=0)


@pytest.mark.parametrize("case", CASES, ids=[f"{case['page']}: {case['name']}" for case in CASES])
def test_a_case_holds(client: Client, emulator: Emulator, tmp_path: Path, case: dict[str, Any]) -> None:
    case = placed(case, emulator)
    method = getattr(client, snake_case(case["helper"]))
    arguments = {snake_case(name): value for name, value in case["arguments"].items()} | given(case, tmp_path)
    if "requests" in case:
        check_upload(lambda: method(**arguments), emulator, case)
    elif "answers" not in case:
        check_error(lambda: method(**arguments), case["error"])
        assert emulator.requests() == []
    for answer in case.get("answers", []):
        emulator.reset()
        emulator.plan(
            "/tenant",
            "status",
            status=answer["status"],
            body=answer["body"],
            content_type=answer.get("contentType"),
            retry_after=answer.get("headers", {}).get("retry-after"),
        )
        if "error" in answer:
            check_error(lambda: method(**arguments), answer["error"])
        else:
            check_result(plain(method(**arguments)), answer["result"])
        sent, *then = emulator.requests()
        check_request(sent, case["request"])
        assert [plain_request(request) for request in then] == answer.get("then", [])


def test_every_helper_has_a_case() -> None:
    no_helpers = {"base_url", "tenant_id", "close", "request", "upload_dataframe", "upload_files", "publish"}
    helpers = {name for name in dir(Client) if not name.startswith("_")} - no_helpers
    assert {snake_case(case["helper"]) for case in CASES} == helpers


def placed(case: dict[str, Any], emulator: Emulator) -> dict[str, Any]:
    """The case with the ids of a new datatable, where it wants them."""
    text = json.dumps(case)
    if "{datatableId}" not in text:
        return case
    client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
    dataset_id = client.create_dataset("Orders").id
    ids = {
        "{tenantId}": emulator.tenant_id,
        "{datasetId}": dataset_id,
        "{datatableId}": client.create_datatable(dataset_id, "Orders 2025").id,
    }
    emulator.reset()
    for placeholder, value in ids.items():
        text = text.replace(placeholder, value)
    return cast("dict[str, Any]", json.loads(text))


def given(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    """The file of a case, as an argument."""
    file = case.get("file")
    if file is None:
        return {}
    if "name" not in file:
        return {"file": file["content"].encode()}
    path = folder / file["name"]
    if "content" in file:
        path.write_bytes(file["content"].encode())
        os.utime(path, (file["modified"], file["modified"]))
    return {"file_path" if case["helper"] == "uploadBpmnFile" else "file": path}


def check_upload(call: Callable[[], object], emulator: Emulator, case: dict[str, Any]) -> None:
    """An upload, and all that it sends."""
    if fault := case.get("fault"):
        answer = {"content_type" if name == "contentType" else name: value for name, value in fault.items()}
        emulator.plan(answer.pop("path"), "status", **answer)
    if "error" in case:
        check_error(call, case["error"])
    else:
        result = cast("dict[str, Any]", plain(call()))
        assert result | case["result"] == result
    sent = emulator.requests()
    assert len(sent) == len(case["requests"])
    for request, wanted in zip(sent, case["requests"], strict=True):
        (check_put if wanted["method"] == "PUT" else check_request)(request, wanted)


def check_put(sent: dict[str, Any], wanted: dict[str, Any]) -> None:
    """What goes to storage: the bytes, with nothing that the URL did not sign, and no key."""
    assert (sent["origin"], sent["method"], sent["hasApiKey"]) == ("storage", wanted["method"], False)
    assert {name: sent["headers"].get(name) for name in wanted["headers"]} == wanted["headers"]
    unwanted = ("x-", "authorization", "transfer-encoding")
    assert [name for name in sent["headers"] if name.startswith(unwanted)] == []


def plain_request(sent: dict[str, Any]) -> dict[str, Any]:
    return {"method": sent["method"], "path": sent["path"]}


def check_request(sent: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert (sent["method"], sent["path"]) == (wanted["method"], wanted["path"])
    body = json.loads(sent["body"] or "null")
    assert body == wanted.get("body")
    assert ("content-type" in sent["headers"]) == (body is not None)
    assert sent["hasApiKey"]
    assert sent["headers"]["user-agent"] == f"processmind-python/{processmind.__version__}"
    if "query" in wanted:
        assert dict(parse_qsl(sent["query"], strict_parsing=True)) == wanted["query"]


def plain(result: object) -> object:
    """Models as the API writes them."""
    if isinstance(result, list):
        return [plain(item) for item in result]
    return result.to_dict() if isinstance(result, MODELS) else result


def check_result(got: object, wanted: object) -> None:
    """What was asked for is there; what a model adds to it is empty."""
    match got, wanted:
        case dict(), dict():
            for name in got.keys() | wanted.keys():
                if name in wanted:
                    check_result(got.get(name), wanted[name])
                else:
                    assert got[name] in (None, ""), name
        case list(), list():
            assert len(got) == len(wanted)
            for one, other in zip(got, wanted, strict=True):
                check_result(one, other)
        case _:
            assert got == wanted


def check_error(call: Callable[[], object], wanted: dict[str, Any]) -> None:
    with pytest.raises(getattr(processmind, wanted["class"])) as caught:
        call()
    error, text = caught.value, str(caught.value)
    # No other class has this code.
    assert error.code == wanted["code"]
    for words in wanted["text"]:
        assert in_snake_case(words) in text
    if "status" in wanted:
        assert error.status == wanted["status"]
    assert len(text.splitlines()) <= 4
