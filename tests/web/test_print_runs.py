"""Print runs over HTTP: chosen by ticks, by what they are, by a table; looked at, begun, paused, taken."""

from __future__ import annotations

import io
from typing import Any

import pytest

from mediation.models.database import db
from mediation.models.history import AuditEntry
from mediation.models.papers import Paper
from mediation.services import paper_files
from mediation.workflow.documents import Document
from tests.browsers import Browser, Page
from tests.counter import register
from tests.site import Site

CHAIR = "hetianming"
KIND = Document.MEDIATION_APPLICATION.folder


def drawn(site: Site, count: int) -> list[str]:
    """So many cases with a drawn application each; their references."""
    references = [register(site) for _ in range(count)]
    ids = [row.id for row in db.session.query(Paper.id).where(Paper.kind == KIND)]
    db.session.rollback()
    for number in ids:
        paper_files.draw(number)
    return references


def chosen(browser: Browser, **fields: Any) -> Page:
    return browser.submit("/print-runs/new", kind=KIND, volume_size="2", **fields)


def finished(site: Site, browser: Browser, page: Page) -> Page:
    """The worker does what is due, as often as it takes."""
    for _ in range(20):
        site.draw()
        site.clock.tick(seconds=5)
        page = browser.get(page.url)
        if "印完了" in page.words:
            return page
    raise AssertionError(page.words)


def test_the_way_there(sqlite_site: Site) -> None:
    site = sqlite_site
    drawn(site, 1)
    browser = site.browser(CHAIR)
    assert "/print-runs" in browser.get("/board").links()
    assert "还没有批量印过" in browser.get("/print-runs").words
    assert 'name="case"' in browser.get("/disputes").text
    assert 'name="case"' not in site.browser("zhouguilan").get("/disputes").text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_looked_at_begun_and_taken(site: Site, language: str) -> None:
    drawn(site, 3)
    browser = site.browser(CHAIR, language=language)
    page = chosen(browser)
    assert ("选好了，还没有印" if language == "zh" else "Chosen, not begun") in page.words
    page = browser.send(page, to="/start")
    assert 'hx-trigger="every 2s"' in page.text, "it shows by itself how far it is"
    page = finished(site, browser, page) if language == "zh" else page
    if language == "en":
        site.draw()
        site.clock.tick(seconds=5)
        site.draw()
        page = browser.get(page.url)
        assert "Finished" in page.words
    links = [link for link in page.links() if "/volumes/" in link]
    assert len(links) == 2
    assert browser.raw(links[0]).data.startswith(b"%PDF")
    with browser.raw(f"{page.url}/letters") as archive:
        assert archive.data.startswith(b"PK")
    taken = [e.subject for e in db.session.query(AuditEntry).filter_by(act="open_print")]
    db.session.rollback()
    assert len(taken) == 2
    assert "every 2s" not in page.text
    assert page.url in "".join(browser.get("/print-runs").links())


def test_once_it_is_over_the_page_that_asks_is_told_to_load_anew(sqlite_site: Site) -> None:
    site = sqlite_site
    drawn(site, 1)
    browser = site.browser(CHAIR)
    page = browser.send(chosen(browser), to="/start")
    asked = {"headers": {"HX-Request": "true"}}
    assert "HX-Refresh" not in browser.request("GET", page.url, **asked).headers
    finished(site, browser, page)
    assert browser.request("GET", page.url, **asked).headers["HX-Refresh"] == "true"


def test_ticked_cases_and_a_table(sqlite_site: Site) -> None:
    site = sqlite_site
    first, second, _ = drawn(site, 3)
    browser = site.browser(CHAIR)
    page = browser.get(f"/print-runs/new?case={first}&case={second}&case=nothing123")
    assert page.text.count('name="ticked"') == 2
    shown = browser.send(page, kind=KIND, ticked=[f"case:{first}", f"case:{second}"])
    assert "一共 2份" in shown.words
    table = io.BytesIO(f"案号\n{first}\n没有这个\n".encode())
    shown = chosen(browser, file=(table, "表.csv"))
    assert "一共 1份" in shown.words
    assert "第3行“没有这个”" in shown.words
    assert "没有找到，或者不归您管" in shown.words
    nothing = browser.submit("/print-runs/new", kind=Document.URGING_LETTER.folder, status=422)
    assert "没有找到能印的文书" in nothing.words
    bad = browser.submit(
        "/print-runs/new", kind=KIND, file=(io.BytesIO(b"%PDF-1.7"), "x.csv"), status=422
    )
    assert "不是表格" in bad.words


def test_paused_gone_on_cancelled_and_an_old_form(sqlite_site: Site) -> None:
    site = sqlite_site
    drawn(site, 1)
    browser = site.browser(CHAIR)
    page = browser.send(chosen(browser), to="/start")
    page = browser.send(page, to="/pause")
    assert "停着" in page.words
    site.draw()
    assert "还剩 1份" in browser.get(page.url).words
    old = page
    page = browser.send(page, to="/cancel")
    assert "取消了" in page.words
    again = browser.send(old, to="/start", status=422)
    assert "已经印完或取消了" in again.words
    assert "取消了" in browser.get(page.url).words


def test_somebody_elses_is_not_there(sqlite_site: Site) -> None:
    site = sqlite_site
    drawn(site, 1)
    page = chosen(site.browser(CHAIR))
    for who, status in (("fangwei", 404), ("shenjing", 404), ("zhouguilan", 403), ("tianlu", 403)):
        for end in ("", "/volumes/1", "/letters"):
            site.browser(who).get(f"{page.url}{end}", status=status)
