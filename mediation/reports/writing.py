"""Tables for other programs: CSV and XLSX that hold figures and words, and never a formula (D15)."""

from __future__ import annotations

import csv
import io
import unicodedata
from decimal import Decimal

import xlsxwriter

from mediation.reports.base import Cell, Report, Sheet
from mediation.wording import Language, Text

BOM = "\ufeff"
Lines = list[list[str | int | Decimal]]
_RISKY = frozenset("=+-@")
_XLSX = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def inert(words: str) -> str:
    """Words that no table program takes for a formula, whatever somebody typed.

    A first sign that could start one, half or full width, is put behind an apostrophe; so is a
    first sign that cannot be seen. What XML and CSV cannot carry is left out.
    """
    said = "".join(c for c in words if c in "\t\r\n" or unicodedata.category(c) not in ("Cc", "Cs"))
    first = unicodedata.normalize("NFKC", said.lstrip()[:1])
    hidden = said[:1] in ("\t", "\r", "\n")
    return f"'{said}" if hidden or first[:1] in _RISKY else said


def plain(cell: Cell, language: Language) -> str | int | Decimal:
    """A number as it is, anything else as inert words."""
    if isinstance(cell, int | Decimal):
        return cell
    if cell is None:
        return ""
    return inert(cell.in_(language) if isinstance(cell, Text) else cell)


def lines(report: Report, sheet: Sheet, language: Language) -> Lines:
    """Head, rows and sum, in one language."""
    head: tuple[Cell, ...] = tuple(column.label for column in report.columns)
    rows = [head, *sheet.rows, *([sheet.total] if sheet.total else [])]
    return [[plain(cell, language) for cell in row] for row in rows]


def csv_bytes(report: Report, sheet: Sheet, language: Language) -> bytes:
    """RFC 4180 with a byte order mark, which table programs need to read Chinese."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL, lineterminator="\r\n")
    writer.writerows(lines(report, sheet, language))
    return (BOM + written.getvalue()).encode("utf-8")


def xlsx_bytes(report: Report, sheet: Sheet, language: Language, note: str) -> bytes:
    """One sheet of figures, and one that says what each column counts, for whom and when."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, _XLSX) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        _fill(
            book.add_worksheet(_sheet_name(report, language)), lines(report, sheet, language), bold
        )
        said: Lines = [
            [inert(note)],
            [inert(report.counts.in_(language))],
            *_definitions(report, language),
        ]
        _fill(book.add_worksheet("说明" if language == "zh" else "Notes"), said, None)
    return written.getvalue()


def _sheet_name(report: Report, language: Language) -> str:
    return report.label.in_(language)[:31]


def _definitions(report: Report, language: Language) -> Lines:
    return [
        [inert(column.label.in_(language)), inert(column.says.in_(language))]
        for column in report.columns
        if column.says.zh
    ]


def _fill(page: object, rows: Lines, head: object) -> None:
    """Words are written as words and numbers as numbers; nothing is left to be guessed."""
    for down, row in enumerate(rows):
        for across, cell in enumerate(row):
            look = head if down == 0 else None
            if isinstance(cell, str):
                page.write_string(down, across, cell, look)  # type: ignore[attr-defined]
            else:
                page.write_number(down, across, cell, look)  # type: ignore[attr-defined]
    page.set_column(0, 0, 28)  # type: ignore[attr-defined]
    page.freeze_panes(1, 1)  # type: ignore[attr-defined]
