"""The spine slip: words set sign under sign, in as few columns as can be read, first column at right."""

from __future__ import annotations

import re
from dataclasses import dataclass

POINTS_A_MM = 72 / 25.4
# Below this many points an old eye cannot read it at arm's length.
_READABLE = 10.0
# A line's height and a column's width over the size of its signs; brackets lie badly on a spine.
_PITCH, _GAP, _MOST_COLUMNS = 1.14, 1.25, 4
_SIGN = re.compile(r"(?<!\d)\d{1,4}(?!\d)|.")
_LEFT_OUT = re.compile(r"[（）〔〕()\s]")
_FIGURE = 0.57


@dataclass(frozen=True, slots=True)
class Columns:
    """`points` is the size of the signs; the columns stand from left to right, the last is read first."""

    points: float
    pitch: float
    columns: tuple[tuple[str, ...], ...]


def columns_of(text: str, wide_mm: float, high_mm: float, largest: float) -> Columns:
    """One column if that can be read, else as few as can be; where none can, the largest."""
    signs = _SIGN.findall(_LEFT_OUT.sub("", text))
    settings = [_in(n, signs, wide_mm, high_mm, largest) for n in range(1, _MOST_COLUMNS + 1)]
    readable = (one for one in settings if one.points >= min(largest, _READABLE))
    return next(readable, max(settings, key=lambda one: one.points))


def _in(number: int, signs: list[str], wide_mm: float, high_mm: float, largest: float) -> Columns:
    rows = max(-(-len(signs) // number), 1)
    columns = [tuple(signs[n : n + rows]) for n in range(0, len(signs), rows)]
    widths = [max(map(_width, column)) * _GAP for column in columns]
    points = min(
        largest,
        high_mm * POINTS_A_MM / (_PITCH * rows),
        wide_mm * POINTS_A_MM / (sum(widths) or 1),
    )
    return Columns(round(points, 2), round(points * _PITCH, 2), tuple(reversed(columns)))


def _width(sign: str) -> float:
    return _FIGURE * len(sign) if sign.isascii() else 1.0
