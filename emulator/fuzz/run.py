"""Fuzzes the emulator by its own OpenAPI document: no 5xx, and no answer outside the document.

    python emulator/fuzz/run.py path/to/processmind-emulator [examples per operation] [options of `st run`]

Needs schemathesis beside the Python that runs this.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

HERE = Path(__file__).parent
BPMN = (
    "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'><process id='p'><startEvent id='s'/></process>"
    "</definitions>"
)
# What the calls that need something there use.
KEPT = ("processes", "datasets", "datatables", "mappings", "users")


class Api:
    """The few calls that fill an emulator."""

    def __init__(self, url: str, key: str, tenant: str) -> None:
        self.url, self.key, self.tenant = url, key, tenant

    def send(self, method: str, path: str, body: dict[str, Any]) -> str:
        request = Request(
            f"{self.url}/tenant/{self.tenant}{path}",
            json.dumps(body).encode(),
            {"x-api-key": self.key, "content-type": "application/json"},
            method=method,
        )
        with urlopen(request) as response:
            created: dict[str, Any] = json.load(response)
        return str(created["id"])

    def process(self) -> str:
        process = self.send("POST", "/processes", {"displayName": "Order to Cash"})
        self.send("PUT", f"/processes/{process}/bpmn", {"bpmnXml": BPMN})
        return process

    def dataset(self) -> str:
        return self.send("POST", "/datasets", {"displayName": "Sales Data"})

    def mapping(self, process: str, table: str) -> str:
        return self.send("POST", f"/processes/{process}/mappings", {"dataTableId": table})

    def user(self, number: int) -> str:
        return self.send("POST", "/users", {"email": f"user-{number}@example.com"})

    def other_tenant(self, number: int) -> str:
        return self.send("POST", "/organization/tenants", {"shortName": f"spare-{number}"})


def fill(api: Api, spares: int) -> dict[str, list[str]]:
    """Puts something of everything into the emulator, and plenty of what will be deleted."""
    process, dataset = api.process(), api.dataset()
    table = api.send("POST", f"/datasets/{dataset}/datatables", {"displayName": "Orders"})
    return {
        "tenants": [api.tenant],
        "processes": [process],
        "datasets": [dataset],
        "datatables": [table],
        "mappings": [api.mapping(process, table)],
        "users": [api.user(0)],
        "models": [BPMN],
        "spare-processes": [api.process() for _ in range(spares)],
        "spare-mappings": [api.mapping(process, table) for _ in range(spares)],
        "spare-datasets": [api.dataset() for _ in range(spares)],
        "spare-users": [api.user(number) for number in range(1, spares + 1)],
        "spare-tenants": [api.other_tenant(number) for number in range(spares)],
    }


def fuzz(started: dict[str, str], examples: int, options: list[str]) -> int:
    ids = fill(Api(started["url"], started["api_key"], started["tenant_id"]), spares=max(100, examples))
    dictionaries = "".join(f"\n[dictionaries.{name}]\nvalues = {json.dumps(values)}\n" for name, values in ids.items())
    with tempfile.TemporaryDirectory() as directory:
        # The database of examples and the reports go with the directory.
        config = Path(directory, "schemathesis.toml")
        config.write_text((HERE / "schemathesis.toml").read_text() + dictionaries)
        command = [
            str(Path(sys.executable).with_name("st")),
            *("--config-file", str(config)),
            *("run", f"{started['url']}/openapi.json", "--max-examples", str(examples), *options),
        ]
        environment = os.environ | {
            "EMULATOR_KEY": started["api_key"],
            "EMULATOR_TENANT": started["tenant_id"],
            "EMULATOR_KEPT": " ".join(ids[name][0] for name in KEPT),
            "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"),
            "NO_PROXY": "127.0.0.1",
        }
        return subprocess.run(command, cwd=directory, env=environment, check=False).returncode


def main(emulator: str, examples: str = "25", *options: str) -> int:
    with subprocess.Popen([emulator, "--port", "0"], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            return fuzz(json.loads(process.stdout.readline()), int(examples), list(options))
        finally:
            process.terminate()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
