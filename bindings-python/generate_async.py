"""Writes `async_client.py` from `client.py`: the same client, whose calls are awaited.

Run by `make generate`; `make check` fails where the two differ.
"""

from __future__ import annotations

import re
from pathlib import Path

PACKAGE = Path(__file__).parent / "python" / "processmind"

HEAD = '"""The client whose calls are awaited. Generated from `client.py` by `make generate`."""'

# From the text of the waiting client to that of the awaited one, in this order.
RULES = [
    (r'\A""".*?"""', HEAD),
    (r"\bclass Client\b", "class AsyncClient"),
    (r"_processmind\.Client\b", "_processmind.AsyncClient"),
    (r"\bwith Client\(\)", "async with AsyncClient()"),
    (r"\bin client\.", "in await client."),
    (r"^( +)((?:\w+ = )?)(client\.\w+\()", r"\1\2await \3"),
    (r"whose calls wait for the answer", "whose calls are awaited"),
    (r"used by many threads at once, in a notebook,", "used in many event loops, one after another or at once,"),
    (r"Ctrl-C ends a call that waits\.", "Cancelling a call ends it at once."),
    (r"def __enter__", "async def __aenter__"),
    (r"def __exit__", "async def __aexit__"),
    # The methods, but no property and nothing private.
    (r"(?<!@property\n)^    def (?=[a-z])", "    async def "),
    (r"(?=^from \.progress)", "from .feeding import fed, fed_items\n"),
    (r"return (self\._native\.(?:upload_file|publish))\(", r"return await fed(\1, "),
    (r"return (self\._native\.upload_files)\(", r"return await fed_items(\1, "),
    (r"\bfile: File\b", "file: AsyncFile"),
    (r"Iterable\[UploadItem\]", "Iterable[AsyncUploadItem]"),
    (
        r"import ColorLike, Columns, DataFrame, File,",
        "import AsyncFile, AsyncUploadItem, ColorLike, Columns, DataFrame,",
    ),
    (r", UploadItem$", ""),
    (r"return (self\._native\.\w+\()", r"return await \1"),
]


def to_async(source: str) -> str:
    for pattern, replacement in RULES:
        source, count = re.subn(pattern, replacement, source, flags=re.MULTILINE | re.DOTALL)
        if count == 0:
            raise SystemExit(f"client.py no longer has: {pattern}")
    return source


if __name__ == "__main__":
    text = to_async((PACKAGE / "client.py").read_text(encoding="utf-8"))
    (PACKAGE / "async_client.py").write_text(text, encoding="utf-8")
