"""Papers read back: the words a reader's program finds, and words that lie on top of each other."""

from __future__ import annotations

import io
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mediation.documents import pdf
from mediation.documents.casefile import from_plain
from mediation.documents.render import Letter, Printing, kinds, render
from mediation.paths import LETTERS

_CHECKED_AT = "HTTPS://DIAOJIE.LINXI.EXAMPLE/V/7K3M9QX2T4WB"


@dataclass(frozen=True)
class Ink:
    """Where one run of text lies, in CSS pixels: from .80 em above to .08 em below its baseline."""

    text: str
    left: float
    top: float
    right: float
    bottom: float

    def shares(self, other: Ink) -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1.5 and high > 1


def inks(page: Any) -> Iterator[Ink]:
    """Every run of text of a laid-out page."""
    for box in page._page_box.descendants(placeholders=True):  # noqa: SLF001  # the only way in
        if type(box).__name__ == "TextBox" and box.text.strip():
            size, base = box.style["font_size"], box.position_y + box.baseline
            trailing = box.style["letter_spacing"]
            end = box.position_x + box.width - (0 if trailing == "normal" else trailing)
            yield Ink(box.text, box.position_x, base - 0.8 * size, end, base + 0.08 * size)


def overlaps(runs: Sequence[Ink]) -> Iterator[tuple[str, str]]:
    """Only runs whose lines lie beside each other can share anything."""
    runs = sorted(runs, key=lambda ink: ink.top)
    for place, one in enumerate(runs):
        for other in runs[place + 1 :]:
            if other.top >= one.bottom - 1:
                break
            if one.shares(other):
                yield one.text, other.text


def bare(text: str) -> str:
    """Text without white space, as two programs must agree on it."""
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


def examples() -> Iterator[Letter]:
    """Every letter, filled with its example."""
    for folder in kinds():
        case = from_plain(json.loads((LETTERS / folder / "example.json").read_text("utf-8")))
        yield render(case, Printing(check_address=_CHECKED_AT))


def words_found() -> tuple[int, int]:
    """How many lines of all letters pypdf reads back on their page, and how many there are."""
    import pypdf

    found = asked = 0
    for letter in examples():
        document, fetcher = pdf.lay_out(letter)
        lines = [[bare(ink.text) for ink in inks(page)] for page in document.pages]
        read = pypdf.PdfReader(io.BytesIO(pdf.write(letter, document, fetcher).pdf))
        for printed, page in zip(lines, read.pages, strict=True):
            text = bare(page.extract_text())
            asked += len(printed)
            found += sum(line in text for line in printed)
    return found, asked


def letters_without_overlap() -> tuple[int, int]:
    """How many letters are clean, and how many there are."""
    clean = drawn = 0
    for letter in examples():
        pages = pdf.lay_out(letter)[0].pages
        drawn += 1
        clean += not any(pair for page in pages for pair in overlaps(tuple(inks(page))))
    return clean, drawn
