"""From the rows of a statement to its page: a table where it fits, else one row laid open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from flask import url_for

from mediation.clock import local
from mediation.money import yuan_short
from mediation.reports import REPORTS
from mediation.reports.base import Cell, Column, Report, Sheet
from mediation.reports.cases import Asked
from mediation.services.board import Behind
from mediation.web.board_views import LIST_COLUMNS, cells, period_links, span
from mediation.web.today_views import begins
from mediation.wording import Text
from mediation.workflow.deadlines import Deadline

# More columns than this do not fit on a page: the first stand in a table, all of them below it.
MOST = 8
# A longer group is laid out in columns of its own.
_LONG = 6
Links = list[dict[str, Any]]


def parts(report: Report, asked: Asked, sheet: Sheet, row: str) -> dict[str, Any]:
    narrow = len(report.columns) <= MOST
    places = list(range(len(report.columns))) if narrow else _leading(report)
    total = sheet.total if sheet.rows else None
    return {
        "asked": asked,
        "span": span(asked),
        "others": _others(report, asked),
        "periods": period_links("reports.report", asked, name=report.name),
        "columns": [_head(report.columns[n]) for n in places],
        "table_rows": [_row(report, asked, r, places, narrow=narrow) for r in sheet.rows],
        "total": [_linked(report, asked, n, total[n], "") for n in places] if total else None,
        "opened": None if narrow or not sheet.rows else _opened(report, asked, sheet, row),
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
    report: Report, asked: Asked, row: tuple[Cell, ...], places: list[int], *, narrow: bool
) -> list[Any]:
    shown = [_linked(report, asked, n, row[n], _name(row)) for n in places]
    if not narrow:
        url = url_for(
            "reports.report", name=report.name, period=asked.period.slug, row=_name(row),
            _anchor="row",
        )  # fmt: skip
        shown[0] = {"text": row[0], "url": url}
    return shown


def _name(row: tuple[Cell, ...]) -> str:
    """What a row is called in an address: its first cell in Chinese."""
    return row[0].zh if isinstance(row[0], Text) else str(row[0])


def _linked(report: Report, asked: Asked, place: int, cell: Cell, row: str) -> Any:
    """A number that counts cases opens exactly those."""
    column = report.columns[place]
    url = _cases_url(report, asked, column, row) if isinstance(cell, int) and cell else None
    return {"text": _said(column, cell), "url": url} if url else _said(column, cell)


def _cases_url(report: Report, asked: Asked, column: Column, row: str) -> str | None:
    if not column.number or report.cases(asked, column.name, row) is None:
        return None
    return url_for(
        "reports.cases", name=report.name, column=column.name, period=asked.period.slug,
        row=row or None,
    )  # fmt: skip


def _said(column: Column, cell: Cell) -> Any:
    """A nought is said as it is; sums in yuan have their commas."""
    if isinstance(cell, Text):
        return begins(cell)
    if column.money and isinstance(cell, Decimal):
        return yuan_short(int(cell * 100))
    return f"{cell:,}" if isinstance(cell, int) else cell


def _opened(report: Report, asked: Asked, sheet: Sheet, name: str) -> dict[str, Any]:
    """One row laid open by its groups; the sum of all unless a row was chosen."""
    chosen = next((row for row in sheet.rows if _name(row) == name), None)
    row = chosen or sheet.total or sheet.rows[0]
    groups: dict[Text, Links] = {}
    for n, column in enumerate(report.columns):
        if n:
            line = _open_line(report, asked, n, row[n], _name(row) if chosen else "")
            groups.setdefault(column.group, []).append(line)
    long = {group: lines for group, lines in groups.items() if len(lines) > _LONG}
    return {
        "name": row[0],
        "chosen": chosen is not None,
        "groups": {group: lines for group, lines in groups.items() if group not in long},
        "long": {group: _in_three(lines) for group, lines in long.items()},
    }


def _open_line(report: Report, asked: Asked, place: int, cell: Cell, row: str) -> dict[str, Any]:
    column = report.columns[place]
    url = _cases_url(report, asked, column, row) if isinstance(cell, int) and cell else None
    return {"text": column.label, "url": url, "end": _said(column, cell)}


def _in_three(lines: Links) -> list[Links]:
    each = -(-len(lines) // 3)
    return [lines[n : n + each] for n in range(0, len(lines), each)]


def _others(report: Report, asked: Asked) -> Links:
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
    when, where = f"{local(asked.now):%Y-%m-%d %H:%M}", span(asked)
    return Text(f"{place}；{where.zh}；{when}数的", f"{place}; {where.en}; counted {when}")


def behind_parts(page: Behind) -> dict[str, Any]:
    """The list behind one number."""
    where: dict[str, Any] = {"name": page.report.name, "period": page.asked.period.slug}
    return {
        "columns": LIST_COLUMNS,
        "table_rows": [cells(line) for line in page.lines],
        "span": span(page.asked),
        "row": next((d.label for d in Deadline if d.label.zh == page.row), page.row),
        "back": {
            "text": Text("回到“{report}”", "Back to “{report}”").with_(report=page.report.label),
            "url": url_for("reports.report", **where),
        },
        "older_url": url_for(
            "reports.cases", **where, column=page.column.name, row=page.row or None,
            after=page.older,
        )
        if page.older
        else None,
    }  # fmt: skip
