"""How the parties are called in what is said: 金老板, 医方, 厂方; and who gives and who receives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from mediation.services.parties import PartyAnswers
from mediation.workflow.words import PartyKind

_TITLES = (
    "先生",
    "女士",
    "老板",
    "大爷",
    "阿姨",
    "师傅",
    "经理",
    "老师",
    "同志",
    "校长",
    "家属",
    "家",
)
_FIRST, _SECOND = ("甲方",), ("乙方",)
# A word in a party's name, and what such a party is called as well.
_HOUSES: dict[str, tuple[str, ...]] = {
    "医院": ("医院", "医方", "院方"),
    "诊所": ("诊所", "医方"),
    "公司": ("该公司", "公司方", "公司"),
    "厂": ("该厂", "厂方", "厂里"),
    "小学": ("学校", "校方", "小学"),
    "中学": ("学校", "校方", "中学"),
    "学校": ("学校", "校方"),
    "幼儿园": ("幼儿园", "园方"),
    "超市": ("超市",),
    "商场": ("商场",),
    "药房": ("药房",),
    "酒店": ("酒店",),
    "物业": ("物业", "物业公司"),
    "中心": ("中心",),
    "家属": ("死者家属", "受害人家属", "家属", "死者一方当事人亲属"),
    "司机": ("司机", "肇事司机", "肇事方"),
    "货车": ("肇事车主", "肇事司机", "肇事方", "车主"),
}
_PATIENTS = ("患者", "患方")
_RECEIVES = re.compile(
    r"(?:向|给|付|予|支付|赔偿|补偿|赔付|归还|返还|退还|偿还|交付|清偿|退给|为|对|赔|还)"
    r"(?:了|原告|申请人|受害人|被害人|死者|伤者|患者|学生|女儿|儿子)?$"
)
_GIVES = re.compile(r"(?:由|让)(?:被?申请人|肇事司机|肇事者|教师|教练|学生|经理|负责人)?$")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a party is named, and whether the word before says that they receive."""

    who: int
    start: int
    end: int
    receives: bool


@dataclass(frozen=True)
class Table:
    """The parties at the table, by every word that can mean only one of them."""

    people: Sequence[PartyAnswers]

    @cached_property
    def words(self) -> dict[str, int]:
        found: dict[str, int | None] = {}
        for who in range(len(self.people)):
            for word in self._words_for(who):
                found[word] = None if word in found and found[word] != who else who
        found |= {person.name: who for who, person in enumerate(self.people)}
        return {word: who for word, who in found.items() if who is not None and word}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self.words, key=len, reverse=True)
        return re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")

    def _words_for(self, who: int) -> Iterator[str]:
        person = self.people[who]
        yield from _FIRST if who == 0 else _SECOND if who == 1 else ()
        if person.kind is PartyKind.PERSON and len(person.name) < 7:
            yield from (f"{person.name[:1]}{title}" for title in _TITLES)
            own = person.name.removesuffix("家属")
            yield from (own, f"{own}方", f"{own}家人", f"{own}夫妇")
        for house, others in _HOUSES.items():
            if house in person.name or house in person.occupation:
                yield from others
        if person.kind is PartyKind.ENTITY and len(person.name) > 4:
            yield from _short_names(person.name)
        if person.kind is PartyKind.PERSON and self._against_a_hospital:
            yield from _PATIENTS if who == self._first_person else ()

    @cached_property
    def _against_a_hospital(self) -> bool:
        return any("医" in p.name and p.kind is PartyKind.ENTITY for p in self.people)

    @cached_property
    def _first_person(self) -> int:
        return next((n for n, p in enumerate(self.people) if p.kind is PartyKind.PERSON), 0)

    def mentions(self, text: str) -> list[Mention]:
        return [
            Mention(
                self.words[hit.group()],
                hit.start(),
                hit.end(),
                bool(_RECEIVES.search(text[: hit.start()]))
                and not _GIVES.search(text[: hit.start()]),
            )
            for hit in self._pattern.finditer(text)
        ]

    def one(self, said: str) -> int | None:
        """Who a speaker is: 某医院代表 speaks for 某医院, 王某（父亲） is 王某."""
        found = self.mentions(said)
        return found[0].who if found and found[0].start == 0 else None

    @property
    def sides(self) -> tuple[int, int]:
        return (0, 1)


def _short_names(name: str) -> Iterator[str]:
    """新一佳 from 南通市新一佳贸易有限公司: what stands between the place and the trade."""
    core = re.sub(r"^.{2,6}?[省市县区镇](?=.{4})", "", name)
    if core != name and len(core) > 3:
        yield core
    brand = re.sub(
        r"(?:贸易|科技|实业|建筑|机电|餐饮|置业|商贸)?(?:股份|有限|责任)*公司$", "", core
    )
    if 3 <= len(brand) < len(core):
        yield brand
