"""Recording an inquiry 调查: who was asked, and their answers; its paper is issued with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation.models.database import db
from mediation.models.inquiries import Inquiry, InquiryLine
from mediation.services import papers
from mediation.services.acts import Hand, act, past_day
from mediation.workflow.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryAnswers:
    """`lines` are (mark, speaker, words) in the order spoken; the mark is 问, 答 or empty."""

    asked: str
    spot: str
    lines: tuple[tuple[str, str, str], ...]
    tie: str = ""
    phone: str = ""
    held_on: date | None = None
    begins: str = ""
    ends: str = ""
    present: str = ""
    investigators: str = ""
    recorder: str = ""


def record_inquiry(reference: str, answers: InquiryAnswers, *, by: Hand) -> None:
    with act(reference, by=by) as case:
        day = past_day("held_on", answers.held_on, by=by)
        db.session.add(_inquiry(case.dispute.id, answers, day, by))
        db.session.flush()
        case.log(Record.INQUIRY.name, on=day, note=answers.asked, detail=answers.spot)
        papers.issue_recorded(case.dispute, Record.INQUIRY, by, day)


def _inquiry(dispute_id: int, answers: InquiryAnswers, day: date, by: Hand) -> Inquiry:
    return Inquiry(
        dispute_id=dispute_id,
        held_on=day,
        begins=answers.begins,
        ends=answers.ends,
        spot=answers.spot,
        present=answers.present,
        asked=answers.asked,
        tie=answers.tie,
        phone=answers.phone or None,
        investigators=answers.investigators or by.name,
        recorder=answers.recorder or by.name,
        recorded_by=by.name,
        recorded_at=by.now,
        lines=[InquiryLine(mark=mark, speaker=who, text=said) for mark, who, said in answers.lines],
    )
