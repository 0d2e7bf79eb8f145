"""The sink, and one measured run of a client against it."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "target/bench"
RUST = Path(os.environ.get("BENCH_RUST", ROOT / "target/release"))
SYSTEM_CERTIFICATES = [Path("/etc/ssl/certs/ca-certificates.crt"), Path("/etc/ssl/cert.pem")]


class Failed(Exception):
    """A client ended with an error, or its bytes did not arrive."""


@dataclass(frozen=True)
class Took:
    """What one run took: of the whole process, and of the calls alone, as the client itself measured them."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int
    calls_seconds: float
    calls_cpu_seconds: float
    counts: dict[str, int]


class Sink:
    """The sink while it runs."""

    def __init__(self, *arguments: str) -> None:
        BUILT.mkdir(parents=True, exist_ok=True)
        certificate = BUILT / "certificate.pem"
        command = [str(RUST / "sink"), "--certificate", str(certificate), *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.urls: dict[str, dict[str, str]] = json.loads(self.process.stdout.readline())
        # The system's certificates, too, as on a computer that trusts more than one.
        trusted = [path.read_bytes() for path in SYSTEM_CERTIFICATES if path.is_file()][:1]
        self.certificates = BUILT / "certificates.pem"
        self.certificates.write_bytes(b"\n".join([*trusted, certificate.read_bytes()]))

    def __enter__(self) -> Sink:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.process.terminate()
        self.process.wait()

    def environment(self, url: str) -> dict[str, str]:
        account = {
            "PROCESSMIND_BASE_URL": url,
            "PROCESSMIND_API_KEY": "key-of-the-bench",
            "PROCESSMIND_TENANT_ID": "bench",
        }
        trust = str(self.certificates)
        return {
            **os.environ,
            **account,
            "SSL_CERT_FILE": trust,
            "CURL_CA_BUNDLE": trust,
            "REQUESTS_CA_BUNDLE": trust,
            "NODE_EXTRA_CA_CERTS": trust,
        }

    def counts(self) -> dict[str, int]:
        with urllib.request.urlopen(self.urls["raw"]["http"] + "/counts") as answer:
            return json.load(answer)

    def run(self, command: list[str], kind: str = "raw", scheme: str = "http", expected: int = 0) -> Took:
        """Runs a command; `expected` is how many bytes of files have to arrive."""
        before = self.counts()["bytes"]
        environment = self.environment(self.urls[kind][scheme])
        run = subprocess.run(
            [str(RUST / "measure"), *command], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if run.returncode:
            said = [line for line in run.stderr.splitlines() if "Error" in line] or run.stderr.splitlines()[-1:]
            raise Failed(said[-1].strip() if said else f"ended with {run.returncode}")
        arrived = self.counts()["bytes"] - before
        if arrived != expected:
            raise Failed(f"{arrived:,} bytes arrived, not {expected:,}")
        took = json.loads(run.stdout)
        said = json.loads(took["said"]) if took["said"].startswith("{") else {}
        return Took(
            seconds=took["seconds"],
            cpu_seconds=took["cpu_seconds"],
            peak_bytes=took["peak_bytes"],
            calls_seconds=said.get("seconds", took["seconds"]),
            calls_cpu_seconds=said.get("cpu_seconds", took["cpu_seconds"]),
            counts=said.get("counts", {}),
        )
