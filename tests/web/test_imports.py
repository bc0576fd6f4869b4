"""Importing over HTTP: sent, looked at, registered portion by portion, put right, undone."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.lists import ImportBatch
from mediation.services.imports import CAME_PAGE
from mediation.web import imports as pages
from tests.browsers import Browser, Page
from tests.site import Site
from tests.tables import as_csv, as_jsonl, as_xlsx, row

WHO = "fangwei"


def counted(*conditions: Any, of: Any = Dispute.id) -> int:
    found: int = db.session.scalar(select(func.count(of)).where(*conditions)) or 0
    db.session.rollback()
    return found


def sent(browser: Browser, content: bytes, name: str = "台账.csv", *, status: int = 200) -> Page:
    """A table, through the page's own form."""
    return browser.submit("/imports/new", file=(io.BytesIO(content), name), status=status)


def to_the_end(browser: Browser, page: Page) -> Page:
    """Press "go on" as long as there is something to go on with."""
    for _ in range(60):
        if not any("go-on" in form.get("action", "") for form in page.forms()):
            return page
        page = browser.send(page, to="/go-on")
    raise AssertionError("it never ends")


def imported(browser: Browser, content: bytes, name: str = "台账.csv") -> Page:
    return to_the_end(browser, browser.send(sent(browser, content, name)))


def test_a_manager_finds_the_way_to_it(site: Site) -> None:
    browser = site.browser(WHO)
    for url in ("/board", "/disputes/register"):
        assert "/imports" in browser.get(url).links()
    page = browser.get("/imports")
    assert "/imports/new" in page.links()
    assert "还没有导入过" in page.words
    assert "/imports" not in site.browser("zhouguilan").get("/disputes/register").links()


@pytest.mark.parametrize("who", ["zhouguilan", "linxiaohe", "luoyiming", "shenjing"])
def test_others_are_kept_out(sqlite_site: Site, who: str) -> None:
    site = sqlite_site
    imported(site.browser(WHO), as_csv([row(1)]))
    reference = db.session.scalar(select(ImportBatch.reference))
    db.session.rollback()
    for url in ("/imports", "/imports/new", "/imports/template.csv", f"/imports/{reference}",
                f"/imports/{reference}/file", f"/imports/{reference}/undo"):  # fmt: skip
        site.browser(who).get(url, status=403)


def test_another_towns_manager_finds_nothing_of_it(sqlite_site: Site) -> None:
    site = sqlite_site
    page = imported(site.browser(WHO), as_csv([row(1), row(2, 申请人="")]))
    stranger = site.browser("guyan")
    assert "台账.csv" not in stranger.get("/imports").words
    for end in ("", "/undo", "/file", "/left-out.csv"):
        stranger.get(f"{page.url}{end}", status=404)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_table_is_looked_at_and_registered(
    site: Site, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", 2)
    browser = site.browser(WHO, language=language)
    rows = [row(1), row(2, 申请人电话="=1+1"), row(3), row(4), row(4)]
    look = sent(browser, as_csv(rows))
    assert "能登记的有3件" in look.words or "3 cases can be registered" in look.words
    assert counted() == counted(of=ImportBatch.id) == 0
    started = browser.send(look)
    assert counted() == 0, "the first portion is asked for by the page itself"
    assert 'hx-trigger="load' in started.text
    done = to_the_end(browser, started)
    assert "登记好了3件" in done.words or "Registered: 3 cases" in done.words
    assert counted() == 3
    for number in (1, 3, 4):
        assert f"陈水{number}与罗大{number}邻里纠纷" in done.words
    file = browser.raw(next(link for link in done.links() if link.endswith("left-out.csv")))
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert b"'=1+1" in file.data
    assert "台账.csv" in browser.get("/imports").words


def test_pressing_twice_opens_one_import(site: Site) -> None:
    browser = site.browser(WHO)
    action, data = browser.filled(sent(browser, as_csv([row(1)])))
    first, second = browser.post(action, data), browser.post(action, data)
    assert first.url == second.url
    assert counted(of=ImportBatch.id) == 1


def test_a_closed_page_goes_on_later(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", 2)
    browser = site.browser(WHO)
    started = browser.send(sent(browser, as_csv([row(n) for n in range(5)])))
    browser.send(started, to="/go-on")
    later = site.browser(WHO)
    listed = later.get("/imports")
    assert "7月6日，没有导完，2 / 5" in listed.words
    done = to_the_end(later, later.get(started.url))
    assert "登记好了5件" in done.words
    again = sent(later, as_csv([row(n) for n in range(5)]))
    assert "已经导入过" in again.words
    assert not [form for form in again.forms() if "waiting" in form.get("action", "")]


def test_undone_as_a_whole(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_AT_ONCE", 2)
    browser = site.browser(WHO)
    page = imported(browser, as_csv([row(n) for n in range(1, 6)]))
    worked = next(
        link for link in page.links() if link.startswith("/disputes/") and len(link) == 20
    )
    mediator = site.browser("zhouguilan")
    mediator.submit(f"{worked}/records/danger-check", choice="none", text="看过了")
    ask = browser.get(f"{page.url}/undo")
    assert "收回4件" in ask.words
    assert "办过的1件收不回" in ask.words
    gone = next(
        link for link in page.links()
        if link.startswith("/disputes/") and len(link) == 20 and link != worked
    )  # fmt: skip
    undone = to_the_end(browser, browser.send(ask))
    assert "整批撤销了" in undone.words
    assert "已经有人办过的1件留着没动" in undone.words
    assert counted(Dispute.taken_back_at.is_(None)) == 1
    mediator.get(gone, status=404)
    browser.get(gone, status=404)
    assert browser.get(worked).status == 200
    assert "1件" in browser.get("/disputes").words


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "空.csv", "空的"),
        (b"%PDF-1.7\n", "案件.xlsx", "不是表格"),
        ("没有列名的一段话".encode(), "a.csv", "没有找到列名"),
        (b"\xff\xfe\x00\xd8", "a.csv", "没有找到列名"),
        (b"[" * 9_000, "a.json", "一行也读不出来"),
    ],
)
def test_a_bad_file_is_answered_with_a_sentence(
    sqlite_site: Site, content: bytes, name: str, said: str
) -> None:
    page = sent(sqlite_site.browser(WHO), content, name, status=422)
    assert said in page.words
    assert counted(of=ImportBatch.id) == 0


def test_no_file_at_all(sqlite_site: Site) -> None:
    page = sqlite_site.browser(WHO).submit("/imports/new", status=422)
    assert "请选一个表格文件" in page.words


def test_a_file_beyond_the_limit(sqlite_site: Site) -> None:
    app, browser = sqlite_site.app, sqlite_site.browser(WHO)
    app.extensions["config"] = replace(app.extensions["config"], upload_limit=20_000)
    app.config["MAX_CONTENT_LENGTH"] = 100_000
    assert "分成几个文件" in sent(browser, as_csv([row(1)]) * 200, status=422).words
    assert sent(browser, as_csv([row(1)]) * 900, status=413).status == 413
    assert counted(of=ImportBatch.id) == 0


def test_hostile_words_are_shown_as_words(sqlite_site: Site) -> None:
    evil = "<b id=x>"
    lines = [row(1, 申请人=evil, 事情经过=f"{evil}的事"), row(2, 纠纷类型=evil)]
    browser = sqlite_site.browser(WHO)
    look = sent(browser, as_csv(lines), f"{evil}.csv")
    done = to_the_end(browser, browser.send(look))
    assert evil not in look.text + done.text
    assert evil in done.words


def test_numbers_of_people_are_not_shown_on_the_way(sqlite_site: Site) -> None:
    """The ride-along check would fail on any whole number; the file itself has them."""
    browser = sqlite_site.browser(WHO)
    lines = [row(1), row(2, 申请人电话="13900000102x"), row(3, 申请人="", 申请人电话="13900000103")]
    page = imported(browser, as_csv(lines))
    assert "13900000102" not in page.text
    original = browser.raw(f"{page.url}/file")
    assert b"13900000103" in original.data


def test_what_waited_is_gone_after_a_day(sqlite_site: Site) -> None:
    site, browser = sqlite_site, sqlite_site.browser(WHO)
    look = sent(browser, as_csv([row(1)]))
    other = site.browser("guyan").get(look.url)
    assert "放得太久" in other.words, "nor is it there for anybody else"
    folder = site.app.extensions["config"].files / "waiting"
    for path in folder.iterdir():
        path.unlink()
    assert "放得太久" in browser.get(look.url).words


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_goes_the_whole_way(sqlite_site: Site, form: str) -> None:
    browser = sqlite_site.browser(WHO)
    content = browser.raw(f"/imports/template.{form}").data
    assert "登记好了1件" in imported(browser, content, f"模板.{form}").words
    browser.get("/imports/template.pdf", status=404)


def test_a_workbook_goes_the_whole_way(sqlite_site: Site) -> None:
    cells = [
        ["纠纷类型", "事情经过", "申请人"],
        *[["合同", f"第{n}笔借款没有还", f"甲{n}"] for n in range(60)],
    ]
    page = imported(sqlite_site.browser(WHO), as_xlsx(cells), "台账.xlsx")
    assert "登记好了60件" in page.words
    for _ in range(2):
        older = next(link for link in page.links()[::-1] if "after=" in link)
        page = sqlite_site.browser(WHO).get(older)
    assert "甲59" in page.words


def test_collected_cases_say_that_their_talk_stays_in_the_file(sqlite_site: Site) -> None:
    line = {"dispute_type": "邻里", "description": "一件说得清楚的事", "parties": ["甲某", "乙某"],
            "dialogue": [{"speaker": "甲某", "text": "是他先的"}]}  # fmt: skip
    look = sent(sqlite_site.browser(WHO), as_jsonl([line, line | {"id": "7"}]), "a.jsonl")
    assert "有对话的2行" in look.words


@pytest.mark.cases
def test_the_real_cases_are_registered_from_the_page(site: Site, real_cases: Path) -> None:
    browser = site.browser(WHO, language="en")
    page = imported(browser, real_cases.read_bytes(), real_cases.name)
    total = sum(1 for line in real_cases.read_bytes().splitlines() if line.strip())
    assert f"Registered: {total} cases" in page.words
    assert counted() == total
    some = [link for link in page.links() if link.startswith("/disputes/") and len(link) == 20]
    assert len(some) == min(total, CAME_PAGE)
    for link in some[:5]:
        browser.get(link)
