"""What the benchmarks draw: two-page agreements, every one with other names, sums and facts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from mediation.documents.casefile import Agreement, Casefile, Clause, Obligation, from_plain
from mediation.documents.render import Letter, Printing, render
from mediation.paths import LETTERS

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨"
_GIVEN = "桂兰建国秀英志强玉梅海涛春燕"
_THINGS = ("雨棚", "院墙", "排水沟", "鸡舍", "菜地", "水泵", "楼道", "车位")
_ADDRESS = "HTTPS://DIAOJIE.LINXI.EXAMPLE/V/{:012}"


def agreement(n: int) -> Casefile:
    """The n-th agreement: invented people, two pages."""
    base = from_plain(
        json.loads((LETTERS / "mediation_agreement" / "example.json").read_text("utf-8"))
    )
    one, other = base.parties
    number = f"（2026）桂花人调字第{n:03}号"
    return replace(
        base,
        paper=replace(base.paper, number=number),
        parties=(replace(one, name=_name(n)), replace(other, name=_name(n * 7 + 3))),
        agreement=_terms(base.agreement, n, number),
    )


def _name(n: int) -> str:
    return _SURNAMES[n % 16] + _GIVEN[n % 14] + _GIVEN[(n // 14 + 5) % 14]


def _terms(base: Agreement, n: int, number: str) -> Agreement:
    thing, fen = _THINGS[n % 8], 100_000 + n * 12_345
    due = date(2026, 10, 20) + timedelta(days=n % 60)
    return replace(
        base,
        number=number,
        facts=(
            f"2026年3月，乙方在自家门前修整{thing}，占用了双方共用的通道约{n % 9 + 1}米，"
            f"施工时碰坏了甲方的围栏和{n % 5 + 2}棵果树。甲方多次提出意见，双方言语不合，"
            "村民小组长上门劝过两次，没有谈拢。\n"
            f"2026年9月14日，甲方向本调解委员会申请调解，要求恢复通道、赔偿{fen // 100}元。"
            "乙方承认施工时没有打招呼，愿意恢复通道，对赔偿的数额有不同看法。"
        ),
        issues=f"双方对{thing}由谁先动工没有分歧，对通道恢复的期限、赔偿数额和付款方式意见不一。",
        obligations=(
            Obligation(
                debtor="乙方", creditor="甲方", head="恢复", due_on=due,
                what=f"把{thing}占用的通道清理干净，恢复到原来的宽度", how="费用由乙方承担",
            ),
            Obligation(
                debtor="乙方", creditor="甲方", head="赔偿", amount_fen=fen, due_on=due,
                what="围栏和果树的损失", how="转入甲方尾号0131的银行账户",
            ),
            Obligation(
                debtor="甲方", creditor="乙方", head="收条", what="在收到款项后3日内向乙方出具收条"
            ),
        ),
        clauses=(
            Clause(head="逾期", text="乙方逾期付款超过15日的，按照欠款数额另付逾期利息。"),
            Clause(head="相处", text="今后修整房屋、院落，动工前先同邻居打招呼，有事好好商量。"),
            Clause(head="了结", text="乙方全部履行后，双方因这次施工发生的赔偿事项即告了结。"),
        ),
        total_fen=fen,
    )  # fmt: skip


def letter(n: int) -> Letter:
    """The n-th agreement, filled, with its own code."""
    return render(agreement(n), Printing(check_address=_ADDRESS.format(n)))
