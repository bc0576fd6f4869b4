"""Papers that wait for the press, and those it could not draw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, or_, select

from mediation.models.database import db
from mediation.models.disputes import Dispute, within_reach
from mediation.models.papers import Paper
from mediation.models.places import Committee, Place
from mediation.permissions import Actor
from mediation.workflow.words import PaperState


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One paper that has no file. `reference` and `title` are empty for a covenant's."""

    public_id: str
    kind: str
    language: str
    number: str
    issued_at: datetime
    failure: str
    reference: str
    title: str


def _within(actor: Actor | None) -> list[ColumnElement[bool]]:
    """Papers of cases a person sees, and of covenants under their posts; None is the site itself."""
    if actor is None:
        return []
    cases = within_reach(actor).with_only_columns(Dispute.id)
    below = [Place.path.startswith(post.place_path) for post in actor.posts]
    committees = select(Committee.id).join(Place, Place.id == Committee.place_id)
    own = Paper.committee_id.in_(committees.where(or_(*below))) if below else Paper.id < 0
    return [or_(Paper.dispute_id.in_(cases), Paper.dispute_id.is_(None) & own)]


def queued(state: PaperState, actor: Actor, *, troubled: bool, limit: int) -> list[Queued]:
    """The oldest first; `troubled` leaves out those that simply wait their turn."""
    query = (
        select(Paper, Dispute.reference, Dispute.title)
        .outerjoin(Dispute, Dispute.id == Paper.dispute_id)
        .where(Paper.state == state, Paper.sha256 == "", *_within(actor))
        .order_by(Paper.id)
        .limit(limit)
    )
    if troubled:
        query = query.where(Paper.failure != "")
    return [
        Queued(
            public_id=p.public_id, kind=p.kind, language=p.language, number=p.number,
            issued_at=p.issued_at, failure=p.failure, reference=reference or "", title=title or "",
        )
        for p, reference, title in db.session.execute(query)
    ]  # fmt: skip


def count(state: PaperState, actor: Actor | None) -> tuple[int, datetime | None]:
    """How many, and since when the oldest."""
    query = select(func.count(Paper.id), func.min(Paper.issued_at))
    query = query.where(Paper.state == state, Paper.sha256 == "", *_within(actor))
    number, since = db.session.execute(query).one()
    return number, since


def failed(actor: Actor | None) -> list[Paper]:
    """Every paper that could not be drawn, to be put in line again."""
    query: Select[tuple[Paper]] = select(Paper).where(
        Paper.state == PaperState.FAILED, Paper.sha256 == "", *_within(actor)
    )
    return list(db.session.scalars(query.order_by(Paper.id)))
