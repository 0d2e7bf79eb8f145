"""The raw request, and what can be left as it is."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl

import processmind
import pytest
from processmind import UNCHANGED, Client
from support import Emulator


def test_a_request_answers_what_the_server_sends(client: Client, emulator: Emulator) -> None:
    path = f"/tenant/{emulator.tenant_id}/processes"
    created = client.request("POST", path, body={"displayName": "P", "treeParentId": None, "treeNodeType": "Process"})
    assert client.get_process(created["id"]).display_name == "P"
    assert created in client.request("get", path)
    client.request("DELETE", f"{path}/{created['id']}")
    with pytest.raises(processmind.NotFoundError) as caught:
        client.request("GET", f"{path}/{created['id']}")
    assert (caught.value.method, caught.value.attempts) == ("GET", 1)


@pytest.mark.parametrize("query", [{"a": "1 & 2", "ü": ""}, MappingProxyType({"z": "1", "a": "2"})])
def test_a_query_is_a_mapping(client: Client, emulator: Emulator, query: Any) -> None:
    emulator.plan("/later", "status", status=204)
    assert client.request("GET", "/later", query=query) is None
    (sent,) = emulator.requests()
    assert parse_qsl(sent["query"], keep_blank_values=True) == list(query.items())
    assert sent["hasApiKey"]
    assert "content-type" not in sent["headers"]


@pytest.mark.parametrize("body", [{}, [], {"a": [1, -2.5, None, True, "é😀"], "b": {"c": 2**63}}, "text", 0, False])
def test_a_body_is_json(client: Client, emulator: Emulator, body: object) -> None:
    emulator.plan("/later", "status", status=200, body='{"big": 18446744073709551615}')
    assert client.request("PATCH", "/later", body=body) == {"big": 2**64 - 1}
    (sent,) = emulator.requests()
    assert (json.loads(sent["body"]), sent["headers"]["content-type"]) == (body, "application/json")


def test_an_integer_of_any_size_is_kept(client: Client, emulator: Emulator) -> None:
    emulator.plan("/later", "status", status=200, body=f'{{"n": {2**70}, "m": {-(2**64)}, "f": 1.5}}')
    assert client.request("POST", "/later", body={"n": 2**70}) == {"n": 2**70, "m": -(2**64), "f": 1.5}
    (sent,) = emulator.requests()
    assert json.loads(sent["body"]) == {"n": 2**70}


def test_a_request_is_tried_again_as_a_call_is(client: Client, emulator: Emulator) -> None:
    emulator.plan("/later", "status", status=503)
    emulator.plan("/later", "status", status=200, body="[]")
    assert client.request("GET", "/later") == []
    emulator.plan("/later", "status", status=502)
    with pytest.raises(processmind.AmbiguousResultError):
        client.request("POST", "/later", body={})


def deep() -> list[Any]:
    value: list[Any] = []
    for _ in range(500):
        value = [value]
    return value


def circular() -> list[Any]:
    value: list[Any] = []
    value.append(value)
    return value


NO_JSON = {
    "a set": {1, 2},
    "an object": object(),
    "NaN": float("nan"),
    "infinity": float("inf"),
    "half a character": "\ud800",
    "circular": circular(),
    "deep": deep(),
    "a key that is no text": {(1, 2): 3},
}


@pytest.mark.parametrize("body", NO_JSON.values(), ids=NO_JSON)
def test_a_body_that_is_no_json(client: Client, emulator: Emulator, body: object) -> None:
    with pytest.raises(processmind.InvalidArgumentError) as caught:
        client.request("POST", "/later", body=body)
    assert caught.value.message.startswith("`body` can't be written as JSON: ")
    assert "nothing was sent" in str(caught.value)
    assert emulator.requests() == []


def test_a_request_that_can_be_none(client: Client, emulator: Emulator) -> None:
    calls: list[Callable[[], object]] = [
        lambda: client.request("TRACE", "/tenant"),
        lambda: client.request("GET", "tenant"),
        lambda: client.request("GET", "//example.org/tenant"),
        lambda: client.request("GET", "/tenant/../admin"),
        lambda: client.request("GET", "/tenant?a=b"),
    ]
    for call in calls:
        with pytest.raises(processmind.InvalidArgumentError):
            call()
    wrong: Any = client
    for query in ([("a", "b")], {"a": 1}, {1: "a"}, "a=b"):
        with pytest.raises(TypeError):
            wrong.request("GET", "/tenant", query=query)
    assert emulator.requests() == []


def test_a_process_stays_moves_and_returns_to_the_root(client: Client) -> None:
    folder = client.create_process("Folder", tree_node_type="TreeGroup")
    process = client.create_process("P")
    client.update_process(process.id, tree_parent_id=folder.id)
    assert client.get_process(process.id).tree_parent_id == folder.id
    client.update_process(process.id, display_name="Q", tree_parent_id=UNCHANGED)
    moved = client.get_process(process.id)
    assert (moved.display_name, moved.tree_parent_id) == ("Q", folder.id)
    client.update_process(process.id, tree_parent_id=None)
    assert client.get_process(process.id).tree_parent_id is None
    with pytest.raises(TypeError):
        client.update_process(process.id, tree_parent_id=7)  # type: ignore[arg-type] # the mistake under test


def test_there_is_one_unchanged() -> None:
    assert repr(UNCHANGED) == "UNCHANGED"
    assert pickle.loads(pickle.dumps(UNCHANGED)) is copy.deepcopy(UNCHANGED) is UNCHANGED
    with pytest.raises(TypeError):
        processmind.Unchanged()
