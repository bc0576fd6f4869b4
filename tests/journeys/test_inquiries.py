"""Asking those who know something: the record, its paper, and what it is in the volume."""

from __future__ import annotations

from io import BytesIO

from mediation.forms.inquiries import asked_and_answered
from mediation.models.database import db
from mediation.services.frozen import thaw
from mediation.services.papers_due import volume_check
from mediation.services.volumes import open_volume
from mediation.workflow.documents import VolumeItem
from mediation.workflow.stages import Stage as S
from mediation.workflow.transitions import Transition as T
from tests.journeys.desk import MEDIATOR, Desk, at
from tests.pictures import png
from tests.site import Site

TALK = """问：您看见水往哪边流？
答：往下面的院子流。
去年就这样。
林小河：我也在场。
Q: 还有吗？
A：没有了，昨天8:30下的雨。"""


def test_question_and_answer_as_they_were_typed() -> None:
    assert asked_and_answered(TALK) == (
        ("问", "", "您看见水往哪边流？"),
        ("答", "", "往下面的院子流。\n去年就这样。"),
        ("", "林小河", "我也在场。"),
        ("问", "", "还有吗？"),
        ("答", "", "没有了，昨天8:30下的雨。"),
    )
    assert asked_and_answered("早上8:30就在下雨") == (("", "", "早上8:30就在下雨"),)
    assert asked_and_answered("\n\n") == ()


def test_an_inquiry_is_a_record_with_a_paper_of_its_own(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    assert "记一次调查" in desk.case().words
    assert "需要时才做" in desk.case().words
    wrong = desk.record(MEDIATOR, "inquiry", status=422, talk=TALK, phone="12")
    assert "还空着" in wrong.words
    assert "您看见水往哪边流" in wrong.text, "nothing typed is lost"
    desk.record(
        MEDIATOR, "inquiry", asked="宋永福", tie="老邻居", phone="13900000188", spot="宋永福家",
        begins="09:10", present="林小河", talk=TALK,
    )  # fmt: skip
    long_talk = "\n".join(
        f"问：第{n}句？\n答：第{n}句就是这样说的，记得很清楚。" for n in range(300)
    )
    desk.record(MEDIATOR, "inquiry", asked="杜长有", spot="村委会", talk=long_talk)
    first, second = desk.papers("inquiry_record")
    said = thaw(first.snapshot).casefile.inquiry
    assert (said.asked, said.tie, said.phone) == ("宋永福", "老邻居", "139 0000 0188")
    assert [line.mark for line in said.lines] == ["问", "答", "", "问", "答"]
    assert said.investigators == ("周桂兰",)
    assert len(thaw(second.snapshot).casefile.inquiry.lines) == 600
    assert "调查了一次：宋永福" in desk.case().words
    desk.party().get(f"/my/papers/{first.public_id}", status=404)
    assert first.party_id is None


def test_it_is_too_late_for_an_inquiry_once_it_is_agreed(site: Site) -> None:
    desk = at(site, S.PERFORMING)
    assert "记一次调查" not in desk.case().words
    assert "受理以后" in desk.of(MEDIATOR).get(f"{desk.url}/records/inquiry").words


# The volume, item by item.


def missing(desk: Desk) -> set[VolumeItem]:
    volume = open_volume(desk.row(), desk.site.clock.clock.today())
    found = volume_check(volume)
    db.session.rollback()
    assert [one.item for one in found] == [i for i in VolumeItem if i is not VolumeItem.NONE]
    assert all((one.sentence is not None) == one.missing for one in found)
    return {one.item for one in found if one.missing}


def test_what_a_volume_lacks_follows_what_happened(site: Site) -> None:
    identity, minutes = VolumeItem.IDENTITY, VolumeItem.MINUTES
    early = {VolumeItem.NOTICE, identity, minutes, VolumeItem.AGREEMENT}
    assert missing(at(site, S.REGISTERED)) == early
    assert missing(at(site, S.MEDIATING, T.MAKE_EFFECTIVE)) == {identity}
    # What was never taken, or ended in talk, has no agreement to miss: its own paper stands there.
    assert missing(at(site, S.NOT_ACCEPTED)) == {identity}
    ended = at(site, S.MEDIATING, T.TERMINATE)
    assert missing(ended) == {identity, minutes}, "the session was held, its record not printed"
    ended.of(MEDIATOR).submit(f"{ended.url}/papers/missing")
    assert missing(ended) == {identity}
    assert missing(at(site, S.ACCEPTED, S.WITHDRAWN)) == {identity}


def test_a_photograph_of_the_card_is_proof_of_identity(site: Site) -> None:
    desk = at(site, S.MEDIATING, T.MAKE_EFFECTIVE)
    desk.of(MEDIATOR).submit(
        f"{desk.url}/evidence", name="身份证", source="本人", item="IDENTITY",
        file=(BytesIO(png()), "id.png"),
    )  # fmt: skip
    assert missing(desk) == set()
    page = desk.of(MEDIATOR).get(f"{desk.url}/evidence")
    aside = next(link for link in page.links() if link.endswith("/set-aside"))
    desk.of(MEDIATOR).submit(aside, reason="拍糊了")
    assert missing(desk) == {VolumeItem.IDENTITY}
