"""Payments in a piece of the agreement: who pays whom how much for what, once or in instalments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from mediation.seeds import days
from mediation.seeds.called import Mention, Table
from mediation.seeds.clauses import STOPS, Piece
from mediation.seeds.story import Duty
from mediation.seeds.sums import Sum, sums, whole

HOW = "转账或者现金，收款人出具收条"
MOST_INSTALMENTS = 24
_PAYS = re.compile(
    r"(?:支付|赔偿|补偿|给付|付给|给予|偿还|返还|退还|退回|归还|承担|赔付|捐赠|付清|补助|借支)(?!责任)"
)
# Short words that pay only where the sum or who receives it follows at once.
_GIVES = re.compile(r"(?P<verb>付|给|退|还|赔(?!偿|付)|提高到)[^，,；;]{0,12}$")
_SETTLED_AT = re.compile(r"以[^，,]{1,16}元[^，,]{0,6}达成")
_BACK = re.compile(r"归还|返还|退还|退回|偿还")
_TOTAL = re.compile(r"(?:共计|合计|总计|总额为?|总共|一共|共)(?:人民币)?\s*$")
_EACH_OF_THEM = re.compile(r"各自?(?:承担|支付|赔偿|付|出)|分别(?:承担|支付|赔偿|付)")
_STAGE = re.compile(r"第\s*([一二三四五六七八九十]{1,3}|\d{1,2})\s*(?:期|次|笔)")
_TIMES = re.compile(r"(?:共|分|计)\s*([\d一二三四五六七八九十]{1,3})\s*(?:个月|期|次)")
_LISTED = re.compile(r"^(?:整|人民币)?(?:、|及|和|以及|，|,)[^，,。；;]{0,16}$")
_ABOUT_TIME = re.compile(
    r"(?:付清|付讫|兑现|履行完毕|履约|一次性(?:给付|支付|付)|前(?:给付|支付))[^，,]{0,12}$|(?:付清|兑现)"
)
_NOUN_AFTER = re.compile(
    r"^(?:整|人民币)*(?:的)?([^，,。；;、（）()\d]{1,14}?(?:费用|费|款|金|损失))"
)
_FEES = re.compile(r"(?:^|[、，,元方])([^\d，,。；、元方]{1,10}?(?:费用|费|金))(?=[\d、，,])")
_INCLUDING = re.compile(r"[，,（(](?:包括|含|用于|作为)([^。；;）)]{2,40})")
_SPARE = re.compile(
    r"^(?:死者)?(?:家庭|家属|家人)|人民币|^将|提高到|另付|另给|^了|共计|合计|总计|总额为?|总共|一共|各类|全部|一切|全额|一次性|当场|另行|人民|^的|的$|共$|为$|约$|整$"
)
_KEYS = (
    "精神损害抚慰金", "医药费", "医疗费", "误工费", "丧葬费", "违约金", "抚慰金", "租金", "借款", "本金",
    "货款", "工资", "预付款", "定金", "押金", "赔偿金", "补偿金", "工程款",
)  # fmt: skip


def of(
    piece: Piece, table: Table, givers: tuple[int, ...], takers: tuple[int, ...], spoken: str
) -> list[Duty]:
    """The payments of a piece; none where no exact sum is to be paid, or by nobody who is known."""
    text, aside = _without_asides(piece.text)
    money = sums(text)
    named = table.mentions(text)
    if not money or any(one.fen is None for one in money):
        return []
    if not (_verbs(text, money, named) or _SETTLED_AT.search(text)):
        return []
    if _SETTLED_AT.search(text):
        givers = givers[:1]
    payers = _payers(text, named, givers, table, spoken)
    creditor = _creditor(text, named, payers, takers, table)
    if creditor is None:
        return []
    made = _to_several(text, money, named, payers[0])
    made = made or _instalments(text, money, payers, creditor)
    if not made:
        amount = _amount(text, money)
        what = purpose(text, money, named) + aside
        made = [
            Duty(debtor=who, creditor=creditor, what=what, amount_fen=amount, how=HOW)
            for who in (payers if amount is not None else ())
        ]
    return [_with_time(one, text, piece.first) for one in made]


def _to_several(text: str, money: list[Sum], named: list[Mention], who: int) -> list[Duty]:
    """支付赵某工资5000元、钱某工资6000元: each sum to whoever is named before it."""
    found, begin = [], 0
    for one in money:
        takers = [m for m in named if begin <= m.start and m.end <= one.start and m.who != who]
        if not takers or one.fen is None or one.each:
            return []
        what = _bare(text[takers[-1].end : one.start])
        found.append(
            Duty(debtor=who, creditor=takers[-1].who, what=what if len(what) > 1 else _kind(text),
                 amount_fen=one.fen, how=HOW)
        )  # fmt: skip
        begin = one.end
    return found if len({duty.creditor for duty in found}) > 1 else []


def _verbs(text: str, money: list[Sum], named: list[Mention]) -> list[int]:
    """Where the words end that say a sum is paid; 赔偿金 is a noun, but 赔偿金某 is not."""
    names = {one.start for one in named}
    ends = [hit.end() for hit in _PAYS.finditer(text)]
    ends += [hit.end("verb") for one in money for hit in _GIVES.finditer(text[: one.start])]
    return [end for end in ends if end in names or text[end : end + 1] not in tuple("款金费人")]


def _without_asides(text: str) -> tuple[str, str]:
    """Brackets tell how a sum is made up; they are no sum of their own, and are kept as they are."""
    aside = re.search(r"[（(](?!\s*(?:￥|¥|大写|小写))[^（()）]{4,60}[）)]", text)
    if aside is None or not sums(aside.group()):
        return re.sub(r"除[^，,]{2,20}外[，,]?", "", text), ""
    return text[: aside.start()] + text[aside.end() :], aside.group()


def _payers(
    text: str, named: list[Mention], givers: tuple[int, ...], table: Table, spoken: str
) -> tuple[int, ...]:
    takers = {one.who for one in named if one.receives}
    known = tuple(who for who in givers if who not in takers)
    if len(known) > 1 and not _EACH_OF_THEM.search(text):
        return known if "共" in text else known[:1]
    return known or (_usual_payer(table, spoken, takers),)


def _usual_payer(table: Table, spoken: str, takers: set[int]) -> int:
    """Who is most often said to pay, in all that was said; else the side that is not paid."""
    score = [0] * len(table.people)
    for sentence in re.split(r"[。！？!?\n；;]", spoken):
        if _PAYS.search(sentence):
            for one in table.mentions(sentence):
                score[one.who] += -1 if one.receives else 1
    able = [who for who in range(len(table.people)) if who not in takers]
    best = max(able, key=lambda who: (score[who], who == 1), default=1)
    return best if score[best] > 0 else next((who for who in (1, 0) if who in able), 1)


def _creditor(
    text: str, named: list[Mention], payers: tuple[int, ...], takers: tuple[int, ...], table: Table
) -> int | None:
    """Who is named as receiving; else who was paid before; else the only other."""
    receiving = [one.who for one in named if one.receives and one.who not in payers]
    others = [one.who for one in named if one.who not in payers]
    before = [who for who in takers if who not in payers]
    sides = [who for who in table.sides if who not in payers]
    return next(iter([*receiving, *others, *before, *sides]), None)


def _amount(text: str, money: list[Sum]) -> int | None:
    """The one sum, the stated total, or the sum of a list; several that are neither stay in words."""
    exact = [one for one in money if one.fen is not None]
    each = [one for one in exact if one.each]
    totals = [one for one in exact if _TOTAL.search(text[: one.start])]
    spread = _EACH_OF_THEM.search(text)
    if spread:
        behind = [one for one in exact if one.start >= spread.start()]
        return behind[0].fen if len(behind) == 1 else None
    if totals:
        return totals[-1].fen
    if each or "每" in text:
        return None
    if len(exact) == 1:
        return exact[0].fen
    between = [text[a.end : b.start] for a, b in pairwise(exact)]
    if all(_LISTED.match(one) for one in between):
        return sum(one.fen or 0 for one in exact)
    remaining = [
        one for one in exact if re.search(r"(?:剩余|余款|尾款|下余)的?$", text[: one.start])
    ]
    return remaining[0].fen if len(remaining) == 1 else None


def purpose(text: str, money: list[Sum], named: list[Mention]) -> str:
    """What the sum is for, in the words of the table; each sum of a list keeps its figure."""
    first, last = money[0], money[-1]
    begins = max(
        [one.end for one in named if one.end <= first.start]
        + [end for end in _verbs(text, money, named) if end <= first.start]
        + [0]
    )
    before = _bare(text[begins : first.start])
    if _EACH_OF_THEM.search(text) and len(money) > 1:
        return "、".join(_FEES.findall(text)) or before
    after = _NOUN_AFTER.match(text[last.end :])
    including = _INCLUDING.search(text[last.end :])
    if len(money) > 1 and before and len(text[begins : last.end]) <= 60:
        listed = re.sub(
            r"[，,]?(?:赔偿|补偿|以上)*(?:共计|合计|总计|总额为?).*$", "", text[begins : last.end]
        )
        return _bare(listed) or before
    if after and len(after[1]) > 1:
        before = _bare(after[1]) if not before or len(before) > 24 else before
    elif including and not before:
        before = including[1].strip(STOPS)
    elif including:
        before = f"{before}（包括{including[1].strip(STOPS)}）"
    said = before if 2 <= len(before) <= 60 else ""
    said = "剩余款项" if said in ("剩余", "下余", "余款") else said
    if _BACK.search(text) and said and not _BACK.match(said):
        return f"归还{said}" if "还" not in said else said
    return said or ("赔偿款" if "赔" in text else "补偿款" if "补偿" in text else "约定的款项")


def _bare(said: str) -> str:
    before = None
    while before != said:
        before, said = said, _SPARE.sub("", said.strip(STOPS + "（("))
    return said


def _instalments(text: str, money: list[Sum], payers: tuple[int, ...], creditor: int) -> list[Duty]:
    """第一期…第二期…, or 每月500元共12期."""
    stages = [hit.start() for hit in _STAGE.finditer(text)]
    if len(stages) >= 2:
        return _stages(text, stages, payers[0], creditor)
    times, rates = _TIMES.search(text), [one for one in money if one.each]
    number = whole(times[1]) if times else 0
    others = {one.fen for one in money if one not in rates}
    if (
        others <= {(rates[0].fen or 0) * number if rates else None}
        and len(rates) == 1
        and re.search(r"每个?月[^，,]{0,8}$", text[: rates[0].start])
        and 2 <= number <= MOST_INSTALMENTS
    ):
        return [
            Duty(debtor=payers[0], creditor=creditor, what=_kind(text), how=HOW,
                 amount_fen=rates[0].fen, within_days=days.USUAL + 30 * n)
            for n in range(number)
        ]  # fmt: skip
    return []


def _stages(text: str, starts: list[int], who: int, creditor: int) -> list[Duty]:
    """Their days lie as far from each other as those that were said."""
    parts = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
    found, origin = [], None
    for number, part in enumerate(parts[:MOST_INSTALMENTS]):
        money, said = sums(part), days.dates(part)
        if len(money) != 1 or money[0].fen is None:
            return []
        origin = origin or next(iter(said), None)
        later = (said[0] - origin).days if said and origin else 30 * number
        found.append(
            Duty(debtor=who, creditor=creditor, what=_kind(text), how=HOW,
                 amount_fen=money[0].fen, within_days=days.USUAL + max(later, 0))
        )  # fmt: skip
    return found


def _kind(text: str) -> str:
    word = next((key for key in _KEYS if key in text), "")
    if word and _BACK.search(text):
        return f"归还{word}"
    return word or ("赔偿款" if "赔" in text else "补偿款" if "补偿" in text else "约定的款项")


def _with_time(duty: Duty, text: str, before: str) -> Duty:
    if duty.within_days is not None:
        return duty
    within, first = None if before else days.within(text), before or days.condition(text)
    return replace(duty, within_days=within, condition="" if within else first)


def is_about_time(text: str, duties: Sequence[Duty] = ()) -> bool:
    """Says when something is paid that was named before, and names no other sum."""
    if not _ABOUT_TIME.search(text) or len(text) > 60:
        return False
    known = {one.amount_fen for one in duties}
    return all(one.fen in known for one in sums(text))


def timed(duties: Sequence[Duty], text: str) -> list[Duty]:
    """The same with that day for every payment that had none of its own."""
    within, first = days.within(text), days.condition(text)
    said = {one.fen for one in sums(text)}
    return [
        replace(one, within_days=within, condition="" if within else first)
        if one.amount_fen is not None
        and one.within_days is None
        and not one.condition
        and (not said or one.amount_fen in said)
        else one
        for one in duties
    ]


def without_total(duties: Sequence[Duty]) -> list[Duty]:
    """共赔偿21000元，其中甲承担15000元，乙承担6000元: the shares, not the total as well."""
    paid = [one for one in duties if one.amount_fen is not None]
    head, shares = paid[:1], paid[1:]
    total = head[0].amount_fen if head else None
    if len(shares) < 2 or total != sum(one.amount_fen or 0 for one in shares):
        firsts = [one for one in paid if one.amount_fen == total]
        if (
            len(shares) == 3
            and len(firsts) == 2
            and total == sum(o.amount_fen or 0 for o in paid[2:])
        ):
            shares = paid[2:]
        else:
            return list(duties)
    what, creditor = head[0].what, head[0].creditor
    return [one for one in duties if one.amount_fen is None] + [
        replace(one, what=what, creditor=creditor) for one in shares
    ]
