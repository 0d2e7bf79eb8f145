"""What stands between the client and the server."""

from __future__ import annotations

import http.server
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from processmind import ConfigurationError, ConnectionFailedError
from support import ClosingServer, Emulator, MakeClient

PROGRAM = """
import os
from processmind import Client
print(Client().get_tenant().id == os.environ["PROCESSMIND_TENANT_ID"])
"""


def test_loopback_never_goes_by_a_proxy(emulator: Emulator) -> None:
    """A proxy could read the key of a plain request, and could not reach the loopback it was meant for."""
    nobody = "http://127.0.0.1:9"
    environment = os.environ | {
        "PROCESSMIND_API_KEY": emulator.api_key,
        "PROCESSMIND_TENANT_ID": emulator.tenant_id,
        "PROCESSMIND_BASE_URL": emulator.url,
        "HTTP_PROXY": nobody,
        "http_proxy": nobody,
        "ALL_PROXY": nobody,
        "NO_PROXY": "",
    }
    ran = subprocess.run([sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, timeout=30)
    assert ran.stdout == "True\n", ran.stderr


def test_a_connection_that_was_closed_meanwhile_is_not_used_again(make_client: MakeClient) -> None:
    """A create that is sent on it would be lost, and could not be sent again."""
    server = ClosingServer()
    client = make_client(api_key="k", tenant_id="t", base_url=server.url)
    for _ in range(10):
        client.create_dataset("Orders")
        assert server.closed.wait(10)
        # The client's own thread has to have heard of it, too.
        time.sleep(0.05)
        server.closed.clear()


PROXY_VARIABLES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy")


@pytest.fixture
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXY_VARIABLES:
        monkeypatch.delenv(name, raising=False)


@pytest.mark.usefixtures("no_proxy")
@pytest.mark.parametrize(
    "value", ["htps://u:canary@127.0.0.1:1", "http:/127.0.0.1:1", "http://u:can#canary@127.0.0.1:1", "socks4://h:1"]
)
@pytest.mark.parametrize("name", PROXY_VARIABLES[:4])
def test_a_variable_that_names_no_proxy_is_never_passed_by(
    name: str, value: str, make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=f"^{name} is not the URL of a proxy: ") as refused:
        make_client(api_key="k", tenant_id="t")
    assert "canary" not in f"{refused.value} {refused.value!r}"


@pytest.mark.usefixtures("no_proxy")
def test_a_proxy_that_refuses_is_named_with_its_status(
    make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        address = f"127.0.0.1:{listener.getsockname()[1]}"
        monkeypatch.setenv("HTTPS_PROXY", f"' http://me:p@ss@{address} '")
        asked = []

        def refuse() -> None:
            connection, _ = listener.accept()
            with connection:
                asked.append(connection.recv(4096).decode())
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")

        answering = threading.Thread(target=refuse)
        answering.start()
        client = make_client(api_key="k", tenant_id="t", base_url="https://api.example.org")
        with pytest.raises(ConnectionFailedError, match=f"The proxy http://{address} .*403 Forbidden"):
            client.get_tenant()
        answering.join()
    assert "Proxy-Authorization: Basic bWU6cEBzcw==" in asked[0]


class Tenants(http.server.BaseHTTPRequestHandler):
    """Answers everything with a tenant."""

    def do_GET(self) -> None:
        body = b'{"id": "tenant-123"}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def self_signed(tmp_path: Path) -> Iterator[tuple[str, str]]:
    """A server with a certificate as OpenSSL's command makes it: its URL, and the path of the certificate."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("there is no openssl command")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    made = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate]
    subprocess.run([*made, "-subj", "/CN=localhost", "-days", "2"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Tenants)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_address[1]}", certificate
    server.shutdown()
    server.server_close()


def test_a_self_signed_certificate_is_trusted_where_it_is_named(
    self_signed: tuple[str, str], make_client: MakeClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, certificate = self_signed
    names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")
    for name in names:
        monkeypatch.delenv(name, raising=False)

    def tenant(**options: str) -> str:
        return make_client(api_key="k", tenant_id="t", base_url=url, **options).get_tenant().id

    with pytest.raises(ConnectionFailedError, match="not trusted"):
        tenant()
    assert tenant(ca_bundle=certificate) == "tenant-123"
    for name in names:
        monkeypatch.setenv(name, certificate)
        assert tenant() == "tenant-123"
        monkeypatch.delenv(name)
    monkeypatch.setenv("CURL_CA_BUNDLE", certificate)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/such/file.pem")
    with pytest.raises(ConfigurationError, match=r"REQUESTS_CA_BUNDLE '/no/such/file\.pem' can't be used"):
        tenant()
    # What is said in the program counts before what is said around it.
    assert tenant(ca_bundle=certificate) == "tenant-123"
