"""What arguments may be, for type checkers: nothing imports this at run time."""

from __future__ import annotations

from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping
from os import PathLike
from typing import Literal, Protocol, TypeAlias, TypedDict

from ._processmind import Color, Progress


class Reader(Protocol):
    """A file object in binary mode."""

    def read(self, size: int, /) -> bytes: ...


class AsyncReader(Protocol):
    """A file object in binary mode whose `read` is awaited."""

    def read(self, size: int, /) -> Awaitable[bytes]: ...


class DataFrame(Protocol):
    """A table that hands over its rows by Arrow's C stream interface."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...


class Display(Protocol):
    """What shows people how far an upload is."""

    def show(self, progress: Progress) -> None: ...

    def close(self) -> None: ...


Path: TypeAlias = str | PathLike[str]
PathOrBytes: TypeAlias = Path | bytes | bytearray | memoryview
Chunk: TypeAlias = bytes | bytearray | memoryview
File: TypeAlias = PathOrBytes | Reader | Iterable[Chunk]
AsyncFile: TypeAlias = File | AsyncReader | AsyncIterable[Chunk]
ColorLike: TypeAlias = str | Color | Mapping[str, str]
Listener: TypeAlias = Callable[[Progress], object]
Query: TypeAlias = Mapping[str, str]
Columns: TypeAlias = Mapping[str, str]


class _UploadArguments(TypedDict, total=False):
    datatable_id: str | None
    datatable: str | None
    dataset_id: str | None
    file_name: str | None
    file_last_modified: int | None
    content_type: str | None
    valid_for_seconds: int | None
    timeout: float | None
    verify: bool | None
    check: Literal["warn", "error", "off"] | None
    allow_empty: bool | None
    allow_any_format: bool | None
    tenant_id: str | None


class UploadItem(_UploadArguments):
    """One of many uploads: the arguments of `Client.upload_file`."""

    file: File


class AsyncUploadItem(_UploadArguments):
    """One of many uploads: the arguments of `AsyncClient.upload_file`."""

    file: AsyncFile
