"""Every paper looks as it did when somebody last looked at it, on a screen and in one-bit print.

Written anew after a change that is meant, and looked at:
    MEDIATION_WRITE_GOLDEN=1 .venv/bin/python -m pytest tests/documents/test_likeness.py && git diff --stat tests/golden
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.documents.likeness import (
    FOLDER,
    MOST_IN_ONE_BIT,
    Ink,
    alike,
    kept,
    one_bit_pages_of,
    pages_of,
    unlike,
    unlike_in_one_bit,
)
from tests.documents.paper import FOLDERS, drawn, example, letter, printed


@pytest.mark.parametrize("folder", FOLDERS)
def test_it_looks_as_it_did(folder: str) -> None:
    pages = pages_of(drawn(folder).pdf)
    before = kept(folder, pages)
    assert len(before) == len(pages)
    told = [unlike(page, old) for page, old in zip(pages, before, strict=True)]
    assert all(alike(page, old) for page, old in zip(pages, before, strict=True)), told


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_printer_of_one_colour_loses_nothing(folder: str) -> None:
    pages = one_bit_pages_of(drawn(folder).pdf)
    before = kept(folder, pages_of(drawn(folder).pdf))
    told = [unlike_in_one_bit(page, old) for page, old in zip(pages, before, strict=True)]
    assert max(told) <= MOST_IN_ONE_BIT, told


def test_no_picture_is_kept_of_a_paper_that_is_gone() -> None:
    assert {path.stem.rpartition("-")[0] for path in FOLDER.glob("*.png")} == set(FOLDERS)
    assert sum(path.stat().st_size for path in FOLDER.glob("*.png")) < 2_000_000


# What a paper is made of: each moves two millimetres, and nothing else does.
_BLOCKS = (
    ("mediation_agreement", ".number"), ("mediation_agreement", "h1"),
    ("mediation_agreement", "h2"), ("mediation_agreement", ".seal"),
    ("mediation_agreement", ".square"), ("mediation_agreement", ".grid"),
    ("intake_register", ".seal"), ("volume_cover", ".fields"), ("case_slip", "h1"),
    ("mediation_record", ".every"), ("settlement_letter", "h2"), ("mediation_record", ".readback"),
)  # fmt: skip


@pytest.mark.parametrize(("folder", "block"), _BLOCKS)
def test_a_block_that_moves_by_two_millimetres_is_seen(folder: str, block: str) -> None:
    made = letter(example(folder))
    moved = f"<style>{block} {{ position: relative; top: 2mm }}</style></head>"
    if block == ".every":
        moved = "<style>.every { bottom: -11mm }</style></head>"
    pages = pages_of(printed(replace(made, html=made.html.replace("</head>", moved))).drawn.pdf)
    before = kept(folder, pages_of(drawn(folder).pdf))
    assert len(pages) == len(before)
    assert not all(alike(page, old) for page, old in zip(pages, before, strict=True))


@pytest.mark.parametrize("folder", ["mediation_agreement", "volume_cover", "settlement_letter"])
@pytest.mark.parametrize(("right", "down"), [(0.4, 0.0), (0.0, 0.4), (0.3, 0.3)])
def test_a_third_of_a_dot_is_no_difference(folder: str, right: float, down: float) -> None:
    """Another release of Pango or FreeType sets letters so much further on, and no more."""
    for page in pages_of(drawn(folder).pdf):
        assert alike(_moved(_moved(page, right, 1), down, 0), page)


def _moved(page: Ink, share: float, axis: int) -> Ink:
    moved: Ink = page * (1 - share) + np.roll(page, 1, axis) * share
    return moved


def test_a_mark_that_is_lost_in_one_bit_is_seen() -> None:
    """Text that a printer drops, as thin grey on grey would be."""
    (page,) = one_bit_pages_of(drawn("case_slip").pdf)
    (before,) = kept("case_slip", pages_of(drawn("case_slip").pdf))
    page[: page.shape[0] // 2] = 0
    assert unlike_in_one_bit(page, before) > MOST_IN_ONE_BIT


def test_a_page_of_another_size_is_another_page() -> None:
    assert alike(np.zeros((100, 100)), np.zeros((100, 100)))
    assert not alike(np.zeros((100, 100)), np.zeros((100, 101)))
