"""Papers that are printed when somebody needs one: what each asks, what it then says, who may see it."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest

from mediation.documents.casefile import Casefile
from mediation.services.frozen import thaw
from mediation.workflow.documents import Document as D
from mediation.workflow.stages import Stage as S
from mediation.workflow.transitions import Transition as T
from tests.journeys.desk import MEDIATOR, Desk, at
from tests.pictures import png
from tests.site import Site

ON_REQUEST = [d for d in D if d.value.on_request]


def says(desk: Desk, kind: D, number: int = -1) -> Casefile:
    return thaw(desk.papers(kind.folder)[number].snapshot).casefile


def way(desk: Desk, kind: D) -> str:
    return f"{desk.url}/papers/request/{kind.slug}"


def ask(desk: Desk, kind: D, *, status: int = 200, **fields: Any) -> str:
    """Through the list of papers, as people go; returns the words of the page that follows."""
    browser = desk.of(MEDIATOR)
    assert way(desk, kind) in browser.get(f"{desk.url}/papers").links()
    page = browser.send(browser.get(way(desk, kind)), status=status, **fields)
    desk.site.clock.tick(minutes=3)
    return page.words


def offered(desk: Desk) -> set[D]:
    links = desk.of(MEDIATOR).get(f"{desk.url}/papers").links()
    return {d for d in ON_REQUEST if way(desk, d) in links}


def test_what_is_offered_follows_the_facts(site: Site) -> None:
    early = offered(at(site, S.REGISTERED))
    assert D.IDENTITY_SHEET in early
    assert not early & {
        D.ACCEPTANCE_PROOF, D.MEDIATION_PROOF, D.PERFORMANCE_SHEET, D.CLOSING_REPORT,
        D.MEDIATION_NOTICE, D.EVIDENCE_LIST,
    }  # fmt: skip
    talking = offered(at(site, S.MEDIATING))
    assert {D.ACCEPTANCE_PROOF, D.MEDIATION_NOTICE, D.SERVICE_RECEIPT} <= talking
    assert not talking & {D.MEDIATION_PROOF, D.CLOSING_REPORT}
    assert {D.MEDIATION_PROOF, D.PERFORMANCE_SHEET} <= offered(at(site, S.PERFORMING))
    closed = at(site, S.CLOSED)
    assert D.CLOSING_REPORT in offered(closed)
    assert D.MEDIATION_NOTICE not in offered(closed)
    assert offered(at(site, S.ARCHIVED)) == {D.VOLUME_NOTE}


def test_what_makes_no_sense_yet_is_said_and_not_made(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    early = desk.of(MEDIATOR).get(way(desk, D.MEDIATION_PROOF))
    assert "还用不上" in early.words
    token = desk.of(MEDIATOR).get(way(desk, D.IDENTITY_SHEET))
    _, data = desk.of(MEDIATOR).filled(token)
    answer = desk.of(MEDIATOR).post(way(desk, D.MEDIATION_PROOF), data, status=422)
    assert "还用不上" in answer.words
    assert desk.papers("mediation_proof") == []
    desk.of(MEDIATOR).get(f"{desk.url}/papers/request/mediation-agreement", status=404)


def test_one_for_each_party_numbered_today_and_nobody_elses(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    words = ask(desk, D.ACCEPTANCE_PROOF)
    assert "受理证明" in words
    first, second = desk.papers("acceptance_proof")
    assert first.number != second.number
    assert {first.issued_on, second.issued_on} == {site.clock.clock.today()}
    mine, other = (p for p in says(desk, D.ACCEPTANCE_PROOF, 0).parties)
    assert mine.label == says(desk, D.ACCEPTANCE_PROOF, 0).addressee
    assert mine.address or mine.phone
    assert (other.address, other.phone) == ("", "")
    assert "打印了文书：受理证明" in desk.case().words
    for number, paper in enumerate((first, second)):
        assert desk.party(number).get("/my/case").words.count("受理证明") == 1
        desk.party(1 - number).get(f"/my/papers/{paper.public_id}", status=404)


def test_a_form_sent_twice_prints_once(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    browser = desk.of(MEDIATOR)
    page = browser.get(way(desk, D.IDENTITY_SHEET))
    _, data = browser.filled(page, parties=[str(desk.people()[0])])
    for _ in range(2):
        assert "/papers" in browser.post(way(desk, D.IDENTITY_SHEET), data).url
    assert len(desk.papers("identity_sheet")) == 1


def test_a_notice_says_when_and_where_and_loses_nothing_on_an_error(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    typed: dict[str, Any] = {
        "parties": str(desk.people()[1]), "on": "2020-01-01", "at": "１４：３０", "spot": "村委会二楼",
        "purpose": "坐下来谈", "bring": "身份证\n\n收据",
    }  # fmt: skip
    browser = desk.of(MEDIATOR)
    page = browser.send(browser.get(way(desk, D.MEDIATION_NOTICE)), status=422, **typed)
    assert "这天已经过去了" in page.words
    kept = browser.filled(page)[1]
    assert (kept["spot"], kept["on"], kept["parties"]) == (
        "村委会二楼",
        "2020-01-01",
        typed["parties"],
    )
    browser.send(page, on="2026-12-01")
    (notice,) = desk.papers("mediation_notice")
    said = thaw(notice.snapshot).casefile
    assert notice.party_id == desk.people()[1]
    assert (said.meeting.at, said.meeting.spot) == ("14:30", "村委会二楼")
    assert said.meeting.bring == ("身份证", "收据")
    assert said.meeting.contact
    desk.site.clock.tick(minutes=1)
    typed["on"] = "2026-12-01"
    ask(desk, D.NOTICE_LETTER, **typed)
    letter = says(desk, D.NOTICE_LETTER)
    assert letter.dispute.stands == "正在调解。"
    assert {p.address for p in letter.parties} == {""}


def test_a_receipt_holds_only_what_goes_to_that_party(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    ask(desk, D.IDENTITY_SHEET)
    mine, theirs = desk.papers("identity_sheet")
    shared = desk.papers("rights_notice")[0]
    person = str(desk.people()[0])
    browser = desk.of(MEDIATOR)
    page = browser.get(way(desk, D.SERVICE_RECEIPT))
    wrong = browser.send(
        page, status=422, parties=[person], served=[theirs.public_id], way="IN_PERSON"
    )
    assert "写给别人的" in wrong.words
    browser.send(wrong, served=[mine.public_id, shared.public_id])
    said = says(desk, D.SERVICE_RECEIPT)
    assert said.service.way == "当面交给本人"
    assert [item[-len(p.number) :] for item, p in zip(said.service.items, (shared, mine), strict=True)] == [
        shared.number, mine.number
    ]  # fmt: skip


def test_a_power_names_the_agent_on_record_or_nobody(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    person = desk.people()[0]
    desk.of(MEDIATOR).submit(
        f"{desk.url}/records/representative?party={person}", name="谢长亮", kind="AGENT", tie="侄子",
        authority="代为和解，签订调解协议",
    )  # fmt: skip
    page = desk.of(MEDIATOR).get(way(desk, D.POWER_OF_ATTORNEY))
    assert "委托谢长亮" in page.words
    values = [f.get("value", "") for f in page.tree.iter("input") if f.get("name") == "people"]
    ask(desk, D.POWER_OF_ATTORNEY, people=[values[0], f"p{desk.people()[1]}"])
    assert says(desk, D.POWER_OF_ATTORNEY, 0).agent.name == "谢长亮"
    assert says(desk, D.POWER_OF_ATTORNEY, 1).agent.name == ""
    assert "选" in ask(desk, D.POWER_OF_ATTORNEY, people=[], status=422)


def test_evidence_is_listed_and_scans_go_to_their_own_place(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    browser = desk.of(MEDIATOR)
    for name, item in (("借条", "EVIDENCE"), ("身份证", "IDENTITY")):
        browser.submit(
            f"{desk.url}/evidence", name=name, source="陈水根", item=item, file=(BytesIO(png()), f"{name}.png")
        )  # fmt: skip
    assert "卷宗里放在：当事人身份证明" in browser.get(f"{desk.url}/evidence").words
    ask(desk, D.EVIDENCE_LIST)
    assert [e.name for e in says(desk, D.EVIDENCE_LIST).exhibits] == ["借条"]
    (paper,) = desk.papers("evidence_list")
    desk.party().get(f"/my/papers/{paper.public_id}", status=404)


def test_what_was_performed_and_what_is_left_is_told_as_recorded(site: Site) -> None:
    desk = at(site, S.MEDIATING, T.MAKE_EFFECTIVE, S.PERFORMING)
    ask(desk, D.PERFORMANCE_SHEET)
    owed = [o for o in desk.agreements()[-1].obligations if not o.lasting]
    deeds = says(desk, D.PERFORMANCE_SHEET).deeds
    assert [d.what for d in deeds] == [o.what for o in owed]
    assert not any(d.done_on for d in deeds)
    ask(desk, D.MEDIATION_PROOF)
    proof = says(desk, D.MEDIATION_PROOF)
    assert len(proof.mediated.sessions) == 1
    assert all("同意" in line or "愿意" in line for line in proof.mediated.willing)
    closed = at(site, S.MEDIATING, T.MAKE_EFFECTIVE, S.PERFORMED, S.CLOSED)
    ask(closed, D.CLOSING_REPORT)
    report = says(closed, D.CLOSING_REPORT).closing
    assert report.closed_on is not None
    assert report.result == "达成书面协议，已履行。"
    assert "调解1次" in report.process
    assert report.confirmation == "没有申请司法确认。"


def test_a_note_is_written_even_when_the_volume_is_archived(site: Site) -> None:
    desk = at(site, S.ARCHIVED)
    ask(desk, D.VOLUME_NOTE, text="第三页是复印件，原件由当事人保存。")
    note = says(desk, D.VOLUME_NOTE).volume
    assert note.said.startswith("第三页")
    assert note.missing == ("当事人身份证明",)
    assert note.keep == "10年"


@pytest.mark.parametrize("who", ["linxiaohe", "luoyiming"])
def test_only_who_records_in_the_case_prints_for_it(site: Site, who: str) -> None:
    desk = at(site, S.MEDIATING)
    desk.of(who).get(way(desk, D.IDENTITY_SHEET), status=403)
