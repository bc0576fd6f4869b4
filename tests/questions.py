"""What a form on a page asks, read from the page: kinds of answers, and a sensible one for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from tests.browsers import Page
from tests.canaries import ID_NUMBERS

WRITTEN = ("line", "name", "long")
TYPED = (*WRITTEN, "phone", "id_number", "money", "day", "count")
CHOSEN = ("choice", "list", "many")
# What a sensible person answers; `today` is filled in by `sensible`.
_SENSIBLE = {
    "line": "一句话", "name": "李二狗", "long": "甲：一句话说完", "phone": "18672940528",
    "id_number": ID_NUMBERS[0], "money": "100", "count": "3", "password": "夜里月亮照着河", "tick": "y",
}  # fmt: skip
_LIMIT = re.compile(r"最多写 (\d+) 个字")
_BY_NAME = {"begins": "09:00", "ends": "10:00", "login": "xinren"}


@dataclass(frozen=True, slots=True)
class Question:
    """One field: its `kind` is the one of mediation/forms/fields.py; `options` without the blank."""

    name: str
    kind: str
    required: bool
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form that is posted; `hidden` holds its tokens."""

    action: str
    hidden: dict[str, str]
    questions: tuple[Question, ...] = field(default=())

    def of(self, *kinds: str) -> list[Question]:
        return [q for q in self.questions if q.kind in kinds]

    def sensible(self, today: str) -> dict[str, Any]:
        """Everything answered as a careful person would."""
        return {**self.hidden, **{q.name: _answer(q, today) for q in self.questions}}


def _answer(question: Question, today: str) -> str:
    if question.kind in CHOSEN:
        return question.options[-1] if question.options else ""
    last = question.name.rpartition("-")[2]
    return today if question.kind == "day" else _BY_NAME.get(last, _SENSIBLE[question.kind])


def forms(page: Page) -> list[Form]:
    """The forms of a page that ask something."""
    found = [_form(element, page) for element in page.forms()]
    return [form for form in found if form.questions]


def _form(element: Element, page: Page) -> Form:
    hidden = {
        e.get("name", ""): e.get("value", "")
        for e in element.iter("input")
        if e.get("type") == "hidden" and e.get("name")
    }
    questions = {q.name: q for q in _questions(element)}
    return Form(element.get("action") or page.url, hidden, tuple(questions.values()))


def _questions(element: Element) -> Iterator[Question]:
    for box in element.iter():
        kind = _kind(box)
        if kind == "file":
            continue
        if kind:
            yield from _asked(box, kind)


def _kind(box: Element) -> str:
    """`field-money` of the classes on the box that holds one question."""
    names = [c for c in (box.get("class") or "").split() if c.startswith("field-")]
    return names[0].removeprefix("field-") if names else ""


def _asked(box: Element, kind: str) -> Iterator[Question]:
    controls = [e for e in box.iter() if e.tag in ("input", "textarea", "select") and e.get("name")]
    if not controls:
        return
    optional = any("optional" in (e.get("class") or "") for e in box.iter("span"))
    options = [e.get("value", "") for e in box.iter() if e.tag == "option" or _is_button(e)]
    name = controls[0].get("name", "")
    yield Question(name, kind, not optional and kind != "tick", tuple(o for o in options if o))


def _is_button(element: Element) -> bool:
    return element.tag == "input" and element.get("type") in ("radio", "checkbox")


def wrong(page: Page) -> set[str]:
    """Names of the fields that the page says something about."""
    found: set[str] = set()
    for box in page.tree.iter():
        if _kind(box) and "wrong" in (box.get("class") or "").split():
            found |= {e.get("name", "") for e in box.iter() if e.get("name")}
    return found


def limits(page: Page) -> dict[str, int]:
    """How many characters each question takes, as its sentence says."""
    found: dict[str, int] = {}
    for box in page.tree.iter():
        said = _LIMIT.search("".join(box.itertext())) if _kind(box) else None
        if said:
            found |= {e.get("name", ""): int(said[1]) for e in box.iter() if e.get("name")}
    return found


def kept(page: Page) -> dict[str, str]:
    """What stands in the boxes of the page: written, or chosen."""
    found: dict[str, str] = {}
    for e in page.tree.iter():
        name = e.get("name")
        if not name:
            continue
        if e.tag == "textarea":
            found[name] = "".join(e.itertext()).removeprefix("\n")
        elif e.tag == "input" and not _is_button(e):
            found[name] = e.get("value", "")
    return found
