"""Every link that a page shows somebody leads somewhere: each role walks all it can reach."""

from __future__ import annotations

from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest

from mediation.models import database
from mediation.models.database import db
from mediation.models.parties import Party
from mediation.seeds import stories
from mediation.services import sign_ins
from tests.browsers import Browser, parse
from tests.site import Site

MOST = 90
WALKERS = (
    "linxiaohe", "zhouguilan", "hetianming", "fangwei", "luoyiming", "shenjing", "tianlu", "bailu",
    "huoqing",
)  # fmt: skip


def crawl(browser: Browser, start: str = "/") -> dict[str, int]:
    """Breadth first over our own addresses; one address of a kind is enough where there are many."""
    seen: dict[str, int] = {}
    waiting = deque([start])
    while waiting and len(seen) < MOST:
        url = waiting.popleft()
        if url in seen:
            continue
        response = browser.raw(url)
        seen[url] = response.status_code
        if response.status_code in (302, 303):
            waiting.appendleft(urljoin(url, response.headers["Location"]))
        if response.mimetype == "text/html" and response.status_code == 200:
            waiting.extend(_own(url, link) for link in parse(response).links() if _ours(link))
    return seen


def _ours(link: str) -> bool:
    return bool(link) and not urlsplit(link).scheme and not link.startswith(("#", "//"))


def _own(here: str, link: str) -> str:
    return urljoin(here, link).partition("#")[0]


@pytest.fixture
def told(site: Site) -> Site:
    """The county with its stories at every stage."""
    stories.plant_stories(site.county, site.clock.clock)
    db.session.remove()
    return site


def test_no_link_leads_nowhere(told: Site) -> None:
    wrong: dict[str, int] = {}
    for who in WALKERS:
        found = crawl(told.browser(who, language="en" if who == "fangwei" else "zh"))
        wrong |= {f"{who} {url}": code for url, code in found.items() if code >= 400}
    assert wrong == {}


def test_a_party_walks_their_own_pages(told: Site) -> None:
    party = db.session.query(Party).first()
    assert party is not None
    number = party.id
    db.session.rollback()
    with database.transaction():
        token = sign_ins.begin_for_party(number, clock=told.clock.clock)
    browser = told.browser()
    browser.set_cookie("wusong", token)
    found = crawl(browser)
    assert {url: code for url, code in found.items() if code >= 400} == {}
    assert "/my/case" in found
