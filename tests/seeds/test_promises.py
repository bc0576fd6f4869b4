"""Free words of agreement become items: who, to whom, how much; and nothing that nobody promised."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mediation.seeds import days, promises
from mediation.seeds.promises import Agreed, agreed
from mediation.services.told_names import sides

NAMES = ("魏某", "金某")
BEGINS = "经过协商，我们达成以下协议："


def read(said: str, *names: str, turns: tuple[tuple[str, str], ...] = ()) -> Agreed:
    return agreed(BEGINS + said, sides(names or NAMES, []), turns)


def paid(found: Agreed) -> list[tuple[int, int | None, int | None]]:
    return [(d.debtor, d.creditor, d.amount_fen) for d in found.duties if d.amount_fen is not None]


def acts(found: Agreed) -> list[tuple[int, str, bool]]:
    return [(d.debtor, d.what, d.lasting) for d in found.duties if d.amount_fen is None]


def test_sums_become_payments_and_words_become_promises() -> None:
    found = read(
        "1. 金老板全额支付魏某的医药费2293元，并一次性补偿误工费、陪护费合计1.5万元，当场兑现。"
        "2. 魏某不再提出其他要求。是否同意？"
    )
    assert paid(found) == [(1, 0, 229300), (1, 0, 1_500_000)]
    assert [d.what for d in found.duties] == ["医药费", "误工费、陪护费", "不再提出其他要求"]
    assert acts(found) == [(0, "不再提出其他要求", True)]


@pytest.mark.parametrize(
    ("said", "fen"),
    [
        ("金某赔偿魏某3.5万元", 3_500_000),
        ("金某赔偿魏某一千二百元", 120_000),
        ("金某赔偿魏某人民币叁拾伍万元整（￥：350000.00元）", 35_000_000),
        ("金某赔偿魏某3万5千元", 3_500_000),
        ("金某赔偿魏某￥8,600.50", 860_050),
        ("金某给魏某十二元五角", 1_250),
        ("金某付魏某两百五十块钱", 25_000),
        ("金某赔偿魏某每架3000元，共13架，赔偿总额为39000元", 3_900_000),
        ("金某赔偿魏某医疗费1849元及交通费208元", 205_700),
    ],
)
def test_a_sum_however_it_is_written(said: str, fen: int) -> None:
    assert paid(read(said)) == [(1, 0, fen)]


@pytest.mark.parametrize(
    "said",
    [
        "金某赔偿魏某14万余元",
        "金某每年付魏某800元",
        "金某赔偿魏某99999999999999999元",
        "金某付魏某0元",
    ],
)
def test_what_is_no_exact_sum_stays_in_words(said: str) -> None:
    found = read(said)
    assert paid(found) == []


def test_instalments_are_one_payment_each() -> None:
    monthly = read("魏某欠金某的钱，由魏某每月支付金某500元，共12期")
    assert paid(monthly) == [(0, 1, 50_000)] * 12
    staged = read(
        "魏某分三期偿还金某本金：第一期于2019年8月30日前偿还5万元，第二期于2020年2月28日前偿还10万元，"
        "第三期于2021年2月28日前偿还10万元"
    )
    assert paid(staged) == [(0, 1, 5_000_000), (0, 1, 10_000_000), (0, 1, 10_000_000)]
    within = [d.within_days or 0 for d in staged.duties]
    assert [b - a for a, b in pairwise(within)] == [182, 366]


def test_shares_are_paid_and_the_total_is_not_paid_again() -> None:
    found = read(
        "赵某、曹某共赔偿孙某医药费21000元，其中赵某承担15000元，曹某承担6000元",
        "赵某",
        "曹某",
        "孙某",
    )
    assert paid(found) == [(0, 2, 1_500_000), (1, 2, 600_000)]
    each = read(
        "伦某等3位学生的家长分别承担余某医疗费4000元，5日内付清；学校向余某支付赔偿费用15000元",
        *("余某", "伦某", "陈某", "孙某", "某小学"),
    )
    assert paid(each) == [(1, 0, 400_000), (2, 0, 400_000), (3, 0, 400_000), (4, 0, 1_500_000)]


def test_a_sum_named_twice_is_paid_once_on_the_day_named_last() -> None:
    found = read("金某补偿魏某4500元。补偿款4500元于调解之日当场兑现。")
    assert paid(found) == [(1, 0, 450_000)]
    assert found.duties[0].within_days == days.AT_ONCE


def test_titles_and_houses_are_understood() -> None:
    found = read("医方赔偿患方各项费用共计305692.41元", "赵某", "吴某", "某医院")
    assert paid(found) == [(2, 0, 30_569_241)]


def test_what_both_promise_is_an_item_of_each() -> None:
    assert acts(read("双方互相尊重，今后不再争执")) == [
        (0, "互相尊重，今后不再争执", True),
        (1, "互相尊重，今后不再争执", True),
    ]


def test_an_act_has_a_day_and_an_admission_is_no_promise() -> None:
    found = read("金某承认自己动手不对，并向魏某道歉。金某拆除障碍物，填平深塘。")
    assert found.responsibility == "金某承认自己动手不对"
    assert acts(found) == [(1, "向魏某道歉", False), (1, "拆除障碍物，填平深塘", False)]
    assert all(duty.within_days == days.USUAL for duty in found.duties)


def test_what_must_come_first_is_a_condition() -> None:
    found = read("金某于房屋拆迁补偿款到账后一次性给付魏某35万元")
    assert found.duties[0].condition == "房屋拆迁补偿款到账后"
    assert found.duties[0].within_days is None


def test_who_is_no_party_is_held_to_nothing() -> None:
    found = read("金某赔偿魏某500元；校方无条件配合学生转学；村组协助恢复出水沟。")
    assert len(found.duties) == 1
    assert "校方无条件配合学生转学" in found.beside
    assert "村组协助恢复出水沟" in found.beside


@pytest.mark.parametrize(
    "said",
    [
        "双方离婚",
        "房屋所有权归金某所有",
        "魏某自愿放弃诉权",
        "魏某不得再就此事向法院起诉或者上访",
        "检察院对金某作出不起诉决定",
    ],
)
def test_what_no_agreement_may_say_is_no_item(said: str) -> None:
    found = read(f"金某付给魏某5万元，{said}；{said}。")
    assert paid(found) == [(1, 0, 5_000_000)]
    assert acts(found) == []
    assert said not in found.beside


def test_status_is_told_apart() -> None:
    assert promises.declares_status("2. 房屋所有权归金某所有；")
    assert not promises.declares_status("2. 金某归还房屋钥匙；")


def test_where_nothing_was_promised_there_is_no_item() -> None:
    assert read("").duties == ()
    assert read("希望大家遵守协议，谢谢配合。").duties == ()


def test_a_partys_own_word_counts_where_the_terms_were_left_out() -> None:
    turns = (
        ("调解员", "金老板，您看呢？"),
        ("金某", "好的，我愿意把压坏的院墙重新砌好。"),
        ("魏某", "我同意。"),
    )
    assert acts(read("", turns=turns)) == [(1, "把压坏的院墙重新砌好", False)]


@pytest.mark.parametrize(
    "said",
    [
        "。；；",
        "1.",
        "元" * 500,
        "一" * 9000,
        "（" * 300,
        "魏某" * 900,
        "赔偿" * 400,
        "第一期" * 99,
    ],
)
def test_no_words_break_it(said: str) -> None:
    assert len(read(said).duties) <= promises.MOST
