"""The office around the cases: naming, handing over, correcting, accounts, places, lists, keeping."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from mediation import cli
from mediation.clock import CHINA
from mediation.models.database import db
from mediation.models.lists import Deadline as StoredDeadline
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from tests.browsers import Page
from tests.counter import PHONE, filled_in, register
from tests.journeys.desk import CHAIR, COUNTY, GRID, MEDIATOR, TOWN, Desk, at, said
from tests.site import PASSWORD, Site

S, T = Stage, Transition
SECURITY = "bailu"


def offered(page: Page, name: str) -> dict[str, str]:
    """What a list or a row of radios offers: its value by its words."""
    found = {}
    for label in page.tree.iter("label"):
        for box in label.iter("input"):
            if box.get("name") == name:
                found["".join(label.itertext()).strip()] = box.get("value", "")
    for select in page.tree.iter("select"):
        if select.get("name") == name:
            found |= {"".join(o.itertext()): o.get("value", "") for o in select.iter("option")}
    return found


def test_a_manager_names_who_has_the_smallest_load(site: Site) -> None:
    """From the grid's find to the mediator: the manager sees it, sees the loads, and names one."""
    for _ in range(2):
        register(site)  # nobody's yet: no load
    desk = Desk(site, register(site, GRID, place="柳溪村第一网格"))
    board = desk.of(TOWN).get("/board")
    assert desk.url in board.links() or f"{desk.url}/records/assignment" in board.links()
    page = desk.of(TOWN).get(f"{desk.url}/records/assignment")
    loads = offered(page, "account_id")
    assert {"周桂兰（手上0件）", "何天明（手上0件）"} == set(loads)
    desk.of(TOWN).send(page, account_id=loads["周桂兰（手上0件）"], ties="none", reason="熟悉")
    site.clock.tick(minutes=2)
    again = Desk(site, register(site))
    page = again.of(TOWN).get(f"{again.url}/records/assignment")
    assert "周桂兰（手上1件）" in offered(page, "account_id")
    assert "由谁来调解" not in desk.case(GRID).words


def test_found_by_name_number_phase_and_stage(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    other = register(site)
    row, browser = desk.row(), desk.of(MEDIATOR)
    assert row.number is not None
    for words in (row.number, row.parties[0].name, row.reference, row.title[:4]):
        assert desk.url in browser.get(f"/disputes?q={words}").links(), words
        assert f"/disputes/{other}" not in browser.get(f"/disputes?q={words}").links()
    assert desk.url in browser.get("/disputes?phase=mediation").links()
    assert desk.url not in browser.get("/disputes?phase=intake").links()
    assert desk.url in browser.get("/disputes?stage=mediating&open=1").links()


def test_registered_on_one_screen_with_at_most_eight_answers(site: Site) -> None:
    page = site.browser(MEDIATOR).get("/disputes/register")
    must = [f for f in page.tree.iter() if f.get("aria-required") == "true"]
    choices = [f for f in page.words.split() if "必须答" in f]
    assert len(must) <= 8
    assert choices, "the page says how many"
    assert int(choices[0].split("样")[0]) <= 8
    bare = {k: v for k, v in filled_in(site).items() if "phone" not in k}
    made = site.browser(MEDIATOR).submit("/disputes/register", **bare)
    assert made.url.endswith("/registered")
    missing = site.browser(MEDIATOR).submit("/disputes/register", status=422)
    assert "没有丢东西" in missing.words


def test_a_wrong_name_is_put_right_where_everybody_sees_it(site: Site) -> None:
    desk = Desk(site, register(site))
    number = str(desk.people()[0])
    way = next(
        link for link in desk.of(MEDIATOR).get(f"{desk.url}/parties/{number}").links()
        if "/corrections" in link
    )  # fmt: skip
    page = desk.of(MEDIATOR).get(way)
    desk.of(MEDIATOR).send(page, what="NAME", value="陈水根生", reason="看了身份证")
    assert desk.row().parties[0].name == "陈水根生"
    told = desk.of(MEDIATOR).get(f"{desk.url}/timeline").words
    assert "陈水根 → 陈水根生" in told
    assert "看了身份证" in told
    assert desk.url in desk.of(MEDIATOR).get("/disputes?q=陈水根生").links()


def test_what_was_left_blank_is_filled_in_once(site: Site) -> None:
    """The counter asks for a name; what the papers need is added when somebody knows it."""
    desk = Desk(site, register(site))
    number = desk.people()[0]
    assert "还缺" in desk.case().words
    browser = desk.of(MEDIATOR)
    page = browser.get(f"{desk.url}/parties/{number}")
    assert "民族" in page.words.split("印文书还缺")[1]
    form = browser.get(f"{desk.url}/parties/{number}/complete")
    assert not [f for f in form.tree.iter("input") if f.get("name") == "phone"], "known already"
    empty = browser.send(form, status=422)
    assert "写一样也行" in empty.words
    wrong = browser.send(form, status=422, id_number="510129196502030012")
    assert wrong.words.count("没有丢东西") == 1
    page = browser.send(
        form,
        id_number="11010519491231002X",
        ethnicity="汉族",
        occupation="务农",
        address="柳溪村三组",
    )
    assert "1949年12月31日" in page.words, "the card tells the birthday"
    assert "11010519491231002X" not in page.text
    assert "印文书还缺" not in page.words
    assert "补上" in browser.get(f"{desk.url}/timeline").words


def test_a_duplicate_shows_the_other_and_counts_once(site: Site) -> None:
    first, second = Desk(site, register(site)), Desk(site, register(site))
    page = second.press(TOWN, "/duplicate", other=first.reference, reason="同一条沟，同样两家")
    assert "重复" in second.of(TOWN).get(f"{second.url}/timeline").words
    shown = second.open(TOWN, "/duplicate")
    assert first.url in shown.links()
    assert second.url not in second.of(TOWN).get("/board").links()
    wrong = Desk(site, register(site)).press(
        TOWN, "/duplicate", status=422, other="没有这一件", reason="看错"
    )
    assert "查不到这个编号" in wrong.words
    assert page.url == second.url


def test_a_leavers_cases_go_to_a_colleague(site: Site) -> None:
    desks = [at(site, S.MEDIATING), at(site, S.ACCEPTED)]
    chair = desks[0].of(CHAIR)
    way = next(link for link in chair.get("/board").links() if link.endswith("/handovers"))
    page = chair.get(way)
    people = offered(page, "from_id")
    leaver = next(v for k, v in people.items() if k.startswith("周桂兰"))
    takes = next(v for k, v in people.items() if k.startswith("何天明"))
    same = chair.send(page, status=422, from_id=leaver, to_id=leaver, reason="退休")
    assert "接手的要是另一位" in same.words
    done = chair.send(page, from_id=leaver, to_id=takes, reason="退休")
    assert "2" in done.words
    for desk in desks:
        mediator = desk.row().mediator
        assert mediator is not None
        assert mediator.login == CHAIR
        assert "退休" in desk.of(CHAIR).get(f"{desk.url}/timeline").words


def test_each_answer_with_its_way_and_who_wrote_it_down(site: Site) -> None:
    desk = Desk(site, register(site))
    first, second = desk.people()
    page = desk.of(MEDIATOR).get(f"{desk.url}/records/consent?question=MEDIATION")
    ticked = [f for f in page.tree.iter("input") if f.get("checked") is not None]
    assert ticked == [], "nobody's answer is chosen beforehand"
    desk.of(MEDIATOR).send(page, way="PAPER", **said({f"party_{first}": "YES"}))
    assert "问每一方愿不愿意" in desk.open(MEDIATOR, "/transitions/accept").words
    desk.party(1).submit("/my/case/answers/mediation", said="YES")
    rows = {c.party_id: c for c in desk.consents()}
    assert (rows[first].way.name, rows[first].recorded_by) == ("PAPER", "周桂兰")
    assert (rows[second].way.name, rows[second].recorded_by) == ("OWN_PAGE", "罗大年")
    shown = desk.of(MEDIATOR).get(f"{desk.url}/parties/{first}").words
    assert "写在纸上" in shown
    assert "周桂兰 2026年7月6日" in shown
    assert "愿不愿意调解：愿意（写在纸上）" in desk.of(MEDIATOR).get(f"{desk.url}/timeline").words


def test_a_new_account_a_post_and_a_password_of_ones_own(site: Site) -> None:
    security = site.browser(SECURITY)
    page = security.submit("/accounts/add", name="曾小路", login="zengxiaolu")
    assert "还没有职务" in page.words
    committees = offered(page, "committee_id")
    seat = next(v for k, v in committees.items() if k.endswith("柳溪村人民调解委员会"))
    security.submit("/accounts/zengxiaolu", to="/zengxiaolu", role="MEDIATOR", committee_id=seat)
    both = security.submit(
        "/accounts/tianlu", to="/tianlu", status=422, role="AUDIT_ADMIN",
        place_id=str(site.county.places["临溪县"]),
    )  # fmt: skip
    assert "没有丢东西" in both.words, "no account holds two of the three administrations"
    shown = security.submit("/accounts/zengxiaolu", to="/password")
    link = next(w for w in shown.words.split() if "/set-up/" in w)
    path = urlsplit(link).path
    newcomer = site.browser()
    short = newcomer.submit(path, status=422, password="abc", again="abc")
    assert "没有丢东西" in short.words
    secret = "柳树底下听故事"
    newcomer.submit(path, password=secret * 2, again=secret * 2)
    newcomer.get(path, status=410)
    page = newcomer.submit("/sign-in", login="zengxiaolu", password=secret * 2)
    assert page.url == "/today"
    assert "曾小路" in page.words


def test_a_password_is_changed_and_the_old_one_is_worth_nothing(site: Site) -> None:
    browser, new = site.browser(GRID), "一句自己很好记的长话吧"

    def change(old: str, again: str = new, status: int = 422) -> str:
        return browser.submit("/password", status=status, old=old, password=new, again=again).words

    assert "现在的密码不对" in change("不是这个")
    assert "两遍不一样" in change(PASSWORD, again="不一样的一句话")
    change(PASSWORD, status=200)
    stranger = site.browser()
    stranger.submit("/sign-in", status=422, login=GRID, password=PASSWORD)
    assert stranger.submit("/sign-in", login=GRID, password=new).url == "/today"


def test_the_county_adds_a_community_with_its_type_and_committee(site: Site) -> None:
    county = site.browser(COUNTY)
    street = site.county.places["安澜街道"]
    form = county.get(f"/organisation/places/{street}/add")
    types = set(offered(form, "community_type").values()) - {""}
    assert types == {"OLD_TOWN", "RESETTLEMENT", "RURAL", "HAMLET", "CULTURE", "INDUSTRY"}
    page = county.send(form, name="春晓社区", kind="COMMUNITY", community_type="CULTURE")
    tree = county.get("/organisation")
    assert "春晓社区" in tree.words
    place = next(
        a.get("href", "")
        for a in tree.tree.iter("a")
        if "".join(a.itertext()).strip() == "春晓社区"
    )
    county.submit(
        f"{place}/committee", name="春晓社区人民调解委员会", short_name="春晓", brackets="〔〕"
    )
    county.submit(place, community_type="RESETTLEMENT", name="春晓社区", address="春晓路1号")
    assert "安置小区" in county.get("/organisation").words
    assert page.response.status_code == 200


def test_a_day_off_moves_the_last_day_of_what_still_runs(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE)
    due = desk.row().next_due_on
    assert due is not None
    county = desk.of(COUNTY)
    county.submit("/lists", day=due.isoformat(), kind="REST", name="县庆")
    moved = desk.row().next_due_on
    assert moved is not None
    assert moved > due
    assert f"{moved.month}月{moved.day}日" in desk.case().words
    county.submit("/lists", day=due.isoformat(), kind="NONE")
    assert desk.row().next_due_on == due


@pytest.mark.parametrize(
    ("effective", "last_day", "provisional"),
    [
        (date(2026, 11, 23), date(2026, 12, 23), False),
        (date(2026, 3, 19), date(2026, 4, 20), False),
        (date(2026, 9, 1), date(2026, 10, 8), False),
        (date(2026, 1, 16), date(2026, 2, 24), False),
        (date(2026, 4, 9), date(2026, 5, 9), False),
        (date(2028, 5, 8), date(2028, 6, 7), True),
    ],
)
def test_thirty_days_counted_by_the_law(
    sqlite_site: Site, *, effective: date, last_day: date, provisional: bool
) -> None:
    site = sqlite_site
    site.clock.set(datetime.combine(effective, time(9), CHINA))
    desk = at(site, T.MAKE_EFFECTIVE)
    assert desk.agreements()[-1].effective_on == effective
    row = db.session.query(StoredDeadline).filter_by(name="CONFIRMATION").one()
    assert row.due_on == last_day
    db.session.rollback()
    page = desk.case()
    assert f"{last_day.month}月{last_day.day}日" in page.words.split("期限")[-1]
    assert ("暂定" in page.words) is provisional


def test_demo_passwords_are_shown_again_until_they_are_changed(
    sqlite_site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = sqlite_site.app.extensions["config"].instance
    monkeypatch.setenv("MEDIATION_INSTANCE", str(folder))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    shown = CliRunner().invoke(cli.cli, ["demo-accounts"])
    assert shown.exit_code == 0, shown.output
    assert f"{MEDIATOR}" in shown.output
    assert PASSWORD in shown.output


def test_a_backup_brings_keys_cases_and_papers_back(
    sqlite_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = sqlite_site
    desk = Desk(site, register(site))
    site.draw()
    folder, kept, fresh = (
        site.app.extensions["config"].instance, tmp_path / "kept.wusong", tmp_path / "fresh",
    )  # fmt: skip
    run = CliRunner().invoke
    monkeypatch.setenv("MEDIATION_INSTANCE", str(folder))
    made = run(cli.cli, ["backup", str(kept)])
    assert made.exit_code == 0, made.output
    monkeypatch.setenv("MEDIATION_INSTANCE", str(fresh))
    back = run(cli.cli, ["restore", str(kept)])
    assert back.exit_code == 0, back.output
    from tests.site import opened

    with opened(fresh, "", "sqlite") as restored:
        again = Desk(restored, desk.reference)
        assert again.row().parties[0].phone == PHONE, "the keys came along: sealed numbers open"
        page = again.of(MEDIATOR).get(again.url)
        paper = next(link for link in page.links() if "/papers/" in link and link.count("/") == 2)
        assert again.of(MEDIATOR).raw(f"{paper}/file").data.startswith(b"%PDF")
