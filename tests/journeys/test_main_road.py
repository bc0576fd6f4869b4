"""From the counter to the court's confirmation, taking only the next step that each page shows."""

from __future__ import annotations

from mediation.models import papers
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.papers import Paper, PaperState
from mediation.workflow.stages import Stage
from tests.counter import filled_in
from tests.journeys.guided import Guided
from tests.site import Site


def registered(site: Site, who: str = "zhouguilan") -> Guided:
    page = site.browser(who).submit("/disputes/register", **filled_in(site))
    return Guided(site, page.url.split("/")[2])


def kinds(guided: Guided) -> set[str]:
    dispute = db.session.query(Dispute).where(Dispute.reference == guided.reference).one()
    found = {p.kind for p in papers.papers_of(dispute.id) if p.state is not PaperState.WITHDRAWN}
    db.session.rollback()
    return found


def test_from_the_counter_to_an_agreement_in_effect(site: Site) -> None:
    case, mediator = registered(site), site.browser("zhouguilan")
    case.until(Stage.EFFECTIVE, mediator)
    assert {
        "case_slip", "intake_register", "rights_notice", "mediation_record",
        "mediation_agreement", "settlement_letter",
    } <= kinds(case)  # fmt: skip
    site.draw()
    failed = [p.failure for p in db.session.query(Paper) if p.state is not PaperState.READY]
    assert failed == []
