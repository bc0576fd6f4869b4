"""The court: every answer it can give, and what each of them lets people do next."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from tests.journeys.desk import COURT, MEDIATOR, Desk, at
from tests.site import Site

S, T = Stage, Transition
NUMBER = "（2026）川0999诉前调确12号"


def answer(desk: Desk, kind: str, *, status: int = 200, **fields: str) -> None:
    """The liaison officer finds it in the queue, opens it and writes down what the court said."""
    court = desk.of(COURT)
    review = court.get(f"/court/{desk.reference}")
    court.send(review, to="/answer", status=status, kind=kind, **fields)
    desk.site.clock.tick(minutes=3)


def file_again(desk: Desk) -> None:
    desk.record(MEDIATOR, "filing", way="当面")
    desk.move(MEDIATOR, "file-application")


def test_sent_back_corrected_filed_again_though_the_thirty_days_are_over(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_FILED)
    assert desk.reference in " ".join(desk.of(COURT).get("/court").links())
    answer(desk, "CORRECTION", status=422)
    answer(desk, "CORRECTION", text="请补交身份证复印件")
    desk.must_stand_at(S.CONFIRMATION_PREPARED)
    # The mediator reads on the case page what to correct, and is led to file again.
    assert "法院退回补正：请补交身份证复印件" in desk.case().words
    assert desk.next_of() == "records/filing"
    # The first filing kept the thirty days; the correction does not lose them.
    desk.later(days=40)
    assert "已过" not in desk.case().words.split("下一步")[0]
    file_again(desk)
    desk.must_stand_at(S.CONFIRMATION_FILED)
    answer(desk, "ACCEPTED", number=NUMBER)
    answer(desk, "CONFIRMED", number=NUMBER)
    desk.must_stand_at(S.CONFIRMED)


def test_filed_too_late_is_refused_with_the_reason(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_PREPARED)
    desk.later(days=45)
    desk.record(MEDIATOR, "filing", way="邮寄")
    assert "还差1样" in desk.open(MEDIATOR, "/transitions/file-application").words
    # Posted in time and written down late: the day of posting counts.
    effective = desk.agreements()[0].effective_on
    assert effective is not None
    posted = (effective + timedelta(days=20)).isoformat()
    desk.record(MEDIATOR, "filing", way="邮寄", filed_on=posted)
    desk.move(MEDIATOR, "file-application")
    desk.must_stand_at(S.CONFIRMATION_FILED)


def test_somebody_says_it_is_not_so_and_the_package_stops(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_PREPARED)
    desk.ask("TRUE", "NOT_SO")
    desk.record(MEDIATOR, "filing", way="当面")
    assert "有人说不属实" in desk.open(MEDIATOR, "/transitions/file-application").words
    page = desk.of("fangwei").get("/board")
    assert "不属实" in page.words
    assert desk.url in page.links()
    desk.ask("TRUE")
    desk.move(MEDIATOR, "file-application")
    desk.must_stand_at(S.CONFIRMATION_FILED)


def test_a_party_who_changes_their_mind_stops_the_ruling(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_ACCEPTED)
    desk.party(1).submit("/my/case/answers/confirmation", said="NO")
    answer(desk, "CONFIRMED", status=422, number=NUMBER)
    desk.must_stand_at(S.CONFIRMATION_ACCEPTED)


def test_the_wrong_court_leads_to_the_right_one(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_FILED)
    answer(desk, "NOT_ACCEPTED", number=NUMBER, status=422)
    answer(desk, "NOT_ACCEPTED", number=NUMBER, ground="wrong_court")
    desk.must_stand_at(S.CONFIRMATION_NOT_ACCEPTED)
    assert desk.next_of() == "records/application", "another court, within the thirty days"


def test_a_ground_that_every_court_shares_leads_to_performance(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_FILED)
    answer(desk, "NOT_ACCEPTED", number=NUMBER, ground="status")
    assert desk.next_of() == "records/consent?REMEDIATION"
    desk.ask("REMEDIATION", "NO")
    assert desk.next_of() == "transitions/begin-performance", "the agreement still binds"


def test_refused_mediated_again_with_thirty_new_days(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_ACCEPTED)
    before = desk.agreements()[-1].effective_on
    answer(desk, "REFUSED", number=NUMBER, ground="unclear", text="第二条写得不明确")
    desk.must_stand_at(S.CONFIRMATION_REFUSED)
    assert "起诉" in desk.party().get("/my/case").words
    assert desk.next_of() == "records/consent?REMEDIATION"
    desk.ask("REMEDIATION")
    desk.move(MEDIATOR, "remediate")
    desk.must_stand_at(S.MEDIATING)
    assert desk.next_of() == "records/sitting", "sessions of the first round do not count"
    from mediation.seeds.stories import STORIES
    from mediation.seeds.walk import Walker

    walker = Walker(site.county, site.clock, STORIES[0].story, pace=1)
    walker.reference = desk.reference
    walker.go(T.MAKE_EFFECTIVE)
    after = desk.agreements()[-1].effective_on
    assert before is not None
    assert after is not None
    assert after > before


def test_withdrawn_and_asked_for_anew(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_FILED)
    answer(desk, "WITHDRAWN", text="准许撤回")
    desk.must_stand_at(S.CONFIRMATION_WITHDRAWN)
    assert desk.next_of() == "transitions/begin-performance"
    page = desk.open(MEDIATOR, "/transitions/prepare-confirmation")
    assert "要双方都愿意" in page.words, "the old yes went with the application"


def test_given_up_before_filing(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_PREPARED)
    desk.move(MEDIATOR, "drop-confirmation", note="双方说不用了")
    desk.must_stand_at(S.PERFORMING)
    assert desk.next_of() == "records/performance"


def test_confirmed_served_on_each_and_never_asked_for_again(site: Site) -> None:
    desk = at(site, T.MAKE_EFFECTIVE, S.CONFIRMATION_ACCEPTED)
    answer(desk, "CONFIRMED", number=NUMBER)
    court = desk.of(COURT)
    for number in desk.people():
        review = court.get(f"/court/{desk.reference}")
        court.send(review, to="/service", party_id=str(number), way="当面送达")
        site.clock.tick(minutes=3)
    assert desk.of(MEDIATOR).get(f"{desk.url}/timeline").words.count("裁定送达了") == 2
    assert "对裁定提异议" in desk.case().words
    assert desk.next_of() == "transitions/begin-performance"
    desk.move(MEDIATOR, "begin-performance")
    assert desk.next_of() == "records/performance", "not to the court once more"
    # The liaison officer is not offered the setting aside as an everyday step.
    assert "set-aside" not in desk.next_of(COURT)


@pytest.mark.parametrize("stage", [S.CONFIRMED, S.PERFORMED])
def test_set_aside(site: Site, stage: Stage) -> None:
    goals = (T.MAKE_EFFECTIVE, S.CONFIRMED) + ((stage,) if stage is not S.CONFIRMED else ())
    desk = at(site, *goals)
    answer(desk, "SET_ASIDE", number="（2026）川0999民特5号", text="利害关系人异议成立")
    desk.must_stand_at(S.CONFIRMATION_SET_ASIDE)
    assert desk.next_of() == "records/consent?REMEDIATION"
    assert "法院" in desk.party().get("/my/case").words
