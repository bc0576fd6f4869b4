"""Papers for tests: examples, drawn once a session, and their text and boxes read back."""

from __future__ import annotations

import json
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from mediation.documents import pdf
from mediation.documents.casefile import Casefile, Paper, from_plain
from mediation.documents.render import Letter, Mark, Printing, kinds, render
from mediation.paths import LETTERS

ADDRESS = "HTTPS://DIAOJIE.LINXI.EXAMPLE/V/7K3M9QX2T4WB"
FOLDERS = kinds()
CHINESE = tuple(f for f in FOLDERS if not f.endswith("_en"))
MM = 96 / 25.4


def example(folder: str) -> Casefile:
    return from_plain(json.loads((LETTERS / folder / "example.json").read_text("utf-8")))


def blank(folder: str) -> Casefile:
    language = "en" if folder.endswith("_en") else "zh"
    return Casefile(paper=Paper(kind=folder.removesuffix("_en"), language=language))


def as_kind(case: Casefile, folder: str) -> Casefile:
    return replace(case, paper=replace(example(folder).paper, number=case.paper.number))


def letter(case: Casefile, mark: Mark = Mark.NONE, address: str | None = ADDRESS) -> Letter:
    at = "2026年11月11日16时20分"
    return render(case, Printing(mark=mark, check_address=address, printed_at=at))


@cache
def drawn(folder: str, mark: Mark = Mark.NONE) -> pdf.Drawn:
    return pdf.draw(letter(example(folder), mark))


def pages_of(data: bytes) -> list[str]:
    """The text of each page without white space, as a reader's program finds it."""
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True
    )
    return [bare(page) for page in done.stdout.decode().split("\f")[:-1]]


def text_of(data: bytes) -> str:
    return "".join(pages_of(data))


def bare(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFC", text))


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
    for box in page._page_box.descendants(placeholders=True):
        if type(box).__name__ == "TextBox" and box.text.strip():
            size, base = box.style["font_size"], box.position_y + box.baseline
            trailing = box.style["letter_spacing"]
            end = box.position_x + box.width - (0 if trailing == "normal" else trailing)
            yield Ink(box.text, box.position_x, base - 0.8 * size, end, base + 0.08 * size)


def overlaps(letter: Letter) -> list[tuple[str, str]]:
    found = []
    for page in pdf.lay_out(letter)[0].pages:
        runs = list(inks(page))
        for place, one in enumerate(runs):
            found += [(one.text, other.text) for other in runs[place + 1 :] if one.shares(other)]
    return found


def boxes(letter: Letter, name: str) -> Iterator[Any]:
    """Every laid-out box of the elements with this class."""
    for page in pdf.lay_out(letter)[0].pages:
        for box in page._page_box.descendants():
            element = getattr(box, "element", None)
            held = element is not None and name in (element.get("class") or "").split()
            if held and type(box).__name__ == "BlockBox":
                yield box
