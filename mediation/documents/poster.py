"""How large a covenant can be set: a ladder of sizes by the number and length of its clauses."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from math import ceil

from mediation.documents.casefile import Clause
from mediation.documents.glyphs import PaperRefused
from mediation.wording import Text

POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True, slots=True)
class Rung:
    """Text and pitch in points, the gap between clauses in mm, whether the ridge line has room."""

    most: int
    text: float
    pitch: float
    gap: float
    ridge: bool = field(default=True, kw_only=True)


A3 = (
    Rung(6, 18.5, 32, 12),
    Rung(8, 18.5, 32, 6),
    Rung(10, 16.5, 29, 4.5),
    Rung(12, 15, 25, 2.2),
    Rung(14, 15, 25, 2.6, ridge=False),
    Rung(16, 14, 23, 1.6, ridge=False),
    Rung(20, 12.5, 18, 1.5, ridge=False),
)
A4 = (
    Rung(10, 13, 20.5, 1.9, ridge=False),
    Rung(12, 11.5, 17, 2.2, ridge=False),
    Rung(40, 11, 16.5, 1.8, ridge=False),
)
# The card: what it holds on its face, in order; what none of these holds runs on to the back.
A5 = (
    Rung(20, 10.5, 16, 3.2, ridge=False),
    Rung(20, 9.5, 14.5, 3.2, ridge=False),
    Rung(20, 9.5, 14, 2.2, ridge=False),
    Rung(20, 9.5, 13, 1.4, ridge=False),
    Rung(20, 9, 11.8, 1, ridge=False),
)
COLUMN_A3, COLUMN_A4, COLUMN_A5 = 112.0, 121.0, 98.0
# What the card holds between its title and its foot, a line of the preamble there, and how much
# the larger head adds to a clause, in mm.
FACE_A5, PREAMBLE_LINE = 147.0, 13 / POINTS_A_MM
PREAMBLE_SIGNS, HEAD_A5 = 37, 0.5


class ClauseTooLong(PaperRefused):
    """No size fits this clause into two lines of the poster."""


def wide(text: str) -> float:
    """The length of a line in ems: full-width signs count one, Latin and figures about half."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WF" else 0.56 for sign in text)


def fits(clause: Clause, rung: Rung, column_mm: float) -> bool:
    """Whether the text stays within two lines; half an em is kept for marks that may not break."""
    return wide(clause.text) <= 2 * int(column_mm * POINTS_A_MM / rung.text) - 1


def rung_of(clauses: tuple[Clause, ...], ladder: tuple[Rung, ...] = A3) -> Rung:
    """The largest size that holds every clause in two lines. Raises ClauseTooLong or PaperRefused."""
    steps = [rung for rung in ladder if rung.most >= len(clauses)]
    if not steps:
        raise PaperRefused(
            Text(
                "公约有{n}条，海报最多写{most}条",
                "The covenant has {n} clauses; a poster holds {most} at most",
            ).with_(n=len(clauses), most=ladder[-1].most)
        )
    for rung in steps:
        if all(fits(clause, rung, COLUMN_A3) for clause in clauses):
            return rung
    long = next(c for c in clauses if not fits(c, steps[-1], COLUMN_A3))
    raise ClauseTooLong(
        Text(
            "这一条太长，海报上写不下，请改短：{head}",
            "This clause is too long for the poster; please shorten it: {head}",
        ).with_(head=long.head)
    )


def sheet_rung(clauses: tuple[Clause, ...]) -> Rung:
    """The size on the household sheet, which may run on to a second page but never below 11 pt."""
    return next((rung for rung in A4 if rung.most >= len(clauses)), A4[-1])


def card_rung(clauses: tuple[Clause, ...], preamble: str = "") -> Rung:
    """The size on the card: the largest that stays on its face, or a middle one over both sides."""
    room = FACE_A5 - PREAMBLE_LINE * sum(
        _lines(p, PREAMBLE_SIGNS - 2) for p in preamble.splitlines()
    )
    return next((rung for rung in A5 if _height(clauses, rung) <= room), A5[-2])


def _height(clauses: tuple[Clause, ...], rung: Rung) -> float:
    """How high the clauses stand on the card, in mm; a head alone is as high as a line of text."""
    signs = int(COLUMN_A5 * POINTS_A_MM / rung.text)
    lines = sum(_lines(clause.text, signs) for clause in clauses)
    return lines * rung.pitch / POINTS_A_MM + len(clauses) * (rung.gap + HEAD_A5)


def _lines(text: str, signs: int) -> int:
    """How many lines of so many signs; half a sign is kept for marks that may not break."""
    return max(1, ceil((wide(text) + 0.5) / signs))
