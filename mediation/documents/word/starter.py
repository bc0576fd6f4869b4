"""A template to begin with: the title, the names that this paper knows, and what must be there."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import docx

from mediation.documents.word import parts
from mediation.documents.word.cascade import Look
from mediation.documents.word.marking import FRAME
from mediation.documents.word.placeholders import COURT, FREE, LIKEWISE, names_on
from mediation.workflow.documents import Document

_TEXT = Look(size=14, pitch=24, align="justify", indent=28)
_CELL = Look(size=12, pitch=18, border=(0.5, 0.5, 0.5, 0.5), padding=(2, 4, 2, 4))
_TITLE = Look(size=22, pitch=34, align="center", letter_spacing=2.6)
_WIDTHS = [140.0, 294.0]


def starter(document: Document) -> bytes:
    """Ready to be sent back as it is: nothing in it is refused."""
    opened = docx.Document(str(FRAME))
    body = opened.element.body
    for old in list(body)[:-1]:
        body.remove(old)
    for line in (opened.sections[0].header, opened.sections[0].footer):
        line.is_linked_to_previous = True
    blocks = [
        _line(document.label.zh, _TITLE, "h1"),
        _line("编号：【编号】", replace(_TEXT, size=12, align="right", indent=0)),
        parts.table([_row(one.says.zh, one.written) for one in _listed(document)], _WIDTHS),
        _line(f"【{COURT}】", _TEXT),
        _line(f"【{FREE}】", _TEXT),
        _line("【调委会】", replace(_TEXT, align="right", indent=0)),
        _line("【日期】", replace(_TEXT, align="right", indent=0)),
    ]
    for place, block in enumerate(blocks):
        body.insert(place, block)
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()


def _listed(document: Document) -> list[Any]:
    apart = {COURT, FREE, "编号", "调委会", "日期"}
    listed = (one for one in names_on(document) if one.name not in apart)
    return [one for one in listed if not one.name.startswith(LIKEWISE)]


def _line(text: str, look: Look, tag: str = "p") -> Any:
    looks = parts.run_looks(look, tag, in_table=False, english=False)
    return parts.paragraph([parts.run(text, looks)], look, tag)


def _row(label: str, value: str) -> Any:
    cells = []
    for text, wide, face in ((label, _WIDTHS[0], "song"), (value, _WIDTHS[1], "kai")):
        look = replace(_CELL, face=face)
        looks = parts.run_looks(look, "td", in_table=True, english=False)
        inside = parts.paragraph([parts.run(text, looks)], look, flush=True)
        cells.append(parts.cell([inside], look, wide))
    return parts.row(cells, whole=True)
