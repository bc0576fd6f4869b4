"""Registering as people do at the counter, for tests that need one ordinary case."""

from __future__ import annotations

from typing import Any

from mediation.services.disputes import Registration
from mediation.services.disputes import register as register_dispute
from mediation.services.parties import PartyAnswers
from mediation.workflow.words import Side
from tests.site import Site

PHONE, OTHER_PHONE = "13900000101", "13900000102"
ANSWERS: dict[str, Any] = {
    "title": "晒谷坪边的排水沟",
    "dispute_type": "neighbours",
    "facts": "下雨天水从上面的坪流进下面的院子，两家争了一个月。",
    "claims": "请对方把沟改到路边。",
}


def register(site: Site, who: str = "zhouguilan", *, place: str = "柳溪村", **changed: Any) -> str:
    """One case with two sides; returns its reference."""
    parties = (
        PartyAnswers(name="陈水根", side=Side.APPLICANT, phone=PHONE, age=61),
        PartyAnswers(name="罗大年", side=Side.RESPONDENT, phone=OTHER_PHONE, age=58),
    )
    answers = {**ANSWERS, "place_id": site.county.places[place], "parties": parties, **changed}
    return register_dispute(Registration(**answers), by=site.hand(who)).reference


def filled_in(site: Site, place: str = "柳溪村", **changed: str) -> dict[str, Any]:
    """The registration page as people fill it in."""
    return {
        "everyday_kind": "neighbours",
        "facts": "下雨天水从上面的坪流进下面的院子，两家争了一个月。",
        "applicant_name": "陈水根",
        "applicant_phone": PHONE,
        "respondent_name": "罗大年",
        "place_id": str(site.county.places[place]),
        "channel": "COUNTER",
    } | changed
