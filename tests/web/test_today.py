"""今天: each role's own seven, one filled button, and a good sentence when there is nothing."""

from __future__ import annotations

import pytest

from mediation.services import disputes
from mediation.services.disputes import Registration
from mediation.services.parties import PartyAnswers
from mediation.workflow.words import PartyKind, Side
from tests.browsers import Page
from tests.site import Site


def register(
    site: Site, who: str, title: str = "晒谷坪边的排水沟", at: str = "柳溪村第一网格"
) -> str:
    people = tuple(
        PartyAnswers(name=name, kind=PartyKind.PERSON, side=side)
        for name, side in (("段守田", Side.APPLICANT), ("罗国平", Side.RESPONDENT))
    )
    return disputes.register(
        Registration(
            title=title, dispute_type="neighbours", place_id=site.county.places[at], parties=people
        ),
        by=site.hand(who),
    ).reference


def filled_buttons(page: Page) -> int:
    return sum("btn-primary" in (e.get("class") or "") for e in page.tree.iter())


def ruled_sheets(page: Page) -> int:
    return sum("sheet-ruled" in (e.get("class") or "").split() for e in page.tree.iter())


@pytest.mark.parametrize("who", ["zhouguilan", "linxiaohe", "fangwei", "luoyiming", "shenjing"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_quiet_day_says_so(site: Site, who: str, language: str) -> None:
    page = site.browser(who, language=language).get("/today")
    assert ("没有急着要办的事" if language == "zh" else "Nothing is waiting for you") in page.words
    assert filled_buttons(page) == 0


def test_the_mediator_sees_the_next_step_of_a_new_case(site: Site) -> None:
    reference = register(site, "linxiaohe")
    page = site.browser("zhouguilan").get("/today")
    assert "今天有1件事" in page.words
    assert "段守田" in page.words
    assert filled_buttons(page) == 1
    assert ruled_sheets(page) == 1
    assert any(reference in link for link in page.links())


def test_at_most_seven_and_a_way_to_the_rest(site: Site) -> None:
    for n in range(9):
        register(site, "linxiaohe", f"第{n}条排水沟")
    page = site.browser("zhouguilan").get("/today")
    assert "今天有7件事" in page.words
    assert "还有别的" in page.words
    assert filled_buttons(page) == 1


def test_the_nearest_date_comes_first(site: Site) -> None:
    register(site, "linxiaohe", "先来的")
    site.clock.tick(days=3)
    register(site, "linxiaohe", "后来的")
    words = site.browser("zhouguilan").get("/today").words
    assert words.index("先来的") < words.index("后来的")


def test_the_grid_worker_is_told_that_nobody_took_it(site: Site) -> None:
    register(site, "linxiaohe")
    assert "还没人接手" in site.browser("linxiaohe").get("/today").words


def test_the_township_is_asked_to_name_a_mediator(site: Site) -> None:
    reference = register(site, "linxiaohe")
    page = site.browser("fangwei").get("/today")
    assert "定下调解员" in page.words
    assert f"/disputes/{reference}/records/assignment" in page.links()


def test_nobody_is_shown_what_lies_elsewhere(site: Site) -> None:
    register(site, "linxiaohe")
    for who in ("duanshuiqing", "guyan", "luoyiming", "machunyan"):
        assert "排水沟" not in site.browser(who).get("/today").text


@pytest.mark.parametrize("who", ["tianlu", "bailu", "huoqing"])
def test_those_who_keep_the_site_see_no_cases(site: Site, who: str) -> None:
    site.browser(who).get("/today", status=403)


@pytest.mark.parametrize("who", ["zhouguilan", "linxiaohe", "fangwei", "shenjing"])
def test_english_is_whole(site: Site, who: str) -> None:
    register(site, "linxiaohe")
    page = site.browser(who, language="en").get("/today")
    assert "1 thing today" in page.words
