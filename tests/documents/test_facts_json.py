"""The facts inside a paper of the court package are those of its page, and no others."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any, get_args, get_origin, get_type_hints

import pikepdf
import pytest

from mediation.documents import pdf
from mediation.documents.casefile import (
    Agreement,
    Casefile,
    Clause,
    Obligation,
    Paper,
    Party,
    Representative,
)
from mediation.documents.press import Press
from mediation.documents.render import Mark
from mediation.documents.typesetting import han
from mediation.money import yuan
from mediation.workflow.documents import Document
from tests.documents.paper import CHINESE, FOLDERS, bare, drawn, example, letter, printed

COURT_PACKAGE = tuple(d.folder for d in Document if d.value.facts_attached)
# Set anew for the case, or printed otherwise than as the figure itself.
_NUMBERS = {".agreement.copies", ".agreement.revision", ".committee.seal_mm"}
_WORDS = {"kind": "", "side": "", "source": "own_motion", "language": "zh"}


def facts_in(data: bytes) -> Any:
    with pikepdf.open(io.BytesIO(data)) as opened:
        found = opened.attachments["facts.json"].get_file()
        return json.loads(bytes(found.read_bytes()))


def leaves(said: Any, name: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(said, dict):
        for key, one in said.items():
            yield from leaves(one, key)
    elif isinstance(said, list):
        for one in said:
            yield from leaves(one, name)
    else:
        yield name, said


def as_printed(name: str, value: Any) -> str:
    """How the page has it, without white space."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if name == "yuan":
        return f"{yuan(round(float(value) * 100))}"
    if name == "copies":
        return f"一式{han(value)}份"
    return bare(str(value))


def stands(name: str, value: Any, text: str) -> bool:
    """Terms are counted in Chinese or in figures, as the paper does."""
    if name == "term":
        return f"（{han(value)}）" in text or f"{value}." in text
    return as_printed(name, value) in text


class Canaries:
    """A casefile of which every field says something that stands nowhere else."""

    def __init__(self) -> None:
        self._numbers, self._days = count(1), count(1)
        self.said: dict[str, str] = {}

    def make(self, kind: Any, path: str = "") -> Any:
        hints = get_type_hints(kind)
        made = {f.name: self._value(hints[f.name], f"{path}.{f.name}") for f in fields(kind)}
        return kind(**made)

    def _value(self, hint: Any, path: str) -> Any:
        if get_origin(hint) is tuple:
            return tuple(self._value(get_args(hint)[0], f"{path}{n}") for n in (1, 2, 3))
        if is_dataclass(hint) and isinstance(hint, type):
            return self.make(hint, path)
        kinds = get_args(hint) or (hint,)
        if date in kinds:
            day = date(2031, 1, 1) + timedelta(days=next(self._days))
            self.said[path] = f"{day.year}年{day.month}月{day.day}日"
            return day
        if bool in kinds:
            return False
        if int in kinds:
            self.said[path] = str(7_000 + next(self._numbers))
            return int(self.said[path])
        return self._words(path)

    def _words(self, path: str) -> str:
        name = path.rpartition(".")[2]
        if name in _WORDS:
            return _WORDS[name]
        figures = "天地玄黄宇宙洪荒日月"
        self.said[path] = (
            "标" + "".join(figures[int(f)] for f in f"{next(self._numbers):04}") + "记"
        )
        return self.said[path]


def canary_case(
    kind: str, *, entity: bool = False, terms: str = "duties"
) -> tuple[Casefile, dict[str, str]]:
    canaries = Canaries()
    case: Casefile = canaries.make(Casefile)
    labelled = [replace(p, label=f"{n}方") for n, p in zip("甲乙丙", case.parties, strict=True)]
    if entity:
        labelled = [replace(p, kind="entity") for p in labelled]
    duties = tuple(
        replace(
            one, debtor=f"{a}方", creditor=f"{b}方", amount_fen=one.amount_fen if n else None,
            text=one.text if terms == "words" else "",
        )
        for n, (one, a, b) in enumerate(zip(case.agreement.obligations, "甲乙丙", "乙丙甲", strict=True))
    )  # fmt: skip
    agreement = replace(case.agreement, obligations=duties, total_fen=None, copies=5)
    paper = Paper(kind=kind, number=case.paper.number, issued_on=case.paper.issued_on)
    committee = replace(case.committee, seal_mm=42)
    return replace(
        case, parties=tuple(labelled), agreement=agreement, paper=paper, committee=committee
    ), canaries.said  # fmt: skip


CASES = [
    (folder, entity, terms)
    for folder in COURT_PACKAGE
    for entity, terms in ((False, "duties"), (True, "words"))
]


@pytest.mark.parametrize("folder", COURT_PACKAGE)
def test_every_fact_of_an_example_stands_on_its_page(folder: str) -> None:
    text = printed(letter(example(folder))).text
    found = list(leaves(facts_in(drawn(folder).pdf)))
    assert len(found) > 15
    assert [(n, v) for n, v in found if not stands(n, v, text)] == []


@pytest.mark.parametrize(("folder", "entity", "terms"), CASES)
def test_what_is_attached_is_printed_and_what_is_printed_is_attached(
    *, folder: str, entity: bool, terms: str
) -> None:
    case, said = canary_case(folder, entity=entity, terms=terms)
    made = printed(letter(case))
    attached = json.dumps(facts_in(made.drawn.pdf), ensure_ascii=False)
    shown = "".join(as_printed(n, v) for n, v in leaves(json.loads(attached)))
    for path, canary in said.items():
        if path in _NUMBERS:
            continue
        assert (canary in shown) == (canary in made.text), (path, canary)
    assert sum(canary in shown for canary in said.values()) > 20
    facts = list(leaves(json.loads(attached)))
    assert [(n, v) for n, v in facts if not stands(n, v, made.text)] == []


def test_instalments_and_common_promises_are_told_as_the_page_tells_them() -> None:
    case = example("confirmation_application")
    rows = (
        Obligation(debtor="乙方", creditor="甲方", what="欠款", amount_fen=120_050, due_on=date(2027, 1, 31)),
        Obligation(debtor="乙方", creditor="甲方", what="欠款", amount_fen=1_000_000_001, due_on=date(2027, 2, 28)),
        Obligation(debtor="甲方", what="不再争吵", lasting=True, due_on=date(2030, 1, 1)),
        Obligation(debtor="乙方", what="不再争吵", lasting=True, due_on=date(2030, 1, 1)),
    )  # fmt: skip
    agreement = replace(case.agreement, obligations=rows, clauses=(), total_fen=None)
    made = printed(letter(replace(case, agreement=agreement)))
    paid, promised = facts_in(made.drawn.pdf)["agreement"]["terms"]
    assert paid["yuan"] == "10001200.51"
    assert [one["yuan"] for one in paid["instalments"]] == ["1200.50", "10000000.01"]
    assert "due_on" not in paid
    assert promised == {
        "term": 2, "debtors": ["甲方", "乙方"], "what": "不再争吵", "lasting": "长期有效"
    }  # fmt: skip
    assert "2030年1月1日" not in made.text


def test_a_dotted_name_and_an_agent_are_told_as_printed() -> None:
    agent = Representative(
        name="阿依•古丽", tie="女儿", phone="100 0000 0136", authority="特别授权"
    )
    party = Party(label="甲方", name="买买提・艾力", representatives=(agent,))
    case = replace(example("mediation_agreement"), parties=(party,), agreement=Agreement())
    made = printed(letter(case))
    (told,) = facts_in(made.drawn.pdf)["parties"]
    assert told["name"] == "买买提·艾力"
    assert told["representatives"][0]["name"] == "阿依·古丽"
    assert told["name"] in made.text


@pytest.mark.parametrize("folder", FOLDERS)
def test_no_other_paper_carries_anything(folder: str) -> None:
    with pikepdf.open(io.BytesIO(drawn(folder).pdf)) as opened:
        assert set(opened.attachments) == ({"facts.json"} if folder in COURT_PACKAGE else set())
        assert ("/AF" in opened.Root) == (folder in COURT_PACKAGE)


def test_the_court_package_is_there() -> None:
    assert {
        "mediation_agreement", "oral_agreement_register", "confirmation_application",
        "mediation_proof",
    } == set(COURT_PACKAGE)  # fmt: skip
    assert set(COURT_PACKAGE) <= set(CHINESE)


def test_a_draft_carries_nothing_and_a_sample_says_what_it_is() -> None:
    case = example("mediation_agreement")
    assert letter(case, Mark.DRAFT).attached == ()
    assert facts_in(drawn("mediation_agreement", Mark.SAMPLE).pdf)["mark"] == "样张"


def test_a_blank_form_carries_no_facts_of_anybody() -> None:
    said = facts_in(printed(letter(Casefile(paper=Paper(kind="mediation_agreement")))).drawn.pdf)
    assert said == {"title": "人民调解协议书", "copies": 1}


def test_the_press_carries_it_and_the_bytes_are_the_same() -> None:
    made = letter(example("mediation_agreement"))
    one = Press()
    try:
        first = one.draw(made)
        assert first.pdf == one.draw(made).pdf == pdf.draw(made).pdf
        assert facts_in(first.pdf)["title"] == "人民调解协议书"
    finally:
        one.close()


def test_a_clause_without_its_stop_is_told_once() -> None:
    case = example("mediation_agreement")
    clause = Clause(head="约定", text="楼道不堆杂物。；")
    agreement = replace(case.agreement, obligations=(), clauses=(clause,), total_fen=None)
    made = printed(letter(replace(case, agreement=agreement)))
    assert facts_in(made.drawn.pdf)["terms"] == [
        {"term": 1, "head": "约定", "text": "楼道不堆杂物"}
    ]
