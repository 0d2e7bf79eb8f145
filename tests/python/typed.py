"""How the package is used, as type checkers have to see it: nothing runs this. What is ignored here is wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from typing import Any, assert_type

from processmind import (
    UNCHANGED,
    AsyncClient,
    Client,
    Column,
    EventLogReport,
    NotFoundError,
    OrganizationTenant,
    Process,
    ProcessMindError,
    Progress,
    TenantUser,
    UploadFilesResult,
    UploadResult,
    check_event_log,
)


def listener(progress: Progress) -> None:
    assert_type(progress.sent, int)


def waiting() -> None:
    with Client("key", tenant_id="tenant", timeout=5) as client:
        processes = client.get_processes()
        assert_type(processes, list[Process])
        assert_type(processes[0].created_at, datetime | None)
        assert_type(processes[0].extra, dict[str, Any])
        assert_type(client.get_datatable("t").columns, list[Column] | None)
        with open("a.csv", "rb") as file:
            assert_type(client.upload_file(file, "t", on_progress=listener), UploadResult)
        client.upload_file(Path("a.csv"), "t", verify=False)
        client.upload_file((line.encode() for line in ["a;b"]), "t", file_name="a.csv")
        uploads = client.upload_files([{"file": "a.csv", "datatable_id": "t", "verify": False}], concurrency=2)
        client.upload_files([{"file": "a.csv", "datatable": "T"}])
        assert_type(uploads.succeeded[0].result, UploadResult)
        assert_type(uploads.failed[0].error, Exception)
        mapping = client.create_process_mapping("p", "t", color={"id": "data-3"})
        client.update_process_mapping("p", mapping.id, color=mapping.color)
        client.update_process("p", tree_parent_id=None)
        client.update_process("p", display_name="P", tree_parent_id=UNCHANGED)
        assert_type(client.add_tenant_user("a@example.org", is_admin_in_tenant=True), TenantUser)
        assert_type(client.get_organization_tenants(), list[OrganizationTenant])
        client.publish(datatable="T", file="a.csv", check="error")
        client.request("POST", "/tenant/t/datasets", query={"a": "b"}, body={"displayName": ["x", 1, None]})


class Frame:
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


def checking() -> None:
    assert_type(check_event_log(Frame(), case="CaseId"), EventLogReport)
    check_event_log(Path("a.xlsx"), sheet="Events")
    Client().upload_dataframe(Frame(), "t", check="warn")
    Client().upload_dataframe(Frame(), "t", check="always")  # type: ignore[arg-type] # the mistake under test


async def chunks() -> AsyncIterator[bytes]:
    yield b"a;b"


async def awaited() -> None:
    async with AsyncClient() as client:
        assert_type(await client.get_processes(), list[Process])
        assert_type(await client.upload_file(b"a;b", "t", file_name="a.csv"), UploadResult)
        await client.upload_file(chunks(), "t", file_name="a.csv")
        assert_type(await client.upload_files([{"file": chunks(), "datatable_id": "t"}]), UploadFilesResult)
        client.get_tenant().id  # type: ignore[attr-defined] # noqa: B018 # the mistake under test


def errors() -> None:
    try:
        Client().delete_process("p")
    except NotFoundError as error:
        assert_type(error.status, int | None)
        base: ProcessMindError = error
        lookup: LookupError = error
        raise base from lookup


def wrong() -> None:
    Client(key="k")  # type: ignore[call-arg] # the mistake under test
    client = Client()
    client.get_dataset(7)  # type: ignore[arg-type] # the mistake under test
    client.upload_file(open("a.csv"), "t")  # type: ignore[arg-type] # noqa: SIM115 # the mistake under test
    client.upload_file(chunks(), "t")  # type: ignore[arg-type] # the mistake under test
    client.upload_files([{"datatable_id": "t"}])  # type: ignore[typeddict-item] # the mistake under test
    client.upload_file("a.csv", "t", "d")  # type: ignore[call-arg] # the mistake under test
    client.get_tenant().id = "x"  # type: ignore[misc] # the mistake under test
    client.update_process("p", tree_parent_id=7)  # type: ignore[arg-type] # the mistake under test
    client.add_tenant_user("a@example.org", "A")  # type: ignore[call-arg] # the mistake under test
    client.request("GET", "/", query={"a": 1})  # type: ignore[dict-item] # the mistake under test
