"""Stories from a file of real cases, one JSON object a line; what cannot be told says why."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mediation import cleaning
from mediation.documents import glyphs
from mediation.seeds import promises
from mediation.seeds.story import Story
from mediation.services.parties import PartyAnswers
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.words import PartyKind, Side

PLACES = ("柳溪村第一网格", "桂花社区第一网格", "河口村第一网格", "柳林镇")
LONGEST_LINE = 2_000_000
_MOST_LINES, _MOST_PARTIES = 60, 4
_AGREED = "达成调解协议"
_PERSUADES = ("换位思考", "法治与德治相结合", "褒扬激励的方法", "解决思想问题与解决实际问题相结合")
_NOBODY = re.compile(r"未提及|无明确|不详|未知|^无$|^双方")
_HELPERS = re.compile(
    r"工作人员|调解员|调解委|调委会|民警|片警|协警|交警|派出所|居委会|村委会|主任|书记|司法所|信访|"
    r"街道|专家|律师|领导|干部|代表$|翻译|公安|检察|法院|中心技术|安检|监理所|环保局|综治|综合治理|"
    r"城管|劳动保障|建设局|稳定办|医学会|亲朋|党员|会长|负责人$"
)
_ENTITY = re.compile(
    r"(?:公司|厂|医院|小学|中学|学校|幼儿园|中心|网站|药房|商场|集团|超市|酒店|银行|殡仪馆)$"
)
_ASIDE = re.compile(r"[（(](.*?)[）)]?$")

_NOT_TOLD = "（原文没有写怎么劝的。）"

NOT_A_LINE = Text("这一行不是完整的 JSON", "this line is not whole JSON")
TOO_LONG = Text("这一行太长", "this line is too long")
NOT_A_CASE = Text("这一行不是一件案子", "this line is not a case")
NO_FACTS = Text("没有写发生了什么", "it does not say what happened")
NOT_TEXT = Text("文字编码不对，读不出来", "its encoding cannot be read")


@dataclass(frozen=True, slots=True)
class Told:
    """One row: its story, or the reason why there is none. `id` is the row's own, else its line."""

    id: str
    story: Story | None = None
    reason: Text | None = None


def read(path: Path) -> Iterator[Told]:
    """Every row of the file in turn; blank lines are passed over."""
    with path.open("rb") as lines:
        for number, raw in enumerate(lines, start=1):
            if raw.strip(b"\xef\xbb\xbf \t\r\n\x00"):
                yield _told(raw, number)


def _told(raw: bytes, number: int) -> Told:
    name = f"line-{number}"
    row = _parsed(raw)
    if isinstance(row, Text):
        return Told(name, reason=row)
    name = washed(row.get("id"), 40) or name
    facts = washed(row.get("description"), 5000) or _from_dialogue(row)
    if len(facts) < 4:
        return Told(name, reason=NO_FACTS)
    return Told(name, _story(row, facts, number))


def _parsed(raw: bytes) -> dict[str, Any] | Text:
    if len(raw) > LONGEST_LINE:
        return TOO_LONG
    said = _decoded(raw)
    if said is None:
        return NOT_TEXT
    try:
        row = json.loads(said)
    except (ValueError, RecursionError):
        return NOT_A_LINE
    return row if isinstance(row, dict) else NOT_A_CASE


def _decoded(raw: bytes) -> str | None:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding).strip("\x00 \t\r\n")
        except UnicodeDecodeError:
            continue
    return None


def washed(value: object, limit: int) -> str:
    """The words without what cannot be kept or printed, cut to a length; a non-text is no words."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    said = "".join(_shown(sign) for sign in str(value)[: limit * 2])
    try:
        return cleaning.clean_text(said, limit * 4)[:limit].strip()
    except cleaning.Unclean:
        return ""


def _shown(sign: str) -> str:
    """The sign, a blank for an invisible one, 〓 for a character that no face of ours holds."""
    if sign in "\n\r\t":
        return "\n" if sign != "\t" else " "
    try:
        cleaning.clean_text(f"文{sign}文")
        glyphs.check(sign)
    except glyphs.GlyphMissing:
        return "〓" if sign.isalnum() else ""
    except (cleaning.Unclean, glyphs.PaperRefused):
        return ""
    return sign


def line(value: object, limit: int) -> str:
    return re.sub(r"\s+", " ", washed(value, limit))


def _turns(row: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Who, what, and the mediator's technique; turns without words are left out."""
    given = row.get("dialogue")
    found = []
    for turn in (given if isinstance(given, list) else [])[:_MOST_LINES]:
        if isinstance(turn, dict) and (words := line(turn.get("text"), 1000)):
            who = line(turn.get("speaker"), 20) or "在场的人"
            found.append((who, words, line(turn.get("technique"), 40)))
    return found


def _from_dialogue(row: dict[str, Any]) -> str:
    """Where no facts are told, what the first who are not the mediator say."""
    return "\n".join(words for who, words, _ in _turns(row) if "调解" not in who)[:800]


def _story(row: dict[str, Any], facts: str, number: int) -> Story:
    said = line(row.get("dispute_type"), 40)
    kind = dispute_types.recognise(said) or dispute_types.OTHER
    turns = _turns(row)
    people = _parties(row, turns)
    agreed = "\n".join(words for _, words, how in turns if how == _AGREED)
    names = tuple(p.name for p in people if p.side is not Side.THIRD)
    return Story(
        title=_title(names, said or kind.label.zh),
        dispute_type=kind.code,
        place=PLACES[number % len(PLACES)],
        parties=people,
        duties=promises.duties(agreed, names),
        facts=facts,
        declares_status=promises.declares_status(agreed),
        persuasion=next((w for _, w, how in turns if how in _PERSUADES), _NOT_TOLD),
        minutes=tuple((who, words) for who, words, _ in turns)
        or (("调解员", "（原文没有写谈话。）"),),
    )


def _title(names: tuple[str, ...], kind: str) -> str:
    ending = kind if kind.endswith("纠纷") else f"{kind}纠纷"
    return f"{names[0][:14]}与{names[1][:14]}{ending[:12]}"


def _parties(row: dict[str, Any], turns: list[tuple[str, str, str]]) -> tuple[PartyAnswers, ...]:
    """The first two who are no helpers are the two sides; the rest are beside them."""
    said = [line(one, 60) for one in _listed(row.get("parties"))]
    said = [one for one in dict.fromkeys(said) if one and not _NOBODY.search(one)]
    heard = [who for who, _, _ in turns if "调解" not in who and who != "在场的人"]
    own = [one for one in said if not _HELPERS.search(_name(one))]
    named = {_name(one): one for one in [*own, *heard, *said] if _name(one)}
    sides = [*named.values()][: max(len(own), 2)][:_MOST_PARTIES]
    spare = iter(("当事人（原文未写姓名）", "对方当事人（原文未写姓名）"))
    while len(sides) < 2:
        sides.append(next(spare))
    return tuple(_party(one, position) for position, one in enumerate(sides))


def _listed(value: object) -> list[object]:
    """A list of names or of objects with names, or names in one string."""
    if isinstance(value, str):
        return list(re.split(r"[、,，;；/|]+", value))
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return []
    return [one.get("name") if isinstance(one, dict) else one for one in value[:50]]


def _name(said: str) -> str:
    """杨某 from 杨某（某公司负责人）."""
    return _ASIDE.sub("", said).strip()[:40]


def _party(said: str, position: int) -> PartyAnswers:
    name, aside = _name(said), _ASIDE.search(said)
    sides = (Side.APPLICANT, Side.RESPONDENT)
    return PartyAnswers(
        name=name,
        side=sides[position] if position < 2 else Side.THIRD,
        kind=PartyKind.ENTITY if _ENTITY.search(name) else PartyKind.PERSON,
        occupation=(aside.group(1) if aside else "")[:40],
    )
