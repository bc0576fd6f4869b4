"""Citations: how they read, and that the law says what we say it says."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest

from mediation.workflow.law import (
    CITATIONS,
    Citation,
    Law,
    article_number,
    basis,
    basis_in_full,
    cite,
)

LAWS = Path(
    os.environ.get("MEDIATION_LAWS")
    or Path(__file__).resolve().parents[2].parent / "shared" / "domain" / "laws"
)
WITH_TEXT = [c for c in CITATIONS.values() if c.row.file]
_NEXT = re.compile(r"^(?:\**第[一二三四五六七八九十百千零]+条\**[　 ]|#)", re.MULTILINE)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (33, "三十三"), (100, "一百"),
        (108, "一百零八"), (110, "一百一十"), (205, "二百零五"), (355, "三百五十五"),
        (1032, "一千零三十二"),
    ],
)  # fmt: skip
def test_article_numbers_in_chinese(number: int, said: str) -> None:
    assert article_number(number) == said


def test_a_citation_reads_right_on_paper_and_on_screen() -> None:
    confirmation = cite("PML_33")
    assert confirmation.full.zh == "《中华人民共和国人民调解法》第三十三条"
    assert confirmation.full.en == "People's Mediation Law, art. 33"
    assert confirmation.short.zh == "人民调解法第33条"
    assert basis(["PML_33", "CPL_205"]).zh == "人民调解法第33条、民事诉讼法第205条"
    assert basis_in_full(["CPL_205"]).zh == "《中华人民共和国民事诉讼法》第二百零五条"
    assert basis_in_full(["INT_136", "INT_354", "PML_33"]).zh.count("》") == 2
    assert (
        basis_in_full(["PML_28", "PML_29"]).zh
        == "《中华人民共和国人民调解法》第二十八条、第二十九条"
    )
    assert cite("INT_355").full.zh.count("《") == 1


def test_a_working_rule_never_passes_for_the_law() -> None:
    assert cite("MOJ02_33").working_rule
    assert cite("MOJ02_33").short.zh == "人民调解工作若干规定第33条（工作规定）"
    assert cite("MOJ02_33").short.en.endswith("(working rule)")
    assert not cite("PML_33").working_rule


def test_no_article_is_cited_twice_and_every_law_is_used() -> None:
    from mediation.workflow.articles import ARTICLES

    assert len(CITATIONS) == len(ARTICLES)
    assert {c.row for c in CITATIONS.values()} == {law.value for law in Law}
    assert all(c.in_force_from <= date(2026, 11, 23) for c in CITATIONS.values())


def test_what_is_not_in_the_book_is_not_cited() -> None:
    with pytest.raises(KeyError):
        cite("PML_99")


@pytest.mark.parametrize("citation", WITH_TEXT, ids=lambda c: c.key)
def test_the_law_says_so(citation: Citation) -> None:
    """Every cited article exists, and its text holds the words our row rests on."""
    if not LAWS.is_dir():
        pytest.skip("did not run: no statute texts; name their folder in MEDIATION_LAWS")
    article = _article(citation)
    assert article, f"{citation.full.zh} is not in the text of the law"
    for word in citation.words:
        assert word in article, f"{citation.full.zh}: {word}"


def _article(citation: Citation) -> str:
    text = (LAWS / f"{citation.row.file}.md").read_text(encoding="utf-8")
    number = article_number(citation.article)
    head = re.search(rf"^\**第{number}条\**[　 ]", text, re.MULTILINE)
    if not head:
        return ""
    following = _NEXT.search(text, head.end())
    return re.sub(r"\s+", "", text[head.end() : following.start() if following else None])
