"""Signing: three layers, one by one; a copy taken back; agreements by word of mouth and on the spot."""

from __future__ import annotations

from mediation.workflow.stages import Stage
from mediation.workflow.transitions import Transition
from mediation.workflow.words import AgreementState, PaperState
from tests.journeys.desk import CHAIR, MEDIATOR, Desk, at, said
from tests.site import Site

S, T = Stage, Transition


def keys(desk: Desk) -> list[str]:
    page = desk.open(MEDIATOR, "/records/signature")
    names = dict.fromkeys(f.get("name", "") for f in page.tree.iter("input"))
    return [n for n in names if n.split("_")[0] in ("party", "mediator", "seal")]


def test_in_effect_only_with_all_three_layers(site: Site) -> None:
    desk = at(site, S.SIGNING)
    first, second, mediator, seal = keys(desk)
    desk.record(MEDIATOR, "signature", **{first: "SIGNED_AND_FINGERPRINT"})
    assert len(keys(desk)) == 3, "who has signed is not asked again"
    page = desk.open(MEDIATOR, "/transitions/make-effective")
    assert "还差3样" in page.words
    desk.record(MEDIATOR, "signature", **{second: "SIGNED", mediator: "SIGNED"})
    page = desk.open(CHAIR, "/transitions/make-effective")
    assert "还差1样" in page.words
    assert "调委会的章" in page.words
    # A fingerprint alone needs a witness; the seal is a chair's everyday act.
    desk.record(CHAIR, "signature", **{seal: "SEALED"})
    assert desk.next_of(CHAIR) == "transitions/make-effective"
    desk.move(CHAIR, "make-effective")
    (agreement,) = desk.agreements()
    assert agreement.state is AgreementState.EFFECTIVE
    assert agreement.effective_on == site.clock.clock.today()
    assert {"mediation_agreement", "settlement_letter"} <= desk.kinds()


def test_a_lone_fingerprint_needs_a_witness_who_is_not_the_mediator(site: Site) -> None:
    desk = at(site, S.SIGNING)
    first = keys(desk)[0]
    keeper = desk.row().mediator
    assert keeper is not None
    for witness in ("", keeper.name):
        page = desk.record(
            MEDIATOR, "signature", status=422, witness=witness, **{first: "FINGERPRINT"}
        )
        assert "见证人" in page.words
    desk.record(MEDIATOR, "signature", witness="赵老师", **{first: "FINGERPRINT"})
    assert first not in keys(desk)


def test_a_copy_taken_back_comes_again_under_a_new_number(site: Site) -> None:
    desk = at(site, S.SIGNING)
    desk.record(MEDIATOR, "signature", **{keys(desk)[0]: "SIGNED"})
    refused = desk.move(MEDIATOR, "revise-agreement", status=422)
    assert "写上原因" in refused.words
    desk.move(MEDIATOR, "revise-agreement", note="日期写错了")
    desk.must_stand_at(S.DRAFTING)
    (old,) = desk.papers("mediation_agreement")
    assert old.state is PaperState.WITHDRAWN
    page = desk.of(MEDIATOR).get(f"/papers/{old.public_id}")
    assert "已经撤回，不再有用" in page.words
    # What was written is still there: nobody types an agreement twice.
    form = desk.open(MEDIATOR, "/records/terms")
    _, filled = desk.of(MEDIATOR).filled(form)
    assert filled["obligations-0-what"]
    desk.of(MEDIATOR).send(form, facts="事实照旧，日期改了。")
    desk.move(MEDIATOR, "issue-signing-copy")
    old, new = desk.papers("mediation_agreement")
    assert new.number == f"{old.number}之二"
    assert new.state is not PaperState.WITHDRAWN
    assert len(keys(desk)) == 4, "a signature on the old copy does not count for the new one"


def test_who_will_not_sign_goes_back_to_talk(site: Site) -> None:
    desk = at(site, S.SIGNING)
    desk.move(MEDIATOR, "resume-mediation", note="李大成还要再想想")
    desk.must_stand_at(S.MEDIATING)
    assert desk.papers("mediation_agreement")[0].state is PaperState.WITHDRAWN


def test_the_terms_say_what_they_still_lack(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    one, two = (str(n) for n in desk.people()[:2])
    page = desk.open(MEDIATOR, "/records/terms")
    desk.of(MEDIATOR).send(
        page, facts="水流过了界。",
        **said({"obligations-0-debtor_id": one, "obligations-0-what": "付清材料钱",
                "obligations-0-amount_fen": "860"}),
    )  # fmt: skip
    page = desk.open(MEDIATOR, "/records/terms")
    for gap in ("第1条还没写日期", "第1条有钱，还没写付给谁", "第1条还没写怎么付"):
        assert gap in page.words
    desk.of(MEDIATOR).send(
        page, **said({"obligations-0-creditor_id": two, "obligations-0-how": "现金",
                      "obligations-0-due_on": "2026-12-01"}),
    )  # fmt: skip
    assert "还差" not in desk.open(MEDIATOR, "/records/terms").words.split("只")[0][:200]
    case = desk.case().words
    assert "860" in case
    assert "捌佰陆拾元整" in case


def test_a_minor_acts_through_a_guardian(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    number = desk.people()[0]
    party = desk.of(MEDIATOR).get(f"{desk.url}/parties/{number}")
    assert "写上代理人或监护人" in party.words
    added = desk.open(MEDIATOR, "/records/party")
    desk.of(MEDIATOR).send(added, side="APPLICANT", name="小满", age="9")
    desk.ask("MEDIATION")
    page = desk.open(MEDIATOR, "/transitions/settle-orally")
    assert "监护人" in page.words
    way = next(link for link in page.links() if "/records/representative" in link)
    child = str(desk.people()[-1])
    page = desk.of(MEDIATOR).submit(way, party_id=child, kind="GUARDIAN", name="吴长贵", tie="父亲")
    assert page.url.endswith("/transitions/settle-orally"), "back where one came from"
    assert "写上监护人是谁" not in page.words


def test_two_agents_each_with_their_authority_and_no_third(site: Site) -> None:
    desk = at(site, S.ACCEPTED)
    number = desk.people()[0]
    url = f"{desk.url}/records/representative?party={number}"
    vague = desk.of(MEDIATOR).submit(url, kind="AGENT", name="甲律师", status=422)
    assert "授权做什么" in vague.words
    for name in ("甲律师", "乙律师"):
        desk.of(MEDIATOR).submit(url, kind="AGENT", name=name, authority="代为和解、签收")
    third = desk.of(MEDIATOR).submit(
        url, kind="AGENT", name="丙律师", authority="代为和解", status=422
    )
    assert "最多两位" in third.words
    shown = desk.of(MEDIATOR).get(f"{desk.url}/parties/{number}").words
    assert "甲律师" in shown
    assert "代为和解、签收" in shown


def test_by_word_of_mouth_then_confirmed(site: Site) -> None:
    desk = at(site, S.MEDIATING, T.SETTLE_ORALLY)
    desk.must_stand_at(S.ORALLY_AGREED)
    assert {"oral_agreement_register", "settlement_letter"} <= desk.kinds()
    assert desk.next_of() == "records/consent?CONFIRMATION"
    desk.ask("CONFIRMATION", "NO")
    assert desk.next_of() == "transitions/begin-performance"
    desk.ask("CONFIRMATION")
    page = desk.open(MEDIATOR, "/transitions/prepare-confirmation")
    assert "口头协议要先在登记表上签字" in page.words


def test_done_on_the_spot(site: Site) -> None:
    desk = at(site, S.MEDIATING)
    one, two = (str(n) for n in desk.people()[:2])
    today = site.clock.clock.today().isoformat()
    desk.record(
        MEDIATOR, "terms", facts="菜摊占了路。",
        **{"obligations-0-debtor_id": one, "obligations-0-creditor_id": two,
           "obligations-0-what": "赔打翻的菜", "obligations-0-amount_fen": "45.5",
           "obligations-0-how": "现金", "obligations-0-due_on": today},
    )  # fmt: skip
    item = next(
        f.get("value") for f in desk.open(MEDIATOR, "/records/performance").tree.iter("input")
        if f.get("name") == "obligation_id"
    )  # fmt: skip
    for wrong, why in (("0", "0"), ("45.555", "分"), ("60", "多了")):
        page = desk.record(
            MEDIATOR, "performance", status=422, obligation_id=item, amount_fen=wrong, proof="当面"
        )
        assert why in page.words
    desk.record(MEDIATOR, "performance", obligation_id=item, amount_fen="45.50", proof="当面点清")
    # All of it is done: the page now leads to writing that down.
    assert desk.next_of() == "transitions/perform-on-spot"
    desk.move(MEDIATOR, "perform-on-spot")
    desk.must_stand_at(S.DONE_ON_SPOT)
    assert desk.next_of() == "transitions/declare-performed"
    assert "做到了" in desk.case().words


def test_what_would_print_blank_is_said_before_it_prints(site: Site) -> None:
    desk = at(site, S.DRAFTING)
    desk.ask("CONFIRMATION")
    page = desk.open(MEDIATOR, "/transitions/issue-signing-copy")
    assert "印出来会空着的" in page.words
    back = page
    ways = [link for link in page.links() if "/complete" in link]
    for way in ways:
        back = desk.of(MEDIATOR).submit(way, ethnicity="汉族")
        assert back.url.endswith("/transitions/issue-signing-copy")
    assert "民族" not in back.words
    # It is a hint and no more: what nobody knows stays a blank to be written by hand.
    desk.of(MEDIATOR).send(back)
    desk.must_stand_at(S.SIGNING)
