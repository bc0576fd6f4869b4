"""What waits for the press and what it could not draw: in one place, with the reason and a way on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mediation.documents import faces
from mediation.models import database, outbox, press_queue
from mediation.models.database import db
from mediation.models.press_queue import Queued
from mediation.permissions import Actor
from mediation.services.acts import Hand
from mediation.services.paper_files import kind_label, why_of
from mediation.services.papers import JOB
from mediation.wording import Text
from mediation.workflow.words import PaperState

TOLD = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One paper without a file: why it failed, or what it waits for."""

    public_id: str
    label: Text
    number: str
    reference: str
    title: str
    since: datetime
    why: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many wait and since when, how many failed, and which faces are not as shipped."""

    waiting: int
    waiting_since: datetime | None
    failed: int
    wrong_faces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """`held_up` wait for something to be put right and are tried again by themselves."""

    numbers: Numbers
    held_up: tuple[Line, ...]
    failed: tuple[Line, ...]


def queue(*, by: Hand) -> Queue:
    """As far as it is this person's."""
    waiting, failed = (
        [_line(row) for row in press_queue.queued(state, by.actor, troubled=troubled, limit=TOLD)]
        for state, troubled in ((PaperState.WAITING, True), (PaperState.FAILED, False))
    )
    found = Queue(numbers(by.actor), tuple(waiting), tuple(failed))
    db.session.rollback()
    return found


def numbers(actor: Actor | None = None) -> Numbers:
    """For a person, or of the whole site: no word of any case."""
    waiting, since = press_queue.count(PaperState.WAITING, actor)
    failed, _ = press_queue.count(PaperState.FAILED, actor)
    return Numbers(
        waiting=waiting, waiting_since=since, failed=failed, wrong_faces=faces.wrong_faces()
    )


def try_all_again(*, by: Hand, everywhere: bool = False) -> int:
    """Put what failed in line once more; returns how many. `everywhere` is for the system's keeper."""
    with database.transaction():
        rows = press_queue.failed(None if everywhere else by.actor)
        for row in rows:
            row.state, row.failure = PaperState.WAITING, ""
            key = f"draw:{row.public_id}:{by.now.isoformat(timespec='microseconds')}"
            outbox.put(JOB, key, row.id, by.now)
        return len(rows)


def _line(row: Queued) -> Line:
    label = kind_label(row.kind)
    if row.language == "en":
        label = Text(f"{label.zh}（英文参考本）", f"{label.en} (English courtesy copy)")
    return Line(
        public_id=row.public_id, label=label, number=row.number, reference=row.reference,
        title=row.title, since=row.issued_at, why=why_of(row.failure),
    )  # fmt: skip
