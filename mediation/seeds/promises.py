"""From what was said at the table to items of an agreement: who, to whom, what, how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mediation import money
from mediation.seeds.story import Duty

MOST, LONGEST, _SHORTEST = 8, 180, 4
_WITHIN, _AT_ONCE = 20, 1
_STOPS = " ，,：:。、"
_ON_THE_SPOT = re.compile(r"当场|当日|现场|即时")
_AND_PAYS = re.compile(r"[，,](?:并|另外|另|同时)(?=[^，,]{0,30}?[\d.]+\s*[万千]?元)")
_BEGINS = re.compile(
    r"^.{0,60}?(?:协议内容如下|以下(?:几点|调解|和解)?协议|达成协议|具体内容包括)\S{0,3}?[：:。]"
)
_ENDS = re.compile(
    r"[^。；;]*(?:是否同意|同意吗|有异议|有什么意见|请.{0,6}确认|请.{0,8}签字|希望|大家.{0,4}同意|"
    r"是否有异|怎么看|如何？|达成调解协议$|调解成功|感谢|祝).*$"
)
_SPLIT = re.compile(
    r"(?:^|(?<=[。；;：:，\s]))\s*(?:\d{1,2}[.．、](?!\d)|[（(]?[一二三四五六七八九十]{1,2}[）)、])\s*|[；;。\n]"
)
_SUM = re.compile(r"(?:人民币)?([\d,，]+(?:\.\d+)?\s*[万千]?)\s*(?:余)?元(?:整|人民币)?")
_PAYS = re.compile(r"(?:支付|赔偿|补偿|给付|付给|偿还|返还|退还|归还|承担|赔付|捐赠|归还|付)")
_STATUS = re.compile(
    r"离婚|收养|亲子关系|所有权.{0,4}归|归.{1,8}所有|经营权归|股权|不起诉|刑事|无效"
)
_PURPOSES = (
    "医药费", "医疗费", "赔偿", "补偿", "违约金", "丧葬费", "抚慰金", "租金", "借款", "货款", "工资",
)  # fmt: skip
_CALLED = "先生|女士|老板|大爷|阿姨|师傅|经理|老师|同志|家属|方|家"


def declares_status(spoken: str) -> bool:
    """Whether words at the table say whose something is, who is kin to whom, or what the state does."""
    return bool(_STATUS.search(spoken))


def duties(spoken: str, names: tuple[str, ...]) -> tuple[Duty, ...]:
    """At least one item, and at least one with a day; `names` are the parties in their order."""
    found: list[Duty] = []
    for clause in _clauses(spoken):
        if not _STATUS.search(clause) and len(found) < MOST:
            found.append(_duty(clause, names, found[-1].debtor if found else None))
    if not found:
        found = [Duty(debtor=1, creditor=0, what="按调解时谈好的内容办", lasting=True)]
    if all(duty.lasting for duty in found):
        found[0] = replace(found[0], lasting=False, within_days=_WITHIN)
    return tuple(found)


def _clauses(spoken: str) -> Iterator[str]:
    """The numbered items or sentences, one for each sum, without the words around them."""
    body = _BEGINS.sub("", spoken.strip(), count=1)
    for piece in _SPLIT.split(body):
        for part in _AND_PAYS.split(piece or ""):
            said = _ENDS.sub("", part.strip(_STOPS)).strip(_STOPS)
            if len(said) >= _SHORTEST:
                yield said[:LONGEST]


def _duty(clause: str, names: tuple[str, ...], before: int | None) -> Duty:
    """Who is named first owes it; where nobody is named, the one who owed the item before."""
    mentioned = sorted((at, n) for n, name in enumerate(names) if (at := _place(clause, name)) >= 0)
    usual = before if before is not None else min(1, len(names) - 1)
    debtor = mentioned[0][1] if mentioned else usual
    creditor = mentioned[1][1] if len(mentioned) > 1 else (1 if debtor == 0 else 0)
    amount = _amount(clause)
    if amount is None:
        return Duty(debtor=debtor, what=_without(clause, names[debtor]), lasting=True)
    return Duty(
        debtor=debtor, creditor=creditor, what=_purpose(clause), amount_fen=amount,
        how="转账或者现金，收款人出具收条",
        within_days=_AT_ONCE if _ON_THE_SPOT.search(clause) else _WITHIN,
    )  # fmt: skip


def _place(clause: str, name: str) -> int:
    """Where a party is named: by the name, or by the surname and how people are called."""
    at = clause.find(name)
    called = re.search(f"{re.escape(name[:1])}(?:{_CALLED})", clause)
    return at if at >= 0 or called is None else called.start()


def _without(clause: str, name: str) -> str:
    """The clause without the debtor at its head, whom the paper names itself."""
    head = re.match(
        f"(?:由)?(?:{re.escape(name)}|{re.escape(name[:1])}(?:{_CALLED}))(?:应|将|需|须)?", clause
    )
    rest = clause[head.end() :].strip("，, ") if head else clause
    return rest if len(rest) >= 3 else clause


def _amount(clause: str) -> int | None:
    """The one sum of a clause that speaks of paying; several sums stay in words."""
    sums = _SUM.findall(clause)
    if len(sums) != 1 or "余元" in clause or "每" in clause or not _PAYS.search(clause):
        return None
    try:
        return money.parse_yuan(sums[0].replace("，", ","), allow_zero=False)
    except money.BadAmount:
        return None


def _purpose(clause: str) -> str:
    """What the sum is for, in the words of the table."""
    for word in _PURPOSES:
        if word in clause:
            return f"{word}款" if word in ("赔偿", "补偿") else word
    return "谈好的款项"
