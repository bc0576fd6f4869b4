"""Whose turn it is: the cases one person has to do something about, the nearest date first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select

from mediation.models.agreements import Agreement, Obligation, Performance
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.permissions import Actor
from mediation.reports.cases import within
from mediation.reports.lists import CaseRow, Order, rows_where
from mediation.workflow.stages import Stage
from mediation.workflow.words import AgreementState

S = Stage
# Where the committee has something to do. With the court, with a body that took it over, and while
# a day of payment is waited for, it has not; the items that are due are asked for on their own.
WITH_COURT = (S.CONFIRMATION_FILED, S.CONFIRMATION_ACCEPTED)
_NOT_OURS = (*WITH_COURT, S.PERFORMING, S.BREACH, S.ARCHIVED)
COMMITTEES_TURN = tuple(s for s in Stage if s not in _NOT_OURS)


def in_hand(actor: Actor) -> ColumnElement[bool]:
    """Theirs, or nobody's yet."""
    return or_(Dispute.mediator_id == actor.account_id, Dispute.mediator_id.is_(None))


def of_committee(actor: Actor, *, limit: int) -> list[CaseRow]:
    """Cases in hand where it is the committee's turn."""
    turn = Dispute.stage.in_(COMMITTEES_TURN)
    return rows_where(in_hand(actor), turn, by=actor, order=Order.DUE, limit=limit)


def untaken(actor: Actor, *, limit: int) -> list[CaseRow]:
    """What this person registered and nobody has taken in hand."""
    waiting = and_(
        Dispute.opened_by_id == actor.account_id,
        Dispute.mediator_id.is_(None),
        Dispute.stage == S.REGISTERED,
    )
    return rows_where(waiting, by=actor, order=Order.DUE, limit=limit)


@dataclass(frozen=True, slots=True)
class DueItem:
    """An obligation whose day is near or past, and that nobody has proved."""

    reference: str
    title: str
    party_names: str
    dispute_type: str
    stage: Stage
    debtor_id: int
    what: str
    amount_fen: int | None
    due_on: date


def due_items(actor: Actor, *, until: date, limit: int) -> list[DueItem]:
    """Items due by that day in cases in hand, the oldest first."""
    proved = exists().where(Performance.obligation_id == Obligation.id, Performance.complete)
    query = (
        select(
            Dispute.reference, Dispute.title, Dispute.party_names, Dispute.dispute_type,
            Dispute.stage, Obligation.debtor_id, Obligation.what, Obligation.amount_fen,
            Obligation.due_on,
        )
        .join(Agreement, Agreement.dispute_id == Dispute.id)
        .join(Obligation, Obligation.agreement_id == Agreement.id)
        .where(within(actor), in_hand(actor), Dispute.stage.in_((S.PERFORMING, S.BREACH)))
        .where(Agreement.state == AgreementState.EFFECTIVE, ~Obligation.lasting)
        .where(Obligation.due_on <= until, ~proved)
        .order_by(Obligation.due_on, Obligation.id)
        .limit(limit)
    )  # fmt: skip
    return [DueItem(*row) for row in db.session.execute(query)]
