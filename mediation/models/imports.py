"""Imports as they are looked up: batches, what came of them, and what looks like a case already there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import aliased

from mediation.models.database import db
from mediation.models.disputes import Dispute, within_reach
from mediation.models.history import AuditEntry, Event
from mediation.models.lists import ImportBatch
from mediation.models.places import Committee, Place
from mediation.permissions import Actor

PAGE = 25
# Looking at a whole number or calling somebody leaves no trace in the case's own history.
_CONTACTS = ("call_party", "reveal_identity")


def batch(reference: str, *, lock: bool = False) -> ImportBatch | None:
    query = select(ImportBatch).where(ImportBatch.reference == reference)
    return db.session.scalars(query.with_for_update() if lock else query).one_or_none()


def batches(account_id: int | None, paths: list[str], *, before: int | None) -> list[ImportBatch]:
    """One's own, and those for committees at or below these places; newest first, one more than a page."""
    mine: list[ColumnElement[bool]] = [Place.path.startswith(path) for path in paths]
    query = (
        select(ImportBatch)
        .join(Committee, Committee.id == ImportBatch.committee_id)
        .join(Place, Place.id == Committee.place_id)
        .where(or_(ImportBatch.by_id == account_id, *mine))
        .order_by(ImportBatch.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        query = query.where(ImportBatch.id < before)
    return list(db.session.scalars(query))


def same_file(sha256: str) -> list[ImportBatch]:
    """Imports of exactly these bytes that were not undone, the newest first."""
    query = select(ImportBatch).where(ImportBatch.sha256 == sha256, ImportBatch.undone_at.is_(None))
    return list(db.session.scalars(query.order_by(ImportBatch.id.desc())))


def hold_committee(committee_id: int) -> None:
    """Until this transaction ends, no other import for the same committee goes on."""
    query = select(Committee.id).where(Committee.id == committee_id)
    db.session.execute(query.with_for_update(key_share=True))


@dataclass(frozen=True, slots=True)
class Like:
    """A case with the same names: enough to say which, and whether it is the very same.

    `told` is what its registering says of where it was written before.
    """

    reference: str
    party_names: str
    dispute_type: str
    facts: str
    told: str


def with_names(names: set[str], *, by: Actor) -> list[Like]:
    """Cases within reach that name exactly the same parties."""
    query = (
        within_reach(by)
        .join(Event, and_(Event.dispute_id == Dispute.id, Event.seq == 1))
        .where(Dispute.party_names.in_(names), Dispute.duplicate_of_id.is_(None))
        .order_by(Dispute.id)
    )
    columns = (
        Dispute.reference, Dispute.party_names, Dispute.dispute_type, Dispute.facts, Event.detail
    )  # fmt: skip
    return [Like(*row) for row in db.session.execute(query.with_only_columns(*columns))]


@dataclass(frozen=True, slots=True)
class Came:
    """One case that came with an import, as a list shows it."""

    reference: str
    title: str
    taken_back_at: datetime | None
    worked_on: bool


def _worked_on() -> ColumnElement[bool]:
    """More happened than the registering: another entry of history, a call, a duplicate of it."""
    other = aliased(Dispute)
    repeated = select(other.duplicate_of_id).where(other.duplicate_of_id.is_not(None))
    return or_(
        exists().where(Event.dispute_id == Dispute.id, Event.seq > 1),
        exists().where(AuditEntry.dispute_id == Dispute.id, AuditEntry.act.in_(_CONTACTS)),
        Dispute.id.in_(repeated),
    )


def came(batch_id: int, *, after: int, limit: int) -> list[Came]:
    """The cases of an import in the order of its rows, a page at a time."""
    taken_back = Dispute.taken_back_at.is_not(None)
    query = (
        select(Dispute.reference, Dispute.title, Dispute.taken_back_at, ~taken_back & _worked_on())
        .where(Dispute.import_id == batch_id)
        .order_by(Dispute.id)
        .offset(after)
        .limit(limit)
    )
    return [Came(*row) for row in db.session.execute(query)]


def count_taken_back(batch_id: int) -> int:
    query = select(func.count(Dispute.id)).where(
        Dispute.import_id == batch_id, Dispute.taken_back_at.is_not(None)
    )
    return db.session.scalar(query) or 0


def count_worked_on(batch_id: int) -> int:
    query = select(func.count(Dispute.id)).where(
        Dispute.import_id == batch_id, Dispute.taken_back_at.is_(None), _worked_on()
    )
    return db.session.scalar(query) or 0


def to_take_back(batch_id: int, limit: int) -> list[Dispute]:
    """The next cases nobody has worked on, locked. What happened meanwhile is seen once they are."""
    free = (Dispute.import_id == batch_id, Dispute.taken_back_at.is_(None), ~_worked_on())
    query = select(Dispute).where(*free).order_by(Dispute.id.desc()).limit(limit)
    ids = [row.id for row in db.session.scalars(query.with_for_update(of=Dispute))]
    return list(db.session.scalars(select(Dispute).where(Dispute.id.in_(ids), *free)))
