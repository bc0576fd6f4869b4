"""What lies where on a page: cells hold their words, signing places are free, nothing stands alone."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from mediation.documents import pdf
from mediation.documents.casefile import Party
from mediation.documents.render import Letter
from mediation.money import fen_upper
from tests.documents.paper import FOLDERS, MM, drawn, example, letter, pages_of, printed
from tests.documents.test_letters import CODE_BEHIND, COURT, VOLUME, _page_with_code
from tests.documents.test_stress import crowd

# As laid out, a box ends within this many pixels of what it holds.
_NEAR = 1.0
# Boxes of a fixed size beside which nothing but their own words may stand.
_FREE = ("square", "seal")
_UNIT = "元年月日号页份天次人时分"
CROWDED = [
    (kind, number)
    for kind in ("mediation_agreement", "confirmation_application", "mediation_record")
    for number in (4, 6)
]


@cache
def laid_out(made: str) -> Any:
    folder, _, number = made.partition(" x ")
    filled = letter(crowd(folder, int(number)) if number else example(folder))
    return pdf.lay_out(filled)[0]


EVERY = (*FOLDERS, *(f"{kind} x {number}" for kind, number in CROWDED))


def boxes(page: Any) -> Iterator[Any]:
    yield from page._page_box.descendants(placeholders=True)


def classes(box: Any) -> list[str]:
    element = getattr(box, "element", None)
    return [] if element is None else (element.get("class") or "").split()


def inside(box: Any, name: str) -> list[Any]:
    return [one for one in box.descendants() if type(one).__name__ == name]


def texts(box: Any) -> list[Any]:
    return [one for one in inside(box, "TextBox") if one.text.strip()]


def ends(text: Any) -> float:
    trailing = text.style["letter_spacing"]
    return float(text.position_x + text.width - (0 if trailing == "normal" else trailing))


def words(line: Any) -> str:
    return "".join(text.text for text in inside(line, "TextBox"))


@pytest.mark.parametrize("made", EVERY)
def test_every_cell_holds_its_words(made: str) -> None:
    """Also what may not break: a number, a telephone number, a name."""
    for page in laid_out(made).pages:
        for cell in (box for box in boxes(page) if type(box).__name__ == "TableCellBox"):
            left, right = cell.position_x, cell.position_x + cell.border_width()
            top, bottom = cell.position_y, cell.position_y + cell.border_height()
            for text in texts(cell):
                base = text.position_y + text.baseline
                assert left - _NEAR <= text.position_x, text.text
                assert ends(text) <= right + _NEAR, text.text
                assert top - _NEAR <= base - 0.8 * text.style["font_size"], text.text
                assert base <= bottom + _NEAR, text.text


@pytest.mark.parametrize("made", EVERY)
def test_the_text_keeps_to_its_measure(made: str) -> None:
    for page in laid_out(made).pages:
        whole = page._page_box
        left, top = whole.content_box_x(), whole.content_box_y()
        for main in (box for box in boxes(page) if box.element_tag == "main"):
            for line in inside(main, "LineBox"):
                for text in texts(line):
                    assert text.position_x >= left - _NEAR, text.text
                    assert ends(text) <= left + whole.width + _NEAR, text.text
                    base = text.position_y + text.baseline
                    assert top - _NEAR <= base <= top + whole.height + _NEAR, text.text


@pytest.mark.parametrize("made", EVERY)
def test_a_place_for_a_finger_or_a_seal_is_free(made: str) -> None:
    for page in laid_out(made).pages:
        ink = [box for box in boxes(page) if type(box).__name__ == "TextBox" and box.text.strip()]
        for place in (box for box in boxes(page) if set(_FREE) & set(classes(box))):
            own = {id(one) for one in place.descendants()}
            left, right = _across(place)
            for text in ink:
                base = text.position_y + text.baseline
                beside = ends(text) <= left + _NEAR or text.position_x >= right - _NEAR
                above = base <= place.position_y + _NEAR
                below = base - 0.8 * text.style["font_size"] >= _floor(place) - _NEAR
                assert id(text) in own or beside or above or below, text.text


def _across(place: Any) -> tuple[float, float]:
    """Of a seal's place the circle alone; its row is as wide as the column."""
    middle = place.position_x + place.border_width() / 2
    half = min(place.border_width(), place.border_height()) / 2
    return middle - half, middle + half


def _floor(place: Any) -> float:
    return float(place.position_y + place.border_height())


@pytest.mark.parametrize("mm", [38, 42, 45])
def test_a_seal_has_the_size_the_committee_says_and_stands_off_the_foot(mm: int) -> None:
    for folder in FOLDERS:
        case = example(folder)
        filled = letter(replace(case, committee=replace(case.committee, seal_mm=mm)))
        if 'class="seal"' not in filled.html:
            continue
        for page in pdf.lay_out(filled)[0].pages:
            foot = page._page_box.content_box_y() + page._page_box.height
            for seal in (box for box in boxes(page) if "seal" in classes(box)):
                assert seal.border_height() / MM == pytest.approx(mm, abs=0.1), folder
                # The rule of the footer lies 5.5 mm below the text.
                assert (foot - _floor(seal)) / MM + 5.5 >= 6 - 0.6, folder


@pytest.mark.parametrize("made", EVERY)
def test_no_signing_place_stands_on_a_page_alone(made: str) -> None:
    """Two lines of the paper's own words stand on its page, above or beside it."""
    for number, page in enumerate(laid_out(made).pages):
        places = [b for b in boxes(page) if {"square", "seal", "line"} & set(classes(b))]
        if places and number:
            assert len(_lines_of_words(page)) >= 2, number


@pytest.mark.parametrize("made", EVERY)
def test_no_page_has_only_a_heading_or_a_total(made: str) -> None:
    for page in laid_out(made).pages:
        mains = [box for box in boxes(page) if box.element_tag == "main"]
        lines = [line for main in mains for line in inside(main, "LineBox") if words(line).strip()]
        if not lines:
            continue
        heads = [line for line in lines if re.match("h[123]", _block_of(line))]
        assert len(lines) > len(heads) or _has_room_to_write(page)
        assert words(lines[0]).strip() not in ("合计", "合　计"), "a total alone on top of a page"
        last = lines[-1]
        assert not re.match("h[123]", _block_of(last)) or _has_room_to_write(page), words(last)


def _has_room_to_write(page: Any) -> bool:
    """Ruled lines or a frame to paste in are what such a page is for."""
    room = {"paste", "ruled", "grid", "shot", "slips", "slip", "frame"}
    return any(room & set(classes(box)) for box in boxes(page)) or any(
        box.element_tag == "table" for box in boxes(page)
    )


def _block_of(line: Any) -> str:
    return str(line.element_tag).partition("::")[0]


def _lines_of_words(page: Any) -> list[str]:
    """Lines of the text itself: outside signing places, foot and marks."""
    mains = [box for box in boxes(page) if box.element_tag == "main"]
    left_out = {
        id(line)
        for main in mains
        for box in main.descendants()
        if {"signing", "receive", "every", "headline", "seam", "officers"} & set(classes(box))
        for line in inside(box, "LineBox")
    }
    return [
        words(line)
        for main in mains
        for line in inside(main, "LineBox")
        if id(line) not in left_out and len(words(line).strip()) > 3
    ]


@pytest.mark.parametrize("made", EVERY)
def test_no_paragraph_leaves_one_line_on_another_page(made: str) -> None:
    """Neither its first on the page before nor its last on the page after; cells keep whole rows."""
    parts: dict[int, list[int]] = {}
    for page in laid_out(made).pages:
        for box in boxes(page):
            if box.element_tag == "p" and type(box).__name__ == "BlockBox" and _flows(box, page):
                parts.setdefault(id(box.element), []).append(len(inside(box, "LineBox")))
    assert [lines for lines in parts.values() if len(lines) > 1 and min(lines) < 2] == []


def _flows(box: Any, page: Any) -> bool:
    return not any(box in fixed.descendants() for fixed in boxes(page) if _is_fixed(fixed))


def _is_fixed(box: Any) -> bool:
    return bool(box.style["position"] == "fixed")


@pytest.mark.parametrize("made", EVERY)
def test_figures_and_their_unit_stand_on_one_line(made: str) -> None:
    for page in laid_out(made).pages:
        for block in (box for box in boxes(page) if type(box).__name__ == "BlockBox"):
            lines = [words(one) for one in block.children if type(one).__name__ == "LineBox"]
            for line, following in pairwise(lines):
                broken = re.search(r"[\d,.]$", line) and following[:1] in _UNIT and following
                assert not broken, (line, following)


@pytest.mark.parametrize("made", EVERY)
def test_every_sum_is_the_same_in_capitals(made: str) -> None:
    folder, _, number = made.partition(" x ")
    filled = letter(crowd(folder, int(number)) if number else example(folder))
    for figures, capitals in re.findall(
        r"([\d,]+\.\d\d)元（大写：([^）]+)）", printed(filled).text
    ):
        assert fen_upper(int(figures.replace(",", "").replace(".", ""))) == capitals


def test_sums_stand_on_the_papers_that_were_looked_at() -> None:
    text = printed(letter(example("mediation_agreement"))).text
    assert re.findall(r"([\d,]+\.\d\d)元（大写：([^）]+)）", text) == [("6,800.00", "陆仟捌佰元整")]


@pytest.mark.parametrize(
    "folder", sorted(set(FOLDERS) - {*VOLUME, *COURT} - {f"{kind}_en" for kind in CODE_BEHIND})
)
def test_the_code_has_white_around_it(folder: str) -> None:
    """Four modules on every side, as a scanner wants; the smaller ones are 29 modules wide."""
    done = subprocess.run(
        ["pdftoppm", "-r", "300", "-gray", "-png", "-singlefile", "-l", "1", "-"],
        input=_page_with_code(folder), capture_output=True, check=True,
    )  # fmt: skip
    shown = Image.open(io.BytesIO(done.stdout)).convert("L")
    (code,) = zxingcpp.read_barcodes(shown)
    corners = code.position
    points = [corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right]
    left, right = min(p.x for p in points), max(p.x for p in points)
    top, bottom = min(p.y for p in points), max(p.y for p in points)
    quiet = round((right - left) / 29 * 4) - 3
    dots = np.asarray(shown)
    around = dots[top - quiet : bottom + quiet + 1, left - quiet : right + quiet + 1].copy()
    around[quiet - 3 : -quiet + 3, quiet - 3 : -quiet + 3] = 255
    assert around.min() > 200, "something stands in the white around the code"


@pytest.mark.parametrize(
    "folder", ["mediation_record", "confirmation_application", "rights_notice"]
)
def test_spread_lines_say_the_same_as_ragged_ones(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.layout import inline

    flush = printed(letter(example(folder))).pages

    def ragged(_context: Any, _line: Any, _extra: float) -> None:
        """Leave the line as it is."""

    monkeypatch.setattr(inline, "justify_line", ragged)
    made = pdf.draw(letter(example(folder)))
    assert pages_of(made.pdf) == flush


# Each check goes red where what it looks for is made to happen.


def _bent(folder: str, before: str, after: str) -> Any:
    made: Letter = letter(example(folder))
    assert before in made.html
    return pdf.lay_out(replace(made, html=made.html.replace(before, after, 1)))[0]


def test_words_that_leave_their_cell_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    long = '<td class="value short"><span class="n">一个很长很长很长很长的名字</span>'
    bent = _bent("mediation_agreement", '<td class="value short">', long)
    monkeypatch.setitem(globals(), "laid_out", lambda _: bent)
    with pytest.raises(AssertionError):
        test_every_cell_holds_its_words("")


def test_words_in_a_seals_place_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    moved = "position: relative; top: 25mm; text-align: right"
    over = f'<p style="{moved}">压在印章上的字压在印章上的字</p><table class="signing'
    bent = _bent("termination_notice", '<table class="signing', over)
    monkeypatch.setitem(globals(), "laid_out", lambda _: bent)
    with pytest.raises(AssertionError):
        test_a_place_for_a_finger_or_a_seal_is_free("")


def test_a_signing_place_alone_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = '<table style="break-before: page" class="signing'
    bent = _bent("intake_register", '<table class="signing', alone)
    monkeypatch.setitem(globals(), "laid_out", lambda _: bent)
    with pytest.raises(AssertionError):
        test_no_signing_place_stands_on_a_page_alone("")


def test_a_line_beyond_the_measure_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = f'<p class="n">{"很长" * 40}</p><h2>'
    bent = _bent("rights_notice", "<h2>", wide)
    monkeypatch.setitem(globals(), "laid_out", lambda _: bent)
    with pytest.raises(AssertionError):
        test_the_text_keeps_to_its_measure("")


def test_a_lone_line_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = 0
    for lines in range(18, 30):
        text = '<p style="orphans: 1; widows: 1">' + "一" * 31 * lines + "</p><h2>"
        bent = _bent("rights_notice", "<h2>", text)
        monkeypatch.setitem(globals(), "laid_out", lambda _, bent=bent: bent)
        try:
            test_no_paragraph_leaves_one_line_on_another_page("")
        except AssertionError:
            seen += 1
    assert seen


def test_the_crowd_is_one() -> None:
    assert len(crowd("mediation_agreement", 6).parties) == 6
    assert isinstance(crowd("mediation_agreement", 4).parties[0], Party)
    assert drawn("case_slip").pages == 1
