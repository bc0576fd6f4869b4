"""The court, and the end of a case."""

from __future__ import annotations

from mediation.seeds.doings.asking import Act
from mediation.seeds.walk import Walker
from mediation.services import (
    applications,
    papers,
    visits,
)
from mediation.workflow.words import (
    AnswerKind,
    Competence,
)


def choose_court(w: Walker) -> None:
    choice = applications.CourtChoice(court_id=w.county.court_id, competence=Competence.COMMITTEE)
    applications.choose_court(w.reference, choice, by=w.keeper())


def file(w: Walker) -> None:
    applications.record_filing(
        w.reference, applications.Filing(way="双方一起当面交"), by=w.keeper()
    )


def answering(kind: AnswerKind, ground: str = "", text: str = "") -> Act:
    """The court's answer is its move as well."""

    def act(w: Walker) -> None:
        answers = applications.CourtAnswerAnswers(
            kind=kind, ground=ground, text=text,
            number="" if kind in (AnswerKind.CORRECTION, AnswerKind.WITHDRAWN) else _court_number(w),
        )  # fmt: skip
        applications.record_court_answer(w.reference, answers, by=w.court())

    return act


def _court_number(w: Walker) -> str:
    volume = w.volume()
    return f"（{volume.today.year}）临溪样张民特{volume.dispute.id}号"


def serve(w: Walker) -> None:
    for party in w.volume().disputants:
        answers = applications.ServiceAnswers(party_id=party.id, way="当面送达")
        applications.record_service(w.reference, answers, by=w.court())


def visit(w: Walker) -> None:
    performed = w.volume().agreement is not None
    answers = visits.VisitAnswers(
        party_id=w.volume().disputants[0].id, way="上门",
        reason="了解协议履行情况" if performed else "了解纠纷后来的情况",
        findings=w.story.reasons.get("VISIT", "上门看过，双方没有再吵。"),
        performed="yes" if performed else "", heard="yes", respected="yes",
    )  # fmt: skip
    visits.record_visit(w.reference, answers, by=w.keeper())


def complete_papers(w: Walker) -> None:
    papers.issue_missing(w.reference, by=w.keeper())
