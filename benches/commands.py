"""How each client is started."""

from __future__ import annotations

from pathlib import Path

from measure import BUILT, ROOT, RUST

PYTHON = str(BUILT / "venv/bin/python")
CLIENTS = ROOT / "benches/clients"

OURS = ["Rust", "Python", "Python, async", "Node"]
PYTHON_RIVALS = ["http.client", "pycurl", "requests", "httpx", "aiohttp"]
NODE_RIVALS = ["node:http", "undici", "fetch"]
ALL = [*OURS, "curl", *PYTHON_RIVALS, *NODE_RIVALS]

# Shown beside the name where it is not all there is to say.
NOTES = {
    "http.client": "blocks of 256 KiB",
    "pycurl": "buffer of 256 KiB",
    "requests": "with a session",
    "node:http": "chunks of 1 MiB",
    "undici": "chunks of 1 MiB",
    "fetch": "the whole file read",
}

# The bare interpreters, and a process of the program that does nothing.
STARTS = {
    "python": [PYTHON, "-c", ""],
    "python, import processmind": [PYTHON, "-c", "import processmind"],
    "python, import requests": [PYTHON, "-c", "import requests"],
    "python, import httpx": [PYTHON, "-c", "import httpx"],
    "python, import aiohttp": [PYTHON, "-c", "import aiohttp"],
    "python, import pycurl": [PYTHON, "-c", "import pycurl"],
    "node": ["node", "-e", ""],
    "node, require processmind": ["node", "-e", f"require('{BUILT}/node_modules/processmind')"],
    "node, require undici": ["node", "-e", f"require('{BUILT}/node_modules/undici')"],
    "Rust": [str(RUST / "client"), "--help"],
}


def language(client: str) -> str:
    if client in ("Rust", "curl"):
        return client
    return "Node" if client in ("Node", *NODE_RIVALS) else "Python"


def command(client: str, case: str, *files: str | Path, times: int = 1, at_once: int = 1, before: int = 0) -> list[str]:
    """The command that makes a client's calls: `upload FILE`, `get` or `list`."""
    options = ["--times", str(times), "--at-once", str(at_once), "--before", str(before)]
    arguments = [case, *map(str, files), *options]
    match language(client):
        case "Rust":
            return [str(RUST / "client"), *arguments]
        case "curl":
            return _curl(case, *files, times=times, at_once=at_once)
        case "Python":
            name = {"Python": "processmind", "Python, async": "processmind-async"}.get(client, client)
            return [PYTHON, str(CLIENTS / "python.py"), name, *arguments]
        case _:
            name = {"Node": "processmind"}.get(client, client)
            return ["node", str(BUILT / "clients/node.mjs"), name, *arguments]


# As a script does it: a process for the URL and one for the file.
_CURL_UPLOAD = """
facts=$(stat -c 'filesize=%s&filelastmodified=%Y000' "$0")
table="$PROCESSMIND_BASE_URL/tenant/$PROCESSMIND_TENANT_ID/datatable/orders"
query="datasetid=orders&filename=orders.csv&$facts"
answer=$(curl -sSf -H "x-api-key: $PROCESSMIND_API_KEY" "$table/uploads/presignedurl?$query")
url=${answer#*'":"'}
curl -sSf -H 'Content-Type: text/csv' -T "$0" "${url%%'"'*}"
"""
_CURL_READ = """
curl -sSf -o /dev/null -H "x-api-key: $PROCESSMIND_API_KEY" "$PROCESSMIND_BASE_URL/tenant/$PROCESSMIND_TENANT_ID/$0"
"""
_PATHS = {"get": "datatable/orders", "list": "datatables"}


def _curl(case: str, *files: str | Path, times: int, at_once: int) -> list[str]:
    one = ["sh", "-c", _CURL_UPLOAD if case == "upload" else _CURL_READ, str(files[0]) if files else _PATHS[case]]
    if times == 1:
        return one
    # `xargs` starts them; the number that it appends is not looked at.
    return ["sh", "-c", f'seq {times} | xargs -P {at_once} -n 1 "$@"', "sh", *one]
