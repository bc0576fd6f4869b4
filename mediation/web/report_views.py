"""From the rows of a statement to its page: a table where it fits, else one row laid open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import url_for

from mediation.clock import local
from mediation.money import yuan_short
from mediation.reports import REPORTS
from mediation.reports.base import Cell, Column, Report, Sheet
from mediation.services.board import Asked
from mediation.web.board_views import period_links, span
from mediation.wording import Text

# More columns than this do not fit on a page: the first stand in a table, all of them below it.
MOST = 8
_TOTAL = Text("合计", "Total")


def parts(report: Report, asked: Asked, sheet: Sheet, row: str) -> dict[str, Any]:
    narrow = len(report.columns) <= MOST
    places = list(range(len(report.columns))) if narrow else _leading(report)
    return {
        "asked": asked,
        "span": span(asked),
        "others": _others(report, asked),
        "periods": period_links("reports.report", asked, name=report.name),
        "columns": [_head(report.columns[n]) for n in places],
        "table_rows": [_row(report, cells, places, asked, narrow=narrow) for cells in sheet.rows],
        "total": [_cell(report.columns[n], sheet.total[n]) for n in places]
        if sheet.total and sheet.rows
        else None,
        "opened": None if narrow or not sheet.rows else _opened(report, sheet, row),
        "definitions": [c for c in report.columns if c.says.zh],
        "files": {
            ending: url_for(f"reports.{ending}", name=report.name, period=asked.period.slug)
            for ending in ("csv", "xlsx")
        },
    }


def _leading(report: Report) -> list[int]:
    """The name, and the columns of the first group."""
    group = report.columns[1].group
    return [0, *(n for n, c in enumerate(report.columns) if n and c.group == group)]


def _head(column: Column) -> dict[str, Any]:
    return {"label": column.label, "number": column.number}


def _row(
    report: Report, cells: tuple[Cell, ...], places: list[int], asked: Asked, *, narrow: bool
) -> list[Any]:
    shown = [_cell(report.columns[n], cells[n]) for n in places]
    if not narrow:
        url = url_for("reports.report", name=report.name, period=asked.period.slug, row=cells[0])
        shown[0] = {"text": shown[0], "url": f"{url}#row"}
    return shown


def _cell(column: Column, cell: Cell) -> Any:
    """A nought is said as it is; sums in yuan have their commas."""
    if column.money and isinstance(cell, Decimal):
        return yuan_short(int(cell * 100))
    return f"{cell:,}" if isinstance(cell, int) else cell


def _opened(report: Report, sheet: Sheet, name: str) -> dict[str, Any]:
    """One row laid open by its groups; the sum of all unless a row was chosen."""
    chosen = next((cells for cells in sheet.rows if cells[0] == name), None)
    cells = chosen or sheet.total or sheet.rows[0]
    groups: dict[Text, list[tuple[Text, Any]]] = {}
    for n, column in enumerate(report.columns):
        if n:
            groups.setdefault(column.group, []).append((column.label, _cell(column, cells[n])))
    return {"name": cells[0], "groups": groups, "chosen": chosen is not None}


def _others(report: Report, asked: Asked) -> list[dict[str, Any]]:
    return [
        {
            "text": r.label,
            "url": url_for("reports.report", name=r.name, period=asked.period.slug),
            "current": r is report,
        }
        for r in REPORTS
    ]


def note(asked: Asked, place: str) -> Text:
    """Whose figures, of what time, counted when."""
    when = f"{local(asked.now):%Y-%m-%d %H:%M}"
    where = span(asked)
    return Text(f"{place}；{where.zh}；{when}数的", f"{place}; {where.en}; counted {when}")
