"""Periods of time that figures are counted over: a month, a quarter or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from mediation.wording import Text

_SLUG = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day, both counted. `slug` is its name in an address."""

    slug: str
    start_on: date
    end_on: date
    label: Text

    def ended(self, today: date) -> bool:
        return self.end_on < today

    def last_counted(self, today: date) -> date:
        """The last day that can have figures: the end, or today while it still runs."""
        return min(self.end_on, today)


def month(year: int, number: int) -> Period:
    last = monthrange(year, number)[1]
    label = Text(f"{year}年{number}月", f"{_MONTHS_EN[number - 1]} {year}")
    slug = f"{year}-{number:02d}"
    return Period(slug, date(year, number, 1), date(year, number, last), label)


def quarter(year: int, number: int) -> Period:
    first, last = number * 3 - 2, number * 3
    end_on = date(year, last, monthrange(year, last)[1])
    label = Text(f"{year}年第{'一二三四'[number - 1]}季度", f"Q{number} {year}")
    return Period(f"{year}-Q{number}", date(year, first, 1), end_on, label)


def whole_year(year: int) -> Period:
    label = Text(f"{year}年", str(year))
    return Period(str(year), date(year, 1, 1), date(year, 12, 31), label)


def of_day(today: date) -> Period:
    return month(today.year, today.month)


def period_named(slug: str, today: date) -> Period:
    """The period of an address; an odd word means this month, never an error."""
    found = _SLUG.fullmatch(slug)
    if not found or not _FIRST_YEAR <= int(found[1]) <= _LAST_YEAR:
        return of_day(today)
    year = int(found[1])
    if found[2]:
        return month(year, int(found[2]))
    return quarter(year, int(found[3])) if found[3] else whole_year(year)


def choices(today: date) -> tuple[Period, ...]:
    """What the page offers: this month and the one before, the quarters, this year and the last."""
    now = (today.month + 2) // 3
    quarters = tuple(quarter(today.year, q) for q in range(now, 0, -1))
    return (
        of_day(today),
        months_back(today, 2)[0],
        *quarters,
        whole_year(today.year),
        whole_year(today.year - 1),
    )


def months_back(today: date, how_many: int) -> tuple[Period, ...]:
    """So many months up to this one, the oldest first."""
    last = today.year * 12 + today.month - 1
    return tuple(month(n // 12, n % 12 + 1) for n in range(last - how_many + 1, last + 1))
