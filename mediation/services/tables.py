"""Tables from outside, row by row: JSONL, CSV and XLSX, in whatever coding and with whatever comma.

What a row means is not asked here; a row that cannot even be read says why and stays in its place.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from mediation import uploads
from mediation.reports.writing import inert
from mediation.services import spreadsheets
from mediation.uploads import BadUpload, TableKind
from mediation.wording import Text

LONGEST_LINE = 2_000_000
MOST_ROWS = 10_000
_HEAD_WITHIN = 10
_LONGEST_RECORD = 400
_SEPARATORS = (",", ";", "\t", "|")
_INVISIBLE_ENDS = "\x00\ufeff\u200b \t\r\n\u3000"

NOT_A_LINE = Text("这一行不是完整的 JSON", "this line is not whole JSON")
TOO_LONG = Text("这一行太长", "this line is too long")
NOT_A_CASE = Text("这一行不是一件案子", "this line is not a case")
NOT_TEXT = Text("文字编码不对，读不出来", "its encoding cannot be read")
_OVERFULL = Text(
    "这一行比列名多出 {n} 格，多半是文字里有分隔符又没有加引号",
    "this row has {n} cells more than there are columns; probably a separator inside its text "
    "without quotation marks around it",
)
_OPEN_QUOTE = Text(
    "从这一行起有个引号没有配对，后面的 {n} 行都被当成了一格",
    "a quotation mark opens here and is never closed: the {n} lines after it were read as one cell",
)
_TOO_MANY = Text(
    "这个文件有 {n} 行以上，一次最多 {most} 行。分成几个文件，一个一个导入。",
    "The file has more than {n} rows; {most} is the most at once. Split it into several files.",
)
_NO_HEAD = Text(
    "没有找到列名。第一行要写列名，例如“纠纷类型、事情经过、申请人、对方”；下载模板照着填最省事。",
    "No column names were found. The first row has to hold them (type, facts, applicant, "
    "respondent ...); the template has them all.",
)
_TWICE = Text(
    "“{name}”这一列有两个，不知道该用哪个。删掉或改名一个，再导入。",
    "There are two columns “{name}”, and no telling which counts. Delete or rename one.",
)
_NO_ROWS = Text(
    "列名读到了，下面一行也没有。填好再导入。",
    "The column names are there, and not a single row below them. Fill it in and try again.",
)
_OTHER_SHEETS = Text(
    "只读了第一张有内容的表“{name}”；没有读：{others}",
    "Only the first sheet with something in it, “{name}”, was read; not read: {others}",
)

# Which of our columns a heading means; None for a heading that means nothing to us.
Known = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file, its cells by column; `reason` where it could not be read."""

    number: int
    cells: Mapping[str, Any] = field(default_factory=dict)
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` as they stand in the file, those that mean nothing to us under their own name."""

    form: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    notes: tuple[Text, ...] = ()


def read(content: bytes, known: Known, *, limit: int) -> Table:
    """The whole table. Raises BadUpload where not one row can be read."""
    if uploads.examine_table(content, limit=limit) is TableKind.XLSX:
        return _of_workbook(content, known)
    if content.strip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _of_json(content, known)
    return _of_csv(decoded(content), known)


def normal(name: str) -> str:
    """A heading without what people put around it: stars, colons, remarks in brackets, blanks."""
    said = re.sub(r"[(（\[【].*?[)）\]】]", "", unicodedata.normalize("NFKC", name)).lower()
    return re.sub(r"[\s_*＊:：\-.。·'\"\x00\ufeff\u200b]+", "", said)


# JSON


def parse_line(raw: bytes) -> dict[str, Any] | Text:
    """One object of a JSON Lines file, or why it is none."""
    if len(raw) > LONGEST_LINE:
        return TOO_LONG
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            said = raw.decode(encoding).strip("\x00 \t\r\n")
            break
        except UnicodeDecodeError:
            continue
    else:
        return NOT_TEXT
    try:
        row = json.loads(said)
    except (ValueError, RecursionError):
        return NOT_A_LINE
    return row if isinstance(row, dict) else NOT_A_CASE


def json_lines(lines: Iterable[bytes]) -> Iterator[tuple[int, dict[str, Any] | Text]]:
    """Every line with its number; blank lines are passed over."""
    for number, raw in enumerate(lines, start=1):
        if raw.strip(b"\xef\xbb\xbf \t\r\n\x00"):
            yield number, parse_line(raw)


def _of_json(content: bytes, known: Known) -> Table:
    rows = list(json_lines(io.BytesIO(content)))
    if all(isinstance(row, Text) for _, row in rows):
        rows = _whole(content) or rows
    if all(isinstance(row, Text) for _, row in rows):
        reason = rows[0][1]
        raise BadUpload(
            Text(
                "一行也读不出来：{reason}。JSONL 要一行写一件。",
                "Not one line can be read: {reason}. JSONL has one case a line.",
            ).with_(reason=reason)
        )
    _check_count(len(rows))
    lines = tuple(_json_line(number, row, known) for number, row in rows)
    columns = dict.fromkeys(name for line in lines for name in line.cells)
    return Table("JSONL", tuple(columns), lines)


def _whole(content: bytes) -> list[tuple[int, dict[str, Any] | Text]]:
    """A file that is one list of objects, or a single one, over as many lines as it likes."""
    try:
        found = json.loads(decoded(content))
    except (ValueError, RecursionError):
        return []
    listed = found if isinstance(found, list) else [found]
    return [
        (number, row if isinstance(row, dict) else NOT_A_CASE)
        for number, row in enumerate(listed, start=1)
    ]


def _json_line(number: int, row: dict[str, Any] | Text, known: Known) -> Line:
    if isinstance(row, Text):
        return Line(number, reason=row)
    cells: dict[str, Any] = {}
    for name, value in row.items():
        key = known(name) or name
        if cells.get(key) in (None, "", []):
            cells[key] = value
    return Line(number, cells)


# CSV


def decoded(content: bytes) -> str:
    """The words, in the coding they were most probably saved in.

    A UTF-8 file with a few broken bytes stays UTF-8: its broken rows are told one by one, instead
    of turning every word of the file into another.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if content[1:2] == b"\x00" or content[3:4] == b"\x00":
        return content.decode("utf-16-le", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        mended = content.decode("utf-8-sig", "replace")
    broken = mended.count("\ufffd")
    if broken * 20 <= sum("\u4e00" <= sign <= "\u9fff" for sign in mended):
        return mended
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError:
        return mended


Record = tuple[int, list[str]]


def _of_csv(words: str, known: Known) -> Table:
    """The separator is the one that makes most of the headings ours."""
    head = _reading(words, _HEAD_WITHIN)
    best = max(
        _SEPARATORS, key=lambda sign: max((_score(r, known) for _, r in head(sign)), default=0)
    )
    return _of_records("CSV", _records(words, best), known)


def _reading(words: str, most: int) -> Callable[[str], list[Record]]:
    start = "\n".join(words.splitlines()[: most * 2])
    return lambda sign: list(_records(start, sign))[:most]


def _records(words: str, sign: str) -> Iterator[Record]:
    """Each record with the line it begins on; one that cannot be read is empty but for its fault."""
    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=sign)
    begins = 1
    while True:
        try:
            record = next(reader, None)
        except csv.Error:
            record = [_FAULT]
        if record is None:
            return
        spans = reader.line_num - begins
        yield begins, [_FAULT, str(spans)] if spans > _LONGEST_RECORD else record
        begins = reader.line_num + 1


_FAULT = "\x00unreadable"


# What both kinds of tables with headings share


def _of_workbook(content: bytes, known: Known) -> Table:
    sheet = spreadsheets.read(content, most_rows=MOST_ROWS + _HEAD_WITHIN + 2)
    notes: tuple[Text, ...] = ()
    if sheet.others:
        notes = (_OTHER_SHEETS.with_(name=sheet.name, others="、".join(sheet.others)),)
    return _of_records("XLSX", sheet.rows, known, notes)


def _of_records(
    form: str, records: Iterable[Record], known: Known, notes: tuple[Text, ...] = ()
) -> Table:
    filled = [(n, [c.strip(_INVISIBLE_ENDS) if c != _FAULT else c for c in r]) for n, r in records]
    filled = [(number, record) for number, record in filled if any(record)]
    at = _head(filled, known)
    heading = [name[:60] for name in filled[at][1]]
    names = [known(name) or name for name in heading]
    _refuse_twins(names, heading, known)
    below = filled[at + 1 :]
    if not below:
        raise BadUpload(_NO_ROWS)
    _check_count(len(below))
    lines = tuple(_line(number, record, names) for number, record in below)
    return Table(form, tuple(name for name in names if name), lines, notes)


def _score(record: Iterable[str], known: Known) -> int:
    return len({known(cell) for cell in record} - {None})


def _head(records: list[Record], known: Known) -> int:
    """Where the headings stand: the first of the upper rows with most of ours, two at the least."""
    scores = [_score(record, known) for _, record in records[:_HEAD_WITHIN]]
    if not scores or max(scores) < 2:
        raise BadUpload(_NO_HEAD)
    return scores.index(max(scores))


def _refuse_twins(names: list[str], heading: list[str], known: Known) -> None:
    for place, name in enumerate(names):
        if name and name in names[:place] and known(heading[place]):
            raise BadUpload(_TWICE.with_(name=heading[place]))


def _line(number: int, record: list[str], names: list[str]) -> Line:
    if record[0] == _FAULT:
        reason = _OPEN_QUOTE.with_(n=record[1]) if len(record) > 1 else TOO_LONG
        return Line(number, reason=reason)
    cells = {name: _plain(cell) for name, cell in zip(names, record, strict=False) if name}
    over = sum(1 for cell in record[len(names) :] if cell)
    return Line(number, cells, _OVERFULL.with_(n=over) if over else None)


def _plain(cell: str) -> str:
    """Without the apostrophe that keeps a table program from taking words for a formula."""
    return cell[1:] if cell[:1] == "'" and inert(cell[1:]) == cell else cell


def _check_count(count: int) -> None:
    if count > MOST_ROWS:
        raise BadUpload(_TOO_MANY.with_(n=MOST_ROWS, most=MOST_ROWS))
