"""What a court liaison officer sees: the shelf of applications, and one of them laid open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mediation.errors import NotFound
from mediation.models.listing import PAGE
from mediation.permissions import Permission, may
from mediation.reports import queue
from mediation.reports.queue import QueueRow, Shelf
from mediation.roles import Role
from mediation.services import applications
from mediation.services.acts import Hand, reach_of
from mediation.services.findings import Finding, findings_of
from mediation.services.volumes import Volume, open_volume
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.deadlines import Deadline
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import leaving
from mediation.workflow.words import AnswerKind, Question

if TYPE_CHECKING:
    from mediation.models.agreements import Agreement, Obligation, Signature
    from mediation.models.applications import Application, CourtAnswer, CourtService
    from mediation.models.parties import Consent, Party

# What both must have said for themselves before a court looks at it (INT 358(4)).
_VOLUNTARY = (Question.TRUE, Question.MEDIATION, Question.CONFIRMATION)


@dataclass(frozen=True, slots=True)
class QueueLine:
    """One application. Days count from the day the agreement took effect; that day is day 0."""

    row: QueueRow
    type_label: Text
    day_filed: int | None
    days_since_effect: int | None
    days_left: int | None

    @property
    def due_is_law(self) -> bool:
        """Three days to answer are a court's custom; thirty to rule are the law's."""
        return self.row.stage is Stage.CONFIRMATION_ACCEPTED


@dataclass(frozen=True, slots=True)
class QueuePage:
    shelf: Shelf
    lines: tuple[QueueLine, ...]
    counts: dict[Shelf, int]
    older: int | None


def page(shelf: Shelf, *, by: Hand, after: int | None = None) -> QueuePage:
    """One page of a shelf; what waits comes with the oldest first."""
    found = queue.rows(shelf, by=by.actor, after=after)
    shown = found[:PAGE]
    more = len(found) > PAGE
    lines = tuple(_line(row, by.today) for row in shown)
    return QueuePage(
        shelf, lines, queue.counts(by=by.actor), shown[-1].application_id if more else None
    )


def _line(row: QueueRow, today: date) -> QueueLine:
    effective = row.effective_on
    return QueueLine(
        row=row,
        type_label=dispute_types.dispute_type(row.dispute_type).label,
        day_filed=(row.filed_on - effective).days if row.filed_on and effective else None,
        days_since_effect=(today - effective).days if effective else None,
        days_left=(row.due_on - today).days if row.due_on else None,
    )


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """One party: what they answered themselves, how, to whom; how they signed; when served."""

    party: Party
    answers: tuple[tuple[Question, Consent | None], ...]
    signature: Signature | None
    served: CourtService | None


@dataclass(frozen=True, slots=True)
class CourtDates:
    """The points of the clock. Dates of periods that have not begun are None."""

    effective_on: date
    apply_by: date | None
    filed_on: date | None
    day_filed: int | None
    answer_by: date | None
    accepted_on: date | None
    target_on: date | None
    rule_by: date | None
    ruled_on: date | None


@dataclass(frozen=True, slots=True)
class Review:
    """Everything the review page shows; templates run no query and decide nothing."""

    volume: Volume
    application: Application
    agreement: Agreement
    dates: CourtDates
    parties: tuple[PartyRecord, ...]
    findings: tuple[Finding, ...]
    in_order: int
    kinds: tuple[AnswerKind, ...]
    may_serve: bool

    @property
    def ruling(self) -> CourtAnswer | None:
        """The answer that ends it, once there is one."""
        return next((a for a in reversed(self.application.answers) if a.kind in _RULINGS), None)

    @property
    def obligations(self) -> list[Obligation]:
        return self.agreement.obligations

    @property
    def total_fen(self) -> int:
        return sum(o.amount_fen or 0 for o in self.agreement.obligations)


_RULINGS = (AnswerKind.CONFIRMED, AnswerKind.REFUSED, AnswerKind.NOT_ACCEPTED)


def review(reference: str, *, by: Hand) -> Review:
    """One application laid open. Raises NotFound unless it was filed with this officer's court."""
    dispute = reach_of(by, reference)
    courts = {p.court_id for p in by.actor.posts if p.role is Role.COURT_LIAISON}
    volume = open_volume(dispute, by.today)
    application = volume.application
    if application is None or dispute.court_id not in courts:
        raise NotFound
    agreement = next(a for a in volume.agreements if a.id == application.agreement_id)
    found, in_order = findings_of(volume, agreement, application)
    return Review(
        volume=volume,
        application=application,
        agreement=agreement,
        dates=_dates(volume, application, agreement),
        parties=tuple(_party(volume, application, agreement, p) for p in volume.disputants),
        findings=found,
        in_order=in_order,
        kinds=_open_kinds(volume, by),
        may_serve=any(a.kind in _RULINGS for a in application.answers),
    )


def _open_kinds(volume: Volume, by: Hand) -> tuple[AnswerKind, ...]:
    """The answers that a court can give at this stage, in the order of the list."""
    dispute = volume.dispute
    if not may(by.actor, Permission.ANSWER_AS_COURT, dispute).allowed:
        return ()
    moves = leaving(dispute.stage)
    return tuple(k for k in AnswerKind if applications.move_of_answer(k) in moves)


def _party(
    volume: Volume, application: Application, agreement: Agreement, party: Party
) -> PartyRecord:
    answers = tuple((q, volume.answer(party, q)) for q in _VOLUNTARY)
    signed = [
        s for s in agreement.signatures if s.party_id == party.id and s.digest == agreement.digest
    ]
    served = [s for a in application.answers for s in a.services if s.party_id == party.id]
    return PartyRecord(
        party, answers, signed[-1] if signed else None, served[-1] if served else None
    )


def _dates(volume: Volume, application: Application, agreement: Agreement) -> CourtDates:
    effective = agreement.effective_on
    assert effective is not None, "nothing is filed before the agreement is in effect"
    ruled = [a.answered_on for a in application.answers if a.kind in _RULINGS]
    filed, accepted = application.filed_on, application.accepted_on
    return CourtDates(
        effective_on=effective,
        apply_by=_due(volume, Deadline.CONFIRMATION, effective),
        filed_on=filed,
        day_filed=(filed - effective).days if filed else None,
        answer_by=_due(volume, Deadline.COURT_ACCEPTANCE, filed),
        accepted_on=accepted,
        target_on=_due(volume, Deadline.COURT_RULING_TARGET, accepted),
        rule_by=_due(volume, Deadline.COURT_RULING, accepted),
        ruled_on=ruled[-1] if ruled else None,
    )


def _due(volume: Volume, deadline: Deadline, start_on: date | None) -> date | None:
    return deadline.due(start_on, volume.workdays).on if start_on else None
