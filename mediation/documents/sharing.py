"""Typefaces of many papers in one file, each kept once: what a paper shows stays exactly what it was.

Every paper brings the few glyphs it needs of a face, under the face's own numbers. Bound with
others it may as well use one cut that holds the glyphs of all. That is done only where each glyph
of the paper's own cut is in the common one, byte for byte.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf

from mediation.documents.glyphs import FONTS
from mediation.documents.quicker import cut, deflate

_BOLD = 600


def share(made: pikepdf.Pdf) -> None:
    """Give all papers of a file the same cut of every face of ours."""
    alike: dict[str, list[_Used]] = {}
    for used in _fonts(made):
        alike.setdefault(used.name, []).append(used)
    for name, many in alike.items():
        face = _our_faces().get(name)
        if face is not None and len(many) > 1:
            _share(made, many, (FONTS / face).read_bytes())


@dataclass(frozen=True, slots=True)
class _Used:
    """A face as one paper brings it: its name, the numbers of its glyphs, where its bytes hang."""

    name: str
    glyphs: frozenset[int]
    descriptor: pikepdf.Object


def _fonts(made: pikepdf.Pdf) -> Iterator[_Used]:
    for found in made.objects:
        if isinstance(found, pikepdf.Dictionary) and found.get("/Subtype") == "/CIDFontType2":
            descriptor = found.get("/FontDescriptor")
            if descriptor is not None and "/FontFile2" in descriptor and "/W" in found:
                name = str(found.BaseFont).lstrip("/").partition("+")[2]
                yield _Used(name, frozenset(_numbers(found.W)), descriptor)


def _numbers(widths: pikepdf.Object) -> Iterator[int]:
    """The glyphs that widths are given for: a number and the widths from there on."""
    parts = list(widths)
    for first, given in zip(parts[::2], parts[1::2], strict=False):
        yield from range(int(first), int(first) + len(given))


def _our_faces() -> dict[str, str]:
    """The file of each face by the name that it has in a paper."""
    rows = json.loads((FONTS / "fonts.json").read_text(encoding="utf-8"))
    return {
        row["family"].replace(" ", "-") + ("-Bold" if row["weight"] >= _BOLD else ""): row["file"]
        for row in rows
    }


def _share(made: pikepdf.Pdf, many: list[_Used], face: bytes) -> None:
    common = cut(face, frozenset().union(*(used.glyphs for used in many)))
    drawn = _outlines(common)
    stream = pikepdf.Stream(made, deflate(common))
    stream.Filter, stream.Length1 = pikepdf.Name.FlateDecode, len(common)
    kept = made.make_indirect(stream)
    for used in many:
        own = _outlines(used.descriptor.FontFile2.read_bytes())
        if all(drawn.of(glyph) == own.of(glyph) for glyph in used.glyphs):
            used.descriptor.FontFile2 = kept


@dataclass(frozen=True, slots=True)
class _Outlines:
    """Where the outline of each glyph lies in a TrueType file."""

    data: bytes
    begin: int
    offsets: tuple[int, ...]

    def of(self, glyph: int) -> bytes:
        """Its bytes; none for one that is not there."""
        if glyph + 1 >= len(self.offsets):
            return b""
        start, end = self.offsets[glyph], self.offsets[glyph + 1]
        return self.data[self.begin + start : self.begin + end]


def _outlines(data: bytes) -> _Outlines:
    (count,) = struct.unpack_from(">H", data, 4)
    tables = {}
    for n in range(count):
        tag, _, offset, length = struct.unpack_from(">4sLLL", data, 12 + 16 * n)
        tables[tag] = (offset, length)
    (long,) = struct.unpack_from(">h", data, tables[b"head"][0] + 50)
    offset, length = tables[b"loca"]
    if long:
        offsets = struct.unpack_from(f">{length // 4}L", data, offset)
    else:
        halves = struct.unpack_from(f">{length // 2}H", data, offset)
        offsets = tuple(2 * half for half in halves)
    return _Outlines(data, tables[b"glyf"][0], offsets)
