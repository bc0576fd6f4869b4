"""Counting periods as the law counts them: from the next day, past rest days, by the civil date."""

from __future__ import annotations

import json
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_SHIPPED = Path(__file__).parent / "data" / "workdays.json"
_DAY = timedelta(days=1)
# Holidays whose date the Holiday Measures, art. 2, fix for every year. The others follow the moon
# and are known for a year only when it has been announced.
_FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})


@dataclass(frozen=True, slots=True)
class Workdays:
    """Which days are worked: weekends rest, but for what the year's State Council notice moves.

    `rest_days` are days off (weekends may be among them), `make_up_days` weekend days that are
    worked, `announced_years` the years for which both are complete. Every date can be counted with;
    for a year that is not announced only weekends and the holidays of fixed date are known.
    """

    rest_days: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    announced_years: frozenset[int] = frozenset()

    def is_workday(self, day: date) -> bool:
        if day in self.make_up_days:
            return True
        if day in self.rest_days or day.weekday() >= 5:
            return False
        return day.year in self.announced_years or (day.month, day.day) not in _FIXED_HOLIDAYS

    def knows(self, day: date) -> bool:
        return day.year in self.announced_years


@dataclass(frozen=True, slots=True)
class Due:
    """The last day of a period; provisional (暂定) while the holidays of its year are not known."""

    on: date
    provisional: bool = False

    def days_left(self, today: date) -> int:
        """Negative once the day has passed; 0 on the day itself, which still counts in full."""
        return (self.on - today).days


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One day that differs from the plain week, as the shipped table lists it."""

    day: date
    works: bool
    name: str


def add_days(start_on: date, days: int) -> date:
    """Calendar days; the day of the fact itself is not counted (民事诉讼法 85, 民法典 201)."""
    return start_on + days * _DAY


def add_working_days(start_on: date, days: int, workdays: Workdays) -> date:
    """Working days (工作日), the first being the first one after the fact."""
    day = start_on
    for _ in range(days):
        day += _DAY
        while not workdays.is_workday(day):
            day += _DAY
    return day


def add_months(start_on: date, months: int) -> date:
    """The corresponding day of the month it ends in, else that month's last day (民法典 202)."""
    year, month = divmod(start_on.year * 12 + start_on.month - 1 + months, 12)
    last = monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start_on.day, last))


def add_years(start_on: date, years: int) -> date:
    return add_months(start_on, years * 12)


def roll_to_workday(day: date, workdays: Workdays) -> date:
    """A last day of rest moves to the first day after it (民事诉讼法 85, 民法典 203).

    A weekend day that is worked to make up for a holiday is no rest day: nothing moves, which is
    the reading no party can lose by.
    """
    while not workdays.is_workday(day):
        day += _DAY
    return day


def due(raw: date, workdays: Workdays, *, rolls: bool = True) -> Due:
    """The last day of a period that arithmetic ends on `raw`."""
    on = roll_to_workday(raw, workdays) if rolls else raw
    return Due(on, provisional=rolls and not (workdays.knows(raw) and workdays.knows(on)))


def due_working_days(start_on: date, days: int, workdays: Workdays) -> Due:
    """The last of so many working days; provisional when a year on the way is not announced."""
    on = add_working_days(start_on, days, workdays)
    known = all(year in workdays.announced_years for year in range(start_on.year, on.year + 1))
    return Due(on, provisional=not known)


@cache
def _shipped() -> dict[str, dict[str, object]]:
    table: dict[str, dict[str, object]] = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return table


def shipped_years() -> dict[int, str]:
    """The years this version knows, and the notice each rests on."""
    return {int(year): str(row["source"]) for year, row in _shipped().items()}


def shipped_days() -> Iterator[SpecialDay]:
    """Every special day of those years, for a new site's editable table."""
    for row in _shipped().values():
        for name, first, last in row["rest"]:  # type: ignore[attr-defined]
            day = date.fromisoformat(first)
            while day <= date.fromisoformat(last):
                yield SpecialDay(day, works=False, name=name)
                day += _DAY
        for worked in row["work"]:  # type: ignore[attr-defined]
            yield SpecialDay(date.fromisoformat(worked), works=True, name="调休上班")


@cache
def shipped_workdays() -> Workdays:
    """The same as one value; a site's own table takes its place once there is one."""
    days = tuple(shipped_days())
    return Workdays(
        rest_days=frozenset(d.day for d in days if not d.works),
        make_up_days=frozenset(d.day for d in days if d.works),
        announced_years=frozenset(shipped_years()),
    )
