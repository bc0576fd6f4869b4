"""The only room that opens workbooks: in a process of its own that may not eat the machine.

A workbook of five kilobytes can name a cell in its last row and column; the library would make
room for everything in between and take the whole site down with it. So the sheet is read by a child
with little memory and little time, and what comes back is words.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine

from mediation.uploads import BadUpload
from mediation.wording import Text

Row = tuple[int, list[str]]
_MEMORY, _SECONDS = 1 << 30, 20
_NOT_READ = Text(
    "这张XLSX表打不开：文件坏了、有密码，或者大得不正常。在表格软件里打开，“另存为”一份新的再传。",
    "This XLSX table cannot be opened: damaged, with a password, or abnormally large. Open it in a "
    "table program, save it anew, and send that.",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The first visible sheet that holds anything, its rows as words; `others` hold something too."""

    name: str
    rows: tuple[Row, ...]
    others: tuple[str, ...] = ()


def read(content: bytes, *, most_rows: int) -> Sheet:
    """Raises BadUpload for what cannot be opened."""
    command = (sys.executable, "-P", "-m", "mediation.services.spreadsheets", str(most_rows))
    try:
        done = subprocess.run(
            command, input=content, capture_output=True, timeout=_SECONDS * 2, check=True
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError) as error:
        raise BadUpload(_NOT_READ) from error
    rows = tuple((number, cells) for number, cells in found["rows"])
    return Sheet(found["name"], rows, tuple(found["others"]))


def _open(content: bytes, most_rows: int) -> Sheet:
    book = python_calamine.load_workbook(io.BytesIO(content))
    found = [(name, _rows(book, name, most_rows)) for name in _shown(book)]
    filled = [(name, rows) for name, rows in found if rows]
    if not filled:
        return Sheet("", ())
    name, rows = filled[0]
    return Sheet(name, tuple(rows), tuple(other for other, _ in filled[1:]))


def _shown(book: python_calamine.CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible is python_calamine.SheetVisibleEnum.Visible
        and sheet.typ is python_calamine.SheetTypeEnum.WorkSheet
    ]


def _rows(book: python_calamine.CalamineWorkbook, name: str, most_rows: int) -> list[Row]:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None:
        return []
    read_rows = enumerate(sheet.to_python(skip_empty_area=False, nrows=most_rows), start=1)
    said = ((number, [_words(cell) for cell in row]) for number, row in read_rows)
    return [(number, cells) for number, cells in said if any(cells)]


def _words(cell: object) -> str:
    """What a person sees in the cell, near enough: days as days, whole numbers without a point."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, str | int | float | timedelta) else ""


def main() -> None:
    """Bytes in at the one end, rows out at the other; whatever goes wrong is the parent's to say."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sheet = _open(sys.stdin.buffer.read(), int(sys.argv[1]))
    json.dump({"name": sheet.name, "rows": sheet.rows, "others": sheet.others}, sys.stdout)


if __name__ == "__main__":
    main()
