"""The court's shelves and its review: what it sees, what it records, and what no other court sees."""

from __future__ import annotations

import pytest

from mediation.models.database import db
from mediation.models.disputes import Dispute
from mediation.models.history import AuditEntry
from mediation.models.papers import Paper
from mediation.models.places import Court
from mediation.seeds.story import Duty, Story
from mediation.seeds.walk import dispute_at
from mediation.services.parties import PartyAnswers
from mediation.workflow.stages import Stage
from mediation.workflow.words import Side
from tests.browsers import Page
from tests.documents.paper import pages_of
from tests.site import Site

LIAISON = "luoyiming"
STORY = Story(
    title="借的一万二没还",
    dispute_type="contract",
    place="柳溪村",
    parties=(
        PartyAnswers(name="王秀英", side=Side.APPLICANT, age=58),
        PartyAnswers(name="李建国", side=Side.RESPONDENT, age=46),
    ),
    facts="2024年3月，李建国向王秀英借款12,000元。",
    duties=(
        Duty(debtor=1, creditor=0, what="还款", amount_fen=800000, how="转账", within_days=20),
        Duty(debtor=1, creditor=0, what="余款尽快付清", amount_fen=400000, within_days=60),
    ),
)


def at(site: Site, stage: Stage) -> str:
    return dispute_at(stage, county=site.county, moving=site.clock, story=STORY)


def stage_of(reference: str) -> Stage:
    found: Stage = db.session.scalars(
        db.select(Dispute.stage).where(Dispute.reference == reference)
    ).one()
    db.session.rollback()
    return found


def filled_buttons(page: Page) -> int:
    return sum("btn-primary" in (e.get("class") or "") for e in page.tree.iter())


@pytest.mark.parametrize("shelf", ["waiting", "accepted", "returned", "ruled", "all", "no-such"])
def test_an_empty_shelf_says_what_comes(site: Site, shelf: str) -> None:
    for language in ("zh", "en"):
        page = site.browser(LIAISON, language=language).get(f"/court?shelf={shelf}&after=x")
        assert "排在这里" in page.words or "will stand here" in page.words


def test_what_was_filed_waits_on_the_shelf_and_opens(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    browser = site.browser(LIAISON)
    assert f"/court/{reference}" in browser.get("/court").links()
    page = browser.get(f"/court/{reference}")
    assert "王秀英、李建国申请司法确认" in page.words
    assert "4,000元（肆仟元整）" in page.text
    assert "12,000" in page.words
    assert filled_buttons(page) == 1


def test_what_a_check_found_is_marked_in_the_text_and_beside_it(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    page = site.browser(LIAISON).get(f"/court/{reference}")
    ids = {e.get("id") for e in page.tree.iter()}
    marks = {i for i in ids if i and i.startswith("marked-")}
    assert marks
    assert {m.replace("marked", "finding") for m in marks} <= ids
    assert any("尽快" in "".join(m.itertext()) for m in page.tree.iter("mark"))


def test_nothing_is_chosen_beforehand(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    page = site.browser(LIAISON).get(f"/court/{reference}")
    radios = [e for e in page.tree.iter("input") if e.get("type") == "radio"]
    assert radios
    assert all(e.get("checked") is None for e in radios)


def test_the_court_takes_it_in_rules_and_records_service(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    browser, url = site.browser(LIAISON), f"/court/{reference}"
    accepted = browser.submit(
        url, to="answer", kind="ACCEPTED", number="（2026）川0129诉前调确12号"
    )
    assert stage_of(reference) is Stage.CONFIRMATION_ACCEPTED
    assert "怎么裁定" in accepted.words
    ruled = browser.submit(url, to="answer", kind="CONFIRMED")
    assert stage_of(reference) is Stage.CONFIRMED
    assert "送达了没有" in ruled.words
    assert filled_buttons(ruled) == 1
    page = ruled
    for number in (0, 1):
        page = browser.get(url)
        options = [
            o.get("value") for s in page.tree.iter("select") if s.get("name") == "party_id"
            for o in s.iter("option") if o.get("value")
        ]  # fmt: skip
        page = browser.send(page, to="service", party_id=options[number], way="直接送达")
    assert "没有要记的了" in page.words
    assert filled_buttons(page) == 0


def test_sending_it_back_needs_words_and_keeps_what_was_typed(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    browser, url = site.browser(LIAISON), f"/court/{reference}"
    wrong = browser.submit(url, to="answer", status=422, kind="CORRECTION", number="记着的号")
    assert "写明要补正什么" in wrong.words
    assert "记着的号" in wrong.text
    assert stage_of(reference) is Stage.CONFIRMATION_FILED
    page = browser.send(wrong, to="answer", text="第二条写明哪天前付清。")
    assert stage_of(reference) is Stage.CONFIRMATION_PREPARED
    assert "退回去补正了" in page.words
    assert "第二条写明哪天前付清" in browser.get("/court?shelf=returned").words


def test_no_answer_chosen_is_said_and_nothing_happens(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    site.browser(LIAISON).submit(f"/court/{reference}", to="answer", status=422)
    assert stage_of(reference) is Stage.CONFIRMATION_FILED


def test_an_answer_that_is_not_open_is_refused(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    browser = site.browser(LIAISON)
    browser.submit(
        f"/court/{reference}", to="answer", status=422, kind="CONFIRMED", number="（2026）1号"
    )
    assert stage_of(reference) is Stage.CONFIRMATION_FILED


def test_another_court_sees_nothing(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_FILED)
    court = Court(county_id=site.county.places["临溪县"], name="邻县人民法院", address="", phone="")
    db.session.add(court)
    db.session.flush()
    db.session.execute(db.update(Dispute).values(court_id=court.id))
    db.session.commit()
    browser = site.browser(LIAISON)
    assert "王秀英" not in browser.get("/court?shelf=all").text
    for url in ("", "/answer", "/service", "/ruling-draft"):
        browser.get(f"/court/{reference}{url}", status=404)


@pytest.mark.parametrize("who", ["zhouguilan", "fangwei", "shenjing", "linxiaohe", "tianlu"])
def test_nobody_but_a_liaison_officer_has_a_queue(site: Site, who: str) -> None:
    site.browser(who).get("/court", status=403)


def test_what_was_never_filed_is_no_application(site: Site) -> None:
    reference = at(site, Stage.MEDIATING)
    browser = site.browser(LIAISON)
    browser.get(f"/court/{reference}", status=404)
    browser.get("/court/nothing-here", status=404)


def test_english_is_whole(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_ACCEPTED)
    page = site.browser(LIAISON, language="en").get(f"/court/{reference}")
    assert "What each said themselves" in page.words
    assert "pays 王秀英 4,000 yuan" in page.words


def draft_of(site: Site, reference: str) -> str:
    answer = site.browser(LIAISON).draft(f"/court/{reference}/ruling-draft")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    return "".join(pages_of(answer.data))


@pytest.mark.parametrize("stage", [Stage.CONFIRMATION_FILED, Stage.CONFIRMATION_ACCEPTED])
def test_the_court_has_a_draft_of_facts_and_terms_for_its_own_use(site: Site, stage: Stage) -> None:
    reference = at(site, stage)
    page = site.browser(LIAISON).get(f"/court/{reference}")
    assert f"/court/{reference}/ruling-draft" in page.links()
    assert "裁定书草稿（法院自用）" in page.words
    text = draft_of(site, reference)
    assert "申请人（协议甲方）：王秀英" in text
    assert "4,000.00元（大写：肆仟元整）" in text
    assert "临溪县人民法院" in text
    assert text.count("草稿供人民法院自用") == text.count("共2页")
    assert "校验码" not in text


def test_the_draft_is_kept_nowhere_but_that_it_was_opened(site: Site) -> None:
    reference = at(site, Stage.CONFIRMATION_ACCEPTED)
    before = db.session.query(Paper).count()
    draft_of(site, reference)
    assert db.session.query(Paper).count() == before
    opened = db.session.query(AuditEntry).filter_by(act="open_paper").all()
    assert [entry.subject for entry in opened] == ["ruling_draft"]


@pytest.mark.parametrize("who", ["hetianming", "zhouguilan", "fangwei", "shenjing", "tianlu"])
def test_nobody_but_a_liaison_officer_has_the_draft(site: Site, who: str) -> None:
    reference = at(site, Stage.CONFIRMATION_ACCEPTED)
    site.browser(who).get(f"/court/{reference}/ruling-draft", status=403)
