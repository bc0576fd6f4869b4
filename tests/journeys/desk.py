"""People at their desks: each opens the case, follows a link that the page shows, and answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from mediation.models import agreements, database, disputes, papers, parties
from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.papers import Paper
from mediation.models.parties import Party
from mediation.seeds.roads import Goal
from mediation.seeds.story import Story
from mediation.seeds.walk import Walker
from mediation.services import sign_ins
from mediation.workflow.stages import Stage
from mediation.workflow.words import PaperState
from tests.browsers import Browser, Page
from tests.journeys.guided import next_step_of
from tests.site import Site

MEDIATOR, CHAIR, TOWN, COUNTY, COURT, GRID = (
    "zhouguilan", "hetianming", "fangwei", "shenjing", "luoyiming", "linxiaohe",
)  # fmt: skip


@dataclass
class Desk:
    """One case and the people around it, each with a browser of their own."""

    site: Site
    reference: str
    browsers: dict[str, Browser] = field(default_factory=dict)

    def of(self, who: str) -> Browser:
        if who not in self.browsers:
            self.browsers[who] = self.site.browser(who)
        return self.browsers[who]

    def party(self, number: int = 0) -> Browser:
        """The browser of a party who came in with their case code."""
        name = f"party {number}"
        if name not in self.browsers:
            browser = self.site.browser()
            row = self.people()[number]
            with database.transaction():
                token = sign_ins.begin_for_party(row, clock=self.site.clock.clock)
            browser.set_cookie("wusong", token)
            self.browsers[name] = browser
        return self.browsers[name]

    def later(self, **length: float) -> None:
        """Time passes; everybody signs in again."""
        self.site.clock.tick(**length)
        self.browsers.clear()

    # What is there.

    @property
    def url(self) -> str:
        return f"/disputes/{self.reference}"

    def case(self, who: str = MEDIATOR) -> Page:
        return self.of(who).get(self.url)

    def row(self) -> Dispute:
        found = disputes.find(self.reference, by=self.site.county.actor(COUNTY))
        assert found is not None
        db.session.expunge_all()
        db.session.rollback()
        return found

    @property
    def stage(self) -> Stage:
        return self.row().stage

    def must_stand_at(self, stage: Stage) -> None:
        found = self.stage
        assert found is stage, f"at {found.name}, not {stage.name}"

    def people(self) -> list[int]:
        """Ids of the parties, in the order they were written down."""
        query = db.select(Party.id).join(Dispute).where(Dispute.reference == self.reference)
        found = list(db.session.scalars(query.order_by(Party.position)))
        db.session.rollback()
        return found

    def papers(self, kind: str = "") -> list[Paper]:
        found = [
            p
            for p in papers.papers_of(self.row().id)
            if kind in ("", p.kind) and p.language == "zh"
        ]
        db.session.expunge_all()
        db.session.rollback()
        return found

    def kinds(self) -> set[str]:
        return {p.kind for p in self.papers() if p.state is not PaperState.WITHDRAWN}

    def agreements(self) -> list[agreements.Agreement]:
        found = agreements.agreements_of(self.row().id)
        db.session.expunge_all()
        db.session.rollback()
        return found

    def consents(self) -> list[parties.Consent]:
        found = parties.consents_of(self.row().id)
        db.session.expunge_all()
        db.session.rollback()
        return found

    # What they do.

    def way_to(self, who: str, tail: str) -> str:
        """The link on the case page, or on its page of other ways, that ends like this."""
        here = self.case(who)
        links = here.links()
        if not any(urlsplit(link).path.endswith(tail) for link in links):
            links = self._further(who, links)
        found = [link for link in links if urlsplit(link).path.endswith(tail)]
        assert found, f"{who} sees no way to {tail} at {self.stage}: {here.words[:500]}"
        return found[0]

    def _further(self, who: str, links: list[str]) -> list[str]:
        """One step on: the other ways, and what each move says it needs."""
        pages = [f"{self.url}/other-ways", *(x for x in links if "/transitions/" in x)]
        return [link for url in dict.fromkeys(pages) for link in self.of(who).get(url).links()]

    def open(self, who: str, tail: str) -> Page:
        return self.of(who).get(self.way_to(who, tail))

    def press(self, who: str, tail: str, *, status: int = 200, **fields: Any) -> Page:
        """Follow the link and send the form behind it."""
        page = self.of(who).send(self.open(who, tail), status=status, **fields)
        self.site.clock.tick(minutes=3)
        return page

    def move(self, who: str, name: str, **fields: Any) -> Page:
        return self.press(who, f"/transitions/{name}", **fields)

    def record(self, who: str, name: str, **fields: Any) -> Page:
        return self.press(who, f"/records/{name}", **fields)

    def ask(self, question: str, answer: str = "YES", *, who: str = MEDIATOR) -> Page:
        """Every party the same question, on the page that asks it."""
        browser = self.of(who)
        page = browser.get(f"{self.url}/records/consent?question={question}")
        names = [f.get("name", "") for f in page.tree.iter("input")]
        said: dict[str, Any] = {n: answer for n in names if n.startswith("party_")}
        sent = browser.send(page, way="PHONE", **said)
        self.site.clock.tick(minutes=3)
        return sent

    def next_of(self, who: str = MEDIATOR) -> str:
        """Where the filled button leads: the path after the case, with the question it asks."""
        found = urlsplit(next_step_of(self.case(who)))
        asked = parse_qs(found.query).get("question", [""])[0]
        tail = found.path.removeprefix(self.url).removeprefix("/")
        return f"{tail}?{asked}" if asked else tail


def said(answers: dict[str, str]) -> dict[str, Any]:
    """Answers whose names are known only when the page is seen."""
    return dict(answers)


def at(site: Site, *goals: Goal, story: Story | None = None, pace: int = 0) -> Desk:
    """A case driven through the services to where the interesting part begins."""
    if story is None:
        from mediation.seeds.stories import STORIES

        story = STORIES[0].story
    walker = Walker(site.county, site.clock, story, pace=pace).go(*goals)
    return Desk(site, walker.reference)
