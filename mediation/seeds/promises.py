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
_BOTH = re.compile(
    r"(?:纠纷双方|双方当事人|双方|两家公司|两家|夫妻二人|两人|大家|各方|同时，协议签署后，双方)(?:均|都|应当|应|需|要|自愿)*"
    r"(?!的|就|之间|对|最终)"
)
_LEADS = re.compile(r"^(?:(?:经过|根据|基于)[^，,]*[，,])?(?:双方(?:最终)?同意由)?")
_SMALL_TALK = re.compile(r"谢谢|感谢|圆满|希望|顺利|到此|非常|好的|很好|恭喜|祝|同意这|圆满")
_OUTSIDERS = re.compile(
    r"^(?:由)?(?:我们|你们|请你|司法所|检察院|公安|法院|调解员|村民们|村组|政府|保险公司|学校将依规|"
    r"本调解书|此事故|最终|通过|经过|这样|截至|崇川|原告方|在双方)"
)
_RECEIVES = re.compile(r"(?:向|给|付|支付|赔偿|补偿|为|对|归还|返还|退还|同意)$")
_TITLES = ("先生", "女士", "老板", "大爷", "阿姨", "师傅", "经理", "老师", "同志", "家")
_HOUSES = {
    "医院": ("医方", "院方"),
    "公司": (),
    "厂": ("厂方",),
    "小学": ("学校", "校方"),
    "幼儿园": ("园方",),
    "超市": (),
    "商场": (),
    "药房": (),
    "中心": (),
}


def declares_status(spoken: str) -> bool:
    """Whether words at the table say whose something is, who is kin to whom, or what the state does."""
    return bool(_STATUS.search(spoken))


def duties(spoken: str, names: tuple[str, ...]) -> tuple[Duty, ...]:
    """At least one item, and at least one with a day; `names` are the parties in their order."""
    found: list[Duty] = []
    for clause in _clauses(spoken):
        if not _is_no_promise(clause):
            found += _items(clause, names, found[-1].debtor if found else None)
    found = found[:MOST]
    if not found:
        found = [Duty(debtor=1, creditor=0, what="按调解时谈好的内容办", lasting=True)]
    if all(duty.lasting for duty in found):
        found[0] = replace(found[0], lasting=False, within_days=_WITHIN)
    return tuple(found)


def _is_no_promise(clause: str) -> bool:
    """Small talk, what outsiders do, and what no agreement can declare."""
    return any(sign.search(clause) for sign in (_STATUS, _SMALL_TALK, _OUTSIDERS))


def _clauses(spoken: str) -> Iterator[str]:
    """The numbered items or sentences, one for each sum, without the words around them."""
    for turn in spoken.splitlines():
        for piece in _SPLIT.split(_BEGINS.sub("", turn.strip(), count=1)):
            for part in _AND_PAYS.split(piece or ""):
                said = _LEADS.sub("", _ENDS.sub("", part.strip(_STOPS))).strip(_STOPS)
                if len(said) >= _SHORTEST:
                    yield said[:LONGEST]


def _items(clause: str, names: tuple[str, ...], before: int | None) -> list[Duty]:
    """What both owe is an item of each: a paper names one person at its head."""
    both = _BOTH.match(clause)
    if both is None:
        return [_duty(clause, names, before)]
    what = clause[both.end() :].strip(_STOPS)
    if len(what) < _SHORTEST - 1 or _BOTH.search(what):
        return []
    return [Duty(debtor=side, what=what, lasting=True) for side in (0, 1)]


def _duty(clause: str, names: tuple[str, ...], before: int | None) -> Duty:
    """Who acts is named first, or owed the item before; who receives is named behind a verb."""
    named = _named(clause, names)
    givers = [who for who, receives in named if not receives]
    takers = [who for who, receives in named if receives]
    usual = before if before is not None and before not in takers else None
    debtor = next(iter(givers), usual)
    if debtor is None:
        debtor = 0 if 1 in takers[:1] else 1
    amount = _amount(clause)
    if amount is None:
        return Duty(debtor=debtor, what=_without(clause, names[debtor]), lasting=True)
    others = [who for who in [*takers, *givers, 0, 1] if who != debtor]
    return Duty(
        debtor=debtor, creditor=others[0], what=_purpose(clause), amount_fen=amount,
        how="转账或者现金，收款人出具收条",
        within_days=_AT_ONCE if _ON_THE_SPOT.search(clause) else _WITHIN,
    )  # fmt: skip


def _named(clause: str, names: tuple[str, ...]) -> list[tuple[int, bool]]:
    """The parties in the order they are named, and whether the word before says they receive."""
    called = {word: who for who, name in enumerate(names) for word in _words_for(name, names)}
    if not called:
        return []
    pattern = "|".join(re.escape(word) for word in sorted(called, key=len, reverse=True))
    return [
        (called[found.group()], bool(_RECEIVES.search(clause[: found.start()])))
        for found in re.finditer(pattern, clause)
    ]


def _words_for(name: str, names: tuple[str, ...]) -> list[str]:
    """The name, and how people say it where that can mean nobody else: 金老板, 医院, 厂方."""
    words = [name]
    if sum(other.startswith(name[:1]) for other in names) == 1:
        words += [f"{name[:1]}{title}" for title in _TITLES]
    for house, short in _HOUSES.items():
        if house in name and sum(house in other for other in names) == 1:
            words += [house, *short]
    return words


def _without(clause: str, name: str) -> str:
    """The clause without the debtor at its head, whom the paper names itself."""
    words = "|".join(
        re.escape(word) for word in sorted(_words_for(name, (name,)), key=len, reverse=True)
    )
    head = re.match(f"由?(?:{words})(?:一方)?(?:应当|应|将|需|须)?(?=[^某、和与及])", clause)
    rest = clause[head.end() :].strip("，, ") if head else clause
    return rest if len(rest) >= _SHORTEST - 1 else clause


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
