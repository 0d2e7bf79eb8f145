"""Files that have to be awaited to be read: a task each reads them, as the upload wishes for their bytes."""

from __future__ import annotations

from ._processmind import Feed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any, TypeVar

    _T = TypeVar("_T")

CHUNK = 1024 * 1024


async def fed(upload: Callable[..., Awaitable[_T]], file: object, *arguments: object) -> _T:
    """Uploads a file, and reads it meanwhile if it has to be awaited."""
    if not _is_awaited(file):
        return await upload(file, *arguments)
    feed = Feed(file)
    return await _reading([feed], upload(feed, *arguments))


async def fed_items(upload: Callable[..., Awaitable[_T]], items: Any, *arguments: object) -> _T:
    """Uploads items, and reads meanwhile those that have to be awaited."""
    from collections.abc import Iterable, Mapping

    feeds: list[Feed] = []

    def with_feed(item: Any) -> object:
        if not isinstance(item, Mapping) or not _is_awaited(item.get("file")):
            return item
        feeds.append(Feed(item["file"]))
        return {**item, "file": feeds[-1]}

    if isinstance(items, Iterable) and not isinstance(items, Mapping | str):
        items = [with_feed(item) for item in items]
    return await _reading(feeds, upload(items, *arguments))


async def _reading(feeds: list[Feed], uploaded: Awaitable[_T]) -> _T:
    import asyncio

    tasks = [asyncio.create_task(_read(feed)) for feed in feeds]
    try:
        return await uploaded
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _is_awaited(file: Any) -> bool:
    from inspect import iscoroutinefunction

    return iscoroutinefunction(file.read) if hasattr(file, "read") else hasattr(file, "__aiter__")


async def _read(feed: Feed) -> None:
    """Reads from where the file stands, and never closes it."""
    file: Any = feed.file
    chunks = None if hasattr(file, "read") else aiter(file)
    try:
        while await feed.wished():
            feed.give(await anext(chunks, None) if chunks else await file.read(CHUNK) or None)
    except BaseException as error:
        feed.fail(error)
        raise
