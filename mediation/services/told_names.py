"""Names as a story gives them: who is a party and who only helps, and what the case is called."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mediation.services.parties import MOST_PARTIES, PartyAnswers
from mediation.workflow.dispute_types import DisputeType
from mediation.workflow.words import PartyKind, Side

_NOBODY = re.compile(r"未提及|无明确|不详|未知|^无$|^双方")
_HELPERS = re.compile(
    r"工作人员|调解员|调解委|调委会|民警|片警|协警|交警|派出所|居委会|村委会|主任|书记|司法所|信访|"
    r"街道|专家|律师|领导|干部|代表$|翻译|公安|检察|法院|中心技术|安检|监理所|环保局|综治|综合治理|"
    r"城管|劳动保障|建设局|稳定办|医学会|亲朋|党员|会长|负责人$"
)
_ENTITY = re.compile(
    r"(?:公司|厂|医院|小学|中学|学校|幼儿园|中心|网站|药房|商场|集团|超市|酒店|银行|殡仪馆|"
    r"局|饭店|宾馆|旅行社|合作社|商行|经营部|协会|物业|矿)$"
)
_ASIDE = re.compile(r"[（(](.*?)[）)]?$")


def listed(value: object) -> list[object]:
    """A list of names or of objects with names, or names in one string."""
    if isinstance(value, str):
        return [one for one in re.split(r"[、，,;；/|\n]+", value) if one.strip()]
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return []
    return [one.get("name") if isinstance(one, dict) else one for one in value[:50]]


def speakers(dialogue: object) -> list[str]:
    """Who says something in a dialogue, the mediators aside."""
    turns = dialogue if isinstance(dialogue, list) else []
    found = [turn.get("speaker") for turn in turns if isinstance(turn, dict) and turn.get("text")]
    return [who for who in found if isinstance(who, str) and "调解" not in who]


def sides(
    said: Sequence[str], heard: Sequence[str], *, most: int = MOST_PARTIES, helpers: bool = False
) -> tuple[PartyAnswers, ...]:
    """The first two who are no helpers are the two sides; the rest are beside them.

    `heard` are those who speak; they fill in where fewer than two are named. With `helpers` those
    fill in as well, before nobody does.
    """
    named = [one for one in dict.fromkeys(said) if one and not _NOBODY.search(one)]
    own = [one for one in named if not _HELPERS.search(_bare(one))]
    filling = [*heard, *(named if helpers else ())]
    found = {_bare(one): one for one in [*own, *filling] if _bare(one)}
    chosen = [*found.values()][: max(len(own), 2)][:most]
    placed = (Side.APPLICANT, Side.RESPONDENT)
    return tuple(
        _party(one, placed[position] if position < 2 else Side.THIRD)
        for position, one in enumerate(chosen)
    )


def _party(said: str, side: Side) -> PartyAnswers:
    """杨某（某公司负责人）: the name, and what stands in brackets as the occupation."""
    name, aside = _bare(said), _ASIDE.search(said)
    return PartyAnswers(
        name=name,
        side=side,
        kind=kind_of(name),
        occupation=(aside.group(1) if aside else "")[:40],
    )


def kind_of(name: str) -> PartyKind:
    """What a name sounds like: a firm, a school, a hospital, or a person."""
    return PartyKind.ENTITY if _ENTITY.search(name) else PartyKind.PERSON


def _bare(said: str) -> str:
    return _ASIDE.sub("", said).strip()


def title_of(names: Sequence[str], kind: DisputeType | str) -> str:
    """甲与乙邻里纠纷, or 甲：邻里纠纷 while nobody knows the other side."""
    said = kind if isinstance(kind, str) else kind.label.zh
    ending = said if said.endswith(("纠纷", "糾紛")) else f"{said}纠纷"
    if len(names) < 2:
        return f"{''.join(names)[:28]}：{ending[:12]}".strip("：")
    return f"{_short(names[0])}与{_short(names[1])}{ending[:12]}"


def _short(name: str) -> str:
    """A name too long for a title says that it goes on."""
    return name if len(name) <= 20 else f"{name[:19]}…"
