"""Talking: persuasion or not, more time, a higher tier, ends that tell the other ways."""

from __future__ import annotations

from mediation.models.database import db
from mediation.seeds.covenants import plant_covenants
from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from tests.counter import filled_in, register
from tests.journeys.desk import CHAIR, GRID, MEDIATOR, TOWN, Desk, at, said
from tests.site import Site

S, T = Stage, Transition


def test_who_declines_persuasion_goes_straight_to_mediation(site: Site) -> None:
    desk = at(site, S.ACCEPTED)
    assert desk.next_of() == "records/consent?PERSUASION"
    desk.ask("PERSUASION", "NO")
    assert desk.next_of() == "transitions/begin-mediation"
    desk.move(MEDIATOR, "begin-mediation")
    assert "跳过" in desk.case().words
    assert "persuasion_record" not in desk.kinds()


def test_a_persuasion_is_told_in_full_and_may_settle_it(site: Site) -> None:
    plant_covenants(site.county, site.clock.clock)
    db.session.remove()
    desk = at(site, S.PERSUADING)
    clauses = [
        o.get("value", "")
        for f in desk.open(MEDIATOR, "/records/persuasion").tree.iter("select")
        if f.get("name") == "clause"
        for o in f.iter("option")
    ]
    assert len(clauses) > 2, "the clauses on the wall are chosen, not typed"
    refused = desk.record(MEDIATOR, "persuasion", status=422)
    assert refused.words.count("还没选") + refused.words.count("还空着") >= 3
    desk.record(
        MEDIATOR, "persuasion", persuader="宋永福", tie="看着两家长大的邻居", theme="HARMONY",
        said="远亲不如近邻。", promise="李大成答应装檐沟。", result="SETTLED", clause=clauses[1],
    )  # fmt: skip
    # Settled by persuasion: what is left is to write down what was agreed, not to mediate.
    assert desk.next_of() == "records/terms"
    desk.record(
        MEDIATOR, "terms", facts="檐水淋墙。",
        **{"obligations-0-debtor_id": str(desk.people()[1]), "obligations-0-what": "装檐沟",
           "obligations-0-due_on": site.clock.clock.today().isoformat()},
    )  # fmt: skip
    assert desk.next_of() == "transitions/settle-orally"
    desk.move(MEDIATOR, "settle-orally")
    desk.must_stand_at(S.ORALLY_AGREED)
    assert {"persuasion_record", "oral_agreement_register", "settlement_letter"} <= desk.kinds()
    assert "装檐沟" in desk.case().words
    (record,) = desk.papers("persuasion_record")
    assert clauses[1] in record.snapshot


def test_more_time_needs_both_and_a_day_that_has_not_passed(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    page = desk.open(MEDIATOR, "/transitions/extend")
    assert "还差1样" in page.words
    way = next(link for link in page.links() if "MORE_TIME" in link)
    first, second = (f"party_{n}" for n in desk.people())
    back = desk.of(MEDIATOR).submit(way, way="PHONE", **said({first: "YES", second: "NO"}))
    # From a move one comes back to the move, and sees what is still open.
    assert back.url.endswith("/transitions/extend")
    assert "还差1样" in back.words
    back = desk.of(MEDIATOR).submit(way, way="PHONE", **said({second: "YES"}))
    assert "还差" not in back.words
    before = desk.row().next_due_on
    desk.later(days=10)
    desk.of(MEDIATOR).submit(back.url, note="还要核对单据")
    after = desk.row().next_due_on
    assert before is not None
    assert after is not None
    assert after > before
    assert "extension_consent" in desk.kinds()
    # Yes was said to this extension; the next one is asked for anew.
    assert desk.next_of() != "transitions/extend"
    desk.later(days=60)
    desk.ask("MORE_TIME")
    assert "期限已过" in desk.open(MEDIATOR, "/transitions/extend").words


def test_handed_up_taken_over_and_handed_back(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    page = desk.open(MEDIATOR, "/transitions/escalate")
    assert "还差2样" in page.words, "the committee and both parties' word, in one go"
    receiving = str(site.county.committees["柳林镇"])
    naming = next(link for link in page.links() if "/records/escalation" in link)
    page = desk.of(MEDIATOR).submit(naming, target_id=receiving, text="牵涉两个村")
    asking = next(link for link in page.links() if "question=ESCALATION" in link)
    answers = said({f"party_{n}": "YES" for n in desk.people()})
    desk.of(MEDIATOR).submit(asking, way="PHONE", **answers)
    # Whatever is prepared whole becomes the next step.
    assert desk.next_of() == "transitions/escalate"
    page = desk.move(MEDIATOR, "escalate")
    assert "现在等别人" in page.words
    desk.must_stand_at(S.ESCALATED)
    assert "handover_list" in desk.kinds()
    # The village may look and no more; the town's committee may send it back with a reason.
    assert not [x for x in desk.case().links() if "/records/" in x or "/transitions/" in x]
    assert "现在等别人" in desk.case(TOWN).words
    refused = desk.move("xupeifang", "return-escalated", status=422)
    assert "写上原因" in refused.words
    page = desk.move("xupeifang", "return-escalated", note="两家都说愿意在村里谈")
    assert "不在您的案件里了" in page.words, "nobody is led to a page that is not theirs any more"
    desk.must_stand_at(S.MEDIATING)
    assert desk.next_of(CHAIR) != "transitions/escalate", "the old answers do not count again"


def test_a_higher_committee_takes_it_over(site: Site) -> None:
    desk = at(site, S.ESCALATED)
    town = "xupeifang"
    assert desk.next_of(town) == "records/assignment"
    page = desk.of(town).get(f"{desk.url}/records/assignment")
    choice = next(f for f in page.tree.iter("input") if f.get("name") == "account_id")
    desk.of(town).send(page, account_id=choice.get("value"), ties="none")
    desk.move(town, "take-over")
    desk.must_stand_at(S.ACCEPTED)
    assert desk.row().committee_id == site.county.committees["柳林镇"]


def test_terminated_with_the_other_ways_on_paper(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    desk.record(
        MEDIATOR, "sitting", spot="村委会", minutes="陈桂兰：谈不拢。", result="NOT_AGREED",
        outcome="差得太远",
    )  # fmt: skip
    assert desk.next_of() == "records/termination"
    desk.record(MEDIATOR, "termination", choice="no_agreement", text="谈了，差得太远")
    assert desk.next_of() == "transitions/terminate"
    desk.move(MEDIATOR, "terminate")
    (notice,) = desk.papers("termination_notice")
    assert "法院" in notice.snapshot
    assert "12348" in desk.party().get("/my/case").words


def test_talks_to_be_continued_are_continued(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    name = desk.row().parties[0].name
    desk.record(
        MEDIATOR, "sitting", spot="村委会", minutes=f"{name}：容我想想。", result="CONTINUE",
        present=[name],
    )  # fmt: skip
    assert desk.next_of() == "records/sitting"


def test_a_clear_no_stops_everything_at_once(site: Site) -> None:
    reference = register(site)
    desk = Desk(site, reference)
    page = desk.party(1).submit("/my/case/answers/mediation", said="NO")
    assert "您答了：不愿意" in page.words
    # Whoever sees the case now is not led to accept it, and cannot.
    assert desk.next_of() == "records/non-acceptance"
    assert "有一方不愿意" in desk.open(MEDIATOR, "/transitions/accept").words
    desk.record(MEDIATOR, "non-acceptance", choice="refused", addressee="临溪县人民法院")
    assert desk.next_of() == "transitions/do-not-accept"
    desk.move(MEDIATOR, "do-not-accept")
    desk.must_stand_at(S.NOT_ACCEPTED)
    assert "non_acceptance_notice" in desk.kinds()


def test_a_no_in_the_middle_of_mediation_leads_to_the_other_ways(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    desk.ask("MEDIATION", "NO")
    assert desk.next_of() == "records/termination"
    assert "有一方不愿意" in desk.open(MEDIATOR, "/transitions/draft-agreement").words


def test_a_refusal_lists_every_unmet_condition_in_one_go(site: Site) -> None:
    desk = Desk(site, register(site))
    page = desk.open(MEDIATOR, "/transitions/accept")
    todo = [li for li in page.words.split("还差") if li]
    assert "4样" in todo[1]
    for sentence in ("有没有暴力", "每一方愿不愿意调解", "由谁来调解", "权利义务念给双方听"):
        assert sentence in page.words
    # The same when somebody forges the form: every reason, and nothing has moved.
    token = desk.of(MEDIATOR).get(f"{desk.url}/records/danger-check")
    _, data = desk.of(MEDIATOR).filled(token)
    answer = desk.of(MEDIATOR).post(f"{desk.url}/transitions/accept", data, status=422)
    assert "还差4样" in answer.words
    desk.must_stand_at(S.REGISTERED)


def test_danger_is_reported_before_anything_goes_on(site: Site) -> None:
    desk = Desk(site, register(site))
    desk.record(MEDIATOR, "danger-check", choice="minor", text="孩子身上有伤")
    assert desk.next_of() == "records/danger-check"
    # Looking again and seeing nothing does not take the duty to report away.
    desk.record(MEDIATOR, "danger-check", choice="none", text="")
    page = desk.open(MEDIATOR, "/transitions/accept")
    assert "先把危险报告给有关部门" in page.words
    form = desk.open(MEDIATOR, "/records/danger-check")
    assert "孩子身上有伤" in form.text, "what was seen stands there; only to whom is asked"
    desk.of(MEDIATOR).send(form, addressee="柳林派出所、县民政局")
    assert "先把危险报告" not in desk.open(MEDIATOR, "/transitions/accept").words
    assert "柳林派出所" in desk.of(MEDIATOR).get(f"{desk.url}/timeline").words


def test_a_mediator_with_ties_needs_every_partys_knowing_yes(site: Site) -> None:
    desk = Desk(site, register(site))
    page = desk.of(CHAIR).get(f"{desk.url}/records/assignment")
    own = next(f.get("value") for f in page.tree.iter("input") if f.get("name") == "account_id")
    desk.of(CHAIR).send(page, account_id=own, ties="kin", ties_text="是罗大年的表姐")
    site.clock.tick(minutes=5)
    assert "当事人都同意或换人" in desk.open(CHAIR, "/transitions/accept").words
    desk.ask("MEDIATOR_TIES", who=CHAIR)
    assert "当事人都同意或换人" not in desk.open(CHAIR, "/transitions/accept").words


def test_a_grid_worker_registers_and_others_take_it_from_there(site: Site) -> None:
    grid = site.browser(GRID)
    page = grid.submit("/disputes/register", **filled_in(site, "柳溪村第一网格", channel="GRID"))
    desk = Desk(site, page.url.split("/")[2])
    desk.browsers[GRID] = grid
    case = desk.case(GRID)
    assert "现在等别人" in case.words
    # Nothing that only a mediator may write down leads a grid worker to a form.
    assert not [link for link in case.links() if "/records/" in link]
    assert desk.of(MEDIATOR).get("/today").links().count(desk.url) >= 1


def test_referred_with_consent(site: Site) -> None:
    desk = Desk(site, register(site))
    desk.record(
        MEDIATOR, "referral", addressee="县公共法律服务中心", choice="consent", text="要先鉴定"
    )
    assert desk.next_of() == "transitions/refer"
    desk.move(MEDIATOR, "refer")
    desk.must_stand_at(S.REFERRED)
    assert "referral_letter" in desk.kinds()
