"""Every word for a person is said in both languages, and nothing is said outside of them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import ROOT, Room, named, rooms, templates

HAN = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]{2,}")
# `{{ t("中文", "English") }}`, and the filters' `"中文"|...` that never reach a person.
PAIR = re.compile(
    r"\bt\(\s*(?P<q>[\"'])(?P<zh>(?:(?!(?P=q)).)*)(?P=q)\s*,\s*(?P<r>[\"'])(?P<en>(?:(?!(?P=r)).)*)(?P=r)",
    re.DOTALL,
)
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
# What fills in a class or further attributes of a tag that stands elsewhere.
CLASSES = re.compile(
    r"\{%-? block \w*skin .*?endblock|aria-(?:describedby|invalid)=\"(?:\{\{.*?\}\}|[^\"])*\"",
    re.DOTALL,
)
TAG = re.compile(r"<(?:\"[^\"]*\"|'[^']*'|[^>])*>", re.DOTALL)
SAYING = re.compile(r"\b(?:aria-label|title|alt|placeholder)=\"([^\"{]*)\"")
# The same in both languages on purpose: names of things, signs, examples of what is typed.
SAME = {
    "SQLite", "%", "（2026）", "〔2026〕", "10000000001", "10000000002", "柳溪村", "2026-06-20",
    "{name}", "{path}", "{n} GB",
}  # fmt: skip
# English sentences that quote Chinese on purpose.
QUOTES_CHINESE = re.compile(r"（2026）柳溪人调字第1号|柳林镇柳溪村")


def said(node: ast.expr) -> str | None:
    """The words of a literal; what is filled in stands as {}."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else "{}" for v in node.values)
        return "".join(str(part) for part in parts)
    return None


def calls_of_text(room: Room) -> Iterator[tuple[int, str, str]]:
    for node in ast.walk(room.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Text" and len(node.args) == 2:
            zh, en = (said(argument) for argument in node.args)
            if zh is not None and en is not None:
                yield node.lineno, zh, en


def wrong_pair(zh: str, en: str) -> str:
    """Why these two are no translation of each other; empty where they are."""
    if zh in SAME and zh == en:
        return ""
    if not LETTERS.search(zh) and not HAN.search(zh):
        return "" if not LETTERS.search(en) or "{" in en else "signs here, words there"
    if not HAN.search(zh) and "{" not in zh:
        return "no Chinese"
    if HAN.search(QUOTES_CHINESE.sub("", en)):
        return "Chinese in the English"
    if zh == en:
        return "not translated"
    return "" if en or len(zh) <= 1 else "no English"


@pytest.mark.parametrize("room", rooms(), ids=str)
def test_every_text_is_said_in_both_languages(room: Room) -> None:
    wrong = [(line, zh, en, wrong_pair(zh, en)) for line, zh, en in calls_of_text(room)]
    assert [row for row in wrong if row[3]] == []


@pytest.mark.parametrize("path", templates(), ids=named)
def test_a_page_says_nothing_in_one_language_only(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    pairs = [(m["zh"], m["en"], wrong_pair(m["zh"], m["en"])) for m in PAIR.finditer(text)]
    assert [pair for pair in pairs if pair[2]] == []
    rest = PAIR.sub("", text)
    assert HAN.findall(rest) == [], "Chinese outside t()"


# Words that stand on a page as they are: the switch to the other language names it in that language.
BARE = {"English"}


@pytest.mark.parametrize(
    "path", [p for p in templates() if p.parent.name != "styleguide"], ids=named
)
def test_a_page_has_no_bare_english(path: Path) -> None:
    text = CLASSES.sub("", COMMENT.sub("", path.read_text(encoding="utf-8")))
    text = CODE.sub("", text)
    labels = [label for label in SAYING.findall(text) if LETTERS.search(label)]
    words = set(LETTERS.findall(re.sub(r"&\w+;", "", TAG.sub("", text)))) - BARE
    assert words == set()
    assert labels == []


# Python: Chinese for people stands in Text or in a row that makes one.

SPEAKING_FLOORS = ("web", "services", "forms", "reports")
# A local function that turns its words into Text.
ROW_MAKERS = {"_row", "_column", "_told", "_end"}
# What reads people's words, and never says any.
READERS = {"re.compile", "re.sub", "re.match", "str.maketrans"}
# Rooms where Chinese is itself the matter, and why.
CHINESE_BY_NATURE = {
    "mediation.services.casefiles.around": "what the Chinese papers say",
    "mediation.services.casefiles.matter": "what the Chinese papers say",
    "mediation.services.casefiles.moves": "what the Chinese papers say",
    "mediation.services.casefiles.people": "what the Chinese papers say",
    "mediation.services.casefiles.settlement": "what the Chinese papers say",
    "mediation.services.covenant_papers": "what the Chinese papers say",
    "mediation.services.paper_files": "names of files of Chinese papers",
    "mediation.services.volume_binding": "what the sheets of a volume say",
    "mediation.services.volume_contents": "what the index of a volume says",
    "mediation.services.word_copies": "names of files of Chinese papers",
    "mediation.services.word_templates": "the same",
    "mediation.services.numbering": "the official form of a paper's number",
    "mediation.services.verification": "reads a paper's number",
    "mediation.services.told_names": "reads names from a told story",
    "mediation.services.case_columns": "recognises headings of other people's tables",
    "mediation.services.imports": "what the record keeps, in the language of the file",
    "mediation.services.import_previews": "reads what the record keeps",
    "mediation.services.corrections": "what the record keeps, in the language of the file",
    "mediation.services.evidence": "what the record keeps, in the language of the file",
    "mediation.services.parties": "what the record keeps, in the language of the file",
    "mediation.services.set_up": "the name of a new county until it is given one",
    "mediation.forms.parties": "sex as the papers write it",
    "mediation.forms.disputes": "a title as the papers write it",
    "mediation.web.dates": "the one room that writes dates, in both languages",
    "mediation.web.deed_views": "the agreement's own wording beside its English",
    "mediation.web.organisation": "the official ending of a committee's name",
}
# A sentence that says the same once more in English, where no page can be drawn.
_BOTH = re.compile(r"[\u3400-\u9fff].*\b[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+", re.DOTALL)
_SHORT = 2  # 元, 年, 「日前」: signs between figures rather than words


def chinese_in(room: Room) -> Iterator[tuple[int, str]]:
    """Chinese literals outside Text, rows, readers and the sentences that introduce a thing."""

    def walk(node: ast.AST, inside: tuple[str, ...]) -> Iterator[tuple[int, str]]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        if isinstance(node, ast.Call):
            inside = (*inside, ast.unparse(node.func))
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            speaks = {"Text", *ROW_MAKERS, *READERS} & set(inside)
            if (
                len(HAN.findall(node.value)) > _SHORT
                and not speaks
                and not _BOTH.search(node.value)
            ):
                yield node.lineno, node.value
        for child in ast.iter_child_nodes(node):
            yield from walk(child, inside)

    yield from walk(room.tree, ())


@pytest.mark.parametrize("room", [r for r in rooms() if r.floor in SPEAKING_FLOORS], ids=str)
def test_chinese_for_people_has_its_english(room: Room) -> None:
    if room.name not in CHINESE_BY_NATURE:
        assert list(chinese_in(room)) == []


def test_rooms_named_as_chinese_by_nature_are_there() -> None:
    assert set(CHINESE_BY_NATURE) <= {room.name for room in rooms()}


# Papers: Chinese is the language of papers; the English copies are English throughout.


@pytest.mark.parametrize(
    "path",
    [p for p in templates("letters") if p.parent.name.endswith("_en") or "english" in p.name],
    ids=named,
)
def test_an_english_copy_is_english(path: Path) -> None:
    text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    shown = TAG.sub("", CODE.sub("", text))
    assert HAN.findall(shown) == []


def test_english_copies_stand_beside_the_papers_that_have_one() -> None:
    from mediation.workflow.documents import Document

    with_copy = {d.folder for d in Document if d.value.english}
    folders = {
        p.name.removesuffix("_en") for p in (ROOT / "letters").iterdir() if p.name.endswith("_en")
    }
    assert with_copy <= folders
