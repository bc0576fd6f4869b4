"""Performing, letting a day pass, agreeing a new one."""

from __future__ import annotations

from datetime import date, timedelta

from mediation.models.agreements import Obligation
from mediation.seeds.doings.asking import note
from mediation.seeds.walk import Stuck, Walker
from mediation.services import (
    performances,
)
from mediation.services.facts import due_date, overdue, proved
from mediation.workflow.stages import Stage
from mediation.workflow.words import (
    NoteKind,
)


def perform(w: Walker) -> None:
    """Each item on its day, or today where the day has come; a receipt proves it."""
    for number in [o.id for o in _open_items(w)]:
        volume = w.volume()
        assert volume.agreement is not None
        item = next(o for o in volume.agreement.obligations if o.id == number)
        due = due_date(volume, item)
        if (
            due
            and due > volume.today
            and volume.dispute.stage not in (Stage.PERSUADING, Stage.MEDIATING)
        ):
            w.moving.tick(days=(due - volume.today).days)
        paid = sum(p.amount_fen or 0 for p in item.performances)
        answers = performances.PerformanceAnswers(
            obligation_id=item.id,
            amount_fen=item.amount_fen - paid if item.amount_fen is not None else None,
            proof="收条一张" if item.amount_fen is not None else "调解员到场看过",
        )
        performances.record_performance(w.reference, answers, by=w.keeper())
        w.moving.tick(minutes=2)


def _open_items(w: Walker) -> list[Obligation]:
    agreement = w.volume().agreement
    rows = [o for o in (agreement.obligations if agreement else []) if not proved(o)]
    return sorted(rows, key=lambda o: o.due_on or date.max)


def let_it_pass(w: Walker) -> None:
    """The day comes and goes."""
    days = [o.due_on for o in _open_items(w) if o.due_on]
    if not days:
        raise Stuck("nothing in the terms has a day")
    w.moving.tick(days=max((min(days) - w.moving.clock.today()).days, 0) + 2)


def new_date(w: Walker) -> None:
    volume = w.volume()
    for item in volume.agreement.obligations if volume.agreement else []:
        if overdue(volume, item):
            day = volume.today + timedelta(days=15)
            note(
                w,
                NoteKind.NEW_DATE,
                target_id=item.id,
                choice=day.isoformat(),
                text="双方当面说好。",
            )


def pay_part(w: Walker) -> None:
    """The first item is paid, the rest is still to come."""
    item = _open_items(w)[0]
    answers = performances.PerformanceAnswers(
        obligation_id=item.id, amount_fen=item.amount_fen, proof="转账记录一张"
    )
    performances.record_performance(w.reference, answers, by=w.keeper())
