"""Whether the faces of our papers are there as they were shipped: no paper is drawn with any other."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from mediation.documents.glyphs import FONTS

LIST = "fonts.json"
_Seen = tuple[str, int, int]


def wrong_faces(folder: Path = FONTS) -> tuple[str, ...]:
    """Files of the list that are missing or changed; the list itself where it cannot be read.

    The bytes are gone through again only where a file's size or time has changed.
    """
    try:
        rows = json.loads((folder / LIST).read_text(encoding="utf-8"))
        shipped = tuple((str(row["file"]), str(row["sha256"])) for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return (LIST,)
    return _wrong(folder, shipped, tuple(_seen(folder / name) for name, _ in shipped))


def _seen(path: Path) -> _Seen:
    try:
        found = path.stat()
    except OSError:
        return (path.name, -1, -1)
    return (path.name, found.st_size, found.st_mtime_ns)


@lru_cache(maxsize=8)
def _wrong(
    folder: Path, shipped: tuple[tuple[str, str], ...], _seen_now: tuple[_Seen, ...]
) -> tuple[str, ...]:
    return tuple(name for name, digest in shipped if _digest(folder / name) != digest)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError:
        return ""
