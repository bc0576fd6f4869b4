"""Stories from a file of real cases, one JSON object a line; what cannot be told says why."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mediation import cleaning
from mediation.documents import glyphs
from mediation.seeds import promises
from mediation.seeds.story import Story
from mediation.services import tables
from mediation.services.parties import PartyAnswers
from mediation.services.told_names import listed, sides, title_of
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.words import Side

PLACES = ("柳溪村第一网格", "桂花社区第一网格", "河口村第一网格", "柳林镇")
_MOST_LINES, _MOST_PARTIES = 60, 4
_AGREED = "达成调解协议"
_PERSUADES = ("换位思考", "法治与德治相结合", "褒扬激励的方法", "解决思想问题与解决实际问题相结合")
_SOMEBODY = "在场的人"
_NOT_TOLD = "（原文没有写怎么劝的。）"

NO_FACTS = Text("没有写发生了什么", "it does not say what happened")


@dataclass(frozen=True, slots=True)
class Told:
    """One row: its story, or the reason why there is none. `id` is the row's own, else its line."""

    id: str
    story: Story | None = None
    reason: Text | None = None


def read(path: Path) -> Iterator[Told]:
    """Every row of the file in turn; blank lines are passed over."""
    with path.open("rb") as lines:
        for number, row in tables.json_lines(lines):
            yield _told(row, number)


def _told(row: dict[str, Any] | Text, number: int) -> Told:
    name = f"line-{number}"
    if isinstance(row, Text):
        return Told(name, reason=row)
    name = washed(row.get("id"), 40) or name
    facts = washed(row.get("description"), 5000) or _from_dialogue(row)
    if len(facts) < 4:
        return Told(name, reason=NO_FACTS)
    return Told(name, _story(row, facts, number))


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
            who = line(turn.get("speaker"), 20) or _SOMEBODY
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
        title=title_of(names, said or kind),
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


def _parties(row: dict[str, Any], turns: list[tuple[str, str, str]]) -> tuple[PartyAnswers, ...]:
    """Both sides and those beside them; a side that the source leaves out is called just that."""
    said = [line(one, 60) for one in listed(row.get("parties"))]
    heard = [who for who, _, _ in turns if "调解" not in who and who != _SOMEBODY]
    found = sides(said, heard, most=_MOST_PARTIES, helpers=True)
    cut = tuple(replace(one, name=one.name[:40]) for one in found)
    missing = ((Side.APPLICANT, "当事人"), (Side.RESPONDENT, "对方当事人"))[len(cut) :]
    return (
        *cut,
        *(PartyAnswers(name=f"{who}（原文未写姓名）", side=side) for side, who in missing),
    )
