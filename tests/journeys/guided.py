"""A person who knows nothing of the law and always takes the one next step that the page shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from mediation.models import disputes
from mediation.models.database import db
from mediation.workflow.stages import Stage
from tests.browsers import Browser, Page
from tests.site import Site

MEETING = "陈水根：水往我家院子里流。\n罗大年：下半年我出钱改沟。\n周桂兰：沟改到路边，双方各出一半，行不行？"
# What people write on each record, by the name of the page. The parties are filled in below.
ANSWERS: dict[str, dict[str, Any]] = {
    "danger-check": {"choice": "none", "text": "看过了，没有危险"},
    "assignment": {"ties": "none"},
    "rights-reading": {"text": "念给两家听了，都说听懂了"},
    "persuasion": {
        "persuader": "何天明", "tie": "本村老支书", "theme": "HARMONY", "said": "远亲不如近邻",
        "promise": "罗大年答应坐下来谈", "result": "WILLING",
    },
    "sitting": {
        "spot": "柳溪村村委会", "minutes": MEETING, "result": "AGREED",
        "outcome": "双方同意改沟", "rights_told": "y", "read_back": "y",
    },
    "terms": {
        "facts": "两家因排水沟争执一个月。",
        "issues": "排水沟怎么改、谁出钱。",
        "obligations-0-what": "出钱改排水沟",
        "obligations-0-amount_fen": "1500",
        "obligations-0-how": "现金",
        "obligations-0-due_on": "2026-07-20",
        "manner": "一次付清",
        "spot": "柳溪村村委会",
    },
    "application": {"competence": "COMMITTEE"},
    "filing": {"way": "当面"},
    "performance": {"amount_fen": "1500", "proof": "收条一张"},
    "visit": {"performed": "yes", "heard": "yes", "respected": "yes", "findings": "沟改好了，没有再争"},
    "retention": {"choice": "10"},
}  # fmt: skip


@dataclass
class Guided:
    """Follows the page. `says` is what the parties answer to each question: YES unless told."""

    site: Site
    reference: str
    says: dict[str, str] = field(default_factory=dict)
    steps: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"/disputes/{self.reference}"

    @property
    def stage(self) -> Stage:
        found = disputes.find(self.reference, by=self.site.county.actor("shenjing"))
        assert found is not None
        stage = found.stage
        db.session.rollback()
        return stage

    def until(self, stage: Stage, browser: Browser, most: int = 60) -> None:
        for _ in range(most):
            if self.stage is stage:
                return
            self.step(browser)
        raise AssertionError(f"still {self.stage} after: {self.steps}")

    def step(self, browser: Browser) -> None:
        """One press of the filled button, and whatever the page behind it asks."""
        case = browser.get(self.url)
        where = next_step_of(case)
        assert where, f"no next step at {self.stage}: {case.words[:600]}"
        self.steps.append(where)
        self.site.clock.tick(minutes=5)
        self.answer(browser, where)

    def answer(self, browser: Browser, where: str) -> Page:
        path, query = urlsplit(where).path, parse_qs(urlsplit(where).query)
        name = path.rsplit("/", 1)[-1]
        if "/transitions/" in path:
            return browser.submit(where)
        if name == "consent":
            return self._consent(browser, where, query.get("question", ["MEDIATION"])[0])
        if name == "signature":
            return self._sign(browser, where)
        page = browser.get(where)
        fields = dict(ANSWERS[name]) | _first_choices(page, name)
        return browser.send(page, **fields)

    def _consent(self, browser: Browser, where: str, question: str) -> Page:
        page = browser.get(where)
        names = {f.get("name", "") for f in page.tree.iter("input")}
        answer = self.says.get(question, "YES")
        said: dict[str, Any] = {n: answer for n in names if n.startswith("party_")}
        return browser.send(page, way="IN_PERSON", **said)

    def _sign(self, browser: Browser, where: str) -> Page:
        """Everybody who has not signed yet, the mediator and the seal, on one page."""
        page = browser.get(where)
        ways = {"party": "SIGNED_AND_FINGERPRINT", "mediator": "SIGNED", "seal": "SEALED"}
        signed: dict[str, Any] = {
            name: ways[name.split("_")[0]]
            for name in (f.get("name", "") for f in page.tree.iter("input"))
            if name.split("_")[0] in ways
        }
        return browser.send(page, **signed)


def next_step_of(page: Page) -> str:
    """Where the filled button of the next step leads; empty where it is somebody else's turn."""
    for section in page.tree.iter("section"):
        if "next" in section.get("class", "").split():
            links = [a for a in section.iter("a") if "btn-primary" in _classes(a)]
            return links[0].get("href", "") if links else ""
    return ""


def _classes(element: Element) -> str:
    return element.get("class", "")


def _first_choices(page: Page, name: str) -> dict[str, str]:
    """Lists that depend on the case: the first mediator, party, item or court there is."""
    found: dict[str, str] = {}
    for f in page.tree.iter():
        key = f.get("name", "")
        if (
            f.tag == "input"
            and f.get("type") == "radio"
            and key.endswith(("account_id", "obligation_id"))
        ):
            found.setdefault(key, f.get("value", ""))
        if f.tag == "select" and key in (
            "court_id",
            "obligations-0-debtor_id",
            "obligations-0-creditor_id",
        ):
            values = [o.get("value", "") for o in f.iter("option") if o.get("value")]
            found[key] = values[-1 if key.endswith("creditor_id") else 0]
    return found
