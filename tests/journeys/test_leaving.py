"""A party leaves: at every stage that is not final, by themselves, without a reason; and reads where to go."""

from __future__ import annotations

import pytest

from mediation.services.frozen import thaw
from mediation.workflow.stages import BEFORE_EFFECT, OPEN, Stage
from mediation.workflow.transitions import Transition
from mediation.workflow.words import PaperState
from tests.counter import PHONE, register
from tests.journeys.desk import COUNTY, MEDIATOR, Desk, at
from tests.site import Site

S, T = Stage, Transition
# Stages that the shortest road misses, and what leads through them.
VIA: dict[Stage, tuple[Stage | Transition, ...]] = {
    S.PERSUADING: (T.BEGIN_PERSUASION,),
    S.CONFIRMATION_SET_ASIDE: (T.MAKE_EFFECTIVE, S.CONFIRMED),
}


@pytest.mark.parametrize("stage", OPEN, ids=lambda s: s.name)
def test_a_party_leaves(site: Site, stage: Stage) -> None:
    desk = at(site, *VIA.get(stage, ()), stage)
    keeper = desk.row().mediator
    case = desk.case(keeper.login if keeper else COUNTY).words
    assert "下一步" in case or "现在等别人" in case or "截止" in case, (
        "nobody is left without a step"
    )
    page = desk.party(1).get("/my/case")
    assert "随时可以去法院" in page.words
    assert "临溪县人民法院" in page.words
    assert "tel:12348" in page.links()
    # Until an agreement is in effect one leaves the talks; afterwards one goes to court.
    exit_ = T.LEAVE if stage in BEFORE_EFFECT else T.TAKE_TO_COURT
    way = f"/my/case/leave/{exit_.slug}"
    assert way in page.links()
    after = desk.party(1).submit(way)
    desk.must_stand_at(exit_.value.target)
    assert "临溪县人民法院" in after.words
    paper = "other_ways_notice" if exit_ is T.TAKE_TO_COURT else "termination_notice"
    issued = [p for p in desk.papers(paper) if p.state is not PaperState.WITHDRAWN]
    assert issued, "the way to court is handed out on paper"
    ways = [thaw(p.snapshot).casefile.ways for p in issued]
    assert all("法院" in way.court and way.legal_aid == "12348" for way in ways)


def test_only_who_applied_takes_the_application_back(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    withdraw = f"/my/case/leave/{T.WITHDRAW.slug}"
    assert withdraw not in desk.party(1).get("/my/case").links()
    desk.party(1).get(withdraw, status=404)
    page = desk.party(0).submit(withdraw, note="我们自己商量好了")
    desk.must_stand_at(S.WITHDRAWN)
    assert "撤回" in page.words
    (request,) = desk.papers("withdrawal_request")
    assert "我们自己商量好了" in request.snapshot
    # Even now the other ways stand there.
    assert "临溪县人民法院" in page.words


def test_a_party_comes_in_with_the_code_of_their_slip(site: Site) -> None:
    desk = Desk(site, register(site))
    slips = desk.papers("case_slip")
    assert len(slips) == 2
    from mediation.services.frozen import thaw

    code = thaw(slips[0].snapshot).casefile.slip.code
    stranger = site.browser()
    wrong = stranger.submit("/my", code=code, second="0000", status=422)
    assert "案件码或后四位不对" in wrong.words
    page = stranger.submit("/my", code=code, second=PHONE[-4:])
    assert page.url == "/my/case"
    assert "罗大年" in page.words, "what was registered about them"
    said = stranger.submit("/my/case/answers/true", said="YES")
    assert "您答了：属实" in said.words
    shown = desk.of(MEDIATOR).get(f"{desk.url}/parties/{desk.people()[0]}").words
    assert "本人凭案件码答的" in shown


def test_the_mediator_records_a_partys_word_to_leave(site: Site) -> None:
    desk = at(site, S.SIGNING)
    desk.move(MEDIATOR, "leave", note="打电话来说不签了")
    desk.must_stand_at(S.TERMINATED)
    desk.move(MEDIATOR, "take-to-court")
    desk.must_stand_at(S.TO_COURT)
    assert desk.next_of() == "records/visit"
