"""Recording a return visit 回访."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.models.database import db
from mediation.models.visits import Visit
from mediation.services.acts import Hand, act, past_day
from mediation.services.parties import party_of
from mediation.workflow.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitAnswers:
    """What was found, and the party's own three answers (empty where not asked)."""

    findings: str
    party_id: int | None = None
    visited_on: date | None = None
    way: str = ""
    reason: str = ""
    performed: str = ""
    heard: str = ""
    respected: str = ""


def record_visit(reference: str, answers: VisitAnswers, *, by: Hand) -> None:
    with act(reference, by=by) as case:
        if answers.party_id is not None:
            party_of(case, answers.party_id)
        day = past_day("visited_on", answers.visited_on, by=by)
        db.session.add(
            Visit(
                dispute_id=case.dispute.id,
                party_id=answers.party_id,
                visited_on=day,
                way=answers.way,
                reason=answers.reason,
                findings=answers.findings,
                performed=answers.performed,
                heard=answers.heard,
                respected=answers.respected,
                visitor=by.name,
                recorded_by=by.name,
                recorded_at=by.now,
            )
        )
        case.log(Record.VISIT.name, on=day, note=answers.findings[:120])
