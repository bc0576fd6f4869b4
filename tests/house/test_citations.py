"""The law is cited by key: no article's number is typed where people read it, and none by heart."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediation.workflow.law import CITATIONS, Law
from tests.house.rooms import Room, named, rooms, templates

LAWS = "|".join(sorted((law.name for law in Law), key=len, reverse=True))
KEY = re.compile(rf"^(?:{LAWS})_\d+$")
# 人民调解法第33条, 《……》第三十三条, “the Civil Code, art. 188”: a law and the number of an article.
# The first item of an agreement (“第一条”) is no law and may be spoken of.
TYPED = re.compile(
    r"(?:法|法典|规定|解释|条例|办法|规则)》?\s*第[一二三四五六七八九十百千零\d]+条"
    r"|(?:Law|Code|Rules|Provisions|Measures|Regulations|Interpretation)\b[^.;]{0,12}\bart(?:icle|\.)\s*\d"
)
# `(PML 29)`, `(CPL 61, 62)`, `INT 358(4)` in what is written for the next reader.
CITED = re.compile(rf"\b({LAWS}) (\d+)((?:, \d+)*)")
# The book itself is where articles are written down.
THE_BOOK = {"mediation.workflow.law", "mediation.workflow.articles"}


def literals(room: Room) -> Iterator[tuple[int, str]]:
    """Strings that could reach a person: all but those that introduce a room, class or function."""
    introducing = {
        id(node.value)
        for node in ast.walk(room.tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(room.tree):
        if not isinstance(node, ast.Constant) or id(node) in introducing:
            continue
        if isinstance(node.value, str):
            yield node.lineno, node.value


def said_to_the_reader(room: Room) -> Iterator[str]:
    """Comments, and the sentences that introduce things."""
    for token in tokenize.generate_tokens(io.StringIO(room.text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string
    for node in ast.walk(room.tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)):
            yield ast.get_docstring(node) or ""


@pytest.mark.parametrize("room", [r for r in rooms() if r.name not in THE_BOOK], ids=str)
def test_no_article_is_typed_in_code(room: Room) -> None:
    assert [(line, text) for line, text in literals(room) if TYPED.search(text)] == []


@pytest.mark.parametrize("path", [*templates(), *templates("letters")], ids=named)
def test_no_article_is_typed_on_a_page_or_paper(path: Path) -> None:
    assert TYPED.findall(path.read_text(encoding="utf-8")) == []


def test_what_counts_as_typed() -> None:
    assert TYPED.search("依照人民调解法第33条")
    assert TYPED.search("《中华人民共和国人民调解法》第三十三条")
    assert TYPED.search("Civil Code, art. 188")
    assert not TYPED.search("第一条没有日期")


@pytest.mark.parametrize("room", rooms(), ids=str)
def test_every_key_is_in_the_book(room: Room) -> None:
    keys = {text for _, text in literals(room) if KEY.match(text)}
    assert keys <= set(CITATIONS)


# Articles that comments lean on and no page cites; they are in the statutes but not in our book.
ONLY_IN_COMMENTS = {"CPL_62", "CC_21", "CC_22"}


@pytest.mark.parametrize("room", rooms(), ids=str)
def test_comments_cite_what_is_in_the_book(room: Room) -> None:
    for text in said_to_the_reader(room):
        for law, first, more in CITED.findall(text):
            for number in (first, *re.findall(r"\d+", more)):
                key = f"{law}_{number}"
                assert key in CITATIONS or key in ONLY_IN_COMMENTS, text
