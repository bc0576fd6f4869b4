"""Papers for tests: examples, drawn once a session, and their text and boxes read back."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from mediation.bench.reading import Ink, inks, overlaps
from mediation.bench.reading import bare as bare
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


@dataclass(frozen=True)
class Sheet:
    """One laid-out page in CSS pixels: its size, its runs of text, its boxes by class."""

    width: float
    height: float
    inks: tuple[Ink, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class Printed:
    """A letter laid out once and written once: what it looks like, and the file."""

    drawn: pdf.Drawn
    sheets: tuple[Sheet, ...]

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page without white space, as a reader's program finds it."""
        return pages_of(self.drawn.pdf)

    @property
    def text(self) -> str:
        return "".join(self.pages)

    @property
    def overlaps(self) -> list[tuple[str, str]]:
        return [pair for sheet in self.sheets for pair in overlaps(sheet.inks)]

    def boxes(self, name: str) -> list[Box]:
        """Every laid-out block of the elements with this class."""
        return [box for sheet in self.sheets for box in sheet.boxes if name in box.classes]


_KEPT: dict[object, Printed] = {}


def printed(letter: Letter) -> Printed:
    """The same letter is laid out and written only once a session."""
    key = (letter.folder, letter.html, letter.typefaces.faces)
    if key not in _KEPT:
        document, fetcher = pdf.lay_out(letter)
        sheets = tuple(_sheet(page) for page in document.pages)
        _KEPT[key] = Printed(pdf.write(letter, document, fetcher), sheets)
    return _KEPT[key]


def of_example(folder: str, mark: Mark = Mark.NONE) -> Printed:
    return printed(letter(example(folder), mark))


def drawn(folder: str, mark: Mark = Mark.NONE) -> pdf.Drawn:
    return of_example(folder, mark).drawn


def pages_of(data: bytes) -> list[str]:
    done = subprocess.run(
        ["pdftotext", "-raw", "-", "-"], input=data, capture_output=True, check=True
    )
    return [bare(page) for page in done.stdout.decode().split("\f")[:-1]]


@dataclass(frozen=True)
class Box:
    """A block: the classes and tag of its element, its border box, the size of its type."""

    classes: tuple[str, ...]
    tag: str
    left: float
    top: float
    width: float
    height: float
    font_size: float


def _sheet(page: Any) -> Sheet:
    return Sheet(page.width, page.height, tuple(inks(page)), tuple(_boxes(page)))


def _boxes(page: Any) -> Iterator[Box]:
    for box in page._page_box.descendants():
        element = getattr(box, "element", None)
        if element is not None and type(box).__name__ in ("BlockBox", "TableBox"):
            yield Box(
                tuple((element.get("class") or "").split()), element.tag,
                box.position_x, box.position_y, box.border_width(), box.border_height(),
                box.style["font_size"],
            )  # fmt: skip
