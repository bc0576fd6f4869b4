"""Small true files, and files that only look like one."""

from __future__ import annotations

import io

import pikepdf
import pillow_heif
from PIL import Image


def png(width: int = 4, height: int = 4) -> bytes:
    return _picture("PNG", width, height)


def jpeg(width: int = 4, height: int = 4) -> bytes:
    return _picture("JPEG", width, height)


def webp(width: int = 4, height: int = 4) -> bytes:
    return _picture("WEBP", width, height)


def heic(width: int = 4, height: int = 4) -> bytes:
    pillow_heif.register_heif_opener()
    return _picture("HEIF", width, height)


def recording() -> bytes:
    """A M4A of two boxes: what it is, and some sound."""
    return b"\0\0\0\x18ftypM4A \0\0\0\0M4A isom" + b"\0\0\0\x18mdat" + b"\1" * 16


def _picture(kind: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, kind)
    return out.getvalue()


def pdf(**root: pikepdf.Object) -> bytes:
    """One empty page; `root` goes into the catalogue, as a PDF that acts by itself has it."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, value in root.items():
            document.Root[f"/{name}"] = value
        document.save(out)
    return out.getvalue()
