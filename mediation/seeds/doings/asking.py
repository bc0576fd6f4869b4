"""Asking the parties, and noting down what was found."""

from __future__ import annotations

from collections.abc import Callable

from mediation.seeds.walk import Stuck, Walker
from mediation.services import (
    notes,
    parties,
)
from mediation.workflow.words import (
    Answer,
    NoteKind,
    Question,
    Way,
)

Act = Callable[[Walker], None]


def ask(w: Walker, question: Question, answer: Answer = Answer.YES) -> None:
    """Every disputant is asked, and what each said is recorded."""
    asked = tuple((p.id, answer) for p in w.volume().disputants)
    way = Way.PHONE if question is Question.REMEDIATION else Way.IN_PERSON
    told = parties.ConsentAnswers(question=question, answers=asked, way=way)
    parties.record_consent(w.reference, told, by=w.keeper())


def note(w: Walker, kind: NoteKind, **rest: object) -> None:
    notes.record_note(w.reference, kind, notes.NoteAnswers(**rest), by=w.keeper())  # type: ignore[arg-type]


def asking(*questions: Question) -> Act:
    def act(w: Walker) -> None:
        for question in questions:
            ask(w, question)
            w.moving.tick(minutes=1)

    return act


def noting(kind: NoteKind, **words: str) -> Act:
    def act(w: Walker) -> None:
        note(w, kind, **(words | {"text": w.story.reasons.get(kind.name, words.get("text", ""))}))

    return act


def stuck(why: str) -> Act:
    """Decided by the type, the road or the calendar: another road must be taken."""

    def act(w: Walker) -> None:
        raise Stuck(why)

    return act


def ask_one(w: Walker, number: int, question: Question, answer: Answer) -> None:
    """One disputant is asked, and the answer is recorded."""
    asked = ((w.volume().disputants[number].id, answer),)
    told = parties.ConsentAnswers(question=question, answers=asked, way=Way.PHONE)
    parties.record_consent(w.reference, told, by=w.keeper())
    w.pause()
