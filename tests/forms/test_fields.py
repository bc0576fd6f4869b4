"""Fields of ours: what people may write in them, and the sentence for what they may not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from mediation.forms.base import BaseForm
from mediation.forms.fields import (
    ChoiceField,
    CountField,
    DayField,
    IdNumberField,
    LineField,
    ListField,
    LongField,
    ManyField,
    NameField,
    PhoneField,
    YuanField,
)
from mediation.wording import Text
from tests.canaries import ID_NUMBERS

ASKED = Text("问题", "question")
CHOICES = [("A", Text("甲", "a")), ("B", Text("乙", "b"))]


class AllForm(BaseForm):
    line = LineField(ASKED, limit=20)
    name = NameField(ASKED)
    long = LongField(ASKED, limit=200)
    phone = PhoneField(ASKED)
    id_number = IdNumberField(ASKED)
    money = YuanField(ASKED)
    day = DayField(ASKED)
    count = CountField(ASKED, most=130)
    choice = ChoiceField(ASKED, choices=CHOICES)
    listed = ListField(ASKED, choices=CHOICES)
    many = ManyField(ASKED, choices=CHOICES)


def filled(name: str, *typed: str) -> BaseForm:
    form = AllForm(MultiDict([(name, one) for one in typed]))
    form.validate()
    return form


# Written by people, and taken for what they mean.
GOOD = [
    ("day", "2026-07-06", date(2026, 7, 6)),
    ("day", "2026年7月6日", date(2026, 7, 6)),
    ("day", "２０２６－０７－０６", date(2026, 7, 6)),
    ("day", " 2026 / 7 / 6 ", date(2026, 7, 6)),
    ("money", "１２", 1200),
    ("money", "1.2万", 1_200_000),
    ("money", "8,600.50元", 860_050),
    ("money", "1000000000", 100_000_000_000),
    ("count", "１２", 12),
    ("count", "0", 0),
    ("phone", "139 5731 0461", "13957310461"),
    ("phone", "＋86 13957310461", "13957310461"),
    ("id_number", f" {ID_NUMBERS[0][:6]} {ID_NUMBERS[0][6:].lower()}", ID_NUMBERS[0]),
    ("line", "张三\t李四", "张三 李四"),
    ("long", "一行\r\n两行", "一行\n两行"),
    ("name", "阿依古丽•买买提", "阿依古丽·买买提"),
    ("line", "王𬭚张䶮", "王𬭚张䶮"),
    ("line", "<b>&\"'", "<b>&\"'"),
    ("choice", "A", "A"),
]
_WORDS = [
    "张\u202e三",
    "张\u200b三",
    "张\x00三",
    "张\x1b三",
    "张\ue000三",
    "张\ud800三",
    "张\ufffe三",
]
BAD = [
    *(("day", t) for t in (
        "0001-01-01", "9999-12-31", "2026-02-30", "2026-13-01", "昨天", "2026-07", "1_9-1-1",
        "2026-07-06; DROP", "9" * 5000, "2026\u200b-07-06", "2026-07-0\x00",
    )),
    *(("money", t) for t in (
        "0", "12.345", "1e9", "-1", "－1", "一百", "9" * 40, "NaN", "inf", "1,00", "0.001", "1_000",
        "9" * 100_000, "1\u200b0", "0x10",
    )),
    *(("count", t) for t in ("-1", "1.5", "131", "9" * 5000, "三", "1_0", "1e2", "²", "1\x002")),
    *(("phone", t) for t in ("123", "13900000", "1390000010a", "+", "110" * 30, "139\u202e57310461")),
    *(("id_number", t) for t in (
        ID_NUMBERS[0][:17] + ("0" if ID_NUMBERS[0][17] != "0" else "1"), ID_NUMBERS[0][:17],
        "999999580412031", "1" * 18, "999999195813120317", "9" * 100_000, "X" * 18,
    )),
    *((kind, t) for kind in ("line", "name", "long") for t in (*_WORDS, "长" * 100_000)),
    ("line", "长" * 21),
    *((kind, t) for kind in ("choice", "listed", "many") for t in ("C", "a", "__class__", "A\x00")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "typed", "meant"), GOOD)
def test_what_people_write_is_understood(name: str, typed: str, meant: object) -> None:
    field = filled(name, typed)[name]
    assert (field.data, list(field.errors)) == (meant, [])


@pytest.mark.parametrize(("name", "typed"), BAD, ids=lambda v: ascii(v)[:24])
def test_what_cannot_be_kept_gets_one_sentence(name: str, typed: str) -> None:
    field = filled(name, typed)[name]
    assert len(field.errors) == 1
    said: object = field.errors[0]
    assert isinstance(said, Text)
    assert said.zh != said.en


@pytest.mark.parametrize(("name", "typed"), [b for b in BAD if b[0] not in ("choice", "listed", "many")],
                         ids=lambda v: ascii(v)[:24])  # fmt: skip
def test_what_was_typed_stays(name: str, typed: str) -> None:
    field: Any = filled(name, typed)[name]
    assert field._value() == typed


def test_the_first_of_two_answers_counts_and_a_forged_second_changes_nothing() -> None:
    assert filled("line", "一", "二")["line"].data == "一"
    assert filled("many", "A", "C")["many"].errors
