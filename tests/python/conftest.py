from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from processmind import Client, Datatable
from support import CSV, Emulator, MakeClient, StalledStorage, waiting


@pytest.fixture(scope="session")
def running_emulator() -> Iterator[Emulator]:
    emulator = Emulator()
    yield emulator
    emulator.stop()


@pytest.fixture
def emulator(running_emulator: Emulator) -> Emulator:
    running_emulator.reset()
    return running_emulator


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("API_KEY", "TENANT_ID", "BASE_URL", "PROGRESS"):
        monkeypatch.delenv(f"PROCESSMIND_{name}", raising=False)


@pytest.fixture(params=[Client, waiting], ids=["sync", "async"])
def make_client(request: pytest.FixtureRequest) -> MakeClient:
    """Makes clients of either kind."""
    maker: MakeClient = request.param
    return maker


@pytest.fixture
def client(make_client: MakeClient, emulator: Emulator) -> Client:
    return make_client(api_key=emulator.api_key, tenant_id=emulator.tenant_id, base_url=emulator.url)


@pytest.fixture
def datatable(emulator: Emulator) -> Datatable:
    client = Client(emulator.api_key, emulator.tenant_id, base_url=emulator.url)
    datatable = client.create_datatable(client.create_dataset("Orders").id, "Orders 2025")
    emulator.reset()
    return datatable


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """A small event log."""
    path = tmp_path / "orders.csv"
    path.write_bytes(CSV)
    return path


@pytest.fixture
def large_log(tmp_path: Path) -> Path:
    """An event log that fits into no socket's buffer."""
    path = tmp_path / "large.csv"
    path.write_bytes(CSV.ljust(32 * 1024 * 1024, b"\n"))
    return path


@pytest.fixture
def stalled_storage() -> Iterator[StalledStorage]:
    storage = StalledStorage()
    yield storage
    storage.close()
