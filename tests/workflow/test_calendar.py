"""Counting periods: the vectors of the law, make-up days, month ends, years nobody announced yet."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest

from mediation.workflow.calendar import (
    Due,
    Workdays,
    add_days,
    add_months,
    add_working_days,
    add_years,
    due,
    due_working_days,
    roll_to_workday,
    shipped_days,
    shipped_workdays,
    shipped_years,
)

WORKDAYS = shipped_workdays()


def test_the_shipped_years_agree_with_another_table_on_every_day() -> None:
    day, last = date(2024, 1, 1), date(2026, 12, 31)
    while day <= last:
        assert WORKDAYS.is_workday(day) == chinese_calendar.is_workday(day), day
        day += timedelta(days=1)
    assert set(shipped_years()) == {2024, 2025, 2026}


def test_make_up_days_are_weekend_days() -> None:
    for special in shipped_days():
        assert special.name
        if special.works:
            assert special.day.weekday() >= 5


@pytest.mark.parametrize(
    ("effective_on", "last_day"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 3, 19), date(2026, 4, 20)),
        (date(2026, 9, 1), date(2026, 10, 8)),
        (date(2026, 1, 16), date(2026, 2, 24)),
        (date(2026, 4, 9), date(2026, 5, 9)),  # a Saturday worked to make up for a holiday
    ],
)
def test_the_thirty_days_to_apply(effective_on: date, last_day: date) -> None:
    assert due(add_days(effective_on, 30), WORKDAYS) == Due(last_day)


@pytest.mark.parametrize(
    ("start_on", "months", "end_on"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 11, 23), 1, date(2026, 12, 23)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_end_on_the_corresponding_day_or_the_month_end(
    start_on: date, months: int, end_on: date
) -> None:
    assert add_months(start_on, months) == end_on


def test_years() -> None:
    assert add_years(date(2026, 11, 23), 2) == date(2028, 11, 23)
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_working_days_jump_weekends_and_holidays_and_use_make_up_days() -> None:
    assert add_working_days(date(2026, 11, 23), 3, WORKDAYS) == date(2026, 11, 26)
    assert add_working_days(date(2026, 11, 26), 3, WORKDAYS) == date(2026, 12, 1)
    assert add_working_days(date(2026, 9, 30), 3, WORKDAYS) == date(2026, 10, 10)
    assert add_working_days(date(2026, 2, 13), 2, WORKDAYS) == date(2026, 2, 24)


def test_a_year_without_data_is_provisional() -> None:
    assert due(date(2027, 3, 1), WORKDAYS) == Due(date(2027, 3, 1), provisional=True)
    assert not due(date(2027, 3, 1), WORKDAYS, rolls=False).provisional
    assert due_working_days(date(2026, 12, 30), 3, WORKDAYS).provisional
    assert not due_working_days(date(2026, 12, 1), 3, WORKDAYS).provisional


def test_a_roll_over_new_year_is_provisional_when_the_next_year_is_not_announced() -> None:
    only_2022 = Workdays(announced_years=frozenset({2022}))
    rolled = due(date(2022, 12, 31), only_2022)
    assert rolled == Due(date(2023, 1, 2), provisional=True)


def test_fixed_holidays_count_even_in_a_year_not_announced() -> None:
    assert roll_to_workday(date(2027, 10, 1), WORKDAYS) == date(2027, 10, 4)
    assert roll_to_workday(date(2028, 5, 1), WORKDAYS) == date(2028, 5, 3)


def test_the_last_day_itself_still_counts() -> None:
    assert Due(date(2026, 12, 23)).days_left(date(2026, 12, 23)) == 0
    assert Due(date(2026, 12, 23)).days_left(date(2026, 12, 24)) == -1
