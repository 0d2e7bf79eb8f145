"""The fixtures of `processmind.testing`, which pytest finds by the package's entry point."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from . import Client
    from .testing import Emulator


@pytest.fixture
def processmind_emulator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Emulator]:
    """ProcessMind on loopback, for this test alone; `Client()` finds it."""
    from .testing import Emulator  # Not before a test asks for it: every run of pytest reads this file.

    with Emulator() as emulator:
        for name, value in emulator.environment.items():
            monkeypatch.setenv(name, value)
        yield emulator


@pytest.fixture
def processmind_client(processmind_emulator: Emulator) -> Iterator[Client]:
    """A client of the emulator of this test."""
    with processmind_emulator.client() as client:
        yield client
