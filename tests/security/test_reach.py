"""Foreign is 404: every route that names a case, a person, a place or a paper, asked for by strangers."""

from __future__ import annotations

from datetime import date

import pytest

from mediation.models import database, places
from mediation.models.accounts import Account, PostHeld
from mediation.models.database import db
from mediation.roles import Role
from mediation.workflow.stages import Stage
from mediation.workflow.words import PlaceKind
from tests.browsers import Browser, Page
from tests.counter import register
from tests.doors import PARTY, Browsers, Door, doors
from tests.site import PASSWORD, Site
from tests.standing import Standing

NAMED = ("/disputes/", "/court/", "/papers/", "/accounts/", "/organisation/places/", "/organisation/committees/",
         "/organisation/courts/")  # fmt: skip
# Of the same county and the same role, and of no concern here.
NEIGHBOURS = {
    "hetianming": "fengdegui", "zhouguilan": "machunyan", "fangwei": "guyan", "linxiaohe": "tangxiu",
}  # fmt: skip
ELSEWHERE = {
    "shenjing": ("waixian", Role.COUNTY_MANAGER), "luoyiming": ("waiyuan", Role.COURT_LIAISON),
    "bailu": ("waian", Role.SECURITY_ADMIN),
}  # fmt: skip


@pytest.fixture(scope="module")
def two_counties(shared_standing: Standing) -> Standing:
    """Another county with a manager, a court and a security administrator of its own."""
    site = shared_standing.site
    hashed = site.app.extensions["passwords"].hash(PASSWORD)
    with database.transaction():
        county = places.add_place(kind=PlaceKind.COUNTY, name="外县", parent_id=None)
        court = places.Court(county_id=county.id, name="外县人民法院", address="", phone="")
        db.session.add(court)
        db.session.flush()
        for login, role in ELSEWHERE.values():
            post = PostHeld(
                role=role, place_id=county.id, from_on=date(2024, 1, 1),
                court_id=court.id if role is Role.COURT_LIAISON else None,
            )  # fmt: skip
            db.session.add(
                Account(
                    login=login, name="外人", password_hash=hashed, must_change_password=False,
                    created_at=site.clock.clock.now(), posts=[post],
                )
            )  # fmt: skip
    return shared_standing


def strangers(door: Door) -> list[str]:
    """Who may open doors of this kind, only not this one."""
    if door.who in NEIGHBOURS:
        return [NEIGHBOURS[door.who]]
    return [ELSEWHERE[door.who][0]] if door.who in ELSEWHERE else []


def concerned(door: Door, known: set[str]) -> bool:
    return door.url.startswith(NAMED) and bool(known & set(door.url.split("/")))


def test_foreign_is_404_for_every_route_that_names_something(two_counties: Standing) -> None:
    """The same page, to the letter, as for what does not exist."""
    known = {
        *two_counties.cases.values(),
        *(str(v) for v in two_counties.known.values()),
        "linxiaohe",
    }
    browsers, asked = Browsers(two_counties), 0
    for door in doors(two_counties):
        if not concerned(door, known):
            continue
        for who in strangers(door):
            for method in door.methods:
                fields = {"csrf_token": token_of(browsers[who])} if method == "POST" else None
                answer = browsers[who].request(method, door.url, data=fields)
                assert answer.status_code == 404, f"{method} {door} as {who}: {answer.status_code}"
                asked += 1
    assert asked > 60
    missing = browsers["machunyan"].get("/disputes/0000000000", status=404)
    foreign = browsers["machunyan"].get(f"/disputes/{two_counties.at(Stage.MEDIATING)}", status=404)
    assert without_tokens(missing) == without_tokens(foreign)


def token_of(browser: Browser) -> str:
    page = browser.get("/mine")
    return str(browser.filled(page)[1]["csrf_token"])


def without_tokens(page: Page) -> str:
    return page.words


def test_a_foreign_case_is_in_no_list_and_no_search(two_counties: Standing) -> None:
    reference = two_counties.at(Stage.MEDIATING)
    for who in ("machunyan", "guyan", "tangxiu", "waixian"):
        browser = two_counties.site.browser(who)
        for url in (f"/disputes?q={reference}", "/disputes?q=陈桂兰", "/disputes", "/today"):
            answer = browser.raw(url)
            assert f"/disputes/{reference}" not in answer.text, f"{who} {url}"
            assert "李大成" not in answer.text


def test_a_party_reaches_nothing_but_their_own_pages(two_counties: Standing) -> None:
    browser, missing = Browsers(two_counties)[PARTY], {403, 404}
    for door in doors(two_counties):
        if door.who not in ("", PARTY):
            answer = browser.request("GET", door.url)
            assert answer.status_code in missing or "POST" in door.methods, str(door)
            assert answer.status_code != 200, str(door)


def test_another_party_does_not_open_my_papers(site: Site) -> None:
    from mediation.models import papers
    from mediation.models.parties import Party
    from mediation.services import sign_ins

    register(site)
    people = db.session.query(Party).order_by(Party.id).all()
    one, other = people[0].id, people[1].id
    slips = {
        p.party_id: p.public_id
        for p in papers.papers_of(people[0].dispute_id)
        if p.kind == "case_slip"
    }
    db.session.rollback()
    with database.transaction():
        token = sign_ins.begin_for_party(other, clock=site.clock.clock)
    browser = site.browser()
    browser.set_cookie("wusong", token)
    assert browser.raw(f"/my/papers/{slips[one]}").status_code == 404
    assert browser.raw(f"/my/papers/{slips[other]}").status_code in (200, 400)  # waits to be drawn


def test_ids_of_other_peoples_things_inside_ones_own_case(own_standing: Standing) -> None:
    """A party, a piece of evidence or an item of another case is none of mine, whoever names it."""
    from mediation.models import disputes

    site, mine = own_standing.site, own_standing.at(Stage.ACCEPTED)
    theirs = disputes.find(own_standing.at(Stage.MEDIATING), by=site.county.actor("shenjing"))
    assert theirs is not None
    party, evidence = theirs.parties[0].id, own_standing.known["evidence"]
    db.session.rollback()
    browser = site.browser("hetianming")
    for url in (
        f"/disputes/{mine}/parties/{party}/reveal",
        f"/disputes/{mine}/evidence/{evidence}/file",
        f"/disputes/{mine}/evidence/{evidence}/set-aside",
        f"/disputes/{mine}/papers/slip/{party}",
    ):
        for method in ("GET", "POST"):
            fields = {"csrf_token": token_of(browser)} if method == "POST" else None
            assert browser.request(method, url, data=fields).status_code in (404, 405), (
                f"{method} {url}"
            )
    call = f"/disputes/{mine}/parties/{party}/call"
    assert browser.request("POST", call, data={"csrf_token": token_of(browser)}).status_code == 404
    url = f"/disputes/{mine}/records/representative"
    page = browser.submit(url, status=422, party_id=str(party), kind="AGENT", name="李二狗")
    assert "替哪一位" in page.words
    url = f"/disputes/{mine}/corrections"
    browser.submit(url, status=422, party_id=str(party), what="NAME", value="李二狗", reason="听说")


def test_a_number_of_another_community_is_not_found_when_typed(own_standing: Standing) -> None:
    """Marking a duplicate asks for the other case's number: a foreign one is as good as none."""
    site = own_standing.site
    foreign = register(site, "duanshuiqing", place="河口村")
    url = f"/disputes/{own_standing.at(Stage.ACCEPTED)}/duplicate"
    said = {
        site.browser("hetianming")
        .submit(url, status=422, other=typed, reason="一样")
        .words.replace(typed, "")
        for typed in (foreign, "0000000000", "（2026）河口人调字第1号", "' OR 1=1 --")
    }
    assert len(said) == 1
