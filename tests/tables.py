"""Outside tables for tests: good, odd and hostile ones, made as people's programs make them."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

import xlsxwriter

HEAD = ["纠纷类型", "事情经过", "申请人", "申请人电话", "对方", "发生地点", "发生日期"]


def row(number: int = 1, **changed: str) -> dict[str, str]:
    """One good row; every number makes another case."""
    return {
        "纠纷类型": "邻里",
        "事情经过": f"第{number}家的排水沟改了道，水流进下面的院子。",
        "申请人": f"陈水{number}",
        "申请人电话": f"1390000{number:04}",
        "对方": f"罗大{number}",
        "发生地点": "柳溪村",
        "发生日期": "2026-06-20",
    } | changed


def as_csv(
    rows: Sequence[dict[str, str]],
    *,
    head: Sequence[str] = HEAD,
    sign: str = ",",
    coding: str = "utf-8-sig",
) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=sign, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([[one.get(name, "") for name in head] for one in rows])
    return written.getvalue().encode(coding)


def as_xlsx(rows: Sequence[Sequence[Any]], *, above: int = 0, sheet: str = "台账") -> bytes:
    """Cells as they are: numbers as numbers, `=...` as formulas."""
    written = io.BytesIO()
    with xlsxwriter.Workbook(written, {"in_memory": True, "strings_to_numbers": False}) as book:
        page = book.add_worksheet(sheet)
        if above:
            page.merge_range(0, 0, above - 1, 5, "柳林镇矛盾纠纷台账")
        for down, cells in enumerate(rows):
            for across, cell in enumerate(cells):
                page.write(down + above, across, cell)
    return written.getvalue()


def as_jsonl(rows: Sequence[object]) -> bytes:
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in rows).encode()
