"""The board: honest numbers with their cases, each manager's own view, tables that hold no formula."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest

from mediation.reports import REPORTS
from mediation.reports.cases import CaseList
from mediation.seeds.story import Duty, Story
from mediation.seeds.walk import Walker, dispute_at
from mediation.services import parties
from mediation.services.parties import ConsentAnswers, PartyAnswers
from mediation.workflow.stages import Stage
from mediation.workflow.words import Answer, Channel, Question, Side, Way
from tests.browsers import Page
from tests.site import Site

MANAGER = "fangwei"


def story(title: str = "屋后排水沟被填了", place: str = "柳溪村第一网格") -> Story:
    return Story(
        title=title,
        dispute_type="neighbours",
        place=place,
        channel=Channel.GRID,
        parties=(
            PartyAnswers(name="陈守田", side=Side.APPLICANT, age=61),
            PartyAnswers(name="罗国平", side=Side.RESPONDENT, age=47),
        ),
        facts="沟被填了，雨水倒灌。",
        duties=(Duty(debtor=1, what="把沟挖通", within_days=10),),
    )


def at(site: Site, stage: Stage, **told: str) -> str:
    return dispute_at(stage, county=site.county, moving=site.clock, story=story(**told))


def lists_of(page: Page) -> list[str]:
    return [link for link in page.links() if "/board/lists/" in link]


def filled_buttons(page: Page) -> int:
    return sum("btn-primary" in (e.get("class") or "") for e in page.tree.iter())


@pytest.mark.parametrize("who", ["fangwei", "shenjing", "hetianming", "guyan"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_board_without_cases_says_so_and_shows_no_rate(
    site: Site, who: str, language: str
) -> None:
    page = site.browser(who, language=language).get("/board")
    assert ("不到5件，不显示" if language == "zh" else "Fewer than 5, not shown") in page.words
    assert "%" not in page.words
    assert filled_buttons(page) == 0


@pytest.mark.parametrize("who", ["zhouguilan", "linxiaohe", "luoyiming", "tianlu"])
def test_the_board_is_the_managers(site: Site, who: str) -> None:
    site.browser(who).get("/board", status=403)
    site.browser(who).get("/board/lists/overdue", status=403)


def test_a_denial_stands_first_with_the_partys_own_words(site: Site) -> None:
    walker = Walker(site.county, site.clock, story()).go(Stage.MEDIATING)
    other = walker.volume().dispute.parties[1]
    said = ConsentAnswers(
        question=Question.TRUE, answers=((other.id, Answer.NOT_ME),), way=Way.PHONE
    )
    parties.record_consent(walker.reference, said, by=walker.keeper())
    page = site.browser(MANAGER).get("/board")
    assert "1件，当事人说不属实" in page.words
    assert "没有这回事" in page.words
    assert filled_buttons(page) == 1


def test_what_has_no_mediator_leads_to_naming_one(site: Site) -> None:
    reference = at(site, Stage.REGISTERED)
    assignment = f"/disputes/{reference}/records/assignment"
    assert assignment in site.browser(MANAGER).get("/board").links()
    assert assignment in site.browser(MANAGER).get("/board/lists/unassigned").links()
    county = site.browser("shenjing").get("/board")
    assert assignment not in county.links()
    assert "屋后排水沟" in county.words


def test_an_overdue_duty_is_told_and_a_lapsed_right_is_nobodys_fault(site: Site) -> None:
    talking, done = at(site, Stage.MEDIATING), at(site, Stage.PERFORMING, title="墙压线了")
    site.clock.tick(days=45)
    page = site.browser(MANAGER).get("/board/lists/overdue")
    assert f"/disputes/{talking}" in page.links()
    assert f"/disputes/{done}" not in page.links()
    assert "调解期限" in page.words


def test_every_number_opens_exactly_its_cases(site: Site) -> None:
    for n in range(6):
        at(site, Stage.ORALLY_AGREED, title=f"第{n}条沟")
    browser = site.browser(MANAGER)
    page = browser.get("/board")
    assert "6件里6件" in page.words
    for url in lists_of(page):
        shown = browser.get(url)
        cases = {
            link
            for link in shown.links()
            if link.startswith("/disputes/") and link != "/disputes/register"
        }
        if "/agreed" in url or "/registered" in url:
            assert len({c for c in cases if c.count("/") == 2}) == 6


def test_a_small_sample_is_not_opened_either(site: Site) -> None:
    at(site, Stage.ORALLY_AGREED)
    page = site.browser(MANAGER).get("/board/lists/agreed")
    assert "不到5件，不显示" in page.words
    assert "陈守田" not in page.text


@pytest.mark.parametrize("wanted", list(CaseList), ids=lambda w: w.slug)
def test_every_list_has_its_empty_page(site: Site, wanted: CaseList) -> None:
    for language in ("zh", "en"):
        site.browser(MANAGER, language=language).get(f"/board/lists/{wanted.slug}")


def test_odd_addresses_are_forgiven_or_not_found(site: Site) -> None:
    browser = site.browser(MANAGER)
    browser.get("/board?period=2026-13")
    browser.get("/board?period=%27%3B--")
    browser.get("/board/lists/overdue?after=-1&period=0000")
    browser.get("/board/lists/everything", status=404)
    browser.get("/reports/everything", status=404)
    browser.get("/reports/case-statement/cases/money", status=404)
    browser.get("/reports/case-statement/cases/nothing", status=404)


def test_each_sees_only_what_lies_in_their_reach(site: Site) -> None:
    at(site, Stage.REGISTERED)
    for who, sees in (
        ("hetianming", True),
        ("shenjing", True),
        ("guyan", False),
        ("songdahe", False),
    ):
        page = site.browser(who).get("/board/lists/fresh")
        assert ("屋后排水沟" in page.words) is sees, who


@pytest.mark.parametrize("report", REPORTS, ids=lambda r: r.name)
def test_a_statement_adds_up_and_opens_its_cases(site: Site, report) -> None:  # type: ignore[no-untyped-def]
    at(site, Stage.ORALLY_AGREED)
    at(site, Stage.REGISTERED, title="第二件")
    browser = site.browser(MANAGER)
    page = browser.get(f"/reports/{report.name}?period=2026")
    drilled = [link for link in page.links() if "/cases/" in link]
    assert drilled
    for url in drilled:
        assert "件" in browser.get(url).words
    for language in ("zh", "en"):
        site.browser("shenjing", language=language).get(f"/reports/{report.name}?period=2026")


def test_statements_are_for_managers_and_the_court_over_their_own_cases(site: Site) -> None:
    at(site, Stage.REGISTERED)
    assert "还没" not in site.browser("luoyiming").get("/reports/case-statement").words
    assert "没有要数的" in site.browser("luoyiming").get("/reports/case-statement").words
    assert "没有要数的" in site.browser("guyan").get("/reports/case-statement").words
    for who in ("zhouguilan", "linxiaohe", "tianlu"):
        site.browser(who).get("/reports/case-statement", status=403)
        assert site.browser(who).raw("/reports/case-statement.csv").status_code == 403


def test_tables_hold_no_formula_whatever_a_committee_is_called(site: Site) -> None:
    from mediation.models.database import db
    from mediation.models.places import Committee

    at(site, Stage.REGISTERED)
    for name in ('=HYPERLINK("http://x","y")', "＝1+1", "\t=1", "@SUM(A1)", "-1+1"):
        db.session.execute(db.update(Committee).values(name=name))
        db.session.commit()
        answer = site.browser(MANAGER).raw("/reports/case-statement.csv")
        assert answer.mimetype == "text/csv"
        assert "attachment" in answer.headers["Content-Disposition"]
        rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
        assert rows[1][0].startswith("'"), rows[1][0]
        book = site.browser(MANAGER).raw("/reports/case-statement.xlsx")
        with zipfile.ZipFile(io.BytesIO(book.data)) as packed:
            sheet = packed.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet


def test_a_table_says_the_same_as_the_page(site: Site) -> None:
    at(site, Stage.REGISTERED)
    answer = site.browser(MANAGER).raw("/reports/case-statement.csv")
    head, row, total = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert head[:2] == ["调委会", "案件总数"]
    assert row[1] == total[1] == "1"
