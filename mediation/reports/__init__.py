"""Figures: counted from the cases themselves, over the reach of the person who asks."""

from __future__ import annotations

from mediation.reports.base import Report
from mediation.reports.case_statement import REPORT as CASE_STATEMENT
from mediation.reports.deadline_statement import REPORT as DEADLINE_STATEMENT

REPORTS: tuple[Report, ...] = (CASE_STATEMENT, DEADLINE_STATEMENT)


def report_named(name: str) -> Report:
    """Raises KeyError for a report that is not in the list."""
    return {report.name: report for report in REPORTS}[name]
