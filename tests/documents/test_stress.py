"""Papers at their worst: many parties, long names, many terms, very long minutes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediation.documents.casefile import (
    Casefile,
    Clause,
    Obligation,
    Party,
    Representative,
    Statement,
)
from mediation.documents.volume_parts import MinuteLine
from tests.documents.paper import bare, example, letter, printed

LONG = "阿不都热合曼·买买提吐尔逊"
LATIN, ENDLESS = "John Smith-O'Neill", "字" * 40
NAMES = (LONG, "王𬭚", LATIN, "李𫓧", ENDLESS, "欧阳䶮", "赵𬶍", "钱𬜯", "吴某", "郑某")
STEMS = "甲乙丙丁戊己庚辛壬癸"
PLACE = (
    "临溪县安澜街道桂花社区桂花巷一百二十八号桂花新苑三期东区第十二幢二单元"
    "一千八百零二室附属储藏间以及相邻的临街商铺二层东头第三间"
)


def person(place: int) -> Party:
    return Party(
        label=f"{STEMS[place]}方",
        name=NAMES[place],
        sex="女",
        ethnicity="维吾尔族",
        age=50,
        phone="100 0000 0199",
        address=PLACE,
        born_on=date(1976, 1, 2),
    )


def company(place: int) -> Party:
    guide = Representative(
        name="何长庚", tie="公司法务", authority="代为承认、放弃、变更请求，进行和解"
    )
    return Party(
        label=f"{STEMS[place]}方",
        kind="entity",
        name="临溪县安澜街道桂花社区集体资产经营管理有限责任公司",
        head_name=LONG,
        head_post="执行董事",
        phone="100 0000 0188",
        address=PLACE,
        representatives=(guide,),
    )


def crowd(kind: str, number: int) -> Casefile:
    parties = (*(person(n) for n in range(number - 1)), company(number - 1))
    dues = (date(2026 + n // 12, n % 12 + 1, 28) for n in range(12))
    pay = tuple(
        Obligation(
            debtor="乙方", creditor="甲方", what="工程款", amount_fen=98_765_432_100, due_on=on
        )
        for on in dues
    )
    case = example(kind)
    agreement = replace(case.agreement, obligations=pay, total_fen=12 * 98_765_432_100)
    sitting = replace(case.sitting, present=tuple(f"{p.name}（{p.label}）" for p in parties))
    return replace(case, parties=parties, agreement=agreement, sitting=sitting)


@pytest.mark.parametrize("number", [3, 4, 5, 10])
@pytest.mark.parametrize("kind", ["mediation_agreement", "confirmation_application"])
def test_many_parties_and_instalments(kind: str, number: int) -> None:
    made = printed(letter(crowd(kind, number)))
    assert made.overlaps == []
    text = made.text
    assert all(bare(party.name) in text for party in crowd(kind, number).parties)
    assert "玖亿捌仟柒佰陆拾伍万肆仟叁佰贰拾壹元整" in text or kind != "mediation_agreement"
    assert "壹佰壹拾捌亿伍仟壹佰捌拾伍万壹仟捌佰伍拾贰元整" in text


def test_the_signature_block_stays_with_words_of_the_agreement() -> None:
    for number in (2, 4, 5, 9, 10):
        pages = printed(letter(crowd("mediation_agreement", number))).pages
        page = next(page for page in pages if "甲方（签名盖章或按指印）：" in page)
        assert "三、协议份数" in page


def test_the_total_never_stands_alone() -> None:
    pages = printed(letter(crowd("mediation_agreement", 4))).pages
    page = next(page for page in pages if "11,851,851,852.00" in page)
    assert "期次" in page
    assert page.count("987,654,321.00") >= 2


@pytest.mark.parametrize(
    "kind",
    [
        "mediation_application",
        "intake_register",
        "rights_notice",
        "mediation_record",
        "termination_notice",
        "oral_agreement_register",
        "extension_consent",
        "return_visit_record",
    ],
)
@pytest.mark.parametrize("number", [5, 10])
def test_other_papers_with_many_parties(kind: str, number: int) -> None:
    made = printed(letter(crowd(kind, number)))
    assert made.overlaps == []
    text = made.text
    assert all(bare(party.name) in text for party in crowd(kind, number).parties)


def test_forty_clauses() -> None:
    case = example("mediation_agreement")
    more = tuple(Clause(head="约定", text="楼道、院坝、天井都不堆放杂物" * 6) for _ in range(40))
    made = printed(letter(replace(case, agreement=replace(case.agreement, clauses=more))))
    assert "（四十）约定。" in made.text
    assert made.overlaps == []


def test_very_long_minutes() -> None:
    case = example("mediation_record")
    lines = tuple(
        MinuteLine(speaker="王𬭚", mark="答", text="我认为墙面受潮与雨棚有关。" * 25)
        for _ in range(65)
    )
    made = printed(letter(replace(case, sitting=replace(case.sitting, lines=lines))))
    pages = made.pages
    assert f"以上记录共{len(pages)}页" in pages[-1]
    assert all("当事人逐页签名" in page for page in pages)
    assert "".join(pages).count("我认为墙面受潮与雨棚有关。") > 1500


def test_one_very_long_answer_runs_over_pages() -> None:
    case = example("mediation_record")
    lines = (MinuteLine(speaker="陈桂兰", mark="答", text="说来话长，" * 1500),)
    made = letter(replace(case, sitting=replace(case.sitting, lines=lines)))
    assert len(printed(made).pages) > 5


def test_long_facts_go_to_a_supplement_sheet() -> None:
    case = example("intake_register")
    facts = "雨水顺着雨棚落到窗台上，" * 60
    said = tuple(Statement(speaker=s, text="要求把排水槽装好，" * 30) for s in ("甲方", "乙方"))
    full = replace(case, dispute=replace(case.dispute, facts=facts, statements=said))
    pages = printed(letter(full)).pages
    assert "登记人（签名）" in pages[0]
    assert "续页" in pages[1]
    assert "".join(pages[1:]).count("雨水顺着雨棚落到窗台上，") == 60


@pytest.mark.parametrize("label", ["甲方", "乙方"])
def test_the_plain_letter_stays_within_two_pages(label: str) -> None:
    case = crowd("settlement_letter", 3).for_party(label)
    more = tuple(
        Obligation(
            debtor=d,
            creditor=c,
            what="把楼道里堆放的全部杂物清理干净并保持长期畅通" * 3,
            due_on=date(2026, 12, 1),
        )
        for d, c in (("甲方", "乙方"), ("乙方", "甲方")) * 8
    )
    rows = (*more, *case.agreement.obligations)
    agreement = replace(case.agreement, obligations=rows, total_fen=None)
    assert len(printed(letter(replace(case, agreement=agreement))).pages) <= 2


@pytest.mark.parametrize("number", [3, 5, 10])
def test_the_form_itself_stays_on_one_page(number: int) -> None:
    pages = printed(letter(crowd("intake_register", number))).pages
    assert "登记人（签名）" in pages[0]
    assert "续页" in pages[1]


@pytest.mark.parametrize(
    "facts",
    ["雨水滴到窗台上，" * 40, "雨水滴到窗台上，" * 42, "雨水滴。\n" * 11, "雨水滴。\n" * 12],
)
def test_a_form_is_whole_on_its_first_page_however_long_the_story(facts: str) -> None:
    case = example("intake_register")
    told = replace(case, dispute=replace(case.dispute, facts=facts, statements=()))
    pages = printed(letter(told)).pages
    assert "登记人（签名）" in pages[0]
    assert len(pages) == 1 or "续页" in pages[1]
