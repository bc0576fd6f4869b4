"""What one row of an outside table says about a case, or everything that keeps it from being one."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any

from mediation import cleaning, identity
from mediation.services.case_columns import TALKS, Column
from mediation.services.disputes import Registration
from mediation.services.parties import MOST_PARTIES, PartyAnswers
from mediation.services.tables import Line
from mediation.services.told_names import kind_of, listed, sides, speakers, title_of
from mediation.wording import Text
from mediation.workflow import dispute_types
from mediation.workflow.dispute_types import DisputeType
from mediation.workflow.words import Channel, Initiation, Side, Urgency


@dataclass(frozen=True, slots=True)
class Ground:
    """What the rows are read against: the day, the places by every name, and the one chosen.

    A name that two places share is None there.
    """

    today: date
    place_id: int
    places: Mapping[str, int | None]
    practice: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that can be registered; `own_number` is what it was called in its own register."""

    number: int
    own_number: str
    registration: Registration

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(party.name for party in self.registration.parties)


@dataclass(frozen=True, slots=True)
class Bad:
    """A row that is left out, and everything that is to be put right in it."""

    number: int
    reason: Text
    cells: Mapping[str, Any] = field(default_factory=dict)


_EMPTY = Text("没有写", "is empty")
_LEAST_FACTS = 4
_SHORT = Text("太短，写一两句发生了什么", "too short: say in a sentence or two what happened")
_TYPE = Text(
    "“{said}”不是认识的类型。写成清单里的一种，例如邻里、合同、婚姻家庭、其他",
    "“{said}” is no known type. Use one of the list, such as Neighbours, Contracts, Other",
)
_PLACE = Text(
    "“{said}”不是您管的地方。照“组织”里的名字写，或空着",
    "“{said}” is not one of your places. Write its name as it stands in the tree, or leave it empty",
)
_TWO_PLACES = Text(
    "有两个地方都叫“{said}”，请连上一级一起写，例如柳林镇柳溪村",
    "two places are called “{said}”; write the one above it as well, such as 柳林镇柳溪村",
)
_DAY = Text("写成年月日，例如2026-11-23", "write year, month, day, such as 2026-11-23")
_FUTURE = Text("这一天还没到", "that day has not come yet")
_OPTION = Text("“{said}”不在可选的里面：{options}", "“{said}” is none of: {options}")
_FEWER = Text("有{n}个，名字只有{m}个，分不清是谁的", "{n} of them for {m} names: whose are they?")
_CROWD = Text("最多{n}方，请分案", "at most {n} parties; split the case")
_NOT_WORDS = Text("这里要写字，不是一串别的数据", "words are expected here, not other data")


class _Wrong(ValueError):
    def __init__(self, column: Column, reason: Text) -> None:
        self.text = Text(f"“{column.label.zh}”：{reason.zh}", f"“{column.label.en}”: {reason.en}")
        super().__init__(self.text.zh)


def understand(line: Line, ground: Ground) -> Planned | Bad:
    """The case a row tells, or every reason why it cannot be registered as it stands."""
    if line.reason is not None:
        return Bad(line.number, line.reason, line.cells)
    reader = _Reader(line.cells, ground)
    registration = reader.registration()
    if reader.wrong:
        zh, en = ("；".join(r.zh for r in reader.wrong), "; ".join(r.en for r in reader.wrong))
        return Bad(line.number, Text(zh, en), line.cells)
    own = reader.words(Column.ID)
    return Planned(line.number, own, registration)


class _Reader:
    """One row being read; what is wrong is collected, so that a person hears it all at once."""

    def __init__(self, cells: Mapping[str, Any], ground: Ground) -> None:
        self.cells, self.ground = cells, ground
        self.wrong: list[Text] = []

    def registration(self) -> Registration:
        parties = self._parties()
        kind = self._type()
        told = self.words(Column.TITLE)
        return Registration(
            title=told or title_of(_disputants(parties), self.words(Column.DISPUTE_TYPE)),
            dispute_type=kind.code,
            place_id=self._place(),
            parties=parties,
            initiation=self._option(Column.INITIATION, Initiation, Initiation.APPLICATION),
            channel=self._option(Column.CHANNEL, Channel, Channel.IMPORT),
            urgency=self._option(Column.URGENCY, Urgency, Urgency.ORDINARY),
            facts=self._facts(),
            claims=self.words(Column.CLAIMS),
            happened_on=self._day(Column.HAPPENED_ON),
            registered_on=self._day(Column.REGISTERED_ON),
            practice=self.ground.practice,
        )

    def words(self, column: Column) -> str:
        """The cell's words, safe to keep and to print; empty after a complaint."""
        value = self.cells.get(column.key)
        if isinstance(value, list | dict) and value:
            return self._complain(column, _NOT_WORDS)
        said = "" if value is None or isinstance(value, bool | list | dict) else str(value)
        try:
            if column in (Column.FACTS, Column.CLAIMS):
                return cleaning.clean_text(said, column.value.limit)
            return cleaning.clean_line(said, column.value.limit)
        except cleaning.Unclean as unclean:
            return self._complain(column, unclean.text)

    def _complain(self, column: Column, reason: Text) -> str:
        self.wrong.append(_Wrong(column, reason).text)
        return ""

    def _needed(self, column: Column) -> str:
        before = len(self.wrong)
        said = self.words(column)
        if not said and len(self.wrong) == before:
            self._complain(column, _EMPTY)
        return said

    def _facts(self) -> str:
        said = self._needed(Column.FACTS)
        if 0 < len(said) < _LEAST_FACTS:
            self._complain(Column.FACTS, _SHORT)
        return said

    def _type(self) -> DisputeType:
        said = self._needed(Column.DISPUTE_TYPE)
        found = dispute_types.recognise(said) if said else None
        if said and found is None:
            self._complain(Column.DISPUTE_TYPE, _TYPE.with_(said=said[:20]))
        return found or dispute_types.OTHER

    def _place(self) -> int:
        said = self.words(Column.PLACE)
        if not said:
            return self.ground.place_id
        bare = said.replace(" ", "")
        found = self.ground.places.get(bare)
        if found is None:
            reason = _TWO_PLACES if bare in self.ground.places else _PLACE
            self._complain(Column.PLACE, reason.with_(said=said[:20]))
        return found or self.ground.place_id

    def _day(self, column: Column) -> date | None:
        said = self.words(column)
        if not said:
            return None
        found = parse_day(said)
        if found is None:
            self._complain(column, _DAY)
        elif found > self.ground.today:
            self._complain(column, _FUTURE)
        return found

    def _option(self, column: Column, options: type[Enum], default: Any) -> Any:
        said = self.words(column)
        if not said:
            return default
        for option in options:
            words = {option.name.lower(), option.value.zh, option.value.en.lower()}
            if said.lower() in words or (len(said) > 1 and said in option.value.zh):
                return option
        offered = Text(
            "、".join(o.value.zh for o in options), ", ".join(o.value.en for o in options)
        )
        self._complain(column, _OPTION.with_(said=said[:20], options=offered))
        return default

    def _parties(self) -> tuple[PartyAnswers, ...]:
        found = [
            *self._side(Side.APPLICANT, Column.APPLICANT),
            *self._side(Side.RESPONDENT, Column.RESPONDENT),
        ]
        if not found or Column.APPLICANT.key not in self.cells:
            found = list(self._of_list()) or found
        found += self._side(Side.THIRD, Column.OTHERS)
        if not any(party.side is Side.APPLICANT for party in found):
            self._complain(Column.APPLICANT, _EMPTY)
        if len(found) > MOST_PARTIES:
            self._complain(Column.APPLICANT, _CROWD.with_(n=MOST_PARTIES))
        return tuple(found[:MOST_PARTIES])

    def _of_list(self) -> tuple[PartyAnswers, ...]:
        """One list of names, or those who speak in what was said; helpers are no parties."""
        given = self.cells.get(Column.PARTIES.key)
        named = [self._name(Column.PARTIES, one) for one in listed(given)]
        heard = [self._name(Column.PARTIES, one) for one in speakers(self.cells.get(TALKS))]
        return sides([one for one in named if one], [one for one in heard if one])

    def _name(self, column: Column, said: object) -> str:
        try:
            return cleaning.clean_name(said, 60) if isinstance(said, str) else ""
        except cleaning.Unclean as unclean:
            return self._complain(column, unclean.text)

    def _side(self, side: Side, column: Column) -> list[PartyAnswers]:
        """Those of one column: their names as they stand there, and what belongs to each."""
        names = [self._name(column, one) for one in listed(self.cells.get(column.key))]
        names = [name for name in names if name]
        if side is Side.THIRD or not names:
            return [PartyAnswers(name=name, side=side, kind=kind_of(name)) for name in names]
        phones = self._each(f"{column.name}_PHONE", names, identity.parse_phone)
        numbers = self._each(f"{column.name}_ID", names, self._number)
        home = self.words(Column[f"{column.name}_ADDRESS"])
        return [
            PartyAnswers(
                name=name,
                side=side,
                kind=kind_of(name),
                phone=phone,
                id_number=number,
                address=home,
            )
            for name, phone, number in zip(names, phones, numbers, strict=True)
        ]

    def _number(self, said: str) -> str:
        bare = re.sub(r"\s", "", said)
        if re.match(r"[A-Za-z0-9]{2}\d{6}[A-Za-z0-9]{9}[A-Za-z0-9]$", bare) and not re.match(
            r"[1-9]\d{16}[\dXx]$", bare
        ):
            return identity.parse_credit_code(bare)
        return identity.parse_id_number(bare, today=self.ground.today).number

    def _each(self, name: str, names: Sequence[str], parse: Callable[[str], str]) -> list[str]:
        """One value for each name, in their order; a single one belongs to the first."""
        column = Column[name]
        said = [one for one in re.split(r"[、，,;；/|\n]+", self.words(column)) if one.strip()]
        if len(said) > len(names):
            self._complain(column, _FEWER.with_(n=len(said), m=len(names)))
            said = []
        try:
            checked = [parse(one) for one in said]
        except identity.BadNumber as bad:
            self._complain(column, bad.text)
            checked = []
        return [*checked, *[""] * (len(names) - len(checked))]


def _disputants(parties: Sequence[PartyAnswers]) -> list[str]:
    return [party.name for party in parties if party.side is not Side.THIRD]


def parse_day(said: str) -> date | None:
    """2026-11-23, 2026/11/23, 2026.11.23, 2026年11月23日, 20261123; a time behind it is dropped."""
    plain = re.sub(r"[年月./]", "-", said.strip().partition("T")[0].partition(" ")[0]).strip("日-")
    found = re.fullmatch(r"(\d{4})-?(\d{1,2})-?(\d{1,2})", plain, re.ASCII)
    try:
        day = date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None
    return day if day is not None and 1900 <= day.year <= 2200 else None
