"""Days and times as people say them, in both languages."""

from __future__ import annotations

from datetime import date, datetime

from mediation.clock import local
from mediation.wording import Language

_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def said_day(value: date | datetime, language: Language, *, weekday: bool = False) -> str:
    """`2026年11月26日（周四）` / `Thu 26 Nov 2026`."""
    day = local(value).date() if isinstance(value, datetime) else value
    if language == "en":
        said = f"{day.day} {_MONTHS_EN[day.month - 1]} {day.year}"
        return f"{_WEEKDAYS_EN[day.weekday()]} {said}" if weekday else said
    said = f"{day.year}年{day.month}月{day.day}日"
    return f"{said}（周{_WEEKDAYS_ZH[day.weekday()]}）" if weekday else said


def said_moment(value: datetime, language: Language) -> str:
    """`2026年11月26日 9点05分` / `26 Nov 2026, 09:05`."""
    here = local(value)
    if language == "en":
        return f"{said_day(value, language)}, {here:%H:%M}"
    return f"{said_day(value, language)} {here.hour}点{here:%M}分"
