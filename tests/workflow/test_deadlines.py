"""The dates of a dispute: each row counted once by hand, and no row without its law."""

from __future__ import annotations

from datetime import date

import pytest

from mediation.workflow.calendar import Due, shipped_workdays
from mediation.workflow.deadlines import (
    Deadline,
    StartFact,
    Unit,
    due,
)
from mediation.workflow.law import cite

WORKDAYS = shipped_workdays()


@pytest.mark.parametrize(
    ("deadline", "start_on", "last_day"),
    [
        (Deadline.CONFIRMATION, date(2026, 3, 19), date(2026, 4, 20)),
        (Deadline.MEDIATION, date(2026, 1, 31), date(2026, 2, 28)),
        (Deadline.LABOUR_MEDIATION, date(2026, 11, 7), date(2026, 11, 22)),  # a Sunday stays
        (Deadline.MEDICAL_MEDIATION, date(2026, 9, 1), date(2026, 10, 19)),
        (Deadline.ACCEPTANCE_DECISION, date(2026, 11, 20), date(2026, 11, 25)),
        (Deadline.COURT_ACCEPTANCE, date(2026, 11, 25), date(2026, 11, 30)),  # Saturday moves on
        (Deadline.COURT_RULING, date(2026, 9, 1), date(2026, 10, 8)),
        (Deadline.COURT_RULING_TARGET, date(2026, 11, 2), date(2026, 11, 17)),
        (Deadline.OBJECTION, date(2026, 9, 16), date(2026, 10, 8)),
        (Deadline.THIRD_PARTY_OBJECTION, date(2025, 12, 31), date(2026, 6, 30)),
        (Deadline.ENFORCEMENT, date(2024, 11, 23), date(2026, 11, 23)),
        (Deadline.LABOUR_LIMITATION, date(2024, 2, 29), date(2025, 2, 28)),
        (Deadline.RETURN_VISIT_90, date(2026, 1, 1), date(2026, 4, 1)),
        (Deadline.REOPENING, date(2026, 8, 25), date(2026, 11, 23)),
    ],
)
def test_each_row_counts_right(deadline: Deadline, start_on: date, last_day: date) -> None:
    assert due(deadline, start_on, WORKDAYS) == Due(last_day)
    assert deadline.due(start_on, WORKDAYS).on == last_day


def test_a_date_in_a_year_not_announced_is_provisional() -> None:
    assert due(Deadline.CONFIRMATION, date(2026, 12, 10), WORKDAYS).provisional
    assert due(Deadline.LIMITATION, date(2026, 11, 23), WORKDAYS).provisional
    assert not due(Deadline.RETURN_VISIT_30, date(2026, 12, 10), WORKDAYS).provisional


@pytest.mark.parametrize("deadline", Deadline, ids=lambda d: d.name)
def test_every_row_has_its_law_and_its_words(deadline: Deadline) -> None:
    row = deadline.value
    assert row.basis
    assert [cite(key) for key in row.basis]
    assert row.label.zh
    assert row.label.en
    assert row.consequence.zh
    assert row.consequence.en
    assert row.length > 0
    assert list(row.warn_days) == sorted(row.warn_days, reverse=True)
    if row.unit is Unit.WORKING_DAYS:
        assert not row.rolls


def test_what_no_law_says_is_called_a_proposal() -> None:
    assert Deadline.RETURN_VISIT_7.length.zh == "7日（建议）"
    assert Deadline.MEDIATION.length.en == "1 month"
    assert Deadline.CONFIRMATION.length.zh == "30日"
    assert not any(d.value.legal for d in Deadline if d.name.startswith("RETURN_VISIT"))


def test_every_fact_starts_something() -> None:
    assert {deadline.value.starts for deadline in Deadline} == set(StartFact)
