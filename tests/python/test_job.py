"""The whole job, by either client."""

from __future__ import annotations

import datetime
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest
from processmind import Client, Color, Datatable
from support import BPMN, CSV, Emulator, MakeClient


def test_a_log_and_its_model_arrive(client: Client, emulator: Emulator, log: Path, tmp_path: Path) -> None:
    model = tmp_path / "orders.bpmn"
    model.write_text(BPMN)
    assert client.get_tenant().id == emulator.tenant_id

    process = client.create_process("Order to Cash")
    client.upload_bpmn_file(process.id, model)
    dataset = client.create_dataset("Sales")
    datatable = client.create_datatable(dataset.id, "Orders")
    upload = client.upload_file(log, datatable.id)
    mapping = client.create_process_mapping(process.id, datatable.id, color="data-3")

    (stored,) = emulator.uploads(datatable.id)
    assert stored["sha256"] == hashlib.sha256(CSV).hexdigest()
    assert (upload.bytes, upload.file_name, upload.verified, upload.attempts) == (
        len(CSV),
        "orders.csv",
        "crc64nvme",
        1,
    )
    assert upload.crc64nvme == stored["crc64nvme"]
    arrived = client.get_datatable(datatable.id)
    assert arrived.row_count == 3
    assert [(column.name, column.type) for column in arrived.columns or []] == [
        ("CaseId", "string"),
        ("Activity", "string"),
        ("StartTime", "datetime"),
    ]
    assert [entry.id for entry in client.get_process_mappings(process.id)] == [mapping.id]
    assert mapping.data_table_id == datatable.id
    assert mapping.color is not None
    assert mapping.color.id == "data-3"


def test_the_lists_hold_what_was_created(client: Client) -> None:
    process = client.create_process("P")
    dataset = client.create_dataset("D", tree_node_type="Dataset")
    datatable = client.create_datatable(dataset.id, "T")
    assert process.id in [entry.id for entry in client.get_processes()]
    assert dataset.id in [entry.id for entry in client.get_datasets()]
    assert datatable.id in [entry.id for entry in client.get_datatables()]
    assert [entry.id for entry in client.get_dataset(dataset.id).datatables or []] == [datatable.id]


def test_a_folder_holds_a_process(client: Client) -> None:
    folder = client.create_process("Folder", tree_node_type="TreeGroup")
    process = client.create_process("P", tree_parent_id=folder.id)
    assert (folder.tree_node_type, process.tree_parent_id) == ("TreeGroup", folder.id)


def test_dates_are_aware(client: Client) -> None:
    created = client.create_process("P").created_at
    assert created is not None
    assert created.tzinfo is datetime.UTC
    assert abs(created - datetime.datetime.now(datetime.UTC)) < datetime.timedelta(minutes=1)


@pytest.mark.parametrize("color", ["data-5", {"id": "data-5"}, "model"])
def test_a_color_is_a_text_or_an_object(client: Client, color: Any) -> None:
    datatable = client.create_datatable(client.create_dataset("D").id, "T")
    process = client.create_process("P")
    client.upload_bpmn(process.id, BPMN)
    if color == "model":
        earlier = client.create_process_mapping(process.id, datatable.id, color="data-5")
        color = earlier.color
        assert isinstance(color, Color)
    mapping = client.create_process_mapping(process.id, datatable.id, color=color)
    assert mapping.color is not None
    assert mapping.color.id == "data-5"


def test_a_model_may_be_in_another_encoding(client: Client, emulator: Emulator, tmp_path: Path) -> None:
    model = tmp_path / "orders.bpmn"
    model.write_bytes(BPMN.replace("UTF-8", "UTF-16").encode("utf-16"))
    process = client.create_process("P")
    client.upload_bpmn_file(process.id, str(model))
    assert emulator.requests()[-1]["status"] == 200


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_bytes_are_uploaded(client: Client, emulator: Emulator, datatable: Datatable, kind: Any) -> None:
    client.upload_file(kind(CSV), datatable.id, file_name="orders.csv")
    (stored,) = emulator.uploads(datatable.id)
    assert stored["sha256"] == hashlib.sha256(CSV).hexdigest()


def test_a_file_object_is_read_from_where_it_stands(
    client: Client, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    with log.open("rb") as file:
        file.seek(26)
        upload = client.upload_file(file, datatable.id)
        assert not file.closed
    (stored,) = emulator.uploads(datatable.id)
    assert upload.file_name == "orders.csv"
    assert stored["sha256"] == hashlib.sha256(CSV[26:]).hexdigest()


def test_a_stream_without_an_end_to_seek_to_is_uploaded(
    client: Client, emulator: Emulator, datatable: Datatable
) -> None:
    class Stream(io.RawIOBase):
        left = 20

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            return b"a;b\n" * 250_000 if self.left >= 0 else b""

    upload = client.upload_file(Stream(), datatable.id, file_name="stream.csv")
    assert upload.bytes == 20_000_000
    assert emulator.uploads(datatable.id)[0]["bytes"] == 20_000_000


def test_a_presigned_url_takes_a_file_without_a_key(
    client: Client, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    import urllib.request

    url = client.get_presigned_upload_url(datatable.id, file=log)
    with urllib.request.urlopen(urllib.request.Request(url, CSV, {"content-type": "text/csv"}, method="PUT")):
        pass
    assert emulator.uploads(datatable.id)[0]["fileName"] == "orders.csv"


def test_the_vendors_second_name_uploads_too(
    client: Client, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    client.upload_file_to_processmind(log, datatable.id)
    assert len(emulator.uploads(datatable.id)) == 1


def test_the_key_never_goes_to_storage(client: Client, emulator: Emulator, datatable: Datatable, log: Path) -> None:
    client.upload_file(log, datatable.id)
    sent = {request["origin"]: request["hasApiKey"] for request in emulator.requests()}
    assert sent == {"api": True, "storage": False}


def test_a_call_may_name_another_tenant(client: Client, emulator: Emulator) -> None:
    with pytest.raises(LookupError):
        client.get_tenant(tenant_id="no/such tenant")
    assert emulator.requests()[-1]["path"] == "/tenant/no%2Fsuch%20tenant"


def test_the_environment_configures_a_client(emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in emulator.environment.items():
        monkeypatch.setenv(name, value)
    client = Client()
    assert client.get_tenant().id == client.tenant_id == emulator.tenant_id
    assert client.base_url.rstrip("/") == emulator.url


def test_a_failure_that_passes_is_tried_again(
    client: Client, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    emulator.plan("/processmind-uploads/", "status", status=503)
    assert client.upload_file(log, datatable.id).attempts == 2
    urls = {request["query"] for request in emulator.requests() if request["origin"] == "storage"}
    assert len(urls) == 2, "every attempt has a URL of its own"


def test_headers_of_the_callers_own_go_to_the_api_alone(
    make_client: MakeClient, emulator: Emulator, datatable: Datatable, log: Path
) -> None:
    client = make_client(
        api_key=emulator.api_key,
        tenant_id=emulator.tenant_id,
        base_url=emulator.url,
        extra_headers={"X-Team": "mining"},
    )
    client.upload_file(log, datatable.id)
    sent = {(request["origin"], request["headers"].get("x-team")) for request in emulator.requests()}
    assert sent == {("api", "mining"), ("storage", None)}
