"""Legal dates of a dispute: stored when the fact that starts them is recorded, met when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from mediation.models import lists
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.services.acts import Hand
from mediation.services.volumes import Volume, open_volume
from mediation.workflow import dispute_types
from mediation.workflow.calendar import Due
from mediation.workflow.deadlines import Deadline
from mediation.workflow.stages import Stage

S = Stage
_TALKING = (S.ACCEPTED, S.PERSUADING, S.MEDIATING, S.ESCALATED, S.DRAFTING, S.SIGNING)
_MAY_STILL_APPLY = (
    S.EFFECTIVE, S.ORALLY_AGREED, S.DONE_ON_SPOT, S.PERFORMING, S.BREACH, S.CONFIRMATION_PREPARED,
    S.CONFIRMATION_WITHDRAWN, S.CONFIRMATION_NOT_ACCEPTED,
)  # fmt: skip
# In which stages a running date still matters; outside of them it has been met.
_RUNS_IN: dict[Deadline, tuple[Stage, ...]] = {
    Deadline.ACCEPTANCE_DECISION: (S.REGISTERED,),
    Deadline.PERSUASION: (S.PERSUADING,),
    Deadline.MEDIATION: _TALKING,
    Deadline.LABOUR_MEDIATION: _TALKING,
    Deadline.MEDICAL_MEDIATION: _TALKING,
    Deadline.COURT_INVITED_MEDIATION: _TALKING,
    Deadline.CONFIRMATION: _MAY_STILL_APPLY,
    Deadline.COURT_ACCEPTANCE: (S.CONFIRMATION_FILED,),
    Deadline.COURT_RULING_TARGET: (S.CONFIRMATION_ACCEPTED,),
    Deadline.COURT_RULING: (S.CONFIRMATION_ACCEPTED,),
    Deadline.OBJECTION: (S.CONFIRMED, S.CONFIRMATION_REFUSED, S.PERFORMING),
    Deadline.ENFORCEMENT: (S.PERFORMING, S.BREACH),
    Deadline.LIMITATION: tuple(s for s in Stage if not s.final),
    Deadline.LABOUR_LIMITATION: tuple(s for s in Stage if not s.final),
    Deadline.REOPENING: (S.CLOSED,),
    Deadline.ARCHIVING: (S.CLOSED,),
}


def started(volume: Volume) -> Iterator[tuple[Deadline, date]]:
    """Every period that has begun in this dispute, with the day of the fact that began it."""
    dispute, agreement, application = volume.dispute, volume.agreement, volume.application
    kind = dispute_types.dispute_type(dispute.dispute_type)
    yield Deadline.ACCEPTANCE_DECISION, dispute.registered_on
    if dispute.accepted_on:
        yield from _talk_clocks(volume)
    if persuasions := [e.happened_on for e in volume.events if e.act == "BEGIN_PERSUASION"]:
        yield Deadline.PERSUASION, persuasions[-1]
    if agreement is not None and agreement.effective_on:
        yield Deadline.CONFIRMATION, agreement.effective_on
    if application is not None:
        yield from _court_clocks(volume)
    if dispute.harm_known_on:
        labour = kind.clock is Deadline.LABOUR_MEDIATION
        yield (Deadline.LABOUR_LIMITATION if labour else Deadline.LIMITATION), dispute.harm_known_on
    if dispute.closed_on:
        yield Deadline.REOPENING, dispute.closed_on
        yield Deadline.ARCHIVING, dispute.closed_on


def _talk_clocks(volume: Volume) -> Iterator[tuple[Deadline, date]]:
    """One clock for the talks: the type's own, the court's, or about one month (8.2)."""
    dispute = volume.dispute
    assert dispute.accepted_on is not None
    kind = dispute_types.dispute_type(dispute.dispute_type)
    if kind.clock is Deadline.LABOUR_MEDIATION:
        yield kind.clock, dispute.registered_on
    elif kind.clock is not None:
        yield kind.clock, extended_from(volume) or dispute.accepted_on
    elif dispute.court_invited:
        yield Deadline.COURT_INVITED_MEDIATION, extended_from(volume) or dispute.accepted_on
    else:
        yield Deadline.MEDIATION, extended_from(volume) or dispute.accepted_on


def extended_from(volume: Volume) -> date | None:
    """An extension both agreed to starts the period once more from the day it was recorded."""
    extensions = [e.happened_on for e in volume.events if e.act == "EXTEND"]
    return extensions[-1] if extensions else None


def _court_clocks(volume: Volume) -> Iterator[tuple[Deadline, date]]:
    application = volume.application
    assert application is not None
    if application.filed_on:
        yield Deadline.COURT_ACCEPTANCE, application.filed_on
    if application.accepted_on:
        yield Deadline.COURT_RULING_TARGET, application.accepted_on
        yield Deadline.COURT_RULING, application.accepted_on
    served = [s.served_on for a in application.answers for s in a.services]
    if served:
        yield Deadline.OBJECTION, max(served)
    ends = _performance_ends(volume)
    if ends and any(a.kind.name == "CONFIRMED" for a in application.answers):
        yield Deadline.ENFORCEMENT, ends


def _performance_ends(volume: Volume) -> date | None:
    """The last day of the last instalment (CPL 250); without any day, when it took effect."""
    if volume.agreement is None:
        return None
    days = [o.due_on for o in volume.agreement.obligations if o.due_on]
    return max(days) if days else volume.agreement.effective_on


def due_on(volume: Volume, deadline: Deadline) -> date | None:
    """When the period ends, as counted today; None when it has not begun."""
    for found, start_on in started(volume):
        if found is deadline:
            return found.due(start_on, volume.workdays).on
    return None


def mediation_due(volume: Volume) -> date | None:
    """The last day for the talks, whichever clock runs."""
    if volume.dispute.accepted_on is None:
        return None
    deadline, start_on = next(_talk_clocks(volume))
    return deadline.due(start_on, volume.workdays).on


def refresh(dispute: Dispute, by: Hand) -> None:
    """Bring the stored dates in line with the facts; called inside every act that may start one."""
    db.session.flush()
    volume = open_volume(dispute, by.today)
    stored = {(d.name, d.start_on): d for d in volume.deadlines}
    running = dict.fromkeys(started(volume))
    for deadline, start_on in running:
        due = deadline.due(start_on, volume.workdays)
        row = stored.get((deadline.name, start_on))
        if row is not None:
            _recount(row, due)
        else:
            row = lists.Deadline(
                dispute_id=dispute.id, name=deadline.name, start_on=start_on,
                due_on=due.on, provisional=due.provisional,
            )  # fmt: skip
            db.session.add(row)
            stored[(deadline.name, start_on)] = row
    begun = {(d.name, on) for d, on in running}
    for key, row in stored.items():
        runs = key in begun and not _kept(volume, row)
        _mark(row, dispute.stage, runs=runs, today=by.today)
    dispute.next_due_on = _earliest(list(stored.values()))


def _recount(row: lists.Deadline, due: Due) -> None:
    """A date that still runs follows the workday table; one that was met stays as it was."""
    if row.met_on is None:
        row.due_on, row.provisional = due.on, due.provisional


def _kept(volume: Volume, row: lists.Deadline) -> bool:
    """The thirty days were kept by the first filing; a return for correction does not start them."""
    application = volume.application
    filed = application is not None and application.open and volume.first_filed_on is not None
    return filed and row.name == Deadline.CONFIRMATION.name


def _mark(row: lists.Deadline, stage: Stage, *, runs: bool, today: date) -> None:
    still = runs and stage in _RUNS_IN.get(Deadline[row.name], ())
    row.met_on = None if still else (row.met_on or today)


def _earliest(rows: list[lists.Deadline]) -> date | None:
    """The next date the law itself sets, or that the parties wait for; reminders do not count."""
    open_ = [r.due_on for r in rows if r.met_on is None and r.name not in _ONLY_SHOWN]
    return min(open_, default=None)


_ONLY_SHOWN = {
    Deadline.REOPENING.name, Deadline.LIMITATION.name, Deadline.LABOUR_LIMITATION.name,
    Deadline.ENFORCEMENT.name, Deadline.OBJECTION.name,
}  # fmt: skip
