"""Sums of money as people write them: 3.5万元, 一千二百元, 叁拾伍万元整（￥350,000.00元）."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from mediation.money import CAP_YUAN

_DIGITS = dict(zip("零〇一二两三四五六七八九", (0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9), strict=True))
_DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000}
_HAN = "".join([*_DIGITS, *_TENS, *_GROUPS])
_FIGURES = r"(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?"
_MIXED = rf"({_FIGURES})万(\d+)([千百])"
_NUMBER = rf"{_FIGURES}万\d+[千百]|{_FIGURES}\s*[百千万亿]?|[{_HAN}点半]+"
_BEFORE = r"(?:人民币|RMB|￥|¥)\s*[:：]?\s*"
_SUM = re.compile(
    rf"(?P<sign>{_BEFORE})?(?P<number>{_NUMBER})\s*(?P<about>[余多来]?)\s*"
    rf"(?P<unit>(?:元|块钱|块|圆)(?P<odd>(?:[\d{_HAN}]+角)?(?:[\d{_HAN}]+分)?)(?:整|正)?(?:人民币)?)?"
)
# A sum said once more in brackets: 叁拾伍万元整（￥：350000.00元）.
_AGAIN = re.compile(r"\s*[（(]\s*(?:大写|小写|即|计|人民币)?\s*[:：]?\s*$")
_EACH = re.compile(r"每[^，,。；;：:、]{0,8}$")
_THINGS = re.compile(r"\s*[斤亩吨株棵头只户人平米公年月日天个次份条张号]")


@dataclass(frozen=True, slots=True)
class Sum:
    """`fen` is None where the sum is not exact (14万余元); `each` where it is a rate (每月500元)."""

    start: int
    end: int
    fen: int | None
    each: bool = False


def sums(text: str) -> list[Sum]:
    """Every sum in its order; one that is only said again in brackets is part of the one before."""
    found: list[Sum] = []
    for hit in _SUM.finditer(text):
        one = _sum(text, hit)
        if one is None:
            continue
        if found and _is_said_again(text, found[-1], one):
            closing = 1 if text[one.end : one.end + 1] in ("）", ")") else 0
            found[-1] = Sum(found[-1].start, one.end + closing, found[-1].fen, found[-1].each)
        else:
            found.append(one)
    return found


def _is_said_again(text: str, before: Sum, one: Sum) -> bool:
    between = text[before.end : one.start]
    return before.fen == one.fen and bool(_AGAIN.fullmatch(between))


def _sum(text: str, hit: re.Match[str]) -> Sum | None:
    """A number is money by its sign or its unit, or where it is so many 万 of nothing else."""
    number, unit = hit["number"].strip(), hit["unit"]
    if not (unit or hit["sign"]) and (number[-1] != "万" or _THINGS.match(text[hit.end() :])):
        return None
    yuan = _yuan(number)
    if yuan is None or yuan <= 0:
        return None
    inexact = hit["about"] or text[hit.end() : hit.end() + 2] in ("左右", "以上", "以下")
    fen = None if inexact else _fen(yuan, hit["odd"] or "")
    return Sum(hit.start(), hit.end(), fen, bool(_EACH.search(text[: hit.start()])))


def _fen(yuan: Decimal, odd: str) -> int | None:
    """Whole fen; None for what is finer or larger than any sum that can be kept."""
    exact = yuan * 100
    for said, worth in re.findall(rf"([\d{_HAN}]+)([角分])", odd):
        exact += whole(said) * (10 if worth == "角" else 1)
    fits = exact == exact.to_integral_value() and exact < CAP_YUAN * 100
    return int(exact) if fits else None


def _yuan(number: str) -> Decimal | None:
    """3.5万 and 1,735 and 一千二百; None for what is no number (百元 alone, 半)."""
    figures = re.fullmatch(rf"({_FIGURES})\s*([百千万亿]?)", number)
    mixed = re.fullmatch(_MIXED, number)
    try:
        if mixed:
            return Decimal(re.sub("[,，]", "", mixed[1])) * 10_000 + int(mixed[2]) * _TENS[mixed[3]]
        if figures:
            scale = (_TENS | _GROUPS).get(figures[2], 1)
            return Decimal(re.sub("[,，]", "", figures[1])) * scale
        return _han(number)
    except (InvalidOperation, ValueError):
        return None


def _han(number: str) -> Decimal | None:
    if number[0] not in (*_DIGITS, "十", "拾") or len(number) > 24:
        return None
    before, point, after = number.partition("点")
    if not point:
        return Decimal(whole(number)) if "半" not in number else None
    scale = _GROUPS.get(after[-1:], 1)
    tail = after[:-1] if scale > 1 else after
    if not tail or any(sign not in _DIGITS for sign in tail):
        return None
    figures = "".join(str(_DIGITS[sign]) for sign in tail)
    return Decimal(f"{whole(before)}.{figures}") * scale


def whole(number: str) -> int:
    """一千二百 is 1200, 三万五 is 35000, 12 is 12. Raises ValueError for what is no number."""
    if number.isascii() and number.isdigit():
        return int(number)
    total = section = digit = 0
    place = 1
    for sign in number:
        if sign in _DIGITS:
            if digit:
                raise ValueError(number)
            digit = _DIGITS[sign]
            place = 1 if digit == 0 else place
        elif sign in _TENS:
            section += (digit or 1) * _TENS[sign]
            digit, place = 0, _TENS[sign] // 10
        elif sign in _GROUPS:
            total = (total + section + digit) * _GROUPS[sign]
            section, digit, place = 0, 0, _GROUPS[sign] // 10
        else:
            raise ValueError(number)
    return total + section + digit * place
