"""Covenants: adopted by the law's floors, never changed afterwards, never against the way to court."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mediation.errors import Invalid, NotFound, Refused
from mediation.models.database import db
from mediation.models.papers import Paper
from mediation.seeds.covenants import plant_covenants
from mediation.services import covenants
from mediation.services.covenants import AdoptionAnswers, ClauseAnswers, TextAnswers, check_text
from mediation.workflow.words import CovenantState, MeetingKind, PaperState
from tests.site import Site

CHAIR, VILLAGE = "hetianming", "柳溪村"


def text(*clauses: str) -> TextAnswers:
    return TextAnswers(clauses=tuple(ClauseAnswers(head="和", text=c) for c in clauses))


def vote(
    site: Site, kind: MeetingKind, entitled: int, present: int, agreed: int
) -> AdoptionAnswers:
    today = site.clock.clock.today()
    return AdoptionAnswers(
        meeting=kind, noticed_on=today - timedelta(days=12), met_on=today,
        entitled=entitled, present=present, agreed=agreed,
    )  # fmt: skip


@pytest.mark.parametrize(
    "clause",
    [
        "有矛盾不得起诉",
        "不准到法院打官司",
        "必须先经调解委员会调解才能起诉",
        "违反的罚款200元",
        "不听劝的上黑名单",
        "在村口曝光",
        "每户积分排名",
        "取消低保资格",
    ],
)
def test_what_a_covenant_may_not_say(clause: str) -> None:
    with pytest.raises(Invalid, match="可以写"):
        check_text(text(clause))


@pytest.mark.parametrize(
    "clause", ["谈不拢随时可以去法院", "本公约不设罚款", "自愿找调解委员会", "不搞红黑榜"]
)
def test_what_it_may_say(clause: str) -> None:
    check_text(text(clause))


@pytest.mark.parametrize(
    ("kind", "entitled", "present", "agreed", "field"),
    [
        (MeetingKind.VILLAGERS, 100, 50, 40, "present"),
        (MeetingKind.VILLAGERS, 100, 51, 25, "agreed"),
        (MeetingKind.RESIDENTS, 100, 51, 52, "agreed"),
        (MeetingKind.REPRESENTATIVES, 30, 19, 15, "present"),
    ],
)
def test_a_vote_below_the_floor_adopts_nothing(
    sqlite_site: Site, kind: MeetingKind, entitled: int, present: int, agreed: int, field: str
) -> None:
    by = sqlite_site.hand(CHAIR)
    reference = covenants.start(sqlite_site.county.places[VILLAGE], by=by)
    covenants.write(reference, text("见面打招呼"), by=by)
    with pytest.raises(Invalid) as refusal:
        covenants.adopt(reference, vote(sqlite_site, kind, entitled, present, agreed), by=by)
    assert refusal.value.field == field
    assert covenants.find(reference, by=by).versions[-1].state is CovenantState.DRAFT


def test_two_thirds_of_the_representatives_are_enough(sqlite_site: Site) -> None:
    by = sqlite_site.hand(CHAIR)
    reference = covenants.start(sqlite_site.county.places[VILLAGE], by=by)
    covenants.write(reference, text("见面打招呼"), by=by)
    covenants.adopt(reference, vote(sqlite_site, MeetingKind.REPRESENTATIVES, 30, 20, 11), by=by)


def test_what_was_adopted_never_changes(site: Site) -> None:
    plant_covenants(site.county, site.clock.clock)
    by = site.hand(CHAIR)
    covenant = covenants.under(by=by)[0]
    with pytest.raises(Refused, match="另起一版"):
        covenants.write(covenant.reference, text("别的话"), by=by)
    covenants.new_version(covenant.reference, by=by)
    again = covenants.find(covenant.reference, by=by)
    assert [v.number for v in again.versions] == [1, 2]
    assert [c.text for c in again.versions[0].clauses] == [
        c.text for c in again.versions[1].clauses
    ]


def test_its_papers_are_drawn_and_public_and_taken_back(site: Site) -> None:
    plant_covenants(site.county, site.clock.clock)
    site.draw()
    drawn = db.session.query(Paper).where(Paper.covenant_version_id.is_not(None)).all()
    assert [(p.kind, p.language, p.state) for p in drawn] == [
        ("covenant_a4", "zh", PaperState.READY),
        ("covenant_a3", "zh", PaperState.READY),
        ("covenant_a5", "zh", PaperState.READY),
        ("covenant_signatures", "zh", PaperState.READY),
        ("covenant_a4", "en", PaperState.READY),
    ]
    by, stranger = site.hand(CHAIR), site.browser()
    reference = covenants.under(by=by)[0].reference
    page = stranger.get(f"/covenants/read/{reference}")
    assert "法院有门" in page.text
    for paper in drawn:
        file = stranger.raw(f"/covenants/read/{reference}/{paper.public_id}")
        assert file.data.startswith(b"%PDF")
    for label in ("A4", "A3张贴", "A5卡片", "签名册"):
        assert label in page.text
    covenants.repeal(reference, by=by)
    stranger.get(f"/covenants/read/{reference}", status=404)


def test_a_pledge_nobody_voted_on_is_called_one(site: Site) -> None:
    by = site.hand(CHAIR)
    reference = covenants.start(site.county.places[VILLAGE], by=by)
    covenants.write(reference, text("见面打招呼"), by=by)
    covenants.post_pledge(reference, by=by)
    assert "无讼倡议" in site.browser().get(f"/covenants/read/{reference}").text


def test_signing_is_voluntary_and_can_be_taken_back(site: Site) -> None:
    plant_covenants(site.county, site.clock.clock)
    by = site.hand(CHAIR)
    covenant = covenants.under(by=by)[0]
    with pytest.raises(Invalid, match="已经签过"):
        covenants.sign(covenant.reference, "陈水根", None, by=by)
    first = covenant.versions[-1].signatories[0]
    assert first.digest == covenant.versions[-1].digest
    covenants.withdraw_signature(covenant.reference, first.id, by=by)
    covenants.sign(covenant.reference, first.name, None, by=by)


def test_another_villages_covenant_is_not_theirs(site: Site) -> None:
    plant_covenants(site.county, site.clock.clock)
    reference = covenants.under(by=site.hand(CHAIR))[0].reference
    with pytest.raises(NotFound):
        covenants.find(reference, by=site.hand("songdahe"))
    site.browser("songdahe").get(f"/covenants/{reference}", status=404)
    township = site.hand("fangwei")
    assert covenants.find(reference, by=township).reference == reference
