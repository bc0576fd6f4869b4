"""Free words of agreement become items; nothing in them may stop the demonstration."""

from __future__ import annotations

import pytest

from mediation.seeds import promises

NAMES = ("魏某", "金某")


def test_sums_become_payments() -> None:
    said = (
        "我们达成以下协议：1. 金老板全额支付魏某的医药费2293元，并一次性补偿误工费合计1.5万元。"
        "2. 魏某不再提出其他要求。是否同意？"
    )
    paid, more, rest = promises.duties(said, NAMES)
    assert (paid.debtor, paid.creditor, paid.amount_fen, paid.what) == (1, 0, 229300, "医药费")
    assert (more.debtor, more.creditor, more.amount_fen) == (1, 0, 1_500_000)
    assert (rest.debtor, rest.what, rest.lasting) == (0, "不再提出其他要求", True)


@pytest.mark.parametrize(
    "said",
    [
        "",
        "。；；",
        "1.",
        "达成以下协议：",
        "元" * 500,
        "赔偿9999999999999999元",
        "金某付0元",
        "一" * 9000,
    ],
)
def test_there_is_always_an_item_with_a_day(said: str) -> None:
    found = promises.duties(said, NAMES)
    assert any(duty.within_days is not None for duty in found)
    assert len(found) <= promises.MOST


def test_status_is_never_an_item() -> None:
    said = "1. 双方离婚；2. 房屋所有权归金某所有；3. 金某付给魏某5万元。"
    assert promises.declares_status(said)
    assert [duty.amount_fen for duty in promises.duties(said, NAMES)] == [5_000_000]
