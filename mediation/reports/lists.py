"""The rows of a list of cases, and how many there are: one query each, keyset paging, capped counts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from sqlalchemy import ColumnElement, Select, func, select

from mediation.models.accounts import Account
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.history import Event
from mediation.models.listing import PAGE
from mediation.models.lists import Deadline as StoredDeadline
from mediation.models.parties import Consent, Party
from mediation.permissions import Actor
from mediation.reports.cases import Asked, CaseList, is_duty, within
from mediation.workflow.stages import Stage
from mediation.workflow.words import Answer, Question


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case of a list. `mediator` is empty while nobody has it; `touched_at` its newest entry."""

    id: int
    reference: str
    number: str | None
    title: str
    party_names: str
    dispute_type: str
    stage: Stage
    registered_on: date
    next_due_on: date | None
    touched_at: datetime
    committee_id: int
    mediator: str | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """`older` is the keyset of the next page, None on the last."""

    rows: tuple[CaseRow, ...]
    older: int | None


class Order(Enum):
    NEWEST = "newest"
    DUE = "due"
    SILENT = "silent"


_ORDERS = {
    Order.NEWEST: (Dispute.id.desc(),),
    Order.DUE: (Dispute.next_due_on.is_(None), Dispute.next_due_on, Dispute.id),
    Order.SILENT: (Dispute.touched_at, Dispute.id),
}
_COLUMNS = (
    Dispute.id, Dispute.reference, Dispute.number, Dispute.title, Dispute.party_names,
    Dispute.dispute_type, Dispute.stage, Dispute.registered_on, Dispute.next_due_on,
    Dispute.touched_at, Dispute.committee_id, Account.name,
)  # fmt: skip


def _select(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    query: Select[tuple[object, ...]] = select(*_COLUMNS)
    return query.outerjoin(Account, Account.id == Dispute.mediator_id).where(*conditions)


def rows_where(
    *conditions: ColumnElement[bool], by: Actor, order: Order, limit: int
) -> list[CaseRow]:
    query = _select(within(by), *conditions).order_by(*_ORDERS[order]).limit(limit)
    return [CaseRow(*row) for row in db.session.execute(query)]


def rows(
    wanted: CaseList, asked: Asked, *, by: Actor, order: Order = Order.NEWEST, limit: int
) -> list[CaseRow]:
    return rows_where(wanted.value.holds(asked), by=by, order=order, limit=limit)


def page(wanted: CaseList, asked: Asked, *, by: Actor, after: int | None = None) -> CasePage:
    """One page, newest first, going on after the case with that id."""
    return page_where(wanted.value.holds(asked), by=by, after=after)


def page_where(*conditions: ColumnElement[bool], by: Actor, after: int | None = None) -> CasePage:
    if after is not None:
        conditions = (*conditions, Dispute.id < after)
    found = rows_where(*conditions, by=by, order=Order.NEWEST, limit=PAGE + 1)
    shown = found[:PAGE]
    return CasePage(tuple(shown), shown[-1].id if len(found) > PAGE else None)


def count(wanted: CaseList, asked: Asked, *, by: Actor) -> int:
    """Exactly how many: a figure says what its list holds."""
    return count_where(wanted.value.holds(asked), by=by)


def count_where(*conditions: ColumnElement[bool], by: Actor) -> int:
    query = select(func.count()).select_from(Dispute).where(within(by), *conditions)
    return db.session.scalar(query) or 0


@dataclass(frozen=True, slots=True)
class Denial:
    """What one party answered to “is this matter as written?”, and when."""

    party: str
    answer: Answer
    given_on: date


def denials(dispute_ids: list[int]) -> dict[int, list[Denial]]:
    """The parties' own words for the few cases shown, the newest answer of each party."""
    newest = (
        select(func.max(Consent.id))
        .where(Consent.dispute_id.in_(dispute_ids), Consent.question == Question.TRUE)
        .group_by(Consent.party_id)
    )
    query = (
        select(Consent.dispute_id, Party.name, Consent.answer, Consent.given_on)
        .join(Party, Party.id == Consent.party_id)
        .where(Consent.id.in_(newest), Consent.answer.in_((Answer.NOT_SO, Answer.NOT_ME)))
        .order_by(Consent.id)
    )
    found: dict[int, list[Denial]] = {}
    for dispute_id, *rest in db.session.execute(query):
        found.setdefault(dispute_id, []).append(Denial(*rest))
    return found


def late_dates(dispute_ids: list[int], today: date) -> dict[int, tuple[str, date]]:
    """The duty that has been overdue longest in each of these cases: its name and its last day."""
    query = (
        select(StoredDeadline.dispute_id, StoredDeadline.name, StoredDeadline.due_on)
        .join(Dispute, Dispute.id == StoredDeadline.dispute_id)
        .where(StoredDeadline.dispute_id.in_(dispute_ids), StoredDeadline.met_on.is_(None))
        .where(StoredDeadline.due_on < today, is_duty())
        .order_by(StoredDeadline.due_on.desc(), StoredDeadline.id.desc())
    )
    return {number: (name, due_on) for number, name, due_on in db.session.execute(query)}


def last_moves(dispute_ids: list[int]) -> dict[int, str]:
    """The newest move of each of these cases, to say why it lies here."""
    newest = (
        select(Event.dispute_id, func.max(Event.seq).label("seq"))
        .where(Event.dispute_id.in_(dispute_ids), Event.to_stage.is_not(None))
        .group_by(Event.dispute_id)
        .subquery()
    )
    query = select(Event.dispute_id, Event.act).join(
        newest, (newest.c.dispute_id == Event.dispute_id) & (newest.c.seq == Event.seq)
    )
    return dict(db.session.execute(query).tuples().all())
