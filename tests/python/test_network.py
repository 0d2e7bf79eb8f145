"""What stands between the client and the server."""

import os
import subprocess
import sys
import time

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
