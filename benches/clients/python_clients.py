"""The clients of Python that are compared: each reads JSON and puts a file, on connections that it keeps.

What a client needs is imported when it is made, so that none pays for another.
"""

import os
from abc import ABC, abstractmethod

BASE = os.environ["PROCESSMIND_BASE_URL"]
KEY = os.environ["PROCESSMIND_API_KEY"]
TENANT = os.environ["PROCESSMIND_TENANT_ID"]
CERTIFICATES = os.environ.get("SSL_CERT_FILE")
DATATABLE = "a7b8c9d0-e1f2-3456-abc7-000000000001"
DATASET = "a7b8c9d0-e1f2-3456-abc7-000000000002"

TENANT_PATH = f"/tenant/{TENANT}"
DATATABLE_PATH = f"{TENANT_PATH}/datatable/{DATATABLE}"
HEADERS = {"x-api-key": KEY}
BLOCK = 256 * 1024


def trusting():
    """TLS that trusts the sink, too."""
    import ssl

    return ssl.create_default_context(cafile=CERTIFICATES)


def presign_path(path: str) -> str:
    facts = os.stat(path)
    query = f"datasetid={DATASET}&filename={os.path.basename(path)}&filesize={facts.st_size}"
    return f"{DATATABLE_PATH}/uploads/presignedurl?{query}&filelastmodified={facts.st_mtime_ns // 1_000_000}"


class ProcessMind:
    """This package: proved, and with progress."""

    def __init__(self) -> None:
        from processmind import Client

        self.client = Client()

    def upload(self, path: str) -> None:
        result = self.client.upload_file(path, DATATABLE, dataset_id=DATASET, on_progress=_listen)
        assert result.verified == "crc64nvme"

    def upload_many(self, path: str, times: int, at_once: int) -> None:
        items = [{"file": path, "datatable_id": DATATABLE, "dataset_id": DATASET}] * times
        result = self.client.upload_files(items, concurrency=at_once, on_progress=_listen)
        assert len(result.succeeded) == times

    def get(self) -> object:
        return self.client.get_datatable(DATATABLE)

    def list(self) -> object:
        return self.client.get_datatables()


def _listen(progress: object) -> None:
    pass


class Rival(ABC):
    """What a script does without this package."""

    def upload(self, path: str) -> None:
        url = self.json(presign_path(path))["PreSignedUploadUrl"]
        self.put(url, path, {"Content-Type": "text/csv", "Content-Length": str(os.path.getsize(path))})

    def get(self) -> object:
        return self.json(DATATABLE_PATH)

    def list(self) -> object:
        return self.json(f"{TENANT_PATH}/datatables")

    @abstractmethod
    def json(self, path: str):
        """What is read from there."""

    @abstractmethod
    def put(self, url: str, path: str, headers: dict[str, str]) -> None:
        """Sends the file."""


class HttpClient(Rival):
    """The standard library's `http.client` with blocks of 256 KiB, which is the fastest that it can be."""

    def __init__(self) -> None:
        import threading

        self.kept = threading.local()

    def connection(self):
        import http.client

        if not hasattr(self.kept, "connection"):
            scheme, _, host = BASE.partition("://")
            if scheme == "https":
                self.kept.connection = http.client.HTTPSConnection(host, blocksize=BLOCK, context=trusting())
            else:
                self.kept.connection = http.client.HTTPConnection(host, blocksize=BLOCK)
        return self.kept.connection

    def json(self, path: str):
        import json

        connection = self.connection()
        connection.request("GET", path, headers=HEADERS)
        return json.loads(connection.getresponse().read())

    def put(self, url: str, path: str, headers: dict[str, str]) -> None:
        connection = self.connection()
        with open(path, "rb", buffering=0) as file:
            connection.request("PUT", url.removeprefix(BASE), body=file, headers=headers)
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200


class PyCurl(Rival):
    """libcurl, with a handle for each thread."""

    def __init__(self) -> None:
        import threading

        self.kept = threading.local()

    def handle(self):
        import pycurl

        if not hasattr(self.kept, "handle"):
            self.kept.handle = pycurl.Curl()
        handle = self.kept.handle
        handle.reset()
        if CERTIFICATES:
            handle.setopt(pycurl.CAINFO, CERTIFICATES)
        handle.setopt(pycurl.UPLOAD_BUFFERSIZE, BLOCK)
        return handle

    def json(self, path: str):
        import json

        handle = self.handle()
        handle.setopt(handle.URL, BASE + path)
        handle.setopt(handle.HTTPHEADER, [f"x-api-key: {KEY}"])
        return json.loads(handle.perform_rb())

    def put(self, url: str, path: str, headers: dict[str, str]) -> None:
        handle = self.handle()
        with open(path, "rb", buffering=0) as file:
            handle.setopt(handle.URL, url)
            handle.setopt(handle.UPLOAD, 1)
            handle.setopt(handle.READDATA, file)
            handle.setopt(handle.INFILESIZE_LARGE, os.path.getsize(path))
            handle.setopt(handle.HTTPHEADER, [f"Content-Type: {headers['Content-Type']}", "Expect:"])
            handle.setopt(handle.WRITEFUNCTION, lambda _: None)
            handle.perform()
        assert handle.getinfo(handle.RESPONSE_CODE) == 200


class Requests(Rival):
    """`requests` with a session."""

    def __init__(self) -> None:
        import requests

        self.session = requests.Session()
        adapter = requests.adapters.HTTPAdapter(pool_maxsize=8)
        self.session.mount("http://", adapter)
        self.session.mount("https://", adapter)
        if CERTIFICATES:
            self.session.verify = CERTIFICATES

    def json(self, path: str):
        return self.session.get(BASE + path, headers=HEADERS).json()

    def put(self, url: str, path: str, headers: dict[str, str]) -> None:
        with open(path, "rb") as file:
            self.session.put(url, data=file, headers=headers).raise_for_status()


class Httpx(Rival):
    """`httpx` with a client."""

    def __init__(self) -> None:
        import httpx

        verify = trusting() if BASE.startswith("https") else True
        self.client = httpx.Client(verify=verify, timeout=None)

    def json(self, path: str):
        return self.client.get(BASE + path, headers=HEADERS).json()

    def put(self, url: str, path: str, headers: dict[str, str]) -> None:
        with open(path, "rb") as file:
            self.client.put(url, content=file, headers=headers).raise_for_status()


class AioHttp:
    """`aiohttp` with a session."""

    awaited = True

    async def open(self) -> None:
        import aiohttp

        secure = trusting() if BASE.startswith("https") else True
        connector = aiohttp.TCPConnector(ssl=secure)
        self.session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=None))

    async def close(self) -> None:
        await self.session.close()

    async def upload(self, path: str) -> None:
        url = (await self.json(presign_path(path)))["PreSignedUploadUrl"]
        with open(path, "rb") as file:
            async with self.session.put(url, data=file, headers={"Content-Type": "text/csv"}) as answer:
                answer.raise_for_status()
                await answer.read()

    async def get(self) -> object:
        return await self.json(DATATABLE_PATH)

    async def list(self) -> object:
        return await self.json(f"{TENANT_PATH}/datatables")

    async def json(self, path: str):
        async with self.session.get(BASE + path, headers=HEADERS) as answer:
            return await answer.json()


class AsyncProcessMind:
    """This package's other client."""

    awaited = True

    async def open(self) -> None:
        from processmind import AsyncClient

        self.client = AsyncClient()

    async def close(self) -> None:
        pass

    async def upload(self, path: str) -> None:
        result = await self.client.upload_file(path, DATATABLE, dataset_id=DATASET, on_progress=_listen)
        assert result.verified == "crc64nvme"

    async def upload_many(self, path: str, times: int, at_once: int) -> None:
        items = [{"file": path, "datatable_id": DATATABLE, "dataset_id": DATASET}] * times
        result = await self.client.upload_files(items, concurrency=at_once, on_progress=_listen)
        assert len(result.succeeded) == times

    async def get(self) -> object:
        return await self.client.get_datatable(DATATABLE)

    async def list(self) -> object:
        return await self.client.get_datatables()


CLIENTS = {
    "processmind": ProcessMind,
    "processmind-async": AsyncProcessMind,
    "http.client": HttpClient,
    "pycurl": PyCurl,
    "requests": Requests,
    "httpx": Httpx,
    "aiohttp": AioHttp,
}
