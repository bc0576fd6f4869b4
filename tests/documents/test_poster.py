"""The covenant's ladder of sizes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediation.documents.casefile import Casefile, Clause, Covenant, Paper
from mediation.documents.glyphs import PaperRefused
from mediation.documents.poster import ClauseTooLong, card_rung, rung_of
from tests.documents.paper import MM, letter, printed


def clauses(number: int, length: int = 32) -> tuple[Clause, ...]:
    return tuple(Clause(head="以和为贵", text="邻" * (length - 1) + "。") for _ in range(number))


def poster(number: int, length: int = 32) -> Casefile:
    words = "我们住在桂花巷两边，低头不见抬头见。日子要一起过，话要好好说，大家约定："
    covenant = Covenant(preamble=words, clauses=clauses(number, length), mark="桂花和邻")
    return Casefile(paper=Paper(kind="covenant_a3"), covenant=covenant)


@pytest.mark.parametrize(
    ("number", "size"), [(6, 18.5), (8, 18.5), (10, 16.5), (12, 15), (20, 12.5)]
)
def test_more_clauses_are_set_smaller(number: int, size: float) -> None:
    assert rung_of(clauses(number)).text == size


def test_a_clause_of_three_lines_goes_one_step_down() -> None:
    assert rung_of(clauses(6, 38)).text == 15


def test_what_no_size_holds_is_named() -> None:
    with pytest.raises(ClauseTooLong, match="以和为贵"):
        rung_of(clauses(10, 90))
    with pytest.raises(PaperRefused, match="21条"):
        rung_of(clauses(21))


@pytest.mark.parametrize("number", [6, 8, 10, 12, 14, 16, 20])
def test_every_step_stays_above_the_foot(number: int) -> None:
    made = printed(letter(poster(number)))
    assert len(made.sheets) == 1
    lowest = max(ink.bottom for ink in made.sheets[0].inks if ink.text.startswith(("邻", "。")))
    limit = 316 if rung_of(clauses(number)).ridge else 360
    assert lowest / MM < limit
    assert made.overlaps == []


# The ornament and the preamble have one more each.
MARKED = poster(0).covenant.mark.count("邻") + poster(0).covenant.preamble.count("邻")


def card(number: int, length: int) -> Casefile:
    made = poster(number, length)
    return replace(made, paper=Paper(kind="covenant_a5"))


@pytest.mark.parametrize("length", [20, 34, 56])
@pytest.mark.parametrize("number", [6, 8, 10, 12, 14, 16, 18, 20])
def test_the_card_holds_every_number_of_clauses(number: int, length: int) -> None:
    case = card(number, length)
    made = printed(letter(case))
    assert len(made.sheets) == (2 if number > 14 and length > 29 else 1)
    assert made.overlaps == []
    assert made.text.count("邻") == number * (length - 1) + MARKED
    for sheet in made.sheets:
        assert max(ink.bottom for ink in sheet.inks) / MM <= 210 - 11
        assert all(ink.right / MM <= 148 - 11 + 0.5 for ink in sheet.inks)
    assert "不限制任何人依法起诉的权利" in made.pages[-1]


def test_the_card_is_never_set_smaller_than_nine_points() -> None:
    many = clauses(20, 60)
    assert card_rung(many, "一句话。").text == 9.5
    assert min(card_rung(clauses(n, 34)).text for n in range(6, 21)) == 9
    assert card_rung(clauses(6)).text == 10.5


def test_a_long_preamble_leaves_less_room_on_the_card() -> None:
    assert card_rung(clauses(8, 34), "话" * 400).pitch < card_rung(clauses(8, 34)).pitch
