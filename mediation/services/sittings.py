"""Recording a mediation session and its minutes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mediation.errors import Invalid
from mediation.models.database import db
from mediation.models.sittings import MinuteLine, Sitting
from mediation.services.acts import Hand, act, past_day
from mediation.wording import Text
from mediation.workflow.records import Record
from mediation.workflow.words import SittingResult


@dataclass(frozen=True, slots=True, kw_only=True)
class SittingAnswers:
    """`lines` are (speaker, words) in the order spoken; `invited` only people the committee invited."""

    spot: str
    result: SittingResult
    held_on: date | None = None
    begins: str = ""
    ends: str = ""
    present: str = ""
    invited: str = ""
    recorder: str = ""
    open_session: bool = False
    rights_told: bool = False
    read_back: bool = False
    outcome: str = ""
    lines: tuple[tuple[str, str], ...] = field(default=())


def record_sitting(reference: str, answers: SittingAnswers, *, by: Hand) -> None:
    with act(reference, by=by) as case:
        day = past_day("held_on", answers.held_on, by=by, not_before=case.dispute.registered_on)
        if not answers.lines and not answers.outcome:
            raise Invalid("lines", Text("写几句谈了什么。", "Write a few lines of what was said."))
        db.session.add(_sitting(case.dispute.id, answers, day, by))
        case.log(Record.SITTING.name, on=day, note=answers.spot, detail=answers.result.value.zh)


def _sitting(dispute_id: int, answers: SittingAnswers, day: date, by: Hand) -> Sitting:
    return Sitting(
        dispute_id=dispute_id,
        held_on=day,
        begins=answers.begins,
        ends=answers.ends,
        spot=answers.spot,
        present=answers.present,
        invited=answers.invited,
        recorder=answers.recorder or by.name,
        open_session=answers.open_session,
        rights_told=answers.rights_told,
        read_back=answers.read_back,
        result=answers.result,
        outcome=answers.outcome,
        recorded_by=by.name,
        recorded_at=by.now,
        lines=[MinuteLine(speaker=who, text=words) for who, words in answers.lines],
    )
