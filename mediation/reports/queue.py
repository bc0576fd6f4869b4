"""What lies before a court: applications with their dates and what was sent back, in one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, unique

from sqlalchemy import ColumnElement, ScalarSelect, func, or_, select
from sqlalchemy.orm import aliased

from mediation.models.agreements import Agreement
from mediation.models.applications import Application, CourtAnswer, CourtService
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.listing import PAGE
from mediation.models.lists import Deadline as StoredDeadline
from mediation.permissions import Actor, reach
from mediation.roles import Role
from mediation.wording import Text
from mediation.workflow.deadlines import Deadline
from mediation.workflow.stages import Stage
from mediation.workflow.words import AnswerKind

S = Stage
_RULED = (S.CONFIRMED, S.CONFIRMATION_REFUSED)


@dataclass(frozen=True, slots=True)
class ShelfRow:
    label: Text
    stages: tuple[Stage, ...]
    oldest_first: bool = False


@unique
class Shelf(Enum):
    """Where an application lies. What waits for the court comes with the oldest first."""

    WAITING = ShelfRow(Text("待收", "To be taken in"), (S.CONFIRMATION_FILED,), oldest_first=True)
    ACCEPTED = ShelfRow(Text("在审", "Under review"), (S.CONFIRMATION_ACCEPTED,), oldest_first=True)
    RETURNED = ShelfRow(
        Text("退回补正中", "Out for correction"), (S.CONFIRMATION_PREPARED,), oldest_first=True
    )
    RULED = ShelfRow(Text("已裁定", "Ruled"), _RULED)
    ALL = ShelfRow(Text("全部", "All"), ())

    @property
    def label(self) -> Text:
        return self.value.label


@dataclass(frozen=True, slots=True)
class QueueRow:
    """`filed_on` is None while it is out for correction; `due_on` the court's next date."""

    application_id: int
    reference: str
    title: str
    number: str | None
    party_names: str
    dispute_type: str
    stage: Stage
    effective_on: date | None
    filed_on: date | None
    court_number: str
    due_on: date | None
    corrections: int
    last_correction: str | None
    unserved: bool


def of_this_court(actor: Actor) -> ColumnElement[bool]:
    """Filed with a court this person serves, and with no other (rule D2)."""
    held = [r.value for r in reach(actor) if r.role is Role.COURT_LIAISON]
    return or_(Dispute.id < 0, *(Dispute.court_id == court for court in held))


def _answers(*conditions: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """Answers on any application of this dispute."""
    given = aliased(Application)
    return [CourtAnswer.application_id == given.id, given.dispute_id == Dispute.id, *conditions]


def _corrections() -> ScalarSelect[int]:
    test = _answers(CourtAnswer.kind == AnswerKind.CORRECTION)
    return select(func.count(CourtAnswer.id)).where(*test).correlate(Dispute).scalar_subquery()


def _last_correction() -> ScalarSelect[str]:
    test = _answers(CourtAnswer.kind == AnswerKind.CORRECTION)
    query = select(CourtAnswer.text).where(*test).order_by(CourtAnswer.id.desc()).limit(1)
    return query.correlate(Dispute).scalar_subquery()


def _due_on() -> ScalarSelect[date]:
    """The court's own next date: to answer, or to rule."""
    own = (Deadline.COURT_ACCEPTANCE.name, Deadline.COURT_RULING.name)
    return (
        select(func.min(StoredDeadline.due_on))
        .where(StoredDeadline.dispute_id == Dispute.id, StoredDeadline.met_on.is_(None))
        .where(StoredDeadline.name.in_(own))
        .correlate(Dispute)
        .scalar_subquery()
    )


def _unserved() -> ColumnElement[bool]:
    """A ruling is there, and nobody has been served yet."""
    served = select(CourtService.id).join(
        CourtAnswer, CourtAnswer.id == CourtService.answer_id
    ).where(CourtAnswer.application_id == Application.id)  # fmt: skip
    return Dispute.stage.in_(_RULED) & ~served.correlate(Application).exists()


def rows(shelf: Shelf, *, by: Actor, after: int | None = None, limit: int = PAGE) -> list[QueueRow]:
    """At most `limit` + 1 rows of a shelf, going on after that application."""
    newest = aliased(Application)
    last = select(func.max(newest.id)).where(newest.dispute_id == Dispute.id)
    query = (
        select(
            Application.id, Dispute.reference, Dispute.title, Dispute.number, Dispute.party_names,
            Dispute.dispute_type, Dispute.stage, Agreement.effective_on, Application.filed_on,
            Application.court_number, _due_on(), _corrections(), _last_correction(), _unserved(),
        )
        .join(Dispute, Dispute.id == Application.dispute_id)
        .join(Agreement, Agreement.id == Application.agreement_id)
        .where(of_this_court(by), Application.court_id == Dispute.court_id)
        .where(Application.id == last.correlate(Dispute).scalar_subquery())
    )  # fmt: skip
    if shelf.value.stages:
        query = query.where(Dispute.stage.in_(shelf.value.stages))
    up = shelf.value.oldest_first
    if after is not None:
        query = query.where(Application.id > after if up else Application.id < after)
    query = query.order_by(Application.id if up else Application.id.desc()).limit(limit + 1)
    return [QueueRow(*row) for row in db.session.execute(query)]


def counts(*, by: Actor) -> dict[Shelf, int]:
    """How many lie on each shelf."""
    query = select(Dispute.stage, func.count()).where(of_this_court(by)).group_by(Dispute.stage)
    stages = dict(db.session.execute(query).tuples().all())
    return {
        shelf: sum(
            n for stage, n in stages.items() if stage in (shelf.value.stages or tuple(Stage))
        )
        for shelf in Shelf
    }
