"""ProcessMind on loopback, for your own tests: `pip install "processmind[emulator]"`.

With pytest, ask for a fixture; nothing has to be imported or registered::

    def test_orders_are_sent(processmind_emulator):
        send_orders("orders.csv")  # Your code, with a `Client()` that is made as in production.
        assert len(processmind_emulator.uploads()) == 1

`processmind_emulator` is an `Emulator` of this test alone, which `Client()` finds by its environment variables;
`processmind_client` is a `Client` of it. Without pytest, `Emulator` is a context manager.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
import tempfile
import urllib.error
import urllib.request
import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from .async_client import AsyncClient
from .client import Client

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

__all__ = ["Emulator"]

_NAME = "processmind-emulator"


class Emulator:
    """A running emulator. It ends with the `with` block, with `stop()`, or with this process.

    It answers as the API does, checks presigned URLs as S3 does, and reads what is uploaded, so that row counts,
    columns and types are true. What it holds is gone when it ends, unless there is a `data_dir`.

    Args:
        data_dir: Where to keep state and uploaded files.
        upload_mode: What an upload does to the rows that were there.
        command: The emulator's program; by default what `PROCESSMIND_EMULATOR` names, or the one that was installed
            with `processmind[emulator]`, or the one on the `PATH`.

    Raises:
        FileNotFoundError: The emulator is not installed.
        RuntimeError: It did not start; the text says why.

    Example::

        from processmind.testing import Emulator

        with Emulator() as emulator, emulator.client() as client:
            emulator.plan("/tenant", "status", status=503, retry_after=0, count=2)
            client.get_datasets()  # The third attempt succeeds.
            assert len(emulator.requests()) == 3
    """

    url: str
    """What a client takes as `base_url`."""
    api_key: str
    """The one key that it accepts."""
    tenant_id: str
    """Its tenant."""

    def __init__(
        self,
        *,
        data_dir: str | os.PathLike[str] | None = None,
        upload_mode: Literal["replace", "append"] = "replace",
        command: str | os.PathLike[str] | None = None,
    ) -> None:
        program = _program() if command is None else os.fspath(command)
        arguments = [program, "--port", "0", "--until-stdin-ends", "--upload-mode", upload_mode]
        if data_dir is not None:
            arguments += ["--data-dir", os.fspath(data_dir)]
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said)
            self._stop = weakref.finalize(self, _end, process, os.getpid())
            assert process.stdout is not None  # It is a pipe.
            line = process.stdout.readline()
            if not line:
                self.stop()
                said.seek(0)
                raise RuntimeError(f"The emulator '{program}' did not start: {said.read().strip()}")
        started = json.loads(line)
        self.url, self.api_key, self.tenant_id = started["url"], started["api_key"], started["tenant_id"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"Emulator({self.url!r})"

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables by which a `Client()` finds this emulator."""
        return {
            "PROCESSMIND_API_KEY": self.api_key,
            "PROCESSMIND_TENANT_ID": self.tenant_id,
            "PROCESSMIND_BASE_URL": self.url,
        }

    def client(self, **options: Any) -> Client:
        """A client of this emulator; the options are those of `Client`."""
        return Client(**self._options(options))

    def async_client(self, **options: Any) -> AsyncClient:
        """A client to await; the options are those of `AsyncClient`."""
        return AsyncClient(**self._options(options))

    def plan(
        self,
        path: str,
        kind: str,
        *,
        count: int = 1,
        method: str | None = None,
        share: float | None = None,
        seed: int | None = None,
        **fault: Any,
    ) -> None:
        """Has requests go wrong.

        Args:
            path: The beginning of the paths of the requests, percent-encoded as it is sent.
            kind: What goes wrong; the emulator's documentation lists the faults and their settings.
            count: How many requests it is for.
            method: Only requests with this method.
            share: Only this share of them, from 0 to 1, by chance.
            seed: Makes that chance the same in every run.
            fault: The fault's settings, such as `status=503, retry_after=1`.

        Raises:
            RuntimeError: The emulator knows no such fault; the text says why.
        """
        which = {"path": path, "method": method, "count": count, "share": share, "seed": seed}
        self._call("POST", "faults", [{**which, "fault": {"kind": kind, **fault}}])

    def requests(self) -> list[dict[str, Any]]:
        """The requests that came, the newest last: `method`, `path`, `status`, `headers` and more."""
        return cast("list[dict[str, Any]]", self._call("GET", "requests"))

    def uploads(self, datatable_id: str | None = None) -> list[dict[str, Any]]:
        """What storage holds, of one datatable or of all: `datatableId`, `fileName`, `bytes`, `sha256` and more."""
        uploads = cast("list[dict[str, Any]]", self._call("GET", "uploads"))
        return [upload for upload in uploads if datatable_id in (None, upload["datatableId"])]

    def reset(self) -> None:
        """Forgets the requests that came and the faults that are planned; datasets, processes and files stay."""
        self._call("DELETE", "requests")
        self._call("DELETE", "faults")

    def stop(self) -> None:
        """Ends it; a second time does nothing."""
        self._stop()

    def _options(self, options: dict[str, Any]) -> dict[str, Any]:
        return {"api_key": self.api_key, "tenant_id": self.tenant_id, "base_url": self.url, **options}

    def _call(self, method: str, name: str, body: object = None) -> Any:
        headers = {"x-api-key": self.api_key, "content-type": "application/json"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/emulator/{name}", data, headers, method=method)
        try:
            with _LOOPBACK.open(request) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise RuntimeError(f"The emulator answered {refusal.code}: {refusal.read().decode()}") from None


# No proxy of the environment's: none leads back to this machine.
_LOOPBACK = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _program() -> str:
    named = os.environ.get("PROCESSMIND_EMULATOR")
    folders = [sysconfig.get_path("scripts"), sysconfig.get_path("scripts", sysconfig.get_preferred_scheme("user"))]
    program = named or shutil.which(_NAME, path=os.pathsep.join(folders)) or shutil.which(_NAME)
    if program is None:
        raise FileNotFoundError(
            f"The program '{_NAME}' is not installed: `pip install \"processmind[emulator]\"` brings it.\n"
            "Where it is somewhere else, PROCESSMIND_EMULATOR names it."
        )
    return str(Path(program))


def _end(process: subprocess.Popen[bytes], owner: int) -> None:
    if os.getpid() != owner:  # A fork of that process must not end what is not its own.
        return
    process.terminate()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
    process.wait()
