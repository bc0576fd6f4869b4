"""Recording a persuasion 劝导."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.models.database import db
from mediation.models.persuasions import Persuasion
from mediation.services.acts import Hand, act, past_day
from mediation.workflow.records import Record
from mediation.workflow.words import PersuasionResult, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class PersuasionAnswers:
    """Who spoke, the tie to the party, the theme, what came of it; `said` short, in own words."""

    persuader: str
    theme: Theme
    result: PersuasionResult
    tie: str = ""
    spot: str = ""
    clause: str = ""
    said: str = ""
    promise: str = ""
    held_on: date | None = None
    next_on: date | None = None


def record_persuasion(reference: str, answers: PersuasionAnswers, *, by: Hand) -> None:
    with act(reference, by=by) as case:
        day = past_day("held_on", answers.held_on, by=by, not_before=case.dispute.registered_on)
        db.session.add(
            Persuasion(
                dispute_id=case.dispute.id,
                held_on=day,
                persuader=answers.persuader,
                tie=answers.tie,
                spot=answers.spot,
                theme=answers.theme,
                clause=answers.clause,
                said=answers.said,
                promise=answers.promise,
                result=answers.result,
                next_on=answers.next_on,
                recorded_by=by.name,
                recorded_at=by.now,
            )
        )
        case.log(
            Record.PERSUASION.name, on=day, note=answers.persuader, detail=answers.result.value.zh
        )
