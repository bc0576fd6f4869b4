"""Two people changed the same thing: what each wrote, as words in pairs, with what differs marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from mediation.forms.base import BaseForm
from mediation.wording import Text

Words = Text | str
Pair = tuple[Words, Words]
_NEVER_SHOWN = ("password", "hidden", "file")
_NOT_WORDS = ("HiddenField", "CSRFTokenField", "FileField", "MultipleFileField")


def said(form: BaseForm) -> list[Pair]:
    """Every question that has an answer, and the answer as people read it."""
    return [pair for field in form for pair in _of_field(field)]


def marked(mine: Sequence[Pair], other: Sequence[Pair]) -> list[tuple[Words, Words, bool]]:
    """Mine, each pair with whether the other text says something else."""
    return [(words, answer, (words, answer) not in other) for words, answer in mine]


def _of_field(field: Any) -> Iterator[Pair]:
    entries = getattr(field, "entries", None)
    if entries is not None:
        for number, entry in enumerate(entries, start=1):
            yield from _of_entry(entry, number)
    elif _shown(field) and (answer := _answer(field)):
        yield _words(field), answer


def _of_entry(entry: Any, number: int) -> Iterator[Pair]:
    """One row of several: all its answers in one line, under its number."""
    inner = getattr(entry, "form", None) or [entry]
    answers = [a for f in inner if _shown(f) and (a := _answer(f))]
    if answers:
        yield Text(f"第{number}条", f"No. {number}"), _joined(answers)


def _joined(answers: Sequence[Words]) -> Text:
    texts = [a if isinstance(a, Text) else Text(a, a) for a in answers]
    return Text("，".join(a.zh for a in texts), ", ".join(a.en for a in texts))


def _shown(field: Any) -> bool:
    return getattr(field, "kind", "") not in _NEVER_SHOWN and field.type not in _NOT_WORDS


def _words(field: Any) -> Words:
    found: Words = getattr(field, "words", None) or field.label.text
    return found


def _answer(field: Any) -> Words:
    """Choices by their words, ticks as yes, everything else as it was typed."""
    if field.data in (None, "", [], False):
        return ""
    choices = getattr(field, "choices", None)
    if choices:
        chosen = field.data if isinstance(field.data, list) else [field.data]
        held = [label for value, label in choices if value and str(value) in map(str, chosen)]
        return _joined(held) if held else ""
    if field.data is True:
        return Text("是", "yes")
    # What was typed, in the field's own writing; the library keeps it behind an underscore.
    return str(getattr(field, "_value", lambda: field.data)())
