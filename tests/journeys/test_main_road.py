"""The whole road, from the counter to the archive, taking only the next step that each page shows."""

from __future__ import annotations

from typing import Any

from mediation.models import papers
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.papers import Paper
from mediation.services.frozen import thaw
from mediation.workflow.stages import Stage
from mediation.workflow.words import PaperState
from tests.counter import filled_in
from tests.journeys.desk import COURT, MEDIATOR, Desk
from tests.journeys.guided import Guided
from tests.site import Site

NUMBER = "（2026）川0999诉前调确12号"
# The papers of a volume that went all the way, in the official order.
VOLUME = {
    "case_slip", "mediation_application", "intake_register", "rights_notice", "persuasion_record",
    "mediation_record", "mediation_agreement", "settlement_letter", "confirmation_application",
    "return_visit_record",
}  # fmt: skip


def registered(site: Site, who: str = MEDIATOR) -> Guided:
    page = site.browser(who).submit("/disputes/register", **filled_in(site))
    return Guided(site, page.url.split("/")[2])


def kinds(guided: Guided) -> set[str]:
    dispute = db.session.query(Dispute).where(Dispute.reference == guided.reference).one()
    found = {p.kind for p in papers.papers_of(dispute.id) if p.state is not PaperState.WITHDRAWN}
    db.session.rollback()
    return found


def test_from_the_counter_to_the_archive(site: Site) -> None:
    """Four phases, a return for correction on the way, both sides served, performed, visited."""
    case, mediator = registered(site), site.browser(MEDIATOR)
    case.until(Stage.SIGNING, mediator)
    assert "records/persuasion" in " ".join(case.steps), "persuasion was offered, and agreed to"
    case.until(Stage.EFFECTIVE, mediator)
    case.until(Stage.CONFIRMATION_FILED, mediator)
    desk = Desk(site, case.reference, {MEDIATOR: mediator})
    assert "现在等别人" in desk.case().words, "it is the court's turn now"
    court = desk.of(COURT)

    def answer(kind: str, **fields: Any) -> None:
        review = court.get(f"/court/{case.reference}")
        court.send(review, to="/answer", kind=kind, **fields)
        site.clock.tick(minutes=5)

    answer("CORRECTION", text="请双方补签送达地址确认书")
    assert "请双方补签送达地址确认书" in desk.case().words
    case.until(Stage.CONFIRMATION_FILED, mediator)
    answer("ACCEPTED", number=NUMBER)
    answer("CONFIRMED", number=NUMBER)
    for party in desk.people():
        review = court.get(f"/court/{case.reference}")
        court.send(review, to="/service", party_id=str(party), way="当面送达")
        site.clock.tick(minutes=5)
    case.until(Stage.PERFORMED, mediator)
    case.until(Stage.CLOSED, mediator)
    case.until(Stage.ARCHIVED, mediator)
    assert desk.row().closed_on == site.clock.clock.today()
    assert kinds(case) >= VOLUME
    told = desk.of(MEDIATOR).get(f"{case.url}/timeline").words
    for words in (
        "受理",
        "劝导了一次",
        "签了字",
        "法院答复了",
        "裁定送达了",
        "履行了一项",
        "回访了一次",
        "归档",
    ):
        assert words in told, words
    _papers_are_drawn_and_checkable(site, desk)


def _papers_are_drawn_and_checkable(site: Site, desk: Desk) -> None:
    """Every paper is there as a file; anybody can check the agreement by its code."""
    site.draw()
    waiting = [p.failure for p in db.session.query(Paper) if p.state is not PaperState.READY]
    db.session.rollback()
    assert waiting == []
    (agreement,) = desk.papers("mediation_agreement")
    assert desk.of(MEDIATOR).raw(f"/papers/{agreement.public_id}/file").data.startswith(b"%PDF")
    stranger = site.browser()
    page = stranger.submit("/verify", code=agreement.check_code)
    assert agreement.number in page.words
    assert thaw(agreement.snapshot).casefile.dispute.title not in page.words
    unknown = stranger.submit("/verify", code="AAAA AAAA AAAA")
    assert agreement.number not in unknown.words
