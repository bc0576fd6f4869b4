"""Stories from a file of real cases, one JSON object a line; what cannot be told says why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mediation import cleaning
from mediation.documents import glyphs
from mediation.seeds import promises
from mediation.seeds.story import Duty, Story
from mediation.services import tables
from mediation.services.parties import PartyAnswers
from mediation.services.told_names import listed, sides, title_of
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.words import Side

PLACES = ("柳溪村第一网格", "桂花社区第一网格", "河口村第一网格", "柳林镇")
_MOST_LINES, _MOST_PARTIES, _MOST_FACTS = 60, 8, 5000
_AGREED = "达成调解协议"
_PERSUADES = ("换位思考", "法治与德治相结合", "褒扬激励的方法", "解决思想问题与解决实际问题相结合")
_SOMEBODY = "在场的人"
_NOT_TOLD = "（原文没有写怎么劝的。）"
_CUT = "……（原文较长，以下略）"
_CLAIMS = re.compile(r"^(?:但是?|所以|因此)?(?:我们?|咱们?)?(?:也|都|就|只|现在)?(要求|希望|请求)")
_OPPOSITE = {Side.APPLICANT: Side.RESPONDENT, Side.RESPONDENT: Side.APPLICANT}

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
    name = washed(row.get("id"), 200) or name
    facts = _facts(row)
    if len(facts) < 4:
        return Told(name, reason=NO_FACTS)
    return Told(name, _story(row, facts, number))


def _facts(row: dict[str, Any]) -> str:
    """What happened; where it is too long for a form, a paper says that it goes on."""
    said = washed(row.get("description"), _MOST_FACTS + 1) or _from_dialogue(row)
    return said if len(said) <= _MOST_FACTS else said[: _MOST_FACTS - len(_CUT)] + _CUT


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
    named = _parties(row, turns)
    spoken = "\n".join(words for _, words, how in turns if how == _AGREED)
    found = promises.agreed(spoken, named, [(who, words) for who, words, _ in turns])
    people = _placed(named, found.duties)
    return Story(
        title=title_of(_on_top(people), said or kind),
        dispute_type=kind.code,
        place=PLACES[number % len(PLACES)],
        parties=people,
        duties=found.duties,
        facts=facts,
        claims="\n".join(_claims(people, turns)),
        responsibility=found.responsibility,
        manner=f"原文还写明：{found.beside}" if found.beside else "",
        declares_status=promises.declares_status(spoken),
        persuader="调解员",
        persuader_tie="受理这件事的调解员",
        persuasion=next((w for _, w, how in turns if how in _PERSUADES), _NOT_TOLD),
        minutes=tuple((who, words) for who, words, _ in turns)
        or (("调解员", "（原文没有写谈话。）"),),
    )


def _on_top(people: Sequence[PartyAnswers]) -> tuple[str, ...]:
    """The first of each side: the title names two."""
    first = next(p.name for p in people if p.side is Side.APPLICANT)
    return (first, next(p.name for p in people if p.side is Side.RESPONDENT))


def _placed(people: tuple[PartyAnswers, ...], duties: Iterable[Duty]) -> tuple[PartyAnswers, ...]:
    """Whoever is bound by the terms signs them; who pays and who is paid are two sides.

    The source names first whose matter it is, so the first stays, whatever the terms say.
    """
    duties = tuple(duties)
    bound = promises.bound(duties)
    if len(bound) < 2:
        return people
    owing = [(d.debtor, d.creditor) for d in duties if d.creditor is not None]
    places = {0: Side.APPLICANT}
    for _ in owing:
        for one, other in (*owing, *((b, a) for a, b in owing)):
            if one in places and other not in places:
                places[other] = _OPPOSITE[places[one]]
    found = {who: places.get(who, Side.RESPONDENT) for who in (0, *bound)}
    return tuple(replace(p, side=found.get(n, Side.THIRD)) for n, p in enumerate(people))


def _claims(people: Sequence[PartyAnswers], turns: Iterable[tuple[str, str, str]]) -> list[str]:
    """What the applicant asked for, in their own words at the table."""
    name = next(p.name for p in people if p.side is Side.APPLICANT)
    said = [words for who, words, _ in turns if who.startswith(name)]
    sentences = [one.strip() for words in said for one in re.split(r"[。！？!?；;]", words)]
    asked = [_CLAIMS.sub(r"\1", one) for one in sentences if _CLAIMS.match(one)]
    return [one for one in dict.fromkeys(asked) if 5 <= len(one) <= 60][:2]


def _closed_up(name: str) -> str:
    """A blank inside a Chinese name came from a line's end."""
    return re.sub(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])", "", name)


def _parties(row: dict[str, Any], turns: list[tuple[str, str, str]]) -> tuple[PartyAnswers, ...]:
    """Both sides and those beside them; a side that the source leaves out is called just that."""
    said = [_closed_up(line(one, 60)) for one in listed(row.get("parties"))]
    heard = [who for who, _, _ in turns if "调解" not in who and who != _SOMEBODY]
    found = sides(said, heard, most=_MOST_PARTIES, helpers=True)
    cut = tuple(replace(one, name=one.name[:40]) for one in found)
    missing = ((Side.APPLICANT, "当事人"), (Side.RESPONDENT, "对方当事人"))[len(cut) :]
    return (
        *cut,
        *(PartyAnswers(name=f"{who}（原文未写姓名）", side=side) for side, who in missing),
    )
