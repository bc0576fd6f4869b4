"""Sums: what people type, what they read, and what a paper says in capitals."""

from __future__ import annotations

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation.money import (
    BadAmount,
    fen_upper,
    in_yuan,
    parse_yuan,
    rmb_upper,
    yuan,
    yuan_short,
)

FIGURES = {c: n for n, c in enumerate("零壹贰叁肆伍陆柒捌玖")}


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("8600", 860_000),
        ("8,600.00", 860_000),
        (" 8600.5 元", 860_050),
        ("８６００．５０", 860_050),
        ("￥1，234，567.89", 123_456_789),
        ("1.2万", 1_200_000),
        ("1.23456万", 1_234_560),
        ("3千块", 300_000),
        ("人民币12元整", 1_200),
        ("007", 700),
        ("5.", 500),
        ("0", 0),
        ("0.01", 1),
        ("12.340", 1_234),
        ("999999999999.99", 99_999_999_999_999),
    ],
)
def test_a_sum_is_understood_as_people_type_it(typed: str, fen: int) -> None:
    assert parse_yuan(typed) == fen


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("", "不像"),
        ("约五百", "不像"),
        ("1,23", "不像"),
        ("1e5", "不像"),
        ("٣٤", "不像"),
        ("nan", "不像"),
        ("9" * 100_000, "不像"),
        ("-5", "负数"),
        ("−5", "负数"),
        ("－¥5", "负数"),
        ("12.345", "两位"),
        ("0.0000001万", "两位"),
        ("1000000000000", "太大"),
    ],
)
def test_a_sum_that_cannot_be_kept_says_what_to_write(typed: str, word: str) -> None:
    with pytest.raises(BadAmount) as refused:
        parse_yuan(typed)
    assert word in refused.value.text.zh


def test_zero_is_refused_only_when_told() -> None:
    assert parse_yuan("0.00") == 0
    with pytest.raises(BadAmount) as refused:
        parse_yuan("0.00", allow_zero=False)
    assert "0" in refused.value.text.zh


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_what_we_print_can_be_typed_again(fen: int) -> None:
    assert parse_yuan(yuan(fen)) == fen
    assert parse_yuan(yuan_short(fen)) == fen


def test_yuan_is_read_with_commas() -> None:
    assert yuan(860_000) == "8,600.00"
    assert yuan(-5) == "-0.05"
    assert yuan_short(860_000) == "8,600"
    assert in_yuan(5) == Decimal("0.05")


@pytest.mark.parametrize(
    ("sum_", "capitals"),
    [
        # The central bank's own examples for bills.
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("12345.60", "壹万贰仟叁佰肆拾伍元陆角"),
        ("300004034.42", "叁亿零肆仟零叁拾肆元肆角贰分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("10.00", "壹拾元整"),
        ("0.50", "伍角"),
        ("0.05", "伍分"),
        ("0", "零元整"),
    ],
)
def test_capitals(sum_: str, capitals: str) -> None:
    assert rmb_upper(Decimal(sum_)) == capitals


@pytest.mark.parametrize(
    "sum_", ["-1", "12.345", "19.999", "1000000000000", "NaN", "Infinity", "1e40"]
)
def test_capitals_refuse_rather_than_round(sum_: str) -> None:
    with pytest.raises(BadAmount):
        rmb_upper(Decimal(sum_))


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_capitals_read_back_as_the_same_sum(fen: int) -> None:
    said = fen_upper(fen)
    assert _read(said) == fen
    assert "零零" not in said


@given(st.integers(min_value=0, max_value=10**14 - 1))
def test_capitals_agree_with_another_implementation(fen: int) -> None:
    """cn2an drops the 零 after an empty 万 group (300004034.42), so 零 is not compared."""
    oracle = cn2an.an2cn(f"{fen // 100}.{fen % 100:02}", "rmb")
    assert _without_optional(fen_upper(fen)) == _without_optional(oracle)


def _without_optional(said: str) -> str:
    return said.replace("零", "").removesuffix("整")


def _read(said: str) -> int:
    """Capitals as fen, by plain reading, independent of how they were written."""
    whole, mark, rest = said.rpartition("元")
    if not mark:
        whole, rest = "", said
    return _read_whole(whole) * 100 + _read_rest(rest)


def _read_whole(whole: str) -> int:
    total, group, figure = 0, 0, 0
    for sign in whole:
        if sign in FIGURES:
            figure = FIGURES[sign]
        elif sign in "拾佰仟":
            group, figure = group + figure * {"拾": 10, "佰": 100, "仟": 1000}[sign], 0
        else:
            total = total + (group + figure) * {"万": 10**4, "亿": 10**8}[sign]
            group, figure = 0, 0
    return total + group + figure


def _read_rest(rest: str) -> int:
    tenths = FIGURES[rest[rest.index("角") - 1]] if "角" in rest else 0
    hundredths = FIGURES[rest[rest.index("分") - 1]] if "分" in rest else 0
    return tenths * 10 + hundredths
