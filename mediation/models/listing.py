"""Lists of disputes: columns only, keyset paging, capped counts; flat from ten to a million rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, literal_column, or_, select, union_all

from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.permissions import Actor, Reach, reach
from mediation.workflow.stages import Stage

PAGE, CAP = 25, 1000
_COLUMNS = (
    Dispute.id,
    Dispute.reference,
    Dispute.number,
    Dispute.title,
    Dispute.stage,
    Dispute.party_names,
    Dispute.dispute_type,
    Dispute.registered_on,
    Dispute.next_due_on,
    Dispute.mediator_id,
    Dispute.urgency,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What is looked for; every part may be left open. `older_than` is the keyset: a dispute's id."""

    words: str = ""
    stages: tuple[Stage, ...] = ()
    mediator_id: int | None = None
    unassigned: bool = False
    due_before: date | None = None
    older_than: int | None = None
    newer_than: int | None = None


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [
        Dispute.duplicate_of_id.is_(None),
        Dispute.taken_back_at.is_(None),
    ]
    if wanted.stages:
        found.append(Dispute.stage.in_(wanted.stages))
    if wanted.mediator_id is not None:
        found.append(Dispute.mediator_id == wanted.mediator_id)
    if wanted.unassigned:
        found.append(Dispute.mediator_id.is_(None))
    if wanted.due_before is not None:
        found.append(Dispute.next_due_on <= wanted.due_before)
    if wanted.words:
        found.append(_named(wanted.words))
    return found


def _named(words: str) -> ColumnElement[bool]:
    """By title, names of parties, number or reference; each as it is written."""
    like = f"%{words.replace('%', '').replace('_', '')}%"
    return or_(
        Dispute.title.like(like),
        Dispute.party_names.like(like),
        Dispute.number.like(like),
        Dispute.reference == words.lower(),
    )


def _one_reach(step: Reach, wanted: Filter, limit: int) -> Select[tuple[object, ...]]:
    """The newest rows of one equality: one index walk, whatever the size of the table."""
    query = select(*_COLUMNS).where(getattr(Dispute, step.column) == step.value)
    query = query.where(*_conditions(wanted))
    if wanted.older_than is not None:
        query = query.where(Dispute.id < wanted.older_than)
    if wanted.newer_than is not None:
        query = query.where(Dispute.id > wanted.newer_than)
        return query.order_by(Dispute.id).limit(limit)
    return query.order_by(Dispute.id.desc()).limit(limit)


def rows(wanted: Filter, *, by: Actor, limit: int = PAGE) -> list[Row[tuple[object, ...]]]:
    """At most `limit` + 1 rows, newest first: the extra one tells that there are more.

    One query: a union of one short walk for each equality of the person's reach, never an `IN`
    over units with an order (performance.md 2.1).
    """
    steps = reach(by)
    if not steps:
        return []
    forward = wanted.newer_than is not None
    walks = [_one_reach(step, wanted, limit + 1).subquery() for step in steps]
    union = union_all(*(select(walk) for walk in walks)).subquery()
    order = union.c.id if forward else union.c.id.desc()
    query = select(union).distinct().order_by(order).limit(limit + 1)
    found = list(db.session.execute(query))
    return found[::-1] if forward else found


def count(wanted: Filter, *, by: Actor) -> int:
    """How many there are, counted no further than CAP + 1: beyond that the page says 1000+."""
    steps = reach(by)
    if not steps:
        return 0
    same = or_(*(getattr(Dispute, s.column) == s.value for s in steps))
    inner: Select[Any] = (
        select(literal_column("1")).select_from(Dispute).where(same, *_conditions(wanted))
    )
    return db.session.scalar(select(func.count()).select_from(inner.limit(CAP + 1).subquery())) or 0
