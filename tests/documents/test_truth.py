"""A paper says nothing that was not so: who asked, what interrupts a period, which way is open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mediation.documents.casefile import Casefile, Enforcement, Item, Move, Obligation, Party
from mediation.documents.typesetting import in_lines, name
from tests.documents.paper import MM, example, letter, printed


def text_of(case: Casefile) -> str:
    return printed(letter(case)).text


def of_own_motion(folder: str) -> Casefile:
    case = example(folder)
    return replace(case, dispute=replace(case.dispute, source="own_motion"))


def with_sides(case: Casefile, *sides: str) -> Casefile:
    found = (replace(one, side=side) for one, side in zip(case.parties, sides, strict=False))
    return replace(case, parties=tuple(found))


def test_only_a_partys_own_request_interrupts_the_period() -> None:
    asked, own = example("termination_notice"), of_own_motion("termination_notice")
    assert "起中断" in text_of(asked)
    assert "起中断" not in text_of(own)
    assert "登记本身不中断诉讼时效" in text_of(own)


@pytest.mark.parametrize(("side", "said"), [("applicant", "您来反映那天起"), ("respondent", "")])
def test_the_period_runs_anew_for_whoever_asked(side: str, said: str) -> None:
    case = with_sides(example("other_ways_notice"), side, "applicant")
    text = text_of(case.for_party(case.parties[0].label))
    assert said in text
    assert ("来反映那天起" in text) == bool(said)


def test_who_did_not_ask_is_not_said_to_have_asked() -> None:
    case = with_sides(example("non_acceptance_notice"), "applicant", "respondent")
    asker = case.parties[0].name
    assert f"{asker}于2026年" in text_of(case)
    assert "向本委员会提出请求" not in text_of(of_own_motion("non_acceptance_notice"))


def test_a_ruling_is_enforced_and_not_sued_upon() -> None:
    case = replace(
        example("other_ways_notice"),
        enforcement=Enforcement(
            court="临溪县人民法院",
            number="（2026）临溪样张民特5号",
            ruled_on=date(2026, 11, 2),
            apply_by_on=date(2028, 12, 1),
        ),
    )
    text = text_of(case)
    assert "申请强制执行" in text
    assert "最晚2028年12月1日" in text
    assert "可以随时停止调解" not in text
    assert "不会写" not in text


def test_applicants_apply_together_and_each_signs() -> None:
    case = example("mediation_application")
    three = replace(case, parties=(*case.parties, Party(label="丙方", name="周某")))
    text = text_of(with_sides(three, "applicant", "respondent", "applicant"))
    assert "甲方、丙方是申请人，乙方是被申请人" in text
    assert text.count("申请人（签名盖章或按指印）") == 2


def test_what_lasts_is_not_said_to_be_done_on_the_spot() -> None:
    case = example("oral_agreement_register")
    lasting = Obligation(debtor="乙方", what="不再往楼道放东西", lasting=True)
    spot = replace(case.agreement, performed_on_spot=True, total_fen=None)
    whole = replace(spot, obligations=(Obligation(debtor="乙方", what="搬走货架"),))
    assert "以上内容，双方已经当场履行完毕" in text_of(replace(case, agreement=whole))
    mixed = replace(whole, obligations=(*whole.obligations, lasting))
    assert "除长期有效的约定以外" in text_of(replace(case, agreement=mixed))


def test_a_type_that_is_called_a_dispute_is_not_called_so_twice() -> None:
    case = example("intake_register")
    labour = replace(case, dispute=replace(case.dispute, type_label="其他劳动争议"))
    assert "争议纠纷" not in text_of(labour)
    assert "陈桂兰与王𬭚之间的邻里纠纷予以受理" in text_of(case)


def test_a_blank_of_the_application_says_what_belongs_there() -> None:
    case = example("confirmation_application")
    bare = replace(case, parties=tuple(Party(label=p.label, name=p.name) for p in case.parties))
    text = text_of(bare)
    for word in ("性别", "民族", "工作单位和职务", "住", "联系电话："):
        assert text.count(word) >= 2, word
    assert "性别" not in text_of(case)


def test_numbers_of_papers_stand_in_no_second_brackets() -> None:
    case = example("referral_letter")
    item = Item(name="人民调解申请书", pages=1, note="（2026）桂花人调申字第001号")
    text = text_of(replace(case, move=replace(case.move, items=(item,))))
    assert "（（" not in text


@pytest.mark.parametrize("folder", ["termination_notice", "non_acceptance_notice", "urging_letter"])
@pytest.mark.parametrize("number", [2, 8])
def test_a_signing_place_never_stands_with_less_than_two_lines(folder: str, number: int) -> None:
    case = example(folder)
    people = tuple(Party(label=f"{n}方", name=f"周某某{n}") for n in "甲乙丙丁戊己庚辛"[:number])
    for length in (0, 6, 12, 18):
        title = "楼上雨棚滴水" * length + "纠纷"
        made = printed(
            letter(replace(case, parties=people, dispute=replace(case.dispute, title=title)))
        )
        page = next(page for page in made.pages if "签收" in page)
        before = page[: page.index("签收")]
        assert len(before) > 60, (folder, number, length)


def test_the_name_of_a_committee_stays_in_its_seal() -> None:
    case = example("mediation_agreement")
    far = "新疆维吾尔自治区伊犁哈萨克自治州霍尔果斯市亚欧街道阿克托别社区人民调解委员会"
    for one in ("临溪县安澜街道桂花社区人民调解委员会", far):
        made = printed(letter(replace(case, committee=replace(case.committee, name=one))))
        assert made.overlaps == []
        (seal,) = made.boxes("seal")
        inside = [
            ink for sheet in made.sheets for ink in sheet.inks
            if seal.left <= ink.left and seal.top <= ink.top <= seal.top + seal.height
            and ink.left > 120 * MM and ink.text in one
        ]  # fmt: skip
        assert inside
        assert all(ink.bottom < seal.top + 42 * MM for ink in inside)
        assert all(ink.right - ink.left <= 42 * MM for ink in inside)


def test_places_are_cut_behind_their_kind() -> None:
    assert in_lines("临溪县安澜街道桂花社区", 9) == ["临溪县安澜街道", "桂花社区"]
    assert in_lines("桂花社区", 9) == ["桂花社区"]
    assert in_lines("", 9) == []
    assert all(len(line) <= 9 for line in in_lines("没有地名结尾的一长串文字没有地名", 9))


@pytest.mark.parametrize("long", ["John Smith-O'Neill", "字" * 40])
def test_a_name_that_fits_no_cell_may_break(long: str) -> None:
    assert 'class="n"' not in name(long)


def test_a_record_of_one_line_is_one_page() -> None:
    case = example("mediation_record")
    one = replace(case.sitting, lines=case.sitting.lines[:1])
    made = printed(letter(replace(case, sitting=one)))
    assert len(made.pages) == 1
    assert "以上记录共1页" in made.text


def test_the_last_part_of_the_english_letter_is_never_alone() -> None:
    case = example("settlement_letter_en")
    for more in range(0, 9, 2):
        owed = tuple(
            Obligation(debtor="乙方", what="把楼道清理干净" * 3, due_on=date(2026, 12, n + 1))
            for n in range(more)
        )
        agreement = replace(
            case.agreement, obligations=(*case.agreement.obligations, *owed), total_fen=None
        )
        last = printed(letter(replace(case, agreement=agreement))).pages[-1]
        assert "Isthisletterreal?" in last


def test_a_move_without_words_prints_blanks() -> None:
    case = replace(example("handover_list"), move=Move())
    assert "None" not in text_of(case)


def test_what_waits_for_something_says_for_what() -> None:
    case = example("settlement_letter").for_party("甲方")
    owed = Obligation(
        debtor="乙方", creditor="甲方", what="补偿款", amount_fen=100, condition="拆迁补偿款到账后"
    )
    agreement = replace(case.agreement, obligations=(owed,), clauses=(), total_fen=None)
    assert "拆迁补偿款到账后王𬭚付给您1元" in text_of(replace(case, agreement=agreement))
