"""How models and lists show themselves: in lines, and as tables in notebooks."""

from __future__ import annotations

import json
import pickle
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import processmind
import pytest
from processmind import Client, _processmind
from processmind.lists import ModelList
from support import BPMN, CSV, Emulator, MakeClient
from test_models import EXAMPLES, read


def elements(shown: Any) -> ElementTree.Element:
    """The HTML of an object, which has to be well-formed."""
    return ElementTree.fromstring(f"<div>{shown._repr_html_()}</div>".replace("<br>", "<br/>"))


def cells(shown: Any) -> list[list[str]]:
    return [["".join(cell.itertext()) for cell in row] for row in elements(shown).iter("tr")]


def datasets(count: int) -> ModelList:
    return ModelList(read("DatasetSummary", {"id": f"id-{at}", "datatableCount": at * 1000}) for at in range(count))


@pytest.fixture
def tenant(make_client: MakeClient, emulator: Emulator) -> Client:
    """A client of a tenant in which there is nothing."""
    account = {"api_key": emulator.api_key, "base_url": emulator.url}
    owner = make_client(tenant_id=emulator.tenant_id, **account)
    name = f"shown-{len(owner.get_organization_tenants())}"
    return make_client(tenant_id=owner.create_organization_tenant(name).id, **account)


def test_every_call_that_lists_shows_a_table(tenant: Client) -> None:
    done = tenant.publish(process="P", bpmn=BPMN, dataset="D", datatable="T", file=CSV, file_name="orders.csv")
    tenant.add_tenant_user("ada@example.org", first_name="<Ada>")
    lists: list[Any] = [
        tenant.get_processes(),
        tenant.get_process_mappings(done.process_id or ""),
        tenant.get_datasets(),
        tenant.get_datatables(),
        tenant.get_tenant_users(),
        tenant.get_organization_tenants(),
        tenant.get_organization_users(),
    ]
    for listed in lists:
        headings, *rows = cells(listed)
        assert headings == listed[0]._fields
        assert len(rows) == len(listed) > 0
    assert cells(lists[2])[1][1:] == ["D", str(lists[2][0].created_at), "1"]
    assert "<Ada>" in cells(lists[4])[-1]


def test_a_list_is_a_list() -> None:
    listed = datasets(3)
    plain = list(listed)
    assert isinstance(listed, list)
    assert listed == plain
    assert plain == listed
    assert (listed + plain, len(listed), listed[0], listed[-1]) == (plain * 2, 3, plain[0], plain[2])
    assert [one.id for one in listed] == ["id-0", "id-1", "id-2"]
    assert sorted(listed, key=lambda one: one.id, reverse=True) == plain[::-1]
    assert pickle.loads(pickle.dumps(listed)) == listed
    assert json.dumps(ModelList(["a", 1])) == '["a", 1]'
    listed.append(plain[0])
    assert len(listed) == 4
    assert [one.id for one in listed[1:3]] == ["id-1", "id-2"]
    assert type(listed[1:3]) is type(listed[::-1]) is ModelList


def test_a_list_has_a_line_for_each_object_and_is_cut() -> None:
    few, many = datasets(2), datasets(10_000)
    assert repr(few) == f"[{few[0]!r},\n {few[1]!r}]"
    assert repr(ModelList()) == "[]"
    assert repr(many).splitlines()[-1] == " … 9980 more]"
    assert len(repr(many).splitlines()) == 21
    assert len(cells(many)) == 51
    assert str(many._repr_html_()).endswith("<p>… 9950 more</p>")


def test_what_is_no_list_of_models_shows_no_table() -> None:
    mixed: list[list[Any]] = [[], [1, 2], [None], [*datasets(1), 1], [*datasets(1), read("Color", {"id": "data-1"})]]
    for other in mixed:
        assert ModelList(other)._repr_html_() is None


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_model_shows_its_fields(name: str) -> None:
    model = read(name, EXAMPLES[name])
    assert cells(model)[0] == [name]
    rows = elements(model).findall("table/tbody/tr")
    assert [row[0].text for row in rows] == model._fields
    assert len(elements(read(name, {})).findall("table/tbody/tr")) == len(rows)


def test_values_are_shown_for_people() -> None:
    dataset = read("Dataset", EXAMPLES["Dataset"])
    assert ["row_count", "15,000"] not in cells(dataset)  # The datatables are a table of their own.
    assert ["table-1", "Orders", "15,000"] in cells(dataset)
    assert ["color", "data-3"] in cells(read("Mapping", EXAMPLES["Mapping"]))
    assert ["created_at", "2024-01-15 10:30:00+00:00"] in cells(dataset)
    long = read("Tenant", {"displayName": "x" * 1000})
    assert ["display_name", "x" * 200 + "…"] in cells(long)


def test_what_others_write_is_escaped() -> None:
    name = "<script>alert('&')</script>\"\nsecond line"
    for shown in (read("Tenant", {"displayName": name}), ModelList([read("Tenant", {"displayName": name})])):
        html = str(shown._repr_html_())
        assert "<script" not in html
        assert "&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;&quot;<br>second line" in html
        assert elements(shown) is not None


def test_results_show_themselves(client: Client, log: Path, emulator: Emulator) -> None:
    table = client.create_datatable(client.create_dataset("D").id, "T")
    items: Any = [{"file": log, "datatable_id": table.id}, {"file": "missing.csv", "datatable_id": table.id}]
    uploads = client.upload_files(items)
    html = uploads._repr_html_()
    assert "crc64nvme" in html
    assert "&#39;missing.csv&#39; can&#39;t be read" in html
    assert "SucceededUpload" not in html
    assert emulator.api_key not in html
    assert "X-Amz" not in html
    plan = client.publish(dataset=f"D of {table.id}", datatable="T2", dry_run=True)
    assert ["datatable", "T2", "created", ""] in cells(plan)
    assert cells(uploads.succeeded[0].result)[0] == ["UploadResult"]


def test_every_class_that_has_fields_shows_them() -> None:
    shown = [kind for kind in vars(_processmind).values() if isinstance(kind, type) and hasattr(kind, "to_dict")]
    assert len(shown) > 20
    kind: Any
    for kind in [*shown, processmind.UploadFilesResult, processmind.SucceededUpload, processmind.FailedUpload]:
        assert kind._fields
        assert hasattr(kind, "_repr_html_")


def test_a_client_shows_no_key(emulator: Emulator) -> None:
    client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
    assert not hasattr(client, "_repr_html_")
    assert emulator.api_key not in repr(client)
    assert emulator.api_key not in repr(ModelList([client]))
