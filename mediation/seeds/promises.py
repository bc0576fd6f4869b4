"""From what was said at the table to items of an agreement: who, to whom, what, how much, by when.

Nothing is made up: what nobody promised in words is no item, and words that name no party who can
be held to them are kept beside the items as they were said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mediation.seeds import clauses, days, payments
from mediation.seeds.called import Table
from mediation.seeds.clauses import Piece, declares_status
from mediation.seeds.story import Duty
from mediation.services.parties import PartyAnswers
from mediation.workflow.words import PartyKind

__all__ = ["Agreed", "agreed", "bound", "declares_status"]

MOST = 60
_BOTH = re.compile(
    r"^(?:纠纷双方|双方当事人|当事人双方|各方当事人|双方|两家公司|两家|夫妻二人|夫妻双方|兄弟二人|两人|你们|大家|各方)"
    r"(?:均|都|应当|应|需|要|自愿|的(?=其他|其它))*(?!之间|对.{0,3}(?:没有|无)|的|所)"
)
_FOR_BOTH = re.compile(r"^(从此|今后|以后)(?:双方|各方)")
_MUTUAL = re.compile(r"^(?:各自|互相|相互|互不|共同)")
_MODAL = re.compile(
    r"^(?:一方|兄弟二人|二人|两人|夫妇|及其监护人|的监护人|及家长|一家|家(?!庭|里|中|属|人|长))?(?:(?:明确)?(?:表示|同意|愿意|自愿|承诺|答应|应当|应该|应|需要?|须|必须|将(?!.{2,20}(?:给|付|交|发))|保证(?=不|今后|以后)|被教育要|负责(?=把|将))[，,]?)*"
)
_LASTING = re.compile(
    r"不得|不再|不能|不准|不许|永不|决不|绝不|不(?:使用|采取|干涉|追究|影响)|放弃|互相|相互|互不|和睦|和平|今后|以后|长期|继续|"
    r"每(?:年|月|天|日|周|次|人)|保持|保证|维护|加强|尊重|谅解(?!书)|理解|体谅|包容|关心|照顾|照料|看望|看管|监护(?!人)|赡养|抚养|扶养|"
    r"尽量|共同(?:努力|承担|照顾)|如果?(?:有|再|发生|违)|沟通|公开(?!询问)|享受|遵守|自觉|努力|严格|确保|支持|停止|多(?:参与|陪)|接受.{0,6}道歉|"
    r"一次性(?:终结|处理)|仍按|自负|自行承担|使用"
)
# A day on the source's own calendar: the paper names one of its own.
_ITS_DAY = re.compile(r"^[于在](?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:之?前|以前)?")
# Done once, whatever else is said in the same breath; and what holds each time something happens.
_AT_SOME_TIME = re.compile(
    r"出具|购买|登报|归还|拆除|清理|交付|当面|公开询问|向.{1,10}(?:道歉|赔罪|赔礼)"
)
_WHENEVER = re.compile(r"如果?(?!期)|若|倘|凡|因.{2,30}(?:情况|事故|原因)，|同意")
_ADMITS = re.compile(r"^(?:承认|认识到|认可自己|认清|知道自己)")
_OWN_WORDS = re.compile(
    r"^(?:好的?|行|那|是的|嗯|既然如此|谢谢[^，,]*|感谢[^，,]*|我(?:们)?(?:明白|理解|知道|接受|同意)[^，,。]{0,14})?[，,]?(?:我们|我)(?:公司|厂|医院|学校|家)?(?:也|都|就|一定)?"
    r"(?:愿意|同意|会|保证|承诺|答应|决定)(?P<what>[^。！？?!]{6,80})"
)
_OPEN = re.compile(
    r"只要|如果|但|希望|考虑|不知|多少|商量|再说|试试|尝试|要求|什么|听听|(?:说法|意见|看法|观点|方案|建议|做法)|调解|解决|讨论|沟通|配合你"
)


@dataclass(frozen=True, slots=True)
class Agreed:
    """The items; who admitted what; and what was said that binds nobody by name."""

    duties: tuple[Duty, ...] = ()
    responsibility: str = ""
    beside: str = ""


@dataclass(slots=True)
class _Table:
    """What has been read so far. `givers` and `takers` are carried on where a clause names nobody."""

    table: Table
    spoken: str
    duties: list[Duty] = field(default_factory=list)
    admitted: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)
    givers: tuple[int, ...] = ()
    takers: tuple[int, ...] = ()


def agreed(
    spoken: str, people: Sequence[PartyAnswers], turns: Iterable[tuple[str, str]] = ()
) -> Agreed:
    """`spoken` are the words of agreement, one turn a line; `turns` all that was said, and by whom.

    Where the words of agreement hold no item, what a party promised in their own words counts.
    """
    said = list(turns)
    here = _Table(Table(people), "\n".join(words for _, words in said))
    for sentence in clauses.sentences(spoken):
        _sentence(here, sentence)
    if not here.duties:
        here.duties += _own_promises(here.table, said)
    return Agreed(
        duties=_tidy(here.duties),
        responsibility="；".join(dict.fromkeys(here.admitted)),
        beside="；".join(dict.fromkeys(here.beside)),
    )


def bound(duties: Iterable[Duty]) -> list[int]:
    """Who owes or is owed something, by their place."""
    found = {who for duty in duties for who in (duty.debtor, duty.creditor) if who is not None}
    return sorted(found)


def _sentence(here: _Table, sentence: str) -> None:
    pieces = list(clauses.pieces(sentence, here.table))
    before = len(here.duties)
    for piece in pieces:
        _piece(here, piece)
    if "其中" in sentence:
        here.duties[before:] = payments.without_total(here.duties[before:])


def _piece(here: _Table, piece: Piece) -> None:
    if payments.is_about_time(piece.text, here.duties):
        here.duties = payments.timed(here.duties, piece.text)
        return
    givers = _givers(here, piece)
    if clauses.begins_with_somebody_else(piece.text, here.table):
        here.beside += [] if clauses.says_nothing(piece.text) else [piece.text]
        return
    paid = payments.of(piece, here.table, givers, here.takers, here.spoken)
    if paid:
        here.duties += [one for one in paid if one not in here.duties]
        here.givers = tuple(dict.fromkeys(one.debtor for one in paid))
        here.takers = tuple(dict.fromkeys(one.creditor for one in paid if one.creditor is not None))
        return
    _act(here, piece, givers)


def _act(here: _Table, piece: Piece, givers: tuple[int, ...]) -> None:
    """Something else than paying: an act, a lasting promise, or an admission."""
    what, whose = _what(piece, here.table), _BOTH.match(piece.text)
    if _FOR_BOTH.match(what):
        whose, what = _FOR_BOTH.match(what), _FOR_BOTH.sub(r"\1", what)
    if whose or (not clauses.head(piece.text, here.table) and _MUTUAL.match(piece.text)):
        givers = tuple(_everybody(here))
    what = _ITS_DAY.sub("", what)
    if len(what) < 3 or clauses.says_nothing(piece.text):
        return
    if _ADMITS.match(what) and givers:
        names = "、".join(here.table.people[who].name for who in givers)
        here.admitted.append(f"{names}{what}")
        here.givers = givers
    elif givers:
        here.givers = givers if not whose else here.givers
        here.duties += [_duty(who, what, piece.first) for who in givers]
    else:
        here.beside.append(piece.text)


def _duty(who: int, what: str, first: str = "") -> Duty:
    if first:
        return Duty(debtor=who, what=what, condition=first)
    standing = bool(_LASTING.search(what) or days.condition(what)) and not _AT_SOME_TIME.match(what)
    if _WHENEVER.match(what) or (standing and days.within(what) is None):
        return Duty(debtor=who, what=what, lasting=True)
    return Duty(debtor=who, what=what, within_days=days.within(what) or days.USUAL)


def _everybody(here: _Table) -> list[int]:
    """双方: those who owe each other something so far, else the two sides."""
    so_far = bound(here.duties)
    return so_far if len(so_far) > 1 else list(here.table.sides)


def _givers(here: _Table, piece: Piece) -> tuple[int, ...]:
    """Who acts is named at the head; else it is who acted before, where nobody else is named."""
    found = tuple(dict.fromkeys(m.who for m in clauses.head(piece.text, here.table)))
    if piece.crowd > len(found) > 0:
        return _crowd(here.table, found[0], piece.crowd)
    if not found and clauses.begins_with_a_verb(piece.text):
        return here.givers
    if found or clauses.OUTSIDERS.match(piece.text) or clauses.has_a_stranger(piece.text):
        return found
    named = here.table.mentions(piece.text)
    return here.givers if all(one.receives for one in named) else ()


def _crowd(table: Table, first: int, many: int) -> tuple[int, ...]:
    """伦某某等4位学生: the one named and the persons behind, where there are as many."""
    persons = [n for n, p in enumerate(table.people) if n >= first and p.kind is PartyKind.PERSON]
    return tuple(persons[:many]) if len(persons) >= many else (first,)


def _what(piece: Piece, table: Table) -> str:
    """The words without the debtor at their head, whom the paper names itself."""
    both, acting = _BOTH.match(piece.text), clauses.head(piece.text, table)
    if both:
        rest = piece.text[both.end() :].strip(clauses.STOPS)
        return f"就{rest}" if rest.startswith("纠纷") else rest
    rest = piece.text[acting[-1].end :] if acting else piece.text
    rest = _MODAL.sub("", rest.strip(clauses.STOPS), count=1).strip(clauses.STOPS)
    thing = piece.text[: acting[0].start].removesuffix("由") if acting else ""
    if not thing or clauses.is_role(thing):
        return rest
    carries = rest.startswith(("负担", "承担"))
    return f"{rest[:2]}{thing}{rest[2:]}" if carries else f"对{thing}，{rest}"


def _own_promises(table: Table, turns: Sequence[tuple[str, str]]) -> list[Duty]:
    """What a party said they would do, the last time they said so."""
    found: dict[int, Duty] = {}
    for speaker, words in turns:
        who = table.one(speaker)
        for sentence in re.split(r"[。！？!?]", words) if who is not None else []:
            hit = _OWN_WORDS.match(sentence.strip())
            if hit and who is not None and not _OPEN.search(sentence):
                what = re.sub(r"我们|我", "自己", hit["what"]).strip(clauses.STOPS)
                if not clauses.says_nothing(what) and not clauses.forbidden(what):
                    found[who] = _duty(who, what)
    return list(found.values())


def _tidy(duties: list[Duty]) -> tuple[Duty, ...]:
    """No item twice; a payment that has no day gets the usual one."""
    found: list[Duty] = []
    for duty in duties[:MOST]:
        bare = duty.within_days is None and not duty.lasting and not duty.condition
        whole = replace(duty, within_days=days.USUAL) if bare else duty
        if whole not in found:
            found.append(whole)
    return tuple(found)
