"""How history is told: what happened, newest first, in the words of the book."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from mediation.clock import civil_date
from mediation.services.parties import answer_label
from mediation.web.pages import day
from mediation.wording import Text
from mediation.workflow import words
from mediation.workflow.documents import Document
from mediation.workflow.records import Record
from mediation.workflow.transitions import Transition

if TYPE_CHECKING:
    from mediation.models.history import Event
    from mediation.services.cases import CasePage


def timeline(page: CasePage, most: int | None = None) -> list[dict[str, object]]:
    """What happened, newest first; an entry written later than it happened says 补录."""
    return [_entry(event) for event in reversed(page.volume.events)][:most]


def _entry(event: Event) -> dict[str, object]:
    said = told(event.act)
    more = "；".join(part for part in (event.note, event.detail) if part)
    late = event.happened_on < civil_date(event.recorded_at)
    mark = Text("（补录）", " (entered later)") if late else Text("", "")
    tail = Text(f"：{more}", f": {in_english(more)}") if more else Text("", "")
    return {
        "when": day(event.happened_on, weekday=True),
        "text": Text(
            f"{event.by_name}：{said.zh}{tail.zh}{mark.zh}",
            f"{event.by_name}: {said.en}{tail.en}{mark.en}",
        ),
    }


_MARKS = {"：": ": ", "；": "; ", "，": ", ", "（": " (", "）": ")"}


def in_english(told: str) -> str:
    """History is kept in Chinese; what came from our own lists is said in English, the rest as typed."""
    pieces = re.split(f"([{''.join(_MARKS)}])", told)
    if not any(piece in _english() for piece in pieces):
        return told
    said = "".join(_english().get(piece, _MARKS.get(piece, piece)) for piece in pieces)
    return said.replace("?: ", "? ")


@cache
def _english() -> dict[str, str]:
    """Every answer of our closed lists, by its Chinese."""
    lists = [
        kind for kind in vars(words).values() if isinstance(kind, type) and issubclass(kind, Enum)
    ]
    values = [member.value for kind in lists for member in kind]
    said = [answer_label(q, a) for q in words.Question for a in words.Answer]
    papers = [document.label for document in Document]
    return {text.zh: text.en for text in (*values, *said, *papers) if isinstance(text, Text)}


_OTHER_ACTS = {
    "PAPERS": Text("补出了缺的文书", "issued the missing papers"),
    "SLIP": Text("换了案件码小条", "gave a new slip"),
    "PRINTED": Text("打印了文书", "printed a paper"),
}


def newest(page: CasePage) -> list[tuple[Text | str, Text | str]]:
    """The newest entry of history, as its day and its words."""
    return [(str(e["when"]), e["text"]) for e in timeline(page, 1)]  # type: ignore[misc]


def told(act: str) -> Text:
    """How history tells an act: the label of its move, or what its record says was done."""
    if act in _OTHER_ACTS:
        return _OTHER_ACTS[act]
    if act in Transition.__members__:
        return Transition[act].label
    if act in Record.__members__:
        return Record[act].value.told
    return Text(act, act)
