"""Files around an import: the template to fill in, what was left out and why, what waits for a yes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from mediation.reports.writing import BOM, inert
from mediation.services import site
from mediation.services.acts import Hand
from mediation.services.case_columns import LINE_NUMBER, OURS, REASON, Column
from mediation.services.case_rows import Bad
from mediation.services.import_previews import File
from mediation.store import Tray
from mediation.wording import Language, Text
from mediation.workflow import dispute_types

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# A cell of a table program holds no more.
_LONGEST_CELL = 32_000
_NOTES = Text("说明", "Notes")
_CASES = Text("案件", "Cases")
_MUST = Text("必须写", "required")
_TYPES = Text("认识的纠纷类型", "Types that are known")
_XLSX = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A table that was looked at and waits to be imported, and the place that was chosen for it."""

    file: File
    place_id: int


def template(form: str, language: Language) -> tuple[bytes, str]:
    """The columns with one sample row, as CSV or XLSX; the latter explains them on a second sheet."""
    columns = [column for column in Column if column.value.in_template]
    rows = [
        [column.label.in_(language) for column in columns],
        [column.value.sample.in_(language) for column in columns],
    ]
    if form == "csv":
        return _csv(rows), CSV_TYPE
    notes = [[column.label.in_(language), _said(column, language)] for column in columns] + [
        [_TYPES.in_(language), "、".join(k.label.in_(language) for k in dispute_types.OFFICIAL)]
    ]
    return _xlsx({_CASES.in_(language): rows, _NOTES.in_(language): notes}), XLSX_TYPE


def _said(column: Column, language: Language) -> str:
    must = f"{_MUST.in_(language)}；" if column.value.required else ""
    return f"{must}{column.value.says.in_(language)}"


def left_out(
    columns: Sequence[str], rows: Iterable[Bad], form: str, language: Language
) -> tuple[bytes, str]:
    """The rows that were not taken, why, and every cell as it was: put right, it can be imported.

    Nothing in it acts as a formula when it is opened.
    """
    names = [name for name in columns if name not in OURS]
    head = [
        LINE_NUMBER.in_(language),
        REASON.in_(language),
        *(_heading(n, language) for n in names),
    ]
    body = [
        [str(row.number), row.reason.in_(language), *(_cell(row.cells.get(n)) for n in names)]
        for row in rows
    ]
    table = [[inert(cell)[:_LONGEST_CELL] for cell in row] for row in (head, *body)]
    if form == "csv":
        return _csv(table), CSV_TYPE
    return _xlsx({_CASES.in_(language): table}), XLSX_TYPE


def _heading(name: str, language: Language) -> str:
    column = Column.__members__.get(name.upper())
    return column.label.in_(language) if column and column.key == name else name


def _cell(value: Any) -> str:
    """Words as they were; a list of names as names, anything else that is nested as JSON."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return (
        str(value)
        if isinstance(value, str | int | float)
        else json.dumps(value, ensure_ascii=False)
    )


def _csv(rows: Rows) -> bytes:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(rows)
    return (BOM + written.getvalue()).encode("utf-8")


def _xlsx(sheets: dict[str, Rows]) -> bytes:
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _XLSX) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for down, row in enumerate(rows):
                for across, cell in enumerate(row):
                    page.write_string(down, across, cell, plain if down else bold)
            page.set_column(0, 20, 18)
            page.freeze_panes(1, 0)
    return written.getvalue()


# What waits between the look and the yes


def set_down(waiting: Waiting, *, by: Hand) -> str:
    """Keep a table for this person until tomorrow; the name to ask for it by."""
    head = json.dumps([waiting.file.name, waiting.place_id]).encode()
    content = len(head).to_bytes(4, "big") + head + waiting.file.content
    return _tray().put(content, _owner(by), by.now)


def pick_up(name: str, *, by: Hand) -> Waiting | None:
    """The same again, or None where it is gone or somebody else's."""
    content = _tray().get(name, _owner(by))
    if content is None:
        return None
    length = int.from_bytes(content[:4], "big")
    file_name, place_id = json.loads(content[4 : 4 + length])
    return Waiting(File(file_name, content[4 + length :]), place_id)


def _tray() -> Tray:
    store = site.here().store
    return Tray(store.folder / "waiting", store.keyring)


def _owner(by: Hand) -> str:
    return str(by.actor.account_id)
