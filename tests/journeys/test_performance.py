"""After the agreement: urging, a breach, a new date, enforcement, a visit, and opening it again."""

from __future__ import annotations

from datetime import timedelta

from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from tests.journeys.desk import CHAIR, MEDIATOR, TOWN, Desk, at, said
from tests.site import Site

S, T = Stage, Transition


def items(desk: Desk, tail: str = "/records/performance", name: str = "obligation_id") -> list[str]:
    """The items of the agreement as a page offers them."""
    page = desk.open(MEDIATOR, tail)
    found = [f.get("value", "") for f in page.tree.iter("input") if f.get("name") == name]
    listed = [o.get("value", "") for f in page.tree.iter("select") if f.get("name") == name
              for o in f.iter("option")]  # fmt: skip
    return [value for value in (*found, *listed) if value]


def latest_due(desk: Desk) -> int:
    """Days until the last item is due."""
    days = [o.due_on for o in desk.agreements()[-1].obligations if o.due_on]
    return (max(days) - desk.site.clock.clock.today()).days


def test_late_urged_in_breach_a_new_date_and_back(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.PERFORMING)
    assert desk.next_of() == "records/performance"
    assert "还没有到期" in desk.open(MEDIATOR, "/transitions/declare-breach").words
    desk.later(days=latest_due(desk) + 2)
    assert "过了日子" in desk.case().words
    assert desk.next_of() == "records/urging", "urge first; only then is it a breach"
    desk.record(MEDIATOR, "urging", text="打电话催过，说下周一定做")
    desk.move(MEDIATOR, "declare-breach")
    desk.must_stand_at(S.BREACH)
    assert "urging_letter" in desk.kinds()
    # A breach has its ways: a new date, talking again, court.
    assert desk.next_of() == "records/new-date"
    late = items(desk, "/records/new-date", "target_id")
    today = site.clock.clock.today()
    page = desk.record(
        MEDIATOR, "new-date", status=422, target_id=late[0], text="说好了",
        choice=(today - timedelta(days=1)).isoformat(),
    )  # fmt: skip
    assert "今天以后" in page.words
    for number in late:
        desk.record(
            MEDIATOR, "new-date", target_id=number, text="双方当面说好",
            choice=(today + timedelta(days=20)).isoformat(),
        )  # fmt: skip
    desk.move(MEDIATOR, "resume-performance")
    desk.must_stand_at(S.PERFORMING)
    assert "过了日子" not in desk.case().words


def test_in_breach_both_would_rather_talk_again(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.BREACH)
    page = desk.open(MEDIATOR, "/transitions/remediate")
    way = next(link for link in page.links() if "REMEDIATION" in link)
    answers = said({f"party_{n}": "YES" for n in desk.people()})
    desk.of(MEDIATOR).submit(way, way="PHONE", **answers)
    assert desk.next_of() == "transitions/remediate"
    assert "没有经过司法确认" in desk.open(MEDIATOR, "/transitions/seek-enforcement").words


def test_a_confirmed_agreement_is_enforced_and_paid_after_all(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMED, S.BREACH)
    desk.move(MEDIATOR, "seek-enforcement")
    desk.must_stand_at(S.ENFORCEMENT)
    assert "other_ways_notice" in desk.kinds()
    for number in items(desk):
        item = next(o for o in desk.agreements()[-1].obligations if str(o.id) == number)
        sum_ = {"amount_fen": str(item.amount_fen / 100)} if item.amount_fen else {}
        desk.record(MEDIATOR, "performance", obligation_id=number, proof="法院执行到位", **sum_)
    assert desk.next_of() == "transitions/declare-performed"


def test_visited_closed_and_opened_again_by_somebody_else(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.PERFORMED)
    assert desk.next_of() == "records/visit"
    desk.record(
        MEDIATOR, "visit", findings="沟通了，没有再争", performed="yes", heard="yes",
        respected="yes", way="上门",
    )  # fmt: skip
    desk.move(MEDIATOR, "close")
    desk.must_stand_at(S.CLOSED)
    assert "return_visit_record" in desk.kinds()
    # A party says on their own page that it is not settled: that goes to those above.
    page = desk.party(0).submit("/my/case/answers/solved", said="NO")
    assert "没解决" in page.words
    assert desk.url in desk.of(TOWN).get("/today").links()
    assert "当事人说没解决" in desk.of(TOWN).get("/board").words
    # The one who closed it cannot open it; a new owner takes it within ninety days.
    assert not [x for x in desk.case(MEDIATOR).links() if "reopen" in x]
    assert "现在等别人" in desk.case(MEDIATOR).words
    assert desk.next_of(CHAIR) == "records/assignment"
    page = desk.open(CHAIR, "/transitions/reopen")
    assert "重开要换一位调解员" in page.words
    way = next(link for link in page.links() if "/records/assignment" in link)
    page = desk.of(CHAIR).get(way)
    before = desk.row().mediator_id
    others = [
        f.get("value") for f in page.tree.iter("input")
        if f.get("name") == "account_id" and f.get("value") != str(before)
    ]  # fmt: skip
    back = desk.of(CHAIR).send(page, account_id=others[0], ties="none")
    assert back.url.endswith("/transitions/reopen")
    desk.of(CHAIR).send(back, status=422)
    desk.of(CHAIR).send(back, note="李大成来说水又流过来了")
    desk.must_stand_at(S.MEDIATING)
    desk.of(MEDIATOR).get(desk.url)
    assert not [x for x in desk.case(MEDIATOR).links() if "/transitions/" in x], "not the old owner"


def test_ninety_days_are_ninety_days(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CLOSED)
    desk.later(days=91)
    assert "九十日已过" in desk.open(CHAIR, "/transitions/reopen").words


def test_what_is_paid_in_parts_adds_up(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.PERFORMING)
    money = next(o for o in desk.agreements()[-1].obligations if o.amount_fen)
    assert money.amount_fen is not None
    half = str(money.amount_fen // 2 / 100)
    for shown in ("600元", "做到了"):
        desk.record(
            MEDIATOR, "performance", obligation_id=str(money.id), amount_fen=half, proof="微信转账"
        )
        assert shown in desk.case().words
    again = desk.record(
        MEDIATOR, "performance", status=422, obligation_id=str(money.id), amount_fen="1", proof="?"
    )
    assert "比约定的多了" in again.words
