"""A volume of letters for the printer: every letter whole, its own pages, its own code, shared typefaces."""

from __future__ import annotations

import io
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from mediation.documents import pdf
from mediation.documents.glyphs import GlyphMissing
from mediation.documents.render import Letter
from tests.documents.paper import ADDRESS, example, letter, pages_of

MANY = 12


def _letters(folder: str, count: int = MANY) -> list[Letter]:
    case = example(folder)
    return [
        letter(
            replace(case, paper=replace(case.paper, number=f"（2026）桂花人调信字第{n:03}号")),
            address=f"{ADDRESS}{n:02}",
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def volume() -> pdf.Drawn:
    return pdf.draw_volume(_letters("settlement_letter"))


def test_holds_what_each_letter_holds_by_itself(volume: pdf.Drawn) -> None:
    single = [page for one in _letters("settlement_letter") for page in pages_of(pdf.draw(one).pdf)]
    assert pages_of(volume.pdf) == single
    assert volume.pages == len(single)


def test_every_letter_has_its_own_code(volume: pdf.Drawn, tmp_path: Path) -> None:
    """The library knows a picture by its address: all the codes would be the first letter's."""
    subprocess.run(
        ["pdftoppm", "-r", "110", "-gray", "-", str(tmp_path / "page")],
        input=volume.pdf,
        check=True,
    )
    read = {
        found.text
        for path in tmp_path.iterdir()
        for found in zxingcpp.read_barcodes(Image.open(path))
    }
    assert read == {f"{ADDRESS}{n:02}" for n in range(MANY)}


def test_typefaces_are_shared(volume: pdf.Drawn) -> None:
    assert len(volume.pdf) / MANY < len(pdf.draw(_letters("settlement_letter", 1)[0]).pdf) / 4
    with pikepdf.open(io.BytesIO(volume.pdf)) as made:
        faces = [o for o in made.objects if isinstance(o, pikepdf.Stream) and "/Length1" in o]
    assert len(faces) < 6


def test_one_letter_that_cannot_be_drawn_stops_the_volume() -> None:
    good, bad = _letters("settlement_letter", 2)
    with pytest.raises(GlyphMissing):
        pdf.draw_volume(
            [good, replace(bad, html=bad.html.replace("</main>", "<p>\U0001f600</p></main>"))]
        )
