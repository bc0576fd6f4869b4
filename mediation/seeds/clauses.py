"""The words of agreement cut into pieces: one person, one act, or one sum each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mediation.seeds import sums
from mediation.seeds.called import Mention, Table

STOPS = " ，,：:。、；;　"
# So many signs may stand before the name of who acts (由肇事司机宣某…).
HEAD = 8
LONGEST, _SHORTEST, _LONGEST_TURN = 180, 3, 2000
_BEGINS = re.compile(
    r"^.{0,80}?(?:协议内容如下|(?:达成|签订|建议|形成)[了]?(?:以下|如下)?(?:的)?(?:几点|调解|和解|一致)?(?:协议|共识|意见)|以下(?:几点|调解|和解)?(?:协议|内容)|具体内容包括|内容如下)"
    r"(?:内容)?[：:，。]?"
)
_MORE_BEGINS = re.compile(
    r"^(?:(?:具体)?(?:协议)?内容(?:如下|包括)|(?:具体)?如下|就此|正式)(?:达成协议)?[：:，。]"
)
_ENDS = re.compile(
    r"[^。；;，,]*(?:是否同意|同意吗|有异议|无异议|没有异议|有什么意见|有没有意见|请.{0,6}确认|请.{0,12}签字|希望|大家.{0,4}同意|"
    r"同意这|是否有异|怎么看|如何？|觉得.{0,8}(?:怎|如何)|达成调解协议$|调解成功|感谢|谢谢|祝|监督协议|确保协议|我们将进行).*$"
)
_ORDINAL = (
    r"\d{1,2}\s*[.．、)）](?!\d)|[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[）)]\s*、?"
    r"|[一二三四五六七八九十]{1,3}、|[①②③④⑤⑥⑦⑧⑨⑩]"
    r"|第[一二三四五六七八九十]{1,2}[，、：:]|(?:首先|其次|再次|最后|另外)[，,]"
)
_SPLIT = re.compile(rf"(?:^|(?<=[。；;：:，\s！!]))\s*(?:{_ORDINAL})\s*|[；;。！!？?\n]")
_LEADS = re.compile(
    r"^(?:(?:经过|根据|基于|鉴于)[^，,]*[，,])?(?:对于[^，,]{2,20}[，,])?(?:同时|此外|另外|并且|且)?[，,]?"
    r"(?:双方(?:最终|一致)?同意(?=由))?(?:协议签署后[，,])?"
)
_JOINS = re.compile(r"[，,]\s*(?:(?:并且?|同时|另外?|且|而|其中|则)[，,]?)?")
_CONTINUES = re.compile(r"^(?:并且?|同时|另外?|且)[，,]?")
_VERBS_ALONE = re.compile(
    r"^(?:一次性|当场|分期|另行|自愿)*"
    r"(?:承诺|保证|承认|同意|表示|向|不再|自愿|愿意|放弃|恢复|归还|返还|退还|赔|支付|补偿|付|给|承担|消除|拆除|搬|清|修|停止|配合)"
)
# Words that begin a clause of their own wherever they stand.
_PROMISES = re.compile(r"^(?:同意|承诺|保证)")
_TOGETHER = re.compile(r"^(?:双方|各方|两家|夫妻(?:二人|双方))(?!的|所)")
_REMAINING = re.compile(r"^(?:扣除|剩余|余款|尾款|下余)")
_TOTALS = re.compile(r"^(?:共计|合计|总|以上|即|包括|含|其中包括)|总额|共计|合计")
_ROLE = re.compile(
    r"(?:由|让)?(?:被?申请人|原告|被告|死者|患者|伤者|受害人|被害人|犯罪嫌疑人|学生|教师|老师|肇事(?:司机|者)|司机|"
    r"女方|男方|借款人|出借人|父亲|母亲|丈夫|妻子|儿子|女儿|负责人|公司方|该|厂方|医方|校方)?"
)
# A name before these is not who acts, but whose thing or relative it is.
_WHOSE = re.compile(
    r"^(?:的(?!监护人|家长|法定|代理人)|之|女儿|儿子|妻子|丈夫|父|母|家人|亲属|家属|所|应承担的)"
)
_SUBORDINATE = re.compile(
    r"^(?:如果?|若|倘|凡|因|在(?!家)|经|待|当|除|为了?|由于|对(?:于|双方|先前)|按照?|根据|自|从)"
)
_DONE = re.compile(
    r"(?<![为除事])了(?!结|解|断)(?!.{0,3}(?:后|之后))|已经?(?=领取|支付|履行|完成|付|达成|赔|还|收到|清偿)|终于|难以|坚持要|提出让步|促成|得到修复|恢复正常|"
    r"贸然|强行|(?:主动|仅)提出|提出(?=让)|发生矛盾|达成(?:了)?(?:一致|共识)|在.{0,20}(?:见证|帮助|劝说|引导|教育)下"
)
_SMALL_TALK = re.compile(
    r"谢谢|感谢|圆满|希望|顺利|到此|非常(?:好|感)|好的|很好|恭喜|祝|同意这|按照这个(?:协议|方案)|协议达成|达成协议$|没有异议|"
    r"我(?:们)?建议|签订(?:调解)?协议|在(?:调解)?协议书?上签字|遵守协议|对(?:此|本|调解)|案件了结|你们|这是.{0,6}协议"
)
_STATUS = re.compile(
    r"离婚|收养|亲子关系|所有权.{0,4}归|归.{1,8}(?:所有|所得$)|经营权归|股权|股份|不起诉|刑事|(?:约定|合同|协议|婚姻)无效|产权.{0,3}归"
)
_SUITS = re.compile(
    r"(?:放弃|不得|不再|不|停止).{0,24}(?:诉权|诉讼|起诉|举报|上访|信访|投诉|仲裁|报案)|息诉|息访|撤诉|停访"
)
OUTSIDERS = re.compile(
    r"^(?:由)?(?:我们|请你|请求|司法所|检察院|检察机关|公安|派出所|法院|调解员|调委会|街道|社区|居委会|村委会|村民们|村组|村里|政府|保险公司|"
    r"本调解书(?!签)|最终|截至|其(?!他|余|中)|乡|镇|县|市|开发区|崇川|原告方|被告方)"
)
_STRANGERS = re.compile(
    r"(?<!自)由(?!本人|自己)|双方|各方"
    r"|^(?:校方|学校|医院|公司|厂方|厂|保险|村|父母|死者|女方|男方|孩子|家长|恢复原)"
)
# From when every agreement holds anyway.
_TRIVIAL = re.compile(r"(?:协议|调解书|和解书).{0,4}(?:签订|签署|签字|生效|达成)")
_UNKNOWN = re.compile(r"[\u4e00-\u9fff]{1,2}某(?:某|[甲乙丙丁])?(?!的|方)")
_CROWD = re.compile(r"等\s*([\d一二两三四五六七八九十]{1,2})\s*(?:位|名|人|户|家)")


@dataclass(frozen=True, slots=True)
class Piece:
    """`continues` where it hangs on the piece before; `crowd` as in 伦某某等4位; `first` is what
    must have happened before (补偿款到账后)."""

    text: str
    continues: bool = False
    crowd: int = 0
    first: str = ""


def declares_status(spoken: str) -> bool:
    """Whether words at the table say whose something is, who is kin to whom, or what the state does."""
    return bool(_STATUS.search(spoken))


def forbidden(said: str) -> bool:
    """What no agreement can declare, and what would take somebody's way to court or to the police."""
    return bool(_STATUS.search(said) or _SUITS.search(said))


def says_nothing(said: str) -> bool:
    """Small talk, and what is told as already done."""
    return bool(_SMALL_TALK.search(said) or _DONE.search(said))


def begins_with_a_verb(said: str) -> bool:
    """Goes on with what somebody does, without naming them again."""
    return bool(_VERBS_ALONE.match(said))


def is_role(said: str) -> bool:
    """肇事司机 before a name tells who somebody is; it is nothing to act on."""
    return bool(_ROLE.fullmatch(said))


def has_a_stranger(said: str) -> bool:
    """Begins with somebody who is no party: nobody else is held to that."""
    return bool(_STRANGERS.search(said))


def begins_with_somebody_else(said: str, table: Table) -> bool:
    """孙某 who is no party: what is said of them is nobody's duty here."""
    found = _UNKNOWN.match(said)
    named = table.mentions(said)
    return found is not None and not (named and named[0].start < found.end())


def sentences(spoken: str) -> Iterator[str]:
    """The numbered items or sentences of every turn, without the words around them."""
    for turn in spoken.splitlines():
        for piece in _SPLIT.split(_without_beginning(turn.strip()[:_LONGEST_TURN])):
            said = _ENDS.sub("", (piece or "").strip(STOPS))
            said = _LEADS.sub("", said.strip(STOPS)).strip(STOPS)
            if len(said) >= _SHORTEST:
                yield said[:LONGEST]


def _without_beginning(turn: str) -> str:
    """协议内容如下 may follow on 达成协议."""
    turn = _BEGINS.sub("", turn, count=1).strip(STOPS)
    return _MORE_BEGINS.sub("", turn).strip(STOPS)


def head(text: str, table: Table) -> list[Mention]:
    """Who acts: named at the beginning or behind 由, not merely as an owner or a relative."""
    named = table.mentions(text)
    behind = [m for m in named if text[: m.start].endswith("由")]
    starts = behind or [
        m for m in named[:1]
        if _ROLE.fullmatch(text[: m.start]) and not m.receives and not _WHOSE.match(text[m.end :])
    ]  # fmt: skip
    if not starts:
        return []
    found = [starts[0]]
    for one in named[named.index(starts[0]) + 1 :]:
        between = text[found[-1].end : one.start]
        same = not between and one.who == found[-1].who
        if not (same or re.fullmatch(r"(?:一方)?(?:、|和|与|及|以及|跟)(?:其监护人)?", between)):
            break
        found.append(one)
    return found


def pieces(sentence: str, table: Table) -> Iterator[Piece]:
    """One person, act or sum each; what nobody may promise is left out."""
    for number, part in enumerate(_parts(sentence, table)):
        said = _allowed(part.strip(STOPS)).removeprefix("其中")
        said = _CONTINUES.sub("", said).strip(STOPS)
        if len(said) < _SHORTEST or said.startswith("扣除"):
            continue
        first, said = _first(said, table)
        crowd = _CROWD.search(said)
        yield Piece(said, number > 0, sums.whole(crowd[1]) if crowd else 0, first)


def _first(said: str, table: Table) -> tuple[str, str]:
    """What must have happened first, apart from who then acts."""
    found = re.match(r"([^，,]{3,40}(?:内|后|时|之日起?))[，,](.+)", said)
    if found and not head(found[1], table) and head(found[2], table):
        return "" if _TRIVIAL.search(found[1]) else found[1], found[2]
    return "", said


def _allowed(said: str) -> str:
    """Without the parts that no agreement can hold, and without what others are said to think."""
    if not forbidden(said) and "，其" not in said:
        return said
    parts = re.split(r"[，,]", said)
    kept = [one for one in parts if not forbidden(one) and not re.match(r"其(?!他|余|中)", one)]
    return "，".join(kept)


def _parts(sentence: str, table: Table) -> list[str]:
    """Cut at a comma where what follows has a subject, a verb of its own, or its own sum."""
    if _SUBORDINATE.match(sentence) and not sums.sums(sentence):
        return [sentence]
    depth, cuts, start = 0, [], 0
    closed = [0] * (len(sentence) + 1)
    for place, sign in enumerate(sentence):
        depth += (sign in "（(“‘《") - (sign in "）)”’》")
        closed[place] = depth
    for hit in _JOINS.finditer(sentence):
        before, after = sentence[start : hit.start()], sentence[hit.end() :]
        if closed[hit.start()] == 0 and _stands_alone(before, hit.group(), after, table):
            cuts.append((start, hit.start()))
            start = hit.start() + 1
    return [sentence[a:b] for a, b in cuts] + [sentence[start:]]


def _stands_alone(before: str, join: str, after: str, table: Table) -> bool:
    """Whether what follows a comma is a clause of its own."""
    first = re.split(r"[，,]", after, maxsplit=1)[0]
    if "其中" in join or _TOGETHER.match(first):
        return True
    if _TOTALS.search(first) and not _CONTINUES.match(join.strip("，, ")):
        return False
    if head(first, table):
        paid_by = first.startswith("由") and bool(sums.sums(before))
        return _has_a_subject(before, table) and not paid_by
    both_sums = bool(sums.sums(first)) and bool(sums.sums(before)) and "每" not in first
    if _REMAINING.match(first):
        return bool(sums.sums(before))
    if not _VERBS_ALONE.match(first):
        return False
    return join.strip("，, ") != "" or both_sums or bool(_PROMISES.match(first))


def _has_a_subject(before: str, table: Table) -> bool:
    """Whether the clause before is whole, or only a beginning (补偿款到账后，…)."""
    said = _CONTINUES.sub("", before.strip(STOPS)).removeprefix("其中")
    named = table.mentions(said)
    begins = bool(named) and named[0].start == 0
    verb = bool(_VERBS_ALONE.match(said) or _TOGETHER.match(said))
    return len(said) > 5 and (begins or verb or bool(head(said, table)))
