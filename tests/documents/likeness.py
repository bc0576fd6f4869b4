"""What a paper looks like, against a small grey picture of it that was looked at and kept.

A page is drawn at 60 dots an inch. Two pages are alike where hardly any dot of the whole differs, and
in no place more than a few do: a line that moves by two millimetres is a small part of a page, and
a large part of where it stands. Both are blurred by a dot first, since another layout library may
set a letter a third of a dot further on.
"""

from __future__ import annotations

import io
import os
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from tests.matrix.goldens import REWRITE

FOLDER = Path(__file__).parents[1] / "golden" / "papers"
DPI = 60
# Shares of dots that may differ: of a page, of any square of 10 mm, and of a page in one-bit print.
MOST_OF_PAGE, MOST_OF_PLACE, MOST_IN_ONE_BIT = 0.01, 0.05, 0.02
_PLACE = 24
_DIFFERS, _DIFFERS_IN_ONE_BIT = 0.15, 0.25
_LEVELS = 15
Ink = NDArray[np.float64]


def pages_of(pdf: bytes) -> list[Ink]:
    """Each page at 60 dpi: 0 is paper, 1 is ink."""
    return _drawn(pdf, "-gray", "-r", str(DPI))


def one_bit_pages_of(pdf: bytes) -> list[Ink]:
    """The same as a 300 dpi printer in one colour lays it down, seen from as far away."""
    return [_seen_from_afar(page) for page in _drawn(pdf, "-mono", "-r", str(DPI * 5))]


def _drawn(pdf: bytes, *how: str) -> list[Ink]:
    done = subprocess.run(["pdftoppm", *how, "-"], input=pdf, capture_output=True, check=True)
    return list(_pictures(done.stdout))


def _pictures(pictures: bytes) -> list[Ink]:
    """Several pictures behind one another, each with its size at its head."""
    found, rest = [], pictures
    while rest:
        kind, size, *_ = rest.split(b"\n", 3)
        wide, high = map(int, size.split())
        head = len(kind) + len(size) + 2 + (4 if kind == b"P5" else 0)
        length = head + (wide * high if kind == b"P5" else (wide + 7) // 8 * high)
        shown = Image.open(io.BytesIO(rest[:length])).convert("L")
        found.append(1 - np.asarray(shown, dtype=np.float64) / 255)
        rest = rest[length:]
    return found


def _seen_from_afar(page: Ink) -> Ink:
    high, wide = (side // 5 * 5 for side in page.shape)
    dots: Ink = page[:high, :wide].reshape(high // 5, 5, wide // 5, 5).mean(axis=(1, 3))
    return dots


def unlike(one: Ink, other: Ink) -> tuple[float, float]:
    """The share of dots that differ: of the page, and of the place where most do."""
    differs = np.abs(_blurred(one) - _blurred(other)) > _DIFFERS
    sums = np.pad(differs.astype(np.float64).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    inside = (
        sums[_PLACE:, _PLACE:] - sums[:-_PLACE, _PLACE:] - sums[_PLACE:, :-_PLACE] + sums[:-_PLACE, :-_PLACE]
    )  # fmt: skip
    return float(differs.mean()), float(inside.max()) / _PLACE**2


def alike(one: Ink, other: Ink) -> bool:
    if one.shape != other.shape:
        return False
    page, place = unlike(one, other)
    return page <= MOST_OF_PAGE and place <= MOST_OF_PLACE


def unlike_in_one_bit(printed: Ink, kept: Ink) -> float:
    high, wide = printed.shape
    return float(
        (np.abs(_blurred(printed) - _blurred(kept[:high, :wide])) > _DIFFERS_IN_ONE_BIT).mean()
    )


def _blurred(page: Ink) -> Ink:
    edged = np.pad(page, 1)
    high, wide = page.shape
    parts = [edged[y : y + high, x : x + wide] for y in range(3) for x in range(3)]
    blurred: Ink = np.mean(parts, axis=0)
    return blurred


def kept(folder: str, pages: list[Ink]) -> list[Ink]:
    """The pictures of a paper; with MEDIATION_WRITE_GOLDEN=1 they are written first, to be looked at."""
    if os.environ.get(REWRITE):
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob(f"{folder}-[0-9].png"):
            old.unlink()
        for number, page in enumerate(pages, 1):
            _write(page, FOLDER / f"{folder}-{number}.png")
    return [_read(path) for path in sorted(FOLDER.glob(f"{folder}-[0-9].png"))]


def _write(page: Ink, path: Path) -> None:
    """Sixteen greys are enough, and a quarter of the size."""
    greys = np.round((1 - page) * _LEVELS).astype(np.uint8)
    picture = Image.fromarray(greys, mode="P")
    picture.putpalette([value * 255 // _LEVELS for value in range(16) for _ in range(3)])
    picture.save(path, "PNG", optimize=True, bits=4)


def _read(path: Path) -> Ink:
    shown = Image.open(path).convert("L")
    return 1 - np.asarray(shown, dtype=np.float64) / 255
